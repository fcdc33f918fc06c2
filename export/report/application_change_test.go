package report

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"taizhang/model"
	"taizhang/model/sample/sampletest"
)

// run-in numbers are counted like those of headings.
var itemNo = regexp.MustCompile(`^[一二三四五六七八九十]+是`)

// told is a sentence as it stands, with the exact values behind rounded numbers.
func told(s *Sentence) string {
	out := itemNo.ReplaceAllString(s.Text, "")
	for _, f := range s.Figures {
		out += "\x00" + f.Value
	}
	return out
}

// changed are the sentences of each document that the other does not have.
func changed(before, after []Sentence) (out []Sentence) {
	for _, pair := range [][2][]Sentence{{before, after}, {after, before}} {
		have := map[string]int{}
		for i := range pair[1] {
			have[told(&pair[1][i])]++
		}
		for i := range pair[0] {
			if key := told(&pair[0][i]); have[key] > 0 {
				have[key]--
			} else {
				out = append(out, pair[0][i])
			}
		}
	}
	return out
}

// voided fills the application as if the record had been voided.
func (s *shelf) voided(t testing.TB, r *model.Record) []Sentence {
	r.State = model.Void
	defer func() { r.State = model.Final }()
	return application(t, s, Job{}).Sentences()
}

func texts(list []Sentence) (out []string) {
	for i := range list {
		out = append(out, told(&list[i]))
	}
	slices.Sort(out)
	return out
}

// TestApplicationChanges: when a record goes, exactly the sentences that depend
// on it change, as their traces say.
func TestApplicationChanges(t *testing.T) {
	s := community(t)
	before := application(t, s, Job{}).Sentences()
	for _, c := range []struct{ register, field, value, says string }{
		{"honour", "title", "和谐社区", "省级"},
		{"honour", "title", "“文王杯”全民健身优秀项目示范一等奖", "一等奖"},
		{"team", "name", "舞蹈队", "舞蹈队"},
		{"team", "name", "门球队", "门球队"},
		{"repertoire", "title", "花棒舞", "花棒舞"},
		{"commendation", "title", "好媳妇", "评选出"},
		{"contribution", "content", "为阅览室赠书200册", "赠书"},
		{"equipment", "name", "投影设备", "投影设备"},
		{"phase", "name", "提升年", "提升年"},
		{"campaign", "name", "廉政主题教育", "廉政主题教育"},
		{"leading_group", "name", "文化活动领导小组", "任组长的"},
		{"opinion_form", "topic", "上半年居民意见", "征求意见表"},
		{"phrase", "short", "三贴近", "三贴近"},
		{"meeting", "type", "民主生活会", "民主生活会"},
		{"meeting", "type", "外出参会", "座谈会"},
		{"activity", "title", "庆五一劳动者之歌广场文艺晚会", "共开展各类活动"},
		{"activity", "title", "烟花爆竹安全宣传", "共开展各类活动"},
		{"rule", "title", "值班制度", ""},
	} {
		i := slices.IndexFunc(s.Records, func(r *model.Record) bool { return r.Register.Key == c.register && r.Get(c.field) == any(c.value) })
		if i < 0 {
			t.Errorf("no %s %s", c.register, c.value)
			continue
		}
		s.check(t, before, s.Records[i], true)
		found := false
		for _, x := range changed(before, s.voided(t, s.Records[i])) {
			found = found || strings.Contains(x.Text, c.says)
		}
		if found != (c.says != "") {
			t.Errorf("without %s %s: %q did not change", c.register, c.value, c.says)
		}
	}
}

// check compares what changes when a record goes with what the traces say.
// exact: whatever counts the record must change too, which does not hold where a
// figure is a share, the least of several, or a list that is cut.
func (s *shelf) check(t *testing.T, before []Sentence, r *model.Record, exact bool) {
	t.Helper()
	after := s.voided(t, r)
	diff := changed(before, after)
	var depend []Sentence
	for _, x := range diff {
		if x.DependsOn(r.ID) {
			depend = append(depend, x)
		}
	}
	// A sentence that gains a record in the place of the one that went depends on
	// that one only; its former wording named the other.
	for _, x := range diff {
		if x.DependsOn(r.ID) || slices.ContainsFunc(depend, func(y Sentence) bool { return y.Block == x.Block }) {
			continue
		}
		t.Errorf("without %s %s changed though nothing in it depends on it: %s", r.ID, s.C.Title(r), x.Text)
	}
	if !exact {
		return
	}
	for _, x := range before {
		counts := slices.ContainsFunc(x.Figures, func(f *Figure) bool { return slices.Contains(f.IDs, r.ID) })
		if counts && !slices.Contains(texts(depend), told(&x)) {
			t.Errorf("without %s %s did not change: %s", r.ID, s.C.Title(r), x.Text)
		}
	}
}

// TestApplicationNames: a new name stands wherever the old one stood, and nothing
// changes but what traces the record.
func TestApplicationNames(t *testing.T) {
	s := community(t)
	before := application(t, s, Job{}).Sentences()
	for _, c := range []struct{ register, name string }{{"team", "舞蹈队"}, {"partner", "示例学院"}, {"venue", "文化活动中心"}, {"org", "和平社区党委"},
		{"staff", "周慧敏"}, {"programme", "先锋社"}, {"compound", "和平小区"}} {
		reg := s.C.Schema.Register(c.register)
		i := slices.IndexFunc(s.Records, func(r *model.Record) bool { return r.Register == reg && r.Get(reg.NameField) == any(c.name) })
		if i < 0 {
			t.Errorf("no %s %s", c.register, c.name)
			continue
		}
		r := s.Records[i]
		r.Set(reg.NameField, "改名之后")
		after := application(t, s, Job{}).Sentences()
		r.Set(reg.NameField, c.name)
		diff := changed(before, after)
		for _, x := range diff {
			if !x.DependsOn(r.ID) {
				t.Errorf("%s: changed though nothing in it depends on %s: %s", c.name, r.ID, x.Text)
			}
		}
		for _, x := range before {
			if x.DependsOn(r.ID) && strings.Contains(strings.NewReplacer("和平社区", "", "党员先锋社", "").Replace(x.Text), c.name) && !slices.Contains(texts(diff), told(&x)) {
				t.Errorf("%s did not change: %s", c.name, x.Text)
			}
		}
		if len(diff) < 2 {
			t.Errorf("%s: nothing changed", c.name)
		}
	}
}

// TestApplicationDepends: of every register, whatever record goes, nothing changes
// but sentences that trace it.
func TestApplicationDepends(t *testing.T) {
	s := community(t)
	before := application(t, s, Job{}).Sentences()
	rng := rand.New(rand.NewPCG(8, 4))
	byRegister := map[string][]*model.Record{}
	for _, r := range s.Records {
		byRegister[r.Register.Key] = append(byRegister[r.Register.Key], r)
	}
	looked := 0
	for _, reg := range s.C.Schema.Registers {
		list := slices.Clone(byRegister[reg.Key])
		rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for _, r := range list[:min(4, len(list))] {
			s.check(t, before, r, false)
			looked++
		}
	}
	if looked < 100 {
		t.Errorf("only %d records", looked)
	}
}

// TestApplicationSubsets: whatever part of the records there is, the text is
// well-formed.
func TestApplicationSubsets(t *testing.T) {
	s := community(t)
	rapid.Check(t, func(rt *rapid.T) {
		share := map[string]int{}
		for _, reg := range s.C.Schema.Registers {
			share[reg.Key] = rapid.SampledFrom([]int{0, 1, 5, 50, 95, 100}).Draw(rt, reg.Key)
		}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		var out []*model.Record
		for _, r := range s.Records {
			if rng.IntN(100) >= share[r.Register.Key] {
				r.State = model.Void
				out = append(out, r)
			}
		}
		defer func() {
			for _, r := range out {
				r.State = model.Final
			}
		}()
		job := Job{Audience: model.Superior}
		job.Period = rapid.SampledFrom([]model.Period{year2026, {From: model.NewDate(2025, 7, 1), To: model.NewDate(2026, 6, 30)}, model.HalfOf(sampletest.Day(3, 1)), model.QuarterOf(sampletest.Day(8, 1))}).Draw(rt, "period")
		wellFormed(rt, application(t, s, job))
	})
}
