package command

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
)

// templatesCmd lists what add --template may name.
func (r *runner) templatesCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   r.t("templates [台账]", "templates [REGISTER]"),
		Short: r.t("列出模板和它们填写的项目", "list the templates and what they fill"),
		Long: r.t("列出内置的和本单位的模板。套用：taizhang add 台账 --template 名称 项目=值 …，写出的项目优先。\n{年} {月} {日} {双月} {节日} 按日期填；其余如 {届} 用 --slot 届=五 写明。",
			"List the templates of the program and of the office. To use one: taizhang add REGISTER --template NAME key=value …; what is given takes precedence.\n{year} {month} {day} {bimonth} {festival} follow the date; others, such as {edition}, are given with --slot edition=5."),
		Args: r.atMost(1, "templates [台账]", "templates [REGISTER]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			schema := r.schema()
			register := ""
			if len(args) == 1 {
				reg, err := schema.FindRegister(args[0])
				if err != nil {
					return usageError{err}
				}
				register = reg.Key
			}
			list := schema.Templates(register)
			if asJSON {
				return r.templatesJSON(list)
			}
			cols := []export.Column{{Head: r.t("台账", "register")}, {Head: r.t("模板", "template")}, {Head: r.t("要补的字", "to be given")}, {Head: r.t("填写", "fills")}}
			rows := make([][]string, len(list))
			for i, t := range list {
				reg := schema.Register(t.Register)
				fills := make([]string, len(t.Texts))
				for j, x := range t.Texts {
					fills[j] = x.Field
					if f := reg.Field(x.Field); f != nil {
						fills[j] = f.Words.In(r.lang)
					}
				}
				rows[i] = []string{t.Register, t.Words.In(r.lang), strings.Join(t.Given(), " "), strings.Join(fills, r.t("、", ", "))}
			}
			return export.Table(r.Out, cols, rows)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, r.t("用 JSON 回答", "answer in JSON"))
	return cmd
}

func (r *runner) templatesJSON(list []model.Template) error {
	type entry struct {
		Register string            `json:"register"`
		ZH       string            `json:"zh"`
		EN       string            `json:"en"`
		Own      bool              `json:"own"`
		Slots    []string          `json:"slots"`
		Texts    map[string]string `json:"texts"`
	}
	out := make([]entry, len(list))
	for i, t := range list {
		out[i] = entry{t.Register, t.Words.ZH, t.Words.EN, t.Key != "", append([]string{}, t.Given()...), map[string]string{}}
		for _, x := range t.Texts {
			out[i].Texts[x.Field] = x.Text
		}
	}
	enc := json.NewEncoder(r.Out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// templateUse is what add is told about a template.
type templateUse struct {
	name  string
	slots []string
}

func (r *runner) templateFlags(cmd *cobra.Command) *templateUse {
	u := &templateUse{}
	cmd.Flags().StringVar(&u.name, "template", "", r.t("先套用模板：名称或首字母（taizhang templates 列出）", "begin with a template: its name or initials (taizhang templates lists them)"))
	cmd.Flags().StringArrayVar(&u.slots, "slot", nil, r.t("模板里要补的字，例 届=五，可写多个", "a word that the template leaves open, such as edition=5; may be repeated"))
	return u
}

// apply puts what the template fills in front of what each record gives itself.
func (u *templateUse) apply(ctx context.Context, r *runner, d *desk, reg *model.Register, sets [][]model.Input) error {
	if u.name == "" {
		if len(u.slots) > 0 {
			return usage("--slot 要和 --template 一起用", "--slot goes with --template")
		}
		return nil
	}
	answers := map[string]string{}
	given, err := pairs(u.slots)
	if err != nil {
		return err
	}
	for _, in := range given {
		text := in.Value.(string)
		if err := model.CheckText(text, false); err != nil {
			return usageError{err}
		}
		answers[strings.Trim(in.Name, "{}")] = text
	}
	return d.view(ctx, reg, func(_ *db.Snapshot, c *model.Context) error {
		t, err := c.Schema.FindTemplate(reg.Key, u.name)
		if err != nil {
			return usageError{err}
		}
		said := map[string]bool{}
		for i, set := range sets {
			own, day := map[string]bool{}, c.Today()
			for _, in := range set {
				f, err := reg.FindField(in.Name)
				if err != nil {
					continue // Read says so
				}
				own[f.Key] = true
				if text, ok := in.Value.(string); ok && f.Key == reg.DateField {
					if v, err := c.Parse(f, text); err == nil {
						if d, ok := v.(model.Date); ok {
							day = d
						}
					}
				}
			}
			for _, name := range t.AsksBut(day, own) {
				if answers[name] == "" {
					return usage("模板“%s”还要补“%s”：--slot %s=…", "the template %s leaves %s open: --slot %s=…", t.Words, name, name)
				}
			}
			texts, told := t.Fill(c, day, answers)
			for _, x := range texts {
				if !own[x.Field] {
					sets[i] = append(sets[i], model.Input{Name: x.Field, Value: x.Text})
				}
			}
			for _, w := range told {
				if line := w.In(r.lang); !said[line] {
					said[line] = true
					r.complain(line)
				}
			}
		}
		return nil
	})
}
