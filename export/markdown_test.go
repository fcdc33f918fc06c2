package export

import (
	"strings"
	"testing"

	"taizhang/model"
)

func TestMarkdown(t *testing.T) {
	for in, want := range map[string]string{
		"":                    "",
		"春节|慰问":               `春节\|慰问`,
		"a\nb":                "a<br>b",
		`a\b`:                 `a\\b`,
		"# 标题":                `\# 标题`,
		"- 无":                 `\- 无`,
		"-12.50":              "-12.50",
		"+ x":                 `\+ x`,
		"1. 第一":               `1\. 第一`,
		"1.5":                 "1.5",
		"<b>粗</b>":            "&lt;b&gt;粗&lt;/b&gt;",
		"a & b":               "a &amp; b",
		"张*明 李*":              `张\*明 李\*`,
		"_x_ `y` [z](u) ~s~":  "\\_x\\_ \\`y\\` \\[z\\](u) \\~s\\~",
		"> 引":                 "&gt; 引",
		"===":                 `\===`,
		"  两边空白  ":            "两边空白",
		`\|`:                  `\\\|`,
		"![p](https://x.y/z)": `!\[p\](https://x.y/z)`,
	} {
		if got := markdown(in); got != want {
			t.Errorf("markdown(%q) = %q, want %q", in, got, want)
		}
	}
}

// cellsOf reads a table line as a Markdown reader does.
func cellsOf(s string) []string {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "| "), " |\n")
	var out []string
	var cell strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			cell.WriteByte(s[i])
		case strings.HasPrefix(s[i:], " | "):
			out = append(out, cell.String())
			cell.Reset()
			i += 2
		default:
			cell.WriteByte(s[i])
		}
	}
	return append(out, cell.String())
}

func FuzzMarkdownRow(f *testing.F) {
	f.Add("a|b", "\\")
	f.Add("\n|\n", "<script>")
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = clean(a), clean(b)
		row := markdownRow([]string{a, b})
		if strings.Count(row, "\n") != 1 || strings.Contains(strings.ReplaceAll(row, "<br>", ""), "<") {
			t.Fatalf("%q", row)
		}
		undo := strings.NewReplacer("<br>", "\n", "&lt;", "<", "&gt;", ">", "&amp;", "&")
		cells := cellsOf(row)
		if len(cells) != 2 || undo.Replace(cells[0]) != strings.TrimSpace(a) || undo.Replace(cells[1]) != strings.TrimSpace(b) {
			t.Errorf("%q %q came back as %q", a, b, cells)
		}
	})
}

func TestMarkdownRegister(t *testing.T) {
	d := newDesk(t)
	var b strings.Builder
	p, err := model.ParsePeriod("2026H1")
	if err != nil {
		t.Fatal(err)
	}
	job := Job{Register: model.Activity, Period: p, Filter: "条线=文体", Format: Markdown, Audience: model.Public,
		Where: func(r *model.Record) bool { return model.ActivityAttendTotal.Of(r) > 20 }}
	if _, err := Register(&b, d, job); err != nil {
		t.Fatal(err)
	}
	golden(t, "activity-public.zh.md", b.String())
	if err := func() error { _, err := Register(&b, d, Job{Register: model.Activity, Format: "doc"}); return err }(); err == nil {
		t.Error("an unknown format was written")
	}
}
