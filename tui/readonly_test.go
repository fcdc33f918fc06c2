package tui

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
)

// A ledger that cannot be written to says so on every screen for as long as it
// is so; saving is refused in words, and what was typed stays in the form.
func TestReadOnlyIsShown(t *testing.T) {
	const mark = "[只读，不能保存]"
	for _, c := range []struct {
		name  string
		spoil func(t *testing.T, path string)
		why   string // on the home screen and when saving
		mend  func(t *testing.T, path string)
	}{
		{"newer program", func(t *testing.T, path string) { setMinWriter(t, path, "99") }, "请升级本程序", func(t *testing.T, path string) { setMinWriter(t, path, "2") }},
		{"file system", func(t *testing.T, path string) { remount(t, path, syscall.MS_RDONLY) }, "仍可查看", func(t *testing.T, path string) { remount(t, path, 0) }},
		{"damage", func(t *testing.T, path string) { damageText(t, path, "每天开放") }, "台账文件损坏", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			led := onDisk(t)
			id := add(t, led, "activity", "title", "邻里节", "lines", "文体", "venue", "广场", "attend_total", "30")
			hall := add(t, led, "venue", "name", "甲厅", "category", "室内", "hours", "每天开放")
			d := login(t, led, model.ZH, 80, 24)
			d.Expect("本月").ExpectNot(mark).Press("1").Expect("邻里节").Press("enter").Expect("第1版").Press("enter").Expect("*名称").Press("enter", "enter", "enter").Type("（春）")
			c.spoil(t, led.Path())
			if _, err := led.Get(context.Background(), hall); c.name == "damage" && err == nil {
				t.Fatal("damage was not met")
			}
			d.Expect(mark).Press("ctrl+s").Expect(c.why).CursorAfter("邻里节（春）")
			d.Press("esc").Expect("草稿没能存下").Press("esc").ExpectNot("草稿没能存下").CursorAfter("邻里节（春）").Expect(mark)
			if r, err := led.Get(context.Background(), id); err != nil || r.Version != 1 {
				t.Errorf("%v, %v", r, err)
			}
			if c.mend != nil {
				c.mend(t, led.Path())
				d.ExpectNot(mark).Press("ctrl+s").Expect("已保存 " + id).Expect("第2版")
				return
			}
			d.Press("esc").Expect("草稿没能存下").Press("enter").Expect("第1版").Expect(mark).Press("esc").Press("esc").Expect("本月").Expect(mark).Expect(c.why)
		})
	}
}

// A file that its owner may only read, in a process of its own.
func TestReadOnlyFileIsShown(t *testing.T) {
	led := dbtest.New(t)
	var env []string
	if os.Geteuid() == 0 { // whom nothing is read-only to
		const nobody = 65534
		for _, p := range []string{led.Path(), led.Path() + ".queue", filepath.Dir(led.Path()), filepath.Dir(filepath.Dir(led.Path()))} {
			if err := os.Chown(p, nobody, nobody); err != nil {
				t.Skip(err)
			}
		}
		env = append(env, runAs+"="+strconv.Itoa(nobody))
	}
	if err := os.Chmod(led.Path(), 0o400); err != nil {
		t.Fatal(err)
	}
	c := startProcess(t, led.Path(), env...)
	c.expect(t, "[只读，不能保存]")
	c.expect(t, "是只读的")
	c.typed(t, "1")
	c.expect(t, "没有记录")
	c.typed(t, "\x0e")
	c.expect(t, "仍可查看")
	if err := os.Chmod(led.Path(), 0o600); err != nil {
		t.Fatal(err)
	}
	time.Sleep(1500 * time.Millisecond) // whether it can be written is looked at every second
	c.typed(t, "\x0e")
	c.expect(t, "*名称")
	c.typed(t, "\r\r\r春节慰问演出")
	waitFor(t, "a draft, now that it can be written", func() bool {
		b, err := os.ReadFile(led.Path())
		return err == nil && bytes.Contains(b, []byte("春节慰问演出"))
	})
}

// A message that is longer than a line is shown whole, and nothing is wider
// than the window.
func TestLongMessage(t *testing.T) {
	led := dbtest.New(t)
	for _, l := range []model.Lang{model.ZH, model.EN} {
		for _, size := range [][2]int{{60, 16}, {80, 24}} {
			a := New(optionsFor(t, led, l), cell.Narrow)
			a.w, a.h = size[0], size[1]
			text := model.W(strings.Repeat("没有写入任何内容，", 11)+"完。", strings.Repeat("nothing was written, ", 8)+"end.")
			a.show(toastMsg{text: text, bad: true})
			a.s.readOnly = text
			content := a.View().Content
			lines := strings.Split(content, "\n")
			if len(lines) != size[1] || !strings.Contains(lines[len(lines)-1], map[model.Lang]string{model.ZH: "完。", model.EN: "end."}[l]) {
				t.Errorf("%s %v:\n%s", l, size, content)
			}
			for _, line := range lines {
				if w := cell.Narrow.Width(line); w > size[0] {
					t.Errorf("%s %v: %d cells: %s", l, size, w, line)
				}
			}
		}
	}
}

// onDisk is a ledger on a file system of its own, where one can be made.
func onDisk(t *testing.T) *db.Ledger {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "mode=0700,size=4m"); err == nil {
		t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	}
	clock := dbtest.NewClock(dbtest.Start)
	path := filepath.Join(dir, "ledger.db")
	if err := db.Init(path, db.InitOptions{Name: "示例社区", Login: dbtest.Login, FullName: "张敏", Clock: clock.Now}); err != nil {
		t.Fatal(err)
	}
	return dbtest.Open(t, path, clock)
}

func remount(t *testing.T, path string, how uintptr) {
	t.Helper()
	if err := syscall.Mount("", filepath.Dir(path), "", syscall.MS_REMOUNT|how, ""); err != nil {
		t.Skipf("cannot mount a file system here: %v", err)
	}
}

func setMinWriter(t *testing.T, path, to string) {
	t.Helper()
	b, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("min_writer"), []byte(to)) }); err != nil {
		t.Fatal(err)
	}
}

// damageText changes a byte of a text in the file.
func damageText(t *testing.T, path, text string) {
	t.Helper()
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	bad := bytes.ReplaceAll(good, []byte(text), []byte(strings.Replace(text, "每", "毎", 1)))
	if bytes.Equal(good, bad) {
		t.Fatal("nothing to damage")
	}
	if err := os.WriteFile(path, bad, 0o600); err != nil {
		t.Fatal(err)
	}
}
