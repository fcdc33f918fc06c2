package export

import (
	"os"
	"strings"
	"testing"

	"taizhang/export/report"
	"taizhang/model"
)

// TestTemplatesDoc keeps docs/templates true: its tables of names, formats and
// measures are those of the program (rewritten with -update), and every template
// shown there is sound.
func TestTemplatesDoc(t *testing.T) {
	schema := model.NewSchema()
	for path, l := range map[string]model.Lang{"../docs/templates.md": model.EN, "../docs/templates.zh-CN.md": model.ZH} {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		doc := string(raw)
		fill := func(mark, head string, rows []string) {
			from := strings.Index(doc, "<!-- "+mark+" -->\n") + len("<!-- "+mark+" -->\n")
			to := from + strings.Index(doc[from:], "<!-- end -->")
			doc = doc[:from] + head + strings.Join(rows, "") + doc[to:]
		}
		var names, formats, measures []string
		for _, g := range report.Globals {
			names = append(names, "| `{{"+g.In(l)+"}}` | "+g.Help.In(l)+" |\n")
		}
		for _, f := range report.FormatHelp {
			formats = append(formats, "| `"+f.Name.In(l)+"` | "+f.Help.In(l)+" |\n")
		}
		for _, reg := range schema.Registers {
			var all []string
			for _, m := range reg.Measures {
				name := model.W(reg.Words.ZH+"."+m.Words.ZH, reg.Key+"."+m.Key).In(l)
				if _, err := report.Parse("{{"+name+"}}", schema); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				all = append(all, "`"+name+"`")
			}
			if len(all) > 0 {
				measures = append(measures, "| "+reg.Words.In(l)+" | "+strings.Join(all, " ")+" |\n")
			}
		}
		fill("names", model.W("| 名称 | 意思 |\n|-|-|\n", "| name | meaning |\n|-|-|\n").In(l), names)
		fill("formats", model.W("| 格式 | 写成 |\n|-|-|\n", "| format | what it writes |\n|-|-|\n").In(l), formats)
		fill("measures", model.W("| 台账 | 统计项 |\n|-|-|\n", "| register | measures |\n|-|-|\n").In(l), measures)
		if *update {
			if err := os.WriteFile(path, []byte(doc), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if doc != string(raw) {
			t.Errorf("%s is not what the program has; if that is meant, run with -update", path)
		}
		shown := 0
		for _, block := range strings.Split(doc, "```tpl\n")[1:] {
			src, _, _ := strings.Cut(block, "```")
			for line := range strings.SplitSeq(strings.TrimSpace(src), "\n") {
				shown++
				if _, err := report.ParseText(line, schema, nil); err != nil {
					t.Errorf("%s: %s\n%s", path, line, model.Say(err, l))
				}
			}
		}
		if shown < 8 {
			t.Errorf("%s shows %d templates", path, shown)
		}
	}
}
