package command_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"os/user"
	"strings"
	"testing"

	"taizhang/db/dbtest"
	"taizhang/model"
)

// refusedFor is refused with a word of the sentence.
func (o *office) refusedFor(word string, code int, args ...string) {
	o.t.Helper()
	if errs := o.refused(code, "", args...); !strings.Contains(errs, word) {
		o.t.Errorf("%.80q: %q, not %q", args, errs, word)
	}
}

// What the command line offers to each role in each state is what the matrix
// says, and what it does not offer it refuses, with code 7 for the role.
func TestStepsOfEachRole(t *testing.T) {
	o := newOffice(t)
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	c := dbtest.NewChain(t, o.path, me.Username, dbtest.NewClock(now))
	denied := 0
	c.CheckSteps("S-2027-0001", false, func(role model.Role, id string) (open []string) {
		type offer struct {
			Step string
			May  bool
			Why  string `json:"why_not"`
		}
		for _, of := range decode[[]offer](t, o.ok("disclosure", "steps", id, "--json")) {
			if of.May {
				open = append(open, of.Step)
				continue
			}
			if of.Why == "" {
				t.Errorf("%s %s: no reason", role, of.Step)
			}
			_, errs, code := o.runIn("", "disclosure", "step", id, of.Step, "--reason", "试试看能不能办")
			if code != 7 && code != 6 || !strings.Contains(errs, "没有") {
				t.Errorf("%s %s: %d %s", role, of.Step, code, errs)
			}
			if code == 7 {
				denied++
			}
		}
		return open
	})
	if denied < 200 {
		t.Errorf("only %d refusals by role", denied)
	}
}

// A disclosure through its steps by the commands, with the codes of the manual.
func TestStepsByCommand(t *testing.T) {
	o := newOffice(t)
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	c := dbtest.NewChain(t, o.path, me.Username, dbtest.NewClock(now))
	c.SetRoles("S-2027-0001", model.Reviewer)
	id := c.Issues[model.IssueToReview]
	o.refusedFor("看到的版本", 2, "disclosure", "step", id, "通过", "未涉密=是", "已脱敏=是", "必要=是", "准确=是")
	o.refusedFor("准确", 2, "disclosure", "step", id, "通过", "--version", "2", "未涉密=是", "已脱敏=是", "必要=是")
	o.refusedFor("不是“通过”这一步要填的", 2, "disclosure", "step", id, "通过", "--version", "2", "归档号=1", "未涉密=是", "已脱敏=是", "必要=是", "准确=是")
	o.refused(6, "", "disclosure", "step", id, "pass", "--version", "1", "chk_secret=是", "chk_masked=是", "chk_need=是", "chk_accurate=是")
	o.refusedFor("审批权限", 7, "disclosure", "step", id, "批准", "--version", "2")
	o.refusedFor("没有步骤", 2, "disclosure", "step", id, "nosuch")
	o.refusedFor("步骤填写", 2, "edit", id, "状态=公开中")
	if out := o.ok("disclosure", "step", id, "通过", "--version", "2", "未涉密=是", "已脱敏=是", "必要=是", "准确=是"); !strings.Contains(out, "第3版") {
		t.Error(out)
	}
	for lang, want := range map[string][2]string{"zh": {"签署记录", "送审 "}, "en": {"Signatures", "Submit "}} {
		out := o.ok("--lang", lang, "show", id)
		if _, sheet, _ := strings.Cut(out, want[0]); !strings.Contains(sheet, want[1]) || strings.Contains(sheet, "submit") || !strings.Contains(out, "  "+want[1]) {
			t.Errorf("%s: keys of steps among the words:\n%s", lang, out)
		}
	}
	out := o.ok("disclosure", "steps", id)
	if !strings.Contains(out, "待居监委") || !strings.Contains(out, "赵主任") || !strings.Contains(out, "不能") {
		t.Error(out)
	}
	c.SetRoles("S-2027-0001", model.Clerk)
	posted := c.Issues[model.IssuePosted]
	o.refusedFor("请用“更正”", 2, "edit", posted, "公开内容=改")
	if out := o.ok("disclosure", "step", posted, "更正", "--reason", "次数写错了"); !strings.Contains(out, "→ D-") {
		t.Error(out)
	}
	if out := o.ok("show", posted); !strings.Contains(out, "召开会议3次。") || !strings.Contains(out, "已更正") {
		t.Error(out)
	}
	for i, told := range []bool{true, false} { // the first change takes it back to the draft
		body := "公开内容=召开会议" + []string{"4", "5"}[i] + "次。"
		if _, errs, code := o.runIn("", "edit", id, body); code != 0 || strings.Contains(errs, "重新送审") != told {
			t.Errorf("%s: %d %s", body, code, errs)
		}
	}
}

// Roles that decide are given by two; whose key it is, sshd learns only without
// doubt.
func TestStaffCommands(t *testing.T) {
	o := newOffice(t)
	o.refusedFor("要写明原因", 1, "staff", "add", "姓名=李静", "登录名=lij", "权限=录入、审核")
	o.ok("staff", "add", "姓名=李静", "登录名=lij", "权限=录入、管理", "--reason", "换届")
	out, errs, code := o.runIn("", "staff", "role", "S-2027-0002", "录入、管理、审批")
	if code != 0 || !strings.Contains(errs, "确认后生效") || strings.Contains(out, "审批") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	o.refusedFor("另一名管理员确认", 7, "staff", "confirm", "S-2027-0002")
	type member struct {
		ID       string
		Roles    []string
		Waiting  []string `json:"roles_to_confirm"`
		Disabled bool
	}
	list := func() []member { return decode[[]member](t, o.ok("staff", "list", "--json")) }
	if got := list(); len(got) != 2 || len(got[1].Waiting) != 1 || got[1].Waiting[0] != "审批" {
		t.Errorf("%+v", got)
	}
	o.ok("staff", "decline", "S-2027-0002", "--reason", "先不加")
	if got := list(); len(got[1].Waiting) != 0 || len(got[1].Roles) != 2 {
		t.Errorf("%+v", got)
	}
	o.refusedFor("没有待确认", 6, "staff", "confirm", "S-2027-0002")
	o.refusedFor("不是工作人员的编号", 2, "staff", "disable", "A-2027-0001")

	blob := make([]byte, 51)
	if _, err := rand.Read(blob); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(blob)
	key, print := base64.StdEncoding.EncodeToString(blob), "SHA256:"+base64.RawStdEncoding.EncodeToString(sum[:])
	nothing := func(why string, args ...string) {
		t.Helper()
		out, errs, code := o.runIn("", append([]string{"keys", "taizhang"}, args...)...)
		if out != "" || code != 0 || errs != "" {
			t.Errorf("%s: %q %q %d", why, out, errs, code)
		}
	}
	nothing("unknown", print, "ssh-ed25519", key)
	o.refusedFor("不是指纹", 2, "edit", "S-2027-0002", "keys=abc")
	o.ok("edit", "S-2027-0002", "keys="+print+" 窗口")
	o.refusedFor("已登记在 S-2027-0002", 2, "edit", "S-2027-0001", "keys="+print)
	line := o.ok("keys", "taizhang", print, "ssh-ed25519", key)
	if !strings.HasPrefix(line, `restrict,pty,command="/`) || !strings.Contains(line, " --staff=lij\" ssh-ed25519 "+key) || strings.Contains(strings.TrimSpace(line), "\n") {
		t.Error(line)
	}
	nothing("the key is another", print, "ssh-ed25519", base64.StdEncoding.EncodeToString(blob[1:]))
	nothing("an odd type", print, `x" evil`, key)
	o.ok("staff", "disable", "S-2027-0002", "--reason", "调离")
	nothing("disabled", print, "ssh-ed25519", key)
	o.ok("staff", "enable", "S-2027-0002")
	o.ok("edit", "S-2027-0002", `login=li"j`)
	nothing("an odd login", print, "ssh-ed25519", key)
	o.ok("edit", "S-2027-0002", "login=lij")
	o.path += ".gone"
	nothing("no ledger", print, "ssh-ed25519", key)
}
