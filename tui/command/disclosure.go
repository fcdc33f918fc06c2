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
			day, err := asOf(cmd, on, c.Today())
			if err != nil {
				return err
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
	r.onFlag(cmd, &on)
	cmd.Flags().StringVar(&format, "format", "table", "table, json")
	return cmd
}

// onFlag asks for the day as of which something is told.
func (r *runner) onFlag(cmd *cobra.Command, on *string) {
	cmd.Flags().StringVar(on, "on", "", r.t("按哪一天算，默认今天", "as of which day; today unless given"))
}

// asOf is the day of that flag: of a month or a year its last, today unless it
// was given.
func asOf(cmd *cobra.Command, on string, today model.Date) (model.Date, error) {
	if !cmd.Flags().Changed("on") {
		return today, nil
	}
	day, err := model.ReadDate(on, today)
	if err != nil {
		return day, usage("--on：%s", "--on: %s", model.AsWords(err))
	}
	return day.Last(), nil
}
