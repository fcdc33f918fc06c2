package command

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/export/docxtpl"
	"taizhang/export/report"
	"taizhang/model"
)

// shelf gives fn the report templates there are: the office's own beside the
// ledger and the built-in ones.
func (r *runner) shelf(fn func(report.Shelf) error) error {
	path, err := r.path()
	if err != nil {
		return err
	}
	return export.WithShelf(path, fn)
}

// unfinished refuses a final copy by its exit code.
func unfinished(err error) error {
	var u *export.Unfinished
	if errors.As(err, &u) {
		return &db.Refusal{Code: db.ExitDenied, Words: u.Words, Cause: u}
	}
	return err
}

// reportListCmd lists the reports there are.
func (r *runner) reportListCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: r.t("列出能写的报表", "list the reports there are"),
		Args:  r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			rows, err := r.savedRows(cmd.Context(), d)
			if err != nil {
				return err
			}
			err = r.shelf(func(s report.Shelf) error {
				list, err := export.ReportsOn(s)
				for i := range list {
					rep := &list[i]
					rows = append(rows, []string{rep.Name, rep.Words.In(r.lang), rep.Whose().In(r.lang), strings.Join(rep.Formats, " "), "--" + about(rep)})
				}
				return err
			})
			if err != nil {
				return err
			}
			rows = append(rows, []string{"sheet", r.t("公示单", "poster"), r.t("内置", "built in"), "html txt", "--issue"})
			return export.Table(r.Out, []export.Column{{Head: r.t("报表", "report")}, {Head: r.t("名称", "name")}, {Head: r.t("来源", "from")}, {Head: r.t("格式", "formats")}, {Head: r.t("要写明", "needs")}}, rows)
		},
	}
}

// templateCmd handles the texts of reports; templates are those of records.
func (r *runner) templateCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "template",
		Short: r.t("报告的模板（文字或 Word）：列出、导出、检查（登记用的模板见 templates）", "templates of reports, text or Word: list, export, check (those for entering records: templates)"),
		Long: r.t("报告的文字由模板写成，模板里的数都从台账算。要改：先导出内置的模板，改好后放进台账旁边的 templates 文件夹，\n文件名不变就代替内置的，换个名字就多一种报告：taizhang report 名称。放进去之前用 check 检查。",
			"The texts of reports are written from templates, and every number in them is counted. To change one: export the built-in template, edit it and put it\ninto the folder templates beside the ledger; under the same name it takes its place, under another it is a report of its own: taizhang report NAME.\nRun check before."),
		Args: r.noArgs,
	}
	cmd.AddCommand(r.templateListCmd(), r.templateExportCmd(), r.templateCheckCmd(), r.templateNamesCmd())
	return cmd
}

func (r *runner) templateListCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: r.t("列出报告模板", "list the templates of reports"),
		Args:  r.noArgs,
		RunE: func(*cobra.Command, []string) error {
			return r.shelf(func(s report.Shelf) error {
				list, err := s.List()
				if err != nil {
					return err
				}
				var rows [][]string
				for _, e := range list {
					rows = append(rows, []string{e.Name, e.Words.In(r.lang), (&export.Report{Own: e.Own, Word: e.Word}).Whose().In(r.lang)})
				}
				return export.Table(r.Out, []export.Column{{Head: r.t("模板", "template")}, {Head: r.t("名称", "name")}, {Head: r.t("来源", "from")}}, rows)
			})
		},
	}
}

func (r *runner) templateExportCmd() *cobra.Command {
	out, format := "", ""
	cmd := &cobra.Command{
		Use:     r.t("export 模板", "export NAME"),
		Short:   r.t("导出一个模板来改：文字，或逐个标记有说明的 Word 文件", "write a template to a file, to change it: text, or a Word document with every tag explained"),
		Example: "  taizhang template export summary --out summary.txt\n  taizhang template export summary --format docx --out summary.docx",
		Args:    r.exactly(1, "template export 模板 --out 文件", "template export NAME --out FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" {
				return usage("请用 --out 写明文件", "name the file with --out")
			}
			if err := oneOf("--format", format, "txt", "docx"); err != nil {
				return err
			}
			return r.shelf(func(s report.Shelf) error {
				e, err := s.Find(args[0])
				if err != nil {
					return usageError{err}
				}
				f, err := export.Create(out)
				if err != nil {
					return err
				}
				defer f.Abort()
				if err := r.writeTemplate(f, s, e, format); err != nil {
					return err
				}
				if err := f.Commit(); err != nil {
					return err
				}
				_, err = fmt.Fprintln(r.Out, f.Path())
				return err
			})
		},
	}
	cmd.Flags().StringVar(&out, "out", "", r.t("写到哪个文件（从不覆盖）", "the file to write (never overwritten)"))
	cmd.Flags().StringVar(&format, "format", "txt", r.t("格式：txt 或 docx", "format: txt or docx"))
	return cmd
}

// writeTemplate writes a template for somebody to change: the office's own Word
// document as it is, a text, or a text laid out in Word.
func (r *runner) writeTemplate(w io.Writer, s report.Shelf, e report.Entry, format string) error {
	if !e.Text && format == "txt" {
		return usage("“%s”是 Word 模板，请加 --format docx", "%q is a Word document; add --format docx", e.Name)
	}
	if e.Word && format == "docx" {
		raw, _, err := s.Word(e.Name, r.lang, docxtpl.MostFile)
		if err == nil {
			_, err = w.Write(raw)
		}
		return err
	}
	text, _, err := s.Source(e.Name, r.lang)
	switch {
	case err != nil:
		return err
	case format == "docx":
		return export.Explained(w, text, r.schema(), r.lang)
	}
	_, err = io.WriteString(w, text)
	return err
}

func (r *runner) templateCheckCmd() *cobra.Command {
	return &cobra.Command{
		Use:     r.t("check 文件", "check FILE"),
		Short:   r.t("检查一个模板文件，不用数据", "check a template file, without any data"),
		Example: "  taizhang template check summary.txt\n  taizhang template check 简报.docx",
		Args:    r.exactly(1, "template check 文件", "template check FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			dir, name := filepath.Split(args[0])
			if dir == "" {
				dir = "."
			}
			var err error
			if strings.EqualFold(filepath.Ext(name), ".docx") {
				err = r.checkWord(dir, name)
			} else {
				err = r.checkText(dir, name)
			}
			if errors.Is(err, fs.ErrNotExist) {
				return model.Problemf("没有文件 %s", "there is no file %s", model.Shorten(name))
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(r.Out, r.t("模板没有错", "the template is sound"))
			return err
		},
	}
}

func (r *runner) checkText(dir, name string) error {
	text, err := report.ReadFile(os.DirFS(dir), name)
	if err == nil {
		_, err = report.ParseText(text, r.schema(), nil)
	}
	return err
}

// checkWord checks a Word document, with the text templates at hand.
func (r *runner) checkWord(dir, name string) error {
	raw, err := report.ReadWord(os.DirFS(dir), name, docxtpl.MostFile)
	if err != nil {
		return err
	}
	check := func(s report.Shelf) error {
		_, err := docxtpl.Parse(raw, r.schema(), export.WordTexts(s, export.WordName(name), r.lang, r.schema(), nil))
		return err
	}
	if _, err := r.path(); err != nil { // no ledger named: with the built-in ones
		return check(report.Shelf{})
	}
	return r.shelf(check)
}

// templateNamesCmd lists every name a template may use.
func (r *runner) templateNamesCmd() *cobra.Command {
	return &cobra.Command{
		Use:   r.t("names [台账]", "names [REGISTER]"),
		Short: r.t("列出模板能用的名称", "list the names that templates may use"),
		Args:  r.atMost(1, "template names [台账]", "template names [REGISTER]"),
		RunE: func(_ *cobra.Command, args []string) error {
			schema := r.schema()
			var rows [][]string
			if len(args) == 0 {
				for _, g := range report.Globals {
					rows = append(rows, []string{"{{" + g.In(r.lang) + "}}", g.Help.In(r.lang)})
				}
			}
			found := false
			for _, reg := range schema.Registers {
				if len(args) == 1 {
					if want, err := schema.FindRegister(args[0]); err != nil {
						return usageError{err}
					} else if want != reg {
						continue
					}
				}
				found = true
				name := reg.Words.ZH
				if r.lang == model.EN {
					name = reg.Key
				}
				for _, m := range reg.Measures {
					key := m.Words.ZH
					if r.lang == model.EN {
						key = m.Key
					}
					rows = append(rows, []string{"{{" + name + "." + key + "}}", r.t("数", "a number")})
				}
				if len(args) == 0 {
					continue
				}
				for _, s := range reg.Sentences {
					rows = append(rows, []string{"{{" + s.Words.In(r.lang) + "}}", r.t("循环里的一句话", "a sentence, in a loop")})
				}
				for _, f := range reg.Fields {
					key := f.Words.ZH
					if r.lang == model.EN {
						key = f.Key
					}
					rows = append(rows, []string{"{{" + name + "." + key + "}}", r.t("字段；条件里、循环里可只写", "a field; in conditions and loops only ") + key})
				}
			}
			if len(args) == 0 && found {
				rows = append(rows, []string{r.t("其余：template names 台账", "more: template names REGISTER"), r.t("一个台账的字段和句子", "the fields and sentences of a register")})
			}
			return export.Table(r.Out, []export.Column{{}, {}}, rows)
		},
	}
}
