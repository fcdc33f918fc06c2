package command

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/model"
)

func (r *runner) addCmd() *cobra.Command {
	var asJSON, strict bool
	var request, reason string
	var using *templateUse
	cmd := &cobra.Command{
		Use:   r.t("add 台账 项目=值 …", "add REGISTER key=value …"),
		Short: r.t("新增一条或多条记录", "enter one record or several"),
		Long: r.t("新增一条记录；写“-”则从标准输入读 JSON 对象（可每行一个，全部存入或全部不存）。\n台账和项目可以写中文或英文名。",
			"Enter a record; \"-\" reads JSON objects from standard input (one or one per line, all or none).\nRegisters and fields may be named in Chinese or English."),
		Example: "  taizhang add 活动 日期=昨 名称=庆三八趣味运动会 条线=文体、妇女儿童 地点=文化广场 人次=86\n  taizhang add 活动 --template 三八评选 地点=活动室 人次=60\n  taizhang add activity - < activities.jsonl",
		Args:    r.atLeast(2, "add 台账 项目=值 …", "add REGISTER key=value …"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, reg, err := r.openRegister(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			var sets [][]model.Input
			if args[1] == "-" {
				if len(args) > 2 {
					return usage("“-”后面不能再写项目", "nothing may follow \"-\"")
				}
				sets, err = readObjects(r.In)
			} else {
				var set []model.Input
				set, err = pairs(args[1:])
				sets = [][]model.Input{set}
			}
			for i := 0; err == nil && i < len(sets); i++ {
				if err = distinct(reg, sets[i]); err != nil && len(sets) > 1 {
					err = usageError{&db.OpError{Index: i, Err: err}}
				}
			}
			if err != nil {
				return err
			}
			if err := using.apply(cmd.Context(), r, d, reg, sets); err != nil {
				return err
			}
			if err := model.CheckText(reason, false); err != nil {
				return usageError{err}
			}
			res, err := r.addTo(cmd.Context(), d, reg, sets, request, strings.TrimSpace(reason), strict)
			if err != nil {
				return err
			}
			for _, s := range res.Records {
				if asJSON {
					if err := json.NewEncoder(r.Out).Encode(savedJSON{s.ID, s.Version}); err != nil {
						return err
					}
				} else {
					fmt.Fprintln(r.Out, s.ID)
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, r.t("用 JSON 回答", "answer in JSON"))
	cmd.Flags().StringVar(&request, "request", "", r.t("请求号：同一请求号重试不会重复登记", "request id: a retry with the same id enters nothing twice"))
	r.reasonFlag(cmd, &reason)
	r.strictFlag(cmd, &strict)
	using = r.templateFlags(cmd)
	return cmd
}

// savedJSON is how add and edit answer a script.
type savedJSON struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
}

// addTo reads, doubts and stores records of one register in one transaction.
func (r *runner) addTo(ctx context.Context, d *desk, reg *model.Register, sets [][]model.Input, request, reason string, strict bool) (db.Result, error) {
	ops := make([]db.Op, len(sets))
	err := d.view(ctx, reg, func(_ *db.Snapshot, c *model.Context) error {
		for i, set := range sets {
			vals, err := c.Read(reg, set)
			if err != nil {
				if len(sets) > 1 {
					err = &db.OpError{Index: i, Err: err}
				}
				return usageError{err}
			}
			ops[i] = db.Op{Kind: db.Add, Register: reg.Key, Values: present(vals), Reason: reason}
		}
		return nil
	})
	if err != nil {
		return db.Result{}, err
	}
	return r.store(ctx, d, request, strict, ops...)
}

// present drops the cleared fields: a new record has none to clear.
func present(vals model.Values) model.Values {
	for k, v := range vals {
		if model.Blank(v) {
			delete(vals, k)
		}
	}
	return vals
}
