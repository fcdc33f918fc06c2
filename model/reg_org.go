package model

// Org 组织机构: Party organisations, committees, leading groups, associations.
var Org = declare(&Register{
	Key: "org", Letter: "G", Words: W("组织机构", "Organisation"), Group: Behind, Rank: 110,
	Aliases: []string{"组织", "支部", "机构"}, NameField: "name",
	Doubts: sameName,
	Fields: []*Field{
		{Key: "name", Words: W("名称", "Name"), Type: TypeText, Max: 60, Need: Required, Col: 1, Cells: 24},
		{Key: "type", Words: W("类型", "Type"), Type: TypePick, Vocab: "ORGT", Need: Required, Col: 2, Cells: 10},
		{Key: "parent", Words: W("上级组织", "Parent"), Type: TypeRef, Refs: []string{"org"}, OrText: true, Col: 3, Cells: 16},
		{Key: "secretary", Words: W("书记或负责人", "Secretary"), Type: TypeRef, Refs: []string{"staff"}, OrText: true, Col: 4, Cells: 10,
			Aliases: []string{"书记", "负责人", "组长", "会长"}},
		{Key: "founded", Words: W("成立日期", "Founded"), Type: TypeDate, Col: 5, Cells: 10, Hint: W("2004-08 或 2004", "2004-08 or 2004")},
		{Key: "relation", Words: W("隶属关系", "Relation"), Type: TypeText, Max: 60},
	},
	Check: func(r *Record, _ *Context) Errors {
		if p, _ := r.Get("parent").(Ref); p.ID != "" && p.ID == r.ID {
			return refuse(nil, r, "parent", "上级组织不能是自己", "cannot be its own parent")
		}
		return nil
	},
})

// What code asks of an organisation.
var (
	OrgName = handle[string]("org", "name")
	OrgType = handle[string]("org", "type")
)
