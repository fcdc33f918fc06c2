package command_test

import (
	"strings"
	"testing"
)

// merge joins two files, says what it kept and how many references it turned,
// and one undo takes it back.
func TestMerge(t *testing.T) {
	o := newOffice(t)
	compound := o.ok("add", "compound", "name=和平小区")
	home := o.ok("add", "household", "head=王秀兰", "compound="+compound, "building=3")
	keep := o.ok("add", "person", "name=王秀兰", "birth=1941-05-06", "phone=13800000001")
	other := o.ok("add", "person", "name=王秀栏", "birth=1941-05-06", "phone=13800000002", "household="+home)
	visit := o.ok("add", "visit", "person="+other, "amount=500", "fund=党费")

	for _, args := range [][]string{
		{"merge", keep, other}, {"merge", keep, keep, "--reason", "x"}, {"merge", keep, visit, "--reason", "x"},
		{"merge", keep, other, "--reason", "x", "--take", "nonsense"}, {"merge", keep, other, "--reason", "x", "--take", "age"}, {"merge", keep},
	} {
		before := o.head()
		if _, errs, code := o.runIn("", args...); code == 0 || errs == "" || o.head() != before {
			t.Errorf("%q: code %d, %s", args, code, errs)
		}
	}
	out, errs, code := o.runIn("", "merge", keep, other, "--reason", "重复登记", "--take", "电话")
	if code != 0 || strings.TrimSpace(out) != keep || !strings.Contains(errs, "姓名不同：保留“王秀兰”") || !strings.Contains(errs, "1条引用") || strings.Contains(errs, "电话不同") {
		t.Errorf("code %d, %q, %s", code, out, errs)
	}
	kept := o.show(keep)
	if kept.Values["phone"] != "13800000002" || kept.Values["household"] != home || o.show(visit).Values["person"] != keep {
		t.Errorf("kept %v", kept.Values)
	}
	for id, want := range map[string]string{other: "作废", visit: keep} {
		if text := o.ok("show", id); !strings.Contains(text, want) || !strings.Contains(text, other+" 并入 "+keep+"，重复登记") {
			t.Errorf("%s", text)
		}
	}
	if text := o.ok("show", other, "--lang", "en"); !strings.Contains(text, other+" merged into "+keep+"; 重复登记") {
		t.Errorf("%s", text)
	}
	if text := o.ok("undo"); !strings.Contains(text, "合并 "+keep) || !strings.Contains(text, "3条") {
		t.Errorf("%s", text)
	}
	if o.show(visit).Values["person"] != other || o.show(keep).Values["household"] != nil {
		t.Error("not undone")
	}
	o.ok("verify")
}
