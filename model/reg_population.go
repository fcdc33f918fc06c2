package model

// Population 人口: how many households and people there were on a day.
var Population = declare(&Register{
	Key: "population", Letter: "PO", Words: W("人口", "Population"), Group: Behind, Shelf: ShelfOffice, Rank: 122,
	Aliases: []string{"人口数", "人口统计"}, DateField: "date", Lasting: true,
	Title:    func(r *Record, _ *Context) string { return "人口 " + PopulationDate.Of(r).String() },
	Standing: whole,
	Measures: []Measure{
		{Key: "households", Words: W("户数", "households"), Unit: W("户", "households"), Sum: "households"},
		{Key: "resident", Words: W("常住人口", "residents"), Unit: W("人", "persons"), Sum: "resident"},
		{Key: "registered", Words: W("户籍人口", "registered"), Unit: W("人", "persons"), Sum: "registered"},
		{Key: "floating", Words: W("流动人口", "floating"), Unit: W("人", "persons"), Sum: "floating"},
		{Key: "age60", Words: W("60岁以上", "aged 60 and over"), Unit: W("人", "persons"), Sum: "age60"},
		{Key: "age80", Words: W("80岁以上", "aged 80 and over"), Unit: W("人", "persons"), Sum: "age80"},
		{Key: "minors", Words: W("未成年人", "minors"), Unit: W("人", "persons"), Sum: "minors"},
	},
	Archive: &Archive{Term: KeepForever},
	Fields: []*Field{
		{Key: "date", Words: W("统计日期", "Date"), Type: TypeDate, Need: Required, Default: today, Col: 1, Cells: 10, Hint: W("这些数是哪天的", "the day of the figures"), Aliases: []string{"日期", "时间"}},
		{Key: "households", Words: W("户数", "Households"), Type: TypeInt, Apart: true, Col: 2, Cells: 10, Aliases: []string{"居民户数", "总户数"}},
		{Key: "resident", Words: W("常住人口", "Residents"), Type: TypeInt, Apart: true, Col: 3, Cells: 10, Aliases: []string{"常住"}},
		{Key: "registered", Words: W("户籍人口", "Registered"), Type: TypeInt, Apart: true, Col: 4, Cells: 10, Aliases: []string{"户籍"}},
		{Key: "floating", Words: W("流动人口", "Floating"), Type: TypeInt, Apart: true, Col: 5, Cells: 10, Aliases: []string{"流动"}},
		{Key: "age60", Words: W("60岁以上", "Aged 60+"), Type: TypeInt, Apart: true, Col: 6, Cells: 10, Aliases: []string{"60岁以上老人", "老年人"}},
		{Key: "age80", Words: W("80岁以上", "Aged 80+"), Type: TypeInt, Apart: true, Hint: W("其中80岁以上", "of those aged 60 and over"), Aliases: []string{"高龄"}},
		{Key: "minors", Words: W("未成年人", "Minors"), Type: TypeInt, Apart: true, Aliases: []string{"未成年"}},
	},
	// Registered and floating people are counted where their papers are, so
	// neither need be part of those who live here.
	Check: func(r *Record, _ *Context) Errors {
		errs := checkAtMost(nil, r, "age80", "age60")
		errs = checkAtMost(checkAtMost(errs, r, "age60", "resident"), r, "minors", "resident")
		return checkAtMost(errs, r, "households", "resident")
	},
})

// What code asks of a count of the population.
var (
	PopulationDate       = handle[Date]("population", "date")
	PopulationHouseholds = handle[int64]("population", "households")
	PopulationResident   = handle[int64]("population", "resident")
	PopulationRegistered = handle[int64]("population", "registered")
	PopulationFloating   = handle[int64]("population", "floating")
	PopulationAge60      = handle[int64]("population", "age60")
	PopulationAge80      = handle[int64]("population", "age80")
	PopulationMinors     = handle[int64]("population", "minors")
)
