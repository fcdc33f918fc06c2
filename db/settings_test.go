package db_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	bolt "go.etcd.io/bbolt"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

func init() { jobs["settings"] = jobSettings }

// seats is a field that an office adds to its venues.
var seats = model.CustomField{Register: "venue", Key: "x_seats", ZH: "座位", EN: "Seats", Type: "int", Class: "open"}

var dogs = model.CustomRegister{Key: "x_dogs", Letter: "XD", ZH: "养犬登记", EN: "Dog", NameField: "x_name", DateField: "x_since",
	Fields: []model.CustomField{
		{Key: "x_name", ZH: "犬名", Type: "text", Required: true, Col: 1},
		{Key: "x_owner", ZH: "犬主", Type: "ref", Refs: []string{"person"}, OrText: true, Col: 2},
		{Key: "x_since", ZH: "登记日期", Type: "date", Col: 3},
	}}

// save changes the settings as they stand.
func save(t testing.TB, l *db.Ledger, change func(*model.Custom)) db.Settings {
	t.Helper()
	set, err := trySave(l, dbtest.Actor(t, l), change)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func trySave(l *db.Ledger, actor model.Actor, change func(*model.Custom)) (db.Settings, error) {
	set, err := l.Settings(ctx)
	if err != nil {
		return set, err
	}
	change(&set.Custom)
	return l.SaveSettings(ctx, actor, db.SettingsChange{Base: set.Version, Custom: set.Custom})
}

func addSeats(c *model.Custom) { c.Fields = append(c.Fields, seats) }

// jobSettings waits for a line before each record it adds, and reads them as a
// person types them.
func jobSettings() int {
	l, a, err := openInChild()
	in := bufio.NewScanner(os.Stdin)
	fmt.Println("open")
	for err == nil && in.Scan() {
		var vals model.Values
		err = l.View(ctx, func(s *db.Snapshot) error {
			c := &model.Context{Schema: s.Schema(), Book: s, Now: l.Now(), Actor: a}
			vals, err = c.Read(s.Schema().Register("venue"), []model.Input{{Name: "名称", Value: "厅"}, {Name: "类别", Value: "室内"}, {Name: in.Text(), Value: "30"}})
			return err
		})
		if err != nil {
			fmt.Println(model.Say(err, model.ZH))
			err = nil
			continue
		}
		var res db.Result
		if res, err = l.Write(ctx, a, db.RequestID{}, db.Op{Kind: db.Add, Register: "venue", Values: vals}); err == nil {
			fmt.Println(res.Records[0].ID)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// A field that one login adds is there in another that was open before.
func TestSettingsReachOtherProcesses(t *testing.T) {
	l := dbtest.New(t)
	cmd := child(t, "settings", l.Path())
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	out := bufio.NewScanner(pipe)
	ask := func(text string) string {
		if text != "" {
			fmt.Fprintln(in, text)
		}
		out.Scan()
		return out.Text()
	}
	if got := ask(""); got != "open" {
		t.Fatal(got)
	}
	if got := ask("座位"); !strings.Contains(got, "没有“座位”这一项") {
		t.Error(got)
	}
	save(t, l, addSeats)
	got := ask("座位")
	if _, _, _, ok := model.SplitID(got); !ok {
		t.Error(got)
	}
	in.Close()
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	list, err := l.List(ctx, db.Query{Register: "venue"})
	if err != nil || len(list) != 1 || list[0].Values["x_seats"] != int64(30) {
		t.Fatalf("%v %v", list, err)
	}
	verifyClean(t, l)
}

func verifyClean(t testing.TB, l *db.Ledger) {
	t.Helper()
	if rep, err := l.Verify(ctx, nil); err != nil {
		t.Errorf("%v %+v", err, rep.Faults)
	}
}

// The journal names what was changed, never a value; a second save on the same
// version is refused, an equal one changes nothing.
func TestSaveSettings(t *testing.T) {
	l := dbtest.New(t)
	if set, err := l.Settings(ctx); err != nil || set.Version != 0 {
		t.Fatal(set, err)
	}
	set := save(t, l, func(c *model.Custom) { addSeats(c); c.Registers = append(c.Registers, dogs) })
	if set.Version != 1 || set.By != "S-2026-0001" || l.Schema().Register("x_dogs") == nil {
		t.Errorf("%+v", set)
	}
	entries, err := l.EntriesSince(ctx, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	e := entries[len(entries)-1]
	if e.Action != db.ActSettings || e.Version != 1 || strings.Join(e.Fields, " ") != "x_dogs x_dogs.x_name x_dogs.x_owner x_dogs.x_since venue.x_seats" {
		t.Errorf("%+v", e)
	}
	actor := dbtest.Actor(t, l)
	_, err = l.SaveSettings(ctx, actor, db.SettingsChange{Base: 0})
	var conflict *db.Conflict
	if !errors.As(err, &conflict) || db.ExitCode(err) != db.ExitConflict || conflict.By != "S-2026-0001" {
		t.Errorf("%v", err)
	}
	head, _, _ := l.Head(ctx)
	if again := save(t, l, func(*model.Custom) {}); again.Version != 1 {
		t.Errorf("%+v", again)
	}
	if now, _, _ := l.Head(ctx); now != head {
		t.Error("a save that changes nothing made an entry")
	}
	verifyClean(t, l)
}

// Only an administrator may, whatever the caller believes of herself.
func TestSettingsNeedAdministrator(t *testing.T) {
	l := dbtest.New(t)
	id := dbtest.Add(t, l, "staff", model.Values{"name": "王芳", "login": "wangf", "roles": []string{"录入"}})
	_, err := trySave(l, model.Actor{Staff: id, Login: "wangf", Roles: []model.Role{model.Administrator}}, addSeats)
	if db.ExitCode(err) != db.ExitDenied {
		t.Errorf("%v", err)
	}
	if set, _ := l.Settings(ctx); set.Version != 0 {
		t.Error("stored all the same")
	}
}

// A bad entry is named and nothing is stored.
func TestBadSettings(t *testing.T) {
	l := dbtest.New(t)
	_, err := trySave(l, dbtest.Actor(t, l), func(c *model.Custom) {
		bad := seats
		bad.Type = "number"
		c.Fields = append(c.Fields, bad)
	})
	var problems model.Problems
	if !errors.As(err, &problems) || problems[0].Entry != "venue.x_seats" || problems[0].Part != "type" {
		t.Errorf("%v", err)
	}
	if set, _ := l.Settings(ctx); set.Version != 0 || l.Schema().Register("venue").Field("x_seats") != nil {
		t.Error("stored all the same")
	}
}

// The type of a field changes only while no record holds a value of the old
// one, except between the two kinds of text.
func TestTypeChange(t *testing.T) {
	l := dbtest.New(t)
	retype := func(to string) func(*model.Custom) {
		return func(c *model.Custom) { c.Fields[0].Type = to }
	}
	save(t, l, addSeats)
	id := dbtest.Add(t, l, "venue", model.Values{"name": "厅", "category": "室内", "place": "二楼"})
	save(t, l, retype("dec"))
	edit(t, l, id, model.Values{"x_seats": model.Dec(30500)})
	if _, err := trySave(l, dbtest.Actor(t, l), retype("int")); err == nil || !strings.Contains(model.Say(err, model.ZH), "venue.x_seats") {
		t.Errorf("%v", err)
	}
	edit(t, l, id, model.Values{"x_seats": nil})
	save(t, l, retype("text"))
	edit(t, l, id, model.Values{"x_seats": "三十多"})
	save(t, l, retype("note"))
	if got := get(t, l, id).Values["x_seats"]; got != "三十多" {
		t.Error(got)
	}
	if _, err := trySave(l, dbtest.Actor(t, l), retype("date")); err == nil {
		t.Error("text became a date")
	}
	save(t, l, func(c *model.Custom) { c.Registers = append(c.Registers, dogs) })
	rename := func(c *model.Custom) { c.Registers[0].NameField = "" }
	save(t, l, rename)
	save(t, l, func(c *model.Custom) { c.Registers[0].NameField = "x_name" })
	dbtest.Add(t, l, "x_dogs", model.Values{"x_name": "旺财"})
	if _, err := trySave(l, dbtest.Actor(t, l), rename); err == nil {
		t.Error("a register with records took another name field")
	}
	if _, err := trySave(l, dbtest.Actor(t, l), func(c *model.Custom) { c.Registers[0].Letter = "XE" }); err == nil {
		t.Error("a register took another letter")
	}
	verifyClean(t, l)
}

func edit(t testing.TB, l *db.Ledger, id string, values model.Values) {
	t.Helper()
	if _, err := l.Write(ctx, dbtest.Actor(t, l), db.RequestID{}, db.Op{Kind: db.Edit, ID: id, Values: values}); err != nil {
		t.Fatal(err)
	}
}

func get(t testing.TB, l *db.Ledger, id string) *model.Record {
	t.Helper()
	r, err := l.Get(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A removed field's values outlive edits, searches do not find them, and they
// are there again when the field is; what refers to a person goes on doing so.
func TestRemovedField(t *testing.T) {
	l := dbtest.New(t)
	buddy := model.CustomField{Register: "venue", Key: "x_buddy", ZH: "联系人", Type: "ref", Refs: []string{"person"}}
	word := model.CustomField{Register: "venue", Key: "x_word", ZH: "口号", Type: "text"}
	save(t, l, func(c *model.Custom) { c.Fields = append(c.Fields, buddy, word) })
	person := dbtest.Add(t, l, "person", model.Values{"name": "王秀兰", "birth": model.NewDate(1941, 5, 6)})
	id := dbtest.Add(t, l, "venue", model.Values{"name": "厅", "category": "室内", "place": "二楼", "x_buddy": model.Ref{ID: person}, "x_word": "邻里一家亲"})
	find := func() int {
		keys, err := l.Keys(ctx, db.Query{Register: "venue", Text: "邻里一家"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return len(keys)
	}
	if find() != 1 {
		t.Error("not found while in use")
	}
	save(t, l, func(c *model.Custom) { *c = model.Custom{} })
	edit(t, l, id, model.Values{"place": "三楼"})
	if find() != 0 {
		t.Error("found by a removed field")
	}
	verifyClean(t, l)
	err := l.View(ctx, func(s *db.Snapshot) error {
		if ids := s.Referring("venue", person); !slices.Equal(ids, []string{id}) {
			t.Errorf("referring: %v", ids)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	set := save(t, l, func(c *model.Custom) { c.Fields[0].Removed, c.Fields[1].Removed = false, false })
	r := get(t, l, id)
	if r.Values["x_buddy"] != (model.Ref{ID: person}) || r.Values["x_word"] != "邻里一家亲" || r.Values["place"] != "三楼" || find() != 1 || set.Version != 3 {
		t.Errorf("%v", r.Values)
	}
	verifyClean(t, l)
}

// A removed register takes no new record; its records are read, and nothing is
// lost when it comes back.
func TestRemovedRegister(t *testing.T) {
	l := dbtest.New(t)
	save(t, l, func(c *model.Custom) { c.Registers = append(c.Registers, dogs) })
	id := dbtest.Add(t, l, "x_dogs", model.Values{"x_name": "旺财", "x_since": model.NewDate(2026, 3, 1)})
	if id != "XD-2026-0001" {
		t.Error(id)
	}
	save(t, l, func(c *model.Custom) { c.Registers[0].Removed = true })
	if r := get(t, l, id); r.Values["x_name"] != "旺财" {
		t.Errorf("%v", r.Values)
	}
	_, err := l.Write(ctx, dbtest.Actor(t, l), db.RequestID{}, db.Op{Kind: db.Add, Register: "x_dogs", Values: model.Values{"x_name": "来福"}})
	if db.ExitCode(err) != db.ExitDenied {
		t.Errorf("%v", err)
	}
	verifyClean(t, l)
	save(t, l, func(c *model.Custom) { c.Registers[0].Removed = false })
	if second := dbtest.Add(t, l, "x_dogs", model.Values{"x_name": "来福"}); second != "XD-2026-0002" {
		t.Error(second)
	}
	verifyClean(t, l)
}

// What was typed under a key before its field was declared is shown, kept
// through edits of other fields, and read as the type where it fits.
func TestRawValuesBeforeTheField(t *testing.T) {
	l := dbtest.New(t)
	rough := dbtest.Add(t, l, "venue", model.Values{"name": "大厅", "category": "室内", "place": "一楼", "x_seats": "约三十", "x_more": []any{"甲", int64(2)}})
	fits := dbtest.Add(t, l, "venue", model.Values{"name": "小厅", "category": "室内", "place": "二楼", "x_seats": int64(12)})
	save(t, l, addSeats)
	for range 2 {
		edit(t, l, rough, model.Values{"place": get(t, l, rough).Values["place"].(string) + "东"})
	}
	r := get(t, l, rough)
	if r.Values["x_seats"] != "约三十" || !model.Equal(r.Values["x_more"], []any{"甲", int64(2)}) || r.Values["place"] != "一楼东东" {
		t.Errorf("%v", r.Values)
	}
	if v := get(t, l, fits).Values["x_seats"]; v != int64(12) {
		t.Errorf("%v", v)
	}
	edit(t, l, rough, model.Values{"x_seats": int64(30)})
	if v := get(t, l, rough).Values["x_seats"]; v != int64(30) {
		t.Errorf("%v", v)
	}
	verifyClean(t, l)
}

// Settings changed behind the program's back are named by verify and not
// followed: reading the built-in registers goes on, nothing is written.
func TestTamperedSettings(t *testing.T) {
	for name, tamper := range map[string]func(*bolt.Bucket) error{
		"settings version 2 was altered": func(b *bolt.Bucket) error {
			k, v := b.Cursor().Last()
			return b.Put(k, []byte(strings.Replace(string(v), `"class": "sensitive"`, `"class": "personal" `, 1)))
		},
		"settings version 2 is missing": func(b *bolt.Bucket) error {
			k, _ := b.Cursor().Last()
			return b.Delete(k)
		},
		"a version of the settings does not agree": func(b *bolt.Bucket) error {
			_, v := b.Cursor().Last()
			return b.Put([]byte{0, 0, 0, 9}, v)
		},
		"settings version 1 was altered": func(b *bolt.Bucket) error {
			return b.Put([]byte{0, 0, 0, 1}, []byte("\xa0"))
		},
	} {
		l := dbtest.New(t)
		save(t, l, addSeats)
		save(t, l, func(c *model.Custom) { c.Fields[0].Class = "sensitive" })
		b, err := bolt.Open(l.Path(), 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = b.Update(func(tx *bolt.Tx) error { return tamper(tx.Bucket([]byte("settings"))) })
		if err = errors.Join(err, b.Close()); err != nil {
			t.Fatal(err)
		}
		again := dbtest.Open(t, l.Path(), dbtest.NewClock(dbtest.Start))
		rep, err := again.Verify(ctx, nil)
		if err == nil || len(rep.Faults) == 0 || !strings.Contains(rep.Faults[0].EN, name) {
			t.Errorf("%s: %v %+v", name, err, rep.Faults)
		}
		if name == "settings version 2 was altered" {
			if f := again.Schema().Register("venue").Field("x_seats"); f != nil {
				t.Error("altered settings are followed")
			}
			if _, err := again.List(ctx, db.Query{Register: "venue"}); err != nil {
				t.Errorf("reading: %v", err)
			}
			fresh := dbtest.Open(t, l.Path(), dbtest.NewClock(dbtest.Start))
			if _, err := fresh.Write(ctx, dbtest.Actor(t, fresh), db.RequestID{}, addVenue("厅")); err == nil || !strings.Contains(err.Error(), "settings") {
				t.Errorf("writing: %v", err)
			}
		}
	}
}

// Readers, writers and an administrator at once, each goroutine with the one
// Ledger: every record is read by some schema that was in force.
func TestSettingsWhileOthersWork(t *testing.T) {
	l := dbtest.New(t)
	actor := dbtest.Actor(t, l)
	dbtest.Add(t, l, "venue", model.Values{"name": "厅", "category": "室内", "x_seats": int64(12)})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for range 30 {
				if err := l.Scan(ctx, db.Query{Register: "venue"}, nil, func(r *model.Record) error {
					if r.Values["x_seats"] != int64(12) {
						t.Errorf("%v", r.Values)
					}
					return nil
				}); err != nil {
					t.Error(err)
				}
				_ = l.Schema().Register("venue").AllFields()
			}
		})
	}
	wg.Go(func() {
		for i := range 12 {
			if _, err := trySave(l, actor, func(c *model.Custom) {
				if len(c.Fields) == 0 {
					addSeats(c)
				}
				c.Fields[0].Removed = i%2 == 1
			}); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Wait()
	if set, err := l.Settings(ctx); err != nil || set.Version != 12 {
		t.Error(set.Version, err)
	}
	verifyClean(t, l)
}
