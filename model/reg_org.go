package model

import (
	"slices"
	"strings"
)

// Org 组织机构: Party organisations, committees, associations. They form a
// tree by their parents.
var Org = declare(&Register{
	Key: "org", Letter: "G", Words: W("组织机构", "Organisation"), Group: Behind, Shelf: ShelfOffice, Rank: 110,
	Aliases: []string{"组织", "支部", "机构"}, NameField: "name",
	Doubts:   sameName,
	Stood:    stoodBetween("founded", "ended"),
	Over:     func(r *Record) Words { return endedWords(OrgEnded.Of(r)) },
	Parts:    []string{"type"},
	Headings: map[string]Words{"": W("组织机构", "Organisations")},
	Measures: []Measure{
		{Key: "orgs", Words: W("个数", "organisations"), Unit: W("个", "organisations")},
	},
	Related: []Related{
		{Key: "children", Words: W("下设组织", "Below it"), Register: "org", Field: "parent",
			Columns: []string{"name", "type", "secretary", "founded", "members", "ended"}},
		{Key: "teams", Words: W("队伍", "Teams"), Register: "team", Field: "association",
			Columns: []string{"name", "lead", "members", "founded", "ended"}},
		{Key: "counts", Words: W("党员人数", "Members counted"), Register: "org_count", Field: "org",
			Columns: []string{"date", "members", "probationary", "floating", "reported_in"}},
		{Key: "events", Words: W("沿革", "History"), Register: "org_event", Field: "org",
			Columns: []string{"date", "kind", "method", "doc_no", "detail"}},
		{Key: "groups", Words: W("领导小组", "Leading groups"), Register: "leading_group", Field: "org",
			Columns: []string{"name", "head", "date"}},
		{Key: "meetings", Words: W("会议学习", "Meetings"), Register: "meeting", Field: "org", Totals: true, ThisYear: true,
			Columns: []string{"date", "type", "topic", "present", "rate"}},
	},
	Sentences: orgSentences,
	Archive:   &Archive{Term: KeepForever},
	Fields: []*Field{
		{Key: "name", Words: W("名称", "Name"), Type: TypeText, Max: 60, Need: Required, Col: 1, Cells: 24},
		{Key: "type", Words: W("类型", "Type"), Type: TypePick, Vocab: "ORGT", Need: Required, Col: 2, Cells: 10},
		{Key: "parent", Words: W("上级组织", "Parent"), Type: TypeRef, Refs: []string{"org"}, OrText: true, Col: 3, Cells: 14},
		{Key: "secretary", Words: W("书记或负责人", "Secretary"), Type: TypeRef, Refs: []string{"staff"}, OrText: true, Col: 4, Cells: 8,
			Aliases: []string{"书记", "负责人", "组长", "会长"}},
		{Key: "founded", Words: W("成立日期", "Founded"), Type: TypeDate, Col: 5, Cells: 8, Hint: W("2004-08 或 2004", "2004-08 or 2004")},
		{Key: "relation", Words: W("隶属关系", "Relation"), Type: TypeText, Max: 60, Hint: W("业务指导、行政隶属", "guidance, subordination")},
		{Key: "ended", Words: W("撤销日期", "Ended"), Type: TypeDate, Hint: W("还在的空着", "blank while it exists")},
		{Key: "members", Words: W("党员数", "Members"), Type: TypeInt, Col: 6, Cells: 6, Hint: W("最近一次统计；没有就加下设组织的", "last counted, or the sum of those below"),
			Computed: func(r *Record, c *Context) any {
				if n, ok := c.MembersOf(r, c.Today()); ok {
					return n
				}
				return nil
			}},
		{Key: "path", Words: W("层级", "Path"), Type: TypeText, Computed: func(r *Record, c *Context) any {
			if names := c.orgPath(r); len(names) > 1 {
				return strings.Join(names, " › ")
			}
			return nil
		}},
	},
	Check: func(r *Record, c *Context) Errors {
		errs := checkOrder(nil, r, "founded", "ended")
		for _, above := range c.above(r) {
			if above.ID == r.ID {
				return refuse(errs, r, "parent", "上级组织不能是自己，也不能是自己下面的组织", "an organisation cannot stand above itself")
			}
		}
		return errs
	},
})

// deepest bounds the levels of the tree: far more than offices have, and the
// end of a ring that older records may form.
const deepest = 12

// above lists the organisations above one, the nearest first. Of a ring the
// members come once.
func (c *Context) above(r *Record) (out []*Record) {
	for p := c.at(OrgParent.Of(r)); p != nil && len(out) < deepest; p = c.at(OrgParent.Of(p)) {
		if out = append(out, p); p.ID == r.ID {
			break
		}
	}
	return out
}

// orgPath names an organisation after those above it, the highest first; what
// is not on file is the end of it.
func (c *Context) orgPath(r *Record) []string {
	names := []string{OrgName.Of(r)}
	top := r
	for _, p := range c.above(r) {
		if p.ID == r.ID {
			break
		}
		names, top = append(names, OrgName.Of(p)), p
	}
	if text := OrgParent.Of(top).Text; text != "" {
		names = append(names, text)
	}
	slices.Reverse(names)
	return names
}

// MembersOf is how many Party members an organisation had on a day: its latest
// count, or else the sum of the organisations below it. Not ok when nothing was
// counted.
func (c *Context) MembersOf(org *Record, day Date) (n int64, ok bool) {
	return c.membersOf(org, day, deepest)
}

func (c *Context) membersOf(org *Record, day Date, levels int) (n int64, ok bool) {
	mine := slices.DeleteFunc(c.referring(org, "org_count"), func(r *Record) bool { return OrgCountOrg.Of(r).ID != org.ID })
	if counts := InForce(mine, day); len(counts) > 0 {
		return OrgCountMembers.Of(counts[0]), true
	}
	if levels == 0 {
		return 0, false
	}
	for _, below := range c.referring(org, "org") {
		if below.State != Final || OrgParent.Of(below).ID != org.ID {
			continue
		}
		if m, counted := c.membersOf(below, day, levels-1); counted {
			n, ok = n+m, true
		}
	}
	return n, ok
}

// endedWords says of a thing with an end that it is no more.
func endedWords(on Date) Words {
	if on.IsZero() {
		return Words{}
	}
	return Sayf("已于%s撤销", "ended %s", on)
}

// What code asks of an organisation.
var (
	OrgName      = handle[string]("org", "name")
	OrgType      = handle[string]("org", "type")
	OrgParent    = handle[Ref]("org", "parent")
	OrgSecretary = handle[Ref]("org", "secretary")
	OrgFounded   = handle[Date]("org", "founded")
	OrgEnded     = handle[Date]("org", "ended")
)
