package command

import (
	"strings"

	"github.com/spf13/cobra"

	"taizhang/export"
	"taizhang/model"
)

// coverageCmd compares who was to be visited with who was.
func (r *runner) coverageCmd() *cobra.Command {
	var occasion, compound, building, grid, format string
	var cats []string
	var days int
	var all bool
	cmd := &cobra.Command{
		Use:   "coverage",
		Short: r.t("走访覆盖：谁走访了，漏了谁", "who was visited, and who was forgotten"),
		Long: r.t("把一个场合应走访的人和已走访的人对照，列出漏下的人，按楼栋排好。\n应走访的人按“走访计划”定；没有计划时，有对象类别的人都算。\n不写场合时，列出重点照顾的人里30天（或 --days）没有走访的。",
			"Compare who was to be visited for an occasion with who was, and list who is missing, building by building.\nThe visit plans of the occasion say who; without one everybody in a category counts.\nWithout an occasion: who of those in special care was not visited for 30 days (or --days)."),
		Example: "  taizhang coverage --occasion 2027春节\n  taizhang coverage --occasion 2027春节 --format json\n  taizhang coverage --days 30 --cat 独居",
		Args:    r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("--format", format, "table", "json"); err != nil {
				return err
			}
			asked := cmd.Flags().Changed("days")
			if asked && (days < 1 || days > 3660) {
				return usage("--days 应在 1 至 3660 之间", "--days takes 1 to 3660")
			}
			if occasion != "" && asked {
				return usage("--occasion 和 --days 只能用一个", "use either --occasion or --days")
			}
			d, src, err := r.openSource(cmd.Context())
			if err != nil {
				return err
			}
			if err := model.Can(d.actor, model.ActView, model.Visit); err != nil {
				return denied(err)
			}
			c := src.Context()
			q, err := coverageQuery(c, occasion, days, cats, compound)
			if err != nil {
				return err
			}
			q.Building, q.Grid = strings.TrimSpace(building), strings.TrimSpace(grid)
			cov, err := export.Coverage(src, q)
			if err != nil {
				return err
			}
			if format == "json" {
				err = export.CoverageJSON(r.Out, cov, c, model.Inside)
			} else {
				err = export.WalkingList(r.Out, cov, c, model.Inside, r.lang, all)
			}
			if err != nil {
				return err
			}
			return src.Err()
		},
	}
	f := cmd.Flags()
	f.StringVar(&occasion, "occasion", "", r.t("场合，例 2027春节", "the occasion, such as 2027春节"))
	f.IntVar(&days, "days", 0, r.t("多少天没有走访的（不写场合时为30）", "not visited for so many days (30 without an occasion)"))
	f.StringArrayVar(&cats, "cat", nil, r.t("只看这一类别，可写多个", "only this category, may be repeated"))
	f.StringVar(&compound, "compound", "", r.t("只看这个小区", "only this compound"))
	f.StringVar(&building, "building", "", r.t("只看这栋楼", "only this building"))
	f.StringVar(&grid, "grid", "", r.t("只看这个网格", "only this grid"))
	f.BoolVar(&all, "all", false, r.t("走访过的也列出", "list those reached too"))
	f.StringVar(&format, "format", "table", "table, json")
	return cmd
}

// coverageQuery reads the options by the rules of the fields they mean.
func coverageQuery(c *model.Context, occasion string, days int, cats []string, compound string) (q model.CoverageQuery, err error) {
	read := func(reg *model.Register, key, text string) (v any) {
		if err != nil || strings.TrimSpace(text) == "" {
			return nil
		}
		f := reg.Field(key)
		if v, err = c.Parse(f, text); err != nil {
			err = usageError{model.Errors{{Field: f, Words: model.AsWords(err)}}}
		}
		return v
	}
	o, _ := read(model.Visit, model.VisitOccasion.Key(), occasion).(model.Occasion)
	if o.IsZero() && days == 0 {
		days = model.SpecialCareDays
	}
	q = model.NewCoverageQuery(o, days, c.Today())
	if len(cats) > 0 {
		q.Cats, _ = read(model.Round, model.RoundCats.Key(), strings.Join(cats, "、")).([]string)
	}
	if ref, ok := read(model.Household, model.HouseholdCompound.Key(), compound).(model.Ref); ok {
		q.Compound = ref.ID
	}
	return q, err
}
