package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// home 今日 is the first screen: what is due, who is still to be visited, drafts
// to go on with, the month so far, what was done a year ago, and the menu.
type home struct {
	entries []entry // what today brings, then the menu
	menu    int     // where the menu begins
	table   part.Table
	today   todayRead
	seq     uint64           // head of the journal before it was read
	other   bool             // the second menu, of the registers behind
	shelf   *model.MenuShelf // the one of the second menu that is open; nil: none
	whole   bool             // every line of today, not only the most urgent of each kind
}

// entry is one line that opens something.
type entry struct {
	digit string
	words model.Words
	holds model.Words // of a shelf of the menu: what stands on it
	tag   model.Words // of today's lines: why it stands there
	extra string
	late  bool
	open  func(s *session) screen
	run   func(s *session) tea.Cmd // instead of open: it does something
}

// choose does what the line is for.
func (e entry) choose(s *session) tea.Cmd {
	if e.run != nil {
		return e.run(s)
	}
	return s.push(e.open(s))
}

func newHome() *home { return &home{} }

type homeMsg struct {
	home  *home
	today todayRead
	seq   uint64
	err   error
}

func (h *home) register() *model.Register { return nil }
func (h *home) typing() bool              { return false }

func (h *home) place() place {
	if h.other {
		return onMenu
	}
	return onHome
}

func (h *home) title(s *session) string {
	switch {
	case h.shelf != nil:
		return h.shelf.Shelf.Words().In(s.lang)
	case h.other:
		return words.OtherBooks.In(s.lang)
	}
	return ""
}

func (h *home) init(s *session) tea.Cmd {
	h.build(s)
	return h.refresh(s)
}

// refresh reads what today brings, unless nothing was written since.
func (h *home) refresh(s *session) tea.Cmd {
	if h.other { // registers may have come or gone
		return func() tea.Msg { return homeMsg{home: h, err: s.view(func(*db.Snapshot) error { return nil })} }
	}
	before, seq := h.today, h.seq
	return func() tea.Msg {
		msg := homeMsg{home: h}
		changed := true
		msg.err = s.view(func(sn *db.Snapshot) (err error) {
			if msg.seq, _, err = sn.Head(); err == nil && before.day == model.DateOf(s.now()) {
				changed, err = changedSince(sn, seq, todayRegisters(s.declared())...)
			}
			return err
		})
		if msg.err != nil {
			return msg
		}
		if msg.today = before; changed {
			if msg.today, msg.err = s.readToday(); msg.err != nil {
				return msg
			}
		}
		msg.today.drafts, msg.err = s.drafts()
		return msg
	}
}

// build lays out today's lines and the menu: the main registers by digit, the
// rest one step away.
func (h *home) build(s *session) {
	at := ""
	if h.table.Cursor < len(h.entries) && h.table.Cursor >= h.menu {
		at = h.entries[h.table.Cursor].words.ZH
	}
	h.entries = nil
	if !h.other {
		h.entries = h.today.entries(s, h.whole)
	}
	h.menu = len(h.entries)
	add := func(d string, w model.Words, open func(*session) screen) {
		h.entries = append(h.entries, entry{digit: d, words: w, open: open})
	}
	first, shelves := s.declared().Menu()
	switch {
	case h.shelf != nil:
		for _, m := range shelves {
			if m.Shelf == h.shelf.Shelf && m.Shelf != model.NoShelf {
				h.books(m.Registers)
			}
		}
	case h.other:
		for _, m := range shelves {
			h.entries = append(h.entries, shelfEntry(m))
		}
		add("b", words.Bin, func(*session) screen { return &bin{} })
		add("s", words.MenuSettings, func(*session) screen { return newSettings() })
		add("p", words.MenuPreferences, func(*session) screen { return newPreferences() })
		if model.Can(s.actor, model.ActBackup, nil) == nil {
			h.entries = append(h.entries, entry{digit: "k", words: words.BackUpNow, run: (*session).backUp})
		}
		h.entries = append(h.entries, entry{digit: "v", words: words.VerifyNow, run: (*session).verify})
	default:
		h.books(first)
		add("9", words.MenuOther, func(*session) screen { return &home{other: true} })
		add("0", words.MenuSummary, func(s *session) screen { return newFigures(s) })
		add("r", words.Reports, func(s *session) screen { return newReports(s) })
		add("/", words.SearchMenu, func(s *session) screen { return newSearch(s) })
	}
	h.table.SetRows(len(h.entries))
	for i, e := range h.entries[h.menu:] { // the cursor stays on its line of the menu
		if at != "" && e.words.ZH == at {
			h.table.Go(h.menu + i)
		}
	}
}

func draftLine(s *session, d db.Draft) model.Words {
	what := words.New
	if d.ID != "" {
		what = model.W(d.ID, d.ID)
	}
	reg := s.declared().Register(d.Register)
	if reg == nil {
		return what
	}
	name := draftName(reg, d)
	if o, ok := gridOccasion(d.Key); ok {
		name = o
	}
	if name != "" {
		return model.Sayf(words.DraftLine.ZH, words.DraftLine.EN, reg.Words, what, name)
	}
	return model.Sayf(words.DraftNoName.ZH, words.DraftNoName.EN, reg.Words, what)
}

// draftName is what a draft is known by: its name, or where it has none what
// stands first of it in a list, the date aside. Whom it is about may be read over
// a shoulder, as everywhere on this screen; a phone number may not.
func draftName(reg *model.Register, d db.Draft) string {
	if name := d.Texts[reg.NameField]; name != "" {
		return model.Shorten(name)
	}
	for _, f := range declaredColumns(reg) {
		if text := d.Texts[f.Key]; text != "" && f.Key != reg.DateField && (f.Type == model.TypeRef || f.Class <= model.Internal) && f.Type != model.TypeList {
			return model.Shorten(text)
		}
	}
	return ""
}

// draftForm opens the form a draft belongs to.
func draftForm(s *session, d db.Draft) func(*session) screen {
	reg := s.declared().Register(d.Register)
	if reg == nil {
		return nil
	}
	if open := paragraphDraft(d); open != nil {
		return open
	}
	if o, ok := gridOccasion(d.Key); ok {
		return func(s *session) screen {
			occasion, _ := model.ParseOccasion(o, model.DateOf(s.now()))
			g := gridOf(s, occasion)
			g.slot = d.Key
			return g
		}
	}
	return func(*session) screen {
		f := newForm(reg, nil)
		if d.ID != "" {
			f = editForm(reg, d.ID)
		}
		f.slot = d.Key
		return f
	}
}

func (h *home) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case homeMsg:
		if msg.home != h {
			return nil
		}
		if msg.err != nil {
			return complain(msg.err)
		}
		h.today, h.seq = msg.today, msg.seq
		h.build(s)
	case tea.KeyPressMsg:
		name := fullWidth.Replace(msg.String())
		if h.move(name) {
			return nil
		}
		for _, e := range h.entries {
			if e.digit != "" && e.digit == name {
				return e.choose(s)
			}
		}
		if a := find(h.place(), name); a != nil {
			switch a.id {
			case actOpen:
				if h.table.Cursor < len(h.entries) {
					if e := h.entries[h.table.Cursor]; e.open != nil || e.run != nil {
						return e.choose(s)
					}
					h.whole = true
					h.build(s)
				}
			case actBack:
				return s.pop()
			case actQuit:
				return tea.Quit
			}
		}
	}
	return nil
}

// move goes through the lines; in the menu of two columns the arrows to the
// side change the column.
func (h *home) move(key string) bool {
	rows := h.menuRows()
	at := h.table.Cursor - h.menu
	switch {
	case h.other || at < 0:
	case key == "right" && at < rows:
		h.table.Go(min(h.table.Cursor+rows, len(h.entries)-1))
		return true
	case key == "left" && at >= rows:
		h.table.Go(h.table.Cursor - rows)
		return true
	}
	return h.table.Move(key)
}

// menuRows is how many lines the first page's menu takes.
func (h *home) menuRows() int { return (len(h.entries) - h.menu + 1) / 2 }

func (h *home) view(s *session, w, height int) frame {
	if h.other {
		return h.viewOther(s, w, height)
	}
	m := s.metric
	today := model.DateOf(s.now())
	lines := []string{bold.Render(words.Today.In(s.lang)) + "  " + today.Echo(s.lang)}
	if s.readOnly != (model.Words{}) {
		for _, l := range m.Wrap(clean(s.readOnly.In(s.lang)), w) {
			lines = append(lines, bad.Render(l))
		}
	}
	room := max(1, height-h.menuRows()-1-len(lines))
	window := part.Table{Cursor: h.table.Cursor, Offset: h.table.Offset, Rows: h.menu}
	if h.table.Cursor >= h.menu { // in the menu: what is shown stays
		window.Cursor = min(h.table.Offset, max(0, h.menu-1))
	}
	from, to := window.Window(room)
	if h.table.Offset = window.Offset; to < h.menu || from > 0 {
		lines[0] += faint.Render("  " + model.Sayf(words.TodayLines.ZH, words.TodayLines.EN, from+1, to, h.menu).In(s.lang))
	}
	for i := from; i < to; i++ {
		lines = append(lines, h.todayLine(s, i, w))
	}
	for len(lines) < height-h.menuRows()-1 {
		lines = append(lines, "")
	}
	lines = append(lines, faint.Render(m.Cut(words.Menu.In(s.lang)+" "+m.Rule(w-m.Width(words.Menu.In(s.lang))-1), w)))
	rows := h.menuRows()
	column := min(38, w/2)
	for i := range rows {
		line := h.menuLine(s, h.menu+i, column)
		if j := h.menu + rows + i; j < len(h.entries) {
			line += h.menuLine(s, j, column)
		}
		lines = append(lines, line)
	}
	return frame{lines: lines[:min(len(lines), height)]}
}

// tagCells is the width of the word that says why a line stands there.
const tagCells = 12

func (h *home) todayLine(s *session, i, w int) string {
	m := s.metric
	e := h.entries[i]
	mark := m.Mark(i == h.table.Cursor)
	end := m.Width(e.extra)
	line := mark + m.Fit("["+e.tag.In(s.lang)+"]", tagCells) + " " + m.Fit(clean(e.words.In(s.lang)), max(0, w-2-tagCells-1-end-1)) + " " + e.extra
	switch {
	case i == h.table.Cursor:
		return reverse.Render(m.Fit(line, w))
	case e.late:
		return bad.Render(line)
	}
	return line
}

func (h *home) menuLine(s *session, i, w int) string {
	m := s.metric
	e := h.entries[i]
	mark := m.Mark(i == h.table.Cursor)
	line := m.Fit(mark+m.Fit(e.digit, 2)+" "+clean(e.words.In(s.lang)), w)
	if i == h.table.Cursor {
		return reverse.Render(line)
	}
	return line
}
