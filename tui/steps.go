package tui

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// steps shows the approval sheet of a record and its steps: those open to this
// person, and why the others are not. It signs the version that was read on the
// screen below, never a newer one.
type steps struct {
	reg    *model.Register
	id     string
	base   int // the version that was read
	record *model.Record
	state  string // where the record stands, in Chinese, as Step.From has it
	head   string
	signed [][]string
	offers []model.StepOffer
	table  part.Table
	asked  *stepTask // the form on top, while there is one
	busy   bool
	pick   *pick    // how to write the poster, or why what it says may stand
	report []string // what became of the poster written last
}

func newSteps(d *detail) *steps { return &steps{reg: d.reg, id: d.id, base: d.record.Version} }

type stepsMsg struct {
	steps  *steps
	record *model.Record
	state  string
	head   string
	signed [][]string
	offers []model.StepOffer
	err    error
}

// stepDoneMsg answers a step that asked nothing.
type stepDoneMsg struct {
	steps *steps
	said  model.Words
	to    int // the version it made
	err   error
}

func (t *steps) place() place {
	if t.pick != nil {
		return onChoice
	}
	return onSteps
}
func (t *steps) register() *model.Register { return t.reg }
func (t *steps) waiting() bool             { return t.record == nil || t.busy }
func (t *steps) typing() bool              { return t.pick != nil }
func (t *steps) title(s *session) string {
	return words.StepsOf.In(s.lang)
}
func (t *steps) init(s *session) tea.Cmd { return t.load(s) }

// refresh runs when the form on top has closed, or another login saved.
func (t *steps) refresh(s *session) tea.Cmd {
	if to := t.asked.made(); to > 0 {
		t.base, t.asked = to, nil
	}
	return t.load(s)
}

func (t *steps) load(s *session) tea.Cmd {
	return func() tea.Msg {
		msg := stepsMsg{steps: t}
		msg.err = s.view(func(sn *db.Snapshot) error {
			r, err := sn.Get(t.id)
			if err != nil {
				return err
			}
			c := s.context(sn)
			if c.Actor, err = sn.Actor(s.actor.Login); err != nil { // the roles of this moment
				return err
			}
			msg.record, msg.offers, msg.signed = r, c.StepOffers(r), c.Signed(r, s.lang)
			state := r.Register.Chain.State(r, c)
			msg.state = state.ZH
			msg.head = model.Sayf(words.StepsHead.ZH, words.StepsHead.EN, c.Title(r), r.Version, state).In(s.lang)
			return nil
		})
		return msg
	}
}

func (t *steps) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case stepsMsg:
		if msg.steps != t {
			return nil
		}
		if msg.err != nil {
			s.pop()
			return complain(msg.err)
		}
		first := t.record == nil || t.record.Version != msg.record.Version
		t.record, t.state, t.head, t.signed, t.offers, t.reg = msg.record, msg.state, msg.head, msg.signed, msg.offers, msg.record.Register
		t.table.SetRows(len(t.offers))
		if first {
			t.table.Go(t.next())
		}
	case stepDoneMsg:
		if msg.steps != t {
			return nil
		}
		t.busy = false
		if msg.err != nil {
			return tea.Batch(complain(msg.err), t.load(s))
		}
		t.base = msg.to
		return tea.Batch(say(msg.said), t.load(s))
	case posterMsg:
		if msg.steps == t {
			return t.wrote(s, msg)
		}
	case tea.PasteMsg:
		if t.pick != nil {
			t.pick.update(msg)
		}
	case tea.KeyPressMsg:
		if p := t.pick; p != nil {
			return p.press(msg, func() {
				if t.pick == p {
					t.pick = nil
				}
			})
		}
		t.report = nil
		if t.table.Move(msg.String()) {
			return nil
		}
		switch a := find(onSteps, msg.String()); {
		case a == nil:
		case a.id == actBack:
			return s.pop()
		case t.record == nil:
		case a.id == actClip:
			return s.clip()
		case a.id == actTake:
			return t.take(s)
		case a.id == actWrite && t.reg.Chain.Public == nil:
			return complain(&model.Problem{Words: words.OffPoster})
		case a.id == actWrite:
			t.pick = t.pickPoster(s)
		}
	}
	return nil
}

// next is the step that leads on from here: one that is open to this person, or
// the one that waits for somebody else.
func (t *steps) next() int {
	waits, aside := -1, -1
	for i, o := range t.offers {
		var e *model.StepError
		switch {
		case o.Off == nil && !o.Step.Aside:
			return i
		case o.Off == nil && aside < 0:
			aside = i
		case waits < 0 && !o.Step.Aside && errors.As(o.Off, &e) && e.Fault == model.StepDenied && slices.Contains(o.Step.From, t.state):
			waits = i
		}
	}
	if waits < 0 {
		waits = aside
	}
	return max(0, waits)
}

// take opens the form of the step under the cursor, or takes it at once where
// there is nothing to ask.
func (t *steps) take(s *session) tea.Cmd {
	o := t.offers[t.table.Cursor]
	if o.Off != nil {
		return complain(o.Off)
	}
	do := &stepTask{step: o.Step, of: t.reg, id: t.id, base: t.base, request: s.newRequest(), done: make(chan int, 1)}
	if len(o.Step.Asks) == 0 && !o.Why && !o.Step.Sees && !o.Step.Public {
		t.busy = true
		return func() tea.Msg {
			said, err := do.save(s, nil)
			return stepDoneMsg{t, model.Sayf(words.StepDone.ZH, words.StepDone.EN, said), do.made(), err}
		}
	}
	t.asked = do
	return s.push(do.form(t.record, o))
}

// view draws the sheet, then the steps, then what there is to say about the one
// under the cursor.
func (t *steps) view(s *session, w, h int) frame {
	if t.record == nil {
		return frame{}
	}
	m := s.metric
	lines := []string{bold.Render(m.Cut(clean(t.head), w))}
	o := t.offers[t.table.Cursor]
	about := t.about(s, o)
	foot := m.Wrap(clean(about), w)
	foot = foot[:min(len(foot), 3)]
	if t.record.Version != t.base {
		lines = append(lines, m.Wrap(bad.Render(words.StepsNewer.In(s.lang)), w)...)
	}
	room := h - len(lines) - len(foot) - 1
	sheet := t.sheet(s, w)
	if most := max(1, room-min(len(t.offers), 7)); len(sheet) > most {
		sheet = sheet[len(sheet)-most:] // the last are what counts
	}
	lines = append(lines, sheet...)
	from, to := t.table.Window(max(1, h-len(lines)-len(foot)))
	name := 0
	for _, o := range t.offers {
		name = max(name, m.Width(o.Step.Words.In(s.lang)))
	}
	for i := from; i < to; i++ {
		o := t.offers[i]
		state := words.StepOpen
		if o.Off != nil {
			state = words.StepOff
		}
		line := m.Fit(m.Mark(i == t.table.Cursor)+m.Fit(o.Step.Words.In(s.lang), name)+"  "+m.Fit(state.In(s.lang), 8)+o.Step.Who.In(s.lang), w)
		switch {
		case i == t.table.Cursor:
			line = reverse.Render(line)
		case o.Off != nil:
			line = faint.Render(line)
		}
		lines = append(lines, line)
	}
	for len(lines) < h-len(foot) {
		lines = append(lines, "")
	}
	fr := frame{lines: append(lines, foot...)}
	switch {
	case t.pick != nil:
		t.pick.over(s, &fr, w, h)
	case t.report != nil:
		reportOver(s, &fr, t.report, w, h)
	}
	return fr
}

// about says why a step is not open, or what it will ask.
func (t *steps) about(s *session, o model.StepOffer) string {
	if o.Off != nil {
		return model.Say(o.Off, s.lang)
	}
	var parts []string
	for _, key := range o.Step.Asks {
		if f := t.reg.Field(key); f != nil {
			parts = append(parts, f.Words.In(s.lang))
		}
	}
	if o.Why {
		parts = append(parts, model.StepReasonWords.In(s.lang))
	}
	if parts == nil {
		return words.StepGo.In(s.lang)
	}
	return model.Sayf(words.StepAsks.ZH, words.StepAsks.EN, strings.Join(parts, model.W("、", ", ").In(s.lang))).In(s.lang)
}

// sheet is who signed, a line each.
func (t *steps) sheet(s *session, w int) []string {
	m := s.metric
	var lines []string
	widths := make([]int, 4)
	for _, row := range t.signed {
		for i := range widths {
			widths[i] = max(widths[i], m.Width(row[i]))
		}
	}
	for _, row := range t.signed {
		line := "  "
		for i, width := range widths {
			line += m.Fit(clean(row[i]), width) + "  "
		}
		lines = append(lines, m.Cut(line+clean(row[4]), w))
	}
	if lines == nil {
		lines = []string{"  " + words.StepsUnsigned.In(s.lang)}
	}
	return append(lines, sectionRule(m, words.StepsList.In(s.lang), w))
}

// stepTask is the form of one step: what it asks for, and the reason.
type stepTask struct {
	step    *model.Step
	of      *model.Register
	reg     *model.Register
	id      string
	base    int
	request db.RequestID
	done    chan int // the version it made
}

// form opens the step's form on the record as it stands.
func (t *stepTask) form(r *model.Record, o model.StepOffer) *form {
	reg, values := o.Form(r)
	t.reg = reg
	f := newForm(reg, values)
	f.task = t
	return f
}

// options implements task.
func (t *stepTask) options(s *session) (*options, error) {
	o, err := s.loadOptions(t.of)
	if err != nil {
		return nil, err
	}
	o.reg = t.reg
	return o, nil
}

// save implements task; it runs in a command.
func (t *stepTask) save(s *session, v model.Values) (string, error) {
	values, reason := t.step.Filled(v)
	res, err := s.write(t.request, db.Op{Kind: db.Step, Register: t.of.Key, ID: t.id, Base: t.base, Step: t.step.Key, Values: values, Reason: reason})
	var conflict *db.Conflict
	if errors.As(err, &conflict) {
		return "", words.StepConflict(t.id, conflict.By)
	}
	if err != nil {
		return "", err
	}
	saved := res.Records[0]
	t.done <- saved.Version
	said := model.Sayf("%s %s", "%s: %s", t.id, t.step.Words)
	if len(saved.Also) > 0 {
		said = model.Sayf(words.StepMade.ZH, words.StepMade.EN, said, saved.Also[0])
	}
	return said.In(s.lang), nil
}

// made is the version that the step made; 0: none was taken.
func (t *stepTask) made() int {
	if t == nil {
		return 0
	}
	select {
	case v := <-t.done:
		return v
	default:
		return 0
	}
}

// title names the form.
func (t *stepTask) title() model.Words { return t.step.Words }

// again implements task.
func (t *stepTask) again() bool { return false }
