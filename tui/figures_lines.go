package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

// figureLine is a line of the figures: the head of a register, the head of a
// part, or a number.
type figureLine struct {
	key      string // what it is by, of a head; "" for a number
	from, to int    // the rows under a head; of a number its row
	deep     bool   // it is of a part
}

// figureID says which number a row is, in figures of any period.
type figureID struct{ section, label, unit string }

// arrive takes figures; the cursor stays on what it was on.
func (f *figures) arrive(rows []model.FigureRow, before []string, months *model.Figures) {
	key, id, ok := f.current()
	f.rows, f.before, f.months = rows, before, months
	f.layout()
	if !ok {
		return
	}
	at := slices.IndexFunc(f.lines, func(l figureLine) bool {
		if key != "" || l.key != "" {
			return key == l.key && key != ""
		}
		return idOf(f.rows[l.from]) == id
	})
	if at >= 0 {
		f.table.Go(at)
	}
}

func idOf(r model.FigureRow) figureID { return figureID{r.Section, r.Label, r.Unit} }

// current is what the cursor is on: a head by its key, or a number.
func (f *figures) current() (key string, id figureID, ok bool) {
	if f.table.Cursor >= len(f.lines) {
		return "", figureID{}, false
	}
	l := f.lines[f.table.Cursor]
	if l.key != "" {
		return l.key, figureID{}, true
	}
	return "", idOf(f.rows[l.from]), true
}

// layout makes the lines of what is open.
func (f *figures) layout() {
	f.lines = f.lines[:0]
	for from := 0; from < len(f.rows); {
		under := f.rows[from].Under
		to := run(f.rows, from, func(r model.FigureRow) string { return r.Under })
		f.lines = append(f.lines, figureLine{key: under, from: from, to: to})
		for at := from; f.opened[under] && at < to; {
			end := min(to, run(f.rows, at, func(r model.FigureRow) string { return r.Section }))
			deep := f.rows[at].Part != ""
			part := under + "/" + f.rows[at].Section
			if deep {
				f.lines = append(f.lines, figureLine{key: part, from: at, to: end, deep: true})
			}
			for i := at; i < end && (!deep || f.opened[part]); i++ {
				f.lines = append(f.lines, figureLine{from: i, to: i + 1, deep: deep})
			}
			at = end
		}
		from = to
	}
	f.table.SetRows(len(f.lines))
}

// run is the end of the rows from one on that are alike.
func run(rows []model.FigureRow, from int, of func(model.FigureRow) string) int {
	to := from + 1
	for to < len(rows) && of(rows[to]) == of(rows[from]) {
		to++
	}
	return to
}

// open opens the records behind a number, or folds and unfolds what stands under
// a head.
func (f *figures) open(s *session) tea.Cmd {
	if f.table.Cursor >= len(f.lines) {
		return nil
	}
	l := f.lines[f.table.Cursor]
	if l.key != "" {
		f.opened[l.key] = !f.opened[l.key]
		f.layout()
		return nil
	}
	r := f.rows[l.from]
	reg := s.declared().Register(r.Register)
	if reg == nil {
		return nil
	}
	of := r.Section + " " + r.Label + " " + r.Value + " " + r.UnitText() + "  " + f.span.text(s.lang)
	title := model.W(of, of)
	if n := r.Unrecorded(); n > 0 {
		title = model.Sayf(words.Unrecorded.ZH, words.Unrecorded.EN, of, n)
	}
	return s.push(newListOf(s, s.latest(reg), r.IDs(), title))
}

// off says why an action can do nothing now.
func (f *figures) off(id act) model.Words {
	if id != actOpen || f.table.Cursor >= len(f.lines) {
		return model.Words{}
	}
	if l := f.lines[f.table.Cursor]; l.key == "" && !f.rows[l.from].Opens() {
		return words.OffNothing
	}
	return model.Words{}
}

// foldAll opens everything, or closes it if something is open.
func (f *figures) foldAll() {
	key, id, ok := f.current()
	under := ""
	if ok {
		under = f.rows[f.lines[f.table.Cursor].from].Under
	}
	if len(f.opened) > 0 && slices.ContainsFunc(f.lines, func(l figureLine) bool { return l.key != "" && f.opened[l.key] }) {
		f.opened = map[string]bool{}
	} else {
		for _, r := range f.rows {
			f.opened[r.Under], f.opened[r.Under+"/"+r.Section] = true, true
		}
	}
	f.layout()
	if !ok {
		return
	}
	at := slices.IndexFunc(f.lines, func(l figureLine) bool { return l.key == key && (key != "" || idOf(f.rows[l.from]) == id) })
	if at < 0 { // it is folded away
		at = slices.IndexFunc(f.lines, func(l figureLine) bool { return l.key == under })
	}
	f.table.Go(max(0, at))
}
