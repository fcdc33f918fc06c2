package command_test

import (
	"encoding/csv"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
)

func ids(records []record) string {
	var out []string
	for _, r := range records {
		out = append(out, strings.TrimPrefix(r.ID, "A-2027-"))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestList(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "venue", "name=文化广场", "category=室外")
	for _, pairs := range [][]string{
		{"date=2026-12-31", "title=迎新年联欢会", "venue=V-2027-0001"},                                   // 0001, whichever letter venues have
		{"date=2027-01-01", "title=元旦健步走", "lines=文体、老龄", "attend_total=1.2万"},                     // 0002
		{"date=2027-03-08", "title=趣味运动会", "key_event=是", "cost=1234.50", "cost_source=办公经费"},      // 0003
		{"date=2027上", "title=半年读书", "programmes=读书社", "volunteer_hours=12.5"},                     // 0004
		{"date=2027-03", "title=三月义诊", "role=协办", "host=街道", "time_from=9点", "results=4 户 五好；9 人"}, // 0005
		{"date=2027", "title=Ping Pong 全年赛", "level=市", "audience=党员", "edition=第四届"},              // 0006
	} {
		venue := o.list("venue")[0].ID
		for i, p := range pairs {
			if strings.HasPrefix(p, "venue=") {
				pairs[i] = "venue=" + venue
			}
		}
		o.event(pairs...)
	}
	for _, c := range []struct{ args, want string }{
		{"", "0001 0002 0003 0004 0005 0006"},
		// A longer span must lie inside the period.
		{"--period=2027", "0002 0003 0004 0005 0006"},
		{"--period=2027H1", "0002 0003 0004 0005"},
		{"--period=2027Q1", "0002 0003 0005"},
		{"--period=2027-03", "0003 0005"},
		{"--period=2027-03-08", "0003"},
		{"--period=2026-12-31..2027-01-01", "0001 0002"},
		{"--period=2026-12-31", "0001"},
		{"--from=2027-01-01", "0002 0003 0004 0005 0006"},
		{"--to=2026-12-31", "0001"},
		{"--from=2026-12-31 --to=2027-01-01", "0001 0002"},
		{"--period=2027 --from=2027-02 --to=今", "0003"},
		{"--from=昨", ""},
		{"--period=1900", ""}, {"--period=2100", ""},
		{"--where=date=2027-03-08", "0003"}, {"--where=date=2027上", "0004"},
		{"--where=time_from=0900", "0005"}, {"--where=time_from=", "0001 0002 0003 0004 0006"},
		{"--where=名称=会", "0001 0003"}, {"--where=title=PING", "0006"},
		{"--where=lines=老龄", "0002"}, {"--where=条线=老龄、文体", "0001 0002 0003 0004 0005 0006"},
		{"--where=lines=文体 --where=lines=老龄", "0002"},
		{"--where=role=xb", "0005"}, {"--where=level=市", "0006"}, {"--where=audience=dy", "0006"},
		{"--where=venue=文化广场", "0001 0002 0003 0004 0005 0006"},
		{"--where=owner=赵主任 --where=attend_total=86 --limit=99", "0001 0003 0004 0005 0006"},
		{"--where=attend_total=12,000", "0002"},
		{"--where=volunteer_hours=12.5", "0004"},
		{"--where=key_event=是", "0003"}, {"--where=key_event=否", ""}, {"--where=key_event=", "0001 0002 0004 0005 0006"},
		{"--where=cost=1,234.50", "0003"}, {"--where=cost=1234.51", ""},
		{"--where=results=五好", "0005"},
		{"--search=联欢", "0001"}, {"--search=lhh", "0001"}, {"--search=yundong", "0003"}, {"--search=ping", "0006"}, {"--search=第四", "0006"},
		{"--search=A-2027-0003", "0003"}, {"--search=nosuchtext", ""},
		{"--search=会 --period=2027", "0003"},
		{"--limit=2", "0003 0004"}, // the latest by date
	} {
		args := []string{"activity"}
		if c.args != "" {
			args = append(args, strings.Fields(c.args)...)
		}
		if c.args == "--limit=2" {
			if got := o.list(args...); len(got) != 2 {
				t.Errorf("%s: %d records", c.args, len(got))
			}
			continue
		}
		if got := ids(o.list(args...)); got != c.want {
			t.Errorf("%s: %s, want %s", c.args, got, c.want)
		}
	}
	recs := o.list("activity", "--where", "title=趣味")
	same(t, "the shape", any(map[string]any{"id": recs[0].ID, "register": recs[0].Register, "version": float64(recs[0].Version), "values": recs[0].Values}),
		`{"id":"A-2027-0003","register":"activity","version":1,"values":{"date":"2027-03-08","title":"趣味运动会","lines":["文体"],"venue":"`+
			fmt.Sprint(o.list("venue")[0].ID)+`","attend_total":86,"key_event":true,"cost":"1234.50","cost_source":"办公经费",
		"owner":"S-2027-0001","recorder":"S-2027-0001","role":"主办","level":"社区","held":"已举办"}}`)
	for date, want := range map[string]string{"半年": "2027上", "三月": "2027-03", "全年": "2027"} {
		if got := o.list("activity", "--where", "title="+date)[0].Values["date"]; got != want && !(date == "半年" && got == "2027H1") {
			t.Errorf("%s: %v, want %s", date, got, want)
		}
	}
	if out := o.ok("list", "activity", "--period", "2020", "--format", "json"); len(decode[[]record](t, out)) != 0 {
		t.Error(out)
	}
	table := strings.Split(o.ok("list", "activity", "--limit", "3"), "\n")
	if len(table) != 4 || !strings.HasPrefix(table[0], "编号") || !strings.Contains(o.ok("list", "activity", "--lang", "en"), "Title") {
		t.Errorf("%q", table)
	}
	rows, err := csv.NewReader(strings.NewReader(o.ok("list", "activity", "--format", "csv"))).ReadAll()
	if err != nil || len(rows) != 7 || len(rows[0]) != len(rows[6]) || rows[0][0] != "\ufeff编号" {
		t.Errorf("%v, %d rows, %.60q", err, len(rows), rows)
	}
}

// The numbers below are added up by hand.
func TestFigures(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "compound", "name=和平小区")
	o.ok("add", "household", "head=张明", "compound=和平小区", "building=3", "room=501")
	o.ok("add", "person", "name=张明", "birth=1950-01-01", "household=H-2027-0001", "cats=困难党员 2020-01；低保户 2020-01")
	o.ok("add", "person", "name=李娜", "birth=1990-05")
	o.event("date=2027-03-08", "lines=党建、文体", "programmes=先锋社、文体社", "attend_total=45")
	o.event("date=2027上", "lines=文体", "programmes=文体社", "attend_total=100")
	o.event("date=2027-02-01", "lines=老龄", "role=协办", "host=街道", "attend_total=30")
	o.event("date=2027-03-20", "attend_total=1000")            // planned
	o.event("date=2027-03-05", "held=取消", "attend_total=1000") // cancelled
	o.event("date=2026-12-31", "attend_total=1000")
	o.ok("void", o.event("date=2027-03-01"), "--reason", "重复")
	first := o.ok("add", "visit", "date=2026-12-28", "person=张明", "amount=500", "fund=党费")
	o.ok("add", "visit", "date=2027-02-01", "person=张明", "amount=300.50", "goods=米 1 袋；油 2 桶", "fund=党费")
	o.ok("add", "visit", "date=2027-02-02", "person=李娜", "household=文昌苑", "goods=米 2 袋", "fund=工会", "occasion=春节")
	o.ok("add", "visit", "date=2027-03-01", "person=李娜", "household=文昌苑", "occasion=日常走访")
	if got := o.show(first).Values["occasion"]; got != "2027春节" {
		t.Errorf("a visit on 2026-12-28 belongs to %v", got)
	}
	none := `{"households":0,"household_visits":0,"persons":0,"amount":"0.00","goods":{},"by_occasion":{},"by_category":{},"by_fund":{},"by_way":{},"by_building":{},"by_visitor":{},"budgets":[]}`
	both := `{"households":1,"household_visits":1,"persons":1,"amount":"500.00"}`
	gift := `{"households":1,"household_visits":1,"persons":1,"amount":"300.50"}`
	bare := `{"households":1,"household_visits":1,"persons":1,"amount":"0.00"}`
	for period, want := range map[string]string{
		"2027H1": `{"period":"2027H1",
			"activity":{"events":3,"attendances":175,
				"by_programme":{"先锋社":{"events":1,"attendances":45},"文体社":{"events":2,"attendances":145}},
				"by_line":{"党建":{"events":1,"attendances":45},"文体":{"events":2,"attendances":145},"老龄":{"events":1,"attendances":30}},
				"by_role":{"主办":{"events":2,"attendances":145},"协办":{"events":1,"attendances":30}}},
			"visit":{"households":2,"household_visits":3,"persons":2,"amount":"300.50",
				"goods":{"米":{"qty":3,"unit":"袋"},"油":{"qty":2,"unit":"桶"}},
				"by_occasion":{"2027春节":{"households":2,"household_visits":2,"persons":2,"amount":"300.50"},
					"2027日常走访":{"households":1,"household_visits":1,"persons":1,"amount":"0.00"}},
				"by_category":{"困难党员":` + gift + `,"低保户":` + gift + `},
				"by_fund":{"党费":` + gift + `,"工会":` + bare + `,"":` + bare + `},"by_building":{"和平小区3号楼":` + gift + `,
					"文昌苑":{"households":1,"household_visits":2,"persons":1,"amount":"0.00"}},
				"by_way":{"入户":{"households":2,"household_visits":3,"persons":2,"amount":"300.50"}},
				"by_visitor":{"赵主任":{"households":2,"household_visits":3,"persons":2,"amount":"300.50"}},"budgets":[]},
			"need":{"raised":0,"solved":0,"on_time":0,"revisited":0,"satisfied":0,"by_topic":{},"by_state":{}},"disclosure":{"by_class":{},"by_state":{},"rates":{},"opinions":{"received":0,"answered":0,"on_time":0,"answer_rate":""}}}`,
		// The half year is in no month.
		"2027-03": `{"period":"2027-03",
			"activity":{"events":1,"attendances":45,
				"by_programme":{"先锋社":{"events":1,"attendances":45},"文体社":{"events":1,"attendances":45}},
				"by_line":{"党建":{"events":1,"attendances":45},"文体":{"events":1,"attendances":45}},
				"by_role":{"主办":{"events":1,"attendances":45}}},
			"visit":{"households":1,"household_visits":1,"persons":1,"amount":"0.00","goods":{},
				"by_occasion":{"2027日常走访":{"households":1,"household_visits":1,"persons":1,"amount":"0.00"}},"by_category":{},
				"by_fund":{"":` + bare + `},"by_way":{"入户":` + bare + `},"by_building":{"文昌苑":` + bare + `},"by_visitor":{"赵主任":` + bare + `},"budgets":[]},
			"need":{"raised":0,"solved":0,"on_time":0,"revisited":0,"satisfied":0,"by_topic":{},"by_state":{}},"disclosure":{"by_class":{},"by_state":{},"rates":{},"opinions":{"received":0,"answered":0,"on_time":0,"answer_rate":""}}}`,
		// The visit counts by its day, and belongs to the festival of the year after.
		"2026": `{"period":"2026",
			"activity":{"events":1,"attendances":1000,"by_programme":{},"by_line":{"文体":{"events":1,"attendances":1000}},"by_role":{"主办":{"events":1,"attendances":1000}}},
			"visit":{"households":1,"household_visits":1,"persons":1,"amount":"500.00","goods":{},
				"by_occasion":{"2027春节":` + both + `},"by_category":{"困难党员":` + both + `,"低保户":` + both + `},
				"by_fund":{"党费":` + both + `},"by_way":{"入户":` + both + `},"by_building":{"和平小区3号楼":` + both + `},"by_visitor":{"赵主任":` + both + `},"budgets":[]},
			"need":{"raised":0,"solved":0,"on_time":0,"revisited":0,"satisfied":0,"by_topic":{},"by_state":{}},"disclosure":{"by_class":{},"by_state":{},"rates":{},"opinions":{"received":0,"answered":0,"on_time":0,"answer_rate":""}}}`,
		"2025": `{"period":"2025","activity":{"events":0,"attendances":0,"by_programme":{},"by_line":{},"by_role":{}},"visit":` + none + `,"need":{"raised":0,"solved":0,"on_time":0,"revisited":0,"satisfied":0,"by_topic":{},"by_state":{}},"disclosure":{"by_class":{},"by_state":{},"rates":{},"opinions":{"received":0,"answered":0,"on_time":0,"answer_rate":""}}}`,
	} {
		got := decode[map[string]any](t, o.ok("figures", "--period", period, "--format", "json"))
		before, _ := got["last_year"].(map[string]any)
		if p, err := model.ParsePeriod(period); err != nil || before["period"] != p.LastYear().String() {
			t.Errorf("%s beside %v", period, before["period"])
		}
		delete(got, "last_year")
		delete(got, "registers")
		same(t, period, any(got), want)
	}
	whole := decode[map[string]any](t, o.ok("figures", "--period", "2027H1", "--format", "json"))
	traced := decode[struct {
		Registers map[string]any
		Trace     []struct {
			Register, Measure, Part, Term string
			Value                         any
			IDs                           []string
		}
	}](t, o.ok("figures", "--period", "2027H1", "--format", "json", "--trace"))
	if !reflect.DeepEqual(whole["registers"], any(traced.Registers)) {
		t.Errorf("traced\n%v, else\n%v", traced.Registers, whole["registers"])
	}
	found := 0
	for _, n := range traced.Trace {
		switch n.Register + " " + n.Measure + " " + n.Part + " " + n.Term {
		case "activity attendances  ":
			found++
			if n.Value != 175.0 || len(n.IDs) != 3 {
				t.Errorf("attendances %+v", n)
			}
		case "activity events programmes 先锋社", "visit goods goods 油":
			found++
			if len(n.IDs) != 1 {
				t.Errorf("%+v", n)
			}
		}
	}
	if found != 3 {
		t.Errorf("%d of the numbers looked for in %+v", found, traced.Trace)
	}
	for _, l := range []string{"zh", "en"} {
		table := o.ok("figures", "--period", "2027H1", "--lang", l)
		for _, want := range []string{"175", "300.50", map[string]string{"zh": "2027春节", "en": "Spring Festival 2027"}[l]} {
			if !strings.Contains(table, want) {
				t.Errorf("%s lacks %s:\n%s", l, want, table)
			}
		}
	}
}
