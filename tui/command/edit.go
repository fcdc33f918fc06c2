package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

func (r *runner) editCmd() *cobra.Command {
	var version int
	var asJSON, strict bool
	var request, reason string
	cmd := &cobra.Command{
		Use:   r.t("edit 编号 --version N 项目=值 …", "edit ID --version N key=value …"),
		Short: r.t("修改一条记录", "change a record"),
		Long: r.t("修改一条记录的几项；“项目=”清空该项。--version 是您看到的版本：别人已改了同一项时不保存，列出两边的值，退出码 6。",
			"Change fields of a record; \"key=\" clears one. --version is the version you saw: if someone changed the same field meanwhile nothing is saved, both values are printed and the exit code is 6."),
		Args: r.atLeast(2, "edit 编号 --version N 项目=值 …", "edit ID --version N key=value …"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, id, reg, err := r.openRecord(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("version") && version < 1 {
				return usage("--version 应是 1 以上的数", "--version must be 1 or more")
			}
			set, err := pairs(args[1:])
			if err == nil {
				err = distinct(reg, set)
			}
			if err != nil {
				return err
			}
			if err := model.CheckText(reason, false); err != nil {
				return usageError{err}
			}
			op := db.Op{Kind: db.Edit, Register: reg.Key, ID: id, Base: version, Reason: strings.TrimSpace(reason)}
			err = d.view(cmd.Context(), reg, func(_ *db.Snapshot, c *model.Context) error {
				op.Values, err = c.Read(reg, set)
				if err != nil {
					return usageError{err}
				}
				return nil
			})
			if err != nil {
				return err
			}
			res, err := r.store(cmd.Context(), d, request, strict, op)
			if err != nil {
				var c *db.Conflict
				if errors.As(err, &c) {
					r.printConflict(cmd.Context(), d, c)
				}
				return err
			}
			if asJSON {
				return json.NewEncoder(r.Out).Encode(savedJSON{res.Records[0].ID, res.Records[0].Version})
			}
			fmt.Fprintln(r.Out, model.Sayf("%s 第%d版", "%s v%d", res.Records[0].ID, res.Records[0].Version).In(r.lang))
			if res.Records[0].Unsigned {
				fmt.Fprintln(r.Err, model.Sayf(words.SavedBack.ZH, words.SavedBack.EN, res.Records[0].ID).In(r.lang))
			}
			return nil
		},
	}
	cmd.Flags().IntVar(&version, "version", 0, r.t("您看到的版本（不写则按现在的版本）", "the version you saw (default: the current one)"))
	cmd.Flags().BoolVar(&asJSON, "json", false, r.t("用 JSON 回答", "answer in JSON"))
	cmd.Flags().StringVar(&request, "request", "", r.t("请求号", "request id"))
	cmd.Flags().StringVar(&reason, "reason", "", r.t("原因，记入历史；改已签领的款物必须写", "the reason, kept in the history; needed to change what was signed for"))
	r.strictFlag(cmd, &strict)
	return cmd
}

// printConflict writes both sides of every field that both changed.
func (r *runner) printConflict(ctx context.Context, d *desk, c *db.Conflict) {
	reg := d.ledger.Schema().OfID(c.ID)
	var lines []string
	defer func() {
		for _, line := range lines {
			r.complain(line)
		}
	}()
	_ = d.view(ctx, reg, func(_ *db.Snapshot, mc *model.Context) error {
		c.By = mc.NameOf(model.Ref{ID: c.By})
		for _, f := range c.Fields {
			label, theirs, mine := f.Key, fmt.Sprint(model.Plain(f.Theirs)), fmt.Sprint(model.Plain(f.Mine))
			if f.Field != nil {
				label = f.Field.Words.In(r.lang) + " " + f.Key
				theirs, mine = mc.Text(f.Field, f.Theirs, r.lang), mc.Text(f.Field, f.Mine, r.lang)
			}
			lines = append(lines, model.Sayf("%s：现在是“%s”（%s，第%d版），您填的是“%s”", "%s: now %q (%s, v%d), yours %q",
				label, theirs, c.By, c.Current, mine).In(r.lang))
		}
		return nil
	})
}
