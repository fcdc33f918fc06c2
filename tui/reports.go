package tui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/export/report"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// reports 报告 chooses what is written: a text that was begun, or any report there
// is, of a period and for whom.
type reports struct {
	span   span
	saved  []*model.Record
	kinds  []export.Report
	table  part.Table
	turn   int
	prompt part.Input
	bad    model.Words
	asking bool // for a period
	pick   *pick
}

// mostSavedTexts is how many saved reports are offered; the rest are in their
// register.
const mostSavedTexts = 50

func newReports(s *session) *reports {
	r := &reports{span: spanOf(byYear, model.DateOf(s.now())), prompt: part.Input{Metric: s.metric}}
	r.prompt.Clean, r.prompt.Limit = model.Clean, 40
	return r
}

type reportsMsg struct {
	screen *reports
	turn   int
	saved  []*model.Record
	kinds  []export.Report
	err    error
}

func (r *reports) register() *model.Register { return nil }
func (r *reports) typing() bool              { return r.asking || r.pick != nil }
func (r *reports) waiting() bool             { return r.kinds == nil }
func (r *reports) title(s *session) string   { return words.Reports.In(s.lang) }
func (r *reports) init(s *session) tea.Cmd   { return r.load(s) }
func (r *reports) refresh(s *session) tea.Cmd {
	return r.load(s)
}

func (r *reports) place() place {
	if r.pick != nil {
		return onChoice
	}
	return onReports
}

// reportKinds are the reports there are.
func (s *session) reportKinds() (kinds []export.Report, err error) {
	err = export.WithShelf(s.ledger.Path(), func(shelf report.Shelf) error {
		kinds, err = export.ReportsOn(shelf)
		return err
	})
	return kinds, err
}

// load reads the saved reports, those not yet sent first, and what can be written.
func (r *reports) load(s *session) tea.Cmd {
	r.turn++
	msg := reportsMsg{screen: r, turn: r.turn}
	return func() tea.Msg {
		msg.err = s.ask(func(ctx context.Context) (err error) {
			msg.saved, err = s.ledger.List(ctx, db.Query{Register: model.Report.Key, States: []model.State{model.Final}, Limit: mostSavedTexts})
			return err
		})
		slices.SortStableFunc(msg.saved, func(a, b *model.Record) int {
			sent := func(r *model.Record) int {
				if model.ReportState.Of(r) == model.ReportSent {
					return 1
				}
				return 0
			}
			if n := sent(a) - sent(b); n != 0 {
				return n
			}
			return strings.Compare(b.ID, a.ID)
		})
		if msg.err == nil {
			msg.kinds, msg.err = s.reportKinds()
		}
		return msg
	}
}

func (r *reports) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reportsMsg:
		if msg.screen != r || msg.turn != r.turn {
			return nil
		}
		if msg.err != nil {
			return complain(msg.err)
		}
		more := len(msg.saved) - len(r.saved)
		r.saved, r.kinds = msg.saved, msg.kinds
		r.table.SetRows(len(r.saved) + len(r.kinds))
		if r.table.Cursor > 0 && more > 0 { // the cursor stays on its report
			r.table.Go(r.table.Cursor + more)
		}
	case tea.PasteMsg:
		switch {
		case r.pick != nil:
			r.pick.update(msg)
		case r.asking:
			r.prompt.Update(msg)
		}
	case tea.KeyPressMsg:
		return r.press(s, msg)
	}
	return nil
}

func (r *reports) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch {
	case r.pick != nil:
		return r.pick.press(key, func() { r.pick = nil })
	case r.asking:
		return r.pressPeriod(s, key)
	case r.table.Move(key.String()):
		return nil
	}
	a := find(onReports, key.String())
	if a == nil {
		return nil
	}
	today := model.DateOf(s.now())
	switch a.id {
	case actBack:
		return s.pop()
	case actOpen:
		return r.open(s)
	case actEarlier:
		r.span = r.span.step(-1)
	case actLater:
		r.span = r.span.step(1)
	case actSpan:
		r.span = r.span.cycle(today)
	case actPeriod:
		r.asking, r.bad = true, model.Words{}
		r.prompt.SetValue("")
	}
	return nil
}

// pressPeriod handles keys while a period is typed.
func (r *reports) pressPeriod(s *session, key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "esc", "ctrl+c":
		r.asking = false
	case "enter":
		sp, err := parseSpan(strings.TrimSpace(r.prompt.Value()), model.DateOf(s.now()))
		if err != nil {
			r.bad = model.AsWords(err)
			return nil
		}
		r.span, r.asking = sp, false
	default:
		r.bad = model.Words{}
		r.prompt.Update(key)
	}
	return nil
}

// open goes on with a saved report, or begins another once it is said for whom.
func (r *reports) open(s *session) tea.Cmd {
	at := r.table.Cursor
	if at < len(r.saved) {
		t, err := export.OpenSaved(r.saved[at], r.kinds)
		if err != nil {
			return complain(err)
		}
		return s.push(openReport(t))
	}
	if at -= len(r.saved); at >= len(r.kinds) {
		return nil
	}
	kind := r.kinds[at]
	job := export.ReportJob{Period: r.period(), Lang: s.ledger.Info().Lang}
	if kind.AllTime && r.span.kind == allTime {
		job.Period = model.Period{}
	}
	if kind.Of == export.OfOccasion {
		r.pick = r.pickOccasion(s, func(o model.Occasion) tea.Cmd {
			job.Occasion = o
			return r.forWhom(s, kind, job)
		})
		return nil
	}
	return r.forWhom(s, kind, job)
}

// period is what is written about; "all" is the widest there is.
func (r *reports) period() model.Period {
	if r.span.kind == allTime {
		return allOfTime
	}
	return r.span.period
}

func (r *reports) forWhom(s *session, kind export.Report, job export.ReportJob) tea.Cmd {
	r.pick = pickReader(s, audiences, func(who model.Audience) tea.Cmd {
		job.Audience = who
		if kind.Text {
			return s.push(newReportText(kind, job))
		}
		return s.push(newReportTable(kind, job))
	})
	return nil
}

// pickOccasion offers the festivals, each on its next day or its last.
func (r *reports) pickOccasion(s *session, take func(model.Occasion) tea.Cmd) *pick {
	today := model.DateOf(s.now())
	var options []part.Option
	for _, t := range s.declared().Vocab(model.Visit.Field(model.VisitOccasion.Key()).Vocab).Live() {
		if o, err := model.ParseOccasion(t.ZH, today); err == nil {
			options = append(options, part.Option{ID: o.String(), Text: o.String(), Extra: english(t, s.lang)})
		}
	}
	return newPick(s, words.OccasionAsk, options, func(id, typed string) tea.Cmd {
		if id == "" {
			id = typed
		}
		o, err := model.ParseOccasion(id, today)
		if err != nil {
			return complain(err)
		}
		return take(o)
	})
}

func (r *reports) view(s *session, w, h int) frame {
	m := s.metric
	var fr frame
	if r.asking {
		line, x := ask(s, words.PeriodPrompt, r.bad, &r.prompt, w)
		fr.lines, fr.cursor = append(fr.lines, line), &tea.Position{X: x, Y: 0}
	} else {
		fr.lines = append(fr.lines, m.Cut(words.Period.In(s.lang)+words.Colon.In(s.lang)+bold.Render(r.span.text(s.lang)), w))
	}
	heads := 1
	if len(r.saved) > 0 {
		heads = 2
	}
	from, to := r.table.Window(max(1, h-1-heads))
	for i := from; i < to; i++ {
		if i == 0 && len(r.saved) > 0 {
			fr.lines = append(fr.lines, faint.Render(m.Cut(words.ReportSaved.In(s.lang), w)))
		}
		if i == len(r.saved) {
			fr.lines = append(fr.lines, faint.Render(m.Cut(words.ReportAll.In(s.lang), w)))
		}
		line := r.line(s, i, w)
		if i == r.table.Cursor {
			line = reverse.Render(m.Fit(m.Glyphs().Mark+" "+line, w))
		} else {
			line = m.Cut("  "+line, w)
		}
		fr.lines = append(fr.lines, line)
	}
	if r.pick != nil {
		r.pick.over(s, &fr, w, h)
	}
	return fr
}

// line is a saved report, or one that can be written.
func (r *reports) line(s *session, i, w int) string {
	m := s.metric
	if i < len(r.saved) {
		rec := r.saved[i]
		tag := words.ReportContinue.In(s.lang)
		if model.ReportState.Of(rec) == model.ReportSent {
			tag = words.ReportSentTag.In(s.lang)
		}
		return rec.ID + "  " + m.Fit(tag, 8) + " " + clean(model.ReportTitle.Of(rec)) + "  " + model.ReportPeriod.Of(rec)
	}
	k := r.kinds[i-len(r.saved)]
	kind := words.ReportTables
	if k.Text {
		kind = words.ReportTexts
	}
	line := m.Fit(clean(k.Words.In(s.lang)), min(30, w/2)) + " " + m.Fit(kind.In(s.lang), 6) + strings.Join(k.Formats, " ")
	if k.Own {
		line += "  " + words.ReportOwn.In(s.lang)
	}
	return line
}
