package tui

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export/ingest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// intake 导入 brings a file into a register: the path is asked for, the file is
// looked through with every issue told, and only then entered.
type intake struct {
	reg    *model.Register
	prompt part.Input
	bad    model.Words
	asking bool
	plan   *ingest.Plan
	lines  []intakeLine
	flat   []intakeLine // lines as they stand in width cells
	width  int
	table  part.Table
	pick   *pick
	turn   int
	over   bool // it was entered
}

// intakeLine is a line of what was found.
type intakeLine struct {
	text string
	bad  bool
}

type (
	lookedMsg struct {
		screen *intake
		turn   int
		plan   *ingest.Plan
		err    error
	}
	enteredMsg struct {
		screen *intake
		done   ingest.Done
		err    error
	}
)

func newIntake(s *session, reg *model.Register) *intake {
	n := &intake{reg: reg, asking: true, prompt: part.Input{Metric: s.metric}}
	n.prompt.Clean, n.prompt.Limit = model.Clean, 400
	return n
}

func (n *intake) place() place              { return onIntake }
func (n *intake) register() *model.Register { return n.reg }
func (n *intake) typing() bool              { return n.asking || n.pick != nil }
func (n *intake) title(s *session) string   { return words.Intake.In(s.lang) }
func (n *intake) init(*session) tea.Cmd     { return nil }
func (n *intake) refresh(*session) tea.Cmd  { return nil }

func (n *intake) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case lookedMsg:
		if msg.screen == n && msg.turn == n.turn {
			return n.looked(s, msg)
		}
	case enteredMsg:
		if msg.screen == n {
			return n.entered(s, msg)
		}
	case tea.PasteMsg:
		switch {
		case n.pick != nil:
			n.pick.update(msg)
		case n.asking:
			n.prompt.Update(msg)
		}
	case tea.KeyPressMsg:
		return n.press(s, msg)
	}
	return nil
}

func (n *intake) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch {
	case n.pick != nil:
		return n.pick.press(key, func() { n.pick = nil })
	case n.asking:
		return n.pressPath(s, key)
	case n.table.Move(key.String()):
		return nil
	}
	a := find(onIntake, key.String())
	if a == nil {
		return nil
	}
	switch a.id {
	case actBack:
		return s.pop()
	case actPeriod:
		n.asking, n.bad = true, model.Words{}
	case actSave:
		return n.save(s)
	case actColumns:
		return n.columns(s)
	}
	return nil
}

// pressPath handles keys while the path is typed.
func (n *intake) pressPath(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "esc", "ctrl+c":
		if n.plan == nil {
			return s.pop()
		}
		n.asking = false
	case "enter":
		if strings.TrimSpace(n.prompt.Value()) == "" {
			n.bad = words.IntakeNoPath
			return nil
		}
		return n.look(s)
	default:
		n.bad = model.Words{}
		n.prompt.Update(key)
	}
	return nil
}

// fileAt is the path a person means: without the quotation marks that a file
// manager puts around it, and from her own folder where it begins nowhere.
func fileAt(typed string) string {
	path := strings.Trim(strings.TrimSpace(typed), `"'`)
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		path = rest
	}
	if home, err := os.UserHomeDir(); err == nil && !filepath.IsAbs(path) {
		return filepath.Join(home, path)
	}
	return path
}

// look reads the file; nothing is written.
func (n *intake) look(s *session) tea.Cmd {
	n.turn++
	n.plan, n.over = nil, false
	n.tell(nil)
	job := ingest.Job{Ledger: s.ledger, Actor: s.actor, Register: n.reg, Path: fileAt(n.prompt.Value()), Heads: s.preferences.Heads[n.reg.Key]}
	msg := lookedMsg{screen: n, turn: n.turn}
	return s.work(words.DoIntakeLook, func(ctx context.Context, progress db.Progress) (err error) {
		job.Progress = progress
		msg.plan, err = job.Look(ctx)
		return err
	}, func(err error) tea.Msg { msg.err = err; return msg })
}

func (n *intake) looked(s *session, msg lookedMsg) tea.Cmd {
	if msg.err != nil {
		n.asking, n.bad = true, model.Words{}
		return complain(msg.err)
	}
	n.plan, n.asking = msg.plan, false
	var lines []intakeLine
	for _, line := range n.plan.About(s.lang) {
		lines = append(lines, intakeLine{line, false})
	}
	for k, i := range n.plan.Issues {
		if k == mostIssues {
			lines = append(lines, intakeLine{model.Sayf(words.IntakeMore.ZH, words.IntakeMore.EN, len(n.plan.Issues)-k).In(s.lang), false})
			break
		}
		lines = append(lines, intakeLine{i.Mark(s.lang) + i.Text(s.lang), i.Level == ingest.Bad})
	}
	n.tell(lines)
	return nil
}

// save enters what was found good, after asking where some of it was not.
func (n *intake) save(s *session) tea.Cmd {
	switch {
	case n.plan == nil || n.over:
		return complain(&model.Problem{Words: words.IntakeNothing})
	case n.plan.Entries() == 0:
		return complain(&model.Problem{Words: words.IntakeNoRows})
	}
	bad := n.plan.Count(ingest.Bad)
	if bad == 0 {
		return n.enter(s, false)
	}
	if n.plan.Whole {
		return complain(&model.Problem{Words: words.IntakeNoRows})
	}
	const partly = "partly"
	n.pick = newPick(s, model.Sayf(words.IntakeAsk.ZH, words.IntakeAsk.EN, bad), []part.Option{
		{ID: "no", Text: words.IntakeLater.In(s.lang)}, {ID: partly, Text: model.Sayf(words.IntakePartly.ZH, words.IntakePartly.EN, n.plan.Entries()).In(s.lang)},
	}, func(id, _ string) tea.Cmd {
		if id != partly {
			return nil
		}
		return n.enter(s, true)
	})
	return nil
}

func (n *intake) enter(s *session, some bool) tea.Cmd {
	n.over = true // a second press enters nothing twice
	plan, msg := n.plan, enteredMsg{screen: n}
	return s.work(words.DoIntake, func(ctx context.Context, progress db.Progress) (err error) {
		msg.done, err = plan.Write(ctx, some, true, progress)
		return err
	}, func(err error) tea.Msg { msg.err = err; return msg })
}

func (n *intake) entered(s *session, msg enteredMsg) tea.Cmd {
	if msg.err != nil && msg.done.Records == 0 {
		n.over = false
		return complain(msg.err)
	}
	var top []intakeLine
	for _, line := range n.plan.Said(msg.done, s.lang) {
		top = append(top, intakeLine{line, false})
	}
	if msg.err != nil {
		top = append(top, intakeLine{model.Say(msg.err, s.lang), true})
	}
	n.tell(append(top, n.lines...))
	said := top[len(top)-1].text
	return tea.Batch(say(sameWords(said)), s.look())
}

// mostIssues is how many things are listed: nobody reads more, and the command
// lists them all.
const mostIssues = 2000

// tell puts other lines on the screen.
func (n *intake) tell(lines []intakeLine) {
	n.lines, n.flat, n.width = lines, nil, 0
	n.table = part.Table{}
}

// wrap breaks the lines anew where the width is another.
func (n *intake) wrap(m cell.Metric, w int) {
	if n.width == w {
		return
	}
	n.flat, n.width = nil, w
	for _, line := range n.lines {
		for _, l := range m.Wrap(clean(line.text), w) {
			n.flat = append(n.flat, intakeLine{l, line.bad})
		}
	}
	n.table.SetRows(len(n.flat))
}

func (n *intake) view(s *session, w, h int) frame {
	m := s.metric
	var fr frame
	if n.asking {
		line, x := ask(s, words.IntakePath, n.bad, &n.prompt, w)
		fr.lines = append(fr.lines, line)
		fr.cursor = &tea.Position{X: x, Y: 0}
		hints := []string{words.IntakeHint.In(s.lang)}
		if s.bring != "" {
			hints = append(hints, model.Sayf(words.BringBy.ZH, words.BringBy.EN, s.bring).In(s.lang))
		}
		for _, hint := range hints {
			for _, l := range m.Wrap(hint, w) {
				fr.lines = append(fr.lines, faint.Render(l))
			}
		}
	} else {
		fr.lines = append(fr.lines, bold.Render(m.Cut(n.reg.Words.In(s.lang)+words.Colon.In(s.lang)+clean(filepath.Base(fileAt(n.prompt.Value()))), w)))
	}
	n.wrap(m, w-2)
	from, to := n.table.Window(max(1, h-len(fr.lines)))
	for i := from; i < to; i++ {
		text := n.flat[i].text
		if n.flat[i].bad {
			text = bad.Render(text)
		}
		fr.lines = append(fr.lines, m.Mark(i == n.table.Cursor)+text)
	}
	if n.pick != nil {
		n.pick.over(s, &fr, w, h)
	}
	return fr
}
