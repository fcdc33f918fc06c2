package part

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"taizhang/tui/cell"
)

// Option is one line of a pick list. Extra stands on the right: an id, a
// building, a count.
type Option struct{ ID, Text, Extra string }

// Matcher decides whether an option fits what was typed so far; the higher the
// score, the nearer to the top. It is made once per option, so it may hold
// prepared forms such as pinyin readings.
type Matcher interface {
	Match(query string) (score int, ok bool)
}

// PickEvent is what a key did to a Picker.
type PickEvent int

// The events. None means the key is not for a pick list.
const (
	None    PickEvent = iota
	Moved             // another row is selected
	Toggled           // Multi: the selected option was chosen or released
	Chosen            // single: the selected option is taken
)

// Picker is a list to choose from, narrowed by a query. Who owns the line in
// which the query is typed also calls SetQuery.
type Picker struct {
	Metric  cell.Metric
	Multi   bool // several may be chosen, with space or enter
	Numbers bool // show numbers; plain digits choose too, not only full-width
	// Unmarked draws no row as selected, while the list is only an offer.
	Unmarked bool

	options  []Option
	matchers []Matcher
	query    string
	hits     []hit
	table    Table
	chosen   map[string]bool
	ranks    map[int]int // by option: place among the preferred, from 1
}

type hit struct{ option, score, rank int }

// NewPicker prepares a list. A nil factory matches by substring.
func NewPicker(m cell.Metric, options []Option, factory func(text string) Matcher) *Picker {
	if factory == nil {
		factory = func(text string) Matcher { return substring(text) }
	}
	p := &Picker{
		Metric:   m,
		options:  options,
		matchers: make([]Matcher, len(options)),
		hits:     make([]hit, 0, len(options)),
		chosen:   map[string]bool{},
	}
	for i, o := range options {
		p.matchers[i] = factory(o.Text)
	}
	p.filter()
	return p
}

// With returns a list with more options before and after; one that is there
// already under the same id is not repeated.
func (p *Picker) With(before, after []Option, factory func(text string) Matcher) *Picker {
	if len(before) == 0 && len(after) == 0 {
		return p
	}
	seen := make(map[string]bool, len(p.options)+len(before))
	var all []Option
	for _, list := range [][]Option{before, p.options, after} {
		for _, o := range list {
			if !seen[o.ID] {
				seen[o.ID] = true
				all = append(all, o)
			}
		}
	}
	q := NewPicker(p.Metric, all, factory)
	q.Multi, q.Numbers = p.Multi, p.Numbers
	return q
}

// substring is the matcher of those who bring none.
type substring string

func (s substring) Match(query string) (int, bool) {
	switch i := strings.Index(string(s), query); {
	case i < 0:
		return 0, false
	case i == 0:
		return 1, true
	}
	return 0, true
}

// SetQuery narrows the list and selects the best option.
func (p *Picker) SetQuery(q string) {
	if q != p.query {
		p.query = q
		p.filter()
		p.table.Go(0)
	}
}

// Query is what the list is narrowed by.
func (p *Picker) Query() string { return p.query }

// Prefer brings options to the front, in this order: before all others while
// nothing is typed, and before those that fit equally well. It replaces what was
// preferred before.
func (p *Picker) Prefer(ids ...string) {
	if len(ids) == 0 && len(p.ranks) == 0 {
		return
	}
	place := make(map[string]int, len(ids))
	for i, id := range ids {
		if _, known := place[id]; !known {
			place[id] = i + 1
		}
	}
	p.ranks = make(map[int]int, len(ids))
	for i, o := range p.options {
		if n := place[o.ID]; n > 0 {
			p.ranks[i] = n
		}
	}
	p.filter()
	p.table.Go(0)
}

func (p *Picker) filter() {
	p.hits = p.hits[:0]
	for i, m := range p.matchers {
		score, ok := 0, true
		if p.query != "" {
			score, ok = m.Match(p.query)
		}
		if !ok {
			continue
		}
		h := hit{option: i, score: score, rank: len(p.options)}
		if n := p.ranks[i]; n > 0 { // a nil map has none
			h.rank = n
		}
		p.hits = append(p.hits, h)
	}
	if p.query != "" || len(p.ranks) > 0 {
		slices.SortFunc(p.hits, before)
	}
	p.table.SetRows(len(p.hits))
}

func before(a, b hit) int {
	switch {
	case a.score != b.score:
		return cmp.Compare(b.score, a.score)
	case a.rank != b.rank:
		return cmp.Compare(a.rank, b.rank)
	}
	return cmp.Compare(a.option, b.option)
}

// Count returns how many options fit the query, and how many there are.
func (p *Picker) Count() (hits, all int) { return len(p.hits), len(p.options) }

// Move applies a movement key.
func (p *Picker) Move(key string) { p.table.Move(key) }

// AtTop reports whether the first row is selected.
func (p *Picker) AtTop() bool { return p.table.Cursor == 0 }

// Selected is the option under the cursor.
func (p *Picker) Selected() (Option, bool) {
	if p.table.Cursor >= len(p.hits) {
		return Option{}, false
	}
	return p.options[p.hits[p.table.Cursor].option], true
}

// Moved reports whether another row than the best one is selected.
func (p *Picker) Moved() bool { return p.table.Cursor > 0 }

// Select puts the cursor on the option with this id, if it is in sight.
func (p *Picker) Select(id string) bool {
	i := slices.IndexFunc(p.hits, func(h hit) bool { return p.options[h.option].ID == id })
	if i >= 0 {
		p.table.Go(i)
	}
	return i >= 0
}

// Chosen returns the ids chosen in a Multi list, in the order of the options.
func (p *Picker) Chosen() []string {
	var ids []string
	for _, o := range p.options {
		if p.chosen[o.ID] {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// SetChosen replaces the chosen ids.
func (p *Picker) SetChosen(ids ...string) {
	clear(p.chosen)
	for _, id := range ids {
		p.chosen[id] = true
	}
}

// Update applies a key.
func (p *Picker) Update(msg tea.Msg) PickEvent {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return None
	}
	name := key.String()
	if p.table.Move(name) {
		return Moved
	}
	switch {
	case name == "enter", p.Multi && (name == "space" || key.Text == "\u3000"):
		return p.take()
	}
	if n, ok := p.number(key.Text); ok {
		from, to := p.table.Window(max(p.table.page, 1))
		if from+n > to {
			return None
		}
		p.table.Go(from + n - 1)
		return p.take()
	}
	return None
}

// number reads the digit of a row in sight: 1 to 9, then 0 for the tenth. The
// full-width forms come from an input method that is on.
func (p *Picker) number(text string) (int, bool) {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 || size != len(text) {
		return 0, false
	}
	n := int(r - '０')
	if p.Numbers && n < 0 {
		n = int(r - '0')
	}
	switch {
	case n == 0:
		return 10, true
	case n > 0 && n <= 9:
		return n, true
	}
	return 0, false
}

func (p *Picker) take() PickEvent {
	o, ok := p.Selected()
	switch {
	case !ok:
		return None
	case !p.Multi:
		return Chosen
	case p.chosen[o.ID]:
		delete(p.chosen, o.ID)
	default:
		p.chosen[o.ID] = true
	}
	return Toggled
}

// View draws h lines of exactly w cells: the options in sight, and below them
// how many fit, as 3/26 (in a Multi list also how many are chosen, as +2).
func (p *Picker) View(w, h int) []string {
	h = max(h, 2)
	out := make([]string, 0, h)
	from, to := p.table.Window(h - 1)
	for i := from; i < to; i++ {
		line := p.row(p.options[p.hits[i].option], i-from+1, w)
		if i == p.table.Cursor && !p.Unmarked {
			line = ansi.SGR(ansi.AttrReverse) + line + ansi.SGR(ansi.AttrNoReverse)
		}
		out = append(out, line)
	}
	for len(out) < h-1 {
		out = append(out, p.Metric.Fit("", w))
	}
	count := strconv.Itoa(len(p.hits)) + "/" + strconv.Itoa(len(p.options))
	if p.Multi && len(p.chosen) > 0 {
		count += " +" + strconv.Itoa(len(p.chosen))
	}
	return append(out, p.Metric.FitRight(count, w))
}

func (p *Picker) row(o Option, number, w int) string {
	head := ""
	if p.Numbers {
		head = "  "
		if number <= 10 {
			head = strconv.Itoa(number%10) + " "
		}
	}
	if p.Multi {
		g := p.Metric.Glyphs()
		box := g.Off
		if p.chosen[o.ID] {
			box = g.On
		}
		head += box + " "
	}
	w = max(w, 0)
	extra := ""
	if o.Extra != "" {
		extra = " " + p.Metric.Cut(o.Extra, w/3)
	}
	body := w - p.Metric.Width(extra)
	return p.Metric.Fit(p.Metric.Fit(head+o.Text, body)+extra, w)
}
