package db_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// format1 lays a ledger of format 1 into a folder of the test's own; see
// testdata/format1/generate.go.
func format1(t *testing.T) (path string, opt db.Options) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "format1", "ledger"))
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "ledger.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	clock := dbtest.NewClock(time.Date(2026, 3, 9, 1, 30, 0, 0, time.UTC))
	return path, db.Options{Clock: clock.Now, User: func() (string, error) { return dbtest.Login, nil }}
}

func openWith(t *testing.T, path string, opt db.Options) *office {
	t.Helper()
	l, err := db.Open(path, opt)
	if err != nil {
		t.Fatal(err)
	}
	return &office{l, t, nil, dbtest.Actor(t, l)}
}

// holdsRecords compares all versions of all records with what the program that
// wrote them said they were.
func (o *office) holdsRecords() {
	o.t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "format1", "records.json"))
	if err != nil {
		o.t.Fatal(err)
	}
	want := map[string][]struct {
		State, Hash string
		Seq         uint64
		Values      map[string]any
	}{}
	if err := json.Unmarshal(b, &want); err != nil {
		o.t.Fatal(err)
	}
	for id, versions := range want {
		history, err := o.History(ctx, id)
		if err != nil || len(history) < len(versions) {
			o.t.Fatalf("%s: %d versions, %v", id, len(history), err)
		}
		for i, w := range versions {
			v := history[i]
			plain := map[string]any{}
			for k, x := range v.Record.Values {
				plain[k] = model.Plain(x)
			}
			var got map[string]any
			if b, err = json.Marshal(plain); err == nil {
				err = json.Unmarshal(b, &got)
			}
			if err != nil || fmt.Sprint(got) != fmt.Sprint(w.Values) || v.Entry.Hash.String() != w.Hash || v.Entry.Seq != w.Seq || v.Record.State.String() != w.State {
				o.t.Errorf("%s version %d: %v, want %v (%v)", id, i+1, got, w.Values, err)
			}
		}
	}
}

func beside(t *testing.T, path string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func (o *office) formatIs(format, reader, writer string) {
	o.t.Helper()
	if f, r, w := db.FormatNow(o.Ledger); f != format || r != reader || w != writer {
		o.t.Errorf("format %s, reader %s, writer %s", f, r, w)
	}
}

func TestNewLedgersAreOfThePresentFormat(t *testing.T) {
	newOffice(t).formatIs("2", "1", "2")
}

// A ledger of format 1 is read, searched, proved and given drafts and notes as
// it is.
func TestFormat1IsReadAsItIs(t *testing.T) {
	path, opt := format1(t)
	before, _ := contents(t, path)
	o := openWith(t, path, opt)
	o.holdsRecords()
	if hits := o.search(db.SearchQuery{Text: "lxy"}); len(hits) != 3 {
		t.Errorf("%+v", hits)
	}
	if rep := o.verify(); rep.Records != 8 || rep.Versions != 12 {
		t.Errorf("%+v", rep)
	}
	if d, err := o.Drafts(ctx, o.actor); err != nil || len(d) != 1 || d[0].Texts["person"] != "lxy" {
		t.Errorf("%+v, %v", d, err)
	}
	if after, _ := contents(t, path); !bytes.Equal(before, after) {
		t.Error("reading changed the file")
	}
	if err := o.SaveDraft(ctx, o.actor, db.Draft{Key: "need"}); err != nil {
		t.Fatal(err)
	}
	o.formatIs("1", "1", "1")
}

// The first save brings it to format 2, after laying a copy beside it, and
// changes nothing else.
func TestFirstSaveUpgrades(t *testing.T) {
	path, opt := format1(t)
	before, _ := contents(t, path)
	o := openWith(t, path, opt)
	id := o.add("venue", venue("新厅"))
	o.formatIs("2", "1", "2")
	o.holdsRecords()
	o.verify()
	if id != "L-2026-0002" {
		t.Errorf("entered as %s", id)
	}
	old := path + ".before-2"
	info, err := os.Stat(old)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	if got := beside(t, path); !slices.Equal(got, []string{"ledger.db", "ledger.db.before-2", "ledger.db.queue"}) {
		t.Errorf("files %v", got)
	}
	b := openWith(t, old, opt)
	b.holdsRecords()
	b.verify()
	b.formatIs("1", "1", "1")
	copied, _ := contents(t, old)
	if !bytes.HasPrefix(before[8192:], copied[8192:]) { // all but bbolt's meta pages and unused room
		t.Error("the copy is not what the ledger was")
	}

	// A second ledger put in the place of the first never overwrites that copy.
	if err := os.WriteFile(path, before, 0o600); err != nil {
		t.Fatal(err)
	}
	o = openWith(t, path, opt)
	o.must(db.Op{Kind: db.Edit, ID: "L-2026-0001", Values: model.Values{"name": "另一个厅"}})
	if got := beside(t, path); slices.Contains(got, "ledger.db.before-2-2") {
		t.Errorf("the same ledger was copied twice: %v", got)
	}
	if err := os.WriteFile(path, before, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	o = openWith(t, path, opt)
	if _, err := o.Migrate(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(old); string(got) != "something else" {
		t.Error("a file was overwritten")
	}
	openWith(t, path+".before-2-2", opt).holdsRecords()
	o.formatIs("2", "1", "2")
	o.verify()
}

// A migration that fails leaves format 1, in which an older program may go on
// writing; taken up again, it knows what that wrote.
func TestInterruptedUpgrade(t *testing.T) {
	path, opt := format1(t)
	power := errors.New("power")
	fails := 1
	bad := openWith(t, path, db.Troubled(opt, func(part int) error {
		if part >= fails {
			return power
		}
		return nil
	}))
	for fails = range 3 {
		_, err := bad.write(addVenue("新厅"))
		if fails < 1 && !errors.Is(err, power) {
			t.Errorf("failing at part %d: %v", fails, err)
		}
		if err != nil {
			bad.formatIs("1", "1", "1")
			bad.holdsRecords()
			bad.verify()
		}
	}
	bad.formatIs("2", "1", "2")
	bad.verify()
	if got := beside(t, path); slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, ".new-") || strings.HasSuffix(s, "-2-2") }) {
		t.Errorf("left behind: %v", got)
	}
}

// Between the parts of a migration programs of format 1 write on.
func TestUpgradeWhileOthersWrite(t *testing.T) {
	o := newOffice(t)
	ops := make([]db.Op, 2100)
	for i := range ops {
		ops[i] = addVenue(fmt.Sprintf("厅%d", i))
	}
	o.must(ops...)
	if err := db.BackToFormat1(o.Ledger); err != nil {
		t.Fatal(err)
	}
	o.formatIs("1", "1", "1")
	defer db.SetPart(1, 2)()
	power := errors.New("power")
	failed := false
	l, err := db.Open(o.Path(), db.Troubled(db.Options{Clock: o.clock.Now, User: func() (string, error) { return dbtest.Login, nil }}, func(part int) error {
		if part == 1 && !failed {
			failed = true
			return power
		}
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	between := 0
	progress := func(done, _ int) {
		if f, _, _ := db.FormatNow(l); f != "1" || between > 8 {
			return
		}
		for range 5 {
			between++
			if err := db.EditAsFormat1(o.Ledger, o.actor, "L-2026-0005", fmt.Sprintf("旧程序改的厅 %d", between)); err != nil {
				t.Fatal(err)
			}
		}
		o.verify()
	}
	if _, err := l.Migrate(ctx, progress); !errors.Is(err, power) {
		t.Fatal(err)
	}
	o.formatIs("1", "1", "1")
	if between == 0 {
		t.Fatal("the migration had one part only")
	}
	if _, err := l.Migrate(ctx, progress); err != nil {
		t.Fatal(err)
	}
	o.formatIs("2", "1", "2")
	if db.Filters(o.Ledger) != 8 {
		t.Errorf("%d filters", db.Filters(o.Ledger))
	}
	o.verify()
	defer db.SetSearchLimits(0, 2000, 4096)()
	if hits := o.search(db.SearchQuery{Text: "旧程序改的厅"}); len(hits) != 1 {
		t.Errorf("%d hits", len(hits))
	}
}

// A program that knows only format 1 reads a ledger of format 2 and is refused
// politely when it wants to write.
func TestOlderProgramReadsAndDoesNotWrite(t *testing.T) {
	c := newCommunity(t)
	if err := db.SealAll(c.Ledger); err != nil {
		t.Fatal(err)
	}
	before, _ := contents(t, c.Path())
	old := openWith(t, c.Path(), db.Knowing(db.Options{Clock: c.clock.Now, User: func() (string, error) { return dbtest.Login, nil }}, 1))
	if r := old.get(c.visit); r.Values["change"] != "想在卫生间装一个扶手" {
		t.Errorf("%+v", r)
	}
	if list, err := old.List(ctx, db.Query{Register: "visit", Text: "扶手"}); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
	for what, write := range map[string]func() error{
		"entering": func() error { _, err := old.write(addVenue("厅")); return err },
		"drafting": func() error { return old.SaveDraft(ctx, old.actor, db.Draft{Key: "venue"}) },
		"noting":   func() error { _, err := old.Note(ctx, old.actor, db.Event{Action: "export"}); return err },
	} {
		if err := write(); db.ExitCode(err) != db.ExitNewer {
			t.Errorf("%s: %v", what, err)
		}
		if after, _ := contents(t, c.Path()); !bytes.Equal(before, after) {
			t.Errorf("%s changed the file", what)
		}
	}
}
