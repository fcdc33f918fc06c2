package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// together is how many records are changed in one transaction and undone as one.
const together = 1000

// What can be done with the marked rows.
const (
	markedSet    = "set"
	markedExport = "export"
	markedDelete = "delete"
	markedInvert = "invert"
	markedNone   = "none"
)

// outcome is what became of a change of many records.
type outcome struct {
	done    int // records changed
	same    int // those that were so already
	batches int // transactions: so many times undo takes it all back
	refused []refusal
	err     error // what kept the rest from being done
}

type refusal struct {
	key db.Key
	id  string
	why model.Words
}

// bulkMsg answers what was done to the marked rows.
type bulkMsg struct {
	list *list
	work *work
	what string
	outcome
	path     string                         // of the file written
	rows     int                            // in it
	withheld int                            // left out of it for its readers
	again    func(reasons []string) tea.Cmd // writes it again with an approver's reasons
}

// pickMarked offers what can be done with the marked rows. Making void is not
// among it: that takes a reason for each.
func (l *list) pickMarked(s *session) *pick {
	n := l.marks.count(len(l.keys))
	var options []part.Option
	for _, o := range []struct {
		id    string
		words model.Words
	}{{markedSet, words.MarkedSet}, {markedExport, words.MarkedExport}, {markedDelete, words.MarkedDelete}, {markedInvert, words.MarkedInvert}, {markedNone, words.MarkedNone}} {
		options = append(options, part.Option{ID: o.id, Text: o.words.In(s.lang)})
	}
	return newPick(s, model.Sayf(words.MarkedAsk.ZH, words.MarkedAsk.EN, n), options, func(id, _ string) tea.Cmd {
		may := map[string]model.Action{markedSet: model.ActEdit, markedExport: model.ActExport, markedDelete: model.ActDelete}[id]
		if may != "" {
			if err := model.Can(s.actor, may, l.reg); err != nil {
				return complain(err)
			}
		}
		switch id {
		case markedSet:
			l.pick = l.pickField(s)
		case markedExport:
			l.pick = l.pickFormat(s)
		case markedDelete:
			return l.change(s, markedDelete, nil, func(_ *model.Context, r *model.Record) (db.Op, bool) {
				return db.Op{Kind: db.Delete, Register: r.Register.Key, ID: r.ID, Base: r.Version}, r.State != model.Deleted
			})
		case markedInvert:
			return l.invert(s)
		case markedNone:
			l.marks.none()
		}
		return nil
	})
}

// settable reports whether the field can be set for many records at once.
func settable(s *session, f *model.Field) bool {
	switch f.Type {
	case model.TypePick, model.TypePicks, model.TypeRef, model.TypeRefs, model.TypeOccasion, model.TypeBool:
		return f.InForm() && !f.Removed && f.Class != model.Handler && f.InFull(s.actor, model.Inside)
	}
	return false
}

// pickField asks which field to set.
func (l *list) pickField(s *session) *pick {
	var options []part.Option
	for _, f := range l.reg.Fields {
		if settable(s, f) {
			options = append(options, part.Option{ID: f.Key, Text: f.Words.In(s.lang)})
		}
	}
	return newPick(s, words.FieldAsk, options, func(id, typed string) tea.Cmd {
		f := l.reg.Field(id)
		if f == nil {
			return complain(model.Problemf(words.NoSuch.ZH, words.NoSuch.EN, typed))
		}
		reg := l.reg
		return func() tea.Msg {
			opts, err := s.loadOptions(reg)
			if err != nil {
				return pickMsg{l, nil, err}
			}
			return pickMsg{list: l, pick: l.pickValue(s, f, opts)}
		}
	})
}

// pickValue asks for the value: set, or where a field takes several, added.
func (l *list) pickValue(s *session, f *model.Field, opts *options) *pick {
	question := words.ValueAsk
	several := f.Type == model.TypePicks || f.Type == model.TypeRefs
	if several {
		question = words.AddAsk
	}
	title := model.Sayf(question.ZH, question.EN, l.marks.count(len(l.keys)), f.Words)
	p := newPick(s, title, nil, nil)
	p.picker = opts.picker(f)
	p.picker.SetQuery("")
	p.take = func(id, typed string) tea.Cmd {
		text := id
		if text == "" {
			text = typed
		}
		v, err := opts.context().Parse(f, text)
		if err == nil && model.Blank(v) {
			return nil
		}
		if err != nil {
			return complain(err)
		}
		return l.change(s, markedSet, []string{f.Key}, func(_ *model.Context, r *model.Record) (db.Op, bool) {
			now := r.Values[f.Key]
			next := added(now, v)
			op := db.Op{Kind: db.Edit, Register: r.Register.Key, ID: r.ID, Base: r.Version, Values: model.Values{f.Key: next}}
			return op, !model.Equal(now, next)
		})
	}
	return p
}

// added is a value with another one joined to it, or in its place where the
// field takes one alone.
func added(now, v any) any {
	switch x := v.(type) {
	case []string:
		old, _ := now.([]string)
		return union(old, x)
	case []model.Ref:
		old, _ := now.([]model.Ref)
		return union(old, x)
	}
	return v
}

func union[T comparable](a, b []T) []T {
	out := slices.Clone(a)
	for _, e := range b {
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

// change does something to each of the marked records, as many as the rules
// allow, in transactions of some hundreds. fields are what op must see; op tells
// false for a record that is so already.
func (l *list) change(s *session, what string, fields []string, op func(*model.Context, *model.Record) (db.Op, bool)) tea.Cmd {
	l.stop(s)
	w := newWork(scanPatience)
	l.work = w
	reg, pick, shown := l.reg, l.marks.copy(), l.keys
	run := func() tea.Msg {
		keys := pick.of(shown)
		msg := bulkMsg{list: l, work: w, what: what}
		for at := 0; at < len(keys) && msg.err == nil; at += together {
			w.progress(at, len(keys))
			part := keys[at:min(at+together, len(keys))]
			msg.err = s.changeSome(w.ctx, reg, part, fields, op, &msg.outcome)
		}
		return msg
	}
	return s.follow(w, words.DoLook, run)
}

// changeSome is one transaction of change.
func (s *session) changeSome(ctx context.Context, reg *model.Register, keys []db.Key, fields []string, op func(*model.Context, *model.Record) (db.Op, bool), out *outcome) error {
	if fields == nil {
		fields = []string{}
	}
	var ops []db.Op
	var of []db.Key
	c := s.context(nil)
	err := s.ledger.Each(ctx, reg.Key, keys, fields, nil, func(i int, r *model.Record) error {
		if r == nil {
			return nil
		}
		if o, ok := op(c, r); ok {
			ops, of = append(ops, o), append(of, keys[i])
		} else {
			out.same++
		}
		return nil
	})
	if err != nil || len(ops) == 0 {
		return err
	}
	res, refused, err := s.ledger.WriteSome(ctx, s.actor, s.newRequest(), ops...)
	if err != nil {
		return err
	}
	changed := 0
	for _, r := range res.Records {
		if r.Changed {
			changed++
		}
	}
	for _, r := range refused {
		out.refused = append(out.refused, refusal{of[r.Index], ops[r.Index].ID, model.AsWords(r.Err)})
	}
	out.same += len(ops) - changed - len(refused)
	out.done += changed
	if changed > 0 {
		out.batches++
	}
	return nil
}

// pickFormat asks what kind of file to write, and then for whom.
func (l *list) pickFormat(s *session) *pick {
	var options []part.Option
	for _, f := range []export.Format{export.XLSX, export.CSV, export.Markdown, export.JSON, export.ICS} {
		options = append(options, part.Option{ID: string(f), Text: words.Formats[string(f)].In(s.lang)})
	}
	return newPick(s, words.FormatAsk, options, func(format, _ string) tea.Cmd {
		if format == "" {
			return nil
		}
		l.pick = pickReader(s, audiences, func(who model.Audience) tea.Cmd { return l.write(s, export.Format(format), who, nil) })
		return nil
	})
}

// pickReader asks for whom a file is written.
func pickReader(s *session, of []model.Audience, take func(model.Audience) tea.Cmd) *pick {
	var readers []part.Option
	for _, a := range of {
		readers = append(readers, part.Option{ID: a.String(), Text: a.Words().In(s.lang)})
	}
	return newPick(s, words.WriteTo, readers, func(id, _ string) tea.Cmd {
		who, err := model.ParseAudience(id)
		if err != nil {
			return complain(err)
		}
		return take(who)
	})
}

// write writes the marked records to a file for somebody, in the order shown.
func (l *list) write(s *session, format export.Format, who model.Audience, reasons []string) tea.Cmd {
	l.stop(s)
	w := newWork(scanPatience)
	l.work = w
	reg, pick, shown := l.reg, l.marks.copy(), l.keys
	run := func() tea.Msg {
		msg := bulkMsg{list: l, work: w, what: markedExport, again: func(reasons []string) tea.Cmd { return l.write(s, format, who, reasons) }}
		var res export.Result
		msg.path, res, msg.err = s.writeRecords(w, reg, pick.of(shown), format, who, reasons)
		msg.rows, msg.withheld = res.Rows, res.Withheld
		return msg
	}
	return s.follow(w, words.DoLook, run)
}

// writeRecords writes chosen records of a register into the folder of exports.
func (s *session) writeRecords(w *work, reg *model.Register, keys []db.Key, format export.Format, who model.Audience, reasons []string) (path string, res export.Result, err error) {
	if err := model.Can(s.actor, model.ActExport, reg); err != nil {
		return "", res, err
	}
	folder, err := s.exports()
	if err != nil {
		return "", res, err
	}
	f, err := createFree(folder, fmt.Sprintf("%s-%s", reg.Key, s.now().In(model.Zone).Format("20060102")), "."+string(format))
	if err != nil {
		return "", res, err
	}
	defer f.Abort()
	src, err := s.source(w.ctx)
	if err != nil {
		return "", res, err
	}
	src.Query, src.Keys, src.Progress = db.Query{Register: reg.Key}, keys, w.progress
	lang := s.ledger.Info().Lang
	job := export.Job{Register: reg, Format: format, Audience: who, Lang: lang, Ordered: true,
		Filter: model.Sayf(words.ChosenRows.ZH, words.ChosenRows.EN, len(keys)).In(lang)}
	if res, err = export.Register(f, src, job); err == nil {
		err = src.Err()
	}
	if err == nil {
		err = export.Send(w.ctx, s.ledger, src, f, export.Slip{Register: reg, Audience: who, Template: export.TemplateRegister,
			Filter: []string{"marked"}, Rows: res.Rows, Left: res.Left, Named: res.Named, Overrides: reasons})
	}
	if err != nil {
		return "", res, err
	}
	return f.Path(), res, nil
}

// done tells what became of the marked rows, with the reasons of those that were
// left. After deleting, only these stay marked.
func (l *list) done(s *session, msg bulkMsg) tea.Cmd {
	msg.work.cancel()
	if l.work == msg.work {
		l.work = nil
	}
	if errors.Is(msg.err, context.Canceled) {
		msg.err = &model.Problem{Words: words.Stopped}
	}
	if msg.what == markedExport {
		return l.wrote(s, msg)
	}
	said := words.SetDone
	if msg.what == markedDelete {
		said = words.DeletedMany
	}
	parts := []model.Words{model.Sayf(said.ZH, said.EN, msg.done)}
	if msg.same > 0 && msg.what == markedSet {
		parts = append(parts, model.Sayf(words.SameAlready.ZH, words.SameAlready.EN, msg.same))
	}
	if n := len(msg.refused); n > 0 {
		parts = append(parts, model.Sayf(words.NotDone.ZH, words.NotDone.EN, n))
	}
	switch {
	case msg.batches == 1:
		parts = append(parts, words.UndoOnce)
	case msg.batches > 1:
		parts = append(parts, model.Sayf(words.UndoTimes.ZH, words.UndoTimes.EN, msg.batches))
	}
	if msg.err != nil {
		parts = append(parts, model.AsWords(msg.err))
	}
	text := sentence(parts)
	if len(msg.refused) > 0 {
		l.report = l.reasons(s, msg.refused, text)
	}
	if msg.what == markedDelete && msg.err == nil {
		l.marks = marks{away: map[db.Key]struct{}{}}
		for _, r := range msg.refused {
			l.marks.away[r.key] = struct{}{}
		}
		l.marks.settle(nil, l.keys)
	}
	tell := say(text)
	if msg.err != nil || msg.done == 0 && len(msg.refused) > 0 {
		tell = complain(&model.Problem{Words: text})
	}
	return tea.Batch(tell, l.requery(s))
}

// wrote tells where the file is.
func (l *list) wrote(s *session, msg bulkMsg) tea.Cmd {
	if report, refused := refusedFile(s, msg.err, func(p *pick) { l.pick = p }, msg.again); refused {
		l.report = report
		if l.pick != nil {
			return nil
		}
	}
	if msg.err != nil {
		return complain(msg.err)
	}
	n := l.marks.count(len(l.keys))
	text := model.Sayf(words.WroteRows.ZH, words.WroteRows.EN, msg.rows)
	l.report = append([]string{text.In(s.lang)}, s.wroteFile(msg.path)...)
	if left := n - msg.rows; left > 0 {
		l.report = append(l.report, model.Sayf(words.LeftOut.ZH, words.LeftOut.EN, left).In(s.lang))
	}
	return tea.Batch(say(text), l.total(s))
}

// reasons lists what was refused, and why.
func (l *list) reasons(s *session, refused []refusal, text model.Words) []string {
	const most = 200
	lines := []string{text.In(s.lang)}
	for i, r := range refused {
		if i == most {
			lines = append(lines, s.metric.Glyphs().Ellipsis)
			break
		}
		why := clean(r.why.In(s.lang))
		if !strings.Contains(why, r.id) {
			why = r.id + words.Colon.In(s.lang) + why
		}
		lines = append(lines, why)
	}
	return lines
}

// sentence joins parts to one message.
func sentence(parts []model.Words) (out model.Words) {
	for i, p := range parts {
		if i > 0 {
			out.ZH, out.EN = out.ZH+"；", out.EN+"; "
		}
		out.ZH, out.EN = out.ZH+p.ZH, out.EN+p.EN
	}
	return out
}
