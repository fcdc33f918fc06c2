package sample

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
)

// Walk makes the shelf a Walker.
func (s *shelf) Walk(register string, p model.Period, _ []string, fn func(*model.Record)) bool {
	for _, r := range s.of[register] {
		if r.State == model.Final && (p.IsZero() || p.Contains(r.Date())) {
			fn(r)
		}
	}
	return true
}

// What the application says of the community itself (domain.md §3.3).
func TestCommunity(t *testing.T) {
	s := filled(t, 0)
	end := model.NewDate(Year, 12, 31)
	s.ctx.Now = s.ctx.Now.AddDate(0, 0, 41) // 2026-12-31
	if s.ctx.Today() != end {
		t.Fatal(s.ctx.Today())
	}
	measure := func(reg *model.Register, key string, keep func(*model.Record) bool) string {
		m, err := reg.Measure(key)
		if err != nil {
			t.Fatal(err)
		}
		var of []*model.Record
		for _, r := range model.InForce(s.of[reg.Key], end) {
			if keep == nil || keep(r) {
				of = append(of, r)
			}
		}
		return reg.Tally(s.ctx, m, of).Text()
	}
	branch := func(r *model.Record) bool { return model.OrgType.Of(r) == "党支部" }
	room := func(name string) func(*model.Record) bool {
		return func(r *model.Record) bool { return model.VenueName.Of(r) == name }
	}
	for _, c := range []struct {
		reg  *model.Register
		key  string
		keep func(*model.Record) bool
		want string
	}{
		{model.Profile, "area", nil, "1.5"}, {model.Compound, "compounds", nil, "15"}, {model.Compound, "households", nil, "4062"},
		{model.Population, "households", nil, "4062"}, {model.Population, "resident", nil, "11286"},
		{model.OrgCount, "members", nil, "186"}, {model.Org, "orgs", branch, "4"},
		{model.Team, "teams", nil, "6"}, {model.Repertoire, "pieces", nil, "4"}, {model.Programme, "programmes", nil, "6"}, {model.Phase, "phases", nil, "3"},
		{model.Venue, "area", room("文化活动中心"), "206"}, {model.Venue, "rooms", room("文化活动中心"), "5"}, {model.Venue, "area", room("健身文化广场"), "508"},
		{model.Venue, "capacity", room("党员活动室"), "50"}, {model.Staff, "in_post", nil, "10"}, {model.Staff, "two_committees", nil, "6"},
	} {
		if got := measure(c.reg, c.key, c.keep); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.reg.Key, c.key, got, c.want)
		}
	}
	var posts []string
	for _, l := range model.StaffByPost(s.of["staff"], end) {
		posts = append(posts, fmt.Sprintf("%s%d", l.Words().ZH, len(l.IDs)))
	}
	if got := strings.Join(posts, "、"); got != "第一书记1、书记兼主任1、副书记兼组织员1、副主任1、其他6" {
		t.Errorf("staff by post: %s", got)
	}
	for _, r := range s.of["equipment"] {
		if n := model.EquipmentName.Of(r); n == "远教设备" || n == "投影设备" {
			if s.ctx.NameOf(model.EquipmentVenue.Of(r)) != "党员活动室" || model.EquipmentQty.Of(r) != 1 || model.EquipmentUnit.Of(r) != "套" {
				t.Errorf("%s: %v", n, r.Values)
			}
		}
	}
	// The plan: at the year's end one lesson of study and two events for the
	// elderly are missing, and one match.
	got := map[string]string{}
	for _, r := range s.of["plan"] {
		done, ok := s.ctx.PlanDone(r)
		behind, _ := s.ctx.PlanBehind(r, end)
		if !ok {
			t.Fatalf("%s cannot be told", r.ID)
		}
		got[model.PlanTask.Of(r)] = fmt.Sprintf("%d/%d -%d", done, model.PlanTarget(r), behind)
	}
	for task, want := range map[string]string{"先锋社每月一次理论学习": "11/12 -0", "四个支部每季度各开一次党员大会": "16/16 -0", "读书社每季度办一次书友活动": "4/4 -0",
		"举办三八评选表彰": "1/1 -0", "举办两场大型广场文艺晚会": "2/2 -0", "组织群众体育赛事五场": "4/5 -1", "春蕾阵地寒暑假实践六场": "6/6 -0",
		"夕阳阵地健康讲座、义诊五场": "3/5 -2", "每季度一次消防安全宣传": "4/4 -0", "志愿服务集市和表彰四场": "5/4 -0", "廉政教育两场": "3/2 -0", "开好民主生活会": "1/1 -0"} {
		if got[task] != want {
			t.Errorf("%s: %s, want %s", task, got[task], want)
		}
	}
	if len(got) != 12 {
		t.Errorf("%d items", len(got))
	}
}
