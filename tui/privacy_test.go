package tui

import (
	"slices"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// What each role sees on a person's page and in the list: the same as by the
// commands, see TestPrivacyMatrix there.
func TestPrivacyOnTheScreen(t *testing.T) {
	led := dbtest.New(t)
	compound := add(t, led, "compound", "name", "和平小区")
	home := add(t, led, "household", "head", "王秀兰", "compound", compound, "building", "3", "unit", "2", "room", "501")
	p := add(t, led, "person", "name", "王秀兰", "id_no", "11010519491231002X", "phone", "13800000001", "bank", "6222021234567890123", "household", home,
		"cats", "低保户 2024-03", "cause", "因病", "health", "肝癌晚期")
	kinds := []struct{ kind, full, part string }{
		{"name", "王秀兰", "王*兰"}, {"id", "11010519491231002X", "110105********002X"}, {"phone", "13800000001", "138****0001"},
		{"card", "6222021234567890123", "尾号0123"}, {"address", "2单元501室", "和平小区"}, {"category", "低保户", ""}, {"cause", "因病", ""}, {"disease", "肝癌晚期", ""},
	}
	enters := []model.Role{model.Clerk, model.Reviewer, model.Approver, model.Finance}
	for _, role := range []model.Role{model.Viewer, model.Clerk, model.Reviewer, model.Approver, model.Finance, model.Supervisor, model.Administrator} {
		opt := optionsFor(t, led, model.ZH)
		opt.Opened.Actor.Roles = []model.Role{role}
		s := New(opt, testSession(t).metric).s
		d := newDetail(s.declared().Register("person"), p)
		d.update(s, d.load(s)())
		page := strings.Join(d.view(s, 80, 80).lines, "\n")
		how := func(text, full, part string) string {
			switch {
			case strings.Contains(text, full):
				return "full"
			case part != "" && strings.Contains(text, part):
				return "part"
			}
			return "nothing"
		}
		got := ""
		for _, k := range kinds {
			got += k.kind + " " + how(page, k.full, k.part) + " "
		}
		want := "name part id part phone part card part address part category full cause full disease nothing "
		if slices.Contains(enters, role) {
			want = "name full id part phone part card part address full category full cause full disease full "
		}
		if got != want {
			t.Errorf("%s sees on the page: %s\nwant: %s", role, got, want)
		}
		var may []string
		for _, f := range s.context(nil).Revealable(d.record) {
			may = append(may, f.Key)
		}
		reveals := map[model.Role]string{model.Clerk: "id_no phone", model.Reviewer: "id_no phone", model.Approver: "id_no phone", model.Finance: "id_no phone bank"}[role]
		if strings.Join(may, " ") != reveals || d.canReveal(s) != (reveals != "") {
			t.Errorf("%s may reveal %v, want %s", role, may, reveals)
		}
		key, _ := db.KeyOf(p)
		rows, err := s.rows(d.reg, []db.Key{key}, declaredColumns(d.reg))
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		for _, r := range rows {
			for f, text := range r.cells {
				if how(text, "13800000001", "") == "full" || how(text, "11010519491231002X", "") == "full" || f.Key == "name" && (text == "王秀兰") != slices.Contains(enters, role) {
					t.Errorf("%s sees in the list %s %q", role, f.Key, text)
				}
			}
		}
	}
}
