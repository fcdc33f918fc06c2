package dbtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// Chain is a ledger with one disclosure in every state of its approval, made by
// people other than who the test acts as.
type Chain struct {
	Issues map[string]string // ids by state

	t     testing.TB
	path  string
	clock *Clock
	staff map[string]string // ids by login
}

// StepRoles are the rows of the matrix.
var StepRoles = []model.Role{model.Viewer, model.Clerk, model.Reviewer, model.Approver, model.Finance, model.Supervisor, model.Administrator}

// chainStates lead to each other by these steps; who takes them is named by login.
var chainStates = []struct {
	state string
	way   []string
}{
	{model.IssueDraft, nil},
	{model.IssueToReview, []string{"submit"}},
	{model.IssueReturned, []string{"submit", "return"}},
	{model.IssueToSupervise, []string{"submit", "pass"}},
	{model.IssueToApprove, []string{"submit", "pass", "agree"}},
	{model.IssueToPost, []string{"submit", "pass", "agree", "approve"}},
	{model.IssuePosted, []string{"submit", "pass", "agree", "approve", "post"}},
	{model.IssueTakenDown, []string{"submit", "pass", "agree", "approve", "post", "remove"}},
	{model.IssueArchived, []string{"submit", "pass", "agree", "approve", "post", "remove", "archive"}},
	{model.IssueSuperseded, []string{"submit", "pass", "agree", "approve", "post", "correct"}},
}

var stepBy = map[string]string{"submit": "ni", "pass": "shen", "return": "shen", "agree": "jian", "approve": "pi", "post": "ni", "remove": "ni", "archive": "ni", "correct": "ni"}

// NewChain fills a ledger whose first member of staff is the test's login.
func NewChain(t testing.TB, path, login string, clock *Clock) *Chain {
	t.Helper()
	c := &Chain{Issues: map[string]string{}, t: t, path: path, clock: clock, staff: map[string]string{}}
	for _, p := range []struct{ login, name, role string }{{"guan", "管二", "管理"}, {"ni", "拟稿", "录入"}, {"shen", "审核", "审核"}, {"jian", "监督", "监督"}, {"pi", "审批", "审批"}} {
		c.staff[p.login] = c.as(login, db.Op{Kind: db.Add, Register: "staff", At: clock.Now(), Values: model.Values{"name": p.name, "login": p.login, "roles": []string{p.role}}}).Records[0].ID
	}
	ref := func(login string) model.Ref { return model.Ref{ID: c.staff[login]} }
	item := c.as("ni", db.Op{Kind: db.Add, Register: "catalogue", Values: model.Values{"no": int64(3), "class": "居务", "topic1": "协商成果", "body_org": model.Ref{Text: "居委会"}, "cadence": "月",
		"drafter": ref("ni"), "reviewer": ref("shen"), "approver": ref("pi")}}).Records[0].ID
	ticks := model.Values{"chk_secret": true, "chk_masked": true, "chk_need": true, "chk_accurate": true}
	year := clock.Now().Year() + 1 // all of it after the item was entered
	for i, s := range chainStates {
		id := c.as("ni", db.Op{Kind: db.Add, Register: "issue", Values: model.Values{"item": model.Ref{ID: item}, "period": model.PeriodKey(fmt.Sprintf("%d-%02d", year, i+1)), "body": "召开会议3次。"}}).Records[0].ID
		for j, step := range s.way {
			values := map[string]model.Values{"pass": ticks, "agree": {"sup_opinion": "同意公开"}, "archive": {"archive_no": "GK-1"}}[step]
			c.as(stepBy[step], db.Op{Kind: db.Step, ID: id, Base: j + 1, Step: step, Values: values, Reason: "测试用的理由"})
		}
		c.Issues[s.state] = id
	}
	return c
}

// States are those of Issues, in the order of the chain.
func (c *Chain) States() (out []string) {
	for _, s := range chainStates {
		out = append(out, s.state)
	}
	return out
}

// as lets someone write.
func (c *Chain) as(login string, ops ...db.Op) db.Result {
	c.t.Helper()
	l, err := db.Open(c.path, db.Options{Clock: c.clock.Now, Backdate: true, User: func() (string, error) { return login, nil }})
	if err != nil {
		c.t.Fatal(err)
	}
	res, err := l.Write(context.Background(), Actor(c.t, l), db.RequestID{}, ops...)
	if err != nil {
		c.t.Fatalf("%s: %s", login, model.Say(err, model.ZH))
	}
	return res
}

// SetRoles gives a member of staff exactly these roles, at once.
func (c *Chain) SetRoles(staff string, roles ...model.Role) {
	c.t.Helper()
	list := make([]string, len(roles))
	for i, r := range roles {
		list[i] = string(r)
	}
	c.as("guan", db.Op{Kind: db.Edit, ID: staff, At: c.clock.Now(), Values: model.Values{"roles": list}})
}

// CheckSteps compares what a way in offers to each role in each state with the
// one golden matrix of all ways; with update it is rewritten.
func (c *Chain) CheckSteps(staff string, update bool, offered func(role model.Role, id string) []string) {
	c.t.Helper()
	var b strings.Builder
	for _, state := range c.States() {
		for _, role := range StepRoles {
			c.SetRoles(staff, role)
			steps := slices.Clone(offered(role, c.Issues[state]))
			fmt.Fprintf(&b, "%s %s: %s\n", state, role, strings.Join(steps, " "))
		}
	}
	_, here, _, _ := runtime.Caller(0)
	path := filepath.Join(filepath.Dir(here), "..", "..", "model", "testdata", "steps.golden")
	if update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			c.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		c.t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		gl, wl := strings.Split(got, "\n"), strings.Split(string(want), "\n")
		for i := range min(len(gl), len(wl)) {
			if gl[i] != wl[i] {
				c.t.Errorf("%q, want %q", gl[i], wl[i])
			}
		}
		if len(gl) != len(wl) {
			c.t.Errorf("%d lines, want %d", len(gl), len(wl))
		}
	}
}

// Disable and Enable close and open the door for a member of staff.
func (c *Chain) Disable(staff string) { c.disable(staff, true) }

// Enable takes back Disable.
func (c *Chain) Enable(staff string) { c.disable(staff, false) }

func (c *Chain) disable(staff string, v bool) {
	c.t.Helper()
	c.as("guan", db.Op{Kind: db.Edit, ID: staff, Values: model.Values{"disabled": v}})
}

// Confirm lets another administrator confirm roles that wait for it, if any do.
func Confirm(t testing.TB, path, login, staff string, clock *Clock) {
	t.Helper()
	l, err := db.Open(path, db.Options{Clock: clock.Now, User: func() (string, error) { return login, nil }})
	if err != nil {
		t.Fatal(err)
	}
	r, err := l.Get(context.Background(), staff)
	if err == nil && model.StaffGranted.Has(r) {
		_, err = l.Write(context.Background(), Actor(t, l), db.RequestID{}, db.Op{Kind: db.Step, ID: staff, Step: "confirm"})
	}
	if err != nil {
		t.Fatal(err)
	}
}
