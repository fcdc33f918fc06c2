package model

import "testing"

// Lists that count are typed in many ways; each keeps number, unit and name.
func TestCountingLists(t *testing.T) {
	d := newDesk(t)
	results, goods := Activity.Field("results"), Visit.Field("goods")
	for _, c := range []struct {
		f    *Field
		text string
		want string
	}{
		{results, "4户", "4 户"},
		{results, "4户 五好家庭；9人", "4 户 五好家庭；9 人"},
		{results, "4 户 五好家庭", "4 户 五好家庭"},
		{results, "节目3个；书2本", "3 个 节目；2 本 书"},
		{results, "３个 节目", "3 个 节目"},
		{goods, "米2袋", "米 2 袋"},
		{goods, "米 2袋", "米 2 袋"},
		{goods, "米2袋，油2桶", "米 2 袋；油 2 桶"},
		{goods, "米、油、面", "米；油；面"},
		{goods, "A4纸 2包 25", "A4纸 2 包 25.00"},
		{goods, "米 2 袋 50.5；油 1 桶", "米 2 袋 50.50；油 1 桶"},
		{goods, "棉被 | 1 | 床 | ", "棉被 1 床"},
	} {
		v, err := d.Parse(c.f, c.text)
		if err != nil {
			t.Errorf("%s: %s", c.text, Say(err, ZH))
			continue
		}
		if got := d.Text(c.f, v, ZH); got != c.want {
			t.Errorf("%s is read as %s, want %s", c.text, got, c.want)
		}
		back, err := d.Parse(c.f, d.Input(c.f, v, ZH))
		if err != nil || !Equal(back, v) {
			t.Errorf("%s: shown for correction as %q, which reads as %v, %v", c.text, d.Input(c.f, v, ZH), back, err)
		}
	}
}
