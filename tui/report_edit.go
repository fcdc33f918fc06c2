package tui

import (
	"regexp"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export/report"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// paragraph rewrites one paragraph of a report as its template has it: what is
// counted stays a slot. It is saved into the saved report at once.
type paragraph struct {
	text    *reportText
	block   string
	source  string // as it was opened
	rounds  bool   // a loop repeats it
	gap     string // what is to be written, where the paragraph is nothing else
	note    *part.Note
	faults  model.Words // of the template with this paragraph
	edits   report.Edits
	record  *model.Record // the version that was open
	request db.RequestID
	slot    string // of the draft
	saving  bool
	leaving bool
	unsaved bool // changed since the last draft; a timer runs
	drafted bool
	why     *asking
}

// lone is a paragraph that is nothing but a gap.
var lone = regexp.MustCompile(`^\{\{(?:待补|gap)[ 　]*([^{}|]*)\}\}$`)

func newParagraph(s *session, t *reportText, block, source string) *paragraph {
	p := &paragraph{text: t, block: block, source: source, note: part.NewNote(s.metric), edits: t.edits, record: t.record, request: s.newRequest()}
	p.note.Clean = model.Clean
	if m := lone.FindStringSubmatch(strings.TrimSpace(source)); m != nil {
		p.gap = strings.TrimSpace(m[1])
	} else {
		p.note.SetValue(source)
	}
	p.slot = paragraphSlot + s.newRequest().String()
	return p
}

type (
	keptMsg struct {
		para   *paragraph
		record *model.Record
		err    error
	}
	paragraphPauseMsg struct{ para *paragraph }
	paragraphDraftMsg struct {
		para *paragraph
		err  error
	}
)

func (m keptMsg) to() screen           { return m.para }
func (m paragraphPauseMsg) to() screen { return m.para }
func (m paragraphDraftMsg) to() screen { return m.para }

func (p *paragraph) init(*session) tea.Cmd     { return nil }
func (p *paragraph) refresh(*session) tea.Cmd  { return nil }
func (p *paragraph) register() *model.Register { return model.Report }
func (p *paragraph) typing() bool              { return !p.leaving }
func (p *paragraph) waiting() bool             { return p.saving }
func (p *paragraph) title(s *session) string   { return words.ParagraphTitle.In(s.lang) }
func (p *paragraph) place() place              { return onParagraph }

// changed reports whether there is something to save.
func (p *paragraph) changed() bool {
	if p.gap != "" {
		return strings.TrimSpace(p.note.Value()) != ""
	}
	return p.note.Value() != p.source
}

func (p *paragraph) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keptMsg:
		return p.kept(s, msg)
	case settledMsg:
		return p.settle(s, msg.conflict)
	case paragraphPauseMsg:
		if p.unsaved && !p.saving {
			return p.keep(s)
		}
	case paragraphDraftMsg:
		if msg.err != nil && s.readOnly == (model.Words{}) {
			return complain(msg.err)
		}
	case tea.PasteMsg:
		if p.why != nil {
			p.why.in.Update(msg)
			return nil
		}
		return p.typed(p.note.Update(msg))
	case tea.KeyPressMsg:
		return p.press(s, msg)
	}
	return nil
}

func (p *paragraph) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch {
	case p.why != nil:
		return p.why.press(key, func() { p.why = nil })
	case p.leaving:
		return p.answer(s, key)
	}
	if a := find(onParagraph, key.String()); a != nil && key.Text == "" {
		switch a.id {
		case actBack:
			if p.changed() {
				p.leaving = true
				return p.keep(s)
			}
			s.pop()
			return p.dropDraft(s)
		case actSave:
			return p.save(s, "")
		case actPhrase:
			return s.choosePhrase(p, model.Report, func(full string) tea.Cmd {
				return p.typed(p.note.Update(tea.PasteMsg{Content: full}))
			})
		}
	}
	return p.typed(p.note.Update(key))
}

// answer is what is pressed while the question on leaving is open.
func (p *paragraph) answer(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "enter":
		s.pop()
		return tea.Sequence(p.keepDraft(s, false), say(words.DraftKept))
	case "ctrl+x":
		s.pop()
		return p.dropDraft(s)
	case "esc", "ctrl+c":
		p.leaving = false
	case "ctrl+s":
		p.leaving = false
		return p.save(s, "")
	default:
		if key.Text != "" { // she goes on writing
			p.leaving = false
			return p.press(s, key)
		}
	}
	return nil
}

// typed sees to it that a draft follows a change, and that what is wrong with the
// template is told anew.
func (p *paragraph) typed(changed bool) tea.Cmd {
	if !changed {
		return nil
	}
	p.faults = model.Words{}
	if p.unsaved {
		return nil
	}
	p.unsaved = true
	return tea.Tick(draftPause, func(time.Time) tea.Msg { return paragraphPauseMsg{p} })
}

func (p *paragraph) view(s *session, w, h int) frame {
	m := s.metric
	var head []string
	if p.gap != "" {
		for _, l := range m.Wrap(clean(model.Sayf(words.ParagraphAsk.ZH, words.ParagraphAsk.EN, p.gap).In(s.lang)), w) {
			head = append(head, bold.Render(l))
		}
	}
	hint := words.ParagraphHint
	if p.rounds {
		hint = words.ParagraphRounds
	}
	for _, l := range m.Wrap(hint.In(s.lang), w) {
		head = append(head, faint.Render(l))
	}
	head = append(head, faint.Render(m.Rule(w)))
	var foot []string
	if p.faults != (model.Words{}) {
		for _, l := range m.Wrap(clean(p.faults.In(s.lang)), w) {
			foot = append(foot, bad.Render(l))
		}
		foot = foot[:min(len(foot), max(1, h/3))]
	}
	if p.leaving {
		for _, l := range m.Wrap(words.ParagraphLeave.In(s.lang), w) {
			foot = append(foot, bold.Render(l))
		}
	}
	if p.why != nil {
		foot = append(foot, "")
	}
	room := max(1, h-len(head)-len(foot))
	lines, x, y := p.note.View(w, room)
	fr := frame{lines: append(head, lines...)}
	if !p.leaving {
		fr.cursor = &tea.Position{X: x, Y: len(head) + y}
	}
	fr.lines = append(fr.lines, foot...)
	if p.why != nil {
		line, x := ask(s, p.why.question, model.Words{}, &p.why.in, w)
		fr.lines[len(fr.lines)-1], fr.cursor = line, &tea.Position{X: x, Y: len(fr.lines) - 1}
	}
	return fr
}
