package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"taizhang/db"
	"taizhang/model"
)

// rows judges rows one by one.
type rows struct {
	*Plan
	c    *model.Context
	book *book
	keys []string // of the fields by which a row is known again
	seen map[string]string

	ctx    context.Context
	shorts map[string]model.Ref         // what short names stand for; see nearly
	names  map[string]map[string]string // of records, by register and id
}

// reader makes ready to judge rows with the columns chosen: what the register
// already holds is read once, to find what is there already.
func (p *Plan) reader(ctx context.Context) (*rows, error) {
	l := p.job.Ledger
	r := &rows{Plan: p, book: newBook(ctx, l), seen: map[string]string{}, ctx: ctx, shorts: map[string]model.Ref{}, names: map[string]map[string]string{}}
	r.c = &model.Context{Schema: l.Schema(), Book: r.book, Now: l.Now(), Actor: p.job.Actor}
	for _, c := range p.Columns {
		if c.Use == Filled {
			r.keys = append(r.keys, c.Field.Key)
		}
	}
	slices.Sort(r.keys)
	return r, r.known(ctx)
}

// known remembers what the register holds in the fields of the columns.
func (r *rows) known(ctx context.Context) error {
	if len(r.keys) == 0 {
		return nil
	}
	q := db.Query{Register: r.Register.Key, Fields: r.keys, States: []model.State{model.Final, model.Draft}}
	return r.job.Ledger.Scan(ctx, q, nil, func(rec *model.Record) error {
		r.seen[r.print(rec)] = rec.ID
		return nil
	})
}

// print is what a record has in the fields of the columns, as one text.
func (r *rows) print(rec *model.Record) string {
	values := make([]any, len(r.keys))
	for i, key := range r.keys {
		if v := rec.Values[key]; !model.Blank(v) {
			values[i] = model.Plain(v)
		}
	}
	b, _ := json.Marshal(values)
	return string(b)
}

// kept is the id that a row of the program's own file carries, where the ledger
// has that record.
func (r *rows) kept(l Line) string {
	for _, col := range r.Columns {
		if col.Use != Left {
			continue
		}
		id := model.TidyID(l.cell(col.Place).Text)
		if r.c.Schema.OfID(id) == r.Register && r.book.Record(id) != nil {
			return id
		}
	}
	return ""
}

// judge asks of a row what a form would ask, and whether it is there already.
func (r *rows) judge(line int, values model.Values) {
	rec := model.NewRecord(r.Register)
	for k, v := range values {
		rec.Set(k, v)
	}
	if f := r.Register.Field(r.Register.DateField); f != nil && f.Default != nil && model.Blank(values[f.Key]) { // a form offers today
		r.issue(line, Bad, "", model.Sayf("没有“%s”，不能猜", "there is no %s, and it is not guessed", f.Words))
		return
	}
	full := rec.Clone()
	if err := r.c.Prepare(full, nil); err != nil {
		var errs model.Errors
		if !errors.As(err, &errs) {
			r.issue(line, Bad, "", model.AsWords(err))
			return
		}
		for _, e := range errs {
			r.issue(line, Bad, "", model.W(e.Named(model.ZH), e.Named(model.EN)))
		}
		return
	}
	is := r.print(full)
	where, there := r.seen[is]
	switch {
	case there && !r.job.Repeat:
		r.issue(line, Skipped, "", model.Sayf("与 %s 完全相同，已经有了，不导入", "the same as %s: it is there already, left out", where))
		return
	case there:
		r.issue(line, Look, "", model.Sayf("与 %s 完全相同，仍然导入", "the same as %s, and entered all the same", where))
	default:
		for _, d := range r.c.Doubts(rec, nil) {
			w := d.Words
			if len(d.Found) > 0 {
				found := strings.Join(d.Found, " ")
				w = model.W(w.ZH+"（"+found+"）", w.EN+" ("+found+")")
			}
			r.issue(line, Look, "", w)
		}
		own := model.Sayf("本文件第%d行", "row %d of this file", line)
		r.seen[is] = own.ZH
	}
	r.Rows = append(r.Rows, Row{line, values})
	r.offered(values)
}

// offered notes which blanks of a row were filled with what a form would offer.
func (r *rows) offered(values model.Values) {
	for _, f := range r.Register.Fields {
		if f.Default == nil || !f.InForm() || !model.Blank(values[f.Key]) {
			continue
		}
		v := f.Default(r.c)
		if model.Blank(v) {
			continue
		}
		i := slices.IndexFunc(r.Offered, func(o Offer) bool { return o.Field == f })
		if i < 0 {
			i = len(r.Offered)
			r.Offered = append(r.Offered, Offer{Field: f, Text: model.W(r.c.Text(f, v, model.ZH), r.c.Text(f, v, model.EN))})
		}
		r.Offered[i].Rows++
	}
}
