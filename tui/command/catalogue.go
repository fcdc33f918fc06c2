package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/model"
)

// catalogueCmd enters the default catalogue of disclosures into an office that
// has none yet.
func (r *runner) catalogueCmd() *cobra.Command {
	var defaults bool
	var drafter, reviewer, approver string
	cmd := &cobra.Command{
		Use:   "catalogue --defaults",
		Short: r.t("登记默认的公开目录（目录还空着时）", "enter the default catalogue, while there is none"),
		Long: r.t("登记默认的公开目录：党务、居务、财务各项，周期、范围、依据都可以再改。责任人、审核人、审批人各写一次，是工作人员的姓名或编号。",
			"Enter the default catalogue: items of Party affairs, neighbourhood affairs and accounts; cadence, scope and basis are yours to change. Who drafts, reviews and approves is named once, by name or id."),
		Example: "  taizhang disclosure catalogue --defaults --drafter 王思远 --reviewer 赵立新 --approver 周慧敏",
		Args:    r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !defaults {
				return usage("请写 --defaults；列出目录用 taizhang list 公开目录", "say --defaults; taizhang list catalogue lists the catalogue")
			}
			d, src, err := r.openSource(cmd.Context())
			if err != nil {
				return err
			}
			if err := model.Can(d.actor, model.ActAdd, model.Catalogue); err != nil {
				return denied(err)
			}
			n := 0
			if err := src.Scan(model.Catalogue.Key, model.Period{}, func(*model.Record) error { n++; return nil }); err != nil {
				return err
			}
			if n > 0 {
				return &db.Refusal{Code: db.ExitFailed, Words: model.Sayf("公开目录里已有 %d 项，没有改动", "the catalogue has %d items already; nothing was changed", n)}
			}
			var who []model.Ref
			for _, asked := range []struct{ flag, name string }{{"drafter", drafter}, {"reviewer", reviewer}, {"approver", approver}} {
				if asked.name == "" {
					return usage("请用 --%s 写明姓名", "name a person with --%s", asked.flag)
				}
				v, err := src.Context().Parse(model.Catalogue.Field(asked.flag), asked.name)
				if err != nil {
					return usage("--%s：%s", "--%s: %s", asked.flag, model.AsWords(err))
				}
				ref, _ := v.(model.Ref)
				who = append(who, ref)
			}
			var ops []db.Op
			for _, v := range model.DefaultCatalogue(who[0], who[1], who[2], src.Context().Today()) {
				ops = append(ops, db.Op{Kind: db.Add, Register: model.Catalogue.Key, Values: v})
			}
			res, err := d.ledger.Write(cmd.Context(), d.actor, db.RequestID{}, ops...)
			if err != nil {
				return err
			}
			fmt.Fprintln(r.Out, model.Sayf("已登记默认目录 %d 项", "%d items of the default catalogue entered", len(res.Records)).In(r.lang))
			return nil
		},
	}
	cmd.Flags().BoolVar(&defaults, "defaults", false, r.t("登记默认目录", "enter the default catalogue"))
	cmd.Flags().StringVar(&drafter, "drafter", "", r.t("责任人（拟稿）", "who drafts"))
	cmd.Flags().StringVar(&reviewer, "reviewer", "", r.t("审核人", "who reviews"))
	cmd.Flags().StringVar(&approver, "approver", "", r.t("审批人", "who approves"))
	return cmd
}
