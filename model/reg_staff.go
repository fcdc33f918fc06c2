package model

// Staff 工作人员: who works in the office, what they may do, and the login they
// are known by.
var Staff = declare(&Register{
	Key: "staff", Letter: "S", Words: W("工作人员", "Staff"), Group: Behind, Shelf: ShelfOffice, Rank: 100,
	Aliases: []string{"人员职务", "职工", "干部"}, NameField: "name",
	Doubts: sameName,
	Measures: []Measure{
		{Key: "in_post", Words: W("在职人数", "staff in post"), Unit: W("人", "persons"), AtEnd: true,
			Amount: func(r *Record, c *Context) int64 { return one(inPost(r, c.Today())) }},
		{Key: "two_committees", Words: W("两委人数", "in the two committees"), Unit: W("人", "persons"), AtEnd: true,
			Amount: func(r *Record, c *Context) int64 { return one(r.Get("two_committees") == true && inPost(r, c.Today())) }},
	},
	Related: []Related{
		{Key: "orgs", Words: W("负责的组织", "Organisations led"), Register: "org", Field: "secretary", Columns: []string{"name", "type", "ended"}},
		{Key: "venues", Words: W("负责的场地", "Venues kept"), Register: "venue", Field: "keeper", Columns: []string{"name", "category", "place"}},
		{Key: "programmes", Words: W("负责的品牌项目", "Programmes led"), Register: "programme", Field: "lead", Columns: []string{"short", "full"}},
	},
	Roundups: []Roundup{{Key: "by_post", Words: W("分职务", "by post"), Say: staffByPost}},
	Archive:  &Archive{Term: KeepForever},
	Fields: []*Field{
		{Key: "name", Words: W("姓名", "Name"), Type: TypeText, Max: 40, Need: Required, Col: 1, Cells: 10},
		{Key: "login", Words: W("登录名", "Login"), Type: TypeText, Max: 32, Class: Internal, Col: 4, Cells: 12,
			Hint: W("操作系统的用户名，如 zhangm", "user name of the operating system, such as zhangm")},
		{Key: "roles", Words: W("权限", "Roles"), Type: TypePicks, Vocab: "ROLES", Class: Internal, Col: 3, Cells: 16},
		{Key: "posts", Words: W("职务", "Posts"), Type: TypeList, Col: 2, Cells: 18,
			Hint: W("书记 2023-05；委员 2019-01 2023-04", "书记 2023-05; 委员 2019-01 2023-04"),
			Sub: []*Field{
				{Key: "post", Words: W("职务", "Post"), Type: TypePick, Vocab: "POST", Need: Required},
				{Key: "from", Words: W("起", "From"), Type: TypeDate},
				{Key: "to", Words: W("止", "To"), Type: TypeDate},
			}},
		{Key: "duties", Words: W("分工", "Duties"), Type: TypeText},
		{Key: "two_committees", Words: W("两委成员", "In the two committees"), Type: TypeBool},
		{Key: "phone", Words: W("电话", "Phone"), Type: TypeText, Max: 20, Tidy: tidyPhone, Class: Internal, Mask: MaskPhone, Col: 5, Cells: 12,
			Aliases: []string{"手机", "联系电话", "联系方式"}},
		{Key: "disabled", Words: W("停用", "Disabled"), Type: TypeBool, Class: Internal,
			Hint: W("是：不能再登录", "yes: may not log in any more")},
		{Key: "keys", Words: W("SSH 密钥指纹", "SSH keys"), Type: TypeList, Class: Internal, Hint: W("SHA256:… 哪台电脑（ssh-keygen -lf 可查）", "SHA256:… and which computer (see ssh-keygen -lf)"),
			Sub: []*Field{
				{Key: "print", Words: W("指纹", "Fingerprint"), Type: TypeText, Max: 60, Need: Required},
				{Key: "of", Words: W("哪台电脑", "Computer"), Type: TypeText, Max: 40},
			}},
		{Key: "granted", Words: W("待确认的权限", "Roles to confirm"), Chained: true, Auto: true, Type: TypeList, Class: Internal, Sub: []*Field{
			{Key: "role", Words: W("权限", "Role"), Type: TypePick, Vocab: "ROLES"},
			{Key: "by", Words: W("授权人", "Given by"), Type: TypeRef, Refs: []string{"staff"}},
			{Key: "on", Words: W("日期", "On"), Type: TypeDate},
		}},
	},
	Check: func(r *Record, _ *Context) Errors {
		errs := checkRowOrder(nil, r, "posts", "from", "to")
		for _, print := range Fingerprints(r) {
			if !fingerprint.MatchString(print) {
				errs = refuse(errs, r, "keys", "“%s”不是指纹，指纹是 SHA256: 加43个字符", "%q is no fingerprint; one is SHA256: and 43 characters", Shorten(print))
			}
		}
		return errs
	},
})

// What code asks of a member of staff.
var (
	StaffName     = handle[string]("staff", "name")
	StaffLogin    = handle[string]("staff", "login")
	StaffRoles    = handle[[]string]("staff", "roles")
	StaffDisabled = handle[bool]("staff", "disabled")
	StaffPosts    = handle[[]Row]("staff", "posts")
	StaffKeys     = handle[[]Row]("staff", "keys")
	StaffGranted  = handle[[]Row]("staff", "granted")
)
