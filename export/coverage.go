package export

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// Coverage compares who was to be visited with who was. The plans of the
// occasion are read here; the query's own are ignored.
func Coverage(src Source, q model.CoverageQuery) (*model.Coverage, error) {
	all, err := Coverages(src, q)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// Coverages is Coverage of several at the cost of one: people and visits are read
// once.
func Coverages(src Source, queries ...model.CoverageQuery) ([]*model.Coverage, error) {
	return coverages(src, func(rounds []*model.Record) []model.CoverageQuery {
		for i := range queries {
			q := &queries[i]
			q.Rounds = nil
			for _, r := range rounds {
				if !q.Occasion.IsZero() && model.RoundOccasion.Of(r) == q.Occasion {
					q.Rounds = append(q.Rounds, r)
				}
			}
		}
		return queries
	})
}

// coverages makes several comparisons in one reading of plans, people and
// visits; ask makes the queries of the plans, which come as they were planned.
func coverages(src Source, ask func(rounds []*model.Record) []model.CoverageQuery) ([]*model.Coverage, error) {
	var rounds []*model.Record
	err := src.Scan(model.Round.Key, model.Period{}, func(r *model.Record) error {
		rounds = append(rounds, r)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Reverse(rounds) // the first planned speaks first
	var all []*model.Coverage
	for _, q := range ask(rounds) {
		all = append(all, model.NewCoverage(src.Context(), q))
	}
	if len(all) == 0 {
		return nil, nil
	}
	for _, part := range []struct {
		register string
		add      func(*model.Coverage, *model.Record)
	}{{model.Person.Key, (*model.Coverage).AddPerson}, {model.Visit.Key, (*model.Coverage).AddVisit}} {
		err := src.Scan(part.register, model.Period{}, func(r *model.Record) error {
			for _, cov := range all {
				part.add(cov, r)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, cov := range all {
		cov.Finish()
	}
	return all, nil
}

// coverageSheet writes the cells of coverage rows for a reader.
type coverageSheet struct {
	cov *model.Coverage
	c   *model.Context
	a   model.Audience
	l   model.Lang
}

// mask writes a value as its field is shown to the reader.
func (s *coverageSheet) mask(reg *model.Register, key string, v any) string {
	f := reg.Field(key)
	if !f.ShownTo(s.a) || model.Blank(v) {
		return ""
	}
	return clean(s.c.MaskText(f, v, s.a, s.l, s.c.Today()))
}

// coverageLine is a row of the sheet, and of the JSON.
type coverageLine struct {
	Person    string   `json:"person"`
	Name      string   `json:"name"`
	Household string   `json:"household,omitempty"`
	Address   string   `json:"address,omitempty"`
	Phone     string   `json:"phone,omitempty"`
	Cats      []string `json:"categories"`
	Last      string   `json:"last_visit,omitempty"`
	Visits    []string `json:"visits,omitempty"`
	Amount    string   `json:"amount,omitempty"`
}

func (s *coverageSheet) line(row *model.CoverageRow) coverageLine {
	p := row.Person
	line := coverageLine{Person: p.ID, Name: s.mask(model.Person, model.PersonName.Key(), model.PersonName.Of(p)),
		Address: s.mask(model.Person, model.PersonHousehold.Key(), model.PersonHousehold.Of(p)),
		Phone:   s.mask(model.Person, model.PersonPhone.Key(), model.PersonPhone.Of(p))}
	if row.Home != nil {
		line.Household = row.Home.ID
	}
	line.Cats = []string{}
	if model.Visit.Field(model.VisitCatsThen.Key()).ShownTo(s.a) {
		line.Cats = append(line.Cats, row.Cats...)
	}
	if !row.Last.IsZero() {
		line.Last = row.Last.String()
	}
	for _, v := range row.Visits {
		line.Visits = append(line.Visits, v.ID)
	}
	if sum := row.Given(); sum > 0 {
		line.Amount = sum.String()
	}
	return line
}

func (s *coverageSheet) lines(rows []*model.CoverageRow) []coverageLine {
	out := make([]coverageLine, len(rows))
	for i, row := range rows {
		out[i] = s.line(row)
	}
	return out
}

// shareJSON is a Cover with its share.
type shareJSON struct {
	Label string `json:"label,omitempty"`
	model.Cover
	Percent string `json:"percent"`
}

func share(label string, n model.Cover) shareJSON { return shareJSON{label, n, n.Percent()} }

func shares(parts []model.CoverPart) []shareJSON {
	out := make([]shareJSON, len(parts))
	for i, p := range parts {
		out[i] = share(p.Label, p.Cover)
	}
	return out
}

// CoverageJSON writes the whole comparison; people are masked for the audience.
func CoverageJSON(w io.Writer, cov *model.Coverage, c *model.Context, a model.Audience) error {
	s := &coverageSheet{cov, c, a, model.ZH}
	twice := map[string][]string{}
	for home, visits := range cov.Twice() {
		for _, v := range visits {
			twice[home] = append(twice[home], v.ID)
		}
	}
	rounds := []string{}
	for _, r := range cov.Rounds {
		rounds = append(rounds, r.ID)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		Occasion   string              `json:"occasion,omitempty"`
		Days       int                 `json:"days,omitempty"`
		On         model.Date          `json:"on"`
		Rounds     []string            `json:"rounds"`
		Households shareJSON           `json:"households"`
		Persons    shareJSON           `json:"persons"`
		Amount     string              `json:"amount"`
		Spent      string              `json:"spent,omitempty"` // of the budget, by everybody
		Budget     string              `json:"budget,omitempty"`
		ByCategory []shareJSON         `json:"by_category"`
		ByBuilding []shareJSON         `json:"by_building"`
		Missing    []coverageLine      `json:"missing"`
		Extra      []coverageLine      `json:"extra"`
		Twice      map[string][]string `json:"twice"`
	}{cov.Occasion.String(), cov.Days, cov.On, rounds, share("", cov.Households), share("", cov.Persons),
		cov.Amount.String(), ofBudget(cov, cov.Spent), ofBudget(cov, cov.Budget), shares(cov.ByCategory), shares(cov.ByBuilding),
		s.lines(cov.Missing()), s.lines(cov.Extra), twice})
}

// ofBudget writes a sum of an occasion that has a budget, "" for others.
func ofBudget(cov *model.Coverage, sum model.Money) string {
	if cov.Budget == 0 {
		return ""
	}
	return sum.String()
}

// CoverageHead says in a sentence what the comparison came to.
func CoverageHead(cov *model.Coverage, l model.Lang) []string {
	what := cov.Occasion.String()
	if cov.Occasion.IsZero() {
		what = model.Sayf("%d天内走访（截至%s）", "visited within %d days (as of %s)", cov.Days, cov.On.String()).In(l)
	}
	line := func(zh, en string, args ...any) string { return model.Sayf(zh, en, args...).In(l) }
	out := []string{line("%s：应走访 %d 户 %d 人，已走访 %d 户 %d 人，户覆盖率 %s",
		"%s: %d households, %d people to be visited; %d households, %d people reached; households %s",
		what, cov.Households.Planned, cov.Persons.Planned, cov.Households.Reached, cov.Persons.Reached, orDash(cov.Households.Percent()))}
	if cov.Occasion.IsZero() {
		return out
	}
	if len(cov.Rounds) == 0 {
		out = append(out, line("没有登记走访计划：有对象类别的人都算应走访", "no visit plan was entered: everybody in a category counts as to be visited"))
	}
	money := line("已发慰问金 %s 元", "%s yuan given", cov.Amount.Text())
	switch left := (cov.Budget - cov.Spent).Text(); {
	case cov.Budget == 0:
	case cov.Narrowed(): // the budget is for everybody, so is what is left of it
		money += line("；整个场合已发 %s 元，预算 %s 元，余 %s 元", " to these; to everybody %s of a budget of %s, %s left", cov.Spent.Text(), cov.Budget.Text(), left)
	default:
		money += line("，预算 %s 元，余 %s 元", " of a budget of %s, %s left", cov.Budget.Text(), left)
	}
	out = append(out, money)
	if n := len(cov.Extra); n > 0 {
		out = append(out, line("计划外走访 %d 人", "%d people visited beyond the plan", n))
	}
	if n := len(cov.Twice()); n > 0 {
		out = append(out, line("有 %d 户这个场合领过不止一次", "%d households were given aid more than once", n))
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// WalkingList writes who is still to be visited, building by building, as plain
// text for a terminal or a printer; all writes those reached too.
func WalkingList(w io.Writer, cov *model.Coverage, c *model.Context, a model.Audience, l model.Lang, all bool) error {
	s := &coverageSheet{cov, c, a, l}
	for _, line := range CoverageHead(cov, l) {
		if _, err := io.WriteString(w, line+"\n"); err != nil {
			return err
		}
	}
	rows := cov.Missing()
	if all {
		rows = cov.Rows
	}
	if len(rows) == 0 {
		text := model.W("没有漏下的人。", "Nobody is missing.")
		if cov.Persons.Planned == 0 { // a building that is not there, say: nobody can be missing
			text = model.W("没有人应走访：没有一个人合所选的条件。", "Nobody is to be visited: none fits what was asked for.")
		}
		_, err := io.WriteString(w, text.In(l)+"\n")
		return err
	}
	heads := []Column{{Head: noWords.In(l), Right: true}, {Head: model.W("地址", "Address").In(l), Most: 36}, {Head: model.W("姓名", "Name").In(l), Most: 12},
		{Head: model.W("类别", "Categories").In(l), Most: 24}, {Head: model.W("上次走访", "Last visit").In(l)}}
	if all {
		heads = append(heads, Column{Head: model.W("本次", "This time").In(l)})
	}
	var cells [][]string
	for i, row := range rows {
		line := s.line(row)
		cell := []string{strconv.Itoa(i + 1), line.Address, line.Name, s.cats(line.Cats), orDash(line.Last)}
		if all {
			done := model.W("未走访", "missing")
			if row.Reached(&cov.CoverageQuery) {
				done = model.W("已走访", "reached")
			}
			cell = append(cell, done.In(l))
		}
		cells = append(cells, cell)
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return err
	}
	return Table(w, heads, cells)
}

func (s *coverageSheet) cats(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = s.c.Schema.Vocab("CAT").Text(n, s.l)
	}
	return strings.Join(out, model.W("、", ", ").In(s.l))
}

// AddCoverage counts the coverage of the occasions whose plans end in the
// figures' period.
func AddCoverage(src Source, f *model.Figures) error {
	f.Visit.Coverage = map[string]model.Cover{}
	all, err := coverages(src, func(rounds []*model.Record) (queries []model.CoverageQuery) {
		at := map[model.Occasion]int{}
		for _, r := range rounds {
			o := model.RoundOccasion.Of(r)
			i, known := at[o]
			switch {
			case known:
			case !f.Period.Contains(model.RoundTo.Of(r)):
				continue
			default:
				i, at[o] = len(queries), len(queries)
				q := model.NewCoverageQuery(o, 0, src.Context().Today())
				q.Planned = true // no figure tells of others
				queries = append(queries, q)
			}
			queries[i].Rounds = append(queries[i].Rounds, r)
		}
		return queries
	})
	for _, cov := range all {
		f.AddCoverage(cov)
	}
	return err
}

// FiguresBeside counts a period with its coverage, and the same period of the
// year before as its LastYear.
func FiguresBeside(src Source, p model.Period) (*model.Figures, error) {
	return compared(src, model.NewFigures(p, src.Context()))
}

// TracedFigures is FiguresBeside that keeps the records behind the numbers of the
// period itself.
func TracedFigures(src Source, p model.Period) (*model.Figures, error) {
	return compared(src, model.NewFigures(p, src.Context()).Traced())
}

// MonthsOf counts the totals of every month of the year in which a period ends,
// or, where it ends later, of this year.
func MonthsOf(src Source, p model.Period) (*model.Figures, error) {
	day := p.To
	if today := src.Context().Today(); day.After(today) && !p.From.After(today) {
		day = today
	}
	f := model.NewFigures(model.YearOf(day), src.Context()).TotalsOnly().Monthly()
	for _, reg := range src.Context().Schema.Measured() {
		if reg.Lasts() {
			continue
		}
		if err := src.Scan(reg.Key, f.Period, func(r *model.Record) error { f.Add(r); return nil }); err != nil {
			return nil, err
		}
	}
	return f.Finish(), nil
}

func compared(src Source, f *model.Figures) (*model.Figures, error) {
	p := f.Period
	var years [2]*model.Figures
	for i, period := range []model.Period{p, p.LastYear()} {
		if i > 0 && p.From.Year <= model.MinYear { // all time has no year before
			break
		}
		var err error
		if i > 0 {
			f = model.NewFigures(period, src.Context())
		}
		if years[i], err = scan(src, f, nil, func(*model.Record) {}); err != nil {
			return nil, err
		}
		if err = AddCoverage(src, years[i]); err != nil {
			return nil, err
		}
	}
	years[0].LastYear = years[1]
	return years[0], nil
}
