package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/tui/command"
)

// binOffice runs commands on a ledger of its own, by a clock of its own.
type binOffice struct {
	t    *testing.T
	path string
	now  time.Time
}

func newBinOffice(t *testing.T) *binOffice {
	o := &binOffice{t, filepath.Join(t.TempDir(), "ledger.db"), time.Date(2027, 3, 10, 1, 30, 0, 0, time.UTC)}
	o.does("init", "--name", "示例社区", "--admin", "赵主任")
	return o
}

func (o *binOffice) run(args ...string) (out, errs string, code int) {
	var stdout, stderr bytes.Buffer
	code = command.Run(context.Background(), append([]string{"--ledger", o.path}, args...), command.Streams{
		In: strings.NewReader(""), Out: &stdout, Err: &stderr,
		Env: func(string) string { return "" }, Clock: func() time.Time { return o.now },
	})
	return stdout.String(), stderr.String(), code
}

// does runs a command that must succeed and returns what it said.
func (o *binOffice) does(args ...string) string {
	o.t.Helper()
	out, errs, code := o.run(args...)
	if code != 0 || errs != "" {
		o.t.Fatalf("%q: exit %d, %s", args, code, errs)
	}
	return strings.TrimSpace(out)
}

// fails runs a command that must end with the code and say so.
func (o *binOffice) fails(code int, says string, args ...string) {
	o.t.Helper()
	out, errs, got := o.run(args...)
	if got != code || out != "" || !strings.Contains(errs, says) || strings.Count(errs, "\n") != 1 {
		o.t.Errorf("%q: exit %d, want %d; %q %q", args, got, code, out, errs)
	}
}

// has looks for words in what a command says.
func (o *binOffice) has(want bool, words string, args ...string) {
	o.t.Helper()
	if out := o.does(args...); strings.Contains(out, words) != want {
		o.t.Errorf("%q: %q in it: %v\n%s", args, words, !want, out)
	}
}

func (o *binOffice) event(title string, attend int) string {
	o.t.Helper()
	return o.does("add", "activity", "date=2027-03-08", "title="+title, "lines=文体", "venue=文化广场", fmt.Sprint("attend_total=", attend))
}

func TestDeleteAndUndelete(t *testing.T) {
	o := newBinOffice(t)
	o.event("趣味运动会", 86)
	id := o.event("义诊", 1321)
	figures := o.does("figures", "--period", "2027")
	if !strings.Contains(figures, "1407") && !strings.Contains(figures, "1,407") {
		t.Errorf("the figures do not count both:\n%s", figures)
	}
	o.fails(6, "第1版", "delete", id, "--version", "7")
	o.fails(2, "--version", "delete", id, "--version", "0")
	o.fails(2, "不是编号", "delete", "义诊")
	o.fails(1, "没有编号", "delete", "A-2027-0099")
	o.fails(2, "taizhang delete", "delete")
	o.fails(1, "没有删除", "undelete", id)

	if got := o.does("delete", strings.ToLower(id), "--version", "1"); got != id {
		t.Errorf("said %q", got)
	}
	o.has(false, "义诊", "list", "activity")
	o.has(false, "义诊", "list", "activity", "--search", "义诊")
	o.has(true, "义诊", "show", id)
	o.has(true, "已删除", "show", id)
	if after := o.does("figures", "--period", "2027"); strings.Contains(after, "407") {
		t.Errorf("deleted, and still in the figures:\n%s", after)
	}
	o.fails(1, "已删除", "edit", id, "title=x")
	o.has(true, "赵主任", "bin")
	o.has(true, "90", "bin")
	o.has(true, "Days left", "--lang", "en", "bin")
	var b struct {
		ID, Register, Title, By, At string
		Version                     int
		Left                        int `json:"days_left"`
	}
	if err := json.Unmarshal([]byte(o.does("bin", "--format", "json")), &b); err != nil {
		t.Fatal(err)
	}
	if b.ID != id || b.Register != "activity" || b.Title != "义诊" || b.By != "S-2027-0001" || b.At != "2027-03-10T09:30:00.000+08:00" || b.Version != 2 || b.Left != 90 {
		t.Errorf("%+v", b)
	}
	o.fails(2, "--format", "bin", "--format", "xml")
	o.fails(2, "", "bin", "more")

	o.now = o.now.AddDate(0, 0, 89)
	o.fails(6, "", "undelete", id, "--version", "1")
	if got := o.does("undelete", id, "--version", "2"); got != id {
		t.Errorf("said %q", got)
	}
	if got := o.does("figures", "--period", "2027"); got != figures {
		t.Errorf("restored, and the figures differ:\n%s", got)
	}
	o.does("delete", id)
	o.now = o.now.AddDate(0, 0, 91)
	o.fails(1, "超过90天", "undelete", id)
	o.has(false, id, "bin")
	o.has(true, id, "bin", "--all")
	o.has(true, "核对无误", "verify")
}

func TestUndoCommand(t *testing.T) {
	o := newBinOffice(t)
	o.fails(2, "taizhang undo", "undo", "everything")
	id := o.event("义诊", 40)
	o.does("edit", id, "attend_total=50")
	steps := []struct{ command, says, shows string }{
		{"undo", "已撤销：修改 " + id + " 义诊", " 40\n"},
		{"undo", "已撤销：录入 " + id + " 义诊", "已删除"},
		{"redo", "已重做：录入 " + id + " 义诊", " 40\n"},
		{"redo", "已重做：修改 " + id + " 义诊", " 50\n"},
	}
	for _, s := range steps {
		if got := o.does(s.command); got != s.says {
			t.Errorf("%s said %q, want %q", s.command, got, s.says)
		}
		o.has(true, s.shows, "show", id)
	}
	o.fails(1, "没有可以重做的", "redo")
	if got := o.does("--lang", "en", "undo"); got != "undone: changed "+id+" 义诊" {
		t.Errorf("said %q", got)
	}
	o.does("delete", id)
	o.fails(1, "您又有改动", "redo")
	if got := o.does("undo"); got != "已撤销：删除 "+id+" 义诊" {
		t.Errorf("said %q", got)
	}
	o.has(true, "undo ", "show", id)
	o.has(true, "核对无误", "verify")
}

// A ledger in which nothing of mine can be undone says so.
func TestUndoOfNothing(t *testing.T) {
	o := newBinOffice(t)
	o.fails(1, "没有可以撤销的", "undo") // all there is: the first administrator
	o.fails(1, "没有可以重做的", "redo")
	o.fails(2, "S-2027-0001", "edit", "S-2027-0001", "disabled=是")
	o.fails(2, "管理员", "void", "S-2027-0001", "--reason", "错")
}
