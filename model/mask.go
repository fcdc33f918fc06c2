package model

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Mask is the kind of datum a field holds, for the matrix audience × kind of
// domain.md §10. The zero value follows the field's privacy class alone.
type Mask uint8

// Kinds of data.
const (
	MaskNone     Mask = iota
	MaskName          // a resident's name
	MaskIDNumber      // 身份证号
	MaskBirth         // birth date, age
	MaskPhone
	MaskAddress // below the compound: building, unit, room
	MaskBank
	MaskHealth   // disease, disability
	MaskCategory // aid category 困难类别
	MaskStory    // cause, family, need, free text
	MaskParty    // Party membership data
	MaskHandler  // petitioner, accused: the handler only
	MaskPhoto
)

// Audience is who will read what is written 导出对象 (domain.md §10).
type Audience uint8

// The four audiences.
const (
	Inside   Audience = iota // internal 内部: working list
	Superior                 // superior 上报: street office, civil affairs
	Public                   // public 公示: notice board, web, poster
	Accounts                 // finance 财务: payout, audit
)

// audiences gives each audience's name on the command line and its term in
// vocabulary AUDI.
var audiences = [...]Words{
	Inside:   {"内部", "internal"},
	Superior: {"上报", "superior"},
	Public:   {"公示", "public"},
	Accounts: {"财务", "finance"},
}

// String is the audience's name on the command line and in logs.
func (a Audience) String() string { return audiences[a].EN }

// Words names the audience.
func (a Audience) Words() Words { return audiences[a] }

// ParseAudience reads internal, superior, public or finance, and the terms of
// vocabulary AUDI in any form a pick list takes. There is no default: who will
// read a file must be said.
func ParseAudience(s string) (Audience, error) {
	for a, w := range audiences {
		if nameKey(s) == w.EN {
			return Audience(a), nil
		}
	}
	term, err := vocabularies["AUDI"].Find(s)
	if err != nil {
		return 0, Problemf("“%s”不是导出对象，可写：internal 内部、superior 上报、public 公示、finance 财务",
			"%q is no audience; there are: internal, superior, public, finance", Shorten(s))
	}
	a := slices.IndexFunc(audiences[:], func(w Words) bool { return w.ZH == term })
	return Audience(a), nil
}

// show is what an audience gets to see of a kind of datum.
type show uint8

const (
	hidden show = iota
	masked
	byRight // in full to those who may enter records, otherwise masked or hidden
	full
)

// byMask is the whitelist of columns (domain.md §10). What forms of a superior
// office ask for case by case is hidden until a setting says otherwise.
var byMask = map[Mask][4]show{
	//            Inside, Superior, Public, Accounts
	MaskName:     {byRight, full, masked, full},
	MaskIDNumber: {masked, masked, hidden, masked},
	MaskBirth:    {full, full, masked, full},
	MaskPhone:    {masked, full, hidden, masked},
	MaskAddress:  {byRight, full, masked, full},
	MaskBank:     {masked, masked, hidden, masked},
	MaskHealth:   {byRight, hidden, hidden, hidden},
	MaskCategory: {full, full, hidden, full},
	MaskStory:    {full, full, hidden, hidden},
	MaskParty:    {full, full, hidden, hidden},
	MaskHandler:  {hidden, hidden, hidden, hidden},
	MaskPhoto:    {full, hidden, hidden, hidden},
}

// byClass holds for fields without a Mask.
var byClass = map[Class][4]show{
	Open:      {full, full, full, full},
	Internal:  {full, full, hidden, full},
	Personal:  {byRight, full, hidden, full},
	Sensitive: {byRight, hidden, hidden, hidden},
	Handler:   {hidden, hidden, hidden, hidden},
}

func (f *Field) show(a Audience) show {
	switch {
	case f.Class == Handler, a == Public && (f.Class == Internal || f.Class == Sensitive):
		return hidden
	case f.Mask != MaskNone:
		return byMask[f.Mask][a]
	}
	return byClass[f.Class][a]
}

// ShownTo reports whether the field is a column in files for the audience at
// all. The values in it go through MaskText.
func (f *Field) ShownTo(a Audience) bool { return f.show(a) != hidden }

// MaskText writes a value for an audience; "" when it must not appear. on is
// the day for which ages are given.
func (c *Context) MaskText(f *Field, v any, a Audience, l Lang, on Date) string {
	if Blank(v) {
		return ""
	}
	how := f.show(a)
	if how == byRight {
		switch {
		case c.Actor.Is(Clerk, Reviewer, Approver, Finance):
			how = full
		case f.Mask == MaskName || f.Mask == MaskAddress:
			how = masked
		default:
			how = hidden
		}
	}
	if how == hidden {
		return ""
	}
	switch x := v.(type) {
	case Ref:
		return c.maskRef(f, x, how, a, l)
	case []Ref:
		var out []string
		for _, ref := range x {
			if t := c.maskRef(f, ref, how, a, l); t != "" {
				out = append(out, t)
			}
		}
		return strings.Join(out, listMark(l))
	case []Row:
		out := make([]string, 0, len(x))
		for _, row := range x {
			var cells []string
			for _, s := range f.Sub {
				if t := c.MaskText(s, row[s.Key], a, l, on); t != "" {
					cells = append(cells, t)
				}
			}
			out = append(out, strings.Join(cells, " "))
		}
		return strings.Join(out, W("；", "; ").In(l))
	}
	if how == full {
		return c.Text(f, v, l)
	}
	switch f.Mask {
	case MaskName:
		return StarName(c.Text(f, v, l))
	case MaskIDNumber:
		return StarID(c.Text(f, v, l))
	case MaskPhone:
		return StarPhone(c.Text(f, v, l))
	case MaskBank:
		return lastFour(c.Text(f, v, l), l)
	case MaskAddress:
		return compoundOf(c.Text(f, v, l))
	case MaskBirth:
		switch x := v.(type) {
		case Date:
			return ageBand(AgeOn(x, on), l)
		case int64:
			return ageBand(int(x), l)
		}
	}
	return ""
}

// How far somebody agreed to be named in public (vocabulary CONSENT).
const (
	ConsentNone    = "无"
	ConsentUnnamed = "匿名"
	ConsentSurname = "姓氏"
	ConsentFull    = "实名"
)

// MaskField writes a field of a record for an audience. In public a name is
// written as far as the person agreed to.
func (c *Context) MaskField(r *Record, f *Field, v any, a Audience, l Lang, on Date) string {
	if r.Shown == Sealed && f.Key == r.Register.Veil {
		return RestrictedWords.In(l)
	}
	if ask := r.Register.Consent; a == Public && ask != nil && f.Mask == MaskName && !Blank(v) {
		masked := c.MaskText(f, v, a, l, on)
		if masked == "" {
			return ""
		}
		switch ask(r) {
		case ConsentFull:
			return c.consentedName(v)
		case ConsentSurname:
			return Surname(c.consentedName(v)) + "**"
		case ConsentUnnamed:
			return W("匿名", "unnamed").In(l)
		}
		return ""
	}
	return c.MaskText(f, v, a, l, on)
}

// consentedName is the name somebody agreed to be called by.
func (c *Context) consentedName(v any) string {
	ref, _ := v.(Ref)
	if p := c.at(ref); p != nil && p.Register.Key == Person.Key {
		return PersonName.Of(p)
	}
	return c.NameOf(ref)
}

// NamedInPublic is the name that a public line of the record may hold in full;
// "" for none.
func (c *Context) NamedInPublic(r *Record) string {
	if r.Register.Consent == nil || r.Register.Consent(r) != ConsentFull {
		return ""
	}
	for _, f := range r.Register.Fields {
		if f.Mask == MaskName && !Blank(r.Values[f.Key]) {
			return c.consentedName(r.Values[f.Key])
		}
	}
	return ""
}

// Surname is the family name: one character, or two of the compound ones; of a
// name in letters the first.
func Surname(name string) string {
	runes := []rune(strings.TrimSpace(name))
	if len(runes) > 2 && slices.Contains(compoundSurnames, string(runes[:2])) {
		return string(runes[:2])
	}
	if len(runes) == 0 {
		return ""
	}
	return string(runes[:1])
}

// maskRef names the record a reference points to. What is masked depends on
// the record as well as on the field: a person's name is one wherever it is
// referred to, and a title may hold one.
func (c *Context) maskRef(f *Field, ref Ref, how show, a Audience, l Lang) string {
	if reg := c.Schema.OfID(ref.ID); how == full && a != Public && reg != nil && reg.Key != Household.Key {
		return c.NameOf(ref) // which may be known without the record
	}
	r := c.at(ref)
	if r == nil {
		switch {
		case ref.Text == "":
			return ref.ID
		case how == full:
			return ref.Text
		case f.Mask == MaskName:
			return StarName(ref.Text)
		case f.Mask == MaskAddress:
			return compoundOf(ref.Text)
		}
		return ""
	}
	if a == Public {
		how = min(how, masked)
	}
	switch r.Register.Key {
	case "person":
		if a == Public && isMinor(r, c.Today()) {
			return ""
		}
		if how == masked {
			return StarName(PersonName.Of(r))
		}
	case "household":
		switch {
		case how == full:
			return c.Address(r)
		case a == Public:
			return c.NameOf(HouseholdCompound.Of(r))
		}
		return c.NameOf(HouseholdCompound.Of(r)) + buildingText(r)
	default:
		if how == full {
			break
		}
		name := r.Register.Field(r.Register.NameField)
		if name == nil || !name.ShownTo(a) {
			return r.ID
		}
		return c.MaskText(name, r.Values[name.Key], a, l, c.Today())
	}
	return c.Title(r)
}

// Withheld reports whether the record itself must not appear as a line before
// an audience, though it counts in figures: in public, what is not in force,
// minors and what concerns one, what a person said in confidence or did not agree
// to, and what is disclosed to a narrower circle.
func (c *Context) Withheld(r *Record, a Audience) bool {
	if a != Public {
		return false
	}
	switch {
	case r.State != Final:
		return true
	case r.Register.Key == "person" && isMinor(r, c.Today()):
		return true
	case r.Register.Key == "issue" && IssueScope.Of(r) != "社会":
		return true
	case r.IsRestricted() || r.Shown == Veiled:
		return true
	case r.Register.Consent != nil && (r.Register.Consent(r) == ConsentNone || r.Register.Consent(r) == ""):
		return true
	}
	for _, f := range r.Register.Fields {
		v := r.Values[f.Key]
		if f.Class == Handler && !Blank(v) {
			return true
		}
		if ref, ok := v.(Ref); ok {
			if p := c.at(ref); p != nil && p.Register.Key == "person" && isMinor(p, c.Today()) {
				return true
			}
		}
	}
	return false
}

// adultAge is 18 (民法典 17). A person without a birth date is taken for a minor.
const adultAge = 18

func isMinor(person *Record, day Date) bool { return AgeOn(PersonBirth.Of(person), day) < adultAge }

// compoundSurnames are kept whole by the name rule.
var compoundSurnames = strings.Fields(`欧阳 司马 上官 诸葛 东方 夏侯 尉迟 公孙 慕容 令狐 皇甫 宇文 长孙 司徒 司空 鲜于 闾丘 淳于 单于 太叔 申屠
	公冶 仲孙 轩辕 钟离 端木 百里 呼延 南宫 独孤 赫连 澹台 拓跋 濮阳 公羊 宗政 闻人 万俟 南门 东郭 西门 第五 梁丘 左丘 微生 羊舌 巫马 公西 漆雕 乐正
	壤驷 公良 夹谷 宰父 谷梁 段干 纳兰 完颜 叶赫 那拉 子车 颛孙 亓官 司寇`)

// StarName masks a name (domain.md §10): 张明 张*, 张小明 张*明, 欧阳修 欧阳*,
// 阿依古丽·买买提 阿*, John Smith J*. A lone character becomes a star.
func StarName(name string) string {
	name = strings.TrimSpace(name)
	var runes []rune
	for _, r := range name {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.M, r) { // padding, variation selectors
			runes = append(runes, r)
		}
	}
	if slices.ContainsFunc(runes, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
		g := uniseg.NewGraphemes(name)
		g.Next()
		return g.Str() + "*"
	}
	n := len(runes)
	stars := func(k int) string { return strings.Repeat("*", k) }
	switch {
	case n == 0:
		return ""
	case n == 1:
		return "*"
	case n == 2:
		return string(runes[:1]) + "*"
	case slices.Contains(compoundSurnames, string(runes[:2])):
		return string(runes[:2]) + stars(n-2)
	}
	return string(runes[:1]) + stars(n-2) + string(runes[n-1:])
}

// StarID keeps the first six and last four characters of an identity number:
// 110105********002X. Whatever is not one becomes stars.
func StarID(id string) string {
	if len(id) != 18 && len(id) != 15 || !isASCII(id) {
		return strings.Repeat("*", utf8.RuneCountInString(id))
	}
	return id[:6] + strings.Repeat("*", len(id)-10) + id[len(id)-4:]
}

// StarPhone masks a number of a mobile as 138****5678 and keeps the last four
// digits of any other.
func StarPhone(phone string) string {
	digits := digitsOf(phone)
	switch n := len(digits); {
	case n == 11 && digits[0] == '1':
		return digits[:3] + "****" + digits[7:]
	case n >= 7:
		return strings.Repeat("*", n-4) + digits[n-4:]
	default:
		return strings.Repeat("*", n)
	}
}

// lastFour is how a bank card is named: 尾号0123.
func lastFour(card string, l Lang) string {
	digits := digitsOf(card)
	if len(digits) < 8 {
		return strings.Repeat("*", len(digits))
	}
	return W("尾号", "ending ").In(l) + digits[len(digits)-4:]
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r = halfRune(r); r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// ageBand gives an age no finer than its decade.
func ageBand(age int, l Lang) string {
	switch {
	case age < 0:
		return ""
	case age < adultAge:
		return W("未成年", "minor").In(l)
	}
	from := max(age/10*10, adultAge)
	return Sayf("%d岁以上", "%d or over", from).In(l)
}

// building finds where an address goes below the compound: at the first digit,
// or at a word such as 甲栋 or A座.
var building = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[0-9０-９]|[一二三四五六七八九十百零〇甲乙丙丁戊东西南北A-Za-zＡ-Ｚ]+(号|幢|栋|座|楼|单元|室|门)`)
})

// compoundOf cuts an address down to the compound: 和平小区3号楼2单元501室 →
// 和平小区.
func compoundOf(address string) string {
	if at := building().FindStringIndex(address); at != nil {
		address = address[:at[0]]
	}
	if before, _, ok := strings.Cut(address, "小区"); ok {
		address = before + "小区"
	}
	return strings.TrimFunc(address, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
}

// isMember reports a member of the Party, on probation or not.
func isMember(person *Record) bool {
	return contains([]string{"中共党员", "预备党员"}, PersonPolitics.Of(person))
}
