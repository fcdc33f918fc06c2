package command_test

import (
	"strings"
	"testing"
)

// A budget from the command line: used and left in the list, a question about a
// payment over it, also where only all payments of one batch together go over.
func TestBudgetOnTheCommandLine(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "budget", "fund=党费", "from=2027", "amount=1500", "document=街财〔2027〕3号")
	if errs := o.refused(2, "", "add", "资金预算", "fund=党费", "from=2027-03-01", "amount=5"); !strings.Contains(errs, "F-2027-0001 已是这一来源 2027 的预算") {
		t.Error(errs)
	}
	o.ok("add", "person", "name=张桂英", "birth=1950-01-01")
	o.ok("add", "person", "name=李四", "birth=1951-01-01")
	visit := func(person, amount string) string {
		return `{"date":"2027-03-01","occasion":"2027三八","person":"` + person + `","household":"和平小区","visitors":"李敏","amount":"` + amount + `","fund":"党费","receipt":"已签"}`
	}
	batch := visit("P-2027-0001", "1000") + "\n" + visit("P-2027-0002", "500.01")
	out, errs, code := o.runIn(batch, "add", "visit", "-", "--strict")
	if code != 2 || out != "" || !strings.Contains(errs, "第2条：“党费”2027 预算 1,500.00 元，已用 1,000.00 元，加上这一笔超出 0.01 元：F-2027-0001") {
		t.Errorf("%d, %q, %q", code, out, errs)
	}
	if _, errs, code = o.runIn(batch, "add", "visit", "-"); code != 0 || !strings.Contains(errs, "请核对（已保存）") {
		t.Errorf("%d, %q", code, errs)
	}
	if out := o.ok("list", "budget"); !strings.Contains(out, "1,500.01") || !strings.Contains(out, "-0.01") {
		t.Error(out)
	}
	if out := o.ok("show", "F-2027-0001"); !strings.Contains(out, "1,500.01") || !strings.Contains(out, "-0.01") {
		t.Error(out)
	}
}

// What was signed for is changed with a reason, which the history keeps;
// reversing demands one too, and what was reversed is no longer changed.
func TestCorrectionsOfPayments(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "person", "name=张桂英", "birth=1950-01-01")
	id := o.ok("add", "visit", "date=2027-03-01", "person=P-2027-0001", "household=和平小区", "visitors=李敏", "amount=800", "fund=党费")
	o.ok("edit", id, "amount=700") // nobody has signed yet
	o.ok("edit", id, "receipt=已签")
	for _, set := range []string{"amount=500", "amount=", "goods=米 1 袋", "fund=工会", "receipt=未签"} {
		if errs := o.refused(1, "", "edit", id, set); !strings.Contains(errs, "已签领，改“") || !strings.Contains(errs, "要写明原因，没有保存") {
			t.Errorf("%s: %s", set, errs)
		}
	}
	o.ok("edit", id, "voucher_no=PZ-1")
	o.ok("edit", id, "amount=500", "--reason", "账上记错")
	if out := o.ok("show", id); !strings.Contains(out, "账上记错") || !strings.Contains(out, "500.00") {
		t.Error(out)
	}
	o.refused(2, "", "void", id)
	o.ok("reverse", id, "--reason", "重复发放")
	if out := o.ok("show", id); !strings.Contains(out, "冲销") || !strings.Contains(out, "重复发放") {
		t.Error(out)
	}
	if errs := o.refused(1, "", "edit", id, "amount=1", "--reason", "再改"); !strings.Contains(errs, "已冲销，不能修改") {
		t.Error(errs)
	}
	if out := o.ok("figures", "--period", "2027", "--format", "json"); !strings.Contains(out, `"household_visits": 0`) || !strings.Contains(out, `"amount": "0.00"`) {
		t.Error(out)
	}
}
