package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/part"
)

// refresh reads again when somebody entered a visit, a person or a plan.
func (g *grid) refresh(s *session) tea.Cmd {
	g.take()
	return s.staleSince(g.seq, gridStaleMsg{g}, model.Visit.Key, model.Person.Key, model.Household.Key, model.Round.Key, model.Budget.Key)
}

// load reads people and visits. At the first time it also looks for an occasion
// and for a draft of it.
func (g *grid) load(s *session, fresh bool) tea.Cmd {
	g.turn++
	msg := gridMsg{grid: g, turn: g.turn, occasion: g.occasion}
	slot := g.slot
	return func() tea.Msg {
		msg.seq, msg.err = s.read(func(src *export.Ledger) (err error) {
			c := src.Context()
			if msg.occasion.IsZero() {
				if msg.occasion, err = comingOccasion(src, c.Today()); err != nil {
					return err
				}
			}
			if msg.cov, err = export.Coverage(src, gridQuery(msg.occasion, c.Today())); err != nil {
				return err
			}
			msg.texts = gridTexts(s, c, msg.cov)
			if msg.purses, err = readPurses(src); err != nil {
				return err
			}
			if msg.opts, err = s.loadOptions(model.Visit); err != nil {
				return err
			}
			if fresh {
				msg.common = commonOf(c, msg.cov)
				if msg.draft, err = s.resume(slot, func(d db.Draft) bool {
					o, ok := gridOccasion(d.Key)
					return ok && o == msg.occasion.String()
				}); msg.draft != nil {
					msg.values = readGridDraft(c, *msg.draft)
				}
			}
			return err
		})
		return msg
	}
}

// gridQuery says who is to be visited: for an occasion, or for none those in
// special care whom nobody has seen for a month.
func gridQuery(o model.Occasion, today model.Date) model.CoverageQuery {
	if o.Name == model.RoutineVisit {
		return model.NewCoverageQuery(model.Occasion{}, model.SpecialCareDays, today)
	}
	return model.NewCoverageQuery(o, 0, today)
}

// reached reports whether somebody needs no visit now.
func (g *grid) reached(row *model.CoverageRow) bool { return row.Reached(&g.cov.CoverageQuery) }

// comingOccasion is the one people are visited for now: of the plan that holds
// today or begins next, else the festival of these days, else that of the plan
// which ended last.
func comingOccasion(src *export.Ledger, today model.Date) (model.Occasion, error) {
	var next, last *model.Record
	err := src.Scan(model.Round.Key, model.Period{}, func(r *model.Record) error {
		switch {
		case model.RoundTo.Of(r).Last().Before(today):
			if last == nil || model.RoundTo.Of(r).After(model.RoundTo.Of(last)) {
				last = r
			}
		case next == nil || model.RoundFrom.Of(r).Before(model.RoundFrom.Of(next)):
			next = r
		}
		return nil
	})
	switch o, ok := model.OccasionAt(today); {
	case err != nil:
		return o, err
	case next != nil:
		return model.RoundOccasion.Of(next), nil
	case ok:
		return o, nil
	case last != nil:
		return model.RoundOccasion.Of(last), nil
	default:
		return model.ParseOccasion(model.FestivalNames()[2], today)
	}
}

// gridTexts reads what the rows show, as the person at the screen may see it.
func gridTexts(s *session, c *model.Context, cov *model.Coverage) map[string]gridText {
	out := map[string]gridText{}
	mask := func(h interface{ Key() string }, r *model.Record, v any) string {
		return clean(c.MaskText(r.Register.Field(h.Key()), v, model.Inside, s.lang, c.Today()))
	}
	for _, row := range slices.Concat(cov.Rows, cov.Extra) {
		p := row.Person
		t := gridText{name: mask(model.PersonName, p, model.PersonName.Of(p)), address: mask(model.PersonHousehold, p, model.PersonHousehold.Of(p))}
		var cats []string
		for _, cat := range row.Cats {
			cats = append(cats, c.Schema.Vocab("CAT").Text(cat, s.lang))
		}
		t.cats = strings.Join(cats, model.W("、", ", ").In(s.lang))
		t.search = strings.ToLower(t.name + " " + t.address + " " + t.cats + " " + p.ID)
		t.pinyin = [...]part.Matcher{pinyin(t.name), pinyin(t.address)}
		out[p.ID] = t
	}
	return out
}

// unseen reports whether nobody has visited the person for a month.
func (g *grid) unseen(row *model.CoverageRow) bool {
	return row.Last.IsZero() || row.Last.DaysUntil(g.today) > model.SpecialCareDays
}
