package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// figures 数字 shows the measures of a period and writes its summary to a file:
// a line for each register, which opens into its totals and its parts. Enter on
// a number opens the records behind it.
type figures struct {
	span   span
	rows   []model.FigureRow
	before []string       // of the rows, the same figure a year before
	months *model.Figures // the year by month
	opened map[string]bool
	lines  []figureLine // what of it shows
	table  part.Table
	turn   int

	prompt part.Input
	bad    model.Words
	asking bool     // for a period
	pick   *pick    // for whom to write, and in which format
	report []string // what became of the file
}

func newFigures(s *session) *figures {
	f := &figures{span: spanOf(byMonth, model.DateOf(s.now())), prompt: part.Input{Metric: s.metric}, opened: map[string]bool{}}
	f.prompt.Clean, f.prompt.Limit = model.Clean, 40
	return f
}

// audiences in the order offered: the safest use first.
var audiences = []model.Audience{model.Inside, model.Superior, model.Public, model.Accounts}

var formatWords = map[export.Format]model.Words{
	export.DOCX: model.W("Word 文档 docx", "Word document, docx"), export.HTML: model.W("网页，可打印 html", "web page to print, html"),
	export.Markdown: model.W("带格式标记的文本 md", "text with Markdown marks, md"), export.CSV: model.W("逗号分隔的表格 csv", "comma-separated table, csv"),
	export.XLSX: model.W("Excel 表格 xlsx", "Excel workbook, xlsx"), export.Text: model.W("纯文本 txt", "plain text, txt"),
}

// summaryFormats in the order offered: what the street office takes first.
var summaryFormats = []export.Format{export.DOCX, export.HTML, export.Markdown, export.CSV}

// allOfTime holds every date the program knows.
var allOfTime = model.Period{From: model.NewDate(model.MinYear, 1, 1), To: model.NewDate(model.MaxYear, 12, 31)}

type figuresMsg struct {
	screen *figures
	turn   int
	rows   []model.FigureRow
	before []string
	months *model.Figures
	err    error
}

type writtenMsg struct {
	screen *figures
	path   string
	again  func(reasons []string) tea.Cmd
	err    error
}

func (f *figures) register() *model.Register  { return nil }
func (f *figures) typing() bool               { return f.asking || f.pick != nil }
func (f *figures) title(s *session) string    { return words.Summary.In(s.lang) }
func (f *figures) init(s *session) tea.Cmd    { return f.query(s) }
func (f *figures) refresh(s *session) tea.Cmd { return f.query(s) }

func (f *figures) place() place {
	if f.pick != nil {
		return onChoice
	}
	return onFigures
}

// period is what is counted; "all" is written as the widest there is.
func (f *figures) period() model.Period {
	if f.span.kind == allTime {
		return allOfTime
	}
	return f.span.period
}

func (f *figures) query(s *session) tea.Cmd {
	f.turn++
	p := f.period()
	msg := figuresMsg{screen: f, turn: f.turn}
	return s.work(words.DoCount, func(ctx context.Context, progress db.Progress) (err error) {
		msg.rows, msg.before, msg.months, err = s.figures(ctx, p, progress)
		return err
	}, func(err error) tea.Msg { msg.err = err; return msg })
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
		f.arrive(msg.rows, msg.before, msg.months)
	case writtenMsg:
		if msg.screen == f {
			return f.wrote(s, msg)
		}
	case tea.PasteMsg:
		switch {
		case f.pick != nil:
			f.pick.update(msg)
		case f.asking:
			f.prompt.Update(msg)
		}
	case tea.KeyPressMsg:
		return f.press(s, msg)
	}
	return nil
}

func (f *figures) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	name := key.String()
	switch {
	case f.pick != nil:
		return f.pick.press(key, func() { f.pick = nil })
	case f.asking:
		return f.pressPeriod(s, key)
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
	case actOpen:
		return f.open(s)
	case actFold:
		f.foldAll()
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
		f.asking, f.bad = true, model.Words{}
		f.prompt.SetValue("")
	case actClip:
		return s.clip()
	case actWrite:
		f.pick = pickReader(s, audiences, func(who model.Audience) tea.Cmd {
			f.pick = f.pickFormat(s, who)
			return nil
		})
	}
	return nil
}

// pressPeriod handles keys while a period is typed.
func (f *figures) pressPeriod(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "esc", "ctrl+c":
		f.asking = false
	case "enter":
		sp, err := parseSpan(strings.TrimSpace(f.prompt.Value()), model.DateOf(s.now()))
		if err != nil {
			f.bad = model.AsWords(err)
			return nil
		}
		f.span, f.asking = sp, false
		return f.query(s)
	default:
		f.bad = model.Words{}
		f.prompt.Update(key)
	}
	return nil
}

func (f *figures) pickFormat(s *session, who model.Audience) *pick {
	var formats []part.Option
	for _, format := range summaryFormats {
		formats = append(formats, part.Option{ID: string(format), Text: formatWords[format].In(s.lang)})
	}
	return newPick(s, words.FormatAsk, formats, func(id, _ string) tea.Cmd { return f.write(s, export.Format(id), who, nil) })
}

// write writes the summary of the period; reasons let stand what the privacy
// check found.
func (f *figures) write(s *session, format export.Format, who model.Audience, reasons []string) tea.Cmd {
	p := f.period()
	msg := writtenMsg{screen: f, again: func(reasons []string) tea.Cmd { return f.write(s, format, who, reasons) }}
	return s.work(words.DoSummary, func(ctx context.Context, progress db.Progress) (err error) {
		msg.path, err = s.writeSummary(ctx, p, format, who, reasons, progress)
		return err
	}, func(err error) tea.Msg { msg.err = err; return msg })
}

// wrote tells where the file is, or what must not be in it.
func (f *figures) wrote(s *session, msg writtenMsg) tea.Cmd {
	report, refused := refusedFile(s, msg.err, func(p *pick) { f.pick = p }, msg.again)
	switch {
	case refused:
		f.report = report
	case msg.err != nil:
		return complain(msg.err)
	default:
		f.report = s.wroteFile(msg.path)
	}
	return nil
}
