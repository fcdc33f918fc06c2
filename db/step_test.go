package db_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/model"
)

func init() { jobs["approve"] = jobApprove }

// chain is an office with people for every step and an item in force.
type chain struct {
	*office
	people map[string]model.Actor
	item   string
}

// newChain begins on 1 April 2026 with an item of neighbourhood affairs, so that
// the first quarter is history and the second is not.
func newChain(t testing.TB, mode model.Office) *chain {
	o := newOffice(t)
	o.clock.Set(time.Date(2026, 4, 1, 2, 0, 0, 0, time.UTC))
	c := &chain{office: o, people: map[string]model.Actor{"管": o.actor}}
	for i, p := range []struct{ name, role string }{{"拟", "录入"}, {"编", "录入"}, {"审", "审核"}, {"审二", "审核"}, {"批", "审批"}, {"批二", "审批"}, {"监", "监督"}, {"看", "查看"}, {"全", "录入 审核 审批 监督"}} {
		res := o.must(db.Op{Kind: db.Add, Register: "staff", Reason: "建账时登记", Values: model.Values{"name": p.name, "login": fmt.Sprint("u", i), "roles": strings.Fields(p.role)}})
		c.people[p.name] = model.Actor{Staff: res.Records[0].ID, Login: fmt.Sprint("u", i)}
	}
	ref := func(name string) model.Ref { return model.Ref{ID: c.people[name].Staff} }
	c.item = o.add("catalogue", model.Values{"no": int64(3), "class": "居务", "topic1": "协商成果", "body_org": model.Ref{Text: "居委会"}, "cadence": "季",
		"drafter": ref("拟"), "reviewer": ref("审"), "approver": ref("批")})
	if mode != model.OfficeThree {
		if _, err := o.SaveSettings(ctx, o.actor, db.SettingsChange{Custom: model.Custom{Office: mode}}); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func (c *chain) issue(by string) string { return c.issueOf(by, "2026-Q2") }

func (c *chain) issueOf(by string, period model.PeriodKey) string {
	c.t.Helper()
	res, err := c.Write(ctx, c.people[by], db.RequestID{}, db.Op{Kind: db.Add, Register: "issue",
		Values: model.Values{"item": model.Ref{ID: c.item}, "period": period, "body": "本季度召开居民代表会议2次。"}})
	if err != nil {
		c.t.Fatal(err)
	}
	return res.Records[0].ID
}

var ticks = model.Values{"chk_secret": true, "chk_masked": true, "chk_need": true, "chk_accurate": true}

// given is what a step needs to be given.
func given(step string) (model.Values, string) {
	switch step {
	case "pass":
		return ticks, ""
	case "agree":
		return model.Values{"sup_opinion": "经审查，同意公开。"}, ""
	case "archive":
		return model.Values{"archive_no": "GK-1"}, ""
	case "return", "escalate", "repost", "correct", "void", "nochange", "remove":
		return nil, "因为内容有误需要处理"
	}
	return nil, ""
}

func (c *chain) step(by, id, step string) (db.Saved, error) {
	v, reason := given(step)
	res, err := c.Write(ctx, c.people[by], db.RequestID{}, db.Op{Kind: db.Step, ID: id, Base: c.get(id).Version, Step: step, Values: v, Reason: reason})
	if err != nil {
		return db.Saved{}, err
	}
	return res.Records[0], nil
}

func (c *chain) go_(id string, way ...string) {
	c.t.Helper()
	for i := 0; i < len(way); i += 2 {
		if _, err := c.step(way[i], id, way[i+1]); err != nil {
			c.t.Fatalf("%s %s: %s", way[i], way[i+1], model.Say(err, model.ZH))
		}
	}
}

// no expects a refusal with a code and a word of the sentence.
func (c *chain) no(code int, says, by, id, step string) {
	c.t.Helper()
	was := c.get(id).Version
	_, err := c.step(by, id, step)
	if db.ExitCode(err) != code || !strings.Contains(model.Say(err, model.ZH), says) {
		c.t.Errorf("%s %s: code %d, %v; want %d, %q", by, step, db.ExitCode(err), err, code, says)
	}
	if c.get(id).Version != was {
		c.t.Errorf("%s %s was refused and stored", by, step)
	}
}

func (c *chain) stateOf(id string) string { return model.IssueState.Of(c.get(id)) }

var wholeWay = []string{"拟", "submit", "审", "pass", "监", "agree", "批", "approve", "拟", "post"}

// The whole way of a disclosure, with everyone who may not on the way.
func TestWholeWayOfADisclosure(t *testing.T) {
	c := newChain(t, model.OfficeThree)
	id := c.issue("拟")
	c.no(db.ExitDenied, "审核权限", "拟", id, "pass")
	c.no(db.ExitDenied, "只有拟稿人", "编", id, "submit")
	c.no(db.ExitDenied, "录入", "看", id, "submit")
	c.go_(id, "拟", "submit")
	c.no(db.ExitConflict, "待审核", "拟", id, "submit")
	if _, err := c.Write(ctx, c.people["审"], db.RequestID{}, db.Op{Kind: db.Step, ID: id, Base: 2, Step: "pass", Values: model.Values{"chk_secret": true}}); err == nil || db.ExitCode(err) == db.ExitDenied {
		t.Errorf("three boxes missing: %v", err)
	}
	if _, err := c.Write(ctx, c.people["审"], db.RequestID{}, db.Op{Kind: db.Step, ID: id, Step: "pass", Values: ticks}); db.ExitCode(err) != db.ExitUsage {
		t.Errorf("without a version: %v", err)
	}
	c.go_(id, "审", "pass")
	c.no(db.ExitConflict, "待居监委", "批", id, "approve")
	c.no(db.ExitDenied, "监督", "批", id, "agree")
	c.go_(id, "监", "agree")
	c.no(db.ExitDenied, "审批权限", "审", id, "approve")
	c.go_(id, "批", "escalate")
	_, err := c.step("批", id, "approve")
	if db.ExitCode(err) != db.ExitUsage || !strings.Contains(model.Say(err, model.ZH), "上级") {
		t.Errorf("approved without the answer from above: %v", err)
	}
	res, err := c.Write(ctx, c.people["批"], db.RequestID{}, db.Op{Kind: db.Step, ID: id, Base: c.get(id).Version, Step: "approve", Reason: "街道同意"})
	if err != nil {
		t.Fatal(err)
	}
	r := c.get(id)
	if sum := model.IssueSHA256.Of(r); len(sum) != 64 {
		t.Errorf("hash %q", sum)
	}
	c.go_(id, "编", "post")
	r = c.get(id)
	if got := model.IssueUpUntil.Of(r); got != model.NewDate(2026, 4, 8) {
		t.Errorf("up until %s", got)
	}
	hist := 0
	for _, row := range model.IssueSignatures.Of(r) {
		if row["sha256"] != model.IssueSHA256.Of(r) || row["at"] != "10:00" {
			t.Errorf("signed %v", row)
		}
		hist++
	}
	if hist != 6 {
		t.Errorf("%d signatures", hist)
	}
	e, _, err := func() (e db.Entry, ok bool, err error) {
		err = c.View(ctx, func(s *db.Snapshot) error { e, ok, err = s.Entry(res.Seq); return err })
		return e, ok, err
	}()
	if err != nil || e.Action != "approve" || e.Reason != "街道同意" || e.By != c.people["批"].Staff {
		t.Errorf("journal %+v %v", e, err)
	}

	// Nothing of it can be changed, deleted, undone; it is corrected.
	for name, op := range map[string]db.Op{
		"edit":   editOp(id, model.Values{"body": "改"}),
		"state":  editOp(id, model.Values{"state": "草稿"}),
		"delete": {Kind: db.Delete, ID: id},
		"void":   {Kind: db.Void, ID: id, Reason: "错"},
	} {
		if _, err := c.Write(ctx, c.people["拟"], db.RequestID{}, op); err == nil {
			t.Errorf("%s of what is posted", name)
		}
	}
	if _, err := c.Undo(ctx, c.people["编"]); err == nil {
		t.Error("posting was undone")
	}
	saved, err := c.step("编", id, "correct")
	if err != nil || len(saved.Also) != 1 {
		t.Fatal(saved, err)
	}
	next := c.get(saved.Also[0])
	if c.stateOf(id) != model.IssueSuperseded || c.get(id).Get("body") != "本季度召开居民代表会议2次。" || model.IssueState.Of(next) != model.IssueDraft ||
		model.IssueCorrects.Of(next).ID != id || model.IssueVersion.Of(next) != 2 || model.IssueKind.Of(next) != "更正" || model.IssueCorrection.Of(next) == "" {
		t.Errorf("%v\n%v", c.get(id).Values, next.Values)
	}
	c.no(db.ExitConflict, "已由", "编", id, "correct")
	c.go_(next.ID, "编", "submit")
	c.no(db.ExitConflict, "待审核", "批", next.ID, "approve")
	c.go_(next.ID, "审", "pass", "监", "agree", "批", "approve", "编", "post", "编", "remove", "编", "repost", "编", "remove", "编", "archive")
	c.verify()
}

// Whoever wrote any version neither reviews nor agrees nor approves, also when
// she has all the roles, and through every way in.
func TestAuthorsDoNotApprove(t *testing.T) {
	c := newChain(t, model.OfficeThree)
	id := c.issue("拟")
	if _, err := c.Write(ctx, c.people["全"], db.RequestID{}, editOp(id, model.Values{"title": "协商成果落实"})); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Write(ctx, c.people["拟"], db.RequestID{}, editOp(id, model.Values{"title": "协商成果"})); err != nil {
		t.Fatal(err)
	}
	c.go_(id, "拟", "submit")
	c.no(db.ExitDenied, "您拟过或改过", "全", id, "pass")
	c.go_(id, "审", "pass")
	c.no(db.ExitDenied, "您拟过或改过", "全", id, "agree")
	c.go_(id, "监", "agree")
	c.no(db.ExitDenied, "您拟过或改过", "全", id, "approve")
	for _, v := range []model.Values{{"authors": nil}, {"signatures": nil}, {"sha256": strings.Repeat("0", 64)}, {"state": model.IssuePosted}, {"approved": c.get(id).Get("drafted")}} {
		_, err := c.Write(ctx, c.people["全"], db.RequestID{}, editOp(id, v))
		r := c.get(id)
		if err == nil && (model.IssueState.Of(r) != model.IssueToApprove || len(model.IssueAuthors.Of(r)) != 2) {
			t.Errorf("%v: %v", v, r.Values)
		}
	}
	// The reviewer of one text does not approve it either.
	if _, err := c.Write(ctx, c.people["管"], db.RequestID{}, db.Op{Kind: db.Edit, ID: c.people["审"].Staff, Reason: "两项权限", Values: model.Values{"roles": []string{"审核", "审批"}}}); err != nil {
		t.Fatal(err)
	}
	c.no(db.ExitDenied, "您审核过", "审", id, "approve")
	// A right that is taken away is gone at once.
	c.must(editOp(c.people["批"].Staff, model.Values{"roles": []string{"录入"}}))
	c.no(db.ExitDenied, "审批权限", "批", id, "approve")
	c.go_(id, "批二", "approve")
}

// A change voids what was signed; one of the catalogue too.
func TestAnyChangeVoidsTheApproval(t *testing.T) {
	c := newChain(t, model.OfficeThree)
	id := c.issue("拟")
	for n := 2; n <= len(wholeWay)-2; n += 2 {
		c.go_(id, wholeWay[:n]...)
		if _, err := c.Write(ctx, c.people["编"], db.RequestID{}, editOp(id, model.Values{"body": fmt.Sprintf("召开会议%d次。", n)})); err != nil {
			t.Fatal(err)
		}
		r := c.get(id)
		for _, key := range []string{"reviewed", "supervised", "approved", "sha256", "chk_need", "sup_opinion"} {
			if r.Get(key) != nil {
				t.Errorf("after %s: %s is still %v", wholeWay[n-1], key, r.Get(key))
			}
		}
		if model.IssueState.Of(r) != model.IssueDraft {
			t.Errorf("after %s: %s", wholeWay[n-1], model.IssueState.Of(r))
		}
		if n == 4 { // the change is taken back: so are the signatures
			if _, err := c.Undo(ctx, c.people["编"]); err != nil {
				t.Fatal(err)
			}
			if r := c.get(id); model.IssueState.Of(r) != model.IssueToSupervise || r.Get("reviewed") == nil {
				t.Errorf("undone: %v", r.Values)
			}
			if _, err := c.Redo(ctx, c.people["编"]); err == nil {
				t.Error("a redo voided signatures again")
			}
			c.go_(id, "监", "return") // to begin again
		}
	}
	c.go_(id, wholeWay[:8]...)
	c.must(db.Op{Kind: db.Edit, ID: c.item, Values: model.Values{"topic1": "协商", "topic2": "协商成果及落实"}, Reason: "改名"})
	c.no(db.ExitConflict, "不是一个字不差", "编", id, "post")
	c.go_(id, "批", "return", "拟", "submit", "审", "pass", "监", "agree", "批", "approve", "编", "post")
	// An internal remark is no part of the text.
	if _, err := c.Write(ctx, c.people["编"], db.RequestID{}, editOp(id, model.Values{"photo_no": "ZP-1", "note": "贴在东门"})); err != nil {
		t.Error(err)
	}
}

// A step is undone by who took it as long as nothing followed, and not done
// again by a redo.
func TestUndoOfASign(t *testing.T) {
	c := newChain(t, model.OfficeThree)
	id := c.issue("拟")
	c.go_(id, "拟", "submit", "审", "pass")
	if _, err := c.Undo(ctx, c.people["拟"]); db.ExitCode(err) != db.ExitConflict {
		t.Errorf("submitting was undone after the review: %v", err)
	}
	if _, err := c.Undo(ctx, c.people["审"]); err != nil {
		t.Fatal(err)
	}
	if c.stateOf(id) != model.IssueToReview {
		t.Error(c.stateOf(id))
	}
	if _, err := c.Redo(ctx, c.people["审"]); err == nil || !strings.Contains(model.Say(err, model.ZH), "重新办理") {
		t.Errorf("redone: %v", err)
	}
	c.verify()
}

// Offices of two and of one.
func TestSmallOffices(t *testing.T) {
	two := newChain(t, model.OfficeTwo)
	id := two.issue("全")
	two.go_(id, "全", "submit", "全", "pass", "全", "agree")
	two.no(db.ExitDenied, "您是这一期的拟稿人", "全", id, "approve")
	two.go_(id, "批", "approve", "批", "post")

	one := newChain(t, model.OfficeOne)
	id = one.issue("全")
	one.go_(id, "全", "submit")
	one.no(db.ExitUsage, "至少10个字", "全", id, "pass")
	override := func(step string, v model.Values) {
		t.Helper()
		_, err := one.Write(ctx, one.people["全"], db.RequestID{}, db.Op{Kind: db.Step, ID: id, Base: one.get(id).Version, Step: step, Values: v, Reason: "本社区只有一名工作人员在岗"})
		if err != nil {
			t.Fatal(step, err)
		}
	}
	override("pass", ticks)
	override("agree", model.Values{"sup_opinion": "同意"})
	override("approve", nil)
	if got := model.IssueOverride.Of(one.get(id)); got != "本社区只有一名工作人员在岗" {
		t.Errorf("override %q", got)
	}
	one.go_(id, "全", "post")
}

// What was over before its item was entered here is copied from paper; nothing
// else is, and nothing signed on paper slips into a later period.
func TestHistoryFromPaper(t *testing.T) {
	c := newChain(t, model.OfficeThree)
	by := func(name string) []model.Row {
		return []model.Row{{"by": model.Ref{ID: c.people[name].Staff}, "on": model.NewDate(2026, 3, 20)}}
	}
	paper := func(period string) model.Values {
		v := model.Values{"item": model.Ref{ID: c.item}, "period": model.PeriodKey(period), "body": "略", "state": model.IssuePosted,
			"drafted": by("拟"), "reviewed": by("审"), "approved": by("批"), "posted": by("拟")}
		for k, x := range ticks {
			v[k] = x
		}
		return v
	}
	if _, err := c.write(db.Op{Kind: db.Add, Register: "issue", Values: paper("2026-Q2")}); err == nil {
		t.Error("this quarter's was entered as if from paper")
	}
	id := c.add("issue", paper("2026-Q1"))
	c.must(editOp(id, model.Values{"photo_no": "1", "body": "抄错了一个字"}))
	if _, err := c.write(editOp(id, model.Values{"period": model.PeriodKey("2026-Q2")})); err == nil {
		t.Error("what was signed on paper moved into this quarter")
	}
	now := c.issue("拟")
	if _, err := c.Write(ctx, c.people["拟"], db.RequestID{}, editOp(now, model.Values{"period": model.PeriodKey("2026-Q1"), "state": model.IssuePosted})); err == nil {
		t.Error("this quarter's became one from paper")
	}
	c.must(db.Op{Kind: db.Step, ID: id, Step: "remove", Reason: "到期"})
	if c.stateOf(id) != model.IssueTakenDown {
		t.Error(c.stateOf(id))
	}
	if _, err := c.write(editOp(id, model.Values{"body": "改"})); err == nil {
		t.Error("it went through a step here and was changed")
	}
}

// Random histories: whatever people try in whatever order, no posted issue has
// an author among those who reviewed, agreed or approved, none differs from the
// text that was approved, and each has its signatures in order.
func TestRandomHistoriesOfDisclosures(t *testing.T) {
	rounds := 40
	if os.Getenv("TAIZHANG_LONG") != "" {
		rounds = 400
	}
	steps := []string{"submit", "submit", "pass", "pass", "agree", "agree", "approve", "approve", "post", "post", "return", "nochange", "remove", "repost", "correct", "archive", "void", "escalate"}
	for _, mode := range []model.Office{model.OfficeThree, model.OfficeTwo, model.OfficeOne} {
		seed := rand.Uint64()
		rng := rand.New(rand.NewPCG(seed, 1))
		c := newChain(t, mode)
		var names []string
		for name := range c.people {
			names = append(names, name)
		}
		slices.Sort(names)
		ids := []string{c.issue("拟"), c.issue("全")}
		taken, posted := 0, 0
		for range rounds * 8 {
			if rng.IntN(12) == 0 {
				ids = append(ids[max(0, len(ids)-9):], c.issue([]string{"拟", "编", "全"}[rng.IntN(3)]))
			}
			who, id := names[rng.IntN(len(names))], ids[rng.IntN(len(ids))]
			op := db.Op{Kind: db.Step, ID: id, Base: c.get(id).Version, Step: steps[rng.IntN(len(steps))]}
			if next := onward[c.stateOf(id)]; next != "" && rng.IntN(3) > 0 {
				op.Step = next // else hardly anything comes to its end
			}
			op.Values, op.Reason = given(op.Step)
			if op.Reason == "" {
				op.Reason = "一人在岗，由本人办理这一步"
			}
			switch rng.IntN(40) {
			case 0:
				op = editOp(id, model.Values{"body": fmt.Sprintf("第%d次改。", rng.IntN(1000))})
			case 1:
				op = editOp(id, model.Values{"state": model.IssuePosted, "posted": c.get(id).Get("drafted")})
			case 2:
				op = db.Op{Kind: db.Edit, ID: c.item, Values: model.Values{"topic1": fmt.Sprintf("协商%d", rng.IntN(3))}}
			case 3:
				_, _ = c.Undo(ctx, c.people[who])
				continue
			case 4:
				_, _ = c.Redo(ctx, c.people[who])
				continue
			}
			before := c.get(id)
			res, err := c.Write(ctx, c.people[who], db.RequestID{}, op)
			for n := 0; err != nil && n < len(names) && op.Kind == db.Step && op.Step == onward[model.IssueState.Of(before)]; n++ { // whoever can
				who = names[(n+rng.IntN(len(names)))%len(names)]
				res, err = c.Write(ctx, c.people[who], db.RequestID{}, op)
			}
			if err != nil {
				continue
			}
			taken++
			ids = append(ids, res.Records[0].Also...)
			r := c.get(id)
			if op.Step == "post" || op.Step == "repost" {
				posted++
				c.mustBeLawful(r, mode, seed)
			}
			if was := model.IssueState.Of(before); before.Get("posted") != nil && r.Get("body") != before.Get("body") {
				t.Fatalf("seed %d: %s changed its text while %s", seed, id, was)
			}
		}
		if taken < rounds || posted == 0 {
			t.Errorf("%s, seed %d: only %d of %d steps, %d posted", mode, seed, taken, rounds*8, posted)
		}
		c.verify()
	}
}

// onward is the step that leads on from a state.
var onward = map[string]string{model.IssueDraft: "submit", model.IssueReturned: "submit", model.IssueToReview: "pass", model.IssueToSupervise: "agree",
	model.IssueToApprove: "approve", model.IssueToPost: "post", model.IssuePosted: "correct"}

// mustBeLawful looks through the whole history of a posted issue, which the
// program itself never does.
func (c *chain) mustBeLawful(r *model.Record, mode model.Office, seed uint64) {
	c.t.Helper()
	wrote := map[string]bool{}
	hist, err := c.History(ctx, r.ID)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, h := range hist {
		if slices.Contains([]string{"add", "edit", "nochange"}, h.Entry.Action) {
			wrote[h.Entry.By] = true
		}
	}
	by := func(key string) string { ref, _ := model.One(r.Get(key))["by"].(model.Ref); return ref.ID }
	if mode == model.OfficeThree {
		for _, key := range []string{"reviewed", "supervised", "approved"} {
			if by(key) == "" || wrote[by(key)] {
				c.t.Fatalf("seed %d: %s of %s is by %q, written by %v", seed, key, r.ID, by(key), wrote)
			}
		}
		if by("reviewed") == by("approved") {
			c.t.Fatalf("seed %d: reviewed and approved by the same", seed)
		}
	}
	if mode != model.OfficeOne && by("approved") == by("drafted") {
		c.t.Fatalf("seed %d: approved by the drafter", seed)
	}
	var sum string
	err = c.View(ctx, func(s *db.Snapshot) error {
		sum = model.SheetSum(r, &model.Context{Schema: s.Schema(), Book: s, Now: c.clock.Now()})
		return nil
	})
	if err != nil || sum != model.IssueSHA256.Of(r) {
		c.t.Fatalf("seed %d: %s is posted with another text than approved", seed, r.ID)
	}
	at := -1 // the last round's signatures stand in their order, all on this text
	want := []string{"submit", "pass", "agree", "approve", "post"}
	signs := model.IssueSignatures.Of(r)
	for _, step := range want {
		found := -1
		for i, row := range signs {
			if row["step"] == step && row["sha256"] == sum {
				found = i
			}
		}
		if step == "post" && found < 0 || step != "post" && found <= at {
			c.t.Fatalf("seed %d: %s is out of order in %v", seed, step, signs)
		}
		at = found
	}
}

// jobApprove approves, in a process of its own, every version it sees.
func jobApprove() int {
	l, err := db.Open(os.Getenv("DBTEST_LEDGER"), db.Options{User: func() (string, error) { return os.Getenv("DBTEST_USER"), nil }})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	a, err := l.Actor(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	id := os.Getenv("DBTEST_ID")
	for range 40 {
		r, err := l.Get(ctx, id)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		_, err = l.Write(ctx, a, db.RequestID{}, db.Op{Kind: db.Step, ID: id, Base: r.Version, Step: "approve"})
		var e *model.StepError
		if err == nil {
			fmt.Println("approved", r.Version, r.Get("body"))
			return 0
		}
		if c := new(db.Conflict); !errors.As(err, &c) && !errors.As(err, &e) {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		time.Sleep(2 * time.Millisecond)
	}
	return 0
}

// One process approves while this one edits: either the approval stands on
// exactly the text that is there, or it is void.
func TestApproveAndEditAtOnce(t *testing.T) {
	for range 4 {
		c := newChain(t, model.OfficeThree)
		id := c.issue("拟")
		c.go_(id, wholeWay[:6]...)
		cmd := child(t, "approve", c.Path())
		cmd.Env = append(cmd.Env, "DBTEST_USER="+c.people["批"].Login, "DBTEST_ID="+id)
		out := make(chan []byte, 1)
		go func(cmd *exec.Cmd) { b, _ := cmd.Output(); out <- b }(cmd)
		time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
		if _, err := c.Write(ctx, c.people["编"], db.RequestID{}, editOp(id, model.Values{"body": "改过的内容。"})); err != nil {
			t.Fatal(err)
		}
		said := string(<-out)
		r := c.get(id)
		if model.IssueState.Of(r) != model.IssueDraft || r.Get("approved") != nil || model.IssueSHA256.Has(r) {
			t.Errorf("%q: %v", said, r.Values)
		}
		if strings.Contains(said, "改过的内容") {
			t.Errorf("approved without a review: %q", said)
		}
		c.verify()
	}
}
