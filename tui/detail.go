package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// detail shows one record whole, with its history.
type detail struct {
	reg    *model.Register
	id     string
	record *model.Record
	lines  []detailLine
	past   []string // the history, newest first
	offset int

	why  *asking // a reason being typed
	pick *pick   // a choice being made
	join *joining
	twin string // the record to merge into this one as soon as it is read
	into string // the record that this one was merged into

	shown *revealed // what is shown in full; nil: nothing
}

func newDetail(reg *model.Register, id string) *detail { return &detail{reg: reg, id: id} }

type detailMsg struct {
	detail *detail
	record *model.Record
	lines  []detailLine
	past   []string
	into   string
	err    error
}

type deletedMsg struct {
	detail *detail
	err    error
}

type voidedMsg struct {
	detail *detail
	err    error
}

func (d *detail) place() place               { return onDetail }
func (d *detail) register() *model.Register  { return d.reg }
func (d *detail) waiting() bool              { return d.record == nil }
func (d *detail) typing() bool               { return d.why != nil || d.pick != nil }
func (d *detail) init(s *session) tea.Cmd    { return d.load(s) }
func (d *detail) refresh(s *session) tea.Cmd { return d.load(s) }
func (d *detail) title(*session) string      { return d.id }

func (d *detail) load(s *session) tea.Cmd {
	return func() tea.Msg {
		msg := detailMsg{detail: d}
		msg.err = s.view(func(sn *db.Snapshot) error {
			r, err := sn.Get(d.id)
			if err != nil {
				return err
			}
			msg.record, msg.into = r, sn.MergedInto(d.id)
			c := s.context(sn)
			msg.lines = append(detailLines(s, c, r), relatedLines(s, c, r)...)
			hist, err := sn.History(d.id)
			if err != nil {
				return err
			}
			msg.past = historyLines(s, c, r.Register, hist)
			return nil
		})
		return msg
	}
}

// historyLines writes who changed what and when, newest first.
func historyLines(s *session, c *model.Context, reg *model.Register, hist []db.Version) []string {
	var out []string
	for i := len(hist) - 1; i >= 0; i-- {
		h := hist[i]
		what := words.Did(reg, h.Entry.Action).In(s.lang)
		if h.Entry.Action == string(model.ActVoid) {
			what = h.Record.StateWords().In(s.lang)
		}
		if h.Entry.Action == string(model.ActEdit) {
			var names []string
			for _, key := range h.Entry.Fields {
				if f := reg.Field(key); f != nil {
					key = f.Words.In(s.lang)
				}
				names = append(names, key)
			}
			what += " " + strings.Join(names, model.W("、", ", ").In(s.lang))
		}
		if why := h.Entry.Why(s.lang); why != "" {
			what += words.Colon.In(s.lang) + why
		}
		line := model.Sayf(words.Version.ZH, words.Version.EN, h.Record.Version,
			h.Entry.At.In(model.Zone).Format("2006-01-02 15:04"), c.NameOf(model.Ref{ID: h.Entry.By}), what)
		out = append(out, clean(line.In(s.lang)))
	}
	return out
}

func (d *detail) update(s *session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case detailMsg:
		if msg.detail != d {
			return nil
		}
		if msg.err != nil {
			s.pop()
			return complain(msg.err)
		}
		d.record, d.lines, d.past = msg.record, msg.lines, msg.past
		d.reg, d.into = msg.record.Register, msg.into
		if id := d.twin; id != "" {
			d.twin = ""
			return d.compare(s, id)
		}
	case deletedMsg:
		if msg.detail != d {
			return nil
		}
		if msg.err != nil {
			return complain(msg.err)
		}
		s.pop()
		return say(model.Sayf(words.DeleteDone.ZH, words.DeleteDone.EN, d.id))
	case voidedMsg:
		if msg.detail != d {
			return nil
		}
		if msg.err != nil {
			return complain(msg.err)
		}
		return tea.Batch(say(model.Sayf(words.VoidDone.ZH, words.VoidDone.EN, d.id, d.voided())), d.load(s))
	case revealedMsg:
		return d.showRevealed(s, msg)
	case concealMsg:
		if d.shown == msg.shown {
			d.hide()
		}
	case twinsMsg:
		if msg.detail == d {
			return d.choose(s, msg)
		}
	case comparedMsg:
		if msg.detail == d {
			return d.compared(s, msg)
		}
	case settledMsg:
		if msg.conflict.under == screen(d) {
			d.settled(s, msg.conflict)
		}
	case mergedMsg:
		if msg.detail == d {
			return d.merged(s, msg)
		}
	case tea.PasteMsg:
		switch {
		case d.why != nil:
			d.why.in.Update(msg)
		case d.pick != nil:
			d.pick.update(msg)
		}
	case tea.KeyPressMsg:
		if d.record == nil {
			if a := find(onDetail, msg.String()); a != nil && a.id == actBack {
				return s.pop()
			}
			return nil
		}
		switch {
		case d.why != nil:
			return d.why.press(msg, func() { d.why = nil })
		case d.pick != nil:
			return d.pick.press(msg, func() { d.pick = nil })
		}
		return d.press(s, msg)
	}
	return nil
}

func (d *detail) press(s *session, key tea.KeyPressMsg) tea.Cmd {
	d.offset = pageTo(d.offset, key.String())
	a := find(onDetail, key.String())
	if a == nil {
		return nil
	}
	switch a.id {
	case actBack:
		return s.pop()
	case actEdit:
		if st := d.record.State; !st.Live() {
			return complain(model.Problemf(words.NotLive.ZH, words.NotLive.EN, d.record.StateWords()))
		}
		return s.push(editForm(d.reg, d.id))
	case actSteps:
		return s.push(newSteps(d))
	case actNew:
		return s.push(newForm(d.reg, nil))
	case actDelete:
		op := db.Op{Kind: db.Delete, Register: d.reg.Key, ID: d.id, Base: d.record.Version}
		req := s.newRequest()
		return func() tea.Msg {
			_, err := s.write(req, op)
			return deletedMsg{d, err}
		}
	case actVoid:
		if d.record.State != model.Void {
			d.void(s)
		}
	case actMerge:
		return d.pickTwin(s)
	case actReveal:
		d.reveal(s)
	case actWho:
		return s.push(newWho(d.reg, d.id))
	}
	return nil
}

// voided names what voiding makes of the record.
func (d *detail) voided() model.Words {
	gone := d.record.Clone()
	gone.State = model.Void
	return gone.StateWords()
}

// void asks why the record is withdrawn, and withdraws it.
func (d *detail) void(s *session) {
	d.why = newAsking(s, model.Sayf(words.VoidReason.ZH, words.VoidReason.EN, d.voided()), func(reason string) tea.Cmd {
		op := db.Op{Kind: db.Void, Register: d.reg.Key, ID: d.id, Base: d.record.Version, Reason: reason}
		req := s.newRequest()
		return func() tea.Msg {
			_, err := s.write(req, op)
			return voidedMsg{d, err}
		}
	})
}

func (d *detail) view(s *session, w, h int) frame {
	if d.record == nil {
		return frame{}
	}
	m := s.metric
	label := 14
	if s.lang == model.EN {
		label = 22
	}
	var lines []string
	if said := standing(d.record, s.lang); said != "" {
		if d.into != "" {
			said += " " + model.Sayf(words.MergedInto.ZH, words.MergedInto.EN, d.into).In(s.lang)
		}
		lines = append(lines, bad.Render(m.Cut(said, w)))
	}
	if d.shown.inSight(s.now()) {
		lines = append(lines, bad.Render(m.Cut(d.revealNote(s), w)))
	}
	for _, l := range d.lines {
		lines = append(lines, d.seen(s, l).draw(s, label, w)...)
	}
	lines = append(lines, "", bold.Render(words.History.In(s.lang)))
	for _, p := range d.past {
		for i, part := range m.Wrap(p, w-4) {
			if i == 0 {
				lines = append(lines, "  "+part)
			} else {
				lines = append(lines, "    "+part)
			}
		}
	}
	room := h
	if d.why != nil || len(lines) > h {
		room-- // for the question, or for how much is below
	}
	d.offset = max(0, min(d.offset, len(lines)-room))
	below := len(lines) - d.offset - room
	fr := frame{lines: lines[d.offset:min(len(lines), d.offset+room)]}
	if below > 0 && d.why == nil {
		fr.lines = append(fr.lines[:room:room], faint.Render(model.Sayf(words.MoreBelow.ZH, words.MoreBelow.EN, below).In(s.lang)))
	}
	switch {
	case d.why != nil:
		d.why.under(s, &fr, w, room)
	case d.pick != nil:
		d.pick.over(s, &fr, w, h)
	}
	return fr
}
