package ingest

import (
	"strings"

	"taizhang/db"
	"taizhang/model"
)

// leastShort is the length of a short name that may stand for a longer one: of
// two characters, such as those of a surname and a given name, it would be a guess.
const leastShort = 3

// nearly finds what an office calls by a shorter name than the register does,
// such as 第一党支部 or 第一支部 for 和平社区第一党支部: the one record in whose name
// its characters stand in their order. It is said once of each name, so that
// somebody looks. Names of people are never taken so.
func (r *rows) nearly(col Column, text string, line int) (model.Ref, bool) {
	if model.Characters(text) < leastShort || model.TidyID(text) != "" && r.c.Schema.OfID(model.TidyID(text)) != nil {
		return model.Ref{}, false
	}
	short := col.Field.Key + "\x00" + text
	if known, ok := r.shorts[short]; ok {
		return known, !known.IsZero()
	}
	found, name := model.Ref{}, ""
	for _, key := range col.Field.Refs {
		for id, n := range r.namesOf(key) {
			switch {
			case !within(text, n):
			case found.IsZero():
				found, name = model.Ref{ID: id}, n
			default: // several
				r.shorts[short] = model.Ref{}
				return model.Ref{}, false
			}
		}
	}
	r.shorts[short] = found
	if !found.IsZero() {
		r.issue(line, Look, col.Head, model.Sayf("“%s”认作“%s”", "%q is taken for %q", model.Shorten(text), name))
	}
	return found, !found.IsZero()
}

// namesOf reads the names of a register once, none of one whose names are people's.
func (r *rows) namesOf(key string) map[string]string {
	names, ok := r.names[key]
	if ok {
		return names
	}
	names = map[string]string{}
	r.names[key] = names
	reg := r.c.Schema.Register(key)
	if reg == nil || reg.Field(reg.NameField) == nil || reg.Field(reg.NameField).Class >= model.Personal {
		return names
	}
	// What cannot be read has no names: the cell is then refused as any other.
	_ = r.job.Ledger.Scan(r.ctx, db.Query{Register: key, Fields: []string{reg.NameField}, States: []model.State{model.Final}}, nil, func(rec *model.Record) error {
		if name, ok := rec.Get(reg.NameField).(string); ok {
			names[rec.ID] = name
		}
		return nil
	})
	return names
}

// within reports whether the characters of a short name stand in a longer one in
// their order.
func within(short, name string) bool {
	for _, c := range short {
		_, after, ok := strings.Cut(name, string(c))
		if !ok {
			return false
		}
		name = after
	}
	return true
}

// yearOf is the year of a column's dates that name none. A register without a
// date of its own, such as that of people, has no year that its dates are of.
func (r *rows) yearOf(f *model.Field) int {
	if r.Register.DateField == "" || f.Type != model.TypeDate {
		return 0
	}
	return r.Year
}

// turnYear puts dates without a year that would lie before the date of their row
// into the year after: what came in December is answered in January.
func (r *rows) turnYear(l Line, values model.Values) {
	day, ok := values[r.Register.DateField].(model.Date)
	if !ok || r.Year == 0 {
		return
	}
	for _, col := range r.Columns {
		if col.Use != Filled || col.Field.Key == r.Register.DateField || !noYear.MatchString(strings.TrimSpace(l.cell(col.Place).Text)) {
			continue
		}
		if d, is := values[col.Field.Key].(model.Date); is && d.Last().Before(day.First()) {
			next := model.NewDate(int(d.Year)+1, int(d.Month), int(d.Day))
			values[col.Field.Key] = next
			r.issue(l.No, Look, col.Head, model.Sayf("没有年份，照标题的年份就在“%s”之前，算 %s", "it has no year and in that of the title would be before %s: taken as %s", r.Register.Field(r.Register.DateField).Words, next))
		}
	}
}
