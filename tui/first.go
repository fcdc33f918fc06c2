package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// first is the first run: name the community and create its ledger, or look at
// the sample.
type first struct {
	start *Starter
	asked [2]part.Input // the community's name, the person's
	at    int           // the question, then create, then sample
	bad   model.Words
	busy  bool
	done  int // percent of the sample
}

// Starter is what the first run may do. The program gives it, so that the
// screen creates no file by itself.
type Starter struct {
	Path   string // where the ledger will be
	Create func(name, admin string, lang model.Lang) (*Opened, error)
	Sample func(lang model.Lang, progress func(percent int)) (*Opened, error)
}

func newFirst(s *session, st *Starter) *first {
	f := &first{start: st}
	for i := range f.asked {
		f.asked[i] = part.Input{Metric: s.metric}
		f.asked[i].Clean, f.asked[i].Limit = model.Clean, 40
	}
	return f
}

type startedMsg struct {
	session *session
	err     error
}

type percentMsg struct {
	percent int
	next    <-chan int
}

func (f *first) init(*session) tea.Cmd     { return nil }
func (f *first) refresh(*session) tea.Cmd  { return nil }
func (f *first) place() place              { return onFirst }
func (f *first) register() *model.Register { return nil }
func (f *first) typing() bool              { return f.at < len(f.asked) }
func (f *first) title(*session) string     { return "" }

func (f *first) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case startedMsg:
		f.busy = false
		if msg.err != nil {
			f.bad = model.AsWords(msg.err)
			return nil
		}
		return func() tea.Msg { return openedMsg{msg.session} }
	case percentMsg:
		f.done = msg.percent
		return listen(msg.next)
	case tea.PasteMsg:
		if f.typing() && !f.busy {
			f.asked[f.at].Update(msg)
		}
	case tea.KeyPressMsg:
		if !f.busy {
			return f.press(s, msg)
		}
	}
	return nil
}

func (f *first) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	if f.typing() && key.Text != "" {
		f.bad = model.Words{}
		f.asked[f.at].Update(key)
		return nil
	}
	if a := find(onFirst, name); a != nil {
		switch a.id {
		case actLang:
			s.become(func(next *session) { next.lang = model.EN - next.lang })
			return nil
		case actPrev:
			f.at = max(0, f.at-1)
			return nil
		case actQuit:
			return tea.Quit
		case actSave:
			for i := range f.asked {
				if strings.TrimSpace(f.asked[i].Value()) == "" {
					f.at, f.bad = i, needed[i]
					return nil
				}
			}
			return f.create(s)
		case actNext:
			switch {
			case name == "enter" && f.at == len(f.asked):
				return f.create(s)
			case name == "enter" && f.at > len(f.asked):
				return f.sample(s)
			}
			f.at = (f.at + 1) % (len(f.asked) + 2)
			return nil
		}
	}
	if f.typing() {
		f.bad = model.Words{}
		f.asked[f.at].Update(key)
	}
	return nil
}

func (f *first) create(s *session) tea.Cmd {
	name, admin := strings.TrimSpace(f.asked[0].Value()), strings.TrimSpace(f.asked[1].Value())
	if name == "" {
		f.at, f.bad = 0, needed[0]
		return nil
	}
	f.busy = true
	return func() tea.Msg {
		o, err := f.start.Create(name, admin, s.lang)
		return started(s, o, err)
	}
}

func (f *first) sample(s *session) tea.Cmd {
	f.busy = true
	steps := make(chan int, 128)
	return tea.Batch(listen(steps), func() tea.Msg {
		defer close(steps)
		o, err := f.start.Sample(s.lang, func(p int) {
			select {
			case steps <- p:
			default: // the screen is behind; the next step will do
			}
		})
		return started(s, o, err)
	})
}

// listen brings the next step of a long job to the screen.
func listen(steps <-chan int) tea.Cmd {
	return func() tea.Msg {
		p, ok := <-steps
		if !ok {
			return nil
		}
		return percentMsg{p, steps}
	}
}

func started(s *session, o *Opened, err error) tea.Msg {
	if err != nil {
		return startedMsg{err: err}
	}
	next := newSession(o, s.lang, s.metric)
	return startedMsg{session: next}
}

var (
	questions = []model.Words{words.NameAsk, words.YouAsk}
	needed    = []model.Words{words.NameNeeded, words.YouNeeded}
)

func (f *first) view(s *session, w, h int) frame {
	m := s.metric
	cut := func(t model.Words, args ...any) string { return m.Cut(model.Sayf(t.ZH, t.EN, args...).In(s.lang), w) }
	lines := []string{"", bold.Render(cut(words.Welcome)), "", cut(words.FirstTime), faint.Render("  " + m.Cut(f.start.Path, w-2)), ""}
	fr := frame{}
	at := 0
	for _, q := range questions {
		at = max(at, m.Width(q.In(s.lang)))
	}
	for i := range f.asked {
		label := m.Fit(questions[i].In(s.lang), at)
		text, x := f.asked[i].View(min(44, w-at-1))
		if f.at == i {
			label = bold.Render(label)
			fr.cursor = &tea.Position{X: at + x, Y: len(lines)}
		}
		lines = append(lines, label+underline.Render(text))
	}
	switch {
	case f.bad != (model.Words{}):
		for _, l := range m.Wrap(f.bad.In(s.lang), w-2) {
			lines = append(lines, bad.Render("! "+l))
		}
	default:
		lines = append(lines, faint.Render(cut(words.NameHint)))
	}
	lines = append(lines, "")
	for i, t := range []model.Words{words.CreateIt, words.OpenSample} {
		text := m.Cut("["+t.In(s.lang)+"]", w-2)
		if f.at == i+len(f.asked) {
			text = reverse.Render(text)
		}
		lines = append(lines, "  "+text)
	}
	if f.busy {
		lines = append(lines, "", accent.Render(cut(words.Preparing, f.done)))
		fr.cursor = nil
	}
	fr.lines = lines
	return fr
}
