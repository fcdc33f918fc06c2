package command_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	bolt "go.etcd.io/bbolt"
)

// Whatever is typed wrongly ends with code 2 and one line that names the field,
// in the language chosen, and stores nothing.
func TestBadInput(t *testing.T) {
	o := newOffice(t)
	for range 2 {
		o.ok("add", "person", "name=张伟", "birth=1950-01-01")
	}
	id := o.event()
	before := o.head()
	add := func(pairs ...string) []string {
		all := []string{"add", "activity"}
		for _, p := range []string{"date=2027-03-08", "title=t", "lines=文体", "venue=v", "attend_total=1"} {
			key, _, _ := strings.Cut(p, "=")
			if !strings.Contains("\n"+strings.Join(pairs, "\n"), "\n"+key+"=") {
				all = append(all, p)
			}
		}
		return append(all, pairs...)
	}
	visit := func(pairs ...string) []string {
		return append([]string{"add", "visit", "household=x", "occasion=日常走访"}, pairs...)
	}
	person := []string{"add", "person", "name=李四"}
	out := filepath.Join(t.TempDir(), "o")
	cases := []struct {
		in     string
		args   []string
		zh, en string // what the line must hold
	}{
		{"", []string{"add", "nosuch", "a=b"}, "“nosuch”", `"nosuch"`},
		{"", []string{"nosuch"}, "“nosuch”", `"nosuch"`},
		{"", []string{"add", "activity"}, "用法", "usage"},
		{"", []string{"add"}, "用法", "usage"},
		{"", []string{"list"}, "用法", "usage"},
		{"", []string{"list", "activity", "--nosuch"}, "--nosuch", "--nosuch"},
		{"", []string{"list", "activity", "--limit", "x"}, "--limit", "--limit"},
		{"", []string{"list", "activity", "--limit", "-1"}, "--limit", "--limit"},
		{"", []string{"list", "activity", "--format", "xml"}, "--format", "--format"},
		{"", []string{"list", "activity", "--period", "2026-13"}, "13月", "13"},
		{"", []string{"list", "activity", "--from", "0230"}, "--from", "--from"},
		{"", []string{"list", "activity", "--from", "2027-02-01", "--to", "2027-01-01"}, "颠倒", "before"},
		{"", []string{"list", "activity", "--where", "title"}, "title", "title"},
		{"", []string{"list", "activity", "--where", "nosuch=1"}, "nosuch", "nosuch"},
		{"", []string{"list", "activity", "--where", "lines=nosuch"}, "条线（lines）", "Lines of work (lines)"},
		{"", []string{"list", "person", "--where", "age=80"}, "年龄", "Age"},
		{"", []string{"list", "opinion", "--where", "person=张"}, "意见人", "From"},
		{"", []string{"list", "activity", "--ledger", ""}, "--ledger", "--ledger"},
		{"", []string{"figures"}, "--period", "--period"},
		{"", []string{"figures", "--period", "x"}, "“x”", `"x"`},
		{"", []string{"report", "nosuch", "--period", "2026", "--format", "md", "--audience", "public", "--out", out}, "nosuch", "nosuch"},
		{"", []string{"export", "activity", "--format", "csv", "--out", out}, "--audience", "--audience"},
		{"", []string{"export", "activity", "--format", "csv", "--audience", "nobody", "--out", out}, "nobody", "nobody"},
		{"", []string{"export", "activity", "--format", "doc", "--audience", "public", "--out", out}, "--format", "--format"},
		{"", []string{"export", "activity", "--format", "csv", "--audience", "public"}, "--out", "--out"},
		{"", []string{"export", "activity", "--format", "csv", "--audience", "public", "--out", "-"}, "--out", "--out"},
		{"", []string{"export", "activity", "--format", "csv", "--audience", "public", "--out", out + "\x1b[31m"}, "--out", "--out"},
		{"", []string{"demo", "--no-ui", "--scale", "-1", "--ledger", out}, "--scale", "--scale"},
		{"", []string{"demo", "--no-ui", "--scale", "9999999999", "--ledger", out}, "--scale", "--scale"},

		{"", add("nosuch=1"), "nosuch", "nosuch"},
		{"", add("title"), "title", "title"},
		{"", add("=x"), "=x", "=x"},
		{"", add("lines=nosuch"), "条线（lines）", "Lines of work (lines)"},
		{"", add("role=nosuch"), "我方角色（role）", "Our role (role)"},
		{"", add("level=x"), "级别（level）", "Level (level)"},
		{"", visit("person=P-2027-0001", "cats_then=db"), "当时类别（cats_then）", "Category then (cats_then)"}, // 低边 and 大病
		{"", add("date=2027-02-30"), "日期（date）", "Date (date)"},
		{"", add("date=0230"), "日期（date）", "Date (date)"},
		{"", add("date=1899-12-31"), "日期（date）", "Date (date)"},
		{"", add("date=2101-01-01"), "日期（date）", "Date (date)"},
		{"", add("attend_total=-1"), "人次（attend_total）", "Attendances (attend_total)"},
		{"", add("attend_total=1.5"), "人次（attend_total）", "Attendances (attend_total)"},
		{"", add("attend_total=99999999999999999999"), "人次（attend_total）", "Attendances (attend_total)"},
		{"", add("attend_youth=2"), "青少年人次（attend_youth）", "Youth (attend_youth)"},
		{"", add("cost=-1", "cost_source=办公经费"), "经费（cost）", "Cost (cost)"},
		{"", add("cost=0.001", "cost_source=办公经费"), "经费（cost）", "Cost (cost)"},
		{"", add("cost=1"), "经费来源（cost_source）", "Source of funds (cost_source)"},
		{"", add("time_from=25:00"), "开始时间（time_from）", "Time from (time_from)"},
		{"", add("time_from=10:00", "time_to=9:00"), "结束时间（time_to）", "Time to (time_to)"},
		{"", add("key_event=maybe"), "重点活动（key_event）", "Key event (key_event)"},
		{"", add("title=" + strings.Repeat("长", 5000)), "名称（title）", "Title (title)"},
		{"", add("title=a\x1b[31mb"), "名称（title）", "Title (title)"},
		{"", add("title=a\u202eb"), "名称（title）", "Title (title)"},
		{"", add("title=a\u200bb"), "名称（title）", "Title (title)"},
		{"", add("title=a\nb"), "名称（title）", "Title (title)"},
		{"", add("title=a\xffb"), "名称（title）", "Title (title)"},
		{"", add("title="), "名称（title）", "Title (title)"},
		{"", []string{"add", "activity", "date=2027-03-08", "lines=文体", "venue=v", "attend_total=1"}, "名称（title）", "Title (title)"},
		{"", add("title=a", "名称=b"), "名称（title）", "Title (title)"},
		{"", add("recorder=赵主任"), "记录人（recorder）", "Recorder (recorder)"},
		{"", add("owner=nobody"), "负责人（owner）", "In charge (owner)"},
		{"", add("owner=S-2027-0099"), "负责人（owner）", "In charge (owner)"},
		{"", add("owner=P-2027-0001"), "负责人（owner）", "In charge (owner)"},
		{"", visit("person=张伟"), "对象（person）", "Person (person)"},
		{"", visit("person=无名"), "对象（person）", "Person (person)"},
		{"", append(person, "id_no=110105194912310021"), "身份证号（id_no）", "ID number (id_no)"},
		{"", append(person, "birth=1950", "phone=12"), "电话（phone）", "Phone (phone)"},
		{"", append(person, "birth=2027-12-31"), "出生日期（birth）", "Birth (birth)"},

		{"", []string{"add", "activity", "-"}, "JSON", "JSON"},
		{" \n", []string{"add", "activity", "-"}, "JSON", "JSON"},
		{goodLine, []string{"add", "activity", "-", "title=x"}, "“-”", `"-"`},
		{"null", []string{"add", "activity", "-"}, "第1个", "object 1"},
		{"[" + goodLine + "]", []string{"add", "activity", "-"}, "第1个", "object 1"},
		{`"title"`, []string{"add", "activity", "-"}, "第1个", "object 1"},
		{goodLine + `{"title":`, []string{"add", "activity", "-"}, "第2个", "object 2"},
		{goodLine + "\n" + `{"title" "x"}`, []string{"add", "activity", "-"}, "第2个", "object 2"},
		{goodLine + "\n" + `{1:2}`, []string{"add", "activity", "-"}, "第2个", "object 2"},
		{goodLine + "garbage", []string{"add", "activity", "-"}, "第2个", "object 2"},
		{strings.Repeat(`{"x_a":`, 20000), []string{"add", "activity", "-"}, "第1个", "object 1"},
		{`{"title":["a"]}`, []string{"add", "activity", "-"}, "名称（title）", "Title (title)"},
		{`{"title":{"a":1}}`, []string{"add", "activity", "-"}, "名称（title）", "Title (title)"},
		{`{"lines":[1]}`, []string{"add", "activity", "-"}, "条线（lines）", "Lines of work (lines)"},
		{`{"results":[{"nosuch":1}]}`, []string{"add", "activity", "-"}, "成果（results）", "Results (results)"},
		{`{"attend_total":true}`, []string{"add", "activity", "-"}, "人次（attend_total）", "Attendances (attend_total)"},
		{`{"title":"a","title":"b"}`, []string{"add", "activity", "-"}, "名称（title）", "Title (title)"},
		{`{"title":"a\u0000"}`, []string{"add", "activity", "-"}, "名称（title）", "Title (title)"},
		{"{\"title\":\"a\xff\"}", []string{"add", "activity", "-"}, "名称（title）", "Title (title)"},
		{goodLine + `{"title":"a","title":"b"}`, []string{"add", "activity", "-"}, "第2条：名称（title）", "item 2: Title (title)"},

		{"", []string{"edit", id, "attend_total=x"}, "人次（attend_total）", "Attendances (attend_total)"},
		{"", []string{"edit", id, "title=a", "title=b"}, "名称（title）", "Title (title)"},
		{"", []string{"edit", "S-2027-0001", "roles=x"}, "权限（roles）", "Roles (roles)"},
	}
	for _, c := range cases {
		for _, l := range []string{"zh", "en"} {
			want := map[string]string{"zh": c.zh, "en": c.en}[l]
			if line := o.refused(2, c.in, append(c.args, "--lang", l)...); !strings.Contains(line, want) {
				t.Errorf("%.80q in %s does not hold %q: %s", c.args, l, want, line)
			} else if strings.ContainsAny(line, "\x1b\u202e") || !utf8.ValidString(line) {
				t.Errorf("%.80q: %q", c.args, line)
			}
		}
	}
	if o.head() != before {
		t.Error("something was stored")
	}
	if _, err := os.Lstat(out); err == nil {
		t.Error("a file was made")
	}
	if line := o.refused(2, "", "list", "activity", "--lang", "fr"); !strings.Contains(line, "--lang") {
		t.Error(line)
	}
}

// A file that is not there, not safe or not a ledger is refused.
func TestUnsafeFile(t *testing.T) {
	o := newOffice(t)
	dir := filepath.Dir(o.path)
	loose := filepath.Join(dir, "loose.db")
	b, err := os.ReadFile(o.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		os.WriteFile(loose, b, 0o600), os.Chmod(loose, 0o644), os.Symlink(o.path, filepath.Join(dir, "link.db")),
		os.WriteFile(filepath.Join(dir, "text"), []byte("hello"), 0o600), os.WriteFile(filepath.Join(dir, "empty"), nil, 0o600),
		exec.Command("mkfifo", filepath.Join(dir, "fifo")).Run(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, code := range map[string]int{"missing": 3, "loose.db": 3, "link.db": 3, ".": 3, "fifo": 3, "text": 1, "empty": 1} {
		p := filepath.Join(dir, name)
		for _, args := range [][]string{{"list", "activity"}, {"verify"}, {"add", "venue", "name=馆", "category=室外"}} {
			o.refused(code, "", append(args, "--ledger", p)...)
		}
		if name != "missing" {
			o.refused(1, "", "init", "--name", "x", "--ledger", p)
		}
	}
}

// change edits the ledger file behind the program's back.
func change(t *testing.T, path string, fn func(*bolt.Tx) error) {
	t.Helper()
	b, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Update(fn); err != nil {
		t.Fatal(err)
	}
}

func TestNewerFormat(t *testing.T) {
	o := newOffice(t)
	set := func(mark, to string) {
		change(t, o.path, func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte(mark), []byte(to)) })
	}
	set("min_writer", "99") // may be read
	o.ok("list", "activity")
	o.refused(4, goodLine, "add", "activity", "-")
	set("min_reader", "99")
	for _, args := range [][]string{{"list", "activity"}, {"show", "A-2027-0001"}, {"verify"}, {"figures", "--period", "2027"}, {"edit", "A-2027-0001", "title=x"}} {
		o.refused(4, "", args...)
	}
}

// Who may not is refused with code 7.
func TestRoles(t *testing.T) {
	o := newOffice(t)
	id := o.event("summary=张三家住3号楼501")
	o.ok("add", "person", "name=张小明", "id_no=11010519491231002X", "phone=13812345678")
	o.ok("add", "staff", "name=吴平", "login=wup", "roles=管理", "--reason", "换届") // somebody must be
	o.ok("edit", "S-2027-0001", "roles=查看")
	before := o.head()
	for _, args := range [][]string{
		{"add", "activity", "title=x", "lines=文体", "venue=v", "attend_total=1"}, {"edit", id, "title=x"}, {"void", id, "--reason", "x"},
		{"add", "staff", "name=x"}, {"edit", "S-2027-0001", "roles=管理"},
	} {
		o.refused(7, "", args...)
	}
	if o.head() != before {
		t.Error("something was stored")
	}
	if len(o.list("activity")) != 1 || o.show(id).ID != id {
		t.Error("a viewer cannot look")
	}
	// What the list hides, JSON does not give away.
	for _, args := range [][]string{{"list", "person"}, {"list", "person", "--format", "json"}, {"list", "person", "--format", "csv"}, {"show", "P-2027-0001"}, {"show", "P-2027-0001", "--format", "json"}} {
		if out := o.ok(args...); !strings.Contains(out, "张*明") || strings.Contains(out, "张小明") || strings.Contains(out, "13812345678") || strings.Contains(out, "11010519491231002X") {
			t.Errorf("%q as a viewer: %s", args, out)
		}
	}
}

// A login that is not in the staff register, or disabled there, may do nothing.
func TestStrangers(t *testing.T) {
	for _, change := range []string{"login=somebody-else", "disabled=是", "login="} {
		o := newOffice(t)
		o.ok("add", "staff", "name=吴平", "login=wup", "roles=管理", "--reason", "换届") // somebody must be
		o.ok("edit", "S-2027-0001", change)
		for _, args := range [][]string{{"list", "activity"}, {"figures", "--period", "2027"}, {"add", "venue", "name=x", "category=室外"}, {"verify"}} {
			o.refused(7, "", args...)
		}
	}
	o := newOffice(t)
	o.refused(7, "", "list", "activity", "--staff", "赵主任")
}

// While another process holds the ledger, a command waits, then ends with code
// 5 and says who it is.
func TestBusy(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	holder := exec.Command(os.Args[0])
	holder.Env = append(os.Environ(), "COMMANDTEST_HOLD="+o.path)
	in, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	said, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(said).Scan() {
		t.Fatal("the other process did not start")
	}
	done := make(chan string)
	for _, args := range [][]string{{"list", "activity"}, {"add", "venue", "name=馆", "category=室外"}} {
		go func() {
			_, errs, code := o.runIn("", args...)
			done <- fmt.Sprint(code, " ", errs)
		}()
	}
	for range 2 {
		if got := <-done; !strings.HasPrefix(got, "5 taizhang: ") || !strings.Contains(got, strconv.Itoa(holder.Process.Pid)) || strings.Count(got, "\n") != 1 {
			t.Error(got)
		}
	}
	in.Close()
	if err := holder.Wait(); err != nil {
		t.Error(err)
	}
	if len(o.list("venue")) != 0 {
		t.Error("a given-up write was carried out")
	}
}
