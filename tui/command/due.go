package command

import (
	"github.com/spf13/cobra"

	"taizhang/export"
	"taizhang/model"
)

// farthest is how many days ahead due looks at most.
const farthest = 366

// duesCmd lists every clock in one.
func (r *runner) duesCmd() *cobra.Command {
	var on, format string
	var within int
	cmd := &cobra.Command{
		Use:   "due",
		Short: r.t("要办的事：信访、需求、意见、公开、荣誉和协议到期，自己的在前", "what is to be done: petitions, needs, opinions, disclosures, terms that end; one's own first"),
		Long: r.t(`列出所有有期限、还没有办的事：自己负责的在前，最急的在前。
不写 --within，各种事按各自的提前天数列出（信访办结提前10天，告知提前5天，协议到期提前30天，其余提前3天，公开提前15天）；写了则今后几天内到期的都列出，逾期的总在内。
只看公开用 disclosure due。`,
			`List whatever has a day it is due and is not done: first what is one's own, the most urgent first.
Without --within each kind stands so many days ahead as is usual for it (the close of petitions 10, their notice 5, the end of agreements 30, disclosures 15, others 3); with it, whatever is due within so many days. What is overdue always is.
disclosure due lists disclosures alone.`),
		Example: "  taizhang due\n  taizhang due --within 30\n  taizhang due --on 2027-03-15 --format json",
		Args:    r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("--format", format, "table", "json"); err != nil {
				return err
			}
			d, src, err := r.openSource(cmd.Context())
			if err != nil {
				return err
			}
			if err := model.Can(d.actor, model.ActView, nil); err != nil {
				return denied(err)
			}
			day, err := asOf(cmd, on, src.Context().Today())
			if err != nil {
				return err
			}
			ahead := export.Usual
			if cmd.Flags().Changed("within") {
				if ahead = within; within < 0 || within > farthest {
					return usage("--within 应在 0 至 %d 之间", "--within takes 0 to %d", farthest)
				}
			}
			todo, err := export.Dues(src, day, ahead, r.lang)
			if err != nil {
				return err
			}
			if format == "json" {
				return export.DuesJSON(r.Out, todo, day)
			}
			return export.DuesTable(r.Out, todo, r.lang)
		},
	}
	r.onFlag(cmd, &on)
	cmd.Flags().IntVar(&within, "within", 0, r.t("今后几天内到期的都列出", "whatever is due within so many days"))
	cmd.Flags().StringVar(&format, "format", "table", "table, json")
	return cmd
}
