package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
)

// preferencesMsg answers a change of the preferences with what is stored now.
type preferencesMsg struct {
	preferences model.Preferences
	err         error
}

// prefer changes what the person prefers: at once here, and then in the ledger,
// where another login of hers may have changed something else meanwhile. change
// runs twice and must depend on nothing but what it is given.
func (s *session) prefer(change func(*model.Preferences)) tea.Cmd {
	change(&s.preferences)
	if s.ledger == nil {
		return nil
	}
	return func() tea.Msg {
		var msg preferencesMsg
		msg.err = s.ask(func(ctx context.Context) (err error) {
			msg.preferences, err = s.ledger.SavePreferences(ctx, s.actor, change)
			return err
		})
		return msg
	}
}

// preferred takes the answer.
func (s *session) preferred(msg preferencesMsg) tea.Cmd {
	if msg.err != nil {
		return complain(msg.err)
	}
	s.preferences = msg.preferences
	return nil
}
