package model

import (
	"strings"
	"testing"
)

// doubted lists the fields that the doubts of a record are about, in their order.
func (d *desk) doubted(r *Record) string {
	var keys []string
	for _, q := range r.Register.Doubts(r, d.Context) {
		keys = append(keys, q.About[0])
	}
	return strings.Join(keys, " ")
}

// Between makes the book a Finder, as the store's is.
func (d *desk) Between(register string, from, to Date, _ int) []string {
	return d.where(register, func(r *Record) bool { return r.State.Live() && Period{from, to}.Contains(r.Date()) })
}

func (d *desk) Holding(string, string, string, int) []string { return nil }

func (d *desk) finder() *desk { d.Context.Book = d; return d }

func TestMeeting(t *testing.T) {
	d := newDesk(t).finder()
	branch := d.add(Org, "name", "第一党支部", "type", "党支部")
	held := func(more ...string) []string {
		return append([]string{"type", "dydh", "org", branch.ID, "topic", "学习", "date", "0308"}, more...)
	}
	r := d.add(Meeting, held("expected", "44", "absent", "张明 因病；李敏 因事", "votes", "40 1 1")...)
	if MeetingPresent.Of(r) != 42 || Meeting.Field("rate").Computed(r, d.Context) != "95.5%" || d.Title(r) != "党员大会 学习" {
		t.Errorf("%s: present %d, rate %v", d.Title(r), MeetingPresent.Of(r), Meeting.Field("rate").Computed(r, d.Context))
	}
	d.refused("present", Meeting, held("expected", "44", "present", "45")...)
	d.refused("absent", Meeting, held("expected", "44", "present", "43", "absent", "张明 因病；李敏 因事")...)
	d.refused("votes", Meeting, held("expected", "44", "present", "40", "votes", "39 1 1")...)
	d.refused("present", Meeting, held("expected", "44")...)
	d.refused("lecturer", Meeting, "type", "dk", "org", branch.ID, "topic", "党课", "expected", "4", "present", "4")
	away := []string{"type", "wcch", "org", branch.ID, "topic", "座谈会", "date", "2027上"}
	d.refused("host", Meeting, away...)
	if out := d.add(Meeting, append(away, "host", "市民政局", "capacity", "发言", "present", "2")...); MeetingExpected.Of(out) != 2 {
		t.Errorf("those sent elsewhere were %d", MeetingExpected.Of(out))
	}

	for _, c := range []struct{ want, more string }{
		{"date", "present=43"}, // the one entered above
		{"date present", "present=22"},
		{"date votes", "present=43 votes=22,1,1"},
		{"date absent", "present=40 absent=张明,因病"},
	} {
		pairs := held("expected", "44")
		for _, p := range strings.Fields(c.more) {
			k, v, _ := strings.Cut(p, "=")
			pairs = append(pairs, k, strings.ReplaceAll(v, ",", " "))
		}
		next, err := d.read(Meeting, pairs...)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.doubted(next); got != c.want {
			t.Errorf("%s: doubts about %q, want %q", c.more, got, c.want)
		}
	}
	var all []*Record
	for _, id := range d.where("meeting", func(*Record) bool { return true }) {
		all = append(all, d.Record(id))
	}
	for name, want := range map[string]int64{"次数": 2, "到会人次": 44, "应到人次": 46} {
		m, err := Meeting.Measure(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := Meeting.Tally(d.Context, m, all); got.Value != want {
			t.Errorf("%s: %d, want %d", name, got.Value, want)
		}
	}
}

func TestHonourAndCommendation(t *testing.T) {
	d := newDesk(t)
	good := []string{"title", "文明社区", "level", "市", "giver", "市文明办", "date", "2026-04", "valid_until", "2026-12"}
	r := d.add(Honour, good...)
	if !HonourOver(r, d.Today()) || HonourOver(r, onDay("2026-12-31")) {
		t.Error("an honour is in force through the last day of its term")
	}
	d.refused("valid_until", Honour, "title", "文明社区", "level", "市", "giver", "市文明办", "date", "2026-04", "valid_until", "2026-03")
	d.refused("winner_ref", Honour, append(good, "winner", "个人")...)
	d.refused("event", Honour, append(good, "kind", "竞赛奖项")...)
	again, err := d.read(Honour, append(good, "date", "2026-06")...)
	if err != nil || d.doubted(again) != "title" {
		t.Errorf("the same title in one year: %v, %q", err, d.doubted(again))
	}
	if next, err := d.read(Honour, append(good, "date", "2025-06")...); err != nil || d.doubted(next) != "" {
		t.Errorf("the same title in another year: %v, %q", err, d.doubted(next))
	}

	event := d.add(Activity, "title", "三八评选", "lines", "fnet", "venue", "广场", "attend_total", "45", "date", "0308")
	ann := d.add(Person, "name", "安琪", "birth", "1980")
	c := d.add(Commendation, "activity", event.ID, "title", "好媳妇", "unit", "r", "roster", ann.ID)
	if CommendationN.Of(c) != 1 || c.Date() != onDay("2027-03-08") {
		t.Errorf("number %d on %s", CommendationN.Of(c), c.Date())
	}
	bob := d.add(Person, "name", "鲍勃", "birth", "1980")
	d.refused("roster", Commendation, "activity", event.ID, "title", "好媳妇", "unit", "人", "n", "1", "roster", ann.ID+" "+bob.ID)
	d.refused("n", Commendation, "activity", event.ID, "title", "好媳妇", "unit", "人", "n", "0")
	homes := d.add(Commendation, "activity", event.ID, "title", "平安家庭", "unit", "户", "n", "4")
	for name, want := range map[string]int64{"户数": 4, "人数": 1, "个数": 0} {
		m, _ := Commendation.Measure(name)
		if got := Commendation.Tally(d.Context, m, []*Record{c, homes}); got.Value != want {
			t.Errorf("%s: %d, want %d", name, got.Value, want)
		}
	}
	if tables := d.Related(event); len(tables) != 1 || len(tables[0].Rows) != 2 {
		t.Errorf("under the activity stand %v", tables)
	}
}

func TestRuleAndOpinionForm(t *testing.T) {
	d := newDesk(t)
	r := d.add(Rule, "title", "工作职责", "made", "2024-05", "duties", "李敏 第一责任人 2027-01-12；张明 直接责任人")
	old := d.add(Rule, "title", "旧章程", "made", "2010", "state", "废止")
	for name, want := range map[string]int64{"项数": 1, "责任书": 1} {
		m, _ := Rule.Measure(name)
		if got := Rule.Tally(d.Context, m, []*Record{r, old}); got.Value != want {
			t.Errorf("%s: %d, want %d", name, got.Value, want)
		}
	}
	d.refused("revised", Rule, "title", "章程", "made", "2024", "state", "修订")
	d.refused("revised", Rule, "title", "章程", "made", "2024", "revised", "2023", "state", "修订")

	form := func(more ...string) []string {
		return append([]string{"topic", "居民意见", "issued", "500"}, more...)
	}
	o := d.add(OpinionForm, form("returned", "463", "valid", "460", "opinions", "楼道灯不亮 物业 是 已换；噪声大 环境卫生 否")...)
	if rate := OpinionForm.Field("rate").Computed(o, d.Context); rate != "92.6%" {
		t.Errorf("rate %v", rate)
	}
	for name, want := range map[string]int64{"发放": 500, "回收": 463, "有效": 460, "意见": 2, "采纳": 1, "答复": 1} {
		m, _ := OpinionForm.Measure(name)
		if got := OpinionForm.Tally(d.Context, m, []*Record{o}); got.Value != want {
			t.Errorf("%s: %d, want %d", name, got.Value, want)
		}
	}
	d.refused("returned", OpinionForm, form("returned", "501")...)
	d.refused("valid", OpinionForm, form("returned", "400", "valid", "401")...)
	d.refused("returned", OpinionForm, form("valid", "1")...)
	d.refused("issued", OpinionForm, "topic", "居民意见")
}

// A phrase is approved by those who may; a clerk's change of its text takes the
// approval back.
func TestPhraseApproval(t *testing.T) {
	d := newDesk(t)
	d.refused("approved", Phrase, "short", "三贴近", "full", "贴近实际", "kind", "口号", "approved", "是")
	d.refused("approved_by", Phrase, "short", "三贴近", "full", "贴近实际", "kind", "口号", "approved_by", d.Actor.Staff)
	r := d.add(Phrase, "short", "三贴近", "full", "贴近实际", "kind", "口号")
	clerk := d.Actor
	edit := func(key string, v any) error {
		t.Helper()
		next := r.Clone()
		next.Set(key, v)
		err := d.Prepare(next, r)
		if err == nil {
			r = next
		}
		return err
	}
	if err := edit("approved", true); err == nil {
		t.Error("a clerk approves a phrase")
	}
	d.Actor = Actor{Staff: d.keep(record(Staff, Values{"name": "周慧"})).ID, Roles: []Role{Approver}}
	if err := edit("approved", true); err != nil || r.Get("approved_by") != d.actorRef() || r.Get("approved_on") != d.Today() {
		t.Errorf("approved: %v %v", err, r.Values)
	}
	if err := edit("full", "贴近居民"); err != nil || !PhraseApproved.Of(r) {
		t.Errorf("an approver's own text: %v %v", err, r.Values)
	}
	approver := d.Actor
	d.Actor = clerk
	if err := edit("kind", "套话"); err != nil || r.Get("approved_by") != (Ref{ID: approver.Staff}) {
		t.Errorf("another field: %v %v", err, r.Values)
	}
	if err := edit("full", "贴近群众"); err != nil || PhraseApproved.Of(r) || r.Get("approved_by") != nil {
		t.Errorf("a clerk's text stays approved: %v %v", err, r.Values)
	}
}

func TestDonation(t *testing.T) {
	d := newDesk(t).finder()
	unit := d.add(Partner, "name", "示例学院")
	gift := func(more ...string) []string {
		return append([]string{"use", "助学", "receipt_no", "JZ-001", "publish_as", "无"}, more...)
	}
	d.refused("amount", Donation, gift("giver", "张明")...)
	d.refused("giver", Donation, gift("amount", "5")...)
	if r := d.add(Donation, "giver", "张明", "amount", "5", "use", "助学", "receipt_no", "1"); !d.Withheld(r, Public) {
		t.Error("a giver who was not asked is published")
	}
	d.refused("publish_as", Donation, gift("giver", unit.ID, "amount", "500", "publish_as", "姓氏")...)
	public := func(as string) string {
		r := d.add(Donation, gift("giver", "欧阳明", "amount", "500", "publish_as", as, "date", "2027-01-05")...)
		if d.Withheld(r, Public) {
			return "-"
		}
		f := Donation.Field("giver")
		return d.MaskField(r, f, r.Values["giver"], Public, ZH, d.Today())
	}
	for as, want := range map[string]string{"无": "-", "匿名": "匿名", "姓氏": "欧阳**", "实名": "欧阳明"} {
		if got := public(as); got != want {
			t.Errorf("published as %s: %q, want %q", as, got, want)
		}
	}
	for _, key := range []string{"address", "phone", "recipients"} {
		if f := Donation.Field(key); f.ShownTo(Public) || d.MaskText(f, map[string]any{"address": "和平小区3号楼2单元", "phone": "13812345678", "recipients": []Ref{{ID: d.Actor.Staff}}}[key], Public, ZH, d.Today()) != "" {
			t.Errorf("%s is public", key) // a giver agrees to his name
		}
	}
	r := d.add(Donation, gift("giver", "张明", "amount", "500", "goods", "米 10 袋")...)
	if err := Erasable(r); err == nil {
		t.Error("a gift can be deleted")
	}
	next := r.Clone()
	next.Set("amount", Money(600_00))
	if err := Correctable(r, next, ""); err == nil || !strings.Contains(Say(err, ZH), "已开收据，改“捐款”要写明原因") {
		t.Errorf("the amount on a receipt: %v", err)
	}
	if again, err := d.read(Donation, gift("giver", "张明", "amount", "500")...); err != nil || d.doubted(again) != "date receipt_no" {
		t.Errorf("the same gift: %v %q", err, d.doubted(again))
	}
}

// TestLeastYear: 每年都达 is the least of the years that are over, a year without
// gifts included.
func TestLeastYear(t *testing.T) {
	d := newDesk(t)
	amount, _ := Donation.Measure("金额")
	var gifts []*Record
	gift := func(day string, m Money) *Record {
		r := d.add(Donation, "giver", "张明", "use", "助学", "receipt_no", "1", "publish_as", "无", "amount", m.Text(), "date", day)
		gifts = append(gifts, r)
		return r
	}
	least := func(to string, n int) (Money, int, bool) {
		l, ok := Donation.LeastYear(d.Context, amount, gifts, onDay(to), n)
		return Money(l.Value), l.Year, ok
	}
	if _, _, ok := least("2027-12-31", 0); ok {
		t.Error("there is a least year without gifts")
	}
	gift("2024-05-01", 7000_00)
	gift("2024-11-01", 5300_00)
	gift("2025-06-01", 10000_00)
	gift("2026-06", 11500_00)
	gift("2027-01-02", 1_00) // a year that is not over
	gift("2023-01-02", 1_00).State = Void
	for _, c := range []struct {
		to   string
		n    int
		want Money
		year int
	}{
		{"2027-12-31", 0, 10000_00, 2025}, // the present year is not over
		{"2026-12-31", 0, 10000_00, 2025},
		{"2026-12-30", 0, 10000_00, 2025},
		{"2024-12-31", 0, 12300_00, 2024},
		{"2027-01-31", 1, 11500_00, 2026},
		{"2027-01-31", 9, 10000_00, 2025},
	} {
		if m, year, ok := least(c.to, c.n); m != c.want || year != c.year || !ok {
			t.Errorf("up to %s, %d years: %s in %d, %v", c.to, c.n, m.Text(), year, ok)
		}
	}
	if _, _, ok := least("2024-12-30", 0); ok {
		t.Error("a year counts before it is over")
	}
	gift("2022-03-01", 20_00) // and nothing in 2023
	if m, year, _ := least("2026-12-31", 0); m != 0 || year != 2023 {
		t.Errorf("with a year without gifts: %s in %d", m.Text(), year)
	}
}
