package tui

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
)

// declared is the schema of the ledger as of the last visit: another login may
// have added a field meanwhile.
func (s *session) declared() *model.Schema {
	if s.ledger == nil {
		return s.schema
	}
	return s.ledger.Schema()
}

// latest is a register as it is declared now.
func (s *session) latest(reg *model.Register) *model.Register {
	if now := s.declared().Register(reg.Key); now != nil {
		return now
	}
	return reg
}

func (s *session) settings() (set db.Settings, err error) {
	err = s.ask(func(ctx context.Context) error {
		set, err = s.ledger.Settings(ctx)
		return err
	})
	return set, err
}

// changeSettings applies a change to the settings as they are now. When someone
// else saved at the same moment it is applied to theirs; change itself says
// whether it still can be.
func (s *session) changeSettings(change func(*model.Custom) error) error {
	for try := 0; ; try++ {
		set, err := s.settings()
		if err != nil {
			return err
		}
		if err := change(&set.Custom); err != nil {
			return err
		}
		err = s.ask(func(ctx context.Context) error {
			_, err := s.ledger.SaveSettings(ctx, s.actor, db.SettingsChange{Base: set.Version, Custom: set.Custom})
			return err
		})
		var conflict *db.Conflict
		if !errors.As(err, &conflict) || try == 2 {
			return err
		}
	}
}

// task is what a form is for when it is not a record.
type task interface {
	// options gives the form's declaration and pick lists.
	options(s *session) (*options, error)
	// save carries it out and names what was saved.
	save(s *session, values model.Values) (name string, err error)
	// again reports whether another like it may follow.
	again() bool
}

// load reads the pick lists of the form, in a command.
func (f *form) load(s *session) func() (*options, error) {
	do, reg := f.task, f.reg
	return func() (*options, error) {
		if do != nil {
			return do.options(s)
		}
		return s.loadOptions(reg)
	}
}

// doTask is save for a form that is not a record. What is wrong with a part of
// the settings is shown at its field.
func (f *form) doTask(s *session, values model.Values, another bool) tea.Cmd {
	do, reg, key, entry := f.task, f.reg, f.slot, f.entry
	return func() tea.Msg {
		name, err := do.save(s, values)
		if err == nil {
			err = s.dropDraft(key)
		}
		var problems model.Problems
		if errors.As(err, &problems) {
			var errs model.Errors
			before, _ := s.settings() // what was wrong already is not in this form: a newer program wrote it
			for _, p := range problems {
				w := p.Words
				if p.Kind == entry && !slices.ContainsFunc(before.Problems, func(b model.EntryProblem) bool { return b.Entry == p.Entry }) {
					w = p.Why
				}
				for _, f := range reg.Fields {
					if f.Key == p.Part {
						errs = append(errs, model.FieldError{Field: f, Words: w})
					}
				}
			}
			if len(errs) > 0 {
				err = errs
			}
		}
		return savedMsg{form: f, result: db.Result{Records: []db.Saved{{ID: name}}}, another: another && do.again(), err: err}
	}
}
