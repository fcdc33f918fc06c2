package command

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/export/report"
	"taizhang/model"
)

// saved opens a saved report by its id.
func (r *runner) saved(ctx context.Context, d *desk, id string) (t *export.SavedText, err error) {
	id = strings.ToUpper(strings.TrimSpace(id))
	if reg := d.ledger.Schema().OfID(id); reg == nil || reg.Key != model.Report.Key {
		return nil, usage("“%s”不是文稿的编号，编号见 taizhang report list，例 R-2026-0001", "%q is no id of a saved report; taizhang report list shows them, such as R-2026-0001", model.Shorten(id))
	}
	var rec *model.Record
	if err := d.ledger.View(ctx, func(sn *db.Snapshot) (err error) {
		rec, err = sn.Get(id)
		return err
	}); err != nil {
		return nil, err
	}
	err = r.shelf(func(s report.Shelf) error {
		list, err := export.ReportsOn(s)
		if err == nil {
			t, err = export.OpenSaved(rec, list)
		}
		return err
	})
	return t, err
}

// savedRows lists the saved reports.
func (r *runner) savedRows(ctx context.Context, d *desk) (rows [][]string, err error) {
	var list []*model.Record
	if list, err = d.ledger.List(ctx, db.Query{Register: model.Report.Key, States: []model.State{model.Final}}); err != nil {
		return nil, err
	}
	schema := d.ledger.Schema()
	for _, rec := range list {
		state := schema.Vocab("RPSTATE").Text(model.ReportState.Of(rec), r.lang)
		rows = append(rows, []string{rec.ID, model.ReportTitle.Of(rec), r.t("文稿，", "saved, ") + state, model.ReportTemplate.Of(rec) + " " + model.ReportPeriod.Of(rec), "--saved"})
	}
	return rows, nil
}

// deltasCmd tells what has changed since a report was sent.
func (r *runner) deltasCmd() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     r.t("deltas 文稿编号", "deltas ID"),
		Short:   r.t("上报之后哪些数字变了", "which figures changed since a report was sent"),
		Example: "  taizhang report deltas R-2026-0001 --format json",
		Args:    r.exactly(1, "report deltas 文稿编号", "report deltas ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--format", format, "table", "json"); err != nil {
				return err
			}
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			d, src, err := r.openSource(ctx)
			if err != nil {
				return err
			}
			t, err := r.saved(ctx, d, args[0])
			if err != nil {
				return err
			}
			if model.ReportState.Of(t.Record) != model.ReportSent {
				return model.Problemf("%s 还没有上报，没有可对照的数字", "%s was not sent yet: there are no figures to compare with", t.Record.ID)
			}
			template, err := export.ReadTemplate(d.ledger.Path(), t.Report.Name, t.Lang, src.Context().Schema, t.Edits)
			if err != nil {
				return err
			}
			doc, err := template.Fill(src, report.Job{Period: t.Period, Audience: t.Audience, Lang: t.Lang})
			if err != nil {
				return err
			}
			if err := src.Err(); err != nil {
				return err
			}
			return r.tellDeltas(export.Deltas(model.ReportFigures(t.Record), doc), format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table, json")
	return cmd
}

func (r *runner) tellDeltas(list []export.Delta, format string) error {
	if format == "json" {
		type entry struct {
			Block string   `json:"block"`
			Query string   `json:"query"`
			Then  string   `json:"then"`
			Now   string   `json:"now"`
			Added []string `json:"added"`
			Gone  []string `json:"gone"`
			// Unlisted: there were too many records to keep their ids.
			Unlisted bool `json:"unlisted"`
		}
		out := make([]entry, len(list))
		for i, d := range list {
			out[i] = entry{d.Block, d.Query, d.WasExactly, d.IsExactly, append([]string{}, d.Added...), append([]string{}, d.Gone...), d.Unlisted}
		}
		enc := json.NewEncoder(r.Out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(out)
	}
	if len(list) == 0 {
		r.complain(r.t("上报以来，文中的数字没有变", "no figure of the text has changed since it was sent"))
		return nil
	}
	rows := make([][]string, len(list))
	for i, d := range list {
		rows[i] = []string{d.Query, d.WasExactly, d.IsExactly, someIDs(d.Added), someIDs(d.Gone)}
	}
	return export.Table(r.Out, []export.Column{{Head: r.t("什么数", "figure")}, {Head: r.t("上报时", "when sent"), Right: true}, {Head: r.t("现在", "now"), Right: true}, {Head: r.t("多了", "added")}, {Head: r.t("少了", "gone")}}, rows)
}

// someIDs names the first few ids, and how many there are.
func someIDs(ids []string) string {
	const most = 3
	if len(ids) <= most {
		return strings.Join(ids, " ")
	}
	return strings.Join(ids[:most], " ") + " … (" + strconv.Itoa(len(ids)) + ")"
}
