package db_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

func TestPreferences(t *testing.T) {
	o := newOffice(t)
	if p, err := o.Preferences(ctx, o.actor); err != nil || !reflect.DeepEqual(p, model.Preferences{}) {
		t.Fatalf("in a new ledger: %+v, %v", p, err)
	}
	want := model.Preferences{
		Lang: "en", Start: "visit", Glyphs: model.GlyphsWide, Redraw: true, Recent: []string{"bin", "list visit"},
		Columns: map[string][]string{"visit": {"date", "person", "amount"}},
		Heads:   map[string][]model.Head{"visit": {{Text: "慰问标准", Field: "amount"}, {Text: "盖章"}}},
		Other:   map[string]any{"theme": "白", "limits": map[string]any{"rows": int64(40)}},
	}
	if _, err := o.SavePreferences(ctx, o.actor, func(p *model.Preferences) { *p = want }); err != nil {
		t.Fatal(err)
	}
	again := dbtest.Open(t, o.Path(), o.clock)
	if got, err := again.Preferences(ctx, o.actor); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read again: %+v, %v", got, err)
	}
	before, _ := o.Revision()
	if _, err := o.SavePreferences(ctx, o.actor, func(p *model.Preferences) { p.Lang = "en" }); err != nil {
		t.Fatal(err)
	}
	if after, _ := o.Revision(); after != before {
		t.Error("saving what is there already wrote to the file")
	}
	o.add("staff", model.Values{"name": "李秀英", "login": "li", "roles": []string{"录入"}})
	li := model.Actor{Login: "li"}
	if p, err := o.Preferences(ctx, li); err != nil || !reflect.DeepEqual(p, model.Preferences{}) {
		t.Errorf("another's preferences: %+v, %v", p, err)
	}
	if _, err := o.Preferences(ctx, model.Actor{Login: "nobody"}); db.ExitCode(err) != db.ExitDenied {
		t.Errorf("of someone who is not staff: %v", err)
	}
	rep := o.verify()
	if len(rep.Faults) != 0 {
		t.Error(rep.Faults)
	}
	if got, _ := o.EntriesSince(ctx, 0, 100); len(got) != 3 {
		t.Errorf("%d journal entries; preferences stand in none", len(got))
	}
}

// Two logins of one person change different preferences at the same time.
func TestPreferencesOfTwoLogins(t *testing.T) {
	o := newOffice(t)
	other := dbtest.Open(t, o.Path(), o.clock)
	done := make(chan error)
	const times = 20
	change := func(l *db.Ledger, set func(*model.Preferences, int)) {
		var err error
		for i := range times {
			if _, e := l.SavePreferences(ctx, o.actor, func(p *model.Preferences) { set(p, i) }); e != nil {
				err = e
			}
		}
		done <- err
	}
	go change(o.Ledger, func(p *model.Preferences, i int) { p.Lang = "en"; p.Chose(string(rune('a' + i))) })
	go change(other, func(p *model.Preferences, i int) {
		p.SetColumns([]string{"visit", "person", "venue"}[i%3], []string{"name"})
		p.Chose(string(rune('A' + i)))
	})
	for range 2 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	p, err := o.Preferences(ctx, o.actor)
	if err != nil || p.Lang != "en" || len(p.Columns) != 3 || len(p.Recent) != 24 {
		t.Errorf("%+v, %v", p, err)
	}
	if last := p.Recent[:2]; !strings.ContainsAny(strings.Join(last, ""), "tT") {
		t.Errorf("the latest are %v", last)
	}
}

func TestDamagedPreferencesAreFound(t *testing.T) {
	o := newOffice(t)
	if _, err := o.SavePreferences(ctx, o.actor, func(p *model.Preferences) { p.Start = "activity" }); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(o.Path())
	if err != nil {
		t.Fatal(err)
	}
	// The key stands before the value, in the one place that holds both.
	spoiled := strings.ReplaceAll(string(b), "estart\x68activity", "estart\x68actixity")
	if spoiled == string(b) {
		t.Fatal("the preference is not in the file as text")
	}
	if err := os.WriteFile(o.Path(), []byte(spoiled), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Preferences(ctx, o.actor); err == nil {
		t.Error("a damaged preference was read")
	}
	rep, err := o.Verify(ctx, nil)
	if err == nil || len(rep.Faults) != 1 || !strings.Contains(rep.Faults[0].ZH, "偏好") {
		t.Errorf("verify: %+v, %v", rep.Faults, err)
	}
}
