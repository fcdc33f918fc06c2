package export

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"taizhang/db"
	"taizhang/model"
)

// Months is a register counted by month, newest first.
type Months struct {
	fields []*model.Field // added up
	rows   []db.Tally
	c      *model.Context
}

// ByMonth counts the records of the source's query by month and adds up the
// numbers that the register's list shows, as far as the actor sees them.
func ByMonth(src *Ledger, reg *model.Register) (*Months, error) {
	m := &Months{c: src.c}
	for _, f := range reg.Fields {
		if f.Col > 0 && f.Stored() && f.Numeric() && src.c.MaskText(f, inUnit(f, 1000), model.Inside, model.ZH, src.c.Today()) != "" {
			m.fields = append(m.fields, f)
		}
	}
	slices.SortStableFunc(m.fields, func(a, b *model.Field) int { return a.Col - b.Col })
	var err error
	m.rows, err = src.l.ByMonth(src.ctx, src.Query, m.fields)
	return m, err
}

// inUnit is a sum as a value of its field.
func inUnit(f *model.Field, n int64) any {
	switch f.Type {
	case model.TypeMoney:
		return model.Money(n)
	case model.TypeDec:
		return model.Dec(n)
	}
	return n
}

// Write writes the months: csv, json, or table for the terminal.
func (m *Months) Write(w io.Writer, f Format, l model.Lang) error {
	if f == JSON {
		return m.json(w)
	}
	cols := []Column{{Head: model.W("月份", "Month").In(l)}, {Head: model.W("条数", "Records").In(l), Right: true}}
	for _, f := range m.fields {
		cols = append(cols, Column{Head: f.Words.In(l), Right: true})
	}
	rows := make([][]string, 0, len(m.rows))
	for _, t := range m.rows {
		row := []string{m.month(t, l), strconv.Itoa(t.Records)}
		for i, f := range m.fields {
			row = append(row, m.c.Text(f, inUnit(f, t.Sums[i]), l))
		}
		rows = append(rows, row)
	}
	if f != CSV {
		return Table(w, cols, rows)
	}
	out := newCSV(w)
	t := &table{Job: Job{Lang: l}}
	for _, c := range cols {
		t.heads = append(t.heads, c.Head)
	}
	if err := out.begin(t); err != nil {
		return err
	}
	for _, row := range rows {
		if err := out.write(row); err != nil {
			return err
		}
	}
	return out.end(Result{})
}

func (m *Months) month(t db.Tally, l model.Lang) string {
	if t.Month.IsZero() {
		return model.W("无日期", "no date").In(l)
	}
	return t.Month.String()
}

// json writes an array of objects: "month" in its stored form, "records", and
// the sums by field key as they stand in records.
func (m *Months) json(w io.Writer) error {
	type month struct {
		Month   string         `json:"month"`
		Records int            `json:"records"`
		Sums    map[string]any `json:"sums"`
	}
	out := make([]month, 0, len(m.rows))
	for _, t := range m.rows {
		sums := make(map[string]any, len(m.fields))
		for i, f := range m.fields {
			sums[f.Key] = model.Plain(inUnit(f, t.Sums[i]))
		}
		out = append(out, month{t.Month.String(), t.Records, sums})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
