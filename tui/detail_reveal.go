package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

// revealFor is how long a number is shown in full.
const revealFor = 30 * time.Second

// revealed are masked values in full, for a moment. Each stands in the journal
// before it stands here.
type revealed struct {
	texts map[string]string // by field key
	at    time.Time
}

type (
	// revealedMsg brings them from the ledger.
	revealedMsg struct {
		detail *detail
		texts  map[string]string
		err    error
	}
	// concealMsg is their end.
	concealMsg struct {
		detail *detail
		shown  *revealed
	}
)

func (m revealedMsg) to() screen { return m.detail }
func (m concealMsg) to() screen  { return m.detail }

// hider is a screen that shows what must not stay in sight.
type hider interface{ hide() }

func (d *detail) hide() { d.shown = nil }

// inSight reports whether the moment is not over. A clock that was set back ends
// it too.
func (v *revealed) inSight(now time.Time) bool {
	return v != nil && !now.Before(v.at) && now.Sub(v.at) < revealFor
}

// reveal asks why, and shows in full what the person may see.
func (d *detail) reveal(s *session) {
	if d.shown.inSight(s.now()) { // pressed again
		d.hide()
		return
	}
	d.why = newAsking(s, words.RevealReason, func(reason string) tea.Cmd {
		return func() tea.Msg {
			msg := revealedMsg{detail: d}
			msg.err = s.ask(func(ctx context.Context) error {
				values, err := s.ledger.Reveal(ctx, s.actor, d.id, reason)
				if err != nil {
					return err
				}
				c := s.context(nil)
				msg.texts = map[string]string{}
				for key, v := range values {
					msg.texts[key] = clean(c.Text(d.reg.Field(key), v, s.lang))
				}
				return nil
			})
			return msg
		}
	})
}

// showRevealed puts them on the page and sets the end. A person who meanwhile
// went elsewhere does not find them later: the time runs from now.
func (d *detail) showRevealed(s *session, msg revealedMsg) tea.Cmd {
	if msg.err != nil {
		return complain(msg.err)
	}
	v := &revealed{msg.texts, s.now()}
	d.shown = v
	return tea.Tick(revealFor, func(time.Time) tea.Msg { return concealMsg{d, v} })
}

// seen is a line with what is revealed in the place of what is masked.
func (d *detail) seen(s *session, l detailLine) detailLine {
	if d.shown.inSight(s.now()) {
		if text, ok := d.shown.texts[l.key]; ok && l.key != "" {
			l.value = text
		}
	}
	return l
}

// canReveal reports whether something is masked that the person may see.
func (d *detail) canReveal(s *session) bool {
	return d.record != nil && len(s.context(nil).Revealable(d.record)) > 0
}

// revealNote says how long the numbers stay.
func (d *detail) revealNote(s *session) string {
	left := int((revealFor - s.now().Sub(d.shown.at) + time.Second - 1) / time.Second)
	return model.Sayf(words.Revealed.ZH, words.Revealed.EN, left).In(s.lang)
}
