package model

import "testing"

// Every role against every action, on records and on staff. Screens, commands
// and the store all ask this.
func TestRolesAndActions(t *testing.T) {
	changes := []Action{ActAdd, ActEdit, ActVoid, ActDelete, ActUndelete, ActUndo, ActRedo}
	for _, c := range []struct {
		roles                 []Role
		view, records, people bool
	}{
		{nil, false, false, false},
		{[]Role{Viewer}, true, false, false},
		{[]Role{Clerk}, true, true, false},
		{[]Role{Reviewer}, true, true, false},
		{[]Role{Approver}, true, true, false},
		{[]Role{Finance}, true, true, false},
		{[]Role{Supervisor}, true, false, false},
		{[]Role{Administrator}, true, false, true},
		{[]Role{Administrator, Clerk}, true, true, true},
	} {
		a := Actor{Roles: c.roles}
		for _, reg := range NewSchema().Registers {
			want := c.records
			if reg.Key == Staff.Key {
				want = c.people
			}
			for _, act := range changes {
				if err := Can(a, act, reg); (err == nil) != want {
					t.Errorf("%v %s %s: %v", c.roles, act, reg.Key, err)
				}
			}
			if err := Can(a, ActView, reg); (err == nil) != c.view {
				t.Errorf("%v view %s: %v", c.roles, reg.Key, err)
			}
			if err := Can(a, ActExport, reg); (err == nil) != c.records {
				t.Errorf("%v export %s: %v", c.roles, reg.Key, err)
			}
		}
	}
}

func TestErasable(t *testing.T) {
	posted := []Row{{"by": Ref{ID: "S-2026-0001"}, "on": NewDate(2026, 3, 8)}}
	for name, c := range map[string]struct {
		reg    *Register
		values Values
		want   bool
	}{
		"activity with a cost":   {Activity, Values{"cost": Money(50000)}, true},
		"visit without aid":      {Visit, Values{}, true},
		"visit with no money":    {Visit, Values{"amount": Money(0)}, true},
		"visit with money":       {Visit, Values{"amount": Money(50000)}, false},
		"visit with goods":       {Visit, Values{"goods": []Row{{"item": "米"}}}, false},
		"issue in draft":         {Issue, Values{"state": IssueDraft}, true},
		"issue approved":         {Issue, Values{"state": IssueToPost}, true},
		"issue on the board":     {Issue, Values{"state": IssuePosted}, false},
		"issue taken down":       {Issue, Values{"state": IssueTakenDown}, false},
		"issue set back, posted": {Issue, Values{"state": IssueDraft, "posted": posted}, false},
		"person":                 {Person, Values{"name": "张明"}, true},
	} {
		r := NewRecord(c.reg)
		r.ID, r.Values = "X-2026-0001", c.values
		if err := Erasable(r); (err == nil) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestUndoable(t *testing.T) {
	issue := func(state string) *Record {
		r := NewRecord(Issue)
		IssueState.Set(r, state)
		return r
	}
	for _, c := range []struct {
		before, after *Record
		want          bool
	}{
		{nil, issue(IssueDraft), true},
		{issue(IssueDraft), issue(IssueToReview), true},
		{issue(IssueToPost), issue(IssuePosted), false},
		{issue(IssuePosted), issue(IssueTakenDown), false},
		{issue(IssuePosted), issue(IssueDraft), false},
		{NewRecord(Venue), NewRecord(Venue), true},
	} {
		if err := Undoable(c.before, c.after); (err == nil) != c.want {
			t.Errorf("%v → %v: %v", c.before, c.after, err)
		}
	}
}

func TestKeepAdministrator(t *testing.T) {
	staff := func(state State, v Values) *Record {
		r := NewRecord(Staff)
		r.State, r.Values = state, v
		return r
	}
	admin := Values{"name": "张", "login": "zhang", "roles": []string{"录入", "管理"}}
	with := func(key string, v any) Values {
		r := staff(Final, admin).Clone()
		r.Set(key, v)
		return r.Values
	}
	for name, c := range map[string]struct {
		after *Record
		field string // the refusal names it; "": allowed
	}{
		"renamed":      {staff(Final, with("name", "李")), ""},
		"new login":    {staff(Final, with("login", "li")), ""},
		"disabled":     {staff(Final, with("disabled", true)), "disabled"},
		"lost role":    {staff(Final, with("roles", []string{"录入"})), "roles"},
		"without role": {staff(Final, with("roles", nil)), "roles"},
		"no login":     {staff(Final, with("login", nil)), "login"},
		"void":         {staff(Void, admin), "roles"},
		"deleted":      {staff(Deleted, admin), "roles"},
	} {
		before := staff(Final, admin)
		errs, _ := KeepAdministrator(before, c.after, false).(Errors)
		if c.field == "" && errs != nil {
			t.Errorf("%s: %v", name, errs)
		}
		if _, ok := errs.Of(c.field); c.field != "" && !ok {
			t.Errorf("%s: %v does not name %s", name, errs, c.field)
		}
		if err := KeepAdministrator(before, c.after, true); err != nil {
			t.Errorf("%s, with another: %v", name, err)
		}
	}
	if err := KeepAdministrator(staff(Final, with("roles", nil)), staff(Void, admin), false); err != nil {
		t.Errorf("was none: %v", err)
	}
}
