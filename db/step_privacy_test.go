package db_test

import (
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// What must not be public does not become so by its steps: of children and of
// illness nothing is even submitted; anything else needs a reason of who reviews
// and who approves, and goes up only as the approver let it stand.
func TestPrivacyOnTheWayOfADisclosure(t *testing.T) {
	c := newChain(t, model.OfficeThree)
	c.must(db.Op{Kind: db.Add, Register: "person", Values: model.Values{"name": "刘小宝", "birth": model.NewDate(2018, 5, 1), "phone": "13812345678", "no_id_reason": "未带证件"}})
	id := c.issue("拟")
	write := func(by, body string) {
		t.Helper()
		if _, err := c.Write(ctx, c.people[by], db.RequestID{}, editOp(id, model.Values{"body": body})); err != nil {
			t.Fatal(err)
		}
	}
	sign := func(by, step, reason string) error {
		t.Helper()
		v, _ := given(step)
		_, err := c.Write(ctx, c.people[by], db.RequestID{}, db.Op{Kind: db.Step, ID: id, Base: c.get(id).Version, Step: step, Values: v, Reason: reason})
		return err
	}
	refused := func(err error, code int, says ...string) {
		t.Helper()
		for _, word := range says {
			if db.ExitCode(err) != code || !strings.Contains(model.Say(err, model.ZH), word) {
				t.Errorf("code %d, %v; want %d, %q", db.ExitCode(err), err, code, word)
			}
		}
		if err != nil && (strings.Contains(model.Say(err, model.ZH), "刘小宝") || strings.Contains(model.Say(err, model.ZH), "987654321")) {
			t.Errorf("the refusal says it: %v", err)
		}
	}
	write("拟", "慰问困难家庭儿童刘小宝。")
	refused(sign("拟", "submit", "确实需要公开这些内容"), db.ExitDenied, "未成年人", "谁都不能放行")
	write("拟", "居民王某患糖尿病，给予慰问。")
	refused(sign("拟", "submit", ""), db.ExitDenied, "疾病或残疾")

	write("拟", "报名请拨打１３９ 8765-4321。")
	c.go_(id, "拟", "submit")
	refused(sign("审", "pass", ""), db.ExitUsage, "发现1处", "手机号")
	refused(sign("审", "pass", "太短"), db.ExitUsage, "至少10个字")
	refused(sign("审", "pass", "请联系13987654321确认可以公开"), db.ExitUsage, "理由里不要写")
	if err := sign("审", "pass", "报名专用电话，经本人同意公开"); err != nil {
		t.Fatal(err)
	}
	c.go_(id, "监", "agree")
	refused(sign("批", "approve", ""), db.ExitUsage, "发现1处")
	if err := sign("批", "approve", "报名专用电话，本人书面同意"); err != nil {
		t.Fatal(err)
	}
	c.go_(id, "编", "post")
	rows := model.IssueSignatures.Of(c.get(id))
	if rows[0]["step"] != "submit" || rows[0]["stand"] != nil {
		t.Errorf("submitting lets nothing stand: %v", rows[0])
	}
	if got := rows[len(rows)-2]; got["step"] != "approve" || got["stand"] != "手机号1" || got["reason"] != "报名专用电话，本人书面同意" {
		t.Errorf("%v", got)
	}

	// Somebody is entered between the approval and the posting: his name is in it.
	id = c.issueOf("拟", "2026-Q3")
	write("拟", "感谢马骏驰为社区捐赠图书。")
	c.go_(id, "拟", "submit", "审", "pass", "监", "agree", "批", "approve")
	c.must(db.Op{Kind: db.Add, Register: "person", Values: model.Values{"name": "马骏驰", "birth": model.NewDate(1958, 5, 1), "no_id_reason": "未带证件"}})
	c.no(db.ExitConflict, "没有放行", "编", id, "post")
	c.go_(id, "批", "return", "拟", "submit")
	if err := sign("审", "pass", "捐赠人本人要求公开姓名"); err != nil {
		t.Fatal(err)
	}
	c.go_(id, "监", "agree")
	if err := sign("批", "approve", "捐赠人本人要求公开姓名"); err != nil {
		t.Fatal(err)
	}
	c.go_(id, "编", "post")
	c.verify()
}
