package model

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// The numbers below are added up by hand.
func TestFigures(t *testing.T) {
	d := newDesk(t)
	home1, home2 := Ref{ID: "H-2027-0001"}, Ref{ID: "H-2027-0002"}
	p1, p2, p3 := Ref{ID: "P-2027-0001"}, Ref{ID: "P-2027-0002"}, Ref{ID: "P-2027-0003"}
	event := func(date string, n int64, held string, lines []string, programmes ...string) *Record {
		return record(Activity, Values{"date": onDay(date), "attend_total": n, "held": held, "lines": lines, "programmes": programmes, "role": "主办"})
	}
	visit := func(date string, o Occasion, home, person Ref, m Money, cats []string, goods ...Row) *Record {
		return record(Visit, Values{"date": onDay(date), "occasion": o, "household": home, "person": person, "amount": m, "cats_then": cats, "goods": goods,
			"way": "入户", "fund": map[bool]string{true: "党费"}[m > 0], "visitors": []Ref{{Text: "李敏"}, {Text: "李敏"}, {Text: "周慧"}}})
	}
	issue := func(item string, period PeriodKey, state string) *Record {
		return record(Issue, Values{"item": Ref{ID: item}, "period": period, "state": state})
	}
	spring, routine := Occasion{"春节", 2027}, Occasion{"日常走访", 2027}
	draft := event("2027-03-08", 1000, HeldDone, []string{"党建"})
	draft.State = Draft
	void := visit("2027-03-08", routine, home1, p1, 99900, nil)
	void.State = Void
	records := []*Record{
		event("2027-03-08", 45, HeldDone, []string{"党建", "文体"}, "先锋社", "文体社"),
		event("2027H1", 100, HeldDone, []string{"文体"}, "文体社"),
		event("2027", 7, HeldDone, []string{"文体"}),
		event("2026-12-31", 5000, HeldDone, []string{"文体"}),
		event("2027-05-01", 300, HeldCancelled, []string{"文体"}),
		event("2027-06-01", 300, HeldPlanned, []string{"文体"}),
		draft, void,
		// The actual date counts, not the occasion's year.
		visit("2026-12-28", spring, home1, p1, 50000, nil),
		visit("2027-01-20", spring, home1, p1, 50000, []string{"困难党员", "高龄"},
			Row{"item": "米", "qty": Dec(2000), "unit": "袋"}, Row{"item": "油", "qty": Dec(1000), "unit": "桶"}),
		visit("2027-01-21", spring, home1, p2, 30050, []string{"高龄"},
			Row{"item": "米", "qty": Dec(5500), "unit": "斤"}, Row{"item": "油", "qty": Dec(2000), "unit": "桶"}, Row{"item": "春联", "qty": Dec(1000)}),
		visit("2027-03-01", routine, home2, p3, 0, nil),
		visit("2027-03-02", routine, home2, p3, 0, nil, Row{"item": "米", "qty": Dec(1000)}),
		issue("C-1", "2027-B1", IssuePosted), issue("C-1", "2027-B2", IssueDraft),
		issue("C-2", "2027-Q1", IssueSuperseded), issue("C-2", "2027-Q1", IssuePosted),
		issue("C-2", "2026-Q4", IssueArchived), issue("C-2", "2027", IssueDraft),
	}
	for id, class := range map[string]string{"C-1": "党务", "C-2": "财务"} {
		d.records[id] = record(Catalogue, Values{"class": class})
	}
	p, err := ParsePeriod("2027H1")
	if err != nil {
		t.Fatal(err)
	}
	d.add(Budget, "fund", "党费", "from", "2027", "amount", "1000")
	d.add(Budget, "fund", "党费", "from", "2026", "amount", "5") // of another time
	f := NewFigures(p, d.Context)
	f.AddBudget(d.records["F-2027-0002"], d.Context)
	f.AddBudget(d.records["F-2027-0001"], d.Context)
	for _, r := range records {
		f.Add(r)
	}
	got, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("\n", "", "\t", "").Replace(`{"period":"2027H1",
	"activity":{"events":2,"attendances":145,
		"by_programme":{"先锋社":{"events":1,"attendances":45},"文体社":{"events":2,"attendances":145}},
		"by_line":{"党建":{"events":1,"attendances":45},"文体":{"events":2,"attendances":145}},
		"by_role":{"主办":{"events":2,"attendances":145}}},
	"visit":{"households":2,"household_visits":4,"persons":3,"amount":"800.50",
		"goods":{"春联":{"qty":1,"unit":""},"油":{"qty":3,"unit":"桶"},"米":{"qty":1,"unit":""},"米（斤）":{"qty":5.5,"unit":"斤"},"米（袋）":{"qty":2,"unit":"袋"}},
		"by_occasion":{"2027日常走访":{"households":1,"household_visits":2,"persons":1,"amount":"0.00"},
			"2027春节":{"households":1,"household_visits":2,"persons":2,"amount":"800.50"}},
		"by_category":{"困难党员":{"households":1,"household_visits":1,"persons":1,"amount":"500.00"},
			"高龄":{"households":1,"household_visits":2,"persons":2,"amount":"800.50"}},
		"by_fund":{"":{"households":1,"household_visits":2,"persons":1,"amount":"0.00"},"党费":{"households":1,"household_visits":2,"persons":2,"amount":"800.50"}},
		"by_way":{"入户":{"households":2,"household_visits":4,"persons":3,"amount":"800.50"}},
		"by_building":{"":{"households":2,"household_visits":4,"persons":3,"amount":"800.50"}},
		"by_visitor":{"周慧":{"households":2,"household_visits":4,"persons":3,"amount":"800.50"},"李敏":{"households":2,"household_visits":4,"persons":3,"amount":"800.50"}},
		"budgets":[{"id":"F-2027-0001","fund":"党费","period":"2027","amount":"1000.00","used":"0.00","left":"1000.00"}]},
	"need":{"raised":0,"solved":0,"on_time":0,"revisited":0,"satisfied":0,"by_topic":{},"by_state":{}},"disclosure":{"by_class":{"党务":2,"财务":1},"by_state":{"公开中":2,"已更正":1,"草稿":1},"rates":{},"opinions":{"received":0,"answered":0,"on_time":0,"answer_rate":""}},"registers":`)
	if !strings.HasPrefix(string(got), want) {
		t.Errorf("figures\n got %s\nwant %s", got, want)
	}

	var of struct {
		Registers map[string]map[string]any
	}
	if err := json.Unmarshal(got, &of); err != nil {
		t.Fatal(err)
	}
	for text, path := range map[string][]string{"2": {"activity", "events"}, "800.50": {"visit", "amount"}, "1": {"issue", "by", "state", "已更正", "issues"},
		"145": {"activity", "by", "programmes", "文体社", "attendances"}} {
		var v any = of.Registers[path[0]]
		for _, key := range path[1:] {
			v = v.(map[string]any)[key]
		}
		if fmt.Sprint(v) != text {
			t.Errorf("%s is %v, want %s", strings.Join(path, "."), v, text)
		}
	}

	for _, l := range []Lang{ZH, EN} {
		rows := f.Rows(d.Context, l)
		if len(rows) != 2+4+4+2+2+4+5+8+8+8+4+4+8+4+1+3+2+3 {
			t.Errorf("%d rows", len(rows))
		}
		for _, r := range rows {
			if r.Section == "" || r.Label == "" || r.Value == "" {
				t.Errorf("incomplete row %+v", r)
			}
		}
	}
	if r := f.Rows(d.Context, EN)[1]; r.Section != "Activities" || r.Label != "total" || r.Unit != "attendances" || r.Value != "145" {
		t.Errorf("second row %+v", r)
	}
}

func TestNoFigures(t *testing.T) {
	got, err := json.Marshal(NewFigures(YearOf(onDay("2027")), newDesk(t).Context))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(got), "null") || !strings.Contains(string(got), `"goods":{}`) {
		t.Errorf("empty figures %s", got)
	}
}
