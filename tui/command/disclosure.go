package command

import (
	"github.com/spf13/cobra"

	"taizhang/export"
	"taizhang/model"
)

// disclosureCmd groups what concerns the clock of disclosure.
func (r *runner) disclosureCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "disclosure",
		Short: r.t("三务公开：到期、逾期、待撤下，审批步骤", "disclosures: what is due, overdue or to be taken down; the steps of approval"),
		Args:  r.noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.dueCmd(), r.catalogueCmd(), r.stepCmd(), r.stepsCmd())
	return cmd
}

func (r *runner) dueCmd() *cobra.Command {
	var on, format string
	cmd := &cobra.Command{
		Use:   "due",
		Short: r.t("要办的公开，最急的在前", "what is to be disclosed, the most urgent first"),
		Long: r.t("列出要办的公开：期满还没有公开的、已经起草还没有公开的、挂满了该撤下的。\n应公开日是公开期末加目录里的宽限天数。",
			"List what is to be done: what is not public though its period is over, what was begun, what has hung long enough.\nThe due day is the end of the period and the grace days of the catalogue."),
		Example: "  taizhang disclosure due\n  taizhang disclosure due --on 2027-03-15 --format json",
		Args:    r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("--format", format, "table", "json"); err != nil {
				return err
			}
			d, src, err := r.openSource(cmd.Context())
			if err != nil {
				return err
			}
			if err := model.Can(d.actor, model.ActView, model.Issue); err != nil {
				return denied(err)
			}
			c := src.Context()
			day := c.Today()
			if cmd.Flags().Changed("on") {
				if day, err = model.ReadDate(on, c.Today()); err != nil {
					return usage("--on：%s", "--on: %s", model.AsWords(err))
				}
				day = day.Last()
			}
			b, err := export.DueBoard(src, day)
			if err != nil {
				return err
			}
			if format == "json" {
				return export.SlotsJSON(r.Out, b, b.Todo())
			}
			return export.SlotsTable(r.Out, c, b, b.Todo(), r.lang)
		},
	}
	cmd.Flags().StringVar(&on, "on", "", r.t("按哪一天算，默认今天", "as of which day; today unless given"))
	cmd.Flags().StringVar(&format, "format", "table", "table, json")
	return cmd
}
