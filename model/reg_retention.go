package model

// Retention 保管期限: how long the office keeps the papers of a register, and by
// what rule, where that is not what the program says.
var Retention = declare(&Register{
	Key: "retention", Letter: "RT", Words: W("保管期限", "Retention"), Group: Behind, Shelf: ShelfRules, Rank: 228,
	Aliases: []string{"归档范围", "档案期限"}, NameField: "register",
	Doubts: sameName,
	Fields: []*Field{
		{Key: "register", Words: W("哪个台账", "Register"), Type: TypeText, Max: 40, Need: Required, Col: 1, Cells: 16,
			Hint: W("台账的名称，如 会议学习", "the name of a register, such as meeting"), Aliases: []string{"台账", "材料"}},
		{Key: "term", Words: W("期限", "Term"), Type: TypePick, Vocab: "KEEP", Need: Required, Col: 2, Cells: 8, Aliases: []string{"保管年限"}},
		{Key: "basis", Words: W("依据", "Basis"), Type: TypeText, Max: 120, Need: Required, Col: 3, Cells: 30,
			Hint: W("文件名称、文号、条款", "the rule, its number and article")},
	},
	Fill: func(r *Record, c *Context) {
		if reg, err := c.Schema.FindRegister(RetentionRegister.Of(r)); err == nil {
			RetentionRegister.Set(r, reg.Words.ZH)
		}
	},
	Check: func(r *Record, c *Context) Errors {
		if name := RetentionRegister.Of(r); name != "" {
			if _, err := c.Schema.FindRegister(name); err != nil {
				return refuse(nil, r, "register", "没有“%s”这个台账", "there is no register %q", Shorten(name))
			}
		}
		return nil
	},
})

// What code asks of it.
var (
	RetentionRegister = handle[string]("retention", "register")
	RetentionTerm     = handle[string]("retention", "term")
	RetentionBasis    = handle[string]("retention", "basis")
)
