package model

import (
	"slices"
	"strings"
)

// Person 人员: a resident the office keeps a file on.
var Person = declare(&Register{
	Key: "person", Letter: "P", Words: W("人员", "Person"), Group: Front, Rank: 40,
	Aliases: []string{"居民", "人员档案", "对象"}, NameField: "name", Twins: true,
	Doubts: personDoubts,
	Related: []Related{
		{Key: "visits", Words: W("走访慰问", "Visits and aid"), Register: "visit", Field: "person",
			Columns: []string{"date", "occasion", "amount", "goods", "fund", "visitors"}, Totals: true},
		{Key: "needs", Words: W("诉求", "Needs"), Register: "need", Field: "person",
			Columns: []string{"date", "text", "state", "owner", "due", "closed_on"}},
	},
	Archive: &Archive{Term: KeepForever},
	Fields: []*Field{
		{Key: "name", Words: W("姓名", "Name"), Type: TypeText, Max: 40, Need: Required, Class: Personal, Mask: MaskName, Col: 1, Cells: 10,
			Section: W("身份和住址", "Identity and address"),
			Aliases: []string{"名字"}},
		{Key: "id_no", Words: W("身份证号", "ID number"), Type: TypeText, Max: 18, Tidy: tidyIDNumber, Class: Personal, Mask: MaskIDNumber,
			Hint: W("填了自动得出生日期和性别", "gives birth date and sex"), Aliases: []string{"身份证", "身份证号码", "公民身份号码", "证件号码"}},
		{Key: "other_id", Words: W("其他证件", "Other document"), Type: TypeText, Max: 60, Class: Personal, Mask: MaskIDNumber,
			Hint: W("护照、居住证等，写种类和号码", "passport, residence permit: kind and number"), Aliases: []string{"护照", "证件"}},
		{Key: "no_id_reason", Words: W("无身份证原因", "Why no ID number"), Type: TypeText, Max: 60, Class: Internal,
			Hint: W("例 新生儿未上户、外籍", "such as a newborn, or a foreigner")},
		{Key: "birth", Words: W("出生日期", "Birth"), Type: TypeDate, Need: Required, Class: Personal, Mask: MaskBirth,
			Hint: W("19490516 或 1949-05", "19490516 or 1949-05"), Aliases: []string{"出生", "出生年月", "生日"}},
		{Key: "sex", Words: W("性别", "Sex"), Type: TypePick, Vocab: "SEX", Class: Personal, Col: 2, Cells: 4},
		{Key: "age", Words: W("年龄", "Age"), Type: TypeInt, Apart: true, Class: Personal, Mask: MaskBirth, Col: 3, Cells: 4,
			Computed: func(r *Record, c *Context) any { return years(PersonBirth.Of(r), lifeDay(r, c.Today())) }},
		{Key: "phone", Words: W("电话", "Phone"), Type: TypeText, Max: 20, Tidy: tidyPhone, Class: Personal, Mask: MaskPhone, Col: 6, Cells: 12,
			Aliases: []string{"手机", "手机号", "联系电话", "联系方式"}},
		{Key: "bank", Words: W("银行卡号", "Bank card"), Type: TypeText, Max: 30, Class: Sensitive, Mask: MaskBank, Aliases: []string{"银行卡", "账号", "卡号"}},
		{Key: "household", Words: W("户", "Household"), Type: TypeRef, Refs: []string{"household"}, Class: Personal, Mask: MaskAddress, Col: 4, Cells: 20,
			Hint: W("户号，或先空着", "the household's id, or leave blank")},
		{Key: "relation", Words: W("与户主关系", "Relation to head"), Type: TypePick, Vocab: "REL", Class: Personal, Aliases: []string{"关系"}},
		{Key: "politics", Words: W("政治面貌", "Political status"), Type: TypePick, Vocab: "POL", Class: Personal, Mask: MaskParty,
			Section: W("党员情况", "Party")},
		{Key: "joined_on", Words: W("入党时间", "Joined on"), Type: TypeDate, Class: Personal, Mask: MaskParty, Hint: W("1971-07-01 或 1971-07", "1971-07-01 or 1971-07"),
			Aliases: []string{"入党日期", "入党年月"}},
		{Key: "party_years", Words: W("党龄", "Party years"), Type: TypeInt, Apart: true, Class: Personal, Mask: MaskParty,
			Computed: func(r *Record, c *Context) any { return years(PersonJoinedOn.Of(r), lifeDay(r, c.Today())) }},
		{Key: "branch", Words: W("所属支部", "Branch"), Type: TypeRef, Refs: []string{"org"}, Class: Personal, Mask: MaskParty, Aliases: []string{"支部", "党支部"}},
		{Key: "cats", Words: W("对象类别", "Categories"), Type: TypeList, Class: Sensitive, Mask: MaskCategory,
			Section: W("困难和照顾", "Hardship and care"), Hint: W("低保户 2024-03；独居（高龄自动算）", "低保户 2024-03; 独居 (80+ is automatic)"),
			Aliases: []string{"类别", "困难类别", "人员类别"},
			Sub: []*Field{
				{Key: "cat", Words: W("类别", "Category"), Type: TypePick, Vocab: "CAT", Need: Required},
				{Key: "from", Words: W("起", "From"), Type: TypeDate},
				{Key: "to", Words: W("止", "To"), Type: TypeDate},
				{Key: "proof", Words: W("依据", "Proof"), Type: TypeText, Max: 60},
			}},
		{Key: "cats_now", Words: W("现有类别", "Categories now"), Type: TypePicks, Vocab: "CAT", Class: Sensitive, Mask: MaskCategory, Col: 5, Cells: 18,
			Computed: func(r *Record, c *Context) any { return CategoriesOn(r, c.Today()) }},
		{Key: "cause", Words: W("困难原因", "Cause"), Type: TypePicks, Vocab: "CAUSE", Class: Sensitive, Mask: MaskStory, Aliases: []string{"致困原因"}},
		{Key: "health", Words: W("健康状况", "Health"), Type: TypeNote, Class: Sensitive, Mask: MaskHealth, Aliases: []string{"健康", "病情"}},
		{Key: "disability", Words: W("残疾类别", "Disability"), Type: TypePick, Vocab: "DISAB", Class: Sensitive, Mask: MaskHealth, Aliases: []string{"残疾"}},
		{Key: "grade", Words: W("残疾等级", "Grade"), Type: TypeInt, Apart: true, Min: 1, Most: 4, Class: Sensitive, Mask: MaskHealth, Hint: W("1 至 4", "1 to 4")},
		{Key: "paired_with", Words: W("结对人", "Paired with"), Type: TypeRef, Refs: []string{"staff", "partner"}, OrText: true, Class: Internal, Aliases: []string{"结对"}},
		{Key: "paired_on", Words: W("结对时间", "Paired on"), Type: TypeDate, Class: Internal},
		{Key: "guardian", Words: W("监护人", "Guardian"), Type: TypeRef, Refs: []string{"person"}, OrText: true, Class: Sensitive, Mask: MaskName,
			Section: W("监护和同意", "Guardian and consent")},
		{Key: "guardian_ok", Words: W("监护人同意", "Guardian consent"), Type: TypeList, One: true, Class: Sensitive,
			Hint: W("是 2027-03-08", "yes 2027-03-08"), Sub: []*Field{
				{Key: "ok", Words: W("同意", "Agreed"), Type: TypeBool},
				{Key: "on", Words: W("日期", "On"), Type: TypeDate},
			}},
		{Key: "consents", Words: W("本人同意", "Consents"), Type: TypeList, Class: Internal, Hint: W("张贴照片 | 2027-03-08 | 书面", "photo on the board | 2027-03-08 | in writing"),
			Sub: []*Field{
				{Key: "use", Words: W("用途", "Use"), Type: TypeText, Max: 40, Need: Required},
				{Key: "date", Words: W("日期", "Date"), Type: TypeDate},
				{Key: "proof", Words: W("凭据", "Proof"), Type: TypeText, Max: 60},
			}},
		{Key: "ended", Words: W("迁出或去世", "Left or died"), Type: TypeList, One: true, Class: Internal,
			Hint:    W("迁出 2027-03-08，不写日期算今天；清空就恢复", "moved away 2027-03-08, no date: today; cleared, the file is open again"),
			Aliases: []string{"迁出", "去世"}, Sub: []*Field{
				{Key: "kind", Words: W("原因", "Reason"), Type: TypePick, Vocab: "ENDED", Need: Required},
				{Key: "on", Words: W("日期", "On"), Type: TypeDate},
			}},
	},
	Over: func(r *Record) Words {
		row := One(r.Get("ended"))
		kind, _ := row["kind"].(string)
		if kind == "" {
			return Words{}
		}
		on, _ := row["on"].(Date)
		return Words{joined(kind, on.String()), joined(vocabularies["ENDED"].Text(kind, EN), on.String())}
	},
	Fill: func(r *Record, c *Context) {
		if row := One(r.Get("ended")); len(row) > 0 && Blank(row["on"]) {
			PersonEnded.Set(r, []Row{{"kind": row["kind"], "on": c.Today()}})
		}
		PersonBank.Set(r, strings.ReplaceAll(halfWidth(PersonBank.Of(r)), " ", ""))
		if id, err := ParseIDNumber(PersonIDNo.Of(r)); err == nil {
			fill(r, "birth", id.Birth())
			fill(r, "sex", id.Sex())
		}
	},
	Check: func(r *Record, c *Context) Errors {
		var errs Errors
		birth := PersonBirth.Of(r)
		if id, err := ParseIDNumber(PersonIDNo.Of(r)); err == nil {
			if !birth.IsZero() && (id.Birth().Before(birth.First()) || id.Birth().After(birth.Last())) {
				errs = refuse(errs, r, "birth", "与身份证号不符", "contradicts the ID number")
			}
			if sex := PersonSex.Of(r); sex != "" && sex != id.Sex() {
				errs = refuse(errs, r, "sex", "与身份证号不符", "contradicts the ID number")
			}
		}
		if !birth.IsZero() && birth.First().After(c.Today()) {
			errs = refuse(errs, r, "birth", "不能晚于今天", "must not be after today")
		}
		errs = checkOrder(errs, r, "birth", "joined_on")
		errs = checkRowOrder(errs, r, "cats", "from", "to")
		if on, _ := One(r.Get("ended"))["on"].(Date); !on.IsZero() && !birth.IsZero() && on.Last().Before(birth.First()) {
			errs = refuse(errs, r, "ended", "不能早于出生日期", "must not be before the birth")
		}
		return errs
	},
})

// Categories that follow from dates alone. 老党员 as 50 years in the Party is
// common use, not law.
const (
	CatOldMember  = "老党员"
	oldMemberFrom = 50

	CatAged       = "高龄" // 80 and over
	CatCentenary  = "百岁" // 100 and over
	agedFrom      = 80
	centenaryFrom = 100
)

// Died is the term of vocabulary ENDED for a death.
const Died = "去世"

// EndedOn tells when a person moved away or died; ok is false for those still
// here. Without a day it was before any other.
func EndedOn(person *Record) (on Date, ok bool) {
	row := One(person.Get(PersonEnded.Key()))
	on, _ = row["on"].(Date)
	return on, len(row) > 0
}

// GoneBy reports whether a person had moved away or died by a day, that day
// included: nothing is due for them any more.
func GoneBy(person *Record, day Date) bool {
	on, ok := EndedOn(person)
	return ok && !on.First().After(day)
}

// lifeDay is the day for which an age is given: a dead person's stands still.
func lifeDay(person *Record, today Date) Date {
	row := One(person.Get(PersonEnded.Key()))
	if on, _ := row["on"].(Date); row["kind"] == Died && !on.IsZero() && on.Before(today) {
		return on
	}
	return today
}

// CategoriesOn lists the categories a person is in on a day: those on file and
// in force, then those that age and years in the Party alone bring. Moving away
// or dying closes them all: on that day they are in force for the last time.
// What is on file stays, so that a mistake is taken back by clearing one field.
func CategoriesOn(person *Record, day Date) []string {
	if on, ok := EndedOn(person); ok && day.First().After(on.Last()) {
		return nil
	}
	var out []string
	add := func(cat string) {
		if cat != "" && !contains(out, cat) {
			out = append(out, cat)
		}
	}
	for _, row := range PersonCats.Of(person) {
		from, _ := row["from"].(Date)
		to, _ := row["to"].(Date)
		if (from.IsZero() || !day.Last().Before(from.First())) && (to.IsZero() || !day.First().After(to.Last())) {
			cat, _ := row["cat"].(string)
			add(cat)
		}
	}
	age := AgeOn(PersonBirth.Of(person), day.First())
	if age >= agedFrom {
		add(CatAged)
	}
	if age >= centenaryFrom {
		add(CatCentenary)
	}
	if AgeOn(PersonJoinedOn.Of(person), day.First()) >= oldMemberFrom {
		add(CatOldMember)
	}
	return out
}

// years is the full years from a date to today as a field value, nil when the
// date is missing or ahead.
func years(from, today Date) any {
	if n := AgeOn(from, today); n >= 0 {
		return int64(n)
	}
	return nil
}

// joined puts words side by side, blank ones left out.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

// What code asks of a person.
var (
	PersonName      = handle[string]("person", "name")
	PersonIDNo      = handle[string]("person", "id_no")
	PersonOtherID   = handle[string]("person", "other_id")
	PersonNoID      = handle[string]("person", "no_id_reason")
	PersonBirth     = handle[Date]("person", "birth")
	PersonSex       = handle[string]("person", "sex")
	PersonPolitics  = handle[string]("person", "politics")
	PersonPhone     = handle[string]("person", "phone")
	PersonBank      = handle[string]("person", "bank")
	PersonHousehold = handle[Ref]("person", "household")
	PersonJoinedOn  = handle[Date]("person", "joined_on")
	PersonCats      = handle[[]Row]("person", "cats")
	PersonEnded     = handle[[]Row]("person", "ended")
)
