package tui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// home 今日 is the first screen: the month so far, drafts to go on with, and
// the menu.
type home struct {
	entries []entry
	table   part.Table
	counts  []model.Words
	drafts  []db.Draft
	other   bool // the second menu, of the registers behind
}

// entry is one line that opens something.
type entry struct {
	digit string
	words model.Words
	extra string
	open  func(s *session) screen
}

func newHome() *home { return &home{} }

type homeMsg struct {
	home   *home
	counts []model.Words
	drafts []db.Draft
	err    error
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
	if h.other {
		return words.OtherBooks.In(s.lang)
	}
	return ""
}

func (h *home) init(s *session) tea.Cmd {
	h.build(s)
	return h.refresh(s)
}

// refresh reads the month's counts and the drafts.
func (h *home) refresh(s *session) tea.Cmd {
	if h.other { // registers may have come or gone
		return func() tea.Msg { return homeMsg{home: h, err: s.view(func(*db.Snapshot) error { return nil })} }
	}
	return func() tea.Msg {
		msg := homeMsg{home: h}
		month := model.MonthOf(model.DateOf(s.now()))
		fig, _, err := s.figures(month)
		if err != nil {
			msg.err = err
			return msg
		}
		msg.counts = []model.Words{
			model.Sayf(words.CountActivities.ZH, words.CountActivities.EN, fig.Activity.Events, fig.Activity.Attendances),
			model.Sayf(words.CountVisits.ZH, words.CountVisits.EN, fig.Visit.HouseholdVisits, fig.Visit.Amount.Text()),
			model.Sayf(words.CountIssues.ZH, words.CountIssues.EN, issueCount(fig)),
		}
		msg.drafts, msg.err = s.drafts()
		return msg
	}
}

// issueCount is the disclosures of all classes.
func issueCount(f *model.Figures) (n int64) {
	for _, c := range f.Disclosure.ByClass {
		n += c
	}
	return n
}

// build lays out the menu: the main registers by digit, the rest one step away.
func (h *home) build(s *session) {
	h.entries = nil
	digit := 1
	add := func(d string, w model.Words, extra string, open func(*session) screen) {
		h.entries = append(h.entries, entry{d, w, extra, open})
	}
	const onFirstPage = 8
	for i, reg := range s.declared().Registers {
		if (i >= onFirstPage) != h.other {
			continue
		}
		name := ""
		if digit <= 10 {
			name = strconv.Itoa(digit % 10)
		}
		add(name, reg.Words, "", func(s *session) screen { return newList(s, s.latest(reg)) })
		digit++
	}
	if h.other {
		add("b", words.Bin, "", func(*session) screen { return &bin{} })
		add("s", words.MenuSettings, "", func(*session) screen { return newSettings() })
	}
	if !h.other {
		add("9", words.MenuOther, "", func(*session) screen { return &home{other: true} })
		add("0", words.MenuSummary, "", func(s *session) screen { return newFigures(s) })
		add("/", words.SearchMenu, "", func(s *session) screen { return newSearch(s) })
		for _, d := range h.drafts {
			if sc := draftForm(s, d); sc != nil {
				add("", draftLine(s, d), d.At.In(model.Zone).Format("01-02 15:04"), sc)
			}
		}
	}
	h.table.SetRows(len(h.entries))
}

func draftLine(s *session, d db.Draft) model.Words {
	what := words.New
	if d.ID != "" {
		what = model.W(d.ID, d.ID)
	}
	first := ""
	if reg := s.declared().Register(d.Register); reg != nil {
		first = model.Shorten(d.Texts[reg.NameField])
		return model.Sayf(words.DraftLine.ZH, words.DraftLine.EN, reg.Words, what, first)
	}
	return what
}

// draftForm opens the form a draft belongs to.
func draftForm(s *session, d db.Draft) func(*session) screen {
	reg := s.declared().Register(d.Register)
	if reg == nil {
		return nil
	}
	if o, ok := strings.CutPrefix(d.Key, gridDraft); ok {
		return func(s *session) screen {
			occasion, _ := model.ParseOccasion(o, model.DateOf(s.now()))
			return gridOf(s, occasion)
		}
	}
	return func(*session) screen {
		if d.ID == "" {
			f := newForm(reg, nil)
			f.slot = d.Key
			return f
		}
		return editForm(reg, d.ID)
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
		h.counts, h.drafts = msg.counts, msg.drafts
		h.build(s)
	case tea.KeyPressMsg:
		name := fullWidth.Replace(msg.String())
		if h.table.Move(name) {
			return nil
		}
		for _, e := range h.entries {
			if e.digit != "" && e.digit == name {
				return s.push(e.open(s))
			}
		}
		if a := find(h.place(), name); a != nil {
			switch a.id {
			case actOpen:
				if h.table.Cursor < len(h.entries) {
					return s.push(h.entries[h.table.Cursor].open(s))
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

func (h *home) view(s *session, w, height int) frame {
	m := s.metric
	var lines []string
	if s.readOnly != (model.Words{}) {
		for _, l := range m.Wrap(clean(s.readOnly.In(s.lang)), w) {
			lines = append(lines, bad.Render(l))
		}
		lines = append(lines, "")
	}
	if !h.other {
		today := model.DateOf(s.now())
		lines = append(lines, bold.Render(words.Today.In(s.lang))+"  "+today.Echo(s.lang), "")
		lines = append(lines, faint.Render(words.ThisMonth.In(s.lang)))
		for _, c := range h.counts {
			lines = append(lines, "  "+m.Cut(c.In(s.lang), w-2))
		}
		lines = append(lines, "")
	}
	lines = append(lines, faint.Render(words.Menu.In(s.lang)))
	from, to := h.table.Window(max(1, height-len(lines)))
	for i := from; i < to; i++ {
		e := h.entries[i]
		if e.digit == "" && !h.other && (i == 0 || h.entries[i-1].digit != "") && len(lines)+to-i < height {
			lines = append(lines, faint.Render(words.Drafts.In(s.lang)))
		}
		mark := "  "
		if i == h.table.Cursor {
			mark = m.Glyphs().Mark + " "
		}
		line := mark + m.Fit(e.digit, 2) + " " + m.Fit(clean(e.words.In(s.lang)), 40) + " " + e.extra
		if i == h.table.Cursor {
			line = reverse.Render(m.Fit(line, min(w, 64)))
		}
		lines = append(lines, m.Cut(line, w))
	}
	return frame{lines: lines}
}
