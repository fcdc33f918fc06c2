package command

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

func (r *runner) whoCmd() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   r.t("who 编号", "who ID"),
		Short: r.t("谁查看、导出、改动过一条记录", "who looked at, exported or changed a record"),
		Long: r.t("列出流水里与这条记录有关的一切：谁录入、改动、合并，谁看了完整的号码、为什么，以及此后它所在台账的导出。",
			"Lists everything in the journal about a record: who entered, changed or merged it, who saw its numbers in full and why, and the files of its register written since."),
		Args: r.exactly(1, "who 编号 [--format table|json]", "who ID [--format table|json]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--format", format, "table", "json"); err != nil {
				return err
			}
			d, id, _, err := r.openRecord(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			deeds, err := export.Who(cmd.Context(), d.ledger, d.actor, id)
			if err != nil {
				return err
			}
			names, err := d.names(cmd.Context(), deeds)
			if err != nil {
				return err
			}
			if format == "json" {
				return r.whoJSON(deeds, names)
			}
			rows := make([][]string, len(deeds))
			for i := range deeds {
				e := &deeds[i]
				rows[i] = []string{e.At.In(model.Zone).Format("2006-01-02 15:04"), names[e.By], e.Text(d.ledger.Schema(), words.Actions[e.Action], r.lang)}
			}
			return export.Table(r.Out, []export.Column{{Head: r.t("时间", "when")}, {Head: r.t("谁", "who")}, {Head: r.t("做了什么", "what")}}, rows)
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table, json")
	return cmd
}

// names are those of the staff who did it.
func (d *desk) names(ctx context.Context, deeds []export.Deed) (map[string]string, error) {
	out := map[string]string{}
	return out, d.ledger.View(ctx, func(sn *db.Snapshot) error {
		c := d.context(sn)
		for _, e := range deeds {
			out[e.By] = oneLine(c.NameOf(model.Ref{ID: e.By}))
		}
		return nil
	})
}

func (r *runner) whoJSON(deeds []export.Deed, names map[string]string) error {
	type deedJSON struct {
		Seq    uint64   `json:"seq"`
		At     string   `json:"at"`
		By     string   `json:"by"`
		Name   string   `json:"name"`
		Action string   `json:"action"`
		Fields []string `json:"fields"`
		Reason string   `json:"reason,omitempty"`
		Whole  bool     `json:"whole_register,omitempty"` // a file in which the record may stand
	}
	for i := range deeds {
		e := &deeds[i]
		j := deedJSON{e.Seq, e.At.In(model.Zone).Format("2006-01-02T15:04:05.000-07:00"), e.By, names[e.By], e.Action, e.Fields, oneLine(e.Why(model.ZH)), e.Whole}
		if j.Fields == nil {
			j.Fields = []string{}
		}
		if err := export.JSONLine(r.Out, j); err != nil {
			return err
		}
	}
	return nil
}

func (r *runner) revealCmd() *cobra.Command {
	var reason string
	var fields []string
	cmd := &cobra.Command{
		Use:   r.t("reveal 编号 --reason 原因", "reveal ID --reason TEXT"),
		Short: r.t("看一条记录里遮住的号码（先记入流水）", "see the masked numbers of a record (enters the journal first)"),
		Args:  r.exactly(1, "reveal 编号 --reason 原因", "reveal ID --reason TEXT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, id, reg, err := r.openRecord(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			var keys []string
			for _, name := range fields {
				f, err := reg.FindField(name)
				if err != nil {
					return usageError{err}
				}
				keys = append(keys, f.Key)
			}
			values, err := d.ledger.Reveal(cmd.Context(), d.actor, id, reason, keys...)
			if err != nil {
				return err
			}
			c := d.context(nil)
			var rows [][]string
			for _, f := range reg.Fields {
				if v, ok := values[f.Key]; ok {
					rows = append(rows, []string{f.Words.In(r.lang), f.Key, oneLine(c.Text(f, v, r.lang))})
				}
			}
			return export.Table(r.Out, make([]export.Column, 3), rows)
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", r.t("原因，记入流水", "the reason, kept in the journal"))
	cmd.Flags().StringSliceVar(&fields, "field", nil, r.t("哪些项目，逗号隔开；不写为全部", "which fields, with commas; all if not given"))
	return cmd
}
