package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The award application from the command line: a draft tells where each number
// comes from, the final copy is refused while prose is missing, and in English
// it says that the paper is Chinese.
func TestReportApplication(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "activity", "date=2027-03-08", "title=春季门球邀请赛", "lines=文体", "level=区", "attend_total=84", "venue=健身文化广场")
	o.ok("add", "team", "name=门球队", "members=21", "founded=2020")
	o.ok("add", "honour", "title=和谐社区", "level=市", "giver=市民政局", "date=2026-12", "winner=社区")
	dir := t.TempDir()
	args := func(more ...string) []string {
		return append([]string{"report", "application", "--period", "2027", "--audience", "superior"}, more...)
	}
	final := filepath.Join(dir, "定稿.docx")
	if errs := o.refused(7, "", args("--out", final)...); !strings.Contains(errs, "待补：活动成效") || !strings.Contains(errs, "--draft") {
		t.Error(errs)
	}
	if _, err := os.Stat(final); err == nil {
		t.Error("an unfinished final copy was written")
	}
	draft := filepath.Join(dir, "草稿.txt")
	_, errs, code := o.runIn("", args("--draft", "--lang", "en", "--format", "txt", "--out", draft)...)
	if code != 0 || !strings.Contains(errs, "is a Chinese paper") {
		t.Error(code, errs)
	}
	b, err := os.ReadFile(draft)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"共有队伍1[", "支、队员20多[", "市级“和谐社区”[", "一是举办了春季门球邀请赛[", "HO-2027-0001", "T-2027-0001", "【待补：活动成效"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("no %q in %s", want, b)
		}
	}
	o.ok(args("--as-is", "成效段落由书记补写后再报", "--out", final)...)
	if text := part(t, final, "word/document.xml"); !strings.Contains(text, "和谐社区") || strings.Contains(text, "HO-2027-0001") {
		t.Error("the final copy is not the text alone")
	} else if keep, sign := strings.LastIndex(text, `<w:pStyle w:val="Body"/><w:keepNext/><w:widowControl/>`), strings.Index(text, `"SignUnit"`); keep < 0 || sign < keep ||
		strings.Count(text[keep:sign], "<w:p>") != 1 {
		t.Error("the signature may stand on a page of its own")
	}
}
