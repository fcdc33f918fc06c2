package command_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"

	"taizhang/db"
	"taizhang/tui/command"
	"taizhang/tui/term/ptytest"
)

// seqHash is the head that verify prints, as it would be typed from paper.
func (o *office) seqHash() string {
	o.t.Helper()
	m := regexp.MustCompile(`流水第 (\d+) 号，链尾 ([0-9a-f]{64})`).FindStringSubmatch(o.head())
	if m == nil {
		o.t.Fatal("no head")
	}
	return m[1] + ":" + m[2][:16]
}

// says runs a command that fails with the code after saying something more, and
// returns all of it.
func (o *office) says(code int, args ...string) string {
	o.t.Helper()
	out, errs, got := o.runIn("", args...)
	if got != code || out != "" {
		o.t.Errorf("%q: code %d, want %d; %q %q", args, got, code, out, errs)
	}
	return errs
}

func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is not in %q", p, text)
		}
	}
}

// keyFile makes a key and returns its public part and the file of the private one.
func keyFile(t *testing.T) (public, file string) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "key.txt")
	if err := os.WriteFile(file, []byte(id.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return id.Recipient().String(), file
}

func TestBackupDrillRestore(t *testing.T) {
	o := newOffice(t)
	o.event()
	contains(t, o.ok("backup"), "已备份并核对", "2 条记录", "ledger-20270310T013000Z.db")
	contains(t, o.ok("drill"), "演练相符", "0 天前", "备份 2 条记录", "台账 2 条记录")
	o.event("title=趣味运动会二")
	head := o.seqHash()
	contains(t, o.ok("--lang", "en", "verify", "--head", head), "verified", "agrees with 1 heads")
	backup := filepath.Join(filepath.Dir(o.path), "backups", "ledger-20270310T013000Z.db")
	o.refused(2, "示例社区\n", "restore", backup) // not a terminal
	o.refused(2, "", "restore")
	o.refused(1, "", "restore", backup+"x", "--yes")
	if o.seqHash() != head {
		t.Error("a refused restore changed something")
	}
	contains(t, o.ok("restore", backup, "--yes"), "已恢复", "2 条记录", ".replaced-20270310T013000Z")
	if len(o.list("activity")) != 1 {
		t.Error("not restored")
	}
	// The head of a sheet printed before the restore.
	errs := o.says(1, "verify", "--head", head)
	contains(t, errs, "的恢复（第4条）中被换掉", "taizhang: 核对发现")
	contains(t, o.ok("drill"), "演练相符")

	// To a new place, encrypted, with a forgotten folder.
	pub1, key1 := keyFile(t)
	pub2, _ := keyFile(t)
	_, stranger := keyFile(t)
	list := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(list, []byte("# the safe\n"+pub2+"\n\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "stick")
	m := decode[map[string]any](t, o.ok("backup", "--dir", dir, "--to", pub1, "--recipients", list, "--identity", key1, "--json"))
	if m["decrypted"] != true || len(m["recipients"].([]any)) != 2 || m["records"] != 2.0 || fmt.Sprint(m["removed"]) != "[]" {
		t.Errorf("%v", m)
	}
	sealed := m["path"].(string)
	to := filepath.Join(t.TempDir(), "far", "away", "new.db")
	o.refused(2, "", "restore", sealed, "--ledger", to, "--yes")
	o.refused(1, "", "restore", sealed, "--ledger", to, "--yes", "--identity", stranger)
	contains(t, o.ok("restore", sealed, "--ledger", to, "--yes", "--identity", key1), "已恢复")
	contains(t, o.ok("drill", "--ledger", to, "--dir", dir, "--identity", key1), "演练相符")
	if err := os.Chmod(key1, 0o644); err != nil {
		t.Fatal(err)
	}
	contains(t, o.refused(3, "", "drill", "--dir", dir, "--identity", key1), "chmod 600")

	// One key alone deserves a word.
	out, errs, code := o.runIn("", "backup", "--keep", "--to", pub1)
	if code != 0 || !strings.Contains(errs, "只加密给一把") || !strings.Contains(out, ".db.age") {
		t.Errorf("%d %q %q", code, out, errs)
	}
	for _, args := range [][]string{{"backup", "x"}, {"backup", "--to", "age1"}, {"drill", "x"},
		{"verify", "--head", "12"}, {"verify", "--head", "1:123"}, {"verify", "--head", "0:" + strings.Repeat("a", 16)}, {"verify", "--head", "1:" + strings.Repeat("a", 65)}} {
		o.refused(2, "", args...)
	}
	contains(t, o.says(1, "verify", "--head", "99："+strings.Repeat("A", 16)), "流水止于第4条（2027-03-10 09:30）")
}

// Backups go out of date, and drill says when the newest has.
func TestBackupAge(t *testing.T) {
	o := newOffice(t)
	run := func(at time.Time, args ...string) (out, errs string, code int) {
		var stdout, stderr bytes.Buffer
		code = command.Run(context.Background(), append(args, "--ledger", o.path, "--lang", "en"), command.Streams{
			In: strings.NewReader(""), Out: &stdout, Err: &stderr, Env: func(string) string { return "" }, Clock: func() time.Time { return at },
		})
		return stdout.String(), stderr.String(), code
	}
	for n := range 30 {
		if out, errs, code := run(now.AddDate(0, 0, n), "backup"); code != 0 || errs != "" {
			t.Fatal(out, errs)
		}
	}
	// 10 March … 8 April 2027: seven days, two Sundays and the last of March.
	found, err := filepath.Glob(filepath.Join(filepath.Dir(o.path), "backups", "*.db"))
	if err != nil || len(found) != 7+3+1 {
		t.Errorf("%d backups: %v", len(found), found)
	}
	at := now.AddDate(0, 0, 29)
	if out, errs, code := run(at.AddDate(0, 0, 35), "drill"); code != 0 || errs != "" {
		t.Error(out, errs)
	}
	out, errs, code := run(at.AddDate(0, 0, 36), "drill")
	if code != 0 || !strings.Contains(errs, "warning: the newest backup is 36 days old") || !strings.Contains(out, "agrees") {
		t.Error(code, out, errs)
	}
}

// Who may what; and a staff register that cannot be read stops nobody from
// verifying.
func TestWhoMayBackUp(t *testing.T) {
	o := newOffice(t)
	contains(t, o.ok("backup"), "已备份")
	backup := filepath.Join(filepath.Dir(o.path), "backups", "ledger-20270310T013000Z.db")
	rights := func(roles string) {
		t.Helper()
		o.ok("edit", "S-2027-0001", "roles="+roles)
	}
	o.ok("add", "staff", "name=李强", "login=liq", "roles=管理", "--reason", "换届")
	rights("录入")
	o.refused(7, "", "backup")
	o.refused(7, "", "drill")
	o.refused(7, "", "restore", backup, "--yes")
	o.ok("verify")
	change(t, o.path, func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte("record/staff"))
		k, _ := b.Cursor().First()
		return b.Put(bytes.Clone(k), []byte("\xff"))
	})
	contains(t, o.says(1, "verify"), "S-2027-0001")
}

// All that is wrong is named, not only the first.
func TestVerifyNamesAll(t *testing.T) {
	o := newOffice(t)
	for _, title := range []string{"甲活动名称", "乙活动名称", "丙活动名称"} {
		o.event("title=" + title)
	}
	b, err := os.ReadFile(o.path)
	if err != nil {
		t.Fatal(err)
	}
	b = bytes.ReplaceAll(b, []byte("甲活动名称"), []byte("申活动名称"))
	b = bytes.ReplaceAll(b, []byte("丙活动名称"), []byte("柄活动名称"))
	if err := os.WriteFile(o.path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	errs := o.says(1, "verify")
	contains(t, errs, "A-2027-0001 第1版", "A-2027-0003 第1版", "taizhang: 核对发现")
	if strings.Contains(errs, "A-2027-0002 第1版") {
		t.Error(errs)
	}
	// A copy of it is no backup, and the live one is what a backup replaces.
	contains(t, o.refused(1, "", "backup"), "没有保留")
}

// On a terminal the community's name has to be typed.
func TestRestoreAsks(t *testing.T) {
	o := newOffice(t)
	o.ok("backup")
	backup := filepath.Join(filepath.Dir(o.path), "backups", "ledger-20270310T013000Z.db")
	for _, c := range []struct {
		typed string
		code  int
	}{{"y\n", db.ExitUsage}, {"\n", db.ExitUsage}, {"示例社区\n", db.ExitDone}} {
		person, slave := ptytest.Open(t, 80, 24)
		if _, err := person.WriteString(c.typed); err != nil {
			t.Fatal(err)
		}
		var stdout, stderr bytes.Buffer
		code := command.Run(context.Background(), []string{"restore", backup, "--ledger", o.path}, command.Streams{
			In: slave, Out: &stdout, Err: &stderr, Env: func(string) string { return "" }, Clock: func() time.Time { return now },
		})
		if code != c.code {
			t.Errorf("%q: code %d; %s %s", c.typed, code, &stdout, &stderr)
		}
		contains(t, stderr.String(), "将取代台账", "请输入社区名称“示例社区”")
		kept, _ := filepath.Glob(o.path + ".replaced-*")
		if (len(kept) == 1) != (code == db.ExitDone) {
			t.Errorf("%q: %v", c.typed, kept)
		}
	}
}
