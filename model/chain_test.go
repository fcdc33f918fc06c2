package model

import (
	"slices"
	"strings"
	"testing"
)

// Each chain is complete: words in both languages, fields that are there, states
// that the vocabulary has, and a way to the state from which a step begins.
func TestChainTables(t *testing.T) {
	schema := NewSchema()
	states := schema.Vocab("DSTATE")
	for _, reg := range schema.Registers {
		if reg.Chain == nil {
			for _, f := range reg.Fields {
				if f.Chained {
					t.Errorf("%s.%s is set by steps and there are none", reg.Key, f.Key)
				}
			}
			continue
		}
		seen := map[string]bool{}
		for _, st := range reg.Chain.Steps {
			if seen[st.Key] || st.Words.ZH == "" || st.Words.EN == "" || st.Who.ZH == "" || st.Who.EN == "" || len(st.Roles) == 0 || st.Take == nil {
				t.Errorf("%s %s is not complete", reg.Key, st.Key)
			}
			seen[st.Key] = true
			for _, name := range []string{st.Key, st.Words.ZH, strings.ToUpper(st.Words.EN)} {
				if reg.StepOf(name) != st {
					t.Errorf("%s is not found by %q", st.Key, name)
				}
			}
			for _, key := range append(slices.Clone(st.Asks), st.Needs...) {
				if f := reg.Field(key); f == nil || !f.Chained || f.Auto {
					t.Errorf("%s asks for %s", st.Key, key)
				}
			}
			for _, state := range append(slices.Clone(st.From), st.To) {
				if state != "" && !slices.ContainsFunc(states.Terms, func(term Term) bool { return term.ZH == state }) {
					t.Errorf("%s: no state %q", st.Key, state)
				}
			}
			switch {
			case st.Key == "paper":
			case st.From == nil && st.Open == nil:
				t.Errorf("%s can be taken at any time", st.Key)
			}
		}
	}
}

// The text that is signed: the same for the same, another for every change of
// what the public reads, and blind to what it does not.
func TestSheetContent(t *testing.T) {
	d := newDesk(t)
	item := d.add(Catalogue, catalogue()...)
	hall := d.add(Venue, "name", "东门公开栏", "category", "室外")
	issue := d.add(Issue, "item", item.ID, "period", "2027-B2", "body", "收缴1260元", "boards", hall.ID)
	sum := SheetSum(issue, d.Context)
	later := *d.Context
	later.Now = d.Now.AddDate(1, 0, 0)
	later.Actor = Actor{}
	if SheetSum(issue.Clone(), &later) != sum {
		t.Error("it depends on who asks, and when")
	}
	for key, v := range map[string]any{"body": "收缴1261元", "title": "党费", "scope": "党内", "forms": []string{"微信群"}, "boards": nil, "kind": "公示",
		"finance": []Row{{"kind": "收", "item": "党费", "amount": Money(1)}}, "correction": "更正", "version": int64(2)} {
		r := issue.Clone()
		r.Set(key, v)
		if SheetSum(r, d.Context) == sum {
			t.Errorf("%s changed and the hash did not", key)
		}
	}
	for key, v := range map[string]any{"note": "内部", "photo_no": "1", "state": IssuePosted, "chk_need": true, "authors": []Ref{{ID: "S-2027-0001"}}} {
		r := issue.Clone()
		r.Set(key, v)
		if SheetSum(r, d.Context) != sum {
			t.Errorf("%s is no part of the text", key)
		}
	}
	for _, change := range []struct {
		r   *Record
		key string
	}{{hall, "name"}, {item, "topic2"}, {item, "basis"}} {
		was := change.r.Get(change.key)
		change.r.Set(change.key, "另一个")
		if SheetSum(issue, d.Context) == sum {
			t.Errorf("%s of %s is printed and is not in the hash", change.key, change.r.ID)
		}
		change.r.Set(change.key, was)
	}
}

func TestOfficeInSettings(t *testing.T) {
	c, err := ReadCustom([]byte(`{"taizhang_settings":1,"office":"two"}`))
	if err != nil || c.Office != OfficeTwo {
		t.Fatal(c, err)
	}
	s, problems := NewSchemaWith(c)
	if problems != nil || s.Office() != OfficeTwo || NewSchema().Office() != OfficeThree {
		t.Error(s.Office(), problems)
	}
	if kept := (Custom{}).Keep(c); kept.Office != OfficeTwo {
		t.Error("a file that does not speak of it changed it")
	}
	if list := (Custom{}).ChangesTo(c); len(list) != 1 || list[0].Entry != "office" {
		t.Errorf("%+v", list)
	}
	if again, err := ReadCustom(c.JSON()); err != nil || again.Office != OfficeTwo {
		t.Error(err)
	}
	if _, err := ReadCustom([]byte(`{"taizhang_settings":1,"office":"seven"}`)); err == nil {
		t.Error("an office of seven")
	}
}

// Deciding roles wait for another administrator; the first member of staff, what
// was had before and other roles do not.
func TestRolesAreGivenByTwo(t *testing.T) {
	d := newDesk(t)
	peer := true
	d.Peer = func() bool { return peer }
	give := func(before *Record, roles ...string) (*Record, error) {
		r := record(Staff, Values{"name": "王强", "login": "wangq"})
		if before != nil {
			r = before.Clone()
		}
		r.ID = "S-2027-0009"
		StaffRoles.Set(r, roles)
		return r, d.Prepare(r, before)
	}
	r, err := give(nil, "录入", "审批", "管理")
	if err != nil || !slices.Equal(StaffRoles.Of(r), []string{"录入"}) || len(StaffGranted.Of(r)) != 2 {
		t.Fatal(r.Values, err)
	}
	if again, err := give(r, "录入", "审批"); err != nil || len(StaffGranted.Of(again)) != 2 {
		t.Error(again.Values, err)
	}
	mine := *d.Context
	mine.Actor = Actor{Staff: d.Actor.Staff, Roles: []Role{Administrator}}
	if err := CanStep(Staff.StepOf("confirm"), r, &mine); err == nil {
		t.Error("she confirmed what she gave")
	}
	other := mine
	other.Actor.Staff = "S-2027-0007"
	if _, err := other.Step(Staff.StepOf("confirm"), r, StepInput{}); err != nil || len(StaffRoles.Of(r)) != 3 || StaffGranted.Has(r) {
		t.Error(r.Values, err)
	}
	if kept, err := give(r, "录入", "审批"); err != nil || StaffGranted.Has(kept) {
		t.Error("what she had before waits again", err)
	}
	peer = false
	if _, err := give(nil, "审核"); err == nil {
		t.Error("a single administrator gave it without a reason")
	}
	d.Reason = "换届"
	if r, err := give(nil, "审核"); err != nil || len(StaffRoles.Of(r)) != 1 {
		t.Error(r.Values, err)
	}
}
