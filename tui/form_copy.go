package tui

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// copying chooses the earlier record that a form copies: what was done a year
// ago comes first, then the newest; typing searches the whole register.
type copying struct {
	form  *form
	day   model.Date // the form's
	asked part.Input
	rows  []copyRow
	table part.Table
	turn  int // of the question asked last
	given int // of the answer shown

	late   bool // something was typed that is not searched for yet
	wanted bool // Enter came before the answer: the first of it is copied
}

// copyRow is a record offered.
type copyRow struct {
	id, reg, title string
	date           model.Date
	yearAgo        bool
}

// mostCopies is how many records are offered at once, and searchPause how long
// typing pauses before the register is searched.
const (
	mostCopies  = 60
	searchPause = 120 * time.Millisecond
)

type (
	copiesMsg struct {
		copying *copying
		turn    int
		rows    []copyRow
		err     error
	}
	askCopiesMsg struct {
		copying *copying
		turn    int
	}
	// copyMsg brings the record to the form.
	copyMsg struct {
		form   *form
		record *model.Record
		err    error
	}
)

// copyFrom opens the choice of a record to copy.
func (f *form) copyFrom(s *session) tea.Cmd {
	if f.id != "" || f.task != nil {
		return complain(model.Problemf(words.CopyOnlyNew.ZH, words.CopyOnlyNew.EN))
	}
	c := &copying{form: f, day: f.day(s)}
	c.asked = part.Input{Metric: s.metric}
	c.asked.Limit, c.asked.Clean = 60, model.Clean
	s.push(c)
	return f.keep(s)
}

// day is the date that the form speaks of, today when it says none.
func (f *form) day(s *session) model.Date {
	for _, e := range f.fields {
		if e.f.Key == f.reg.DateField {
			if v, err := f.ctx.Parse(e.f, e.text()); err == nil {
				if d, ok := v.(model.Date); ok {
					return d.First()
				}
			}
		}
	}
	return model.DateOf(s.now())
}

func (c *copying) init(s *session) tea.Cmd   { return c.ask(s) }
func (c *copying) refresh(*session) tea.Cmd  { return nil }
func (c *copying) place() place              { return onCopy }
func (c *copying) register() *model.Register { return c.form.reg }
func (c *copying) typing() bool              { return true }
func (c *copying) title(s *session) string   { return words.CopyTitle.In(s.lang) }

// waiting implements waiter: Enter must not take a row of the former answer.
func (c *copying) waiting() bool { return c.given != c.turn }

// keep implements keeper: what the form below holds is what is half written.
func (c *copying) keep(s *session) tea.Cmd { return c.form.keep(s) }

// ask reads the records to offer.
func (c *copying) ask(s *session) tea.Cmd {
	c.turn++
	turn, reg, day, q := c.turn, c.form.reg.Key, c.day, strings.TrimSpace(c.asked.Value())
	return func() tea.Msg {
		msg := copiesMsg{copying: c, turn: turn}
		if q != "" {
			msg.rows, msg.err = s.searchCopies(reg, q)
		} else {
			msg.rows, msg.err = s.recentCopies(reg, day)
		}
		return msg
	}
}

// searchCopies finds records of a register by text, pinyin, number or date.
func (s *session) searchCopies(register, q string) (rows []copyRow, err error) {
	err = s.ask(func(ctx context.Context) error {
		hits, _, err := s.ledger.Search(ctx, s.actor, db.SearchQuery{Text: q, Registers: []string{register}, Limit: mostCopies})
		for _, h := range hits {
			rows = append(rows, copyRow{id: h.ID, title: clean(model.TitleIn(h.Title, s.lang)), date: h.Date})
		}
		return err
	})
	return rows, err
}

// recentCopies lists what was done a year ago and then the newest records, those
// that are still planned last.
func (s *session) recentCopies(register string, day model.Date) (rows []copyRow, err error) {
	var old []*model.Record
	if err = s.ask(func(ctx context.Context) (err error) {
		old, err = s.ledger.YearAgo(ctx, day, mostCopies/3, register)
		return err
	}); err != nil {
		return nil, err
	}
	err = s.view(func(sn *db.Snapshot) error {
		list, err := sn.List(db.Query{Register: register, Limit: mostCopies, States: []model.State{model.Final}})
		if err != nil {
			return err
		}
		c := s.context(sn)
		seen := map[string]bool{}
		for i, r := range append(old, list...) {
			if !seen[r.ID] {
				seen[r.ID] = true
				rows = append(rows, copyRow{id: r.ID, reg: register, title: clean(model.TitleIn(c.Title(r), s.lang)), date: r.Date(), yearAgo: i < len(old)})
			}
		}
		return nil
	})
	now := model.DateOf(s.now())
	if now.Before(day) {
		now = day
	}
	slices.SortStableFunc(rows, func(a, b copyRow) int {
		switch ahead := now.Before(a.date.First()); {
		case ahead == now.Before(b.date.First()):
			return 0
		case ahead:
			return 1
		}
		return -1
	})
	return rows[:min(len(rows), mostCopies)], err
}

func (c *copying) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case copiesMsg:
		if msg.copying != c || msg.turn != c.turn {
			return nil
		}
		c.given = msg.turn
		if msg.err != nil {
			c.wanted = false
			return complain(msg.err)
		}
		c.rows = msg.rows
		c.table.SetRows(len(c.rows))
		c.table.Go(0)
		if c.late = false; c.wanted {
			c.wanted = false
			return c.take(s)
		}
	case askCopiesMsg:
		if msg.copying == c && msg.turn == c.turn {
			return c.ask(s)
		}
	case tea.PasteMsg:
		if c.asked.Update(msg) {
			return c.later()
		}
	case tea.KeyPressMsg:
		return c.press(s, msg)
	}
	return nil
}

// later asks after a pause, unless something more is typed.
func (c *copying) later() tea.Cmd {
	c.turn++
	c.given, c.late = c.turn, true // more may be typed meanwhile
	turn := c.turn
	return tea.Tick(searchPause, func(time.Time) tea.Msg { return askCopiesMsg{c, turn} })
}

func (c *copying) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	if a := find(onCopy, key.String()); a != nil {
		switch a.id {
		case actMove:
			c.table.Move(key.String())
			return nil
		case actBack:
			return s.pop()
		case actTake:
			return c.take(s)
		}
	}
	if c.asked.Update(key) {
		return c.later()
	}
	return nil
}

// take copies the marked record. Who types and presses Enter at once means the
// first that answers to what she typed, not what stood there before.
func (c *copying) take(s *session) tea.Cmd {
	if c.late {
		c.wanted = true
		return c.ask(s)
	}
	if c.table.Cursor >= len(c.rows) {
		return nil
	}
	id := c.rows[c.table.Cursor].id
	f := c.form
	f.filling = true
	s.pop()
	return func() tea.Msg {
		r, err := s.record(id)
		return copyMsg{f, r, err}
	}
}

// copied fills the form from a record. What the person typed stays.
func (f *form) copied(s *session, r *model.Record) tea.Cmd {
	f.fill(s, model.Copied(r, f.day(s)))
	return tea.Batch(say(model.Sayf(words.CopyDone.ZH, words.CopyDone.EN, r.ID)), f.touched(), f.toBlank(s))
}

// toBlank puts the cursor on the first field that still has to be filled, if any.
func (f *form) toBlank(s *session) tea.Cmd {
	cmd := f.think(s) // says what a save fills by itself
	for i, e := range f.fields {
		if e.text() == "" && f.willBe(e) == "" && (e.f.Need == model.Required || f.needed(e)) {
			f.at = i
			break
		}
	}
	f.focus()
	return cmd
}

// fill puts values into the fields that nobody typed in.
func (f *form) fill(s *session, values model.Values) (filled int) {
	for _, e := range f.fields {
		v := values[e.f.Key]
		if model.Blank(v) || e.changed() {
			continue
		}
		e.setValue(f.ctx, v, s.lang)
		e.check(f.ctx, s.lang)
		filled++
	}
	f.offer(s)
	f.focus()
	return filled
}

func (c *copying) view(s *session, w, h int) frame {
	m := s.metric
	line, x := ask(s, words.CopyAsk, model.Words{}, &c.asked, w)
	fr := frame{lines: []string{line, ""}, cursor: &tea.Position{X: x, Y: 0}}
	if len(c.rows) == 0 {
		if c.given == c.turn && c.turn > 0 {
			fr.lines = append(fr.lines, m.Cut(words.CopyNone.In(s.lang), w))
		}
		return fr
	}
	mark := m.Width(words.YearAgo.In(s.lang))
	from, to := c.table.Window(max(1, h-len(fr.lines)))
	for i := from; i < to; i++ {
		r := c.rows[i]
		ago := ""
		if r.yearAgo {
			ago = words.YearAgo.In(s.lang)
		}
		line := m.Fit(r.date.String(), 10) + "  " + m.Fit(ago, mark) + "  " + r.title
		line = m.Fit(m.Fit(line, w-15)+" "+r.id, w)
		if i == c.table.Cursor {
			line = reverse.Render(line)
		}
		fr.lines = append(fr.lines, line)
	}
	return fr
}
