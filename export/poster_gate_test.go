package export

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// board is an office whose disclosures go through all hands.
type board struct {
	*testing.T
	path  string
	clock *dbtest.Clock
}

func newBoard(t *testing.T) *board {
	l := dbtest.New(t)
	b := &board{T: t, path: l.Path(), clock: dbtest.NewClock(l.Now())}
	dbtest.NewChain(t, b.path, dbtest.Login, b.clock)
	return b
}

// as opens the ledger as somebody else.
func (b *board) as(login string) (*db.Ledger, model.Actor) {
	b.Helper()
	l, err := db.Open(b.path, db.Options{Clock: b.clock.Now, User: func() (string, error) { return login, nil }})
	if err != nil {
		b.Fatal(err)
	}
	return l, dbtest.Actor(b, l)
}

func (b *board) write(login string, op db.Op) (string, error) {
	l, a := b.as(login)
	res, err := l.Write(context.Background(), a, db.RequestID{}, op)
	if err != nil {
		return "", err
	}
	return res.Records[0].ID, nil
}

func (b *board) must(login string, op db.Op) string {
	b.Helper()
	id, err := b.write(login, op)
	if err != nil {
		b.Fatalf("%s %s: %s", login, op.Step, model.Say(err, model.ZH))
	}
	return id
}

// step takes a step on what stands there now.
func (b *board) step(login, id, step, reason string) {
	b.Helper()
	values := map[string]model.Values{"pass": {"chk_secret": true, "chk_masked": true, "chk_need": true, "chk_accurate": true}, "agree": {"sup_opinion": "同意公开"}}[step]
	l, _ := b.as(login)
	r, err := l.Get(context.Background(), id)
	if err != nil {
		b.Fatal(err)
	}
	b.must(login, db.Op{Kind: db.Step, ID: id, Base: r.Version, Step: step, Values: values, Reason: reason})
}

// poster writes the poster of an issue as somebody and returns what it says.
func (b *board) poster(login, id string, f Format, reasons ...string) (string, error) {
	b.Helper()
	l, a := b.as(login)
	src, err := FromLedger(context.Background(), l, a)
	if err != nil {
		b.Fatal(err)
	}
	r := src.Record(id)
	path := filepath.Join(b.TempDir(), "poster."+string(f))
	file, err := Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Abort()
	if _, err := WritePoster(file, src, PosterJob{Issue: r, Format: f}); err != nil {
		b.Fatal(err)
	}
	err = Send(context.Background(), l, src, file, Slip{Register: r.Register, ID: id, Of: r, Audience: model.Public, Template: TemplateSheet, Rows: 1, Overrides: reasons})
	text, _ := os.ReadFile(path)
	return string(text), err
}

// Whoever wrote a text lets nothing in it stand, in a file as in a step. What its
// approval let stand anybody who writes files may print, as long as it is what
// was approved.
func TestPosterFollowsTheApproval(t *testing.T) {
	b := newBoard(t)
	l, admin := b.as(dbtest.Login)
	staff := func(name, login string, roles ...string) {
		if _, err := l.Write(context.Background(), admin, db.RequestID{}, db.Op{Kind: db.Add, Register: "staff", Reason: "换届", Values: model.Values{"name": name, "login": login, "roles": roles}}); err != nil {
			t.Fatal(err)
		}
		got, _ := l.List(context.Background(), db.Query{Register: "staff", Where: []db.Cond{{Field: "login", Values: []any{login}}}})
		dbtest.Confirm(t, b.path, "guan", got[0].ID, b.clock)
	}
	staff("录批", "both", "录入", "审批")
	staff("审批二", "pi2", "审批")
	staff("录入二", "lu", "录入")
	items, err := l.List(context.Background(), db.Query{Register: "catalogue"})
	if err != nil || len(items) == 0 {
		t.Fatal(err)
	}
	values := model.Values{"item": model.Ref{ID: items[0].ID}, "period": model.PeriodKey("2031-05"), "body": "报名请拨打13987654321。"}
	id := b.must("both", db.Op{Kind: db.Add, Register: "issue", Values: values})
	why := "报名专用电话，经本人同意公开"
	var blocked *Blocked
	if _, err := b.poster("both", id, HTML, why); !errors.As(err, &blocked) || !strings.Contains(blocked.Words.ZH, "不能审批它") || blocked.Asks {
		t.Errorf("who wrote it lets her own file pass: %v", err)
	}
	if _, err := b.poster("lu", id, HTML); !errors.As(err, &blocked) || blocked.Asks {
		t.Errorf("a clerk: %v", err)
	}
	if _, err := b.poster("pi2", id, HTML); !errors.As(err, &blocked) || !blocked.Asks {
		t.Errorf("another approver is not asked: %v", err)
	}
	if text, err := b.poster("pi2", id, HTML, why); err != nil || !strings.Contains(text, "13987654321") {
		t.Errorf("another approver: %v", err)
	}
	b.step("both", id, "submit", "")
	b.step("shen", id, "pass", why)
	if r, _ := l.Get(context.Background(), id); model.IssueState.Of(r) == model.IssueToSupervise {
		b.step("jian", id, "agree", "")
	}
	b.step("pi2", id, "approve", why)
	for _, f := range []Format{HTML, Text} {
		for _, who := range []string{"lu", "both", "ni"} {
			if text, err := b.poster(who, id, f); err != nil || !strings.Contains(text, "13987654321") {
				t.Errorf("approved, and not written by %s: %v", who, err)
			}
		}
	}
	entries, err := l.EntriesSince(context.Background(), 0, 1<<20)
	if last := entries[len(entries)-1]; err != nil || last.Action != "export" || !strings.Contains(last.Reason, "approved=手机号") || strings.Contains(last.Reason, "1398765") {
		t.Errorf("the log: %+v", last)
	}
	// Something else on file meanwhile: the name of the sponsor, or another text.
	b.must("lu", db.Op{Kind: db.Add, Register: "person", Values: model.Values{"name": "召开会", "birth": model.NewDate(1958, 5, 1), "no_id_reason": "未带证件"}})
	b.step("pi2", id, "return", "内容有误需要处理")
	b.must("both", db.Op{Kind: db.Edit, ID: id, Values: model.Values{"body": "报名请拨打13987654322。"}})
	if _, err := b.poster("lu", id, HTML); !errors.As(err, &blocked) {
		t.Errorf("changed since, and written: %v", err)
	}
}

// What members of the Party read may name members. Everything else that is
// personal is refused there too, beside their names above all.
func TestPosterForMembers(t *testing.T) {
	b := newBoard(t)
	person := func(name, politics string, birth model.Date) {
		v := model.Values{"name": name, "politics": politics, "birth": birth, "no_id_reason": "未带证件"}
		if name == "王志国" {
			v["phone"] = "13812345678"
		}
		b.must("ni", db.Op{Kind: db.Add, Register: "person", Values: v})
	}
	person("王志国", "中共党员", model.NewDate(1958, 5, 1))
	person("李长河", "预备党员", model.NewDate(1990, 5, 1))
	person("赵慧敏", "群众", model.NewDate(1970, 5, 1))
	person("孙小满", "群众", model.NewDate(2022, 5, 1))
	l, _ := b.as(dbtest.Login)
	items, err := l.List(context.Background(), db.Query{Register: "catalogue"})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		scope, body string
		found       string // kinds, in their order
	}{
		{"党内", "参会党员王志国、李长河。", ""},
		{"本支部", "参会党员王志国。", ""},
		{"社会", "参会党员王志国。", "登记在册的姓名"},
		{"特定群众", "参会党员王志国。", "登记在册的姓名"},
		{"党内", "列席群众赵慧敏。", "登记在册的姓名"},
		{"党内", "王志国，电话13812345678。", "手机号"},
		{"党内", "王志国，身份证11010519491231002X。", "身份证号"},
		{"党内", "王志国患糖尿病，给予慰问。", "疾病或残疾"},
		{"党内", "慰问王志国（糖尿病）。", "疾病或残疾"},
		{"党内", "王志国之孙孙小满。", "未成年人信息"},
	} {
		id := b.must("ni", db.Op{Kind: db.Add, Register: "issue", Values: model.Values{"item": model.Ref{ID: items[0].ID}, "scope": c.scope,
			"period": model.PeriodKey([]string{"2031-01", "2031-02", "2031-03", "2031-04", "2031-05", "2031-06", "2031-07", "2031-08", "2031-09", "2031-10"}[i]), "body": c.body}})
		_, err := b.poster("pi", id, HTML)
		var blocked *Blocked
		var kinds []string
		if errors.As(err, &blocked) {
			for _, f := range blocked.Found {
				kinds = append(kinds, f.Kind.Words().ZH)
			}
		} else if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(kinds, " "); got != c.found {
			t.Errorf("%s %q: found %q, want %q", c.scope, c.body, got, c.found)
		}
	}
}
