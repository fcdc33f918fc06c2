package export

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/model"
)

// play is a year of disclosures, day by day, through the ledger: every step by
// the person whose step it is.
type play struct {
	t      testing.TB
	l      *db.Ledger
	now    time.Time
	people map[string]model.Actor
	acts   []playAct
}

type playAct struct {
	day model.Date
	do  func()
}

func (p *play) on(day model.Date, do func()) { p.acts = append(p.acts, playAct{day, do}) }

func (p *play) run() {
	slices.SortStableFunc(p.acts, func(a, b playAct) int { return a.day.Compare(b.day) })
	for _, a := range p.acts {
		p.now = time.Date(int(a.day.Year), time.Month(a.day.Month), int(a.day.Day), 9, 0, 0, 0, model.Zone)
		a.do()
	}
}

func (p *play) write(by string, op db.Op) db.Saved {
	p.t.Helper()
	res, err := p.l.Write(context.Background(), p.people[by], db.RequestID{}, op)
	if err != nil {
		p.t.Fatalf("%s, %s: %s", p.now.Format("2006-01-02"), by, model.Say(err, model.ZH))
	}
	return res.Records[0]
}

func (p *play) source() *Ledger {
	p.t.Helper()
	src, err := FromLedger(context.Background(), p.l, p.people["管"])
	if err != nil {
		p.t.Fatal(err)
	}
	return src
}

func (p *play) version(id string) int { return p.source().Record(id).Version }

func newPlay(t testing.TB) *play {
	p := &play{t: t, people: map[string]model.Actor{}, now: time.Date(2026, 1, 1, 9, 0, 0, 0, model.Zone)}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return p.now }
	path := filepath.Join(dir, "ledger.db")
	if err := db.Init(path, db.InitOptions{Name: "和平社区", Login: "demo", Clock: clock}); err != nil {
		t.Fatal(err)
	}
	l, err := db.Open(path, db.Options{Clock: clock, User: func() (string, error) { return "demo", nil }})
	if err != nil {
		t.Fatal(err)
	}
	p.l = l
	if p.people["管"], err = l.Actor(context.Background()); err != nil {
		t.Fatal(err)
	}
	for name, role := range map[string]string{"拟": "录入", "审": "审核", "监": "监督", "批": "审批"} {
		s := p.write("管", db.Op{Kind: db.Add, Register: "staff", Reason: "建账时登记", Values: model.Values{"name": name + "某", "login": fmt.Sprintf("u%x", name), "roles": []string{role}}})
		p.people[name] = model.Actor{Staff: s.ID, Login: fmt.Sprintf("u%x", name)}
	}
	return p
}

// issue plays one period of an item: written and signed on the days before it
// is posted, taken down nine days after.
func (p *play) issue(item string, supervised bool, period model.PeriodKey, posted model.Date, v model.Values) {
	id := ""
	step := func(by, key string, values model.Values) {
		p.write(by, db.Op{Kind: db.Step, ID: id, Base: p.version(id), Step: key, Values: values})
	}
	p.on(posted.AddDays(-3), func() {
		v["item"], v["period"] = model.Ref{ID: item}, period
		id = p.write("拟", db.Op{Kind: db.Add, Register: "issue", Values: v}).ID
		step("拟", "submit", nil)
	})
	p.on(posted.AddDays(-1), func() {
		step("审", "pass", model.Values{"chk_secret": true, "chk_masked": true, "chk_need": true, "chk_accurate": true})
		if supervised {
			step("监", "agree", model.Values{"sup_opinion": "经审查，同意公开。"})
		}
		step("批", "approve", nil)
	})
	p.on(posted, func() { step("拟", "post", nil) })
	p.on(posted.AddDays(9), func() {
		p.write("拟", db.Op{Kind: db.Step, ID: id, Base: p.version(id), Step: "remove", Reason: "到期"})
	})
}

// A year: six issues of Party affairs, the third posted twenty days after its
// period, which is five too late; four of neighbourhood affairs; twelve of
// accounts. The rates are worked out by hand below.
func TestYearOfDisclosures(t *testing.T) {
	p := newPlay(t)
	item := func(no int64, class, topic, cadence string) string {
		ref := func(name string) model.Ref { return model.Ref{ID: p.people[name].Staff} }
		return p.write("管", db.Op{Kind: db.Add, Register: "catalogue", Values: model.Values{"no": no, "class": class, "topic1": topic, "cadence": cadence,
			"body_org": model.Ref{Text: "和平社区"}, "from": day(1, 1), "drafter": ref("拟"), "reviewer": ref("审"), "approver": ref("批")}}).ID
	}
	party, council, accounts := item(1, "党务", "联系服务群众", "2月"), item(1, "居务", "协商成果", "季"), item(1, "财务", "工作经费收支", "月")
	for i := 1; i <= 6; i++ {
		key := model.PeriodKey(fmt.Sprintf("2026-B%d", i))
		after := 8
		if i == 3 {
			after = 20 // due on the fifteenth day
		}
		p.issue(party, false, key, key.Span().To.AddDays(after), model.Values{"body": fmt.Sprintf("走访%d户。", 20+i)})
	}
	for i := 1; i <= 4; i++ {
		key := model.PeriodKey(fmt.Sprintf("2026-Q%d", i))
		p.issue(council, true, key, key.Span().To.AddDays(8), model.Values{"body": fmt.Sprintf("召开居民代表会议%d次。", i)})
	}
	for i := 1; i <= 12; i++ {
		key := model.PeriodKey(fmt.Sprintf("2026-%02d", i))
		p.issue(accounts, true, key, key.Span().To.AddDays(8), model.Values{"finance": []model.Row{{"kind": "收", "item": "街道拨付", "amount": model.Money(300000 + i)}}})
	}
	// Two opinions, one answered after its five days.
	p.on(day(5, 12), func() {
		for _, answered := range []int{3, 9} {
			p.write("拟", db.Op{Kind: db.Add, Register: "opinion", Values: model.Values{"date": day(5, 10).AddDays(-8), "issue": model.Ref{ID: "D-2026-0001"}, "content": "字太小",
				"topic": "其他", "answer": "已改大", "answered_on": day(5, 2).AddDays(answered)}})
		}
	})

	look := func(on model.Date, want string) *model.Board {
		b, err := Board(p.source(), model.YearOf(day(1, 1)), on)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		rates := b.Rates()
		for _, class := range []string{"党务", "居务", "财务"} {
			if r := rates[class]; r != nil {
				got = append(got, fmt.Sprintf("%s %d %d %d %s", class, r.Expected, r.Posted, r.OnTime, r.OnTimePercent()))
			}
		}
		if text := strings.Join(got, "; "); text != want {
			t.Errorf("on %s: %s, want %s", on, text, want)
		}
		return b
	}
	state := func(b *model.Board, class, period string) *model.Slot {
		for _, s := range b.Slots() {
			if model.CatalogueClass.Of(s.Item) == class && string(s.Period) == period {
				return s
			}
		}
		t.Fatalf("no %s %s", class, period)
		return nil
	}
	looked := 0
	p.on(day(7, 10), func() { // B3 is due on the 15th: it counts nowhere yet
		b := look(day(7, 10), "党务 2 2 2 100.0%; 居务 2 2 2 100.0%; 财务 6 6 6 100.0%")
		if s := state(b, "党务", "2026-B3"); s.State != model.IssueNotStarted || s.DaysLeft(b.On) != 5 || s.Last == nil || model.IssuePeriod.Of(s.Last) != "2026-B2" {
			t.Errorf("B3: %+v", s)
		}
		if s := state(b, "居务", "2026-Q2"); s.State != model.IssuePosted {
			t.Errorf("Q2: %+v", s)
		}
		looked++
	})
	p.on(day(7, 18), func() { // three days overdue, in the approver's hands since the 17th
		b := look(day(7, 18), "党务 3 2 2 66.7%; 居务 2 2 2 100.0%; 财务 6 6 6 100.0%")
		s := state(b, "党务", "2026-B3")
		if !s.Overdue(b.On) || model.SlotNotice(s, b.On).ZH != "!逾期3天" || s.State != model.IssueToReview || b.Rows[0].Item.ID != party || b.Todo()[0] != s {
			t.Errorf("B3: %+v, first %s", s, b.Rows[0].Item.ID)
		}
		looked++
	})
	p.on(model.NewDate(2027, 2, 1), func() { // the year: 5 of 6 in time, 4 of 4, 12 of 12
		b := look(model.NewDate(2027, 2, 1), "党务 6 6 5 83.3%; 居务 4 4 4 100.0%; 财务 12 12 12 100.0%")
		if s := state(b, "党务", "2026-B3"); s.OnTime() || model.SlotNotice(s, b.On).ZH != "晚5天" || s.State != model.IssueTakenDown {
			t.Errorf("B3: %+v", s)
		}
		if len(b.Slots()) != 22 || len(b.Todo()) != 0 {
			t.Errorf("%d slots, %d to do", len(b.Slots()), len(b.Todo()))
		}
		fig, err := Figures(p.source(), model.YearOf(day(1, 1)))
		if err != nil {
			t.Fatal(err)
		}
		d := fig.Disclosure
		if r := d.Rates["党务"]; r.Expected != 6 || r.Posted != 6 || r.OnTime != 5 || r.Rate != "83.3%" {
			t.Errorf("figures: %+v", r)
		}
		if d.Opinions != (model.OpinionFigures{Received: 2, Answered: 2, OnTime: 1, Rate: "100.0%"}) {
			t.Errorf("opinions: %+v", d.Opinions)
		}
		looked++
	})
	p.run()
	if looked != 3 {
		t.Errorf("looked %d times", looked)
	}
}
