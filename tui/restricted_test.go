package tui

import (
	"context"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/drive"
)

// The screens show an accusation to its handler alone: list, page, history,
// search, home, form. Everybody else sees that there is one, and until when it is
// to be answered.
func TestRestrictedOnScreens(t *testing.T) {
	alongside(t)
	led := dbtest.New(t)
	boss := add(t, led, "staff", "name", "钱经办", "login", "qian", "roles", "录入")
	accused := add(t, led, "staff", "name", "被告乙", "roles", "录入")
	item := add(t, led, "catalogue", "no", "90", "class", "财务", "topic1", "月度收支", "topic2", "党费", "cadence", "月", "body_org", "和平社区", "from", "2025-01-01", "basis", "街道规定", "reviewer", boss, "approver", accused)
	issue := add(t, led, "issue", "item", item, "period", "2026-01", "body", "收支见表")
	id := add(t, led, "opinion", "date", "2026-03-05", "issue", issue, "kind", "检举控告", "topic", "其他", "content", "挪用公款QZX", "person", "检举人甲", "owner", boss, "about", accused)
	other, err := db.Open(led.Path(), db.Options{Clock: led.Now, User: func() (string, error) { return "qian", nil }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := led.Write(context.Background(), dbtest.Actor(t, led), db.RequestID{}, db.Op{Kind: db.Edit, ID: id, Values: model.Values{"note": "QZX"}}); err == nil {
		t.Error("who entered it still changes it")
	}
	for _, who := range []struct {
		led  *db.Ledger
		mine bool
	}{{led, false}, {other, true}} {
		var seen strings.Builder
		look := func(d *drive.Driver) { seen.WriteString(d.Idle().Screen() + "\n") }
		d := login(t, who.led, model.ZH, 100, 40)
		d.Expect("今日")
		look(d)
		open := func(register string) *drive.Driver {
			d.Press("ctrl+p").Type(register).Idle()
			d.Press("enter").Idle()
			return d
		}
		look(open("公开意见"))
		d.Press("enter").Expect(id)
		look(d)
		d.Press("e").Idle()
		look(d)
		d.Press("esc").Idle().Press("esc").Idle().Press("esc").Idle()
		look(d)
		text := seen.String()
		for _, secret := range []string{"挪用", "检举人甲", "QZX"} {
			if strings.Contains(text, secret) != who.mine {
				t.Errorf("%q is on the screens of the handler %v:\n%s", secret, who.mine, text)
			}
		}
		if !who.mine && (!strings.Contains(text, "检举控告（限经办人）") || !strings.Contains(text, "只有经办人能看内容")) {
			t.Errorf("not said that it is restricted, or why it cannot be changed:\n%s", text)
		}
	}
}
