package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A text of a ledger just begun, or of a period still to come, is written and says
// that there was nothing to tell.
func TestReportOfNothing(t *testing.T) {
	o := newOffice(t)
	dir := t.TempDir()
	say := func(want string, args ...string) {
		t.Helper()
		if _, errs, code := o.runIn("", append([]string{"report"}, args...)...); code != 0 || !strings.Contains(errs, want) {
			t.Errorf("%v: code %d, says %q, want %q", args, code, errs, want)
		}
	}
	for _, name := range []string{"summary", "application"} {
		say("没有可写的记录", name, "--period", "2026", "--audience", "superior", "--draft", "--format", "txt", "--out", filepath.Join(dir, name+".txt"))
		say("还没有到", name, "--period", "2060", "--audience", "superior", "--draft", "--format", "txt", "--out", filepath.Join(dir, name+"-2060.txt"))
	}
	errs := o.refused(7, "", "report", "summary", "--period", "2026", "--audience", "superior", "--out", filepath.Join(dir, "final.txt"))
	if !strings.Contains(errs, "2处待补") || strings.Contains(errs, "0处") {
		t.Errorf("a final copy with gaps is refused with %q", errs)
	}
}

// A long title of a web page is broken after the name of the unit, as in Word.
func TestReportTitleBroken(t *testing.T) {
	o := sampleOffice(t)
	file := filepath.Join(t.TempDir(), "a.html")
	o.ok("report", "application", "--period", "2026", "--audience", "superior", "--draft", "--format", "html", "--out", file)
	b, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(b), "<h1>示例市城东区文昌街道和平社区<br>创先争优申报材料</h1>") {
		t.Error("the title is not broken after the unit", err)
	}
	if !strings.Contains(string(b), "<p class=\"signed\">示例市城东区文昌街道和平社区<br>") {
		t.Error("the text is not signed")
	}
}

// Each fault of a template has its own line.
func TestTemplateFaultsByLine(t *testing.T) {
	o := newOffice(t)
	file := filepath.Join(t.TempDir(), "bad.txt")
	if err := os.WriteFile(file, []byte("# {{社区名}}简报\n办了{{活动.场此}}场。\n{{每条 活动}}{{名称}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, errs, code := o.runIn("", "template", "check", file)
	if code != 1 {
		t.Errorf("code %d", code)
	}
	lines := strings.Split(strings.TrimSpace(errs), "\n")
	want := []string{"模板有3处错", "第1行：没有“社区名”", "第2行：没有“场此”", "第3行：“{{每条}}”没有用 {{完}} 结束"}
	if len(lines) != len(want) {
		t.Fatalf("%d lines: %q", len(lines), lines)
	}
	for i := range want {
		if !strings.Contains(lines[i], want[i]) {
			t.Errorf("line %d: %q, want %q", i, lines[i], want[i])
		}
	}
}

// What is read on paper has no code for a period or a half year, and quotation
// marks inside others are single ones.
func TestReportsInWords(t *testing.T) {
	o := sampleOffice(t)
	dir := t.TempDir()
	for name, want := range map[string]string{"summary": "2026年第4期", "handover": "2026年上半年—", "archive": "2026年上半年"} {
		path := filepath.Join(dir, name+".txt")
		args := []string{"report", name, "--period", "2026", "--audience", "superior", "--format", "txt", "--out", path}
		if name == "summary" {
			args = append(args, "--as-is", "测试时照样定稿，不用再补")
		}
		if _, errs, code := o.runIn("", args...); code != 0 || errs != "" {
			t.Errorf("%s: code %d, says %q", name, code, errs)
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		if !strings.Contains(text, want) {
			t.Errorf("%s has no %s", name, want)
		}
		for _, bad := range []string{"2026H1", " 2026-B", " 2026-Q", "““", "””"} {
			if at := strings.Index(text, bad); at >= 0 {
				t.Errorf("%s has %q in %q", name, bad, text[max(0, at-60):min(len(text), at+60)])
			}
		}
	}
}
