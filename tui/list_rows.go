package tui

import (
	"cmp"
	"slices"

	"taizhang/db"
	"taizhang/model"
)

// row is one line as text, by column.
type row struct {
	id    string
	cells map[*model.Field]string
	void  bool
	over  bool // what it stands for is no more; see model.Register.Over
	sums  sums // what it adds to the sums
}

// rows reads records as the cells of a list.
func (s *session) rows(reg *model.Register, keys []db.Key, columns []*model.Field) (map[db.Key]row, error) {
	out := make(map[db.Key]row, len(keys))
	summed := s.summed(reg)
	err := s.view(func(sn *db.Snapshot) error {
		c := s.context(sn)
		records, err := sn.Load(reg.Key, keys)
		if err != nil {
			return err
		}
		said := wordsColumn(columns)
		for i, r := range records {
			if r == nil {
				continue
			}
			stands := standing(r, s.lang)
			line := row{id: r.ID, void: r.State == model.Void, over: stands != "", cells: make(map[*model.Field]string, len(columns)), sums: newSums(summed)}
			line.sums.add(c, r, 1)
			for _, f := range columns {
				mark := ""
				if f == said { // a word, not only a colour
					mark = stands
				}
				line.cells[f] = mark + clean(c.SeenText(r, f, c.Value(r, f), s.lang))
			}
			out[keys[i]] = line
		}
		return nil
	})
	return out, err
}

// wordsColumn is where a line says that its record is void: the first column of
// text, else the widest that is no number.
func wordsColumn(columns []*model.Field) (best *model.Field) {
	for _, f := range columns {
		switch {
		case f.Type == model.TypeText:
			return f
		case !f.Numeric() && (best == nil || f.Width() > best.Width()):
			best = f
		}
	}
	return best
}

// standing says in brackets why a record does not stand like any other: void,
// deleted, or what it is about is no more; "" for one that does.
func standing(r *model.Record, l model.Lang) string {
	if !r.State.Live() {
		return "[" + r.StateWords().In(l) + "]"
	}
	if over := r.Register.Over; over != nil {
		if w := over(r); w != (model.Words{}) {
			return "[" + clean(w.In(l)) + "]"
		}
	}
	return ""
}

// column reports whether a field may be a column for the person: one of which
// she sees at least a part.
func (s *session) mayBeColumn(f *model.Field) bool {
	return !f.Removed && f.ShownTo(model.Inside)
}

// columns are the fields shown, in order: those the person chose, or those the
// register declares.
func (l *list) columns(s *session) []*model.Field {
	if own := s.chosenColumns(l.reg); own != nil {
		return own
	}
	return append(declaredColumns(l.reg), l.moreColumns(s)...)
}

// chosenColumns are the columns that the person chose for a register, nil if
// she did not. What has gone since is left out.
func (s *session) chosenColumns(reg *model.Register) []*model.Field {
	var fs []*model.Field
	for _, key := range s.preferences.Columns[reg.Key] {
		if f := reg.Field(key); f != nil && s.mayBeColumn(f) && !slices.Contains(fs, f) {
			fs = append(fs, f)
		}
	}
	return fs
}

// declaredColumns are the register's columns, by rank.
func declaredColumns(reg *model.Register) []*model.Field {
	var fs []*model.Field
	for _, f := range reg.Fields {
		if f.Col > 0 {
			fs = append(fs, f)
		}
	}
	slices.SortStableFunc(fs, func(a, b *model.Field) int { return cmp.Compare(a.Col, b.Col) })
	return fs
}

// roomy is the width of a window that shows more than the declared columns.
const roomy = 100

// moreColumns follow the declared ones where the window has room: short values
// that may be read over a shoulder.
func (l *list) moreColumns(s *session) []*model.Field {
	var fs []*model.Field
	for _, f := range l.reg.Fields {
		short := f.Type != model.TypeNote && f.Type != model.TypeList && f.Type != model.TypeRefs
		if f.Col == 0 && short && !f.Auto && f.Class <= model.Internal && f.Stored() {
			fs = append(fs, f)
		}
	}
	return fs
}

// leastText is the least width of a column of text that is worth showing.
const leastText = 12

// fitting drops columns from the right until the rest fits; what is left over
// goes to the widest text column. The ids take their cells first. The first must is how many are shown whenever
// they fit; those behind them only in a roomy window.
func fitting(s *session, fs []*model.Field, must, ids, w int) ([]*model.Field, []int) {
	if w < roomy {
		fs = fs[:min(must, len(fs))]
	}
	room := w - ids - 1
	widths := make([]int, 0, len(fs))
	for _, f := range fs {
		// A heading may widen its column a little rather than be cut.
		own := f.Width()
		cells := max(own, min(s.metric.Width(f.Words.In(s.lang)), own+4))
		if text := f.Type == model.TypeText || f.Type == model.TypeNote; text && cells+1 > room && room > leastText {
			cells = room - 1 // text is cut rather than left out
		}
		if cells+1 > room {
			break
		}
		room -= cells + 1
		widths = append(widths, cells)
	}
	fs = fs[:len(widths)]
	wide := -1
	for i, f := range fs {
		if (f.Type == model.TypeText || f.Type == model.TypeNote) && (wide < 0 || widths[i] > widths[wide]) {
			wide = i
		}
	}
	if wide >= 0 {
		widths[wide] += room
	}
	return fs, widths
}
