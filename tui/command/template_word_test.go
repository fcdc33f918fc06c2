package command_test

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/export/docx"
)

// wordFile writes a Word document whose paragraphs are the texts given.
func wordFile(t *testing.T, path string, paragraphs ...string) {
	t.Helper()
	d := &docx.Document{Title: "简报", Unit: "和平社区", Chinese: true, Body: []docx.Block{docx.Title{Text: paragraphs[0]}}}
	for _, p := range paragraphs[1:] {
		d.Body = append(d.Body, docx.Para{Text: p})
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := docx.Write(f, d); err != nil {
		t.Fatal(err)
	}
}

// mainPart is the main part of a Word document.
func mainPart(t *testing.T, path string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The office's own Word document: checked without data, listed, filled; gaps and
// the privacy check hold as in every text.
func TestWordTemplates(t *testing.T) {
	o := newOffice(t)
	o.event("attend_total=45", "title=春联")
	dir := t.TempDir()
	own := filepath.Join(filepath.Dir(o.path), "templates")
	if err := os.Mkdir(own, 0o700); err != nil {
		t.Fatal(err)
	}
	out := func(name string) string { return filepath.Join(dir, name) }

	bad := out("坏.docx")
	wordFile(t, bad, "{{社区名陈}}简报", "好")
	if errs := o.refused(1, "", "template", "check", bad); !strings.Contains(errs, "正文“{{社区名陈}}简报”这一段") || !strings.Contains(errs, "是不是“社区名称”") {
		t.Error(errs)
	}
	if errs := o.refused(1, "", "--lang", "en", "template", "check", bad); !strings.Contains(errs, "text, paragraph") {
		t.Error(errs)
	}
	wordFile(t, filepath.Join(own, "简报.docx"), "{{社区名称}}简报", "办了{{活动.场次}}场{{活动.名称}}。", "{{待补 感想}}")
	if got := o.ok("template", "check", filepath.Join(own, "简报.docx")); !strings.Contains(got, "没有错") {
		t.Error(got)
	}
	for _, list := range [][]string{{"report", "list"}, {"template", "list"}} {
		if got := o.ok(list...); !strings.Contains(got, "简报") || !strings.Contains(got, "Word") {
			t.Error(got)
		}
	}
	report := func(name, to, audience string, more ...string) []string {
		return append([]string{"report", name, "--period", "2027", "--audience", audience, "--out", out(to)}, more...)
	}
	if errs := o.refused(7, "", report("简报", "定稿.docx", "superior")...); !strings.Contains(errs, "【待补：感想】") {
		t.Error(errs)
	}
	if errs := o.refused(2, "", report("简报", "x.txt", "superior", "--format", "txt")...); !strings.Contains(errs, "docx") {
		t.Error(errs)
	}
	o.ok(report("简报", "草稿.docx", "superior", "--draft")...)
	if got := mainPart(t, out("草稿.docx")); !strings.Contains(got, "[1]") || !strings.Contains(got, "活动·场次，2027年：1（1条：A-2027-0001）") {
		t.Error(got)
	}
	o.ok(report("简报", "定稿.docx", "superior", "--as-is", "感想由书记在会上另外讲")...)
	if got := mainPart(t, out("定稿.docx")); !strings.Contains(got, "春联") || strings.Contains(got, "{{") || strings.Contains(got, "草稿") {
		t.Error(got)
	}

	// The summary as docx by the office's document, with the built-in text in it;
	// all other formats as before.
	wordFile(t, filepath.Join(own, "summary.docx"), "红头", "{{插入 正文}}")
	o.ok(report("summary", "总结.docx", "superior", "--draft")...)
	if got := mainPart(t, out("总结.docx")); !strings.Contains(got, "红头") || !strings.Contains(got, "共开展各类活动") || strings.Contains(got, "{{") {
		t.Error(got)
	}
	o.ok(report("summary", "总结.md", "superior", "--format", "md", "--draft")...)

	// What must not be public is found in a Word document too, however it got there.
	wordFile(t, filepath.Join(own, "公示.docx"), "公示", "联系人证件号11010519491231002X，办了{{活动.场次}}场。")
	if _, errs, code := o.runIn("", report("公示", "公示.docx", "public")...); code == 0 || !strings.Contains(errs, "隐私检查") {
		t.Error(code, errs)
	}
	if _, err := os.Stat(out("公示.docx")); err == nil {
		t.Error("a file that says too much appeared")
	}
	// No way out of the folder, and no file of another kind.
	if err := os.Symlink(bad, filepath.Join(own, "链接.docx")); err != nil {
		t.Fatal(err)
	}
	if _, _, code := o.runIn("", report("链接", "y.docx", "superior")...); code == 0 {
		t.Error("a link out of the folder was followed")
	}
	if err := os.WriteFile(filepath.Join(own, "假.docx"), []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	if errs := o.refused(1, "", report("假", "z.docx", "superior")...); !strings.Contains(errs, "Word") {
		t.Error(errs)
	}
}

// A built-in text goes out as a Word document, is sound as it is, and filled
// holds none of its explanations.
func TestTemplateAsWord(t *testing.T) {
	o := newOffice(t)
	o.event("attend_total=45", "title=春联")
	own := filepath.Join(filepath.Dir(o.path), "templates")
	if err := os.Mkdir(own, 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(own, "summary.docx")
	o.ok("template", "export", "summary", "--format", "docx", "--out", file)
	if got := mainPart(t, file); !strings.Contains(got, "{{注 活动.场次 | 多　活动·场次；多：只往少里说") || !strings.Contains(got, "{{节号 2}}活动开展") {
		t.Error(got)
	}
	o.ok("template", "check", file)
	out := filepath.Join(t.TempDir(), "总结.docx")
	o.ok("report", "summary", "--period", "2027", "--audience", "superior", "--draft", "--out", out)
	if got := mainPart(t, out); strings.Contains(got, "{{") || strings.Contains(got, "不印出来") || !strings.Contains(got, "（一）") || !strings.Contains(got, "活动开展") {
		t.Error(got)
	}
	again := filepath.Join(t.TempDir(), "原样.docx") // the office's own goes out as it is
	o.ok("template", "export", "summary", "--format", "docx", "--out", again)
	a, _ := os.ReadFile(file)
	if b, err := os.ReadFile(again); err != nil || string(a) != string(b) {
		t.Error("the office's own document was changed on its way out")
	}
}
