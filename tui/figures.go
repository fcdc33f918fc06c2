package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// figures 数字 shows the measures of a period and writes its summary to a file.
type figures struct {
	span   span
	rows   []model.FigureRow
	before []string // of the rows, the same figure a year before
	table  part.Table
	turn   int

	prompt part.Input
	bad    model.Words
	mode   figureMode
	who    part.Table // the audience to write for
	path   string     // of the file written last
}

type figureMode uint8

const (
	reading figureMode = iota
	askingPeriod
	askingAudience
)

func newFigures(s *session) *figures {
	f := &figures{span: spanOf(byMonth, model.DateOf(s.now())), prompt: part.Input{Metric: s.metric}}
	f.prompt.Clean, f.prompt.Limit = model.Clean, 40
	f.who.SetRows(len(audiences))
	return f
}

// audiences in the order offered: the safest use first.
var audiences = []model.Audience{model.Inside, model.Superior, model.Public, model.Accounts}

// allOfTime holds every date the program knows.
var allOfTime = model.Period{From: model.NewDate(model.MinYear, 1, 1), To: model.NewDate(model.MaxYear, 12, 31)}

type figuresMsg struct {
	screen *figures
	turn   int
	rows   []model.FigureRow
	before []string
	err    error
}

type writtenMsg struct {
	screen *figures
	path   string
	err    error
}

func (f *figures) place() place               { return onFigures }
func (f *figures) register() *model.Register  { return nil }
func (f *figures) typing() bool               { return f.mode == askingPeriod }
func (f *figures) title(s *session) string    { return words.Summary.In(s.lang) }
func (f *figures) init(s *session) tea.Cmd    { return f.query(s) }
func (f *figures) refresh(s *session) tea.Cmd { return f.query(s) }

// period is what is counted; "all" is written as the widest there is.
func (f *figures) period() model.Period {
	if f.span.kind == allTime {
		return allOfTime
	}
	return f.span.period
}

func (f *figures) query(s *session) tea.Cmd {
	f.turn++
	turn, p := f.turn, f.period()
	var rows []model.FigureRow
	var before []string
	return s.work(words.DoCount, func(ctx context.Context, progress db.Progress) (err error) {
		rows, before, err = s.figures(ctx, p, progress)
		return err
	}, func(err error) tea.Msg { return figuresMsg{f, turn, rows, before, err} })
}

func (f *figures) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case figuresMsg:
		if msg.screen != f || msg.turn != f.turn {
			return nil
		}
		if msg.err != nil {
			return complain(msg.err)
		}
		f.rows, f.before = msg.rows, msg.before
		f.table.SetRows(len(f.rows))
	case writtenMsg:
		if msg.screen != f {
			return nil
		}
		if msg.err != nil {
			return complain(msg.err)
		}
		f.path = msg.path
	case tea.PasteMsg:
		if f.mode == askingPeriod {
			f.prompt.Update(msg)
		}
	case tea.KeyPressMsg:
		return f.press(s, msg)
	}
	return nil
}

func (f *figures) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	switch f.mode {
	case askingPeriod:
		switch name {
		case "esc", "ctrl+c":
			f.mode = reading
		case "enter":
			sp, err := parseSpan(strings.TrimSpace(f.prompt.Value()), model.DateOf(s.now()))
			if err != nil {
				f.bad = model.AsWords(err)
				return nil
			}
			f.span, f.mode = sp, reading
			return f.query(s)
		default:
			f.bad = model.Words{}
			f.prompt.Update(key)
		}
		return nil
	case askingAudience:
		switch {
		case f.who.Move(name):
		case name == "esc", name == "ctrl+c":
			f.mode = reading
		case name == "enter":
			f.mode = reading
			p, who := f.period(), audiences[f.who.Cursor]
			path := ""
			return s.work(words.DoSummary, func(ctx context.Context, progress db.Progress) (err error) {
				path, err = s.writeSummary(ctx, p, who, nil, progress)
				return err
			}, func(err error) tea.Msg { return writtenMsg{f, path, err} })
		}
		return nil
	}
	if f.table.Move(name) {
		return nil
	}
	a := find(onFigures, name)
	if a == nil {
		return nil
	}
	switch a.id {
	case actBack:
		return s.pop()
	case actEarlier:
		f.span = f.span.step(-1)
		return f.query(s)
	case actLater:
		f.span = f.span.step(1)
		return f.query(s)
	case actSpan:
		f.span = f.span.cycle(model.DateOf(s.now()))
		return f.query(s)
	case actPeriod:
		f.mode, f.bad = askingPeriod, model.Words{}
		f.prompt.SetValue("")
	case actWrite:
		f.mode = askingAudience
	}
	return nil
}

func (f *figures) view(s *session, w, h int) frame {
	m := s.metric
	var fr frame
	if f.mode == askingPeriod {
		line, x := ask(s, words.PeriodPrompt, f.bad, &f.prompt, w)
		fr.lines = append(fr.lines, line)
		fr.cursor = &tea.Position{X: x, Y: 0}
	} else {
		fr.lines = append(fr.lines, words.Period.In(s.lang)+words.Colon.In(s.lang)+bold.Render(f.span.text(s.lang))+faint.Render("  "+words.YearBefore.In(s.lang)))
	}
	foot := f.foot(s, w)
	from, to := f.table.Window(max(1, h-1-len(foot)))
	section := ""
	unit := 0
	for _, r := range f.rows {
		unit = max(unit, m.Width(r.Unit))
	}
	const value, most = 14, 24
	names := w - len("> ") - len(" ") - len(" ") - value - len(" ") - unit // the numbers are what the screen is for
	before := 0
	if f.before != nil && names >= value+2*most-8 {
		before = value
		names -= before + 1
	}
	wide := min(most, names*most/(most+22))
	label := min(22, names-wide)
	for i := from; i < to; i++ {
		r := f.rows[i]
		head := ""
		if r.Section != section {
			section, head = r.Section, r.Section
		}
		mark := "  "
		if i == f.table.Cursor {
			mark = m.Glyphs().Mark + " "
		}
		line := mark + m.Fit(head, wide) + " " + m.Fit(clean(r.Label), label) + " " + m.FitRight(r.Value, value) + " " + r.Unit
		if before > 0 {
			then := ""
			if f.before[i] != "" {
				then = "(" + f.before[i] + ")"
			}
			line = m.Fit(line, w-before) + m.FitRight(then, before)
		}
		if i == f.table.Cursor {
			line = reverse.Render(m.Fit(line, w))
		}
		fr.lines = append(fr.lines, m.Cut(line, w))
	}
	for len(fr.lines) < h-len(foot) {
		fr.lines = append(fr.lines, "")
	}
	fr.lines = append(fr.lines, foot...)
	return fr
}

// foot asks for whom to write, or says where the file is.
func (f *figures) foot(s *session, w int) []string {
	m := s.metric
	if f.mode == askingAudience {
		lines := []string{bold.Render(words.WriteTo.In(s.lang))}
		for i, a := range audiences {
			mark, text := "  ", a.Words().In(s.lang)
			if i == f.who.Cursor {
				mark = m.Glyphs().Mark + " "
				text = reverse.Render(text)
			}
			lines = append(lines, mark+text)
		}
		return lines
	}
	if f.path == "" {
		return nil
	}
	var lines []string
	for _, l := range m.Wrap(model.Sayf(words.Written.ZH, words.Written.EN, f.path).In(s.lang), w) {
		lines = append(lines, accent.Render(l))
	}
	return lines
}
