package tui

import (
	"bytes"
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// reportTable shows a report of tables as text before it is written.
type reportTable struct {
	kind   export.Report
	job    export.ReportJob
	lines  []string
	ready  bool
	turn   int
	table  part.Table
	side   sideways
	pick   *pick
	report []string
}

func newReportTable(kind export.Report, job export.ReportJob) *reportTable {
	return &reportTable{kind: kind, job: job}
}

type (
	tableMsg struct {
		table *reportTable
		turn  int
		text  string
		err   error
	}
	tableWrittenMsg struct {
		table *reportTable
		path  string
		again func([]string) tea.Cmd
		err   error
	}
)

func (m tableMsg) to() screen        { return m.table }
func (m tableWrittenMsg) to() screen { return m.table }

func (t *reportTable) register() *model.Register { return nil }
func (t *reportTable) typing() bool              { return t.pick != nil }
func (t *reportTable) waiting() bool             { return !t.ready }
func (t *reportTable) title(s *session) string   { return clean(t.kind.Words.In(s.lang)) }
func (t *reportTable) init(s *session) tea.Cmd   { return t.load(s) }
func (t *reportTable) refresh(*session) tea.Cmd  { return nil }

func (t *reportTable) place() place {
	if t.pick != nil {
		return onChoice
	}
	return onSheet
}

// off says why an action can do nothing now.
func (t *reportTable) off(id act) model.Words {
	if (id == actEarlier || id == actLater) && !t.side.wide() {
		return words.ReportNotWide
	}
	return model.Words{}
}

// load makes the text; what it holds was masked for its reader like any file.
func (t *reportTable) load(s *session) tea.Cmd {
	t.turn++
	msg := tableMsg{table: t, turn: t.turn}
	job := t.job
	job.Format = export.Text
	return s.work(words.DoReportRead, func(ctx context.Context, progress db.Progress) error {
		src, err := s.source(ctx)
		if err != nil {
			return err
		}
		src.Progress = phases(export.Scans(src.Context()), progress)
		var b bytes.Buffer
		remark, err := t.kind.Write(&b, src, job, &export.Slip{})
		if err != nil {
			return err
		}
		if msg.text = b.String(); remark != (model.Words{}) {
			msg.text = remark.In(s.lang) + "\n\n" + msg.text
		}
		return src.Err()
	}, func(err error) tea.Msg { msg.err = err; return msg })
}

func (t *reportTable) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tableMsg:
		if msg.turn != t.turn {
			return nil
		}
		t.ready = true
		if msg.err != nil {
			s.pop()
			return complain(msg.err)
		}
		for line := range strings.Lines(msg.text) {
			line = clean(strings.TrimRight(strings.TrimPrefix(line, "\ufeff"), "\r\n"))
			t.lines = append(t.lines, line)
			t.side.most = max(t.side.most, s.metric.Width(line))
		}
		t.table.SetRows(len(t.lines))
	case tableWrittenMsg:
		report, refused := refusedFile(s, msg.err, func(p *pick) { t.pick = p }, msg.again)
		switch {
		case refused:
			t.report = report
		case msg.err != nil:
			return complain(msg.err)
		default:
			t.report = s.wroteFile(msg.path)
		}
	case tea.PasteMsg:
		if t.pick != nil {
			t.pick.update(msg)
		}
	case tea.KeyPressMsg:
		return t.press(s, msg)
	}
	return nil
}

func (t *reportTable) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch {
	case t.pick != nil:
		return t.pick.press(key, func() { t.pick = nil })
	case t.table.Move(key.String()):
		t.report = nil // it would lie over the cursor
		return nil
	}
	a := find(onSheet, key.String())
	if a == nil {
		return nil
	}
	t.report = nil
	switch a.id {
	case actBack:
		return s.pop()
	case actWrite:
		t.pick = pickFormatOf(s, &t.kind, func(f export.Format) tea.Cmd { return t.write(s, f, nil) })
	case actEarlier, actLater:
		t.side.move(a.id == actLater)
	case actClip:
		return s.clip()
	}
	return nil
}

// write writes the file.
func (t *reportTable) write(s *session, f export.Format, reasons []string) tea.Cmd {
	msg := tableWrittenMsg{table: t, again: func(reasons []string) tea.Cmd { return t.write(s, f, reasons) }}
	job := t.job
	job.Format = f
	return s.work(words.DoReport, func(ctx context.Context, progress db.Progress) (err error) {
		msg.path, _, _, err = s.writeFile(ctx, &t.kind, job, reasons, progress, nil)
		return err
	}, func(err error) tea.Msg { msg.err = err; return msg })
}

func (t *reportTable) view(s *session, w, h int) frame {
	m := s.metric
	if !t.ready {
		return frame{lines: []string{words.Reading.In(s.lang)}}
	}
	var fr frame
	from, to := t.table.Window(h)
	for i := from; i < to; i++ {
		mark := "  "
		if i == t.table.Cursor {
			mark = m.Glyphs().Mark + " "
		}
		fr.lines = append(fr.lines, mark+t.side.show(m, t.lines[i], t.side.most, max(0, w-m.Width(mark))))
	}
	if t.pick != nil {
		t.pick.over(s, &fr, w, h)
	} else if len(t.report) > 0 {
		reportOver(s, &fr, t.report, w, h)
	}
	return fr
}
