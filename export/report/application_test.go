package report

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"taizhang/model"
)

var update = flag.Bool("update", false, "rewrite docs/application.md")

// application fills the application from a shelf.
func application(t testing.TB, s *shelf, job Job) *Document {
	t.Helper()
	job.Audience = model.Superior
	src, _, err := Shelf{}.Source("application", job.Lang)
	if err != nil {
		t.Fatal(err)
	}
	if job.Period.IsZero() {
		job.Period = year2026
	}
	tpl, err := ParseText(src, s.C.Schema, nil)
	if err != nil {
		t.Fatal(model.Say(err, model.ZH))
	}
	d, err := tpl.Fill(s, job)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// terms are fixed expressions with a numeral in them, no counts.
var terms = strings.NewReplacer("一居一品", "", "三贴近", "", "三保", "", "三务公开", "", "双关爱", "", "七一", "")

var numeral = regexp.MustCompile(`[0-9０-９零〇一二三四五六七八九十百千两双]`)

// TestApplicationNumbers: the application of the sample community is whole, no
// number in it is typed, and every counted one is what its records come to.
func TestApplicationNumbers(t *testing.T) {
	s := community(t)
	d := application(t, s, Job{})
	if n := utf8.RuneCountInString(d.Text()); n < 2000 || n > 3500 {
		t.Errorf("%d characters", n)
	}
	if len(d.Gaps) != 1 || len(d.Refused) != 0 || len(d.Doubts) != 0 {
		t.Errorf("gaps %v, refused %v, doubts %v", d.Gaps, d.Refused, d.Doubts)
	}
	wellFormed(t, d)
	for _, b := range d.Blocks {
		for _, p := range b.Spans {
			if p.Figure == nil && p.At >= 0 && numeral.MatchString(terms.Replace(p.Text)) {
				t.Errorf("a number is typed: %s", p.Text)
			}
			if p.Figure == nil && p.At < 0 && strings.ContainsAny(p.Text, "0123456789") {
				t.Errorf("a number from nowhere: %s", p.Text)
			}
		}
	}
	for _, f := range d.Figures {
		if len(f.IDs) == 0 {
			t.Errorf("%s has no records: %s", f.Text, f.Query.ZH)
		}
		var records []*model.Record
		for _, id := range f.IDs {
			records = append(records, s.ByID[id])
		}
		reg := s.C.Schema.Register(f.Register)
		if m, err := reg.Measure(f.Measure); err == nil && m.Key == f.Measure && !strings.Contains(f.Query.ZH, "最少的一年") {
			if got := reg.Tally(s.C, m, records).Text(); got != f.Value {
				t.Errorf("%s: %s in the text, %s over its records", f.Query.ZH, f.Value, got)
			}
		}
	}
}

// wellFormed finds what no reader would let pass.
func wellFormed(t rapid.TB, d *Document) {
	t.Helper()
	for _, b := range d.Blocks {
		text := b.Text()
		if m := bad.FindString(text); m != "" {
			t.Errorf("%q in %s", m, text)
		}
		if b.Level == Paragraph && !strings.ContainsRune("。：】", lastRune(text)) {
			t.Errorf("no end: %s", text)
		}
		if strings.Count(text, "“") != strings.Count(text, "”") || strings.Count(text, "（") != strings.Count(text, "）") || strings.Count(text, "《") != strings.Count(text, "》") {
			t.Errorf("marks without their pair: %s", text)
		}
	}
	for _, s := range d.Sentences() {
		if strings.HasPrefix(s.Text, "其中") && len(s.Figures) == 0 {
			t.Errorf("其中 of nothing: %s", s.Text)
		}
	}
}

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

// bad: marks that meet, marks at the beginning, a nothing that is told, 其中
// without a number behind it, and what a template would leave behind.
var bad = regexp.MustCompile(`[，；。、：][，；。、：]|^[，；。、：）”]|（）|“”|《》|\{\{|\}\}|(^|[^0-9.])0(户|场|人|件|份|条|期|次|名|支|个|项|元|万)|其中[，；。]|[，、；]其中：?[。；]|等称号。|到会率[，。]|逐项`)

// places finds the sentence for each of the 54 kinds of fact of the award
// application (domain.md §3.1): a text that the sentence, or of parts a paragraph,
// holds, and the registers its figures come from.
var places = []struct {
	no        int
	fact      string
	find      string
	paragraph bool
	from      string // registers
}{
	{1, "名称、隶属、位置、面积", "隶属", false, "profile"},
	{2, "小区", "内含", false, "compound"},
	{3, "户数、常住人口", "常住人口", false, "population"},
	{4, "党委成立", "成立和平社区党委", false, "org_event"},
	{5, "在册党员、支部", "在册党员", false, "org org_count"},
	{6, "在职人员按职务", "在职人员", false, "staff"},
	{7, "党员活动室", "能组织", false, "venue"},
	{8, "设备", "配有", false, "equipment"},
	{9, "上级指导", "的指导", false, "org"},
	{10, "品牌、目标", "一居一品", false, "phrase"},
	{11, "六个项目", "个社和", false, "programme"},
	{12, "先锋社", "党员先锋社由", true, "programme meeting activity"},
	{13, "文体社", "群众文体社由", true, "programme activity"},
	{14, "读书社", "邻里读书社由", true, "programme activity"},
	{15, "连心社", "牵头帮扶", false, "programme visit"},
	{16, "春蕾阵地", "春蕾阵地由", true, "programme activity"},
	{17, "夕阳阵地", "夕阳阵地由", true, "programme activity"},
	{18, "三年三阶段", "分年推进", true, "phase"},
	{19, "各级荣誉", "等称号", false, "honour"},
	{20, "赛事奖项", "级比赛中获得", false, "honour"},
	{21, "上半年参加市座谈会", "座谈会", false, "meeting"},
	{22, "外单位来访", "来访单位", false, "activity"},
	{23, "三贴近", "三贴近", false, "phrase"},
	{24, "列入工作计划", "列入工作计划", false, "plan"},
	{25, "领导小组", "任组长的", false, "leading_group"},
	{26, "制度", "先后制定", false, "rule"},
	{27, "小组会", "召开领导小组会", false, "meeting"},
	{28, "室内中心及五室", "内有文化活动中心", false, "venue"},
	{29, "室外广场", "室外有", false, "venue"},
	{30, "架灯通电", "架灯通电", false, "contribution"},
	{31, "两个协会", "文体协会", false, "org"},
	{32, "六支队伍", "下设舞蹈队", false, "team"},
	{33, "自编节目", "自编", false, "repertoire"},
	{34, "协办足球赛", "协办了", false, "activity"},
	{35, "评选表彰", "评选出", false, "commendation"},
	{36, "大型晚会", "大型活动", false, "activity"},
	{37, "联合女篮友谊赛", "联合开展", false, "activity"},
	{38, "报送歌会", "报送", false, "activity"},
	{39, "场次、人次合计", "共开展各类活动", false, "activity"},
	{40, "学习、警示教育、党课、民主生活会", "警示教育", false, "meeting"},
	{41, "春节、七一走访", "七一走访", false, "visit"},
	{42, "志愿者走访", "志愿者走访", false, "visit"},
	{43, "诉求", "了解诉求", false, "need"},
	{44, "每年捐款都达", "每年都达", false, "donation"},
	{45, "结对共建", "结对共建", false, "partner"},
	{46, "年初工作会", "年初召开", false, "meeting"},
	{47, "征求意见表", "征求意见表", false, "opinion_form"},
	{48, "主题教育", "廉政主题教育", false, "campaign activity meeting"},
	{49, "廉政责任制", "责任书", false, "rule"},
	{50, "三务公开", "按期率", false, "catalogue issue"},
	{51, "接受监督", "收到公开意见", false, "opinion"},
	{52, "来信来访", "来信来访", false, "petition"},
	{53, "下一步、三保", "三保", false, "phrase campaign phase"},
	{54, "认同感、氛围", "待补", false, ""},
}

// TestApplicationRows writes docs/application.md: which sentence tells each kind
// of fact, from which register and by which query. It fails where a kind has no
// sentence, or one with a number that no record stands behind.
func TestApplicationRows(t *testing.T) {
	d := application(t, community(t), Job{})
	all := d.Sentences()
	var b strings.Builder
	b.WriteString(rowsHead)
	for i, p := range places {
		if p.no != i+1 {
			t.Fatalf("row %d is missing", i+1)
		}
		from := strings.Fields(p.from)
		var texts, regs, queries []string
		for _, s := range all {
			block := s.Text
			if p.paragraph {
				block = d.paragraph(s.Block)
			}
			if !strings.Contains(block, p.find) || len(from) > 0 && !slices.ContainsFunc(s.Figures, func(f *Figure) bool { return slices.Contains(from, f.Register) }) {
				continue
			}
			if numeral.MatchString(terms.Replace(s.Typed)) {
				t.Errorf("row %d: a number is typed: %s", p.no, s.Text)
			}
			texts = append(texts, s.Text)
			for _, f := range s.Figures {
				if slices.Contains(from, f.Register) && len(f.IDs) == 0 {
					t.Errorf("row %d: %s has no records", p.no, f.Text)
				}
				reg := d.reg(f)
				if q := reg + "｜" + queryOf(f); slices.Contains(from, f.Register) && !slices.Contains(queries, q) {
					queries = append(queries, q)
					if !slices.Contains(regs, f.Register) {
						regs = append(regs, f.Register)
					}
				}
			}
		}
		if len(texts) == 0 {
			t.Errorf("row %d (%s) has no sentence", p.no, p.fact)
			continue
		}
		for _, reg := range from {
			if !slices.Contains(regs, reg) {
				t.Errorf("row %d: nothing from %s in %s", p.no, reg, strings.Join(texts, ""))
			}
		}
		source := "—"
		if len(regs) > 0 {
			var names []string
			for _, key := range regs {
				names = append(names, model.NewSchema().Register(key).Words.ZH+" `"+key+"`")
			}
			source = strings.Join(names, "<br>")
		}
		asked := "—"
		if len(queries) > 0 {
			asked = strings.Join(queries, "<br>")
		}
		fmt.Fprintf(&b, "|%d|%s|%s|%s|%s|\n", p.no, p.fact, source, strings.ReplaceAll(asked, "｜", "·"), strings.Join(texts, ""))
	}
	const file = "../../docs/application.md"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != b.String() {
		t.Errorf("docs/application.md is not what the sample gives; run go test ./export/report -run TestApplicationRows -update (%v)", err)
	}
}

const rowsHead = `# 申报材料：每一句从哪里来

The award application of the sample community (report year 2026), kind of fact by kind of fact: the register, what is asked of it, and the sentence that comes out. The table is written by a test from the sample records (` + "`go test ./export/report -run TestApplicationRows -update`" + `) and fails when a kind of fact has no sentence, or a sentence has a number that no record stands behind. The template is ` + "`export/report/templates/application.zh.txt`" + `; ` + "`taizhang template export application`" + ` gives an office a copy of its own to change.

| # | 事实 | 台账 | 取数 | 句子 |
|-|-|-|-|-|
`

func (d *Document) paragraph(id string) string {
	for i := range d.Blocks {
		if d.Blocks[i].ID == id {
			return d.Blocks[i].Text()
		}
	}
	return ""
}

func (d *Document) reg(f *Figure) string { return model.NewSchema().Register(f.Register).Words.ZH }

// queryOf is what was asked, without the register.
func queryOf(f *Figure) string {
	if _, rest, ok := strings.Cut(f.Query.ZH, "·"); ok {
		return rest
	}
	return f.Query.ZH
}
