package model

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// The numbers below are counted by hand.
func TestNeedFigures(t *testing.T) {
	d := newDesk(t)
	f := NewFigures(Period{From: onDay("2027-01-01"), To: onDay("2027-06-30")}, d.Context)
	for _, n := range []struct{ date, due, state, closed, revisit, sat, topic string }{
		{"2027-01-05", "2027-01-20", NeedSolved, "2027-01-20", "2027-02-01", "满意", "民生"}, // on the last day
		{"2027-02-05", "2027-02-20", NeedSolved, "2027-02-21", "2027-03-01", "不满意", "物业"},
		{"2027-03-05", "2027-03-20", NeedSolved, "2027-03-10", "", "", "民生"},
		{"2027-03-06", "2027-03-21", NeedSolved, "2027-07-10", "", "基本满意", "民生"}, // solved later, asked without a date
		{"2027-04-05", "2027-04-20", NeedOpen, "", "", "", "治安"},
		{"2027-06-30", "2027-07-15", NeedInHand, "", "", "满意", "民生"}, // an answer before it is solved counts for nothing
		{"2026-12-31", "2027-01-15", NeedSolved, "2027-01-10", "", "", "民生"},
		{"2027-07-01", "2027-07-15", NeedOpen, "", "", "", "民生"},
	} {
		v := Values{"date": onDay(n.date), "due": onDay(n.due), "state": n.state, "topic": n.topic, "satisfaction": n.sat}
		if n.closed != "" {
			v["closed_on"] = onDay(n.closed)
		}
		if n.revisit != "" {
			v["revisit_on"] = onDay(n.revisit)
		}
		f.Add(record(Needs, v))
	}
	void := record(Needs, Values{"date": onDay("2027-01-05"), "state": NeedOpen})
	void.State = Void
	f.Add(void)
	b, err := json.Marshal(f)
	if want := `"need":{"raised":6,"solved":4,"on_time":2,"revisited":3,"satisfied":2,"by_topic":{"民生":4,"治安":1,"物业":1},"by_state":{"办理中":1,"办结":4,"待办":1}}`; err != nil || !strings.Contains(string(b), want) {
		t.Errorf("%v\n%s", err, b)
	}
	var lines []string
	for _, row := range f.Rows(d.Context, ZH) {
		if strings.HasPrefix(row.Section, "诉求") {
			lines = append(lines, fmt.Sprint(row.Section, row.Label, row.Value, row.Unit))
		}
	}
	if got := strings.Join(lines, " "); got != "诉求收集6件 诉求解决4件 诉求解决66.7%占收集 诉求按期解决2件 诉求按期解决50.0%占解决 诉求已回访3件 诉求已回访75.0%占解决 诉求回访满意2件 诉求回访满意66.7%占回访 "+
		"诉求：归类民生4件 诉求：归类物业1件 诉求：归类治安1件 诉求：状态待办1件 诉求：状态办理中1件 诉求：状态办结4件" {
		t.Error(got)
	}
	if rows := NewFigures(f.Period, d.Context).Rows(d.Context, EN); len(rows) > 0 {
		for _, row := range rows {
			if strings.HasPrefix(row.Section, "Needs") {
				t.Errorf("rows about nothing: %+v", row)
			}
		}
	}
}
