package tui

import (
	"context"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// A number in full needs a reason, stands in the journal before it stands on the
// screen, and goes after 30 seconds, on the same key, and under the idle cover.
func TestRevealOnTheScreen(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	const phone, id, card = "13800000001", "11010519491231002X", "6222021234567890123"
	p := add(t, led, "person", "name", "王秀兰", "id_no", id, "phone", phone, "bank", card)
	d := login(t, led, model.EN, 80, 24)
	openRecord(d.Expect("This month"), p).Expect("138****0001").Expect("110105********002X").ExpectNot(phone)
	d.Press("v").Expect("Why see the numbers").Press("enter").Expect("please give the reason").Press("esc").ExpectNot("Why see")
	events := func() (n int) {
		list, err := led.EntriesSince(context.Background(), 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if e.Action == string(model.ActReveal) {
				n++
				if e.ID != p || e.Reason != "calling the family" || strings.Join(e.Fields, " ") != "id_no phone" {
					t.Errorf("%+v", e)
				}
			}
		}
		return n
	}
	if events() != 0 {
		t.Error("an entry without a look")
	}
	show := func(times int) {
		t.Helper()
		d.Press("ctrl+k").Expect("Why see").Type("calling the family").Press("enter").Expect(phone).Expect(id).Expect("hidden in 30 seconds").ExpectNot(card)
		if events() != times {
			t.Errorf("%d entries after %d looks", events(), times)
		}
	}
	show(1)
	clock.Set(dbtest.Start.Add(revealFor - time.Second))
	d.Expect("hidden in 1 seconds").Expect(phone)
	clock.Set(dbtest.Start.Add(revealFor))
	d.ExpectNot(phone).Expect("138****0001")
	show(2)
	d.Press("v").ExpectNot(phone)
	show(3)
	clock.Set(clock.Now().Add(lockAfter))
	d.Expect("Nobody was here").ExpectNot(phone).Press("x").Expect("138****0001").ExpectNot(phone)
	d.Press("w").Expect("Who entered, changed, looked at or exported " + p).Expect("saw in full ID number, Phone: calling the family").Expect("entered")
	d.Press("esc").Expect("History")
}

// Nothing is shown when the entry cannot be made, and a clock set back hides.
func TestRevealNeedsItsEntry(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	p := add(t, led, "person", "name", "王秀兰", "birth", "1949-12-31", "phone", "13800000001")
	venue := add(t, led, "venue", "name", "广场", "category", "室外")
	s := New(optionsFor(t, led, model.EN), testSession(t).metric).s
	d := newDetail(s.declared().Register("person"), p)
	d.update(s, d.load(s)())
	d.reveal(s)
	staff := s.actor.Staff
	second, err := led.Write(context.Background(), s.actor, db.RequestID{}, db.Op{Kind: db.Add, Register: "staff", Reason: "换届",
		Values: model.Values{"name": "管理", "login": "admin2", "roles": []string{"管理"}}})
	if err != nil {
		t.Fatal(err)
	}
	_ = second
	if _, err := led.Write(context.Background(), s.actor, db.RequestID{}, db.Op{Kind: db.Edit, ID: staff, Values: model.Values{"disabled": true}}); err != nil {
		t.Fatal(err)
	}
	msg := d.why.take("calling")().(revealedMsg)
	if msg.err == nil || len(msg.texts) > 0 {
		t.Fatalf("shown to someone disabled meanwhile: %v", msg)
	}
	d.update(s, msg)
	if d.shown.inSight(s.now()) {
		t.Error("in sight after a refusal")
	}

	v := &revealed{at: clock.Now()}
	for after, want := range map[time.Duration]bool{0: true, revealFor - 1: true, revealFor: false, -time.Second: false} {
		if v.inSight(clock.Now().Add(after)) != want {
			t.Errorf("in sight after %s: %v", after, !want)
		}
	}
	hall := newDetail(s.declared().Register("venue"), venue)
	hall.record = get(t, led, venue)
	if hall.canReveal(s) {
		t.Error("a venue has something to reveal")
	}
}
