package model

import "testing"

// TestTally counts what was held, adds up, counts once, and refuses persons
// where a roster is missing.
func TestTally(t *testing.T) {
	c := &Context{Schema: NewSchema()}
	rec := func(id string, reg *Register, v Values) *Record {
		return &Record{ID: id, Register: reg, State: Final, Values: v}
	}
	events := []*Record{
		rec("A-1", Activity, Values{"held": HeldDone, "attend_total": int64(2), "roster": []Ref{{ID: "P-1"}, {ID: "P-2"}}}),
		rec("A-2", Activity, Values{"held": HeldDone, "attend_total": int64(1), "roster": []Ref{{ID: "P-2"}}}),
		rec("A-3", Activity, Values{"held": HeldPlanned}),
	}
	open := rec("A-4", Activity, Values{"held": HeldDone, "attend_total": int64(40)})
	draft := rec("A-5", Activity, Values{"held": HeldDone, "attend_total": int64(40)})
	draft.State = Draft
	tally := func(reg *Register, name string, records ...*Record) Tally {
		t.Helper()
		m, err := reg.Measure(name)
		if err != nil {
			t.Fatal(err)
		}
		return reg.Tally(c, m, records)
	}
	for _, want := range []struct {
		name string
		n    int64
		ids  int
	}{{"场次", 2, 2}, {"attendances", 3, 2}, {"人数", 2, 2}, {"青少年人次", 0, 0}} {
		if got := tally(Activity, want.name, append(events, draft)...); got.Value != want.n || len(got.IDs) != want.ids || got.Refused != (Words{}) {
			t.Errorf("%s: %+v, want %d of %d records", want.name, got, want.n, want.ids)
		}
	}
	if got := tally(Activity, "人数", append(events, open)...); got.Refused == (Words{}) {
		t.Error("persons are counted though one event has no roster")
	}
	visits := []*Record{
		rec("V-1", Visit, Values{"person": Ref{ID: "P-1"}, "household": Ref{ID: "H-1"}, "amount": Money(50000)}),
		rec("V-2", Visit, Values{"person": Ref{ID: "P-2"}, "household": Ref{ID: "H-1"}, "amount": Money(50)}),
		rec("V-3", Visit, Values{"person": Ref{ID: "P-3"}}),
	}
	if got := tally(Visit, "户数", visits...); got.Value != 2 {
		t.Errorf("households: %d", got.Value)
	}
	if got := tally(Visit, "慰问金", visits...); got.Text() != "500.50" || got.Type != TypeMoney || len(got.IDs) != 2 {
		t.Errorf("money: %s %+v", got.Text(), got)
	}
	if _, err := Visit.Measure("场次"); err == nil {
		t.Error("a measure that visits do not have is found")
	}
}
