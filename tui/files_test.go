package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// Wherever a file is written, the person is told how to get it, and a short text
// goes to the clipboard of her own computer.
func TestFileIsFetched(t *testing.T) {
	led := dbtest.New(t)
	opt := optionsFor(t, led, model.ZH)
	opt.Fetch = func(path string) string { return "scp x@10.0.0.2:" + filepath.Base(path) + " ." }
	d := drive.Start(t, New(opt, cell.Narrow), 100, 30)
	d.Press("0").Expect("2026年3月").Type("=").Expect("还没有写出可以复制的文字文件")
	d.Press("ctrl+s").Expect("给谁看").Press("enter").Expect("写成什么文件").Type("3").Press("enter").Expect("已写好").Expect("scp x@10.0.0.2:summary-2026-03-20260308.md .").Expect("按 = 把内容复制")
	d.Type("＝").Expect("已送到剪贴板")
}

// What is copied is the file, clean, and nothing too long for a terminal.
func TestClip(t *testing.T) {
	s := testSession(t)
	file := filepath.Join(t.TempDir(), "a.md")
	if err := os.WriteFile(file, []byte("\uFEFF一二三\x1b]52;c;eA==\a"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.wroteFile(file)
	batch, ok := s.clip()().(tea.BatchMsg)
	if !ok {
		t.Fatal("nothing was copied")
	}
	if msg := batch[0](); fmt.Sprintf("%T", msg) != "tea.setClipboardMsg" || fmt.Sprint(msg) != "一二三]52;c;eA==" {
		t.Errorf("%T %v", msg, msg)
	}
	if err := os.WriteFile(file, []byte(strings.Repeat("长", mostClip/3+1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if msg, ok := s.clip()().(toastMsg); !ok || !msg.bad {
		t.Errorf("%v", msg)
	}
	s.wroteFile(filepath.Join(filepath.Dir(file), "a.xlsx"))
	if msg, ok := s.clip()().(toastMsg); !ok || !msg.bad {
		t.Errorf("%v", msg)
	}
}
