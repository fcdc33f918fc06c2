package plain

import (
	"strings"
	"testing"

	"taizhang/db/dbtest"
	"taizhang/model"
)

// The meetings of the branches told line by line, from the register's menu.
func TestMeetings(t *testing.T) {
	led := dbtest.New(t)
	org := dbtest.Add(t, led, "org", model.Values{"name": "一支部", "type": "党支部"})
	meet := func(month int, expected, present int64) string {
		return dbtest.Add(t, led, "meeting", model.Values{"date": model.NewDate(2026, month, 8), "type": "支委会", "org": model.Ref{ID: org}, "topic": "议事", "expected": expected, "present": present})
	}
	meet(1, 5, 5)
	short := meet(2, 4, 2)
	said, err := talk(t, led, model.ZH, "会议学习", "4", "2026Q9", "", "<", "q")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, said, "4 三会一课", "一支部 支委会：已开1次，应开12次；缺 2026年2月；本期未开：2026年3月", "不算已开："+short, "应到4人只到了2人，不超过半数", "党课要由书记讲")
	if strings.Contains(said, "党小组会") {
		t.Error("no groups are on file")
	}
	said, _ = talk(t, led, model.EN, "Meeting", "4", "2026-01", "<", "q")
	expect(t, said, "4 branch meetings", "一支部, branch committee: 1 held, 1 required")
}
