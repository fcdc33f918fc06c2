package ingest

import (
	"taizhang/model"
)

// row reads the cells of a line; ok is false when one of them cannot be read.
func (r *rows) row(l Line, t *Table) (values model.Values, ok bool) {
	values, ok = model.Values{}, true
	for _, col := range r.Columns {
		if col.Use != Filled {
			continue
		}
		text, look, err := input(r.c, col.Field, l.cell(col.Place), t, r.yearOf(col.Field))
		var v any
		if err == nil {
			v, err = r.c.Parse(col.Field, text)
			if err != nil && col.Field.Type == model.TypeRef {
				if ref, found := r.apart(col.Field, text, l, t); found {
					v, err = ref, nil
				} else if ref, found := r.nearly(col, text, l.No); found {
					v, err = ref, nil
				}
			}
		}
		switch {
		case err != nil:
			r.issue(l.No, Bad, col.Head, model.AsWords(err))
			ok = false
			continue
		case look != (model.Words{}):
			r.issue(l.No, Look, col.Head, look)
		}
		if ref, is := v.(model.Ref); is && ref.ID != "" {
			r.compare(col.Field, ref.ID, l, t)
		}
		if !model.Blank(v) {
			values[col.Field.Key] = v
		}
	}
	r.turnYear(l, values)
	return values, ok
}

// apart chooses among several records of one name the one that the other columns
// of the row fit, such as the ID number.
func (r *rows) apart(f *model.Field, name string, l Line, t *Table) (model.Ref, bool) {
	var fits []string
	for _, key := range f.Refs {
		for _, id := range r.book.Named(key, name) {
			if rec := r.book.Record(id); rec != nil && r.fits(f, rec, l, t) {
				fits = append(fits, id)
			}
		}
	}
	if len(fits) != 1 {
		return model.Ref{}, false
	}
	return model.Ref{ID: fits[0]}, true
}

// compare says where the other columns of the row differ from the record of the
// name: it may be of somebody else.
func (r *rows) compare(of *model.Field, id string, l Line, t *Table) {
	rec := r.book.Record(id)
	if rec == nil {
		return
	}
	for _, col := range r.Columns {
		if col.Use != Helper || col.Of != of || rec.Register.Field(col.Field.Key) != col.Field {
			continue
		}
		text, _, err := input(r.c, col.Field, l.cell(col.Place), t, 0)
		if err != nil {
			r.issue(l.No, Look, col.Head, model.AsWords(err))
			continue
		}
		v, err := r.c.Parse(col.Field, text)
		had := rec.Values[col.Field.Key]
		if err == nil && !model.Blank(v) && !model.Blank(had) && !model.Equal(v, had) {
			r.issue(l.No, Look, col.Head, model.Sayf("与 %s 登记的不同，请核对是不是同一个人或同一处", "differs from what %s has; check whether it is the same one", id))
		}
	}
}

func (r *rows) fits(of *model.Field, rec *model.Record, l Line, t *Table) bool {
	asked := false
	for _, col := range r.Columns {
		if col.Use != Helper || col.Of != of || rec.Register.Field(col.Field.Key) != col.Field {
			continue
		}
		text, _, err := input(r.c, col.Field, l.cell(col.Place), t, 0)
		if err != nil || text == "" {
			continue
		}
		v, err := r.c.Parse(col.Field, text)
		if err != nil || !model.Equal(v, rec.Values[col.Field.Key]) {
			return false
		}
		asked = true
	}
	return asked
}
