package export

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"taizhang/model"
)

var update = flag.Bool("update", false, "rewrite golden files")

// golden compares text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; if that is meant, run with -update. Now:\n%s", name, got)
	}
}

// desk is a small ledger in memory: a Source and the book behind it.
type desk struct {
	t       testing.TB
	c       *model.Context
	records []*model.Record
}

func (d *desk) Context() *model.Context { return d.c }
func (d *desk) Unit() string            { return "和平社区" }
func (d *desk) Head() (uint64, string)  { return 417, "0123456789abcdef" }

func (d *desk) Scan(register string, p model.Period, fn func(*model.Record) error) error {
	var out []*model.Record
	for _, r := range d.records {
		if r.Register.Key == register && r.State == model.Final && (p.IsZero() || p.Contains(r.Date())) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b *model.Record) int { return b.Date().Compare(a.Date()) })
	for _, r := range out {
		if err := fn(r); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) Reversed(register string, fn func(*model.Record, string) error) error {
	for _, r := range d.records {
		if r.Register.Key == register && r.State == model.Void {
			if err := fn(r, "重复发放"); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *desk) Record(id string) *model.Record {
	for _, r := range d.records {
		if r.ID == id {
			return r
		}
	}
	return nil
}

func (d *desk) Named(register, name string) (ids []string) {
	for _, r := range d.records {
		if f := r.Register.Field(r.Register.NameField); f != nil && r.Register.Key == register && r.Values[f.Key] == any(name) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func (d *desk) Referring(register, id string) (ids []string) {
	for _, r := range d.records {
		for _, f := range r.Register.Fields {
			if r.Register.Key == register && slices.Contains(model.RefsIn(f, r.Values[f.Key]), model.Ref{ID: id}) {
				ids = append(ids, r.ID)
				break
			}
		}
	}
	return ids
}

func (d *desk) Walk(register string, p model.Period, _ []string, fn func(*model.Record)) bool {
	return d.Scan(register, p, func(r *model.Record) error {
		fn(r)
		return nil
	}) == nil
}

// add enters a record that must be good.
func (d *desk) add(register string, v model.Values) model.Ref {
	d.t.Helper()
	reg := d.c.Schema.Register(register)
	r := model.NewRecord(reg)
	for k, x := range v {
		r.Set(k, x)
	}
	n := 1
	for _, o := range d.records {
		if o.Register == reg {
			n++
		}
	}
	r.ID, r.Version = model.FormatID(reg.Letter, 2026, n), 1
	r.Created = model.Stamp{At: d.c.Now}
	if err := d.c.Prepare(r, nil); err != nil {
		d.t.Fatalf("%s: %v", register, err)
	}
	d.records = append(d.records, r)
	return model.Ref{ID: r.ID}
}

func day(m, d int) model.Date { return model.NewDate(2026, m, d) }

// newDesk is the first half of 2026 with the people of the privacy vectors
// (domain.md §10), seen by a clerk on 10 March 2027.
func newDesk(t testing.TB) *desk {
	d := &desk{t: t}
	d.c = &model.Context{Schema: model.NewSchema(), Book: d, Now: time.Date(2027, 3, 10, 10, 0, 0, 0, model.Zone), Reason: "建账"}
	staff := d.add("staff", model.Values{"name": "李敏", "login": "limin", "roles": []string{"录入"}})
	boss := d.add("staff", model.Values{"name": "周慧", "roles": []string{"审批"}})
	d.c.Actor = model.Actor{Staff: staff.ID, Login: "limin", Roles: []model.Role{model.Clerk}}

	compound := d.add("compound", model.Values{"name": "和平小区"})
	home := func(head, room string) model.Ref {
		return d.add("household", model.Values{"head": model.Ref{Text: head}, "compound": compound, "building": "3", "unit": "2", "room": room})
	}
	person := func(name, birth string, more model.Values) model.Ref {
		on, err := model.ParseDate(birth)
		if err != nil {
			t.Fatal(err)
		}
		v := model.Values{"name": name, "birth": on, "household": home(name, "501"), "relation": "户主"}
		for k, x := range more {
			v[k] = x
		}
		return d.add("person", v)
	}
	cats := func(c string) []model.Row { return []model.Row{{"cat": c, "from": day(1, 1)}} }
	xiaoming := person("张小明", "1949-12-31", model.Values{"id_no": "11010519491231002X", "phone": "13812345678", "bank": "6222021234567890123",
		"health": "肝癌晚期", "disability": "肢体", "grade": int64(2), "politics": "中共党员", "joined_on": model.NewDate(1971, 7, 1), "cats": cats("困难党员")})
	ouyang := person("欧阳修", "1960-02-03", model.Values{"cats": cats("低保户"), "cause": []string{"因病"}})
	sima := person("司马相如", "1955-05-05", model.Values{"cats": cats("低保户")})
	ayi := person("阿依古丽·买买提", "1970-06-07", model.Values{"cats": cats("低保户")})
	person("张明", "1981-01-01", nil)
	child := person("赵小宝", "2018-05-01", model.Values{"cats": cats("困境儿童")})

	hall := d.add("venue", model.Values{"name": "文化活动中心", "category": "室内"})
	activity := func(on model.Date, title string, total int64, more model.Values) {
		v := model.Values{"date": on, "title": title, "lines": []string{"文体"}, "venue": hall, "attend_total": total, "owner": staff, "held": "已举办"}
		for k, x := range more {
			v[k] = x
		}
		d.add("activity", v)
	}
	activity(day(3, 8), "“三八”表彰|庆祝", 128, model.Values{"lines": []string{"妇女儿童", "文体"}, "programmes": []string{"文体社"}, "audience": []string{"妇女"},
		"results":  []model.Row{{"n": int64(4), "unit": "户", "label": "五好家庭"}},
		"summary":  "张小明住3号楼501，电话13812345678\n到场祝贺。",
		"evidence": "HD-001"})
	activity(day(4, 30), "=SUM(A1:A9) 广场晚会", 1500, model.Values{"cost": model.Money(120000), "cost_source": "服务经费"})
	activity(day(8, 1), "下半年的活动", 10, nil)

	consent := map[model.Ref]string{xiaoming: "姓氏", ouyang: "姓氏", sima: "匿名", ayi: "姓氏", child: "实名"}
	visit := func(on model.Date, who model.Ref, yuan int64, occasion string) {
		d.add("visit", model.Values{"date": on, "person": who, "amount": model.Money(yuan * 100), "fund": "街道民政", "occasion": model.Occasion{Name: occasion, Year: 2026},
			"goods": []model.Row{{"item": "米", "qty": model.Dec(1000), "unit": "袋"}}, "visitors": []model.Ref{staff}, "receipt": "已签", "consent_pub": []model.Row{{"consent": consent[who]}},
			"need_text": "希望换一副助听器", "change": "女儿失业", "voucher_no": "-PZ1"})
	}
	visit(day(2, 3), xiaoming, 1000, "春节")
	visit(day(2, 4), ouyang, 800, "春节")
	visit(day(2, 5), sima, 3000, "春节")
	visit(day(2, 6), ayi, 500, "春节")
	visit(day(6, 28), xiaoming, 500, "七一")
	visit(day(6, 1), child, 600, "六一")

	item := d.add("catalogue", model.Values{"no": int64(1), "class": "党务", "topic1": "联系服务群众", "body_org": model.Ref{Text: "社区党委"},
		"cadence": "2月", "drafter": staff, "reviewer": boss, "approver": boss})
	inner := d.add("catalogue", model.Values{"no": int64(2), "class": "党务", "topic1": "发展党员", "body_org": model.Ref{Text: "社区党委"},
		"cadence": "2月", "scope": "党内", "drafter": staff, "reviewer": boss, "approver": boss})
	by := func(who model.Ref) []model.Row { return []model.Row{{"by": who, "on": day(3, 10)}} }
	d.add("issue", model.Values{"item": item, "period": model.PeriodKey("2026-B1"), "body": "走访61户。", "state": "公开中", "code": "党务-2026-B1-01",
		"due": day(3, 15), "drafted": by(staff), "reviewed": by(boss), "approved": by(boss), "posted": by(staff), "up_until": day(3, 20),
		"chk_secret": true, "chk_masked": true, "chk_need": true, "chk_accurate": true})
	d.add("issue", model.Values{"item": inner, "period": model.PeriodKey("2026-B2"), "body": "转为正式党员1名。"})
	d.add("opinion", model.Values{"date": day(4, 1), "issue": model.Ref{ID: "D-2026-0001"}, "person": "孙建议", "content": "字太小", "topic": "其他"})
	return d
}
