package tui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
)

// What the screen offers to each role in each state is what the matrix says; the
// test of the command line reads the same matrix.
func TestStepsOfEachRole(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	c := dbtest.NewChain(t, led.Path(), dbtest.Login, clock)
	o := optionsFor(t, led, model.ZH)
	c.CheckSteps(o.Opened.Actor.Staff, *update, func(role model.Role, id string) (open []string) {
		s := New(o, cell.Narrow).s
		d := newDetail(model.Issue, id)
		d.update(s, d.load(s)())
		st := newSteps(d)
		st.update(s, st.load(s)())
		for _, offer := range st.offers {
			if offer.Off == nil {
				open = append(open, offer.Step.Key)
			} else if w := model.AsWords(offer.Off); w.ZH == "" || w.EN == "" || w.ZH == w.EN {
				t.Errorf("%s %s: %+v", role, offer.Step.Key, w)
			}
		}
		return open
	})
}

// A reviewer and an approver at the screen, and a text that was changed while
// it was being read.
func TestStepsOnTheScreen(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	c := dbtest.NewChain(t, led.Path(), dbtest.Login, clock)
	staff := dbtest.Actor(t, led).Staff
	c.SetRoles(staff, model.Reviewer)
	id := c.Issues[model.IssueToReview]

	d := login(t, led, model.ZH, 80, 24)
	d.Expect("本月").Press("/").Type(id).Expect(id).Press("enter").Expect("待审核").Press("t").Expect("审批").Expect("> 通过").Expect("可办")
	d.Press("end").Press("enter").Expect("只有目录项登记到本台账以前").Press("home", "down", "down", "enter").Expect("*未涉密")
	d.Type("是").Press("enter").Type("是").Press("enter").Type("是").Press("enter").Type("否").Press("enter").Press("ctrl+s").Expect("准确").Expect("1")
	d.Type("是").Press("enter").Press("ctrl+s").Expect("待居监委").Expect("张敏")
	r, err := led.Get(context.Background(), id)
	if err != nil || model.IssueState.Of(r) != model.IssueToSupervise {
		t.Fatal(r.Values, err)
	}

	// Somebody changes a text while the approver has it on the screen.
	c.SetRoles(staff, model.Approver)
	id = c.Issues[model.IssueToApprove]
	d = login(t, led, model.EN, 80, 24)
	d.Expect("This month").Press("/").Type(id).Expect(id).Press("enter").Expect("to approve").Press("t").Expect("> Approve").Press("enter").Expect("Reason")
	other, err := db.Open(led.Path(), db.Options{Clock: clock.Now, User: func() (string, error) { return "ni", nil }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Write(context.Background(), dbtest.Actor(t, other), db.RequestID{}, db.Op{Kind: db.Edit, ID: id, Values: model.Values{"body": "改了。"}}); err != nil {
		t.Fatal(err)
	}
	d.Press("ctrl+s").Expect("nothing was done")
	if r, err = led.Get(context.Background(), id); err != nil || model.IssueApproved.Has(r) {
		t.Error(r.Values, err)
	}
}

// Who is disabled while she is at work is shown out within two seconds, and what
// she had half written is kept.
func TestDisabledWhileAtWork(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	c := dbtest.NewChain(t, led.Path(), dbtest.Login, clock)
	staff := dbtest.Actor(t, led)
	d := login(t, led, model.ZH, 80, 24)
	d.Expect("本月").Press("1").Expect("没有记录").Press("n").Expect("*名称").Type("消防演练").CursorAfter("消防演练")
	began := time.Now()
	c.Disable(staff.Staff)
	select {
	case <-d.Done():
	case <-time.After(10 * time.Second):
		t.Fatal(d.Screen())
	}
	t.Logf("ended after %v", time.Since(began).Round(10*time.Millisecond)) // a second between looks, and what the ledger takes
	if _, err := led.Write(context.Background(), staff, db.RequestID{}, db.Op{Kind: db.Add, Register: "venue", Values: model.Values{"name": "厅"}}); db.ExitCode(err) != db.ExitDenied {
		t.Errorf("it saved: %v", err)
	}
	c.Enable(staff.Staff)
	list, err := led.Drafts(context.Background(), staff)
	if err != nil || len(list) != 1 || !strings.Contains(strings.Join(values(list[0].Texts), " "), "消防演练") {
		t.Errorf("drafts %v %v", list, err)
	}
}

func values(m map[string]string) (out []string) {
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

// An administrator says in the settings how many people the office has.
func TestOfficeOnTheScreen(t *testing.T) {
	led := dbtest.New(t)
	d := login(t, led, model.ZH, 80, 24)
	d.Expect("本月").Press("9").Expect("本单位设置").Press("s").Expect("还没有自加的内容").Expect("审批分工").Expect("三人以上")
	d.Press("ctrl+x").Expect("总是在的").Press("enter").Expect("*办公室人数").Type("两人").Press("enter").Press("ctrl+s").ExpectNot("*办公室人数").Expect("两人")
	if o := led.Schema().Office(); o != model.OfficeTwo {
		t.Error(o)
	}
	// The foot of posters is set in the same place; a phone that is none is refused.
	d.Expect("监督电话：没填").Press("enter").Expect("印审核审批人").Press("tab", "tab").Type("12").Press("ctrl+s").Expect("监督电话：").Expect("*办公室人数")
	d.Press("backspace", "backspace").Type("0531-82345678").Press("enter").Type("一楼大厅意见箱").Press("ctrl+s").Expect("监督电话：0531-82345678")
	if n := led.Schema().Notice(); n != (model.Notice{Phone: "0531-82345678", Box: "一楼大厅意见箱"}) || led.Schema().Office() != model.OfficeTwo {
		t.Errorf("%+v", n)
	}
}

// The poster is written where the steps are, in the form chosen; what must not
// be public stops it and is listed, masked.
func TestPosterOnTheScreen(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	c := dbtest.NewChain(t, led.Path(), dbtest.Login, clock)
	id := c.Issues[model.IssueToPost]
	d := login(t, led, model.ZH, 80, 24)
	d.Expect("本月").Press("/").Type(id).Expect(id).Press("enter").Expect("待公开").Press("t").Expect("> 张贴").Press("w").Expect("A3").Type("A4").Press("enter").Expect("已写好").Expect("poster-" + id)
	d.Press("w").Expect("A3").Type("纯文本").Press("enter").Expect(".txt")
	folder := filepath.Join(filepath.Dir(led.Path()), "exports")
	for pattern, want := range map[string]string{"*-a4-*.html": "size: A4 portrait", "*-txt-*.txt": "召开会议3次。"} {
		files, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil || len(files) != 1 {
			t.Fatal(pattern, files, err)
		}
		if raw, err := os.ReadFile(files[0]); err != nil || !strings.Contains(string(raw), want) || strings.Contains(string(raw), "不得张贴") {
			t.Errorf("%v %s", err, raw)
		}
	}

	id = c.Issues[model.IssueDraft]
	if _, err := led.Write(context.Background(), dbtest.Actor(t, led), db.RequestID{}, db.Op{Kind: db.Edit, ID: id, Values: model.Values{"body": "联系13987654321。"}}); err != nil {
		t.Fatal(err)
	}
	d = login(t, led, model.EN, 80, 24)
	d.Expect("This month").Press("/").Type(id).Expect(id).Press("enter").Expect("draft").Press("t").Expect("> Submit").Press("w").Expect("A3").Type("A4").Press("enter")
	d.Expect("privacy check: 1 things").Expect("1. mobile number: 13*********").ExpectNot("139876")
	if files, _ := filepath.Glob(filepath.Join(folder, "*"+id+"*")); len(files) > 0 {
		t.Errorf("%v", files)
	}
}
