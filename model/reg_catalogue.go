package model

// Catalogue 公开目录: what the office must disclose, how often, to whom.
var Catalogue = declare(&Register{
	Key: "catalogue", Letter: "C", Words: W("公开目录", "Disclosure item"), Group: Front, Rank: 70,
	Aliases: []string{"目录", "公开事项", "disclosure item"}, NameField: "topic2",
	Views: []View{boardView},
	Empty: W("公开目录是空的。按 t 到公开看板用默认目录，或按 Ctrl-N 新增。", "The catalogue is empty. t opens the board, where d enters the default one; Ctrl-N adds an item."),
	Related: []Related{{Key: "issues", Words: W("各期公开", "Disclosures"), Register: "issue", Field: "item",
		Columns: []string{"period", "title", "state", "due", "up_until"}}},
	Sentences: catalogueSentences,
	Archive:   &Archive{Term: Keep30},
	Fields: []*Field{
		{Key: "no", Words: W("序号", "No."), Type: TypeInt, Apart: true, Min: 1, Most: 999, Need: Required, Col: 2, Cells: 4,
			Section: W("事项", "The item"), Hint: W("同一类别内的号", "number within the class")},
		{Key: "class", Words: W("公开类别", "Class"), Type: TypePick, Vocab: "DCLASS", Need: Required, Carry: true, Col: 1, Cells: 8, Aliases: []string{"类别"}},
		{Key: "topic1", Words: W("一级事项", "Topic"), Type: TypeText, Max: 40, Need: Required, Carry: true, Aliases: []string{"公开事项", "事项"}},
		{Key: "topic2", Words: W("二级事项", "Item"), Type: TypeText, Max: 40, Need: Required, Col: 3, Cells: 30, Hint: W("空着同一级事项", "blank: as the topic"),
			Aliases: []string{"公开内容", "具体事项"}},
		{Key: "elements", Words: W("内容要素", "Elements"), Type: TypeNote},
		{Key: "basis", Words: W("依据", "Basis"), Type: TypeNote, Aliases: []string{"公开依据"}},
		{Key: "body_org", Words: W("公开主体", "Disclosing body"), Type: TypeRef, Refs: []string{"org"}, OrText: true, Need: Required, Carry: true,
			Hint: W("组织简拼，或直接写", "an organisation's initials, or any text")},
		{Key: "scope", Words: W("公开范围", "Scope"), Type: TypePick, Vocab: "SCOPE", Need: Required, Carry: true, Col: 5, Cells: 8, Hint: W("空着：社会", "blank: public"),
			Aliases: []string{"范围"}},
		{Key: "forms", Words: W("公开形式", "Forms"), Type: TypePicks, Vocab: "DFORM", Need: Required, Carry: true, Hint: W("空着按范围定", "blank: by the scope"),
			Aliases: []string{"形式"}},
		{Key: "cadence", Words: W("公开周期", "Cadence"), Type: TypePick, Vocab: "CAD", Need: Required, Carry: true, Col: 4, Cells: 8,
			Section: W("时间", "Time"), Aliases: []string{"周期", "公开时限", "公开频次"}},
		{Key: "from", Words: W("起用", "In force from"), Type: TypeDate, Carry: true, Hint: W("空着：登记那天。登记前已结束的期按纸质登记", "blank: day of entry; periods over by then: from paper"), Aliases: []string{"生效日期"}},
		{Key: "to", Words: W("停用", "In force until"), Type: TypeDate, Hint: W("空着：还在用", "blank: still in force")},
		{Key: "anchor", Words: W("起算月", "First month"), Type: TypeInt, Apart: true, Min: 1, Most: 12, Need: Required, Default: always(int64(1)), Carry: true},
		{Key: "grace_days", Words: W("宽限天数", "Grace days"), Type: TypeInt, Apart: true, Most: 366, Need: Required, Default: always(int64(15)), Carry: true, Class: Internal},
		{Key: "min_days", Words: W("最短张贴天数", "Minimum days up"), Type: TypeInt, Apart: true, Most: 366, Need: Required, Default: always(int64(7)), Carry: true, Class: Internal},
		{Key: "drafter", Words: W("责任人", "Drafter"), Type: TypeRef, Refs: []string{"staff"}, Need: Required, Default: actor, Carry: true, Class: Internal, Col: 6, Cells: 8,
			Section: W("人员", "People"), Aliases: []string{"拟稿人"}},
		{Key: "reviewer", Words: W("审核人", "Reviewer"), Type: TypeRef, Refs: []string{"staff"}, Need: Required, Carry: true, Class: Internal},
		{Key: "approver", Words: W("审批人", "Approver"), Type: TypeRef, Refs: []string{"staff"}, Need: Required, Carry: true, Class: Internal},
		{Key: "supervisors", Words: W("须居监委审查", "Supervisors check"), Type: TypeBool, Need: Required, Class: Internal, Hint: W("空着：居务、财务要，党务不要", "blank: yes but for Party matters")},
		{Key: "mask", Words: W("脱敏模板", "Mask profile"), Type: TypePick, Vocab: "AUDI", Need: Required, Default: always("公示"), Class: Internal},
		{Key: "filed_on", Words: W("报备日期", "Filed on"), Type: TypeDate, Class: Internal, Section: W("报备", "Filing")},
		{Key: "filed_no", Words: W("报备文号", "Filed as"), Type: TypeText, Max: 40, Class: Internal},
		{Key: "catalogue_version", Words: W("目录版本", "Version"), Type: TypeInt, Apart: true, Auto: true},
	},
	Fill: func(r *Record, _ *Context) {
		fill(r, "topic2", CatalogueTopic1.Of(r))
		fill(r, "scope", "社会")
		forms := []string{"公开栏"}
		switch CatalogueScope.Of(r) {
		case "党内", "本支部", "特定党员", "特定群众":
			forms = []string{"会议通报"}
		}
		fill(r, "forms", forms)
		if class := CatalogueClass.Of(r); class != "" {
			fill(r, "supervisors", class != "党务")
		}
		fill(r, "catalogue_version", int64(1))
	},
	Amend: func(r, before *Record, _ *Context) { // whatever changes makes another version of the item
		if len(Changed(r.Register, before.Values, r.Values)) > 0 {
			CatalogueVersion.Set(r, max(1, CatalogueVersion.Of(before))+1)
		}
	},
	Check: func(r *Record, c *Context) Errors { return keepSupervisors(checkOrder(nil, r, "from", "to"), r, c) },
})

// keepSupervisors refuses to take the supervisors' look from an item of
// neighbourhood affairs or accounts to whoever only enters records: the steps of
// its disclosures would pass them by.
func keepSupervisors(errs Errors, r *Record, c *Context) Errors {
	must := CatalogueClass.Of(r) != "党务"
	if was := c.at(Ref{ID: r.ID}); was != nil {
		must = CatalogueSupervisors.Of(was)
	}
	if !must || CatalogueSupervisors.Of(r) || c.Way == Backdate || c.Actor.Is(Reviewer, Approver, Administrator) {
		return errs
	}
	return refuse(errs, r, "supervisors", "不经居监委审查，要由审核人、审批人或管理员来定", "to do without the supervisors' check is for a reviewer, an approver or an administrator to decide")
}

// What code asks of a catalogue item.
var (
	CatalogueNo          = handle[int64]("catalogue", "no")
	CatalogueClass       = handle[string]("catalogue", "class")
	CatalogueTopic1      = handle[string]("catalogue", "topic1")
	CatalogueTopic2      = handle[string]("catalogue", "topic2")
	CatalogueVersion     = handle[int64]("catalogue", "catalogue_version")
	CatalogueElements    = handle[string]("catalogue", "elements")
	CatalogueBasis       = handle[string]("catalogue", "basis")
	CatalogueBodyOrg     = handle[Ref]("catalogue", "body_org")
	CatalogueScope       = handle[string]("catalogue", "scope")
	CatalogueForms       = handle[[]string]("catalogue", "forms")
	CatalogueCadence     = handle[string]("catalogue", "cadence")
	CatalogueFrom        = handle[Date]("catalogue", "from")
	CatalogueTo          = handle[Date]("catalogue", "to")
	CatalogueAnchor      = handle[int64]("catalogue", "anchor")
	CatalogueGraceDays   = handle[int64]("catalogue", "grace_days")
	CatalogueMinDays     = handle[int64]("catalogue", "min_days")
	CatalogueDrafter     = handle[Ref]("catalogue", "drafter")
	CatalogueReviewer    = handle[Ref]("catalogue", "reviewer")
	CatalogueApprover    = handle[Ref]("catalogue", "approver")
	CatalogueSupervisors = handle[bool]("catalogue", "supervisors")
	CatalogueMask        = handle[string]("catalogue", "mask")
)
