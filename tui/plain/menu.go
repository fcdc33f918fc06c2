package plain

import (
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/tui/words"
)

// entry is one line of the menu.
type entry struct {
	key   string
	words model.Words
	open  func() error
}

// books are registers by number, from 1.
func (d *desk) books(registers []*model.Register) (list []entry) {
	for i, reg := range registers {
		list = append(list, entry{strconv.Itoa(i + 1), reg.Words, func() error { return d.register(reg) }})
	}
	return list
}

// entries are the first menu: the main registers by number, the others behind
// one line more.
func (d *desk) entries() []entry {
	first, _ := d.ledger.Schema().Menu()
	list := append(d.books(first), entry{strconv.Itoa(len(first) + 1), wOther, func() error { return d.choose(wOther, d.shelves) }})
	return append(list, entry{"0", wFigures, d.figures}, entry{"r", words.Reports, d.reports}, entry{"/", wSearch, d.search}, entry{"q", wQuit, nil})
}

// shelves are the second menu, each with what stands on it. One with a single
// register opens it at once.
func (d *desk) shelves() (list []entry) {
	_, rest := d.ledger.Schema().Menu()
	for i, m := range rest {
		var zh, en []string
		for _, reg := range m.Registers {
			zh, en = append(zh, reg.Words.ZH), append(en, reg.Words.EN)
		}
		name, open := m.Registers[0].Words, func() error { return d.register(m.Registers[0]) }
		if m.Shelf != model.NoShelf {
			name = model.Sayf("%s：%s", "%s: %s", m.Shelf.Words(), model.W(strings.Join(zh, "、"), strings.Join(en, ", ")))
		}
		if len(m.Registers) > 1 {
			open = func() error { return d.choose(m.Shelf.Words(), func() []entry { return d.books(m.Registers) }) }
		}
		list = append(list, entry{strconv.Itoa(i + 1), name, open})
	}
	return list
}

func (d *desk) menu() error {
	for {
		today := model.DateOf(d.ledger.Now())
		d.sayf(wToday, d.ledger.Info().Community, d.name, today.Echo(d.lang))
		d.say(wMenu)
		if left, err := d.offer(d.entries()); left || err != nil {
			if err == nil {
				d.say(wBye)
			}
			return err
		}
	}
}

// choose offers a menu below the first until the person goes back.
func (d *desk) choose(name model.Words, list func() []entry) error {
	for {
		d.sayf(wSubmenu, name)
		if left, err := d.offer(append(list(), entry{"<", wBack, nil})); left || err != nil {
			return err
		}
	}
}

// offer reads a menu out, asks once and opens what was chosen. left says that
// the entry that opens nothing was.
func (d *desk) offer(list []entry) (left bool, err error) {
	for _, e := range list {
		d.sayf(wMenuItem, e.key, e.words)
	}
	text, err := d.ask(wChoose)
	if err != nil || text == "" {
		return false, err
	}
	open, found := d.chosen(list, text)
	switch {
	case !found:
		d.sayf(wNoChoice, model.Shorten(text))
	case open == nil:
		return true, nil
	default:
		return false, d.complain(open())
	}
	return false, nil
}
