package command_test

import (
	"encoding/csv"
	"strings"
	"testing"
)

// found is a hit as search prints it for scripts.
type found struct{ ID, Register, Date, State, Title, Field, Snippet, Match string }

func (o *office) search(args ...string) []found {
	o.t.Helper()
	return decode[[]found](o.t, o.ok(append([]string{"search", "--format", "json"}, args...)...))
}

// newTown is an office with a record of each kind that is looked for.
func newTown(t *testing.T) *office {
	o := newOffice(t)
	o.ok("add", "person", "name=欧阳秀英", "birth=1941-05-02", "phone=13812345678", "health=高血压，独居")
	o.ok("add", "visit", "date=2027-02-01", "person=欧阳秀英", "household=和平小区3号楼501", "amount=300.50", "fund=党费", "change=想在卫生间装一个扶手")
	o.event("date=2027-03-08", "title=庆三八“巧手”趣味运动会")
	o.event("date=2027-01-02", "title=元旦健步走")
	return o
}

func TestSearchCommand(t *testing.T) {
	o := newTown(t)
	for text, want := range map[string]string{
		"趣味":          "A-2027-0001 title 趣味",
		"扶手":          "V-2027-0001 change 扶手",
		"qwydh":       "A-2027-0001 title 趣味运动会",
		"jianbuzou":   "A-2027-0002 title 健步走",
		"v-1":         "V-2027-0001  V-2027-0001",
		"A-2027-0002": "A-2027-0002  A-2027-0002",
		"300.50":      "V-2027-0001 amount 300.50",
		"0308":        "A-2027-0001 date 2027-03-08",
		"5678":        "P-2027-0001 phone 5678",
		"高血压":         "P-2027-0001 health 高血压",
	} {
		hits := o.search(text)
		if len(hits) != 1 || strings.Join([]string{hits[0].ID, hits[0].Field, hits[0].Match}, " ") != want || !strings.Contains(hits[0].Snippet, hits[0].Match) {
			t.Errorf("%q: %+v, want %s", text, hits, want)
		}
	}
	if hits := o.search("欧阳", "扶手"); len(hits) != 1 || hits[0].Register != "visit" || hits[0].Date != "2027-02-01" || hits[0].Title != "欧阳秀英 2027春节" {
		t.Errorf("two words: %+v", hits)
	}
	if hits := o.search("会", "--register", "visit", "--register", "走访"); len(hits) != 0 {
		t.Errorf("in another register: %+v", hits)
	}
	if hits := o.search("欧阳", "--register", "人员"); len(hits) != 1 || hits[0].ID != "P-2027-0001" {
		t.Errorf("in one register: %+v", hits)
	}
	if out := o.ok("search", "没有这样的字", "--format", "json"); len(decode[[]found](t, out)) != 0 {
		t.Error(out)
	}
	table := strings.Split(o.ok("search", "趣味"), "\n")
	if len(table) != 2 || !strings.Contains(table[1], "庆三八“巧手”【趣味】运动会") || !strings.Contains(table[1], "活动") {
		t.Errorf("%q", table)
	}
	if out := o.ok("search", "趣味", "--lang", "en"); !strings.Contains(out, "Found in") || !strings.Contains(out, "“巧手”[趣味]运动会") {
		t.Error(out)
	}
	rows, err := csv.NewReader(strings.NewReader(o.ok("search", "趣味", "--format", "csv"))).ReadAll()
	if err != nil || len(rows) != 2 || len(rows[1]) != 6 || rows[1][0] != "A-2027-0001" || rows[1][5] != "庆三八“巧手”趣味运动会" || !strings.HasPrefix(rows[0][0], "\ufeff") {
		t.Errorf("%v, %q", err, rows)
	}
	// What is void is not listed, as in list.
	o.ok("void", "A-2027-0002", "--reason", "重复")
	if hits := o.search("健步走"); len(hits) != 0 {
		t.Errorf("void: %+v", hits)
	}
}

// All of many hits come in pages, each once and newest first; fewer are said to be.
func TestSearchCommandLimit(t *testing.T) {
	o := newOffice(t)
	const title = "门球友谊赛"
	o.okIn(strings.Repeat(strings.Replace(goodLine, `"t"`, `"`+title+`"`, 1)+"\n", 1200), "add", "activity", "-")
	out, errs, code := o.runIn("", "search", title)
	if code != 0 || strings.Count(out, "\n") != 21 || !strings.Contains(errs, "--limit") {
		t.Errorf("code %d, %d lines, %q", code, strings.Count(out, "\n"), errs)
	}
	seen := map[string]bool{}
	for _, h := range o.search(title, "--limit", "0") {
		seen[h.ID] = true
	}
	if len(seen) != 1200 {
		t.Errorf("%d of 1200", len(seen))
	}
	if hits := o.search(title, "--limit", "700"); len(hits) != 700 || hits[0].ID != "A-2027-1200" {
		t.Errorf("%d hits, first %+v", len(hits), hits[0])
	}
}

func TestSearchCommandRefused(t *testing.T) {
	o := newTown(t)
	for _, c := range []struct {
		args   []string
		zh, en string
	}{
		{[]string{"search"}, "用法", "usage"},
		{[]string{"search", " \u3000"}, "没有写", "no text"},
		{[]string{"search", "会", "--register", "nosuch"}, "“nosuch”", `"nosuch"`},
		{[]string{"search", "会", "--limit", "-1"}, "--limit", "--limit"},
		{[]string{"search", "会", "--format", "xml"}, "--format", "--format"},
		{[]string{"search", strings.Repeat("长", 201)}, "200", "200"},
	} {
		for l, want := range map[string]string{"zh": c.zh, "en": c.en} {
			if line := o.refused(2, "", append(c.args, "--lang", l)...); !strings.Contains(line, want) {
				t.Errorf("%.60q: %s", c.args, line)
			}
		}
	}
	// Who may only look finds nothing by what is masked for her.
	o.ok("add", "staff", "name=吴平", "login=wup", "roles=管理", "--reason", "换届")
	o.ok("edit", "S-2027-0001", "roles=查看")
	for _, text := range []string{"欧阳", "oyxy", "5678", "13812345678", "高血压"} {
		if hits := o.search(text); len(hits) != 0 {
			t.Errorf("%q as a viewer: %+v", text, hits)
		}
	}
	for _, format := range []string{"table", "csv", "json"} {
		out := o.ok("search", "v-1", "--format", format)
		if !strings.Contains(out, "V-2027-0001") || strings.Contains(out, "秀英") {
			t.Errorf("a title as a viewer: %s", out)
		}
	}
	o.ok("search", "趣味")
	other := newTown(t)
	other.ok("add", "staff", "name=吴平", "login=wup", "roles=管理", "--reason", "换届")
	other.ok("edit", "S-2027-0001", "login=somebody-else")
	other.refused(7, "", "search", "趣味")
}
