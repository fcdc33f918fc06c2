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
