package command

import (
	"github.com/spf13/cobra"

	"taizhang/export"
	"taizhang/model"
)

// meetingsCmd sets against the rules what the Party branches held.
func (r *runner) meetingsCmd() *cobra.Command {
	var period, on, format string
	cmd := &cobra.Command{
		Use:   "meetings",
		Short: r.t("三会一课：各支部应开、已开、缺的", "meetings of the Party branches: required, held, missing"),
		Long: r.t(`每个支部每种会议“已开/应开”，期满没有开的前面写“!缺”。
应开次数按支部工作条例：党员大会每季1次，支委会、主题党日每月1次，党课、组织生活会、民主评议、谈心谈话每年1次；党小组会每月1次，只对登记了党小组的支部要求。
到会不超过应到半数的不算已开（谈心谈话除外）；党课由本支部书记或社区书记、第一书记讲的才算。不算的逐条列在表下。
次数可在设置里改，或改设置文件的 deadlines.meetings（一年几次，-1 不要求）。`,
			`For every branch and kind of meeting, held of required; "!missing" before what was not held though its period is over.
Required by the rules on Party branches; those of groups only where groups are on file.
Meetings to which not more than half of those entitled came do not count as held (talks aside); lectures count when the branch's secretary gave them, or the community's secretary or first secretary. What does not count is listed below the table.
An office changes the numbers in its settings, or in deadlines.meetings of its settings file (times a year, -1: none).`),
		Example: "  taizhang meetings\n  taizhang meetings --period 2026Q3 --format json",
		Args:    r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("--format", format, "table", "json"); err != nil {
				return err
			}
			d, src, err := r.openSource(cmd.Context())
			if err != nil {
				return err
			}
			if err := model.Can(d.actor, model.ActView, model.Meeting); err != nil {
				return denied(err)
			}
			c := src.Context()
			day, err := asOf(cmd, on, c.Today())
			if err != nil {
				return err
			}
			p := model.YearOf(day)
			if cmd.Flags().Changed("period") {
				if p, err = mustPeriod(period); err != nil {
					return err
				}
			}
			rows, err := export.MeetingStrip(src, p, day)
			if err != nil {
				return err
			}
			if format == "json" {
				return export.MeetingsJSON(r.Out, c, rows, day)
			}
			return export.MeetingsTable(r.Out, c, rows, day, r.lang)
		},
	}
	cmd.Flags().StringVar(&period, "period", "", r.t("期间，默认今年", "period; this year unless given"))
	r.onFlag(cmd, &on)
	cmd.Flags().StringVar(&format, "format", "table", "table, json")
	return cmd
}
