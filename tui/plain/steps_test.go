package plain

import (
	"context"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// What the dialogue offers to each role in each state is what the matrix of
// screen and command says, and what it does not offer it says why and does not do.
func TestStepsOfEachRole(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	c := dbtest.NewChain(t, led.Path(), dbtest.Login, clock)
	line := regexp.MustCompile(`(?m)^\d+ (\S+?)：`)
	item := regexp.MustCompile(`(\d+) ([^，\n]+)`)
	denied := 0
	c.CheckSteps(dbtest.Actor(t, led).Staff, false, func(role model.Role, id string) (open []string) {
		said, err := talk(t, led, model.ZH, id, "t", "<", "<", "q")
		if err != nil {
			t.Fatal(err, said)
		}
		_, told, _ := strings.Cut(said, "签过字的：")
		told, off, _ := strings.Cut(strings.Split(told, "办哪一步")[0], "说明为什么）：")
		for _, m := range line.FindAllStringSubmatch(told, -1) {
			open = append(open, model.Issue.StepOf(m[1]).Key)
		}
		answers, reasons := []string{id, "t"}, []string{}
		r := get(t, led, id)
		c := &model.Context{Schema: led.Schema(), Book: led.Book(context.Background()), Now: led.Now(), Actor: dbtest.Actor(t, led)}
		for _, m := range item.FindAllStringSubmatch(off, -1) {
			why := model.CanStep(model.Issue.StepOf(m[2]), r, c)
			answers, reasons = append(answers, m[1]), append(reasons, "办哪一步？写序号或名称，p 写出公示单，< 返回：\n"+model.Say(why, model.ZH))
		}
		if none := strings.Contains(told, "没有您能办的步骤"); none != (open == nil) || len(open)+len(reasons) != len(model.Issue.Chain.Steps) {
			t.Errorf("%s %s: %d open, %d not\n%s", role, id, len(open), len(reasons), said)
		}
		before := get(t, led, id).Version
		said, err = talk(t, led, model.ZH, append(answers, "<", "<", "q")...)
		if err != nil {
			t.Fatal(err, said)
		}
		expect(t, said, reasons...)
		if now := get(t, led, id).Version; now != before {
			t.Errorf("%s %s: version %d, was %d", role, id, now, before)
		}
		denied += len(reasons)
		return open
	})
	if denied < 500 {
		t.Errorf("only %d refusals", denied)
	}
}

// A reviewer ticks the boxes, leaves one open, is refused, and passes; another is
// returned with a reason; in English an approver signs what was read out to her.
func TestStepsInWords(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	c := dbtest.NewChain(t, led.Path(), dbtest.Login, clock)
	staff := dbtest.Actor(t, led).Staff
	c.SetRoles(staff, model.Reviewer)
	id := c.Issues[model.IssueToReview]
	said, err := talk(t, led, model.ZH, id, "t", "通过", "是", "是", "", "是", "否", "", "s", "4", "是", "s", "<", "<", "q")
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "公开内容：召开会议3次。", "t 办理", "待审核", "送审，拟稿", "3 通过：审核人", "1 本期无变动，2 送审，4 居监委同意", "未涉密，必填", "必填", "“必要”必须填写。",
		"理由，可不填", "准确：", "“通过”：s 办理", "已办理 "+id+" 通过", "第3版，待居监委", "通过，张敏", "没有您能办的步骤")
	if r := get(t, led, id); model.IssueState.Of(r) != model.IssueToSupervise {
		t.Error(r.Values)
	}
	if d := drafts(t, led); len(d) != 0 {
		t.Errorf("a step left a draft: %+v", d)
	}

	c.SetRoles(staff, model.Supervisor)
	said, err = talk(t, led, model.ZH, id, "t", "退回", "", "次数与会议记录不符", "<<", "5", "次数与会议记录不符", "s", "<", "<", "q")
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "理由，必填", "“理由”必须填写。", "没有办理。", "已办理 "+id+" 退回", "第4版，退回", "次数与会议记录不符")
	if r := get(t, led, id); model.IssueReason.Of(r) != "次数与会议记录不符" || model.IssueState.Of(r) != model.IssueReturned {
		t.Error(r.Values)
	}

	c.SetRoles(staff, model.Approver)
	id = c.Issues[model.IssueToApprove]
	said, err = talk(t, led, model.EN, id, "t", "approve", "", "s", "<", "<", "q")
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "7 Approve: an approver", "Reason, optional", "Approve: s takes the step", "done, "+id+": Approve", "version 5, to post", "8 Post")
	if r := get(t, led, id); model.IssueSHA256.Of(r) == "" {
		t.Error(r.Values)
	}

	c.SetRoles(staff, model.Clerk)
	id = c.Issues[model.IssuePosted]
	if said, err = talk(t, led, model.ZH, id, "t", "更正", "次数写错了", "s", "<", "<", "q"); err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "更正，新的一稿是 D-", "已更正")
	if said, err = talk(t, led, model.ZH, id, "t", "送审", "张三不在", "更正2", "q", "q", "q"); err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "没有“张三不在”这一项。", "没有“更正2”这一项。")
}

// A text that was changed after it was read out is not signed, neither before the
// steps are told nor while one is being answered.
func TestStepOnAChangedText(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	c := dbtest.NewChain(t, led.Path(), dbtest.Login, clock)
	c.SetRoles(dbtest.Actor(t, led).Staff, model.Approver)
	id := c.Issues[model.IssueToApprove]
	other, err := db.Open(led.Path(), db.Options{Clock: clock.Now, User: func() (string, error) { return "ni", nil }})
	if err != nil {
		t.Fatal(err)
	}
	change := func(text string) {
		if _, err := other.Write(context.Background(), dbtest.Actor(t, other), db.RequestID{}, db.Op{Kind: db.Edit, ID: id, Values: model.Values{"body": text}}); err != nil {
			t.Error(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	in, answers := io.Pipe()
	said, out := io.Pipe()
	done := make(chan error, 1)
	context.AfterFunc(ctx, func() { _ = answers.Close() })
	go func() {
		err := Run(ctx, Options{Ledger: led, Actor: dbtest.Actor(t, led), Name: "张敏", Lang: model.ZH}, in, out)
		_ = out.Close()
		done <- err
	}()
	heard := ""
	hear := func(part string) {
		t.Helper()
		for buf := make([]byte, 4096); ; {
			if _, rest, ok := strings.Cut(heard, part); ok {
				heard = rest
				return
			}
			n, err := said.Read(buf)
			if heard += string(buf[:n]); err != nil {
				t.Fatalf("%q was not said: %v\n%s", part, err, heard)
			}
		}
	}
	answer := func(text string) { _, _ = io.WriteString(answers, text+"\n") }
	hear("请选：")
	answer(id)
	hear("t 办理")
	answer("t")
	hear("办哪一步？")
	answer("批准")
	hear("理由：")
	change("召开会议4次。")
	answer("")
	hear("s 办理")
	answer("s")
	hear(id + " 刚被 拟稿 改过，没有办理")
	hear("公开内容：召开会议4次。") // told anew
	hear("t 办理")
	change("召开会议5次。")
	answer("t")
	hear("刚被别人改过，没有办理")
	hear("公开内容：召开会议5次。")
	_ = answers.Close()
	go func() { _, _ = io.Copy(io.Discard, said) }()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if r := get(t, led, id); model.IssueApproved.Has(r) || model.IssueState.Of(r) != model.IssueDraft {
		t.Error(r.Values)
	}
}

// What the privacy check finds is said, and needs a reason: the answers given stay
// and only the reason is asked for.
func TestStepWithAFinding(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	c := dbtest.NewChain(t, led.Path(), dbtest.Login, clock)
	staff := dbtest.Actor(t, led).Staff
	id := c.Issues[model.IssueDraft]
	as := func(login string, op db.Op) {
		t.Helper()
		l, err := db.Open(led.Path(), db.Options{Clock: clock.Now, User: func() (string, error) { return login, nil }})
		if err != nil {
			t.Fatal(err)
		}
		op.ID = id
		if _, err := l.Write(context.Background(), dbtest.Actor(t, l), db.RequestID{}, op); err != nil {
			t.Fatal(model.Say(err, model.ZH))
		}
	}
	as("ni", db.Op{Kind: db.Edit, Values: model.Values{"body": "报名电话13905311234。"}})
	as("ni", db.Op{Kind: db.Step, Step: "submit"})
	c.SetRoles(staff, model.Reviewer)
	said, err := talk(t, led, model.ZH, id, "t", "通过", "是", "是", "是", "是", "", "s", "5", "可以公开", "s", "5", "这是社区公开的报名电话，可以公开", "s", "<", "<", "q")
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "隐私检查：发现1处不宜公开", "至少10个字", "手机号 13*", "隐私检查：发现1处不宜公开", "已办理 "+id+" 通过", "（放行：手机号1）")
}

// The poster is written from the steps, in the form that was asked for; a clerk
// is told what must not be in it, an approver asked for her reasons.
func TestPosterFromTheSteps(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	c := dbtest.NewChain(t, led.Path(), dbtest.Login, clock)
	staff := dbtest.Actor(t, led).Staff
	written := regexp.MustCompile(`已写好：(\S+)`)
	read := func(said string) string {
		t.Helper()
		m := written.FindStringSubmatch(said)
		if m == nil {
			t.Fatal("nothing was written:", said)
		}
		b, err := os.ReadFile(m[1])
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	c.SetRoles(staff, model.Clerk)
	id := c.Issues[model.IssuePosted]
	said, err := talk(t, led, model.ZH, id, "t", "p", "9", "3", "<", "<", "q")
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "1 A4 网页", "3 纯文本", "写出公示单，哪一种", "9", "已写好")
	if text := read(said); !strings.Contains(text, "召开会议3次。") || strings.Contains(text, "<html") {
		t.Error(text)
	}

	draft := c.Issues[model.IssueDraft]
	l, err := db.Open(led.Path(), db.Options{Clock: clock.Now, User: func() (string, error) { return "ni", nil }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Write(context.Background(), dbtest.Actor(t, l), db.RequestID{}, db.Op{Kind: db.Edit, ID: draft, Values: model.Values{"body": "报名电话13905311234。"}}); err != nil {
		t.Fatal(model.Say(err, model.ZH))
	}
	said, err = talk(t, led, model.ZH, draft, "t", "p", "1", "<", "<", "q")
	if err != nil || written.MatchString(said) {
		t.Fatal(err, said)
	}
	expect(t, said, "没有写出文件", "1. 手机号：13*", "办哪一步")
	c.SetRoles(staff, model.Approver)
	said, err = talk(t, led, model.ZH, draft, "t", "p", "1", "可以", "社区公开的报名电话，可以公开", "<", "<", "q")
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "放行第1处（共1处）手机号", "理由至少10个字", "已写好")
	if page := read(said); !strings.Contains(page, "13905311234") || !strings.Contains(page, "<html") {
		t.Error(page)
	}
}

// The history of a record that went through steps names them.
func TestHistoryOfSteps(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	c := dbtest.NewChain(t, led.Path(), dbtest.Login, clock)
	id := c.Issues[model.IssueToReview]
	for lang, want := range map[model.Lang]string{model.ZH: "，送审\n", model.EN: ", Submit\n"} {
		if said, err := talk(t, led, lang, id, "h", "<", "q"); err != nil || !strings.Contains(said, want) {
			t.Error(err, said)
		}
	}
}

// Who changes a text that others signed is told that it goes back to the draft;
// who changes her own draft is not.
func TestChangeOfASignedText(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	c := dbtest.NewChain(t, led.Path(), dbtest.Login, clock)
	c.SetRoles(dbtest.Actor(t, led).Staff, model.Clerk)
	for state, told := range map[string]bool{model.IssueDraft: false, model.IssueToApprove: true, model.IssueToPost: true} {
		id := c.Issues[state]
		said, _ := talk(t, led, model.ZH, id, "e", "<<", "", "q")
		field := regexp.MustCompile(`(?m)^(\d+) 公开内容：`).FindStringSubmatch(said)
		if field == nil {
			t.Fatal(said)
		}
		said, err := talk(t, led, model.ZH, id, "e", field[1], "召开会议4次。", "s", "<", "q")
		if err != nil {
			t.Fatal(err, said)
		}
		r := get(t, led, id)
		if model.IssueBody.Of(r) != "召开会议4次。" || model.IssueState.Of(r) != model.IssueDraft || strings.Contains(said, "审核、批准作废，请重新送审") != told {
			t.Errorf("%s: %v\n%s", state, r.Values, said)
		}
	}
}

// An end of input in the middle of a step takes nothing, and is an error; nor does
// leaving it.
func TestStepCutOff(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	c := dbtest.NewChain(t, led.Path(), dbtest.Login, clock)
	c.SetRoles(dbtest.Actor(t, led).Staff, model.Approver)
	id := c.Issues[model.IssueToApprove]
	for i, answers := range [][]string{{id, "t", "批准"}, {id, "t", "批准", "好"}, {id, "t", "批准", "", "x", "<", "<", "q"}, {id, "t", "批准", "<", "<", "<", "q"}} {
		said, err := talk(t, led, model.ZH, answers...)
		var cut *cutOff
		if errors.As(err, &cut) != (i < 2) || cut != nil && cut.ZH != "输入在办理“批准”时结束，没有办理" {
			t.Fatal(err, said)
		}
		if r := get(t, led, id); model.IssueApproved.Has(r) {
			t.Errorf("%q signed it", answers)
		}
	}
}
