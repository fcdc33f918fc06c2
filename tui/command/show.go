package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

func (r *runner) showCmd() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   r.t("show 编号", "show ID"),
		Short: r.t("显示一条记录和它的历史", "show a record with its history"),
		Args:  r.exactly(1, "show 编号 [--format table|json]", "show ID [--format table|json]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--format", format, "table", "json"); err != nil {
				return err
			}
			d, id, reg, err := r.openRecord(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			var page bytes.Buffer // the reader may be slow: see view
			err = d.view(cmd.Context(), reg, func(sn *db.Snapshot, c *model.Context) error {
				rec, err := sn.Get(id)
				if err != nil {
					return err
				}
				hist, err := sn.History(id)
				if err != nil {
					return err
				}
				if format == "json" {
					return showJSON(&page, c, rec, hist)
				}
				return r.showText(&page, c, rec, hist)
			})
			if err != nil {
				return err
			}
			_, err = r.Out.Write(page.Bytes())
			return err
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table, json")
	return cmd
}

// versionJSON is one entry of "history".
type versionJSON struct {
	Version int            `json:"version"`
	At      string         `json:"at"`
	By      string         `json:"by"`
	Action  string         `json:"action"`
	Reason  string         `json:"reason,omitempty"`
	Fields  []string       `json:"fields"`
	State   string         `json:"state"`
	Values  map[string]any `json:"values"`
}

// showJSON writes a record with its history, each version as the actor may see
// it.
func showJSON(w io.Writer, c *model.Context, rec *model.Record, hist []db.Version) error {
	out := struct {
		export.JSONRecord
		State   string        `json:"state"`
		Related []relatedJSON `json:"related,omitempty"`
		History []versionJSON `json:"history"`
	}{JSONRecord: export.RecordFor(c, rec, model.Inside, model.ZH), State: rec.State.String(), Related: relatedTables(c, rec)}
	for _, h := range hist {
		v := versionJSON{Version: h.Record.Version, At: h.Entry.At.In(model.Zone).Format("2006-01-02T15:04:05.000-07:00"), By: h.Entry.By,
			Action: h.Entry.Action, Reason: h.Entry.Why(model.ZH), Fields: h.Entry.Fields, State: h.Record.State.String(),
			Values: export.RecordFor(c, h.Record, model.Inside, model.ZH).Values}
		if v.Fields == nil {
			v.Fields = []string{}
		}
		out.History = append(out.History, v)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// showText writes every filled field, computed ones too, as the inside may see
// it, and the history under it.
func (r *runner) showText(w io.Writer, c *model.Context, rec *model.Record, hist []db.Version) error {
	var rows [][]string
	for _, f := range rec.Register.Fields {
		v := c.Value(rec, f)
		if !model.Blank(v) {
			rows = append(rows, []string{f.Words.In(r.lang), f.Key, c.SeenText(rec, f, v, r.lang)})
		}
	}
	for _, k := range rec.Values.Unknown(rec.Register) {
		rows = append(rows, []string{"", k, c.Text(nil, rec.Values[k], r.lang)})
	}
	fmt.Fprintf(w, "%s  %s  v%d  %s\n", rec.ID, rec.Register.Words.In(r.lang), rec.Version, rec.StateWords().In(r.lang))
	if err := export.Table(w, make([]export.Column, 3), rows); err != nil {
		return err
	}
	if err := r.showRelated(w, c, rec); err != nil {
		return err
	}
	var past [][]string
	for _, h := range hist {
		past = append(past, []string{fmt.Sprintf("v%d", h.Record.Version), h.Entry.At.In(model.Zone).Format("2006-01-02 15:04"),
			c.NameOf(model.Ref{ID: h.Entry.By}), words.Did(rec.Register, h.Entry.Action).In(r.lang), strings.Join(h.Entry.Fields, " "), h.Entry.Why(r.lang)})
	}
	fmt.Fprintln(w)
	return export.Table(w, make([]export.Column, 6), past)
}
