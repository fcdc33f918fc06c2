package command_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// A template fills what the command line does not say; open words are asked
// for; what the office changed is used.
func TestTemplates(t *testing.T) {
	o := newOffice(t)
	if out := o.ok("templates"); strings.Count(out, "\n") != 14 || !strings.Contains(out, "党务双月公开") || !strings.Contains(out, "主题") {
		t.Errorf("%s", out)
	}
	if out := o.ok("templates", "visit", "--lang", "en"); !strings.Contains(out, "Spring Festival visits") || strings.Contains(out, "activity") {
		t.Errorf("%s", out)
	}
	var list []struct {
		Register, ZH string
		Slots        []string
		Texts        map[string]string
	}
	if err := json.Unmarshal([]byte(o.ok("templates", "activity", "--json")), &list); err != nil || len(list) != 7 || list[0].Texts["form"] != "评选表彰" {
		t.Errorf("%v %+v", err, list)
	}

	id := o.ok("add", "活动", "--template", "sbpx", "日期=2026-03-06", "地点=活动室", "人次=60", "条线=文体")
	rec := o.show(id)
	if rec.Values["title"] != "庆“三八”五好文明家庭、平安家庭、好媳妇评选" || rec.Values["date"] != "2026-03-06" || rec.Values["form"] != "评选表彰" {
		t.Errorf("%v", rec.Values)
	}
	if lines, _ := rec.Values["lines"].([]any); len(lines) != 1 || lines[0] != "文体" {
		t.Errorf("what is given does not take precedence: %v", rec.Values["lines"])
	}
	party := []string{"add", "activity", "--template", "主题党日", "date=2026-05-08", "venue=活动室", "attend_total=40"}
	if msg := o.refused(2, "", party...); !strings.Contains(msg, "--slot 主题=") {
		t.Error(msg)
	}
	id = o.ok(append(party, "--slot", "主题=学党史")...)
	if rec := o.show(id); rec.Values["title"] != "5月主题党日：学党史" {
		t.Errorf("%v", rec.Values)
	}
	if id = o.ok(append(party, "title=五月党日")...); o.show(id).Values["title"] != "五月党日" {
		t.Error("a title that is given is filled by the template")
	}
	o.refused(2, "", "add", "activity", "--template", "没有", "title=x")
	o.refused(2, "", "add", "activity", "--slot", "届=五", "title=x")
	o.refused(2, "", "add", "visit", "--template", "三八评选", "date=今")

	o.okIn(`{"taizhang_settings":1,"templates":[{"key":"x_yx","zh":"夜校","register":"activity","texts":[
		{"field":"title","text":"第{届}期夜校"},{"field":"lines","text":"科普、没有"},{"field":"x_gone","text":"旧"},{"field":"venue","text":"阅览室"}]}]}`, "settings", "import", "-")
	out, errs, code := o.runIn("", "add", "activity", "--template", "夜校", "--slot", "届=五", "lines=文体", "attend_total=20")
	if code != 0 || !strings.Contains(errs, "x_gone") || !strings.Contains(errs, "条线") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	if rec := o.show(strings.TrimSpace(out)); rec.Values["title"] != "第五期夜校" {
		t.Errorf("%v", rec.Values)
	}
	if out := o.ok("settings", "show"); !strings.Contains(out, "夜校") {
		t.Errorf("%s", out)
	}
}
