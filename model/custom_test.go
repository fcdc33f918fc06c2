package model

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// customNow is a Sunday morning in Beijing.
var customNow = time.Date(2026, 3, 8, 1, 30, 0, 0, time.UTC)

// officeCustom is what a middling office adds.
func officeCustom() Custom {
	return Custom{
		Fields: []CustomField{
			{Register: "activity", Key: "x_weather", ZH: "天气", EN: "Weather", Type: "pick", Vocab: "X_SKY", Class: "open", Carry: true, Col: 3},
			{Register: "activity", Key: "x_feel", ZH: "居民反响", Type: "note", Max: 500, Hint: "一两句"},
			{Register: "person", Key: "x_friend", ZH: "结对干部", EN: "Buddy", Type: "ref", Refs: []string{"staff", "person"}, OrText: true},
		},
		Registers: []CustomRegister{{
			Key: "x_dogs", Letter: "XD", ZH: "养犬登记", EN: "Dog", NameField: "x_name", DateField: "x_since",
			Fields: []CustomField{
				{Key: "x_name", ZH: "犬名", Type: "text", Required: true, Col: 1, Class: "open"},
				{Key: "x_owner", ZH: "犬主", Type: "ref", Refs: []string{"person"}, OrText: true, Col: 2},
				{Key: "x_since", ZH: "登记日期", Type: "date", Col: 3, Class: "open"},
				{Key: "x_shots", ZH: "免疫", Type: "list", Sub: []CustomField{
					{Key: "on", ZH: "日期", Type: "date", Required: true}, {Key: "what", ZH: "疫苗", Type: "text"}}},
				{Key: "x_chip", ZH: "芯片号", Type: "text", Class: "sensitive"},
			},
		}},
		Vocabs: []CustomVocab{{Code: "X_SKY", ZH: "天气情况", Terms: []CustomTerm{{ZH: "晴", EN: "sunny"}, {ZH: "小雨", EN: "light rain"}}}},
		Terms:  []CustomTerm{{Vocab: "LINE", ZH: "养老服务", EN: "elder care"}, {Vocab: "LINE", ZH: "民防", Retired: true}},
	}
}

func TestCustomSchema(t *testing.T) {
	s, problems := NewSchemaWith(officeCustom())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	act := s.Register("activity")
	if f, err := act.FindField("天气"); err != nil || f.Key != "x_weather" || f.Class != Open || f.Section.ZH != "本单位自加" {
		t.Errorf("%+v %v", f, err)
	}
	if last := act.Fields[len(act.Fields)-1]; last.Key != "note" {
		t.Errorf("the last field is %s", last.Key)
	}
	if f := s.Register("person").Field("x_friend"); f.Class != Personal || f.Mask != MaskName {
		t.Errorf("a reference to a resident is open: %+v", f)
	}
	if f := act.Field("x_feel"); f.Class != Internal || f.Words.EN != "居民反响" || f.Limit() != 500 || f.Cells != 12 {
		t.Errorf("%+v", f)
	}
	dogs, err := s.FindRegister("养犬登记")
	if err != nil || dogs.Letter != "XD" || dogs.Field("note") == nil || s.OfID("XD-2026-0001") != dogs {
		t.Fatalf("%+v %v", dogs, err)
	}
	if s.Registers[len(s.Registers)-1] != dogs {
		t.Error("the office's register does not stand last")
	}
	if v, err := s.Vocab("LINE").Find("养老服务"); err != nil || v != "养老服务" {
		t.Error(v, err)
	}
	if v, err := s.Vocab("LINE").Find("ylfw"); err != nil || v != "养老服务" {
		t.Error("by initials:", v, err)
	}
	if slices.ContainsFunc(s.Vocab("LINE").Live(), func(t Term) bool { return t.ZH == "民防" }) {
		t.Error("a retired term is offered")
	}
	if term, ok := s.Vocab("LINE").Term("民防"); !ok || term.EN != "civil defence" {
		t.Error("a retired term has lost its words")
	}
	// The program's own declarations are as they were.
	if Activity.Field("x_weather") != nil || len(vocabularies["LINE"].Terms) != 19 || NewSchema().Register("x_dogs") != nil {
		t.Error("the built-in declarations were changed")
	}
}

// Ledgers of several offices open in one process at once.
func TestCustomSchemasInParallel(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				s, problems := NewSchemaWith(officeCustom())
				if len(problems) > 0 || s.Register("activity").Field("x_weather") == nil {
					t.Error(problems)
				}
			}
		})
	}
	wg.Wait()
}

func TestCustomRoundTrip(t *testing.T) {
	b := officeCustom().JSON()
	c, err := ReadCustom(b)
	if err != nil {
		t.Fatal(err)
	}
	if again := c.JSON(); !bytes.Equal(b, again) {
		t.Errorf("%s\n%s", b, again)
	}
	if changes := c.ChangesTo(officeCustom()); len(changes) > 0 {
		t.Error(changes)
	}
	if c, err := ReadCustom(Custom{}.JSON()); err != nil || len(c.ChangesTo(Custom{})) > 0 {
		t.Error(c, err)
	}
}

// Each wrong entry is refused by its name, in both languages, and leaves a
// schema that works.
func TestCustomProblems(t *testing.T) {
	field := func(f CustomField) Custom {
		if f.Register == "" {
			f.Register = "activity"
		}
		if f.Key == "" {
			f.Key = "x_a"
		}
		if f.ZH == "" {
			f.ZH = "甲"
		}
		if f.Type == "" {
			f.Type = "text"
		}
		return Custom{Fields: []CustomField{f}}
	}
	register := func(r CustomRegister) Custom {
		if r.Key == "" {
			r.Key = "x_r"
		}
		if r.Letter == "" {
			r.Letter = "XA"
		}
		if r.ZH == "" {
			r.ZH = "自建"
		}
		if r.Fields == nil {
			r.Fields = []CustomField{{Key: "x_n", ZH: "名称", Type: "text"}}
		}
		return Custom{Registers: []CustomRegister{r}}
	}
	both := func(a, b Custom) Custom {
		return Custom{Fields: append(a.Fields, b.Fields...), Registers: append(a.Registers, b.Registers...), Vocabs: append(a.Vocabs, b.Vocabs...), Terms: append(a.Terms, b.Terms...)}
	}
	vocab := func(v CustomVocab) Custom { return Custom{Vocabs: []CustomVocab{v}} }
	for _, c := range []struct {
		name string
		give Custom
		say  string
	}{
		{"unknown type", field(CustomField{Type: "composite"}), "项目 activity.x_a：类型“composite”不认识"},
		{"unknown register", field(CustomField{Register: "nothing"}), "项目 nothing.x_a：没有台账“nothing”"},
		{"no prefix", field(CustomField{Key: "weather"}), "activity.weather：键应以 x_ 开头"},
		{"capitals", field(CustomField{Key: "x_Weather"}), "键应以 x_ 开头"},
		{"too long a key", field(CustomField{Key: "x_" + strings.Repeat("a", 31)}), "键应以 x_ 开头"},
		{"hostile key", field(CustomField{Key: "x_\x1b[31m"}), "键应以 x_ 开头"},
		{"key twice", both(field(CustomField{}), field(CustomField{ZH: "乙"})), "第2个项目 activity.x_a：键重复"},
		{"label twice", both(field(CustomField{}), field(CustomField{Key: "x_b"})), "activity.x_b：“甲”已是 x_a 的名称"},
		{"label of a built-in field", field(CustomField{ZH: "地点"}), "“地点”已是 venue 的名称"},
		{"alias of a built-in field", field(CustomField{ZH: "活动地点"}), "“活动地点”已是 venue 的名称"},
		{"English label of a built-in field", field(CustomField{EN: "venue"}), "“venue”已是 venue 的名称"},
		{"reserved label", field(CustomField{ZH: "记录号"}), "“记录号”已是"},
		{"no label", Custom{Fields: []CustomField{{Register: "activity", Key: "x_a", Type: "text"}}}, "缺少名称"},
		{"long label", field(CustomField{ZH: strings.Repeat("长", 21)}), "最多20个字"},
		{"label with a mark", field(CustomField{ZH: "甲=乙"}), "里不能有"},
		{"hostile label", field(CustomField{ZH: "甲\u202e乙"}), "双向控制符"},
		{"label with a line break", field(CustomField{ZH: "甲\n乙"}), "换行"},
		{"hostile hint", field(CustomField{Hint: "甲\x1b[2J"}), "控制字符"},
		{"unknown vocabulary", field(CustomField{Type: "pick", Vocab: "NOPE"}), "没有词表“NOPE”"},
		{"no vocabulary", field(CustomField{Type: "picks"}), "要写明词表"},
		{"vocabulary of a text", field(CustomField{Vocab: "LINE"}), "没有词表"},
		{"unknown target", field(CustomField{Type: "ref", Refs: []string{"nobody"}}), "没有台账“nobody”"},
		{"no target", field(CustomField{Type: "refs"}), "引用要写明台账"},
		{"text or number", field(CustomField{Type: "int", OrText: true}), "只有引用可以照写文字"},
		{"list without columns", field(CustomField{Type: "list"}), "列表要有"},
		{"list in a list", field(CustomField{Type: "list", Sub: []CustomField{{Key: "a", ZH: "乙", Type: "list"}}}), "栏 activity.x_a.a：类型“list”不认识"},
		{"column twice", field(CustomField{Type: "list", Sub: []CustomField{{Key: "a", ZH: "乙", Type: "text"}, {Key: "b", ZH: "乙", Type: "text"}}}), "栏名重复"},
		{"column key", field(CustomField{Type: "list", Sub: []CustomField{{Key: "A", ZH: "乙", Type: "text"}}}), "键应是小写字母"},
		{"class", field(CustomField{Class: "handler"}), "保密类别“handler”不认识"},
		{"mask", field(CustomField{Mask: "all"}), "脱敏方式“all”不认识"},
		{"max", field(CustomField{Max: 201}), "最多字数 201 不对"},
		{"max of a date", field(CustomField{Type: "date", Max: 5}), "最多字数 5 不对"},
		{"col", field(CustomField{Col: -1}), "列表位置"},
		{"cells", field(CustomField{Cells: 61}), "列宽"},
		{"letter of a built-in register", register(CustomRegister{Letter: "A"}), "台账 x_r：编号字母“A”应是"},
		{"letter too long", register(CustomRegister{Letter: "XABC"}), "编号字母"},
		{"letter twice", both(register(CustomRegister{}), register(CustomRegister{Key: "x_s", ZH: "另一个"})), "台账 x_s：编号字母 XA 重复"},
		{"register twice", both(register(CustomRegister{}), register(CustomRegister{Letter: "XB", ZH: "另一个"})), "x_r：键重复"},
		{"register's name taken", register(CustomRegister{ZH: "活动台账"}), "“活动台账”已是台账 activity 的名称"},
		{"register without fields", register(CustomRegister{Fields: []CustomField{{Key: "x_n", ZH: "名", Type: "text", Removed: true}}}), "至少要有一个项目"},
		{"field called note", register(CustomRegister{Fields: []CustomField{{Key: "x_n", ZH: "备注", Type: "text"}}}), "“备注”已是 note 的名称"},
		{"name field", register(CustomRegister{NameField: "x_m"}), "没有项目“x_m”"},
		{"date field", register(CustomRegister{DateField: "x_n"}), "类型不能这样用"},
		{"field of an own register outside it", both(register(CustomRegister{}), field(CustomField{Register: "x_r"})), "写在该台账里"},
		{"vocabulary code", vocab(CustomVocab{Code: "SKY", ZH: "天"}), "词表 SKY：代码应以 X_ 开头"},
		{"vocabulary twice", both(vocab(CustomVocab{Code: "X_A", ZH: "天"}), vocab(CustomVocab{Code: "X_A", ZH: "地"})), "词表 X_A：代码重复"},
		{"vocabulary's name", vocab(CustomVocab{Code: "X_A", ZH: "条线"}), "已有词表“条线”"},
		{"term twice", vocab(CustomVocab{Code: "X_A", ZH: "天", Terms: []CustomTerm{{ZH: "晴"}, {ZH: "晴"}}}), "词 X_A.晴：词表里已有这个词"},
		{"term with a mark", vocab(CustomVocab{Code: "X_A", ZH: "天", Terms: []CustomTerm{{ZH: "晴、雨"}}}), "里不能有"},
		{"initials", vocab(CustomVocab{Code: "X_A", ZH: "天", Terms: []CustomTerm{{ZH: "晴", Initials: "Q"}}}), "简拼应是"},
		{"term of a fixed vocabulary", Custom{Terms: []CustomTerm{{Vocab: "LEVEL", ZH: "小区"}}}, "词 LEVEL.小区：词表 LEVEL“级别”按规定使用"},
		{"term of no vocabulary", Custom{Terms: []CustomTerm{{Vocab: "NOPE", ZH: "小区"}}}, "没有词表“NOPE”"},
		{"built-in term twice", Custom{Terms: []CustomTerm{{Vocab: "LINE", ZH: "民防", Retired: true}, {Vocab: "LINE", ZH: "民防"}}}, "已有这个词"},
		{"removed vocabulary in use", both(vocab(CustomVocab{Code: "X_A", ZH: "天", Removed: true}), field(CustomField{Type: "pick", Vocab: "X_A"})), "词表“X_A”已停用"},
	} {
		s, problems := NewSchemaWith(c.give)
		if !strings.Contains(problems.In(ZH), c.say) {
			t.Errorf("%s: %q, want %q", c.name, problems.In(ZH), c.say)
		}
		for _, p := range problems {
			if p.Entry == "" || p.EN == "" || p.ZH == p.EN || CheckText(p.ZH, false) != nil {
				t.Errorf("%s: %+q", c.name, p.Words)
			}
		}
		for _, reg := range s.All() { // nothing that panics later
			for _, f := range reg.AllFields() {
				for _, f := range append([]*Field{f}, f.Sub...) {
					if f.Vocab != "" {
						s.Vocab(f.Vocab)
					}
					for _, key := range f.Refs {
						if s.Register(key) == nil {
							t.Errorf("%s: %s refers to %s", c.name, f.Key, key)
						}
					}
				}
			}
		}
	}
}

// A file that cannot be read is refused by the entry's name.
func TestReadCustomRefuses(t *testing.T) {
	for in, say := range map[string]string{
		``:                                     "不是 JSON",
		`[]`:                                   "不是 JSON",
		`{"fields":[]}`:                        "缺少 taizhang_settings",
		`{"taizhang_settings":2}`:              "新版程序",
		`{"taizhang_settings":1,"colours":[]}`: "“colours”不认识",
		`{"taizhang_settings":1,"fields":{}}`:  "应是一个列表",
		`{"taizhang_settings":1,"fields":[{"register":"activity","key":"x_a","zh":"甲","col":"first"}]}`:    "第1个项目 activity.x_a：读不懂：col 的值不对",
		`{"taizhang_settings":1,"terms":[{"vocab":"LINE","zh":"甲"},{"vocab":"LINE","zh":"乙","colour":1}]}`: "第2个词 LINE.乙：读不懂：\"colour\" 不认识",
		"{\"taizhang_settings\":1,\"fields\":[{\"zh\":\"\u202e\"}]}":                                       "双向控制符",
		`{"taizhang_settings":1} {}`: "不是 JSON",
	} {
		if _, err := ReadCustom([]byte(in)); err == nil || !strings.Contains(Say(err, ZH), say) {
			t.Errorf("%s: %v, want %s", in, err, say)
		}
	}
}

// Nothing that records may hold is forgotten.
func TestCustomKeep(t *testing.T) {
	old := officeCustom()
	kept := Custom{}.Keep(old)
	s, problems := NewSchemaWith(kept)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	act := s.Register("activity")
	if f := act.Field("x_weather"); f == nil || !f.Removed || slices.Contains(act.Fields, f) || !slices.Contains(act.AllFields(), f) {
		t.Errorf("%+v", f)
	}
	if _, err := act.FindField("天气"); err == nil {
		t.Error("a removed field is found by its name")
	}
	if dogs := s.Register("x_dogs"); dogs == nil || !dogs.Removed || slices.Contains(s.Registers, dogs) || !slices.Contains(s.All(), dogs) || s.OfID("XD-2026-0001") != dogs {
		t.Errorf("%+v", dogs)
	}
	if term, ok := s.Vocab("LINE").Term("养老服务"); !ok || !term.Retired {
		t.Errorf("%+v", term)
	}
	if term, ok := s.Vocab("LINE").Term("民防"); !ok || term.Retired {
		t.Errorf("a built-in term did not come back: %+v", term)
	}
	var marks []string
	for _, c := range old.ChangesTo(kept) {
		marks = append(marks, c.Mark+c.Entry)
	}
	if want := "-X_SKY -LINE.养老服务 ^LINE.民防 -x_dogs -activity.x_weather -activity.x_feel -person.x_friend"; strings.Join(marks, " ") != want {
		t.Errorf("%v", marks)
	}
	if again := old.Keep(kept); len(again.ChangesTo(old)) != 0 {
		t.Errorf("brought back: %v", again.ChangesTo(old))
	}
}

func TestCustomConditions(t *testing.T) {
	old := officeCustom()
	now := old.Clone()
	now.Fields[0].Type, now.Fields[0].Vocab = "text", ""
	now.Fields[1].Type, now.Fields[1].Max = "text", 0
	now.Registers[0].NameField = ""
	now.Registers[0].Letter = "XE"
	now.Registers[0].Fields[3].Sub[0].Type = "text"
	conds, problems := old.Conditions(now)
	var got []string
	for _, c := range conds {
		got = append(got, c.Register+"/"+c.Key)
	}
	if want := "activity/x_weather x_dogs/ x_dogs/x_shots"; strings.Join(got, " ") != want {
		t.Errorf("%v", got)
	}
	if len(problems) != 1 || problems[0].Part != "letter" {
		t.Error(problems)
	}
}

// Values typed before their field was declared stay as they are, edit after
// edit, until someone writes a better one.
func TestRawValuesStay(t *testing.T) {
	s, _ := NewSchemaWith(Custom{Fields: []CustomField{{Register: "venue", Key: "x_seats", ZH: "座位", Type: "int"}, {Register: "venue", Key: "x_old", ZH: "旧项", Type: "text", Removed: true}}})
	reg := s.Register("venue")
	c := &Context{Schema: s, Now: customNow}
	before := NewRecord(reg)
	before.Values = Values{"name": "厅", "category": "室内", "x_seats": "约三十", "x_old": "旧值"}
	now := before.Clone()
	now.Set("place", "二楼")
	if err := c.Prepare(now, before); err != nil || now.Values["x_seats"] != "约三十" || now.Values["x_old"] != "旧值" {
		t.Errorf("%v %v", err, now.Values)
	}
	now.Set("x_seats", "三十多")
	if err := c.Prepare(now, before); err == nil {
		t.Error("another wrong value was taken")
	}
	if err := c.Prepare(now, nil); err == nil {
		t.Error("a new record with a wrong value was taken")
	}
	if got := c.Text(reg.Field("x_seats"), "约三十", ZH); got != "约三十" {
		t.Error(got)
	}
	if unknown := before.Values.Unknown(reg); len(unknown) > 0 {
		t.Errorf("a removed field is shown as unknown: %v", unknown)
	}
	if got := Changed(reg, before.Values, Values{"name": "厅", "category": "室内", "x_seats": "约三十"}); !slices.Equal(got, []string{"x_old"}) {
		t.Errorf("changed: %v", got)
	}
	if _, err := c.Read(reg, []Input{{"x_old", "新值"}}); err == nil || !strings.Contains(Say(err, ZH), "停用") {
		t.Error(err)
	}
	vals, err := c.Read(reg, []Input{{"座位", "40"}, {"x_free", "随便写"}})
	if err != nil || !maps.Equal(vals, Values{"x_seats": int64(40), "x_free": "随便写"}) {
		t.Errorf("%v %v", vals, err)
	}
}

func TestNewKeyAndLetter(t *testing.T) {
	taken := map[string]bool{"x_tq": true, "x_tq2": true}
	if k := NewKey("天气", func(k string) bool { return taken[k] }); k != "x_tq3" {
		t.Error(k)
	}
	if k := NewKey("——", func(string) bool { return false }); k != "x_f" {
		t.Error(k)
	}
	c := Custom{}
	for range 30 {
		l := c.NewLetter()
		if c.Registers = append(c.Registers, CustomRegister{Letter: l}); l == "" || slices.ContainsFunc(c.Registers[:len(c.Registers)-1], func(r CustomRegister) bool { return r.Letter == l }) {
			t.Fatal(l)
		}
	}
}

// Whatever a settings file holds, reading it ends in settings that are written
// the same way again, or in a sentence in both languages; and any settings give
// a schema.
func FuzzReadCustom(f *testing.F) {
	f.Add(officeCustom().JSON())
	f.Add([]byte(`{"taizhang_settings":1,"fields":[{"register":"activity","key":"x_a","zh":"甲","type":"list","sub":[{"key":"a","zh":"乙","type":"pick","vocab":"LINE"}]}]}`))
	f.Add([]byte(`{"taizhang_settings":1,"registers":[{"key":"x_r","letter":"XR","zh":"自","name_field":"x_n","fields":[{"key":"x_n","zh":"名","type":"text","removed":true}]}],"terms":[{"vocab":"X_A","zh":"甲"}],"vocabs":[{"code":"X_A","zh":"天","terms":null}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := ReadCustom(b)
		if err != nil {
			if w := AsWords(err); w.ZH == "" || w.EN == "" || CheckText(w.ZH, true) != nil {
				t.Fatalf("%+q", w)
			}
			return
		}
		again, err := ReadCustom(c.JSON())
		if err != nil || !bytes.Equal(again.JSON(), c.JSON()) {
			t.Fatalf("%v\n%s\n%s", err, c.JSON(), again.JSON())
		}
		s, problems := NewSchemaWith(c)
		for _, p := range problems {
			if CheckText(p.ZH, false) != nil || p.ZH == "" {
				t.Fatalf("%+q", p.Words)
			}
		}
		ctx := &Context{Schema: s, Now: customNow}
		for _, reg := range s.All() {
			for _, fd := range reg.AllFields() {
				if strings.HasPrefix(fd.Key, Own) && fd.Editable() && len(fd.Refs) == 0 {
					_, _ = ctx.Parse(fd, "2 甲")
				}
			}
		}
		kept := Custom{}.Keep(c)
		if len(problems) == 0 {
			if _, problems := NewSchemaWith(kept); len(problems) > 0 && len(c.Registers) == 0 {
				t.Fatalf("kept: %v", problems)
			}
		}
		_ = c.ChangesTo(kept)
		_, _ = c.Conditions(kept)
	})
}

// A refusal says where in the settings it is, and apart from that why.
func TestProblemAlone(t *testing.T) {
	_, ps := NewSchemaWith(Custom{Fields: []CustomField{{Register: "activity", Key: "x_a", ZH: "甲", Type: "int", Vocab: "LINE"}}})
	if len(ps) != 1 || ps[0].Kind != EntryField || ps[0].Entry != "activity.x_a" || ps[0].Part != "vocab" ||
		ps[0].ZH != "第1个项目 activity.x_a："+ps[0].Why.ZH || ps[0].EN != "entry 1, field activity.x_a: "+ps[0].Why.EN {
		t.Errorf("%+v", ps)
	}
}
