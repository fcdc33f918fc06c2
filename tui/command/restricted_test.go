package command_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// complaint is an office with an accusation in it. What must not get out: the
// words of both its versions, who brought it, and whom it is about.
type complaint struct {
	*office
	id, handler, accused string
}

const (
	formerWords = "挪用公款旧稿QZXOLD"
	secretWords = "挪用公款新稿QZXNEW"
	petitioner  = "检举人甲QZXWHO"
	accusedName = "被告人乙QZXACC"
)

var secrets = []string{formerWords, secretWords, petitioner, "QZX", "挪用", "检举人甲"}

// as opens the ledger as somebody else.
func (o *complaint) as(login string) *db.Ledger {
	o.t.Helper()
	l, err := db.Open(o.path, db.Options{Clock: dbtest.NewClock(now).Now, User: func() (string, error) { return login, nil }})
	if err != nil {
		o.t.Fatal(err)
	}
	return l
}

// newComplaint enters one as S-2027-0001, who has the login of this process. mine
// says that she handles it; else it is 钱经办, who changes it afterwards.
func newComplaint(t *testing.T, mine bool) *complaint {
	o := &complaint{office: newOffice(t)}
	reviewer := o.ok("add", "staff", "name=孙玉兰", "roles=审核", "--reason", "换届")
	approver := o.ok("add", "staff", "name=周慧敏", "login=zhou", "roles=审批", "--reason", "换届")
	o.handler = o.ok("add", "staff", "name=钱经办", "login=qian", "roles=录入", "--reason", "换届")
	o.accused = o.ok("add", "staff", "name="+accusedName, "login=yi", "roles=录入", "--reason", "换届")
	o.ok("add", "staff", "name=吴平", "login=wup", "roles=管理", "--reason", "换届")
	item := o.ok("add", "catalogue", "no=90", "class=财务", "topic1=月度收支", "topic2=党费", "cadence=月", "body_org=和平社区", "from=2026-09-01", "basis=街道规定", "reviewer="+reviewer, "approver="+approver)
	issue := o.ok("add", "issue", "item="+item, "period=2027-02", "body=收支见表")
	login := "qian"
	if mine {
		o.handler, login = "S-2027-0001", ""
	}
	o.refused(2, "", "add", "opinion", "issue="+issue, "kind=检举控告", "topic=其他", "content="+formerWords, "owner="+o.accused, "about="+o.accused)
	o.id = o.ok("add", "opinion", "issue="+issue, "kind=检举控告", "topic=其他", "content="+formerWords, "person="+petitioner, "owner="+o.handler, "about="+o.accused, "note="+secretWords, "due=2027-03-12")
	if mine {
		o.ok("edit", o.id, "content="+secretWords, "--reason", secretWords)
		return o
	}
	l := o.as(login)
	if _, err := l.Write(context.Background(), dbtest.Actor(t, l), db.RequestID{}, db.Op{Kind: db.Edit, ID: o.id, Base: 1, Values: model.Values{"content": secretWords}, Reason: secretWords}); err != nil {
		t.Fatal(err)
	}
	return o
}

// unpacked is the text of a file, of all parts of a workbook.
func unpacked(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return string(raw)
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&b, r); err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
	}
	return b.String()
}

// An accusation comes out by no way of the command line for anybody but its
// handler, whatever the role: not as text, not as hit, not as count. Her it shows
// on the screen and in files for inside, without the names.
func TestRestrictedByEveryWay(t *testing.T) {
	ways := []struct {
		name  string
		shows string // what the handler finds there; "" where nothing of it belongs
		in    string
		args  []string
	}{
		{"show", secretWords, "", []string{"show", "ID"}},
		{"history", formerWords, "", []string{"show", "ID", "--format", "json"}},
		{"show names", petitioner, "", []string{"show", "ID"}},
		{"accused", accusedName, "", []string{"show", "ID"}},
		{"who", secretWords, "", []string{"who", "ID"}},
		{"list", secretWords, "", []string{"list", "opinion"}},
		{"list csv", secretWords, "", []string{"list", "opinion", "--format", "csv"}},
		{"list json", secretWords, "", []string{"list", "opinion", "--format", "json"}},
		{"list where", secretWords, "", []string{"list", "opinion", "--where", "content=新稿"}},
		{"list search", secretWords, "", []string{"list", "opinion", "--search", "新稿"}},
		{"search", secretWords, "", []string{"search", "新稿"}},
		{"search name", "检举人【甲QZXWHO】", "", []string{"search", "甲qzxwho"}},
		{"plain", secretWords, "ID\nq\n", []string{"--plain"}},
		{"plain list", secretWords, "意见\n2\n\nq\n", []string{"--plain"}},
		{"plain search", secretWords, "/\n新稿\n\n\nq\n", []string{"--plain"}},
		{"export csv", secretWords, "", []string{"export", "opinion", "--audience", "internal", "--format", "csv"}},
		{"export json", secretWords, "", []string{"export", "opinion", "--audience", "internal", "--format", "json"}},
		{"export md", secretWords, "", []string{"export", "opinion", "--audience", "internal", "--format", "md"}},
		{"export xlsx", secretWords, "", []string{"export", "opinion", "--audience", "internal", "--format", "xlsx"}},
		{"superior", "", "", []string{"export", "opinion", "--audience", "superior", "--format", "csv"}},
		{"superior xlsx", "", "", []string{"export", "opinion", "--audience", "superior", "--format", "xlsx"}},
		{"superior json", "", "", []string{"export", "opinion", "--audience", "superior", "--format", "json"}},
		{"finance", "", "", []string{"export", "opinion", "--audience", "finance", "--format", "md"}},
		{"public", "", "", []string{"export", "opinion", "--audience", "public", "--format", "csv"}},
		{"figures", "", "", []string{"figures", "--period", "2027", "--format", "json"}},
		{"edit", "", "", []string{"edit", "ID", "answer=QZQ"}},
		{"guess", "", "", []string{"edit", "ID", "--version", "1", "content=QZQ"}},
		{"void", "", "", []string{"void", "ID", "--reason", "误登"}},
	}
	for _, c := range []struct {
		name  string
		mine  bool
		roles []string
	}{
		{"others", false, []string{"查看", "录入", "审核", "审批", "财务", "监督", "管理", "录入,审核,审批,财务,监督,管理"}},
		{"handler", true, []string{"录入"}},
	} {
		o := newComplaint(t, c.mine)
		base, err := os.ReadFile(o.path)
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range c.roles {
			as := &office{t: t, path: filepath.Join(t.TempDir(), "ledger.db"), env: map[string]string{}}
			if err := os.WriteFile(as.path, base, 0o600); err != nil {
				t.Fatal(err)
			}
			as.ok("edit", "S-2027-0001", "roles="+strings.ReplaceAll(role, ",", "、"), "--reason", "换届")
			dbtest.Confirm(t, as.path, "wup", "S-2027-0001", dbtest.NewClock(now))
			for _, w := range ways {
				if c.mine && w.shows == "" && w.args[0] != "export" && w.args[0] != "figures" {
					continue // she may, and the ways after it would not find it
				}
				args := make([]string, len(w.args))
				for i, a := range w.args {
					args[i] = strings.ReplaceAll(a, "ID", o.id)
				}
				file := ""
				if args[0] == "export" {
					file = filepath.Join(t.TempDir(), "out")
					args = append(args, "--out", file)
				}
				out, errs, _ := as.runIn(strings.ReplaceAll(w.in, "ID", o.id), args...)
				out += errs
				if file != "" {
					if _, err := os.Stat(file); err == nil {
						out += unpacked(t, file)
					}
				}
				switch {
				case c.mine && w.shows != "":
					if !strings.Contains(out, w.shows) {
						t.Errorf("%s does not see %s by %s:\n%s", c.name, w.shows, w.name, out)
					}
				default:
					for _, s := range secrets {
						if strings.Contains(out, s) {
							t.Errorf("%s, %s, finds %s by %s:\n%s", c.name, role, s, w.name, out)
						}
					}
					if strings.Contains(out, accusedName) {
						t.Errorf("%s, %s, learns who is accused by %s:\n%s", c.name, role, w.name, out)
					}
				}
				if args[0] == "export" && strings.Contains(out, petitioner) {
					t.Errorf("%s, %s: the petitioner stands in %s", c.name, role, w.name)
				}
			}
			if c.mine {
				continue
			}
			// A word that stands in it answers like one that does not.
			for _, look := range [][]string{{"search", "QZXNEW"}, {"search", "QZXWHO"}, {"list", "opinion", "--search", "QZXACC"}, {"list", "opinion", "--search", "QZXOLD"},
				{"list", "opinion", "--where", "content=QZXNEW"}, {"list", "opinion", "--where", "owner=" + o.handler}, {"list", "opinion", "--where", "topic=其他"}} {
				got, gotErrs, gotCode := as.runIn("", look...)
				other := append([]string(nil), look...)
				for i, a := range other {
					for _, s := range []string{"QZXNEW", "QZXWHO", "QZXACC", "QZXOLD"} {
						a = strings.ReplaceAll(a, s, "QZNONE")
					}
					other[i] = strings.ReplaceAll(strings.ReplaceAll(a, o.handler, o.accused), "其他", "治安")
				}
				want, wantErrs, wantCode := as.runIn("", other...)
				if got != want || gotErrs != wantErrs || gotCode != wantCode {
					t.Errorf("%s: %q answers\n%s%s, %q\n%s%s", role, look, got, gotErrs, other, want, wantErrs)
				}
			}
			if list := as.ok("list", "opinion", "--where", "kind=检举控告"); !strings.Contains(list, o.id) || !strings.Contains(list, "检举控告（限经办人）") || !strings.Contains(list, "03-12") {
				t.Errorf("%s does not see that there is one:\n%s", role, list)
			}
			if text := as.ok("show", o.id, "--format", "json"); !strings.Contains(text, `"restricted": true`) {
				t.Errorf("%s: JSON does not say what it leaves out:\n%s", role, text)
			}
		}
		if text := o.ok("verify"); text == "" {
			t.Error("verify says nothing")
		}
	}
}

// A handler who no longer works here: an approver hands the complaint over, to
// somebody else, unread and with a reason. Nobody else does, and not to the
// accused.
func TestRestrictedHandOver(t *testing.T) {
	o := newComplaint(t, false)
	write := func(login string, op db.Op) error {
		l := o.as(login)
		_, err := l.Write(context.Background(), dbtest.Actor(t, l), db.RequestID{}, op)
		return err
	}
	over := func(to string) db.Op {
		return db.Op{Kind: db.Edit, ID: o.id, Values: model.Values{"owner": model.Ref{ID: to}}, Reason: "经办人调离"}
	}
	dbtest.Confirm(t, o.path, "wup", "S-2027-0002", dbtest.NewClock(now))
	dbtest.Confirm(t, o.path, "wup", "S-2027-0003", dbtest.NewClock(now))
	zhou := "S-2027-0003"
	for _, login := range []string{"zhou", "yi"} {
		if err := write(login, over("S-2027-0001")); err == nil {
			t.Errorf("%s took it from its handler", login)
		}
	}
	o.ok("edit", o.handler, "disabled=是")
	for name, op := range map[string]db.Op{
		"to herself":     over(zhou),
		"to the accused": over(o.accused),
		"no reason":      {Kind: db.Edit, ID: o.id, Values: model.Values{"owner": model.Ref{ID: "S-2027-0001"}}},
		"with more":      {Kind: db.Edit, ID: o.id, Values: model.Values{"owner": model.Ref{ID: "S-2027-0001"}, "kind": "建议意见"}, Reason: "经办人调离"},
	} {
		if err := write("zhou", op); err == nil {
			t.Errorf("handed over %s", name)
		}
	}
	if err := write("yi", over("S-2027-0001")); err == nil {
		t.Error("the accused handed it over")
	}
	if out, _, _ := o.runIn("", "show", o.id); strings.Contains(out, "QZX") {
		t.Errorf("seen before it was handed over:\n%s", out)
	}
	if err := write("zhou", over("S-2027-0001")); err != nil {
		t.Fatal(err)
	}
	if out := o.ok("show", o.id); !strings.Contains(out, secretWords) || !strings.Contains(out, petitioner) {
		t.Errorf("the new handler does not see it:\n%s", out)
	}
	if r, err := o.as("zhou").Get(context.Background(), o.id); err != nil || r.Shown != model.Sealed {
		t.Errorf("who handed it over sees it: %v %v", r, err)
	}
	// Who hands it over herself takes it back by no undo.
	o.ok("edit", o.id, "owner=S-2027-0002")
	if out, _, code := o.runIn("", "undo"); code == 0 {
		t.Errorf("taken back: %s", out)
	}
	if out, _, _ := o.runIn("", "show", o.id); strings.Contains(out, "QZX") {
		t.Errorf("the former handler still sees it:\n%s", out)
	}
}

// Whom a complaint names is not told by what can be deleted either: it goes like
// anybody who has entered nothing, and the handler still reads the name.
func TestRestrictedNamesHoldNothing(t *testing.T) {
	o := newComplaint(t, false)
	if out, errs, code := o.runIn("", "delete", o.accused); code != 0 || strings.Contains(out+errs, "检举") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	l := o.as("qian")
	r, err := l.Get(context.Background(), o.id)
	if err != nil {
		t.Fatal(err)
	}
	c := &model.Context{Schema: l.Schema(), Book: l.Book(context.Background()), Now: l.Now(), Actor: dbtest.Actor(t, l)}
	if got := c.SeenText(r, model.Opinion.Field("about"), r.Get("about"), model.ZH); got != accusedName {
		t.Errorf("the handler reads %q", got)
	}
	mine := newComplaint(t, true)
	mine.refusedFor(mine.id, 1, "delete", mine.accused)
}

// The words that stand for what is not shown are in the reader's language.
func TestRestrictedInEnglish(t *testing.T) {
	o := newComplaint(t, false)
	for _, args := range [][]string{{"search", o.id}, {"show", o.id}, {"list", "opinion"}, {"due"}} {
		out := o.ok(append(args, "--lang", "en")...)
		if !strings.Contains(out, "accusation (handler") || strings.Contains(out, model.RestrictedWords.ZH) {
			t.Errorf("%q:\n%s", args, out)
		}
	}
	if out := o.ok("search", o.id); !strings.Contains(out, model.RestrictedWords.ZH) {
		t.Error(out)
	}
}
