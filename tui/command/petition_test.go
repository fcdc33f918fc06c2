package command_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// What a petition says in confidence comes out by no way of the command line for
// anybody but its handler, whatever the role: of a plain one not who asked for
// what, of an accusation nothing but its cover. Every way counts it all the same.
func TestPetitionLeaksNothing(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "staff", "name=钱经办", "login=qian", "roles=录入", "--reason", "换届")
	o.ok("add", "staff", "name=吴平", "login=wup", "roles=管理", "--reason", "换届")
	handler := "S-2027-0002"
	add := func(more ...string) string {
		return o.ok(append([]string{"add", "petition", "date=2027-01-04", "channel=来信", "topic=其他", "petitioner=田QZX", "phone=13900001234", "address=三号楼QZXADR",
			"request=请查QZXREQ", "owner=" + handler, "due=2027-03-05", "receiver="}, more...)...)
	}
	secret := add("kind=检举控告", "accused=赵QZXACC", "persons=7", "action=约谈QZXACT")
	plain := add("kind=申诉求决")
	for _, who := range []string{"owner=" + handler, "receiver=" + handler} {
		o.refused(2, "", "add", "petition", "channel=来信", "kind=检举控告", "topic=其他", "request=请查", "accused="+handler, who)
	}
	base, err := os.ReadFile(o.path)
	if err != nil {
		t.Fatal(err)
	}
	ways := [][]string{
		{"show", secret}, {"show", plain}, {"show", secret, "--format", "json"}, {"show", plain, "--format", "json"}, {"who", secret},
		{"list", "petition"}, {"list", "petition", "--format", "csv"}, {"list", "petition", "--format", "json"},
		{"search", "QZXREQ"}, {"search", "13900001234"}, {"due", "--on", "2027-03-10"}, {"due", "--on", "2027-03-10", "--format", "json"},
		{"figures", "--period", "2027", "--format", "json"},
		{"export", "petition", "--audience", "internal", "--format", "csv"}, {"export", "petition", "--audience", "internal", "--format", "json"},
		{"export", "petition", "--audience", "superior", "--format", "xlsx"}, {"export", "petition", "--audience", "public", "--format", "csv"},
		{"report", "petitions", "--period", "2027", "--audience", "superior", "--format", "xlsx"}, {"report", "petitions", "--period", "2027", "--audience", "internal", "--format", "html"},
		{"edit", secret, "action=无"},
	}
	for _, role := range []string{"查看", "审批", "录入,审核,审批,财务,监督,管理"} {
		as := &office{t: t, path: filepath.Join(t.TempDir(), "ledger.db"), env: map[string]string{}}
		if err := os.WriteFile(as.path, base, 0o600); err != nil {
			t.Fatal(err)
		}
		as.ok("edit", "S-2027-0001", "roles="+strings.ReplaceAll(role, ",", "、"), "--reason", "换届")
		dbtest.Confirm(t, as.path, "wup", "S-2027-0001", dbtest.NewClock(now))
		for _, args := range ways {
			file := ""
			if args[0] == "export" || args[0] == "report" {
				file = filepath.Join(t.TempDir(), "out")
				args = append(args, "--out", file)
			}
			out, errs, _ := as.runIn("", args...)
			out += errs
			if _, err := os.Stat(file); err == nil {
				out += unpacked(t, file)
			}
			if args[0] == "search" { // what was looked for stands in the answer
				out = strings.ReplaceAll(out, args[1], "")
			}
			if strings.Contains(out, "QZX") || strings.Contains(out, "13900001234") {
				t.Errorf("%s finds it by %q:\n%s", role, args, out)
			}
		}
		// The clock of both is everybody's to see.
		if out := as.ok("due", "--on", "2027-03-10"); !strings.Contains(out, secret) || !strings.Contains(out, plain) || !strings.Contains(out, "检举控告") {
			t.Errorf("%s does not see what is due:\n%s", role, out)
		}
		as.refused(7, "", "edit", secret, "action=无")
	}
	// The handler sees and answers both.
	l, err := db.Open(o.path, db.Options{Clock: dbtest.NewClock(now).Now, User: func() (string, error) { return "qian", nil }})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{secret, plain} {
		if _, err := l.Write(context.Background(), dbtest.Actor(t, l), db.RequestID{}, db.Op{Kind: db.Edit, ID: id, Base: 1,
			Values: model.Values{"closed": true, "replied_on": model.NewDate(2027, 3, 1), "action": "已核查答复"}}); err != nil {
			t.Fatal(err)
		}
		if err := l.View(context.Background(), func(s *db.Snapshot) error {
			r, err := s.Get(id)
			if err == nil && model.PetitionRequest.Of(r) != "请查QZXREQ" {
				t.Errorf("its handler sees %v", r.Values)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}
