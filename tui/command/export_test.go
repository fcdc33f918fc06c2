package command_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// What is known of a resident, and in which file it must not stand.
func TestExport(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "compound", "name=和平小区")
	o.ok("add", "household", "head=张小明", "compound=和平小区", "building=3", "unit=2", "room=501")
	o.ok("add", "person", "name=张小明", "id_no=11010519491231002X", "phone=13812345678", "bank=6222021234567890128", "household=H-2027-0001", "cats=低保户 2020-01", "health=肝癌晚期")
	o.ok("add", "person", "name=王小宝", "birth=2018-05-01", "household=H-2027-0001") // a child
	o.ok("add", "visit", "date=2027-02-01", "person=张小明", "amount=500", "fund=党费", "consent_pub=姓氏", "need_text=张小明住3号楼501，电话13812345678")
	o.ok("add", "visit", "date=2027-02-01", "person=王小宝", "amount=300", "fund=党费", "consent_pub=实名")
	o.event("summary=联系张小明 13812345678", "roster=张小明")
	dir := t.TempDir()
	raw := []string{"11010519491231002X", "13812345678", "6222021234567890128", "张小明", "王小宝", "501", "肝癌", "低保", "P-2027", "H-2027", "V-2027"}
	for _, register := range []string{"person", "visit", "household", "活动"} {
		for _, format := range []string{"csv", "json", "md"} {
			for _, audience := range []string{"internal", "superior", "public", "finance"} {
				file := filepath.Join(dir, register+"-"+audience+"."+format)
				args := []string{"export", register, "--period", "2027", "--format", format, "--audience", audience, "--out", file}
				if register == "person" || register == "household" {
					args = append(args[:2], args[4:]...) // have no date
				}
				out, errs, code := o.runIn("", args...)
				if code != 0 || out != file+"\n" || errs != "" && (audience != "public" || strings.Count(errs, "\n") != 1) {
					t.Errorf("%q: %d %q %q", args, code, out, errs)
					continue
				}
				b, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
					t.Errorf("%s: %v %v", file, info.Mode(), err)
				}
				switch format {
				case "csv":
					if !bytes.HasPrefix(b, []byte("\ufeff")) || !bytes.HasSuffix(b, []byte("\r\n")) {
						t.Errorf("%s is no CSV for spreadsheets", file)
					}
					if _, err := csv.NewReader(bytes.NewReader(b)).ReadAll(); audience != "public" && err != nil {
						t.Errorf("%s: %v", file, err)
					}
				case "json":
					decode[[]record](t, string(b))
				}
				if audience == "public" {
					for _, secret := range raw {
						if bytes.Contains(b, []byte(secret)) {
							t.Errorf("%s holds %s:\n%s", filepath.Base(file), secret, b)
						}
					}
				} else if register == "person" && !bytes.Contains(b, []byte("张小明")) {
					t.Errorf("%s lacks the name:\n%s", filepath.Base(file), b)
				}
				// Nothing is written over.
				if line := o.refused(1, "", args...); !strings.Contains(line, filepath.Base(file)) {
					t.Error(line)
				}
				if now, _ := os.ReadFile(file); !bytes.Equal(now, b) {
					t.Errorf("%s was written over", file)
				}
			}
		}
	}
	whole := filepath.Join(dir, "person-internal.json")
	b, _ := os.ReadFile(whole)
	if listed := o.ok("list", "person", "--format", "json") + "\n"; listed != string(b) {
		t.Errorf("list and export differ:\n%s\n%s", listed, b)
	}
	// Filters choose, and do not come out in public.
	file := filepath.Join(dir, "filtered.md")
	o.runIn("", "export", "visit", "--where", "person=张小明", "--format", "md", "--audience", "public", "--out", file)
	if b, err := os.ReadFile(file); err != nil || bytes.Contains(b, []byte("张小明")) || !bytes.Contains(b, []byte("500.00")) || bytes.Contains(b, []byte("300.00")) {
		t.Errorf("%v\n%s", err, b)
	}
	// Every file has its entry in the journal, and no refused one has.
	if n := strings.Count(o.ok("verify"), "流水第"); n != 1 {
		t.Error("no head")
	}
	before := o.head()
	link, pipe := filepath.Join(dir, "link.csv"), filepath.Join(dir, "folder")
	_ = os.Symlink(filepath.Join(dir, "elsewhere"), link)
	_ = os.Mkdir(pipe, 0o700)
	for _, path := range []string{link, pipe, pipe + "/", "/dev/null", filepath.Join(dir, "no", "such", "a.csv"), o.path, filepath.Join(dir, strings.Repeat("名", 100)+".csv")} {
		o.refused(1, "", "export", "activity", "--format", "csv", "--audience", "public", "--out", path)
	}
	if o.head() != before {
		t.Error("a refused file was entered in the journal")
	}
	left, _ := filepath.Glob(filepath.Join(dir, ".*"))
	if _, err := os.Lstat(filepath.Join(dir, "elsewhere")); err == nil || len(left) > 0 {
		t.Errorf("%v, left over: %q", err, left)
	}
}

func TestReport(t *testing.T) {
	o := newOffice(t)
	o.event("attend_total=45")
	o.event("attend_total=41", "date=2027-02-01")
	dir := t.TempDir()
	for _, name := range []string{"summary", "汇总"} {
		for _, format := range []string{"md", "csv"} {
			for _, audience := range []string{"internal", "superior", "public", "finance"} {
				file := filepath.Join(dir, name+audience+"."+format)
				args := []string{"report", name, "--period", "2027Q1", "--format", format, "--audience", audience, "--draft", "--out", file}
				if out := o.ok(args...); out != file {
					t.Error(out)
				}
				b, err := os.ReadFile(file)
				if info, e := os.Stat(file); err != nil || e != nil || info.Mode() != 0o600 {
					t.Errorf("%s: %v %v", file, err, e)
				}
				if !bytes.Contains(b, []byte("86")) || !regexp.MustCompile(`活动`).Match(b) {
					t.Errorf("%s:\n%s", file, b)
				}
				o.refused(1, "", args...)
			}
		}
	}
	en := filepath.Join(dir, "en.md")
	o.ok("report", "summary", "--period", "2027Q1", "--format", "md", "--audience", "superior", "--draft", "--out", en, "--lang", "en")
	if b, _ := os.ReadFile(en); !bytes.Contains(b, []byte("Activities")) {
		t.Errorf("%s", b)
	}
	// A language of the environment is the clerk's, not the sheet's.
	o.env["LANG"] = "en_GB.UTF-8"
	zh := filepath.Join(dir, "zh.md")
	o.ok("report", "summary", "--period", "2027Q1", "--format", "md", "--audience", "superior", "--draft", "--out", zh)
	if b, _ := os.ReadFile(zh); !bytes.Contains(b, []byte("活动")) {
		t.Errorf("%s", b)
	}
}

// A workbook goes the same way out as any other file.
func TestExportWorkbook(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "compound", "name=和平小区")
	o.ok("add", "household", "head=张小明", "compound=和平小区", "building=3", "unit=2", "room=501")
	o.ok("add", "person", "name=张小明", "id_no=11010519491231002X", "phone=13812345678", "household=H-2027-0001")
	dir := t.TempDir()
	for audience, name := range map[string]string{"superior": "张小明", "public": "张*明"} {
		file := filepath.Join(dir, audience+".xlsx")
		before := o.head()
		if out := o.ok("export", "person", "--format", "xlsx", "--audience", audience, "--out", file); out != file {
			t.Error(out)
		}
		if o.head() == before {
			t.Error("no entry in the journal")
		}
		if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
			t.Errorf("%v %v", info, err)
		}
		book, err := excelize.OpenFile(file)
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		rows, err := book.GetRows("人员")
		if err != nil || len(rows) < 4 || rows[3][1] != name {
			t.Errorf("%s: %q %v", audience, rows, err)
		}
		for _, row := range rows {
			for _, secret := range []string{"11010519491231002X", "张小明", "13812345678", "501", "P-2027"} {
				if audience == "public" && strings.Contains(strings.Join(row, " "), secret) {
					t.Errorf("the public file holds %s: %q", secret, row)
				}
			}
		}
		o.refused(1, "", "export", "person", "--format", "xlsx", "--audience", audience, "--out", file)
	}
}
