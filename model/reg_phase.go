package model

import "strings"

// Phase 项目阶段: what a year of the brand is called and is to reach, such as
// 2024 创建年.
var Phase = declare(&Register{
	Key: "phase", Letter: "PH", Words: W("项目阶段", "Phase"), Group: Behind, Shelf: ShelfProgrammes, Rank: 162,
	Aliases: []string{"阶段", "三年三阶段"}, DateField: "year", Lasting: true,
	Title: func(r *Record, _ *Context) string {
		return strings.TrimSpace(PhaseYear.Of(r).String() + " " + PhaseName.Of(r))
	},
	Headings: map[string]Words{"": W("项目阶段", "Phases")},
	Measures: []Measure{
		{Key: "phases", Words: W("个数", "phases"), Unit: W("个", "phases")},
	},
	Sentences: phaseSentences,
	Archive:   &Archive{Term: Keep10},
	Fields: []*Field{
		{Key: "year", Words: W("年度", "Year"), Type: TypeDate, Need: Required, Default: thisYear, Col: 1, Cells: 6, Hint: W("2027", "2027"), Aliases: []string{"年份"}},
		{Key: "name", Words: W("阶段名称", "Name"), Type: TypeText, Max: 40, Need: Required, Col: 2, Cells: 14, Hint: W("创建年、提升年、成果展示年", "the year of building, raising, showing"), Aliases: []string{"名称", "阶段"}},
		{Key: "goal", Words: W("目标", "Goal"), Type: TypeText, Col: 3, Cells: 26},
		{Key: "result", Words: W("成效", "Result"), Type: TypeText, Col: 4, Cells: 20, Lint: true},
	},
	Check: func(r *Record, _ *Context) Errors { return checkWholeYear(nil, r, "year") },
})

// checkWholeYear refuses a year that is written as a part of one.
func checkWholeYear(errs Errors, r *Record, key string) Errors {
	if d, ok := r.Get(key).(Date); ok && d.Precision != ByYear {
		return refuse(errs, r, key, "只写年份，如 %d", "write the year only, such as %d", d.Year)
	}
	return errs
}

// What code asks of a phase.
var (
	PhaseYear   = handle[Date]("phase", "year")
	PhaseName   = handle[string]("phase", "name")
	PhaseGoal   = handle[string]("phase", "goal")
	PhaseResult = handle[string]("phase", "result")
)
