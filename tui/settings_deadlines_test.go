package tui

import (
	"context"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// The office's own times on the screen: what is beyond the law's is refused at its
// field with the article, what is stored differs from what is built in, and the
// journal knows.
func TestDeadlinesOnScreen(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Expect("本月").Press("9").Press("s").Expect("书面告知15天，回访15天").Press("end").Press("ctrl+x").Expect("这一条总是在的").Press("enter")
	d.Expect("信访书面告知").Expect("检举控告").Expect("组织生活会")
	d.Press("ctrl+u").Type("16").Press("ctrl+s").Expect("信访书面告知期限应为1至15天（信访工作条例第二十二条）")
	d.Press("ctrl+u").Type("7")
	press(d, "tab", 5)
	d.Press("ctrl+u").Type("3")
	d.Press("tab").Press("ctrl+u").Type("3").Press("ctrl+s").Expect("党员大会一年应为4至366次")
	d.Press("ctrl+u").Type("0").Press("ctrl+s").Expect("书面告知7天，回访15天")
	got := led.Schema().Deadlines()
	if got.NoticeDays() != 7 || got.CloseDays("咨询求助") != 3 || got.CloseDays("建议意见") != 60 || got.RevisitDays() != 15 || len(got.MeetingRules()) != len(model.MeetingRules)-1 {
		t.Errorf("%+v", got)
	}
	set, err := led.Settings(context.Background())
	if err != nil || !set.Custom.Deadlines.Equal(&model.Deadlines{PetitionNotice: 7, PetitionClose: map[string]int{"咨询求助": 3}, Meetings: map[string]int{"党员大会": model.NoMeetings}}) {
		t.Errorf("%+v %v", set.Custom.Deadlines, err)
	}
	var last db.Entry
	if err := led.View(context.Background(), func(s *db.Snapshot) error {
		seq, _, err := s.Head()
		if err == nil {
			last, _, err = s.Entry(seq)
		}
		return err
	}); err != nil || last.Action != db.ActSettings || len(last.Fields) != 1 || last.Fields[0] != "deadlines" {
		t.Errorf("%+v %v", last, err)
	}
	// Back to what is built in: blanks, or the same numbers.
	d.Press("enter").Expect("信访书面告知").Press("ctrl+u")
	press(d, "tab", 5)
	d.Type("").Press("ctrl+u").Type("60").Press("tab").Press("ctrl+u").Press("ctrl+s").Expect("书面告知15天")
	if got := led.Schema().Deadlines(); !got.Equal(&model.Deadlines{}) {
		t.Errorf("%+v", got)
	}
	// Someone else changed them meanwhile.
	d.Press("enter").Expect("信访书面告知")
	custom(t, led, func(c *model.Custom) { c.Deadlines = &model.Deadlines{NeedRevisit: 9} })
	d.Press("ctrl+u").Type("5").Press("ctrl+s").Expect("填写期间别人改过")
}
