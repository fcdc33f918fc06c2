package command_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAdd(t *testing.T) {
	o := newOffice(t)
	if id := o.event(); id != "A-2027-0001" {
		t.Errorf("add prints %q", id)
	}
	out := o.ok("add", "activity", "--json", "title=a=b", "date=2027-03-08", "lines=wt", "venue=v", "attend_total=1")
	if out != `{"id":"A-2027-0002","version":1}` {
		t.Errorf("add --json prints %s", out)
	}
	if got := o.show("A-2027-0002").Values["title"]; got != "a=b" {
		t.Errorf("title %q", got)
	}
	// One object over several lines, in natural JSON forms.
	id := o.okIn(`{
		"日期": "2027-03-01", "title": "评选", "lines": ["妇女儿童", "文体"], "venue": "广场", "attend_total": 128, "key_event": true,
		"cost": "1,234.5", "cost_source": "办公经费", "volunteer_hours": 12.5, "results": [{"n": 4, "unit": "户", "label": "五好家庭"}, {"数量": "9", "unit": "人"}]
	}`, "add", "activity", "-")
	same(t, "from JSON", any(o.show(id).Values), `{"date":"2027-03-01","title":"评选","lines":["妇女儿童","文体"],"venue":"广场","attend_total":128,
		"key_event":true,"cost":"1234.50","cost_source":"办公经费","volunteer_hours":12.5,"results":[{"n":4,"unit":"户","label":"五好家庭"},{"n":9,"unit":"人"}],
		"owner":"S-2027-0001","recorder":"S-2027-0001","role":"主办","level":"社区","held":"已举办"}`)
	// What list gives out, add takes back.
	for _, from := range o.list("activity") {
		delete(from.Values, "recorder") // filled by the program
		again := o.show(o.okIn(toJSON(t, from.Values), "add", "activity", "-"))
		delete(again.Values, "recorder")
		if toJSON(t, again.Values) != toJSON(t, from.Values) {
			t.Errorf("%s came back as %v", from.ID, again.Values)
		}
	}
}

const goodLine = `{"date":"2027-03-01","title":"t","lines":["文体"],"venue":"v","attend_total":1}`

// Several objects are one transaction.
func TestAddLines(t *testing.T) {
	o := newOffice(t)
	before := o.head()
	bad := strings.Replace(goodLine, `"attend_total":1`, `"attend_total":-1`, 1)
	for _, in := range []string{goodLine + "\n" + goodLine + "\n" + bad, goodLine + goodLine + bad + goodLine} {
		line := o.refused(2, in, "add", "activity", "-")
		if !strings.Contains(line, "第3条：") || !strings.Contains(line, "人次（attend_total）") {
			t.Error(line)
		}
		line = o.refused(2, in, "add", "activity", "-", "--lang", "en")
		if !strings.Contains(line, "item 3: ") || !strings.Contains(line, "Attendances (attend_total)") {
			t.Error(line)
		}
	}
	// A rule that only the whole record can break is found inside the transaction.
	line := o.refused(2, goodLine+goodLine+strings.Replace(goodLine, `"v"`, `"v","attend_youth":2`, 1), "add", "activity", "-")
	if !strings.Contains(line, "第3条：") || !strings.Contains(line, "青少年人次（attend_youth）") {
		t.Error(line)
	}
	o.refused(2, strings.Repeat(goodLine+"\n", 5001), "add", "activity", "-")
	if o.head() != before {
		t.Error("something was stored")
	}
	// A mark of Windows editors and their line ends do no harm.
	out := o.okIn("\ufeff"+strings.Repeat(goodLine+"\r\n", 300), "add", "activity", "-", "--json")
	lines := strings.Split(out, "\n")
	for i, l := range lines {
		if want := fmt.Sprintf(`{"id":"A-2027-%04d","version":1}`, i+1); l != want {
			t.Fatalf("%s, want %s", l, want)
		}
	}
	if len(lines) != 300 || len(o.list("activity")) != 300 {
		t.Errorf("%d lines, %d records", len(lines), len(o.list("activity")))
	}
}

// A request id makes a retry harmless.
func TestRequest(t *testing.T) {
	o := newOffice(t)
	first := o.event("--request", "表单-1")
	if again := o.event("--request", "表单-1"); again != first || len(o.list("activity")) != 1 {
		t.Errorf("retry gave %s after %s", again, first)
	}
	if o.event("--request", "表单-2") == first {
		t.Error("another request gave the same record")
	}
}

func TestEditAndShow(t *testing.T) {
	o := newOffice(t)
	id := o.event("title=甲", "host=街道", "summary=第一行")
	if out := o.ok("edit", id, "--version", "1", "title=乙", "--json"); out != `{"id":"`+id+`","version":2}` {
		t.Error(out)
	}
	// Others changed another field: both changes stand.
	if out := o.ok("edit", id, "--version", "1", "人次=90", "--json"); out != `{"id":"`+id+`","version":3}` {
		t.Error(out)
	}
	if out := o.ok("edit", strings.ToLower(id), "host="); !strings.Contains(out, "第4版") { // clears
		t.Error(out)
	}
	rec := o.show(id)
	if rec.Version != 4 || rec.Values["title"] != "乙" || rec.Values["attend_total"] != 90.0 || rec.Values["host"] != nil || rec.State != "final" {
		t.Errorf("%+v", rec)
	}
	want := []string{"add", "edit title", "edit attend_total", "edit host"}
	if len(rec.History) != len(want) {
		t.Fatalf("%d versions", len(rec.History))
	}
	for _, h := range rec.History {
		got := strings.TrimSpace(h.Action + " " + strings.Join(h.Fields, " "))
		if i := h.Version - 1; i < 0 || i >= len(want) || !strings.HasPrefix(got, want[i]) || h.By != "S-2027-0001" || h.At != "2027-03-10T09:30:00.000+08:00" {
			t.Errorf("history %+v", h)
		}
		if h.Version == 1 && (h.Values["title"] != "甲" || h.Values["host"] != "街道") {
			t.Errorf("first version %v", h.Values)
		}
	}
	text := o.ok("show", id)
	for _, want := range []string{id, "v4", "乙", "v1", "赵主任", "2027-03-10 09:30"} {
		if !strings.Contains(text, want) {
			t.Errorf("show lacks %s:\n%s", want, text)
		}
	}
	before := o.head()
	// Both changed the title: nothing is stored, both values are printed.
	for l, want := range map[string][]string{
		"zh": {"名称 title", "“乙”", "“丙”", "人次 attend_total", "“90”", "“7”", "赵主任"},
		"en": {"Title title", `"乙"`, `"丙"`, "Attendances attend_total", `"90"`, `"7"`, "赵主任"},
	} {
		out, errs, code := o.runIn("", "edit", id, "--version", "1", "title=丙", "attend_total=7", "venue=别处", "--lang", l)
		if code != 6 || out != "" || strings.Count(errs, "\n") != 3 {
			t.Errorf("code %d, %q, %s", code, out, errs)
		}
		for _, w := range want {
			if !strings.Contains(errs, w) {
				t.Errorf("%s lacks %s: %s", l, w, errs)
			}
		}
	}
	// The same change again is no conflict and no new version.
	if out := o.ok("edit", id, "--version", "1", "title=乙", "--json"); !strings.Contains(out, `"version":4`) {
		t.Error(out)
	}
	for _, args := range [][]string{{"title="}, {"--version", "0", "title=x"}, {"--version", "x", "title=x"}, {"nosuch=1"}, {"recorder=赵主任"}, {"title"}, {}} {
		o.refused(2, "", append([]string{"edit", id}, args...)...)
	}
	o.refused(1, "", "edit", id, "--version", "9", "title=x")
	o.refused(1, "", "edit", "A-2027-0999", "title=x")
	o.refused(1, "", "show", "A-2027-0999")
	o.refused(2, "", "show", "nosuch")
	o.refused(2, "", "show", id, "--format", "csv")
	o.refused(2, "", "void", id)
	o.refused(2, "", "void", id, "--reason", " ")
	o.refused(2, "", "void", id, "--reason", "a\x1b")
	if o.head() != before {
		t.Error("something was stored")
	}
	o.refused(6, "", "void", id, "--reason", "重复", "--version", "1")
	if out := o.ok("void", id, "--reason", "重复登记"); out != id {
		t.Error(out)
	}
	if rec := o.show(id); rec.State != "void" || rec.History[0].Reason != "重复登记" && rec.History[len(rec.History)-1].Reason != "重复登记" {
		t.Errorf("%+v", rec)
	}
	if got := o.list("activity"); len(got) != 0 {
		t.Errorf("a void record is listed: %v", got)
	}
	o.refused(1, "", "edit", id, "title=x")
}

// What an office keeps under its own keys comes through everything unharmed.
func TestOwnKeys(t *testing.T) {
	o := newOffice(t)
	id := o.event("x_网格=三网格", "x_empty=", "x_text= 两端有空格 ")
	other := o.okIn(`{"date":"2027-03-01","title":"t","lines":["文体"],"venue":"v","attend_total":1,
		"x_n":5,"x_big":9007199254740993,"x_f":0.125,"x_yes":true,"x_o":{"a":[1,{"b":"c"},null]},"x_i":"5"}`, "add", "activity", "-")
	o.ok("edit", id, "title=新名称")
	o.ok("edit", other, "title=新名称", "x_f=")
	o.ok("edit", other, "x_f=一")
	file := filepath.Join(t.TempDir(), "a.json")
	o.ok("export", "activity", "--format", "json", "--audience", "internal", "--out", file)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range []string{o.ok("list", "activity", "--format", "json"), string(b), o.ok("show", id, "--format", "json") + o.ok("show", other, "--format", "json")} {
		raw = strings.NewReplacer(" ", "", "\n", "").Replace(raw)
		for _, want := range []string{`"x_网格":"三网格"`, `"x_text":"两端有空格"`, `"x_n":5,`, `"x_big":9007199254740993`, `"x_yes":true`, `"x_o":{"a":[1,{"b":"c"},null]}`, `"x_f":"一"`} {
			if !strings.Contains(raw, want) {
				t.Errorf("%s is missing in %s", want, raw)
			}
		}
		if strings.Contains(raw, "x_empty") {
			t.Error("a blank was kept")
		}
	}
	for where, want := range map[string]int{"x_网格=三网格": 1, "x_n=5": 1, "x_i=5": 1, "x_yes=true": 1, "x_n=6": 0, "x_n=": 1, "x_nosuch=": 2} {
		if got := o.list("activity", "--where", where); len(got) != want {
			t.Errorf("--where %s finds %d, want %d", where, len(got), want)
		}
	}
	before := o.head()
	long := strings.Repeat("长", 4001)
	for _, c := range []struct{ json, key string }{
		{`"x_a":1,"x_a":2`, "x_a"}, {`"x_a":"` + long + `"`, "x_a"}, {`"x_` + long + `":1`, "x_长"}, {`"x_a\u001b":1`, "x_a"},
		{`"x_a":"\u202e"`, "x_a"}, {`"x_a":["\u0007"]`, "x_a"}, {`"x_a":{"\u0007":1}`, "x_a"}, {`"x_a":1e400`, "x_a"},
		{`"x_a":123456789012345678901`, "x_a"}, {`"x_a":` + strings.Repeat("[", 20) + strings.Repeat("]", 20), "x_a"},
		{`"x_":1`, "x_"},
	} {
		in := strings.TrimSuffix(goodLine, "}") + "," + c.json + "}"
		if line := o.refused(2, in, "add", "activity", "-"); !strings.Contains(line, c.key) {
			t.Errorf("%.60s: %s", c.json, line)
		}
	}
	o.refused(2, "", "edit", id, "x_a=a\x1b")
	if o.head() != before {
		t.Error("something was stored")
	}
}
