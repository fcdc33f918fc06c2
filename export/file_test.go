package export

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"taizhang/model"
)

// names lists a folder, hidden files too.
func names(t *testing.T, dir string) string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range list {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "活动.csv")
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(f, "内容")
	if _, err := os.Lstat(path); err == nil {
		t.Error("the file appears before Commit")
	}
	if sum, err := f.Sum(); err != nil || sum != sha256.Sum256([]byte("内容")) {
		t.Errorf("%x %v", sum, err)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	f.Abort()
	got, err := os.ReadFile(path)
	info, _ := os.Lstat(path)
	if err != nil || string(got) != "内容" || info.Mode() != 0o600 || names(t, dir) != "活动.csv" {
		t.Errorf("%q %v %v, folder: %s", got, err, info.Mode(), names(t, dir))
	}
}

func TestAbortLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	f, err := Create(filepath.Join(dir, "x.csv"))
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(f, "半")
	f.Abort()
	f.Abort()
	if n := names(t, dir); n != "" {
		t.Error(n)
	}
}

func TestNeverOverwrites(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.WriteFile(at("old.csv"), []byte("旧"), 0o600))
	must(os.WriteFile(at("old-2.csv"), nil, 0o600))
	must(os.Symlink("old.csv", at("link.csv")))
	must(os.Symlink("nowhere.csv", at("dangling.csv")))
	must(syscall.Mkfifo(at("pipe.csv"), 0o600))
	must(os.Mkdir(at("folder"), 0o700))
	must(os.Symlink("folder", at("way")))
	before := names(t, dir)
	for path, says := range map[string][2]string{
		at("old.csv"):         {"已存在，不会覆盖；可改用 old-3.csv", "try old-3.csv"},
		at("link.csv"):        {"符号链接", "symbolic link"},
		at("dangling.csv"):    {"符号链接", "symbolic link"},
		at("pipe.csv"):        {"管道", "pipe"},
		at("folder"):          {"是文件夹", "is a folder"},
		at("none/x.csv"):      {"没有文件夹", "there is no folder"},
		at("way/x.csv"):       {"符号链接", "symbolic link"},
		at("old.csv/x.csv"):   {"不是文件夹", "is not a folder"},
		at("folder") + "/":    {"文件名", "file name"},
		at("folder") + "/..":  {"文件名", "file name"},
		at(`folder\x.csv`):    {"文件名", "file name"},
		at("folder/x\x00.cs"): {"文件名", "file name"},
	} {
		f, err := Create(path)
		var p *model.Problem
		if !errors.As(err, &p) {
			t.Errorf("%s: %v", path, err)
			if f != nil {
				f.Abort()
			}
			continue
		}
		if !strings.Contains(p.ZH, says[0]) || !strings.Contains(p.EN, says[1]) {
			t.Errorf("%s: %s / %s", path, p.ZH, p.EN)
		}
	}
	if _, err := CreateIn(dir, "../x.csv"); err == nil {
		t.Error("a name led out of the folder")
	}
	if after := names(t, dir); after != before {
		t.Errorf("folder was %s, is %s", before, after)
	}
	if b, _ := os.ReadFile(at("old.csv")); string(b) != "旧" {
		t.Errorf("old.csv holds %q", b)
	}
}

func TestNameTakenMeanwhile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x.csv")
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(f, "新")
	if err := os.WriteFile(path, []byte("先"), 0o600); err != nil {
		t.Fatal(err)
	}
	var p *model.Problem
	if err := f.Commit(); !errors.As(err, &p) || !strings.Contains(p.EN, "exists") {
		t.Errorf("%v", err)
	}
	if b, _ := os.ReadFile(path); string(b) != "先" || names(t, dir) != "x.csv" {
		t.Errorf("%q in %s", b, names(t, dir))
	}
}

func TestLongNames(t *testing.T) {
	dir := t.TempDir()
	f, err := Create(filepath.Join(dir, strings.Repeat("长", 80)+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	f, err = Create(filepath.Join(dir, strings.Repeat("长", 90)+".csv"))
	if err == nil {
		err = f.Commit()
	}
	var p *model.Problem
	if !errors.As(err, &p) {
		t.Errorf("%v", err)
	}
}
