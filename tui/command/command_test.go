package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/tui/command"
)

// program is the real binary, built once; see TestMain.
var program string

func TestMain(m *testing.M) {
	if path := os.Getenv("COMMANDTEST_HOLD"); path != "" {
		os.Exit(hold(path))
	}
	dir, err := os.MkdirTemp("", "taizhang-command")
	if err != nil {
		panic(err)
	}
	program = filepath.Join(dir, "taizhang")
	build := exec.Command("go", "build", "-o", program, "../..")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
		_ = os.RemoveAll(dir)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// hold keeps a ledger locked until its input ends.
func hold(path string) int {
	f, err := os.Open(path)
	if err != nil || syscall.Flock(int(f.Fd()), syscall.LOCK_EX) != nil {
		return 1
	}
	fmt.Println("held")
	_, _ = os.Stdin.Read(make([]byte, 1))
	return 0
}

// now is a Wednesday morning in Beijing, the day of the examples in domain.md §7.
var now = time.Date(2027, 3, 10, 1, 30, 0, 0, time.UTC)

// office runs commands on a ledger of its own.
type office struct {
	t    *testing.T
	path string
	env  map[string]string

	schema *model.Schema // nil: the program's own
}

// newOffice creates a ledger whose administrator, S-2027-0001, is 赵主任.
func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, path: filepath.Join(t.TempDir(), "ledger.db"), env: map[string]string{}}
	o.ok("init", "--name", "示例社区", "--admin", "赵主任")
	return o
}

// runIn runs a command line in process.
func (o *office) runIn(in string, args ...string) (out, errs string, code int) {
	var stdout, stderr bytes.Buffer
	env := maps.Clone(o.env)
	env["TAIZHANG_LEDGER"] = o.path
	code = command.Run(context.Background(), args, command.Streams{
		In: strings.NewReader(in), Out: &stdout, Err: &stderr,
		Env: func(k string) string { return env[k] }, Clock: func() time.Time { return now }, Schema: o.schema,
	})
	return stdout.String(), stderr.String(), code
}

// ok runs a command that must do its work and returns what it said. It may ask
// about something, see TestDoubts, and otherwise is silent.
func (o *office) ok(args ...string) string { o.t.Helper(); return o.okIn("", args...) }

func (o *office) okIn(in string, args ...string) string {
	o.t.Helper()
	out, errs, code := o.runIn(in, args...)
	for _, line := range strings.SplitAfter(errs, "\n") {
		if strings.HasPrefix(line, "请核对") || strings.HasPrefix(line, "please check") {
			errs = strings.Replace(errs, line, "", 1)
		}
	}
	if code != 0 || errs != "" {
		o.t.Fatalf("%q: code %d, stderr %.300q", args, code, errs)
	}
	return strings.TrimSuffix(out, "\n")
}

// refused runs a command that must end with the code and say why on one line.
func (o *office) refused(code int, in string, args ...string) string {
	o.t.Helper()
	out, errs, got := o.runIn(in, args...)
	if got != code || out != "" {
		o.t.Errorf("%.80q: code %d, want %d; stdout %.80q, stderr %.300q", args, got, code, out, errs)
	}
	if !strings.HasPrefix(errs, "taizhang: ") || strings.Count(errs, "\n") != 1 || !strings.HasSuffix(errs, "\n") {
		o.t.Errorf("%.80q: not one line: %.300q", args, errs)
	}
	return errs
}

// head is the state of the whole ledger: its counts and the hash of its journal.
func (o *office) head() string { o.t.Helper(); return o.ok("verify") }

// event enters an activity.
func (o *office) event(pairs ...string) string {
	o.t.Helper()
	for _, p := range []string{"date=2027-03-08", "title=趣味运动会", "lines=文体", "venue=文化广场", "attend_total=86"} {
		key, _, _ := strings.Cut(p, "=")
		if !slices.ContainsFunc(pairs, func(q string) bool { return strings.HasPrefix(q, key+"=") }) {
			pairs = append(pairs, p)
		}
	}
	return o.ok(append([]string{"add", "activity"}, pairs...)...)
}

// record is a record as list and show write it.
type record struct {
	ID       string         `json:"id"`
	Register string         `json:"register"`
	Version  int            `json:"version"`
	Values   map[string]any `json:"values"`
	History  []struct {
		Version        int
		At, By, Action string
		Reason         string
		Fields         []string
		Values         map[string]any
		State          string
	}
	State string
}

func (o *office) list(args ...string) []record {
	o.t.Helper()
	return decode[[]record](o.t, o.ok(append([]string{"list", "--format", "json"}, args...)...))
}

func (o *office) show(id string) record {
	o.t.Helper()
	return decode[record](o.t, o.ok("show", id, "--format", "json"))
}

func decode[T any](t *testing.T, text string) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	return v
}

// same compares after JSON, where numbers are float64.
func same(t *testing.T, what string, got any, want string) {
	t.Helper()
	if w := decode[any](t, want); !reflect.DeepEqual(got, w) {
		g, _ := json.Marshal(got)
		t.Errorf("%s:\n got %s\nwant %s", what, g, want)
	}
}

func TestInit(t *testing.T) {
	o := &office{t: t, path: filepath.Join(t.TempDir(), "a", "b", "ledger.db"), env: map[string]string{}}
	if out := o.ok("init", "--ledger", o.path, "--name", "  和平社区 ", "--lang", "en"); !strings.Contains(out, "(和平社区)") {
		t.Errorf("%q", out)
	}
	for _, f := range []string{o.path, filepath.Dir(o.path)} {
		if info, err := os.Stat(f); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", f, info.Mode(), err)
		}
	}
	// The ledger's own language holds where nobody names one.
	if line := o.refused(2, "", "list", "nosuch"); !strings.Contains(line, "no register") {
		t.Error(line)
	}
	if line := o.refused(2, "", "list", "nosuch", "--lang=zh"); !strings.Contains(line, "没有") {
		t.Error(line)
	}
	if line := o.refused(1, "", "init", "--name", "又一个"); !strings.Contains(line, "exists") && !strings.Contains(line, "已存在") {
		t.Error(line)
	}
	for _, args := range [][]string{
		{}, {"--name", ""}, {"--name", "  "}, {"--name", strings.Repeat("名", 61)}, {"--name", "a\nb"}, {"--name", "a\x1b[31m"},
		{"--name", "a\xff"}, {"--name", "a", "extra"}, {"--name", "a", "--admin", strings.Repeat("名", 41)}, {"--name", "a", "--lang", "fr"},
	} {
		p := filepath.Join(t.TempDir(), "l.db")
		o.refused(2, "", append([]string{"init", "--ledger", p}, args...)...)
		if _, err := os.Lstat(p); err == nil {
			t.Errorf("%q made a file", args)
		}
	}
}

// The language: --lang, then the environment where it names one of ours, then
// the ledger's.
func TestLanguage(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct{ all, messages, lang, flag, want string }{
		{"", "", "", "", "没有"}, {"", "", "C", "", "没有"}, {"", "", "de_DE.UTF-8", "", "没有"}, {"", "", "zh_CN.UTF-8", "", "没有"},
		{"", "", "en_US.UTF-8", "", "no register"}, {"", "en_GB", "zh_CN", "", "no register"}, {"zh_CN", "en_GB", "en_GB", "", "没有"},
		{"C", "", "en_US", "", "没有"}, {"zh_CN", "", "", "en", "no register"}, {"en_US", "", "", "zh", "没有"},
	} {
		o.env = map[string]string{"LC_ALL": c.all, "LC_MESSAGES": c.messages, "LANG": c.lang}
		args := []string{"list", "nosuch"}
		if c.flag != "" {
			args = append(args, "--lang", c.flag)
		}
		if line := o.refused(2, "", args...); !strings.Contains(line, c.want) {
			t.Errorf("%+v: %s", c, line)
		}
	}
}

// Help in both languages mentions every command, and every command has some.
func TestHelp(t *testing.T) {
	o := newOffice(t)
	commands := []string{"add", "bin", "completion", "delete", "demo", "edit", "export", "fields", "figures", "help", "init", "list",
		"redo", "report", "show", "undelete", "undo", "verify", "void"}
	han := regexp.MustCompile(`\p{Han}`)
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z]+) +\S`).FindAllStringSubmatch(o.ok("--help"), -1) { // and whatever is new
		if m[1] != "taizhang" && !slices.Contains(commands, m[1]) {
			commands = append(commands, m[1])
		}
	}
	for _, l := range []string{"zh", "en"} {
		for _, args := range [][]string{{"--help"}, {"help"}} {
			out := o.ok(append(args, "--lang", l)...)
			for _, c := range commands {
				if !regexp.MustCompile(`(?m)^  ` + c + `\s+\S`).MatchString(out) {
					t.Errorf("%s %q lacks %s:\n%s", l, args, c, out)
				}
			}
			for _, opt := range []string{"--ledger", "--lang"} {
				if !strings.Contains(out, opt) {
					t.Errorf("%s lacks %s", l, opt)
				}
			}
		}
		for _, c := range commands {
			out := o.ok(c, "--help", "--lang", l)
			first, _, _ := strings.Cut(out, "\n")
			if han.MatchString(first) != (l == "zh") {
				t.Errorf("%s --help in %s begins %q", c, l, first)
			}
			if about := o.ok("help", c, "--lang", l); about != out {
				t.Errorf("help %s differs from %s --help in %s", c, c, l)
			}
			if l == "zh" && (strings.Contains(out, "[flags]") || strings.Contains(out, "Usage")) {
				t.Errorf("English in %s --help:\n%s", c, out)
			}
		}
		o.refused(2, "", "help", "nosuch", "--lang", l)
		o.refused(2, "", "completion", "nosuch", "--lang", l)
		o.refused(2, "", "nosuch", "--lang", l)
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if out := o.ok("completion", shell); !strings.Contains(out, "taizhang") {
			t.Errorf("completion %s: %.80q", shell, out)
		}
	}
}

// Every register and field goes by its Chinese and its English name.
func TestNames(t *testing.T) {
	o := newOffice(t)
	registers := strings.Split(o.ok("fields"), "\n")[1:]
	if len(registers) < 16 {
		t.Errorf("%d registers", len(registers))
	}
	for _, line := range registers {
		w := strings.Fields(line)
		byKey := o.ok("fields", w[0])
		if byZH := o.ok("fields", w[1]); byZH != byKey {
			t.Errorf("%s is not %s", w[1], w[0])
		}
		for _, want := range []string{"key", "note", "备注"} {
			if !strings.Contains(byKey, want) {
				t.Errorf("fields %s lacks %s", w[0], want)
			}
		}
		if got := o.list(w[1]); len(got) > 1 {
			t.Errorf("%s: %d records", w[1], len(got))
		}
	}
	o.refused(2, "", "fields", "nosuch")
	o.refused(2, "", "fields", "activity", "extra")
	id := o.ok("add", "活动", "日期=昨", "名称=茶话会", "工作条线=党建、文体", "场地＝多功能厅", "人数=１２人", "负责人=赵主任")
	same(t, "named in Chinese", any(o.show(id).Values), `{"date":"2027-03-09","title":"茶话会","lines":["党建","文体"],"venue":"多功能厅",
		"attend_total":12,"owner":"S-2027-0001","recorder":"S-2027-0001","role":"主办","level":"社区","held":"已举办"}`)
}

func toJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
