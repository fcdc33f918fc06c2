package model

import (
	"strings"
	"testing"
)

// The vectors of domain.md §10.
func TestMaskVectors(t *testing.T) {
	d := newDesk(t)
	compound := d.add(Compound, "name", "和平小区")
	home := d.add(Household, "head", "张明", "compound", compound.ID, "building", "3", "unit", "2", "room", "501")
	person := d.add(Person, "name", "张小明", "birth", "1945-01-01", "household", home.ID)
	child := d.add(Person, "name", "王小宝", "birth", "2018-05-01")
	field := func(register, key string) *Field { return d.Schema.Register(register).Field(key) }
	ref := func(r *Record) Ref { return Ref{ID: r.ID} }
	for _, v := range []struct {
		field                    *Field
		value                    any
		public, superior, inside string
	}{
		{field("person", "name"), "张明", "张*", "张明", "张明"},
		{field("person", "name"), "张小明", "张*明", "张小明", "张小明"},
		{field("person", "name"), "欧阳修", "欧阳*", "欧阳修", "欧阳修"},
		{field("person", "name"), "司马相如", "司马**", "司马相如", "司马相如"},
		{field("person", "name"), "阿依古丽·买买提", "阿*", "阿依古丽·买买提", "阿依古丽·买买提"},
		{field("person", "name"), "John Smith", "J*", "John Smith", "John Smith"},
		{field("person", "id_no"), "11010519491231002X", "", "110105********002X", "110105********002X"},
		{field("person", "phone"), "13812345678", "", "13812345678", "138****5678"},
		{field("person", "bank"), "6222021234567890123", "", "尾号0123", "尾号0123"},
		{field("person", "birth"), onDay("1945-01-01"), "80岁以上", "1945-01-01", "1945-01-01"},
		{field("person", "birth"), onDay("2018-05-01"), "未成年", "2018-05-01", "2018-05-01"},
		{field("person", "age"), int64(67), "60岁以上", "67", "67"},
		{field("person", "health"), "肝癌晚期", "", "", "肝癌晚期"},
		{field("person", "disability"), "肢体", "", "", "肢体"},
		{field("person", "household"), ref(home), "和平小区", "和平小区3号楼2单元501室", "和平小区3号楼2单元501室"},
		{field("household", "compound"), ref(compound), "和平小区", "和平小区", "和平小区"},
		{field("household", "building"), "甲栋", "", "甲栋", "甲栋"},
		{field("household", "room"), "501", "", "501", "501"},
		{field("household", "head"), Ref{Text: "张明"}, "张*", "张明", "张明"},
		{field("visit", "person"), ref(person), "张*明", "张小明", "张小明"},
		{field("visit", "person"), ref(child), "", "王小宝", "王小宝"},
		{field("visit", "household"), Ref{Text: "和平小区3号楼2单元501室"}, "和平小区", "和平小区3号楼2单元501室", "和平小区3号楼2单元501室"},
		{field("visit", "amount"), Money(50000), "500.00", "500.00", "500.00"},
		{field("visit", "cats_then"), []string{"低保户"}, "", "低保户", "低保户"},
		{field("visit", "change"), "住院", "", "住院", "住院"},
		{field("visit", "visitors"), []Ref{{ID: d.Actor.Staff}}, "李敏", "李敏", "李敏"},
		{field("activity", "roster"), []Ref{ref(person), ref(child)}, "张*明", "张小明、王小宝", "张小明、王小宝"},
		{field("opinion", "person"), "张明", "", "", ""},
		{field("issue", "title"), "党费收缴", "党费收缴", "党费收缴", "党费收缴"},
	} {
		for audience, want := range map[Audience]string{Public: v.public, Superior: v.superior, Inside: v.inside} {
			if got := d.MaskText(v.field, v.value, audience, ZH, onDay("2027-03-10")); got != want {
				t.Errorf("%s %v for %s: %q, want %q", v.field.Key, v.value, audience, got, want)
			}
		}
	}
	if got := d.MaskText(field("person", "birth"), onDay("1945-01-01"), Public, EN, onDay("2027-03-10")); got != "80 or over" {
		t.Errorf("band in English: %q", got)
	}
	if got := d.MaskText(field("person", "phone"), "13812345678", Accounts, ZH, d.Today()); got != "138****5678" {
		t.Errorf("phone for finance: %q", got)
	}

	d.Actor.Roles = []Role{Viewer}
	for key, want := range map[string]string{"name": "张*明", "household": "和平小区3号楼", "health": "", "sex": ""} {
		value := map[string]any{"name": "张小明", "household": ref(home), "health": "肝癌晚期", "sex": "男"}[key]
		if got := d.MaskText(field("person", key), value, Inside, ZH, d.Today()); got != want {
			t.Errorf("viewer reads %s as %q, want %q", key, got, want)
		}
	}
}

// Every column is decided, and nothing personal reaches the public unmasked.
func TestPublicSeesNothingPersonal(t *testing.T) {
	eachField(NewSchema(), func(_ *Register, f *Field, name string) {
		if _, ok := byMask[f.Mask]; f.Mask != MaskNone && !ok {
			t.Errorf("%s: mask without a row", name)
		}
		switch how := f.show(Public); {
		case f.Class != Open && f.Class != Personal && how != hidden:
			t.Errorf("%s is of class %d and shown in public", name, f.Class)
		case f.Class == Personal && how != hidden && how != masked:
			t.Errorf("%s is personal and shown in public as it is", name)
		}
		if f.Class == Handler && (f.ShownTo(Inside) || f.ShownTo(Superior) || f.ShownTo(Accounts)) {
			t.Errorf("%s is for its handler alone", name)
		}
	})
	for _, f := range []*Field{{Class: Personal}, {Class: Sensitive}, {Class: Sensitive, Mask: MaskName}} {
		if f.ShownTo(Public) {
			t.Errorf("%+v shown in public", f)
		}
	}
}

func TestStars(t *testing.T) {
	for name, want := range map[string]string{
		"": "", "张": "*", "欧阳": "欧*", "张 明": "张*", "王李小明": "王**明", "𠮷田": "𠮷*", "བསྟན་འཛིན": "བ*",
	} {
		got := StarName(name)
		if name == "བསྟན་འཛིན" {
			if strings.Contains(got, "འཛིན") || !strings.HasSuffix(got, "*") {
				t.Errorf("Tibetan name %q", got)
			}
			continue
		}
		if got != want {
			t.Errorf("StarName(%q) = %q, want %q", name, got, want)
		}
	}
	for phone, want := range map[string]string{
		"13812345678": "138****5678", "138 1234 5678": "138****5678", "0558-5112233": "*******2233", "5112233": "***2233", "110": "***",
	} {
		if got := StarPhone(phone); got != want {
			t.Errorf("StarPhone(%q) = %q, want %q", phone, got, want)
		}
	}
	for id, want := range map[string]string{"110105491231002": "110105*****1002", "12345": "*****", "": ""} {
		if got := StarID(id); got != want {
			t.Errorf("StarID(%q) = %q, want %q", id, got, want)
		}
	}
	for address, want := range map[string]string{
		"和平小区3号楼2单元501室": "和平小区", "和平小区甲栋501": "和平小区", "建设花园Ａ座９０１": "建设花园", "3号楼501": "", "东方小区": "东方小区",
		"幸福里十二号院": "幸福里", "和平小区李家": "和平小区",
	} {
		if got := compoundOf(address); got != want {
			t.Errorf("compoundOf(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestWithheld(t *testing.T) {
	d := newDesk(t)
	compound := d.add(Compound, "name", "和平小区")
	home := d.add(Household, "head", "王明", "compound", compound.ID, "building", "3")
	adult := d.add(Person, "name", "王明", "birth", "1980-01-01", "household", home.ID)
	child := d.add(Person, "name", "王小宝", "birth", "2018-05-01", "household", home.ID)
	ofAdult, ofChild := d.add(Visit, "person", adult.ID), d.add(Visit, "person", child.ID)
	agreed := func(r *Record, how string) *Record {
		r = r.Clone()
		r.Set("consent_pub", []Row{{"consent": how}})
		return r
	}
	void := ofAdult.Clone()
	void.State = Void
	for name, v := range map[string]struct {
		r    *Record
		want bool
	}{
		"adult": {adult, false}, "child": {child, true}, "visit to an adult": {agreed(ofAdult, ConsentFull), false}, "visit to a child": {agreed(ofChild, ConsentFull), true},
		"visit without consent": {ofAdult, true}, "visit, unnamed": {agreed(ofAdult, ConsentUnnamed), false},
		"void":               {void, true},
		"public issue":       {record(Issue, Values{"scope": "社会"}), false},
		"Party issue":        {record(Issue, Values{"scope": "党内"}), true},
		"confidence":         {record(Opinion, Values{"person": "张明"}), true},
		"anonymous opinion":  {record(Opinion, Values{}), false},
		"household of a man": {home, false},
	} {
		if got := d.Withheld(v.r, Public); got != v.want {
			t.Errorf("%s: withheld %v", name, got)
		}
		if d.Withheld(v.r, Superior) {
			t.Errorf("%s is withheld from the superior", name)
		}
	}
}

func TestParseAudience(t *testing.T) {
	for text, want := range map[string]Audience{
		"internal": Inside, "superior": Superior, "public": Public, "finance": Accounts,
		"公示": Public, "上报": Superior, "内部": Inside, "财务": Accounts, "upward": Superior, "gs": Public,
	} {
		if got, err := ParseAudience(text); err != nil || got != want {
			t.Errorf("%q is %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "everyone"} {
		if _, err := ParseAudience(text); err == nil {
			t.Errorf("%q is an audience", text)
		}
	}
}

// In public a visit names the person as far as she agreed to.
func TestConsentDecidesTheName(t *testing.T) {
	d := newDesk(t)
	compound := d.add(Compound, "name", "和平小区")
	home := d.add(Household, "head", "欧阳小明", "compound", compound.ID, "building", "3")
	p := d.add(Person, "name", "欧阳小明", "birth", "1980-01-01", "household", home.ID)
	v := d.add(Visit, "person", p.ID)
	f := Visit.Field(VisitPerson.Key())
	for how, want := range map[string]string{ConsentFull: "欧阳小明", ConsentSurname: "欧阳**", ConsentUnnamed: "匿名", ConsentNone: ""} {
		v.Set("consent_pub", []Row{{"consent": how}})
		if got := d.MaskField(v, f, v.Get(f.Key), Public, ZH, d.Today()); got != want {
			t.Errorf("%s: %q, not %q", how, got, want)
		}
		if named := d.NamedInPublic(v); (named != "") != (how == ConsentFull) {
			t.Errorf("%s: named %q", how, named)
		}
	}
	if got := d.MaskField(v, f, v.Get(f.Key), Superior, ZH, d.Today()); got != "欧阳小明" {
		t.Errorf("for the superior: %q", got)
	}
}
