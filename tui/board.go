package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// board 公开看板 is catalogue × period of a year, with the clock of each cell.
// The other ways to look at it are lists: what is to be done, what is to come
// down, what is put away.
type board struct {
	year  int
	data  *model.Board
	rates []classRate
	heard model.OpinionFigures // opinions received in the year
	sizes int                  // items in the catalogue
	show  boardShow
	rows  []boardLine
	table part.Table
	col   int // slot of the row under the cursor
	seq   uint64
	turn  int
	pick  *pick
	who   []string // chosen for the default catalogue so far
}

// boardShow is how the board is looked at.
type boardShow uint8

const (
	boardAll boardShow = iota
	boardTodo
	boardDown
	boardArchived
	boardShows
)

var boardShowWords = [...]model.Words{boardAll: words.BoardAll, boardTodo: words.BoardTodo, boardDown: words.BoardDown, boardArchived: words.BoardArchived}

// boardLine is an item with its slots, or a single slot.
type boardLine struct {
	item  *model.Record
	slots []*model.Slot
}

// classRate is how a class of disclosures does in the year.
type classRate struct {
	class string
	model.Rates
}

func newBoard(s *session) *board { return &board{year: int(model.DateOf(s.now()).Year)} }

type (
	boardMsg struct {
		board *board
		turn  int
		data  *model.Board
		rates []classRate
		heard model.OpinionFigures
		sizes int
		seq   uint64
		err   error
	}
	boardStaleMsg struct{ board *board }
	boardPickMsg  struct {
		board *board
		staff []part.Option
		err   error
	}
	boardMadeMsg struct {
		board *board
		made  int
		err   error
	}
)

func (b *board) register() *model.Register { return model.Issue }
func (b *board) typing() bool              { return b.pick != nil }
func (b *board) waiting() bool             { return b.data == nil && b.pick == nil }
func (b *board) title(s *session) string   { return model.Issue.Views[0].Words.In(s.lang) }
func (b *board) init(s *session) tea.Cmd   { return b.load(s) }

func (b *board) place() place {
	if b.pick != nil {
		return onChoice
	}
	return onBoard
}

// refresh reads again when somebody wrote an issue or changed the catalogue.
func (b *board) refresh(s *session) tea.Cmd {
	return s.staleSince(b.seq, boardStaleMsg{b}, model.Issue.Key, model.Catalogue.Key, model.Opinion.Key)
}

func (b *board) load(s *session) tea.Cmd {
	b.turn++
	msg := boardMsg{board: b, turn: b.turn}
	year := model.YearOf(model.NewDate(b.year, 1, 1))
	return func() tea.Msg {
		msg.seq, msg.err = s.read(func(src *export.Ledger) (err error) {
			c := src.Context()
			if msg.data, err = export.Board(src, year, c.Today()); err != nil {
				return err
			}
			rates := msg.data.Rates()
			for _, t := range c.Schema.Vocab("DCLASS").Terms {
				if r := rates[t.ZH]; r != nil {
					msg.rates = append(msg.rates, classRate{t.ZH, *r})
				}
			}
			msg.sizes = len(msg.data.Rows)
			heard, err := export.Figures(src, year, model.Opinion.Key)
			if err != nil {
				return err
			}
			msg.heard = heard.Disclosure.Opinions
			return nil
		})
		return msg
	}
}

func (b *board) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case boardStaleMsg:
		if msg.board == b {
			return b.load(s)
		}
	case boardMsg:
		if msg.board != b || msg.turn != b.turn {
			return nil
		}
		if msg.err != nil {
			if b.data == nil {
				s.pop()
			}
			return complain(msg.err)
		}
		at := b.current()
		b.data, b.rates, b.heard, b.sizes, b.seq = msg.data, msg.rates, msg.heard, msg.sizes, msg.seq
		b.arrange(at)
	case boardPickMsg:
		if msg.board == b {
			if msg.err != nil {
				return complain(msg.err)
			}
			b.ask(s, msg.staff)
		}
	case boardMadeMsg:
		if msg.board == b {
			if msg.err != nil {
				return complain(msg.err)
			}
			return tea.Batch(say(model.Sayf(words.DefaultMade.ZH, words.DefaultMade.EN, msg.made)), b.load(s))
		}
	case tea.PasteMsg:
		if b.pick != nil {
			b.pick.update(msg)
		}
	case tea.KeyPressMsg:
		if b.pick != nil {
			p := b.pick
			return p.press(msg, func() {
				if b.pick == p {
					b.pick = nil
				}
			})
		}
		return b.press(s, msg)
	}
	return nil
}

// arrange lays out the rows; the cursor stays on its slot where it is still
// there, else it begins at what is most urgent.
func (b *board) arrange(at *model.Slot) {
	b.rows = nil
	var single []*model.Slot
	switch b.show {
	case boardAll:
		for _, r := range b.data.Rows {
			b.rows = append(b.rows, boardLine{r.Item, r.Slots})
		}
	case boardTodo:
		single = b.data.Todo()
	case boardDown:
		single = b.data.Down()
	case boardArchived:
		single = b.data.Archived()
	}
	for _, slot := range single {
		b.rows = append(b.rows, boardLine{slot.Item, []*model.Slot{slot}})
	}
	b.table.SetRows(len(b.rows))
	if at != nil {
		for i, r := range b.rows {
			for j, slot := range r.slots {
				if slot.Item.ID == at.Item.ID && slot.Period == at.Period {
					b.table.Go(i)
					b.col = j
					return
				}
			}
		}
	}
	// Not where nothing is owed: overdue items come first, then any with a cell.
	first := slices.IndexFunc(b.rows, func(r boardLine) bool {
		return slices.ContainsFunc(r.slots, func(s *model.Slot) bool { return s.Posted.IsZero() })
	})
	if first < 0 {
		first = slices.IndexFunc(b.rows, func(r boardLine) bool { return len(r.slots) > 0 })
	}
	if at == nil {
		b.table.Go(max(0, first))
	}
	b.settle()
}

// settle puts the cursor of the row on what is to be done next in it.
func (b *board) settle() {
	b.col = 0
	if b.table.Cursor >= len(b.rows) {
		return
	}
	slots := b.rows[b.table.Cursor].slots
	next := slices.IndexFunc(slots, func(s *model.Slot) bool { return s.Posted.IsZero() || s.ToTakeDown() })
	b.col = max(0, next)
	if next < 0 {
		b.col = max(0, len(slots)-1)
	}
}

// current is the slot under the cursor, nil for none.
func (b *board) current() *model.Slot {
	if b.table.Cursor >= len(b.rows) || b.col >= len(b.rows[b.table.Cursor].slots) {
		return nil
	}
	return b.rows[b.table.Cursor].slots[b.col]
}

func (b *board) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	if b.data == nil {
		if a := find(onBoard, name); a != nil && a.id == actBack {
			return s.pop()
		}
		return nil
	}
	if before := b.table.Cursor; b.table.Move(name) {
		if b.table.Cursor != before {
			b.settle()
		}
		return nil
	}
	a := find(onBoard, name)
	if a == nil {
		return nil
	}
	slot := b.current()
	switch a.id {
	case actBack:
		return s.pop()
	case actPrev, actNext:
		b.step(map[act]int{actPrev: -1, actNext: 1}[a.id])
	case actEarlier, actLater:
		return b.turnYear(s, map[act]int{actEarlier: -1, actLater: 1}[a.id])
	case actSpan:
		b.show = (b.show + 1) % boardShows
		b.arrange(slot)
	case actOpen:
		switch {
		case slot == nil:
			return nil
		case slot.Issue != nil:
			return s.push(newDetail(model.Issue, slot.Issue.ID))
		}
		return s.push(beginIssue(slot, ""))
	case actNew:
		switch {
		case slot == nil:
			return nil
		case slot.Issue != nil:
			return complain(model.Problemf(words.BoardBegun.ZH, words.BoardBegun.EN, slot.Issue.ID))
		}
		return s.push(beginIssue(slot, model.KindNoChange))
	case actDefault:
		if b.sizes > 0 {
			return complain(&model.Problem{Words: words.OffCatalogue})
		}
		return b.askStaff(s)
	}
	return nil
}

// step goes to the slot beside in the row.
func (b *board) step(by int) {
	if b.table.Cursor < len(b.rows) {
		b.col = max(0, min(b.col+by, len(b.rows[b.table.Cursor].slots)-1))
	}
}

// turnYear shows another year.
func (b *board) turnYear(s *session, by int) tea.Cmd {
	if y := b.year + by; y >= model.MinYear && y <= model.MaxYear {
		b.year = y
		return b.load(s)
	}
	return nil
}

// beginIssue is the form of a slot nobody began: with what the item said last,
// as a kind of disclosure ("" is the ordinary one).
func beginIssue(slot *model.Slot, kind string) *form {
	v := model.CarryIssue(slot.Item, slot.Period, slot.Last)
	if kind != "" {
		v[model.IssueKind.Key()] = kind
		if kind == model.KindNoChange { // says nothing but why
			delete(v, model.IssueFinance.Key())
			delete(v, model.IssueRows.Key())
			delete(v, model.IssueBody.Key())
		}
	}
	f := newForm(model.Issue, v)
	f.slot = model.Issue.Key + "/" + slot.Item.ID + "/" + string(slot.Period)
	return f
}
