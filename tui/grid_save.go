package tui

import (
	"errors"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// gridDraft begins the keys of drafts that are grids; the occasion follows, then
// what keeps the drafts of two windows apart.
const gridDraft = "grid/"

// gridOccasion is the occasion of a grid whose draft has that key.
func gridOccasion(key string) (occasion string, ok bool) {
	if occasion, ok = strings.CutPrefix(key, gridDraft); !ok {
		return "", false
	}
	if i := strings.LastIndexByte(occasion, '/'); i >= 0 {
		occasion = occasion[:i]
	}
	return occasion, true
}

// newSlot gives a grid that goes on with no draft one of its own.
func (g *grid) newSlot() {
	if g.slot == "" {
		g.slot = gridDraft + g.occasion.String() + "/" + g.request.String()
	}
}

// gridPauseMsg says that a tick or a value is in no draft yet.
type gridPauseMsg struct{ grid *grid }

func (m gridPauseMsg) to() screen { return m.grid }

// changed follows a tick: a draft is written after a pause.
func (g *grid) changed() tea.Cmd {
	if g.unsaved {
		return nil
	}
	g.unsaved = true
	return tea.Tick(draftPause, func(time.Time) tea.Msg { return gridPauseMsg{g} })
}

// values is what a ticked person gets: her own values, else those of all.
func (g *grid) values(person string) model.Values {
	out := model.Values{model.VisitPerson.Key(): model.Ref{ID: person}, model.VisitOccasion.Key(): g.occasion}
	for _, values := range []model.Values{g.common, g.own[person]} {
		for key, v := range values {
			if delete(out, key); !model.Blank(v) {
				out[key] = v
			}
		}
	}
	return out
}

// save enters a visit for everybody ticked, all or none. Whom somebody else
// entered meanwhile is passed over: nobody is visited twice.
func (g *grid) save(s *session) tea.Cmd {
	people := g.chosen()
	if len(people) == 0 {
		return complain(&model.Problem{Words: words.GridNobody})
	}
	if g.doubts = g.overspent(); g.doubts != nil {
		return nil
	}
	return g.store(s, people)
}

// store is save when nothing is left to ask.
func (g *grid) store(s *session, people []string) tea.Cmd {
	g.saving = true
	g.ink.gen.Add(1)
	unless := []string{model.VisitPerson.Key(), model.VisitOccasion.Key()}
	if g.cov.Occasion.IsZero() { // the same person is seen again and again, but once a day
		unless[1] = model.VisitDate.Key()
	}
	request, ops := g.request, make([]db.Op, len(people))
	for i, p := range people {
		ops[i] = db.Op{Kind: db.Add, Register: model.Visit.Key, Values: g.values(p), DraftKey: g.slot, Unless: unless}
	}
	return func() tea.Msg {
		g.ink.mu.Lock()
		defer g.ink.mu.Unlock()
		msg := gridSavedMsg{grid: g, people: people}
		res, err := s.write(request, ops...)
		msg.records, msg.err = res.Records, err
		return msg
	}
}

// chosen are the ticked people in the order of the walk.
func (g *grid) chosen() []string {
	var out []string
	for _, row := range slices.Concat(g.cov.Rows, g.cov.Extra) {
		if g.ticked[row.Person.ID] && !g.reached(row) {
			out = append(out, row.Person.ID)
		}
	}
	return out
}

// saved says what came of it. After a refusal the cursor stands on the person
// it is about, and everything ticked stays.
func (g *grid) saved(s *session, msg gridSavedMsg) tea.Cmd {
	g.saving = false
	if msg.err != nil {
		var at *db.OpError
		if errors.As(msg.err, &at) || len(msg.people) == 1 {
			i, err := 0, msg.err
			if at != nil {
				i, err = at.Index, at.Err
			}
			g.goTo(msg.people[i])
			return tea.Batch(complain(model.Problemf(words.GridRefused.ZH, words.GridRefused.EN, g.texts[msg.people[i]].name, model.AsWords(err))), g.keep(s))
		}
		return tea.Batch(complain(msg.err), g.keep(s))
	}
	entered, passed := 0, 0
	first, last := "", ""
	for _, r := range msg.records {
		if !r.Changed {
			passed++
			continue
		}
		if entered++; first == "" {
			first = r.ID
		}
		last = r.ID
	}
	common := g.common
	g.empty()
	g.common, g.request, g.unsaved, g.drafted, g.slot = common, s.newRequest(), false, false, ""
	g.newSlot()
	text := model.Sayf(words.GridSaved.ZH, words.GridSaved.EN, entered, first, last)
	switch {
	case entered == 0:
		text = model.Sayf(words.GridAllPassed.ZH, words.GridAllPassed.EN, passed)
	case passed > 0:
		text = model.Sayf(words.GridSomePassed.ZH, words.GridSomePassed.EN, text, passed)
	}
	return tea.Batch(say(text), g.load(s, false))
}

func (g *grid) goTo(person string) {
	if i := slices.IndexFunc(g.rows, func(r *model.CoverageRow) bool { return r.Person.ID == person }); i >= 0 {
		g.table.Go(i)
	}
}

// leave goes back; what is ticked is kept as a draft, after a question because a
// split arrow key can arrive as Esc.
func (g *grid) leave(s *session) tea.Cmd {
	if g.filter.Value() != "" {
		g.filter.SetValue("")
		g.narrow()
		return nil
	}
	if len(g.ticked) == 0 && len(g.own) == 0 {
		s.pop()
		return g.dropDraft(s)
	}
	g.leaving = true
	return g.keep(s)
}

func (g *grid) answer(s *session, key tea.KeyPressMsg) tea.Cmd {
	g.leaving = false
	switch key.String() {
	case "enter":
		s.pop()
		return tea.Sequence(g.keepDraft(s, false), say(words.DraftKept))
	case "ctrl+x":
		s.pop()
		return tea.Sequence(g.dropDraft(s), say(words.DraftGone))
	case "ctrl+s":
		return g.save(s)
	}
	return nil
}

// dropDraft removes the draft, if one was written: after the last tick was taken
// back it would bring the ticks again.
func (g *grid) dropDraft(s *session) tea.Cmd {
	g.unsaved = false
	if !g.drafted || s.readOnly != (model.Words{}) {
		return nil
	}
	g.drafted = false
	g.ink.gen.Add(1)
	name := g.slot
	return func() tea.Msg {
		g.ink.mu.Lock()
		defer g.ink.mu.Unlock()
		if err := s.dropDraft(name); err != nil {
			return toastMsg{text: model.AsWords(err), bad: true}
		}
		return nil
	}
}

// The parts of a draft's texts; people's own values stand under their id and
// the field.
const (
	draftTicked = "ticked"
	draftCommon = "all."
	draftOwn    = "one."
)

// keep implements keeper.
func (g *grid) keep(s *session) tea.Cmd { return g.keepDraft(s, true) }

// keepDraft writes what is ticked into the ledger's drafts, and whether the grid
// stays open.
func (g *grid) keepDraft(s *session, open bool) tea.Cmd {
	if g.cov == nil || g.saving {
		return nil
	}
	g.unsaved = false
	if len(g.ticked) == 0 && len(g.own) == 0 {
		return g.dropDraft(s)
	}
	g.drafted = true
	d := db.Draft{Key: g.slot, Register: model.Visit.Key, Request: g.request, Texts: map[string]string{}}
	var ids []string
	for id := range g.ticked {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	d.Texts[draftTicked] = strings.Join(ids, " ")
	c := g.opts.context()
	write := func(prefix string, values model.Values) {
		for key, v := range values {
			d.Texts[prefix+key] = c.Input(model.Visit.Field(key), v, model.ZH)
		}
	}
	write(draftCommon, g.common)
	for person, values := range g.own {
		write(draftOwn+person+".", values)
	}
	if row := g.current(); row != nil {
		d.Cursor = row.Person.ID
	}
	gen := g.ink.gen.Load()
	return func() tea.Msg {
		g.ink.mu.Lock()
		defer g.ink.mu.Unlock()
		if g.ink.gen.Load() != gen {
			return nil
		}
		if err := s.saveDraft(d, open); err != nil {
			return toastMsg{text: model.AsWords(err), bad: true}
		}
		return nil
	}
}

// gridValues are the values of a draft.
type gridValues struct {
	common model.Values
	own    map[string]model.Values
}

// readGridDraft reads the texts of a draft. What no longer reads, because its
// vocabulary has changed, is left out and stands empty.
func readGridDraft(c *model.Context, d db.Draft) gridValues {
	out := gridValues{model.Values{}, map[string]model.Values{}}
	for key, text := range d.Texts {
		into, field := out.common, strings.TrimPrefix(key, draftCommon)
		if own, ok := strings.CutPrefix(key, draftOwn); ok {
			person, rest, _ := strings.Cut(own, ".")
			if out.own[person] == nil {
				out.own[person] = model.Values{}
			}
			into, field = out.own[person], rest
		}
		if f := model.Visit.Field(field); f != nil {
			v, _ := c.Parse(f, text)
			into[field] = v
		}
	}
	return out
}

// resume takes a draft up where it was left.
func (g *grid) resume(d db.Draft, v gridValues) {
	g.slot, g.request, g.own, g.drafted = d.Key, d.Request, v.own, true
	for key, value := range v.common {
		g.common[key] = value
	}
	for _, id := range strings.Fields(d.Texts[draftTicked]) {
		g.ticked[id] = true
	}
	g.narrow()
	g.goTo(d.Cursor)
}
