package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// askStaff begins the default catalogue: who drafts, reviews and approves is
// asked once.
func (b *board) askStaff(s *session) tea.Cmd {
	if err := model.Can(s.actor, model.ActAdd, model.Catalogue); err != nil {
		return complain(err)
	}
	b.who = nil
	return func() tea.Msg {
		msg := boardPickMsg{board: b}
		ctx, cancel := context.WithTimeout(context.Background(), scanPatience)
		defer cancel()
		src, err := s.source(ctx)
		if err != nil {
			msg.err = err
			return msg
		}
		msg.err = src.Scan(model.Staff.Key, model.Period{}, func(r *model.Record) error {
			if !model.StaffDisabled.Of(r) {
				msg.staff = append(msg.staff, part.Option{ID: r.ID, Text: clean(model.StaffName.Of(r))})
			}
			return nil
		})
		slices.Reverse(msg.staff)
		return msg
	}
}

// ask asks for the next of the three people, then enters the catalogue.
func (b *board) ask(s *session, staff []part.Option) {
	titles := []model.Words{words.DefaultDrafter, words.DefaultReview, words.DefaultApprove}
	title := titles[len(b.who)]
	title.ZH, title.EN = title.ZH+words.Colon.ZH, title.EN+words.Colon.EN
	b.pick = newPick(s, title, staff, func(id, _ string) tea.Cmd {
		if id == "" {
			return nil
		}
		if b.who = append(b.who, id); len(b.who) < len(titles) {
			b.ask(s, staff)
			return nil
		}
		return b.makeCatalogue(s)
	})
}

// makeCatalogue enters the default catalogue in one transaction.
func (b *board) makeCatalogue(s *session) tea.Cmd {
	who := slices.Clone(b.who)
	return func() tea.Msg {
		ref := func(i int) model.Ref { return model.Ref{ID: who[i]} }
		var ops []db.Op
		for _, v := range model.DefaultCatalogue(ref(0), ref(1), ref(2), model.DateOf(s.now())) {
			ops = append(ops, db.Op{Kind: db.Add, Register: model.Catalogue.Key, Values: v})
		}
		res, err := s.write(s.newRequest(), ops...)
		return boardMadeMsg{b, len(res.Records), err}
	}
}
