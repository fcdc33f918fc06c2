package tui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
)

// pieces of which random texts are made: Han, planes beyond the first, marks of
// either width, Latin words, combining marks, and marks that take lists apart.
var pieces = []string{"社区", "欧阳明月", "阿依古丽·买买提", "𠮷", "“好”", "——", "…", "，", "。", "A-2026-0001", "e\u0301", "12,345.60", " ", "（", "）", "；", "|", `\`,
	strings.Repeat("街道办事处", 8), "x", "①", "→", "👨‍👩‍👧", "\u3000"}

func randomText(r *rand.Rand, most int) string {
	var b strings.Builder
	for range r.IntN(most) + 1 {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

// randomInput is something a clerk may have typed into a field, right or wrong.
func randomInput(r *rand.Rand, c *model.Context, f *model.Field, opts *options) string {
	if r.IntN(8) == 0 {
		return randomText(r, 6)
	}
	switch f.Type {
	case model.TypeNote:
		return randomText(r, 60) + "\n" + randomText(r, 60)
	case model.TypeInt, model.TypeDec, model.TypeMoney:
		return fmt.Sprint(r.IntN(1_000_000_000))
	case model.TypeBool:
		return []string{"是", "否"}[r.IntN(2)]
	case model.TypeDate:
		return fmt.Sprintf("%d-%02d-%02d", 1930+r.IntN(100), 1+r.IntN(12), 1+r.IntN(28))
	case model.TypeTime:
		return fmt.Sprintf("%d:%02d", r.IntN(24), r.IntN(60))
	case model.TypePick, model.TypePicks:
		terms := c.Schema.Vocab(f.Vocab).Live()
		return terms[r.IntN(len(terms))].ZH
	case model.TypeOccasion:
		return "2027春节"
	case model.TypePeriod:
		return "2026-Q3"
	case model.TypeRef, model.TypeRefs:
		if n := opts.registers[f.Refs[0]]; n != nil && len(n.options) > 0 {
			return n.options[r.IntN(len(n.options))].ID
		}
	case model.TypeList:
		var rows [][]string
		for range r.IntN(6) {
			row := make([]string, len(f.Sub))
			for i, sub := range f.Sub {
				if r.IntN(4) > 0 {
					row[i] = strings.ReplaceAll(randomInput(r, c, sub, opts), "\n", " ")
				}
			}
			rows = append(rows, row)
		}
		return f.JoinRows(rows, model.ZH)
	}
	return randomText(r, 12)
}

// tableKeys are what moves and edits in the table of a list, and what may fall
// on any other field.
var tableKeys = []tea.KeyPressMsg{
	{Code: tea.KeyUp}, {Code: tea.KeyDown}, {Code: tea.KeyLeft}, {Code: tea.KeyRight}, {Code: tea.KeyEnter}, {Code: tea.KeyTab},
	{Code: tea.KeyTab, Mod: tea.ModShift}, {Code: tea.KeyBackspace}, {Code: tea.KeyDelete}, {Code: 'r', Mod: tea.ModCtrl}, {Code: 'z', Mod: tea.ModCtrl},
	{Code: 'u', Mod: tea.ModCtrl}, {Code: tea.KeyPgDown}, {Code: tea.KeyPgUp}, {Code: tea.KeyHome}, {Code: tea.KeyEnd},
}

// Over random records, right and wrong, in the form with the cursor anywhere and
// on the detail page, no line is wider than the window, no character is cut in
// half, and the cursor is inside.
func TestRandomScreens(t *testing.T) {
	led := dbtest.New(t)
	add(t, led, "person", "name", "阿依古丽·买买提", "birth", "1941-05-06")
	add(t, led, "compound", "name", "和平小区")
	seed := rand.New(rand.NewPCG(7, 14))
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		for _, l := range []model.Lang{model.ZH, model.EN} {
			for _, m := range []cell.Metric{cell.Narrow, cell.Wide} {
				a := New(optionsFor(t, led, l), m)
				a.w, a.h = size[0], size[1]
				check := func(what string) {
					t.Helper()
					checked(t, a, what, size[0], size[1])
				}
				for _, reg := range led.Schema().Registers {
					f := newForm(reg, nil)
					a.stack = []screen{newHome(), f}
					f.update(a.s, f.init(a.s)())
					for _, e := range f.fields {
						if seed.IntN(5) > 0 {
							text, _ := model.Clean(randomInput(seed, f.ctx, e.f, f.opts))
							e.setText(text)
						}
						if seed.IntN(2) > 0 {
							e.check(f.ctx, l)
						}
					}
					f.think(a.s)
					r := model.NewRecord(reg)
					for k, v := range f.live.record.Values {
						r.Values[k] = v
					}
					for range 60 {
						switch seed.IntN(10) {
						case 0:
							f.jump(seed.IntN(3) - 1)
						case 1:
							f.moveRaw(-1)
						case 2:
							f.update(a.s, key([]string{"字", "1", "“", "𠮷", "；"}[seed.IntN(5)]))
						case 3, 4:
							f.update(a.s, tableKeys[seed.IntN(len(tableKeys))])
						default:
							f.moveRaw(1)
						}
						check(reg.Key + " form")
						if tb := f.rows(); tb != nil { // a draft gives the same rows back
							text := tb.text()
							if again := tb.f.JoinRows(tb.f.SplitRows(text), l); again != text {
								t.Fatalf("%s: the list %q comes back as %q", reg.Key, text, again)
							}
						}
					}
					r.ID, r.Version = model.FormatID(reg.Letter, 2026, 1), 1
					d := newDetail(reg, r.ID)
					a.stack = []screen{newHome(), d}
					err := a.s.view(func(sn *db.Snapshot) error {
						d.record, d.lines = r, detailLines(a.s, a.s.context(sn), r)
						return nil
					})
					if err != nil {
						t.Fatal(err)
					}
					for range 12 {
						check(reg.Key + " detail")
						d.offset += size[1] / 2
					}
					for _, on := range randomly(t, a, seed, reg, r) {
						a.stack = []screen{newHome(), on}
						check(reg.Key + " " + on.place().where(l))
						a.stack = append(a.stack, newHelp(a.s, on))
						check(reg.Key + " help")
						a.toast, a.toastBad = sameWords(randomText(seed, 40)), true
						check(reg.Key + " message")
						a.toast = model.Words{}
					}
				}
			}
		}
	}
}

// randomly makes the screens around a form over random texts: list, bin, search,
// figures, copies, doubts, conflict.
func randomly(t *testing.T, a *App, seed *rand.Rand, reg *model.Register, r *model.Record) []screen {
	t.Helper()
	text := func() string { s, _ := model.Clean(strings.ReplaceAll(randomText(seed, 12), "\n", " ")); return s }
	ls := newList(a.s, reg)
	ls.ready = true
	for n := range 1 + seed.IntN(60) {
		k := db.Key(n + 1)
		ls.keys = append(ls.keys, k)
		cells := map[*model.Field]string{}
		for _, f := range reg.Fields {
			cells[f] = text()
		}
		ls.rows[k] = row{id: model.FormatID(reg.Letter, 2026, n+1), cells: cells, void: seed.IntN(5) == 0}
	}
	ls.layout()
	ls.table.Go(seed.IntN(len(ls.keys)))
	ls.filter.SetValue(text())
	ls.mode = listMode(seed.IntN(4))
	if seed.IntN(3) == 0 {
		ls.report = []string{text(), text()}
	}
	b := &bin{ready: true}
	fg := newFigures(a.s)
	sc := newSearch(a.s)
	cp := &copying{form: newForm(reg, nil)}
	for range 30 {
		b.list = append(b.list, db.Binned{ID: r.ID, Register: reg.Key, Title: text()})
		fg.rows = append(fg.rows, model.FigureRow{Under: text(), Section: text(), Part: text(), Label: text(), Value: fmt.Sprint(seed.IntN(1_000_000)), Unit: "household visits"})
		cp.rows = append(cp.rows, copyRow{id: r.ID, title: text(), date: model.NewDate(2026, 3, 1), yearAgo: seed.IntN(2) == 0})
		sc.hits = append(sc.hits, db.Hit{ID: r.ID, Register: reg, Date: model.NewDate(2026, 3, 1), State: model.Final, Title: text(), Field: reg.Fields[0], Snippet: text()})
	}
	b.table.SetRows(len(b.list))
	fg.layout()
	if seed.IntN(2) == 0 {
		fg.foldAll()
	}
	cp.table.SetRows(len(cp.rows))
	sc.table.SetRows(len(sc.hits))
	var c db.Conflict
	for _, f := range reg.Fields {
		if f.Type == model.TypeText || f.Type == model.TypeNote {
			c.Fields = append(c.Fields, db.FieldConflict{Field: f, Key: f.Key, Mine: text(), Theirs: text()})
		}
	}
	c.By = text()
	return []screen{ls, b, fg, sc, cp, newConflict(cp.form, &c)}
}
