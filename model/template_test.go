package model

import (
	"strings"
	"testing"
	"time"
)

// Every template of the program fits the registers as they are declared: all
// its fields and terms are there, and nothing it fills is refused.
func TestShippedTemplates(t *testing.T) {
	c := &Context{Schema: NewSchema(), Book: noBook{}, Now: time.Date(2027, 3, 10, 4, 0, 0, 0, time.UTC)}
	list := c.Schema.Templates("")
	if len(list) != 14 {
		t.Errorf("%d templates", len(list))
	}
	for _, tm := range list {
		day := NewDate(2027, 9, 30)
		answers := map[string]string{}
		for _, name := range tm.Asks(day) {
			answers[name] = "迎国庆"
		}
		texts, told := tm.Fill(c, day, answers)
		if len(told) > 0 || len(texts) != len(tm.Texts) {
			t.Errorf("%s: %d of %d, %v", tm.Words, len(texts), len(tm.Texts), told)
		}
		reg := c.Schema.Register(tm.Register)
		for _, x := range texts {
			if _, err := c.Parse(reg.Field(x.Field), x.Text); err != nil || strings.ContainsAny(x.Text, "{}") {
				t.Errorf("%s: %s %q, %v", tm.Words, x.Field, x.Text, err)
			}
		}
	}
}

type noBook struct{}

func (noBook) Record(string) *Record             { return nil }
func (noBook) Named(string, string) []string     { return nil }
func (noBook) Referring(string, string) []string { return nil }

func TestTemplateSlots(t *testing.T) {
	c := &Context{Schema: NewSchema(), Book: noBook{}, Now: time.Date(2027, 3, 10, 4, 0, 0, 0, time.UTC)}
	get := func(name string, day Date, answers map[string]string) map[string]string {
		tm, err := c.Schema.FindTemplate("", name)
		if err != nil {
			t.Fatal(err)
		}
		texts, told := tm.Fill(c, day, answers)
		if len(told) > 0 {
			t.Errorf("%s: %v", name, told)
		}
		out := map[string]string{}
		for _, x := range texts {
			out[x.Field] = x.Text
		}
		return out
	}
	if got := get("党务双月公开", NewDate(2027, 4, 1), nil); got["period"] != "2027-B2" {
		t.Errorf("%v", got)
	}
	// The festival is the one near the form's day, not near today.
	if got := get("cjww", NewDate(2026, 1, 20), nil); got["occasion"] != "2026春节" {
		t.Errorf("%v", got)
	}
	if got := get("主题党日", NewDate(2027, 5, 8), map[string]string{"主题": "学党史"}); got["title"] != "5月主题党日：学党史" {
		t.Errorf("%v", got)
	}
	own := template("activity", W("届次", "edition"), "title", "第{届}届{节日}运动会", "edition", "第{届}届")
	if asks := own.Asks(NewDate(2027, 3, 8)); len(asks) != 1 || asks[0] != "届" {
		t.Errorf("%v", asks)
	}
	if asks := own.Asks(NewDate(2027, 8, 20)); len(asks) != 2 { // no festival near
		t.Errorf("%v", asks)
	}
}

// A template of the office's own that names what is gone says so and fills the
// rest.
func TestTemplateWithGoneParts(t *testing.T) {
	schema, problems := NewSchemaWith(Custom{
		Terms: []CustomTerm{{Vocab: "LINE", ZH: "科普", Retired: true}},
		Templates: []CustomTemplate{
			{Key: "x_a", ZH: "科普讲座", Register: "activity", Texts: []CustomTemplateText{
				{"title", "{年}年科普讲座"}, {"lines", "科普、文体"}, {"x_gone", "旧的"}, {"form", "没有这种"}, {"venue", "阅览室"}}},
			{Key: "x_b", ZH: "义诊", Register: "activity", Texts: []CustomTemplateText{{"title", "我们的义诊"}}},
			{Key: "x_c", ZH: "停用的", Register: "activity", Removed: true, Texts: []CustomTemplateText{{"title", "x"}}},
		}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	c := &Context{Schema: schema, Book: noBook{}, Now: time.Date(2027, 3, 10, 4, 0, 0, 0, time.UTC)}
	tm, err := schema.FindTemplate("activity", "kpjz")
	if err != nil {
		t.Fatal(err)
	}
	texts, told := tm.Fill(c, NewDate(2027, 3, 8), nil)
	got := map[string]string{}
	for _, x := range texts {
		got[x.Field] = x.Text
	}
	if len(got) != 3 || got["title"] != "2027年科普讲座" || got["lines"] != "文体" || got["venue"] != "阅览室" {
		t.Errorf("%v", got)
	}
	said := ""
	for _, w := range told {
		said += w.ZH + "\n"
	}
	for _, want := range []string{"x_gone", "科普", "形式"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q does not say %s", said, want)
		}
	}
	if tm, _ := schema.FindTemplate("activity", "义诊"); tm.Key != "x_b" {
		t.Error("the office's own does not take the place of the program's")
	}
	if len(schema.Templates("")) != 15 {
		t.Errorf("%d", len(schema.Templates("")))
	}
	if _, err := schema.FindTemplate("activity", "停用的"); err == nil {
		t.Error("a removed template is found")
	}
}

// The settings file carries templates, keeps what is left out as removed, and
// says what changed.
func TestTemplatesInSettings(t *testing.T) {
	c := Custom{Templates: []CustomTemplate{{Key: "x_a", ZH: "夜校", Register: "activity", Texts: []CustomTemplateText{{"title", "第{届}期夜校"}}}}}
	back, err := ReadCustom(c.JSON())
	if err != nil || string(back.JSON()) != string(c.JSON()) {
		t.Fatalf("%v\n%s", err, back.JSON())
	}
	if changes := (Custom{}).ChangesTo(c); len(changes) != 1 || changes[0].Entry != "x_a" || changes[0].Mark != "+" {
		t.Errorf("%+v", changes)
	}
	kept := Custom{}.Keep(c)
	if len(kept.Templates) != 1 || !kept.Templates[0].Removed {
		t.Errorf("%+v", kept)
	}
	if changes := c.ChangesTo(kept); len(changes) != 1 || changes[0].Mark != "-" || !changes[0].Removed {
		t.Errorf("%+v", changes)
	}
	clone := c.Clone()
	clone.Templates[0].Texts[0].Text = "x"
	if c.Templates[0].Texts[0].Text == "x" {
		t.Error("the clone shares its texts")
	}
	for name, bad := range map[string]CustomTemplate{
		"key":      {Key: "a", ZH: "甲", Register: "activity", Texts: []CustomTemplateText{{"title", "x"}}},
		"register": {Key: "x_a", ZH: "甲", Register: "nothing", Texts: []CustomTemplateText{{"title", "x"}}},
		"zh":       {Key: "x_a", Register: "activity", Texts: []CustomTemplateText{{"title", "x"}}},
		"texts":    {Key: "x_a", ZH: "甲", Register: "activity"},
	} {
		if _, problems := NewSchemaWith(Custom{Templates: []CustomTemplate{bad}}); len(problems) == 0 || problems[0].Part != name {
			t.Errorf("%s: %v", name, problems)
		}
	}
}
