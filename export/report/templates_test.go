package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"taizhang/model"
	"taizhang/model/sample/sampletest"
)

// builtins are the program's own templates, parsed.
func builtins(t testing.TB, c *model.Context) map[string]*Template {
	t.Helper()
	out := map[string]*Template{}
	for name := range Builtin {
		for _, l := range []model.Lang{model.ZH, model.EN} {
			src, file, err := Shelf{}.Source(name, l)
			if err != nil || file != "" {
				t.Fatal(name, err)
			}
			tpl, err := ParseText(src, c.Schema, nil)
			if err != nil {
				t.Fatalf("%s %s:\n%s", name, l, model.Say(err, l))
			}
			out[name+"."+l.String()] = tpl
		}
	}
	return out
}

// some is the community with a part of its records only.
func some(s *shelf, keep func(int) bool) *shelf {
	return &shelf{s.Only(keep)}
}

var (
	doubled  = regexp.MustCompile(`[，。；、：！？][，。；、：！？]`)
	nothing0 = regexp.MustCompile(`(^|[^0-9.])0(户|场|次|件|人|期|份|项|条|笔|个|支|处|家|小时|元|%)`)
	headless = regexp.MustCompile(`(^|。|！|？)(，|、|；|。|其中)`)
	dangling = regexp.MustCompile(`其中：?(，|。|；|、|$)`)
)

// TestTemplatesReadWell: over random parts of the community and random periods,
// the texts hold no doubled mark, no 0户, no dangling 其中 and no number that no
// record stands behind.
func TestTemplatesReadWell(t *testing.T) {
	whole := community(t)
	all := builtins(t, whole.C)
	periods := []string{"2026", "2026H1", "2026Q2", "2026-03", "2025", "2026-02-01..2026-02-20"}
	rapid.Check(t, func(rt *rapid.T) {
		step := rapid.SampledFrom([]int{1, 2, 3, 7, 40, 200}).Draw(rt, "step")
		from := rapid.IntRange(0, step-1).Draw(rt, "from")
		without := rapid.SampledFrom([]string{"", "activity", "visit", "meeting", "honour", "issue"}).Draw(rt, "without")
		s := some(whole, func(i int) bool {
			r := whole.Records[i]
			return r.Register.Key != without && (r.Register.Key == "person" || i%step == from)
		})
		period, err := model.ParsePeriod(rapid.SampledFrom(periods).Draw(rt, "period"))
		if err != nil {
			rt.Fatal(err)
		}
		a := rapid.SampledFrom([]model.Audience{model.Inside, model.Superior, model.Public}).Draw(rt, "audience")
		for name, tpl := range all {
			job := Job{Period: period, Audience: a}
			if strings.HasSuffix(name, ".en") {
				job.Lang = model.EN
			}
			doc, err := tpl.Fill(s, job)
			if err != nil {
				rt.Fatal(err)
			}
			for i := range doc.Blocks {
				b := &doc.Blocks[i]
				text := b.Text()
				for _, bad := range []*regexp.Regexp{doubled, nothing0, headless, dangling} {
					if m := bad.FindString(text); m != "" && job.Lang == model.ZH {
						rt.Fatalf("%s: %q in %s", name, m, text)
					}
				}
				if strings.Contains(text, "%!") || job.Lang == model.EN && regexp.MustCompile(`, [,.;)]|;\.|,\.|\b0 [a-z]`).MatchString(text) {
					rt.Fatalf("%s: %s", name, text)
				}
				for _, span := range b.Spans {
					if span.At >= 0 && strings.ContainsAny(span.Text, "0123456789") && !strings.Contains(span.Text, "80") {
						rt.Fatalf("%s: a number of the template's own: %q", name, span.Text)
					}
				}
			}
			checkFigures(rt, s, doc)
		}
	})
}

// checkFigures recounts every figure from the records it names.
func checkFigures(rt *rapid.T, s *shelf, doc *Document) {
	for _, f := range doc.Figures {
		reg := s.C.Schema.Register(f.Register)
		m, err := reg.Measure(f.Measure)
		if f.Measure == "" || err != nil || strings.Contains(f.Measure, "/") || f.IDs == nil || strings.Contains(f.Query.ZH, "最少的一年") {
			continue
		}
		sum, seen, plain := int64(0), map[string]bool{}, true
		for _, id := range f.IDs {
			r := s.ByID[id]
			if r == nil || r.Register.Key != f.Register || seen[id] {
				rt.Fatalf("%s names %s", f.Query.ZH, id)
			}
			seen[id] = true
			switch {
			case m.Sum != "" && !strings.Contains(m.Sum, "."):
				n, _ := numberOf(r.Get(m.Sum))
				sum += n
			case m.Sum == "" && m.Amount == nil && m.Distinct == nil:
				sum++
			default:
				plain = false
			}
		}
		if !plain {
			continue
		}
		want := reg.Tally(s.C, m, nil)
		want.Value = sum
		if !strings.Contains(f.Value, "−") && f.Value != want.Text() {
			rt.Fatalf("%s says %s, its records come to %s", f.Query.ZH, f.Value, want.Text())
		}
	}
}

// TestCountsOnRandomLedgers: what slots say equals a count by hand, over random
// activities.
func TestCountsOnRandomLedgers(t *testing.T) {
	levels := []string{"社区", "街道", "区", "市"}
	lines := []string{"党建", "文体", "老龄"}
	rapid.Check(t, func(rt *rapid.T) {
		s := newShelf(t)
		type event struct {
			month, n, level int
			line            string
			held            bool
		}
		var events []event
		for range rapid.IntRange(0, 30).Draw(rt, "events") {
			e := event{rapid.IntRange(1, 12).Draw(rt, "month"), rapid.IntRange(0, 900).Draw(rt, "n"), rapid.IntRange(0, 3).Draw(rt, "level"),
				rapid.SampledFrom(lines).Draw(rt, "line"), rapid.Bool().Draw(rt, "held")}
			v := model.Values{"level": levels[e.level], "lines": []string{e.line}}
			if !e.held {
				v["held"] = model.HeldPlanned
			}
			s.Held(sampletest.Day(e.month, 5), "甲", int64(e.n), v)
			events = append(events, e)
		}
		for slot, of := range map[string]func(event) int{
			"{{活动.场次|含零}}":                  func(event) int { return 1 },
			"{{活动.人次|含零}}":                  func(e event) int { return e.n },
			"{{活动.场次 级别>=区|含零}}":            func(e event) int { return truth(e.level >= 2) },
			"{{活动.场次 级别<区 条线=文体、老龄|含零}}":    func(e event) int { return truth(e.level < 2 && e.line != "党建") },
			"{{活动.场次 条线!=文体|含零}}":           func(e event) int { return truth(e.line != "文体") },
			"{{活动.人次 条线=党建 或 级别=市|含零}}":     func(e event) int { return e.n * truth(e.line == "党建" || e.level == 3) },
			"{{活动.场次 期间=2026Q1 人次>100|含零}}": func(e event) int { return truth(e.month <= 3 && e.n > 100) },
			"{{活动.场次 日期>=2026-07|含零}}":      func(e event) int { return truth(e.month >= 7) },
		} {
			want := 0
			for _, e := range events {
				if e.held {
					want += of(e)
				}
			}
			doc := fill(t, s, "数"+slot+"。", Job{})
			if got := doc.Figures[0].Value; got != model.Dec(int64(want)*1000).String() {
				rt.Fatalf("%s is %s, by hand %d", slot, got, want)
			}
		}
	})
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestEdits: a paragraph written by hand keeps its slots, and stays when the
// report is made again; numbers typed by hand are told.
func TestEdits(t *testing.T) {
	s := newShelf(t)
	s.Held(sampletest.Day(3, 8), "甲", 20, nil)
	src := "## 存在问题\n{{待补 存在问题}}\n## 活动\n活动{{活动.场次}}场。"
	doc := fill(t, s, src, Job{})
	gap := doc.Blocks[1]
	if !doc.Open() || gap.ID == "" || gap.Source != "{{待补 存在问题}}" {
		t.Fatalf("%+v", gap)
	}
	edits := Edits{gap.ID: "骨干不足，{{活动.场次}}场活动只有3名志愿者。\n2026年要改。", "gone": "旧的"}
	for range 2 {
		tpl, err := ParseText(src, s.C.Schema, edits)
		if err != nil {
			t.Fatal(err)
		}
		doc, err = tpl.Fill(s, Job{Period: year2026})
		if err != nil {
			t.Fatal(err)
		}
		s.Held(sampletest.Day(4, 8), "乙", 20, nil)
	}
	if got := doc.Text(); got != "一、存在问题\n骨干不足，2场活动只有3名志愿者。\n2026年要改。\n二、活动\n活动2场。\n" {
		t.Error(got)
	}
	if doc.Open() || !doc.Blocks[1].Edited || doc.Blocks[1].ID != gap.ID || len(doc.Typed) != 1 || doc.Typed[0].Text != "3" || len(doc.Lost) != 1 {
		t.Errorf("%+v %v %v", doc.Blocks[1], doc.Typed, doc.Lost)
	}
}

// TestDoubts: what looks wrong is said before the report goes out.
func TestDoubts(t *testing.T) {
	s := newShelf(t)
	s.Held(sampletest.Day(3, 8), "甲", 9000, nil)
	doc := fill(t, s, "活动{{活动.场次}}场，{{活动.人次}}人次。", Job{})
	if len(doc.Doubts) != 1 || !strings.Contains(doc.Doubts[0].ZH, "2000") {
		t.Error(doc.Doubts)
	}
	for _, on := range []model.Date{sampletest.Day(1, 30), model.NewDate(2025, 12, 30)} {
		s.Put("visit", model.Values{"date": on, "occasion": model.Occasion{Name: "春节", Year: 2026}, "person": model.Ref{ID: "P-2026-0001"}, "household": model.Ref{ID: "H-2026-0001"}, "amount": model.Money(50000)})
	}
	asked := "走访{{走访.户数}}户，发放{{走访.慰问金}}元，春节{{走访.户数 归属场合=2026春节}}户。"
	doc = fill(t, s, asked, Job{})
	if len(doc.Doubts) != 2 || !strings.Contains(doc.Doubts[0].ZH, "不止一次的有1户（V-") || !strings.Contains(doc.Doubts[1].ZH, "期间内发放500.00元，发放明细表是1,000.00元") {
		t.Error(doc.Doubts)
	}
	if doc := fill(t, s, asked, Job{Audience: model.Public}); strings.Contains(fmt.Sprint(doc.Doubts), "V-") {
		t.Error("the public is told which visits:", doc.Doubts)
	}
	if doc := fill(t, s, "活动{{活动.场次}}场，参加{{活动.人数}}人。", Job{}); len(doc.Refused) != 1 || doc.Text() != "活动1场。\n" {
		t.Error(doc.Refused, doc.Text())
	}
}

// TestBounds: a template cannot make the program run on.
func TestBounds(t *testing.T) {
	s := newShelf(t)
	for i := range 300 {
		s.Held(sampletest.Day(1+i%12, 8), "甲", 20, nil)
	}
	deep := "{{循环 活动}}{{循环 活动}}{{循环 活动}}" + strings.Repeat("很长的话", 20) + "{{名称}}{{完}}{{完}}{{完}}"
	tpl, err := ParseText(deep, s.C.Schema, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tpl.Fill(s, Job{Period: year2026}); err == nil {
		t.Error("27 million rounds were written")
	}
	if _, err := ParseText(strings.Repeat("长", mostSource), s.C.Schema, nil); err == nil {
		t.Error("a template of any size is read")
	}
}

// TestEachRegisterIsReadOnce: the time a report takes does not grow with its
// slots.
func TestEachRegisterIsReadOnce(t *testing.T) {
	s := community(t)
	for name, tpl := range builtins(t, s.C) {
		var read []string
		w := &counting{shelf: s, seen: &read}
		if _, err := tpl.Fill(w, Job{Period: year2026}); err != nil {
			t.Fatal(err)
		}
		slices.Sort(read)
		if n := len(read); n != len(slices.Compact(read)) || n < 10 {
			t.Errorf("%s reads %v", name, read)
		}
	}
}

type counting struct {
	*shelf
	seen *[]string
}

func (c *counting) Scan(register string, p model.Period, fn func(*model.Record) error) error {
	*c.seen = append(*c.seen, register)
	return c.shelf.Scan(register, p, fn)
}
