package command

import (
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
)

// filters are the options by which list and export choose records.
type filters struct {
	period, from, to, search string
	where                    []string
	limit                    int
}

func (r *runner) filterFlags(cmd *cobra.Command) *filters {
	f := &filters{}
	fl := cmd.Flags()
	fl.StringVar(&f.period, "period", "", r.t("期间：2026、2026H1、2026Q3、2026-03、2026-03-08、A..B", "period: 2026, 2026H1, 2026Q3, 2026-03, 2026-03-08, A..B"))
	fl.StringVar(&f.from, "from", "", r.t("从哪天起", "first day"))
	fl.StringVar(&f.to, "to", "", r.t("到哪天止", "last day"))
	fl.StringArrayVar(&f.where, "where", nil, r.t("条件 项目=值，可写多个", "condition key=value, may be repeated"))
	fl.StringVar(&f.search, "search", "", r.t("含有的文字或拼音首字母", "text or pinyin initials to look for"))
	fl.IntVar(&f.limit, "limit", 0, r.t("最多几条", "at most this many"))
	return f
}

// any reports whether one of the options was given.
func (f *filters) any() bool {
	return f.period != "" || f.from != "" || f.to != "" || f.search != "" || len(f.where) > 0 || f.limit != 0
}

// query makes a query of the options.
func (f *filters) query(reg *model.Register, c *model.Context) (db.Query, error) {
	q := db.Query{Register: reg.Key, Text: strings.TrimSpace(f.search), Limit: f.limit}
	if f.limit < 0 {
		return q, usage("--limit 不能是负数", "--limit must not be negative")
	}
	var err error
	if q.Period, err = f.span(c.Today()); err != nil {
		return q, err
	}
	for _, w := range f.where {
		set, err := pairs([]string{w})
		if err != nil {
			return q, err
		}
		cond, err := condition(reg, c, set[0])
		if err != nil {
			return q, err
		}
		q.Where = append(q.Where, cond)
	}
	return q, nil
}

// span is the period of --period, narrowed by --from and --to.
func (f *filters) span(today model.Date) (*model.Period, error) {
	if f.period == "" && f.from == "" && f.to == "" {
		return nil, nil
	}
	p := model.Period{From: model.NewDate(model.MinYear, 1, 1), To: model.NewDate(model.MaxYear, 12, 31)}
	if f.period != "" {
		var err error
		if p, err = model.ParsePeriod(f.period); err != nil {
			return nil, usageError{err}
		}
	}
	for _, end := range []struct {
		name, text string
		set        func(model.Date)
	}{
		{"--from", f.from, func(d model.Date) { p.From = later(p.From, d.First()) }},
		{"--to", f.to, func(d model.Date) { p.To = earlier(p.To, d.Last()) }},
	} {
		if end.text == "" {
			continue
		}
		d, err := model.ReadDate(end.text, today)
		if err != nil {
			return nil, usage("%s：%s", "%s: %s", end.name, model.AsWords(err))
		}
		end.set(d)
	}
	if p.To.Before(p.From) {
		return nil, usage("起止日期颠倒了", "the last day is before the first")
	}
	return &p, nil
}

func later(a, b model.Date) model.Date {
	if b.After(a) {
		return b
	}
	return a
}

func earlier(a, b model.Date) model.Date {
	if b.Before(a) {
		return b
	}
	return a
}

// condition reads key=value for a filter: any of several values where the field
// takes several, contained text where it is text, blank for nothing.
func condition(reg *model.Register, c *model.Context, in model.Input) (db.Cond, error) {
	text, _ := in.Value.(string)
	if isOwn(reg, in.Name) {
		return db.Cond{Field: in.Name, Values: ownValues(text)}, nil
	}
	f, err := reg.FindField(in.Name)
	if err != nil {
		return db.Cond{}, usageError{err}
	}
	cond := db.Cond{Field: f.Key}
	if f.Computed != nil {
		return cond, usage("“%s”是算出来的，不能作条件", "%s is computed and cannot be a condition", f.Words)
	}
	if f.Class == model.Handler { // finding a record by it would tell what it holds
		return cond, usage("“%s”只有经办人可见，不能作条件", "%s is for its handler only and cannot be a condition", f.Words)
	}
	if strings.TrimSpace(text) == "" {
		cond.Values = []any{nil}
		return cond, nil
	}
	if f.Type == model.TypeText || f.Type == model.TypeNote || f.Type == model.TypeList {
		cond.Text = strings.TrimSpace(text)
		return cond, nil
	}
	v, err := c.Parse(f, text)
	if err != nil {
		return cond, usageError{model.Errors{{Field: f, Words: model.AsWords(err)}}}
	}
	switch x := v.(type) {
	case []string:
		for _, s := range x {
			cond.Values = append(cond.Values, s)
		}
	case []model.Ref:
		for _, ref := range x {
			cond.Values = append(cond.Values, ref)
		}
	default:
		cond.Values = []any{v}
	}
	return cond, nil
}

func (r *runner) listCmd() *cobra.Command {
	var format, by string
	var f *filters
	cmd := &cobra.Command{
		Use:     r.t("list 台账", "list REGISTER"),
		Short:   r.t("列出一个台账的记录", "list the records of a register"),
		Example: "  taizhang list 活动 --period 2026-03 --where 条线=文体\n  taizhang list visit --where occasion=2026春节 --format json\n  taizhang list 走访 --by month",
		Args:    r.exactly(1, "list 台账 [选项]", "list REGISTER [options]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--format", format, "table", "json", "csv"); err != nil {
				return err
			}
			if by != "" {
				if err := oneOf("--by", by, "month"); err != nil {
					return err
				}
				if f.limit != 0 {
					return usage("--by 不能与 --limit 一起用", "--by and --limit do not go together")
				}
			}
			d, reg, err := r.openRegister(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if by != "" {
				return r.byMonth(cmd.Context(), d, reg, f, format)
			}
			return r.list(cmd.Context(), d, reg, f, format)
		},
	}
	f = r.filterFlags(cmd)
	cmd.Flags().StringVar(&format, "format", "table", "table, json, csv")
	cmd.Flags().StringVar(&by, "by", "", r.t("按月统计条数与合计：month", "count and add up by month: month"))
	return cmd
}

// describe lists the registers, or the fields of one, from the declarations.
func (r *runner) describe(args []string) error {
	schema := r.schema()
	if len(args) == 0 {
		var rows [][]string
		for _, reg := range schema.Registers {
			rows = append(rows, []string{reg.Key, reg.Words.ZH, reg.Words.EN, reg.Letter})
		}
		return export.Table(r.Out, []export.Column{{Head: "key"}, {Head: "中文"}, {Head: "English"}, {Head: r.t("编号", "id")}}, rows)
	}
	reg, err := schema.FindRegister(args[0])
	if err != nil {
		return usageError{err}
	}
	var rows [][]string
	for _, f := range reg.Fields {
		need := map[model.Need]string{model.Required: "*", model.Either: "(*)"}[f.Need]
		if !f.Editable() {
			need = r.t("自动", "auto")
		}
		rows = append(rows, []string{f.Key, f.Words.ZH, f.Words.EN, need, f.Vocab, strings.Join(f.Refs, ","), f.Hint.In(r.lang)})
	}
	return export.Table(r.Out, []export.Column{{Head: "key"}, {Head: "中文"}, {Head: "English"}, {Head: r.t("必填", "needed")},
		{Head: r.t("词表", "terms")}, {Head: r.t("引用", "refers")}, {Head: r.t("说明", "hint"), Most: 40}}, rows)
}
