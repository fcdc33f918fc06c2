package db_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
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
)

func init() { jobs["fault"] = jobFault }

// jobFault reads the ledger and saves one record of DBTEST_SIZE characters per
// step, as a process under a limit on file sizes (DBTEST_FSIZE), of another
// account (DBTEST_UID). It prints what became of each, then the refusal.
func jobFault() int {
	if s := os.Getenv("DBTEST_FSIZE"); s != "" {
		n, _ := strconv.ParseUint(s, 10, 64)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: n}); err != nil {
			panic(err)
		}
	}
	if s := os.Getenv("DBTEST_UID"); s != "" {
		uid, _ := strconv.Atoi(s)
		if err := errors.Join(syscall.Setgroups(nil), syscall.Setgid(uid), syscall.Setuid(uid)); err != nil {
			panic(err)
		}
	}
	opt := db.Options{User: func() (string, error) { return dbtest.Login, nil }}
	if s := os.Getenv("DBTEST_NOW"); s != "" {
		now, err := time.Parse(time.RFC3339, s)
		if err != nil {
			panic(err)
		}
		opt.Clock = func() time.Time { return now }
	}
	say := func(what string, err error) {
		fmt.Printf("%s %d %s\n", what, db.ExitCode(err), strings.ReplaceAll(model.Say(err, model.ZH)+" | "+model.Say(err, model.EN), "\n", " "))
	}
	l, err := db.Open(os.Getenv("DBTEST_LEDGER"), opt)
	if err != nil {
		say("open", err)
		return 0
	}
	a, err := l.Actor(context.Background())
	if err != nil {
		say("read", err)
		return 0
	}
	fmt.Println("read 0")
	n, _ := strconv.Atoi(os.Getenv("DBTEST_N"))
	size, _ := strconv.Atoi(os.Getenv("DBTEST_SIZE"))
	for i := range n {
		op := addVenue(fmt.Sprintf("厅 %d", i))
		op.Values["hours"] = strings.Repeat("x", size)
		res, err := l.Write(context.Background(), a, db.RequestID{1, byte(i)}, op)
		if err != nil {
			say("save", err)
			return 0
		}
		fmt.Println("saved", res.Records[0].ID)
	}
	return 0
}

// fault runs jobFault and returns its lines.
func fault(t *testing.T, path string, env ...string) (lines []string) {
	t.Helper()
	cmd := child(t, "fault", path)
	cmd.Env = append(cmd.Env, env...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the process ended with %v", err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

func saved(lines []string) (n int) {
	for _, l := range lines {
		if strings.HasPrefix(l, "saved ") {
			n++
		}
	}
	return n
}

func last(lines []string) string { return lines[len(lines)-1] }

// mount gives the test a small file system of its own, where it may.
func mount(t *testing.T, size string) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "mode=0700,size="+size); err != nil {
		t.Skipf("cannot mount a file system here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func newIn(t *testing.T, dir string) *db.Ledger {
	t.Helper()
	path := filepath.Join(dir, "ledger.db")
	clock := dbtest.NewClock(dbtest.Start)
	if err := db.Init(path, db.InitOptions{Name: "示例社区", Login: dbtest.Login, FullName: "张敏", Clock: clock.Now}); err != nil {
		t.Fatal(err)
	}
	return dbtest.Open(t, path, clock)
}

// says reports whether an error is a refusal in both languages with the code.
func says(t *testing.T, err error, code int, part string) {
	t.Helper()
	var r *db.Refusal
	if !errors.As(err, &r) || r.Code != code || !strings.Contains(r.EN, part) || r.ZH == r.EN || r.ZH == "" || strings.Contains(r.EN, "goroutine") {
		t.Errorf("got %v (code %d), want code %d and %q", err, db.ExitCode(err), code, part)
	}
}

// The file may not grow further: what was acknowledged stays, what was not is
// not there, and the same form saved again is entered once.
func TestFileSizeLimit(t *testing.T) {
	l := dbtest.New(t)
	info, err := os.Stat(l.Path())
	if err != nil {
		t.Fatal(err)
	}
	lines := fault(t, l.Path(), "DBTEST_N=200", "DBTEST_SIZE=190", "DBTEST_FSIZE="+strconv.Itoa(int(info.Size())))
	n := saved(lines)
	if n == 200 || !strings.HasPrefix(last(lines), "save 1 磁盘已满") || !strings.Contains(last(lines), "nothing was saved") {
		t.Fatalf("%d saved, then %s", n, last(lines))
	}
	if have, err := l.Count(ctx, "venue", nil); have != n || err != nil {
		t.Errorf("%d records, %d acknowledged, %v", have, n, err)
	}
	lines = fault(t, l.Path(), "DBTEST_N=200", "DBTEST_SIZE=190")
	if have, err := l.Count(ctx, "venue", nil); have != 200 || saved(lines) != 200 || err != nil {
		t.Errorf("after a second try %d records, %d acknowledged, %v", have, saved(lines), err)
	}
	if rep, err := l.Verify(ctx, nil); err != nil {
		t.Errorf("%v %+v", err, rep.Faults)
	}
}

// A full disk: not saved and said so, reading goes on, and after room was made
// the same form is entered once.
func TestFullDisk(t *testing.T) {
	dir := mount(t, "1m")
	l := newIn(t, dir)
	actor := dbtest.Actor(t, l)
	ballast := filepath.Join(dir, "ballast")
	_ = os.WriteFile(ballast, make([]byte, 2<<20), 0o600) // fills what there is
	var err error
	var req db.RequestID
	n := 0
	for ; err == nil && n < 500; n++ {
		req, _ = l.NewRequest()
		op := addVenue(fmt.Sprintf("厅 %d", n))
		op.Values["hours"] = strings.Repeat("x", 190)
		_, err = l.Write(ctx, actor, req, op)
	}
	n--
	says(t, err, db.ExitFailed, "the disk is full")
	if have, err := l.Count(ctx, "venue", nil); have != n || err != nil {
		t.Errorf("%d records, %d acknowledged, %v", have, n, err)
	}
	if rep, err := l.Verify(ctx, nil); err != nil {
		t.Errorf("%v %+v", err, rep.Faults)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := l.Write(ctx, actor, req, addVenue("补登")); err != nil {
			t.Error(err)
		}
	}
	if have, err := l.Count(ctx, "venue", nil); have != n+1 || err != nil {
		t.Errorf("%d records, want %d, %v", have, n+1, err)
	}
}

// No room for the side file either: reading needs none.
func TestReadingNeedsNoRoom(t *testing.T) {
	dir := mount(t, "1m,nr_inodes=3") // the folder, the ledger, and one more
	path := filepath.Join(dir, "ledger.db")
	if err := db.Init(path, db.InitOptions{Name: "示例社区", Login: dbtest.Login}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "last"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l := dbtest.Open(t, path, dbtest.NewClock(dbtest.Start))
	_, err := l.Write(ctx, dbtest.Actor(t, l), db.RequestID{}, addVenue("厅"))
	says(t, err, db.ExitFailed, "the disk is full")
}

// A read-only file, and a read-only folder: reading works, writing says why not
// and changes nothing.
func TestReadOnlyFile(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"file":   func(p string) error { return os.Chmod(p, 0o400) },
		"folder": func(p string) error { return os.Chmod(filepath.Dir(p), 0o500) },
	} {
		t.Run(name, func(t *testing.T) {
			l := dbtest.New(t)
			_ = os.Remove(l.Path() + ".queue")
			env := []string{"DBTEST_N=1", "DBTEST_SIZE=1"}
			if os.Geteuid() == 0 { // whom nothing is read-only to
				const nobody = 65534
				for _, p := range []string{l.Path(), filepath.Dir(l.Path()), filepath.Dir(filepath.Dir(l.Path()))} {
					if err := os.Chown(p, nobody, nobody); err != nil {
						t.Skip(err)
					}
				}
				env = append(env, "DBTEST_UID="+strconv.Itoa(nobody))
			}
			if err := spoil(l.Path()); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(filepath.Dir(l.Path()), 0o700) })
			before, _ := contents(t, l.Path())
			lines := fault(t, l.Path(), env...)
			if len(lines) != 2 || lines[0] != "read 0" || !strings.HasPrefix(lines[1], "save 3 ") || !strings.Contains(lines[1], "仍可查看") || !strings.Contains(lines[1], "reading still works") {
				t.Errorf("%q", lines)
			}
			if after, _ := contents(t, l.Path()); !bytes.Equal(before, after) {
				t.Error("the file changed")
			}
		})
	}
}

func TestReadOnlyFileSystem(t *testing.T) {
	dir := mount(t, "1m")
	l := newIn(t, dir)
	actor := dbtest.Actor(t, l)
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip(err)
	}
	if _, err := l.Get(ctx, actor.Staff); err != nil {
		t.Error(err)
	}
	_, err := l.Write(ctx, actor, db.RequestID{}, addVenue("厅"))
	says(t, err, db.ExitUnsafe, "reading still works")
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Write(ctx, actor, db.RequestID{}, addVenue("厅")); err != nil {
		t.Error(err)
	}
}

// The file goes away, or another ledger comes in its place, between two
// actions: refused. The same ledger put back goes on.
func TestReplacedBetweenActions(t *testing.T) {
	l := dbtest.New(t)
	actor := dbtest.Actor(t, l)
	add := func() error {
		_, err := l.Write(ctx, actor, db.RequestID{}, addVenue("厅"))
		return err
	}
	if err := add(); err != nil {
		t.Fatal(err)
	}
	aside := l.Path() + ".aside"
	if err := os.Rename(l.Path(), aside); err != nil {
		t.Fatal(err)
	}
	says(t, add(), db.ExitUnsafe, "there is no ledger")
	other := dbtest.New(t)
	foreign, _ := contents(t, other.Path())
	if err := os.WriteFile(l.Path(), foreign, 0o600); err != nil {
		t.Fatal(err)
	}
	says(t, add(), db.ExitUnsafe, "another ledger")
	_, err := l.Get(ctx, "L-2026-0001")
	says(t, err, db.ExitUnsafe, "another ledger")
	if now, _ := contents(t, l.Path()); !bytes.Equal(now, foreign) {
		t.Error("the other ledger was written to")
	}
	if err := os.Rename(aside, l.Path()); err != nil {
		t.Fatal(err)
	}
	if err := add(); err != nil {
		t.Error(err)
	}
	if n, err := l.Count(ctx, "venue", nil); n != 2 || err != nil {
		t.Errorf("%d records, %v", n, err)
	}
}

// Who met damage once writes no more, wherever in the file; a whole file put in
// its place is written to again.
func TestDamageStopsWriting(t *testing.T) {
	o := newOffice(t)
	id := o.add("venue", model.Values{"name": "甲厅", "category": "室内", "hours": "every day"})
	o.add("venue", venue("乙厅"))
	good, _ := contents(t, o.Path())
	bad := bytes.ReplaceAll(good, []byte("every day"), []byte("evesy day"))
	if bytes.Equal(good, bad) {
		t.Fatal("nothing to damage")
	}
	if err := os.WriteFile(o.Path(), bad, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := o.Get(ctx, id)
	says(t, err, db.ExitFailed, id)
	_, err = o.write(addVenue("丙厅"))
	says(t, err, db.ExitFailed, id)
	if _, err := o.Get(ctx, "L-2026-0002"); err != nil {
		t.Errorf("what is whole can be read no more: %v", err)
	}
	if after, _ := contents(t, o.Path()); !bytes.Equal(bad, after) {
		t.Error("the damaged file was written to")
	}
	if err := os.WriteFile(o.Path()+".good", good, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(o.Path()+".good", o.Path()); err != nil {
		t.Fatal(err)
	}
	o.add("venue", venue("丙厅"))
	o.verify()
}

// Pages turned to nothing make bbolt panic: here that is a sentence.
func TestPanicBecomesASentence(t *testing.T) {
	o := newOffice(t)
	o.add("venue", venue("甲厅"))
	good, _ := contents(t, o.Path())
	refused := 0
	for at := 2 * 4096; at < len(good); at += 4096 {
		bad := bytes.Clone(good)
		clear(bad[at : at+4096])
		if err := os.WriteFile(o.Path(), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := db.Open(o.Path(), db.Options{User: func() (string, error) { return dbtest.Login, nil }})
		if err == nil {
			_, err = l.Write(ctx, o.actor, db.RequestID{}, addVenue("乙厅"))
		}
		if err != nil {
			refused++
			says(t, err, db.ExitFailed, "damaged")
			if after, _ := contents(t, o.Path()); !bytes.Equal(bad, after) {
				t.Error("the damaged file was written to")
			}
		}
	}
	if refused == 0 {
		t.Error("no page of the file was needed")
	}
}

// A file system on which locks do not hold between machines is refused, unless
// asked for.
func TestNetworkFileSystem(t *testing.T) {
	l := dbtest.New(t)
	actor := dbtest.Actor(t, l)
	for magic, name := range map[uint32]string{0x6969: "NFS", 0xFF534D42: "CIFS", 0xFE534D42: "SMB2", 0x65735546: "FUSE"} {
		restore := db.SetFileSystem(magic)
		_, err := db.Open(l.Path(), db.Options{})
		says(t, err, db.ExitUnsafe, "network file system ("+name)
		_, err = l.Write(ctx, actor, db.RequestID{}, addVenue("厅"))
		says(t, err, db.ExitUnsafe, "nothing changed")
		if _, err := db.Open(l.Path(), db.Options{AllowNetwork: true}); err != nil {
			t.Error(err)
		}
		restore()
	}
	if n, err := l.Count(ctx, "venue", nil); n != 0 || err != nil {
		t.Errorf("%d records, %v", n, err)
	}
}

// A clock set back by more than five minutes stands in the journal and in the
// report of verify; the order of entries does not depend on it.
func TestClockSetBack(t *testing.T) {
	o := newOffice(t)
	for _, step := range []time.Duration{time.Hour, -4 * time.Minute, -6 * time.Minute, time.Minute} {
		o.clock.Set(o.clock.Now().Add(step))
		o.add("venue", venue("厅"))
	}
	if rep := o.verify(); len(rep.ClockBack) != 1 || rep.ClockBack[0] != 5 {
		t.Errorf("clock steps back: %v", rep.ClockBack)
	}
	list, err := o.EntriesSince(ctx, 4, 1)
	if err != nil || len(list) != 1 || !list[0].ClockBack {
		t.Errorf("%+v, %v", list, err)
	}
}

// A computer set to New York time gives the ids and days of Beijing.
func TestForeignTimeZone(t *testing.T) {
	l := dbtest.New(t)
	for _, c := range []struct{ now, n, want string }{
		{"2026-12-31T15:30:00Z", "1", "saved L-2026-0001"},
		{"2026-12-31T16:30:00Z", "1", "saved L-2026-0001"}, // the same request again
		{"2026-12-31T16:30:00Z", "2", "saved L-2027-0001"},
	} {
		if lines := fault(t, l.Path(), "TZ=America/New_York", "DBTEST_NOW="+c.now, "DBTEST_N="+c.n); last(lines) != c.want {
			t.Errorf("at %s: %q, want %s", c.now, lines, c.want)
		}
	}
}

// Two versions of the program on one ledger: the older one, which does not know
// a field, edits another field and keeps what it does not know; a ledger that
// asks for a newer writer is read by it and not written.
func TestTwoVersionsOfTheProgram(t *testing.T) {
	o := newOffice(t)
	id := o.add("venue", model.Values{"name": "厅", "category": "室内", "place": "二楼", "capacity": int64(40)})
	reg := *model.Venue
	reg.Fields = nil
	for _, f := range model.Venue.Fields {
		if f.Key != "place" && f.Key != "capacity" {
			reg.Fields = append(reg.Fields, f)
		}
	}
	schema := *model.NewSchema()
	schema.Registers = nil
	for _, r := range model.NewSchema().Registers {
		if r.Key == reg.Key {
			r = &reg
		}
		schema.Registers = append(schema.Registers, r)
	}
	old, err := db.Open(o.Path(), db.Options{Clock: o.clock.Now, Schema: &schema, User: func() (string, error) { return dbtest.Login, nil }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.Write(ctx, o.actor, db.RequestID{}, db.Op{Kind: db.Edit, ID: id, Base: 1, Values: model.Values{"name": "大厅"}}); err != nil {
		t.Fatal(err)
	}
	if v := o.get(id).Values; v["name"] != "大厅" || v["place"] != "二楼" || v["capacity"] != int64(40) {
		t.Errorf("%+v", v)
	}
	o.verify()
	b, err := bolt.Open(o.Path(), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = b.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("min_writer"), []byte("3")) })
	if err = errors.Join(err, b.Close()); err != nil {
		t.Fatal(err)
	}
	before, _ := contents(t, o.Path())
	if _, err := old.Get(ctx, id); err != nil {
		t.Error(err)
	}
	_, err = old.Write(ctx, o.actor, db.RequestID{}, addVenue("厅"))
	says(t, err, db.ExitNewer, "Upgrade")
	if after, _ := contents(t, o.Path()); !bytes.Equal(before, after) {
		t.Error("the file changed")
	}
}

// A commit that did not end well leaves its mark, and whoever writes next makes
// it reach the disk before going on.
func TestUnsettledCommitIsSettled(t *testing.T) {
	o := newOffice(t)
	mark := func() string {
		b, err := os.ReadFile(o.Path() + ".queue")
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	req, _ := o.NewRequest()
	for _, left := range []string{"", "?", "="} {
		if err := os.WriteFile(o.Path()+".queue", []byte(left), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Write(ctx, o.actor, req, addVenue("厅")); err != nil || mark() != "=" {
			t.Errorf("after %q: %q, %v", left, mark(), err)
		}
	}
	if n, _ := o.Count(ctx, "venue", nil); n != 1 {
		t.Errorf("%d records", n)
	}
	o.verify()
}

// Pages that lead in a circle would keep bbolt going round until the computer
// has no memory left. Opening says damaged instead.
func TestPagesInACircle(t *testing.T) {
	o := newOffice(t)
	var ops []db.Op
	for i := range 400 {
		ops = append(ops, addVenue(fmt.Sprintf("厅 %d", i)))
	}
	o.must(ops...)
	good, _ := contents(t, o.Path())
	n := 0
	for at := 2 * 4096; at+4096 <= len(good); at += 4096 {
		if binary.NativeEndian.Uint16(good[at+8:]) != 1 { // a branch page
			continue
		}
		n++
		bad := bytes.Clone(good)
		binary.NativeEndian.PutUint64(bad[at+16+8:], uint64(at/4096)) // its first child is itself
		if err := os.WriteFile(o.Path(), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := db.Open(o.Path(), db.Options{})
		says(t, err, db.ExitFailed, "damaged")
	}
	if n == 0 {
		t.Error("the ledger has no branch page")
	}
}

// The same, when the pages come to be so while a login goes on.
func TestPagesInACircleLater(t *testing.T) {
	o := newOffice(t)
	var ops []db.Op
	for i := range 400 {
		ops = append(ops, addVenue(fmt.Sprintf("厅 %d", i)))
	}
	o.must(ops...)
	bad, _ := contents(t, o.Path())
	for at := 2 * 4096; at+4096 <= len(bad); at += 4096 {
		if binary.NativeEndian.Uint16(bad[at+8:]) == 1 {
			binary.NativeEndian.PutUint64(bad[at+16+8:], uint64(at/4096))
		}
	}
	if err := os.WriteFile(o.Path(), bad, 0o600); err != nil {
		t.Fatal(err)
	}
	db.FollowAgain(o.Ledger)
	_, err := o.List(ctx, db.Query{Register: "venue"})
	says(t, err, db.ExitFailed, "damaged")
	_, err = o.Write(ctx, o.actor, db.RequestID{}, addVenue("厅"))
	says(t, err, db.ExitFailed, "damaged")
	if after, _ := contents(t, o.Path()); !bytes.Equal(bad, after) {
		t.Error("the file changed")
	}
}

// When the newer of the two headers is spoiled, bbolt takes the older one and
// with it the ledger as it was before the last save. That save was acknowledged,
// so the loss is named; only after a commit that was broken off one header may
// be torn, and then the next save makes it whole.
func TestLostHeader(t *testing.T) {
	o := newOffice(t)
	id := o.must(addVenue("厅")).Records[0].ID
	good, _ := contents(t, o.Path())
	tx := func(page int) uint64 { return binary.NativeEndian.Uint64(good[page*4096+16+48:]) }
	newer := 0
	if tx(1) > tx(0) {
		newer = 1
	}
	for name, spoil := range map[string]func(b []byte){
		"a bit of the newer": func(b []byte) { b[newer*4096+16+20] ^= 1 },
		"the newer zeroed":   func(b []byte) { clear(b[newer*4096:][:4096]) },
		"the older copied":   func(b []byte) { copy(b[newer*4096:][:4096], good[(1-newer)*4096:]) },
		"a bit of the older": func(b []byte) { b[(1-newer)*4096+16+20] ^= 1 },
	} {
		bad := bytes.Clone(good)
		spoil(bad)
		put := func(mark string) {
			if err := errors.Join(os.WriteFile(o.Path(), bad, 0o600), os.WriteFile(o.Path()+".queue", []byte(mark), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		put("=")
		_, err := db.Open(o.Path(), db.Options{})
		says(t, err, db.ExitFailed, "headers")
		_, err = o.Get(ctx, id)
		says(t, err, db.ExitFailed, "headers")
		_, err = o.Write(ctx, o.actor, db.RequestID{}, addVenue("厅"))
		says(t, err, db.ExitFailed, "headers")
		if after, _ := contents(t, o.Path()); !bytes.Equal(bad, after) {
			t.Errorf("%s: the file changed", name)
		}

		put("?")
		again := dbtest.Open(t, o.Path(), o.clock)
		if err := again.DropDraft(ctx, o.actor, "none"); err != nil { // writes nothing
			t.Errorf("%s: %v", name, err)
		}
		if _, err := dbtest.Open(t, o.Path(), o.clock).Verify(ctx, nil); err != nil {
			t.Errorf("%s, settled: %v", name, err)
		}
	}
}
