package command

import (
	"fmt"
	"io"
	"strings"

	"taizhang/export"
	"taizhang/model"
)

// relatedJSON is a table of what names a record, its values as the person may
// see them.
type relatedJSON struct {
	Key      string              `json:"key"`
	Register string              `json:"register"`
	Rows     []map[string]string `json:"rows"`
	More     int                 `json:"more,omitempty"` // further records that are not listed
	Years    []yearJSON          `json:"years,omitempty"`
}

// yearJSON is what the records of a year come to, by the keys of their fields.
type yearJSON struct {
	Year  int               `json:"year"`
	Count int               `json:"count"`
	Sums  map[string]string `json:"sums"`
}

func relatedTables(c *model.Context, rec *model.Record) (out []relatedJSON) {
	for _, t := range c.Related(rec) {
		j := relatedJSON{Key: t.Key, Register: t.Of.Key, Rows: []map[string]string{}, More: t.More}
		columns, rows := t.Cells(c, model.ZH)
		for i, row := range rows {
			cells := map[string]string{"id": t.Rows[i].ID}
			for at, f := range columns {
				if row[at] != "" {
					cells[f.Key] = row[at]
				}
			}
			j.Rows = append(j.Rows, cells)
		}
		for i := range t.Years {
			y := &t.Years[i]
			sums := map[string]string{}
			for at, f := range y.Fields {
				if text := y.Sum(c, at, model.ZH); text != "" {
					sums[f.Key] = text
				}
			}
			j.Years = append(j.Years, yearJSON{y.Year, y.Count, sums})
		}
		out = append(out, j)
	}
	return out
}

// showRelated prints the tables under a record.
func (r *runner) showRelated(w io.Writer, c *model.Context, rec *model.Record) error {
	for _, t := range c.Related(rec) {
		fmt.Fprintf(w, "\n%s\n", t.Words.In(r.lang))
		fields, rows := t.Cells(c, r.lang)
		columns := []export.Column{{Head: r.t("编号", "id")}}
		for _, f := range fields {
			columns = append(columns, export.Column{Head: f.Words.In(r.lang), Right: f.Numeric()})
		}
		for i := range rows {
			rows[i] = append([]string{t.Rows[i].ID}, rows[i]...)
		}
		if len(rows) > 0 {
			if err := export.Table(w, columns, rows); err != nil {
				return err
			}
		}
		for i := range t.Years {
			y := &t.Years[i]
			fmt.Fprintf(w, "%s  %s\n", r.t(fmt.Sprintf("%d年", y.Year), fmt.Sprint(y.Year)), strings.TrimSpace(oneLine(y.Text(c, r.lang))))
		}
		if t.More > 0 && !t.ThisYear {
			fmt.Fprintln(w, model.Sayf("另有更早的 %d 条", "%d earlier ones", t.More).In(r.lang))
		}
	}
	return nil
}
