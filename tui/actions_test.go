package tui

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/cell"
)

var update = flag.Bool("update", false, "rewrite golden files and the key tables of the READMEs")

// everyScreen makes one screen of each kind as it is before anything is read.
func everyScreen(t testing.TB, s *session) []screen {
	t.Helper()
	reg := s.declared().Register("activity")
	f := newForm(reg, nil)
	f.update(s, f.init(s)())
	asking := newSettings()
	asking.ready = true
	asking.press(s, keyPress("ctrl+n"))
	return []screen{
		newHome(), &home{other: true}, newList(s, reg), newList(s, s.declared().Register("venue")), f, newDetail(reg, "A-2026-0001"), newWho(reg, "A-2026-0001"), newFigures(s),
		&bin{}, newSettings(), asking, newPreferences(), newSearch(s), newGrid(s), newColumns(s, reg), newFirst(s, &Starter{}), newConflict(f, &db.Conflict{}), newIntake(s, reg),
		newReports(s), newReportText(export.Reports[0], export.ReportJob{}), newReportTable(export.Reports[1], export.ReportJob{}), newParagraph(s, newReportText(export.Reports[0], export.ReportJob{}), "", ""),
	}
}

func testSession(t testing.TB) *session {
	t.Helper()
	return New(optionsFor(t, dbtest.New(t), model.ZH), cell.Narrow).s
}

// No two actions share a key in one place, and each key can be pressed by the
// palette.
func TestActionTable(t *testing.T) {
	for i, w := range placeWords {
		if w.ZH == "" || w.EN == "" {
			t.Errorf("place %d has no name", i)
		}
		seen := map[string]string{}
		for j := range actions {
			a := &actions[j]
			if a.on>>i&1 == 0 {
				continue
			}
			for _, k := range a.keys {
				if was, ok := seen[k]; ok && was != a.help.EN {
					t.Errorf("%s: %q means %q and %q", w.EN, k, was, a.help.EN)
				}
				seen[k] = a.help.EN
			}
		}
	}
	if place(1)<<len(placeWords) != endOfPlaces {
		t.Error("a place has no name")
	}
	for j := range actions {
		a := &actions[j]
		if a.words.ZH == "" || a.words.EN == "" || a.help.ZH == "" || a.help.EN == "" || len(a.keys) == 0 {
			t.Errorf("action %d is not complete: %+v", a.id, a)
		}
		for _, k := range a.keys {
			if k == "0-9" { // stands for ten
				continue
			}
			if got := keyPress(k).String(); got != k {
				t.Errorf("pressing %q gives %q", k, got)
			}
			if name := keyName(k, model.ZH); name == k && len(k) > 1 {
				t.Errorf("%q has no name", k)
			}
		}
	}
}

// No key is one that terminals, multiplexers, browsers or input methods keep for
// themselves; no letter and no F key is the only way to anything.
func TestNoTrapKeys(t *testing.T) {
	traps := map[string]string{"ctrl+a": "screen", "ctrl+b": "tmux", "ctrl+h": "Backspace", "ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+[": "Esc",
		"ctrl+q": "flow control", "ctrl+v": "pasting", "ctrl+w": "closing a browser's tab", "ctrl+space": "input methods", "ctrl+.": "input methods", "shift+space": "input methods"}
	for i := range actions {
		a := &actions[i]
		others := false
		for _, k := range a.keys {
			if why, trap := traps[k]; trap || strings.HasPrefix(k, "alt+") {
				t.Errorf("%s: %s is taken by %s", a.help.EN, k, why)
			}
			letter := len(k) == 1 && k[0] >= 'a' && k[0] <= 'z'
			fkey := len(k) > 1 && k[0] == 'f' && k[1] >= '0' && k[1] <= '9'
			others = others || !letter && !fkey
		}
		if !others {
			t.Errorf("%s: %v cannot be pressed everywhere", a.help.EN, a.keys)
		}
	}
}

// Every action is reachable from the palette, wherever there is one.
func TestPaletteHasEveryAction(t *testing.T) {
	s := testSession(t)
	for _, on := range everyScreen(t, s) {
		if find(on.place(), "ctrl+p") == nil { // the first run, and questions that are asked before going on
			continue
		}
		commands := commandsOn(s, on)
		for j := range actions {
			a := &actions[j]
			if a.on&on.place() == 0 || !a.isCommand() {
				continue
			}
			if !slices.ContainsFunc(commands, func(c command) bool { return c.words == spell(a) }) {
				t.Errorf("%s: %s is missing", on.place().where(model.EN), a.help.EN)
			}
		}
		ids := map[string]bool{}
		for _, c := range commands {
			if ids[c.id] {
				t.Errorf("%s: two commands are called %q", on.place().where(model.EN), c.id)
			}
			ids[c.id] = true
			if c.words.ZH == "" || c.words.EN == "" || c.extra.ZH == "" || c.extra.EN == "" || c.run == nil {
				t.Errorf("%q is not complete", c.id)
			}
		}
		for _, reg := range s.declared().Registers {
			if !ids["go "+reg.Key] || !ids["new "+reg.Key] {
				t.Errorf("the register %s is missing", reg.Key)
			}
		}
	}
}

// Every reason is a sentence in both languages, and there is an action it is for.
func TestConditions(t *testing.T) {
	for _, c := range conditions {
		if c.words.ZH == "" || c.words.EN == "" || strings.Contains(c.words.ZH+c.words.EN, "%") {
			t.Errorf("a reason is not complete: %+v", c.words)
		}
		for _, id := range c.acts {
			if !slices.ContainsFunc(actions, func(a action) bool { return a.id == id && a.on&c.on != 0 }) {
				t.Errorf("%q is about an action that is not there", c.words.EN)
			}
		}
	}
	// What the policy says, for every role and action of the table.
	s := testSession(t)
	refused := 0
	for _, roles := range [][]model.Role{nil, {model.Viewer}, {model.Clerk}, {model.Supervisor}, {model.Administrator}} {
		s.actor.Roles = roles
		for _, on := range everyScreen(t, testSession(t)) {
			for j := range actions {
				a := &actions[j]
				if a.on&on.place() == 0 {
					continue
				}
				if err := s.whyOff(a, on); err != nil {
					refused++
					if w := model.AsWords(err); w.ZH == "" || w.EN == "" || w.ZH == w.EN {
						t.Errorf("%v may not %s: %+v", roles, a.words.EN, w)
					}
				}
			}
		}
	}
	if refused < 20 {
		t.Errorf("only %d refusals", refused)
	}
}

// Each condition holds when it should, and the key then says why.
func TestWhyOff(t *testing.T) {
	led := dbtest.New(t)
	s := New(optionsFor(t, led, model.ZH), cell.Narrow).s
	why := func(on screen, id act) string {
		t.Helper()
		for j := range actions {
			if a := &actions[j]; a.id == id && a.on&on.place() != 0 {
				if err := s.whyOff(a, on); err != nil {
					return model.Say(err, model.ZH)
				}
				return ""
			}
		}
		t.Fatal("no such action")
		return ""
	}
	reg := s.declared().Register("activity")
	void := newDetail(reg, "A-2026-0001")
	void.record = model.NewRecord(reg)
	void.record.State = model.Void
	live := newDetail(reg, "A-2026-0001")
	live.record = model.NewRecord(reg)
	visit := s.declared().Register("visit")
	paid := newDetail(visit, "V-2026-0001")
	paid.record = model.NewRecord(visit)
	paid.record.Values["amount"] = model.Money(50000)
	s.lately = db.Lately{Undo: &model.Problem{}, Redo: &model.Problem{}}
	filled := newList(s, reg)
	filled.keys = make([]db.Key, 3)
	for _, c := range []struct {
		on   screen
		id   act
		says string
	}{
		{newList(s, s.declared().Register("venue")), actSpan, "没有日期"},
		{filled, actSpan, ""},
		{newList(s, reg), actOpen, "没有记录"},
		{filled, actFold, "没有分组"},
		{filled, actMarked, "还没有标记"},
		{filled, actOpen, ""},
		{&bin{}, actRestore, "没有选中"},
		{newSettings(), actRemove, "没有选中"},
		{void, actEdit, "不能再改"},
		{live, actEdit, ""},
		{live, actDelete, ""},
		{paid, actDelete, "只能更正、冲销或作废"},
		{newHome(), actUndo, "没有可以撤销"},
		{newHome(), actRedo, "没有可以重做"},
	} {
		if got := why(c.on, c.id); c.says == "" && got != "" || !strings.Contains(got, c.says) {
			t.Errorf("%T %d: %q, not %q", c.on, c.id, got, c.says)
		}
	}
	s.lately = db.Lately{}
	if got := why(newHome(), actUndo); got != "" {
		t.Errorf("undo: %s", got)
	}
}

// A ledger that can only be read: what would change it says so at once.
func TestReadOnlyLedger(t *testing.T) {
	led := dbtest.New(t)
	b, err := bolt.Open(led.Path(), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = b.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("min_writer"), []byte("99")) })
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	d := login(t, led, model.ZH, 80, 24)
	d.Expect("本月").Press("1").Expect("没有记录").ExpectNot("Ctrl-N 新增  ").Press("n").Expect("请升级本程序").ExpectNot("*名称")
	d.Press("?").Expect("现在不行：台账是新版程序写的").Press("esc").ExpectNot("现在不行").Press("ctrl+p").Type("新增 走访").Expect("现在不行").Press("enter").Expect("命令：")
	d.Press("esc").ExpectNot("命令：").Press("ctrl+p").Type("zfww").Press("enter").Expect("示例社区 > 走访慰问") // remembering it fails in silence
}

// A footer names some actions, and always the way to the rest of them.
func TestFooter(t *testing.T) {
	s := testSession(t)
	for _, l := range []model.Lang{model.ZH, model.EN} {
		s.lang = l
		for _, w := range []int{60, 80, 200} {
			for _, on := range everyScreen(t, s) {
				got := footActions(s, on, w)
				line := strings.Join(got, "  ")
				if len(got) < 3 || len(got) > mostFoot || s.metric.Width(line) > w {
					t.Errorf("%s at %d: %q", on.place().where(model.EN), w, line)
				}
				if help := model.W("帮助", "help").In(l); !strings.Contains(line, help) {
					t.Errorf("%s: no help in %q", on.place().where(model.EN), line)
				}
			}
		}
	}
}

// The READMEs list the keys as the table has them: go test ./tui -run
// TestReadmeKeys -update writes them.
func TestReadmeKeys(t *testing.T) {
	const begin, end = "<!-- keys: from tui/actions.go by go test ./tui -run TestReadmeKeys -update -->\n", "<!-- end of keys -->\n"
	for path, l := range map[string]model.Lang{"../README.md": model.EN, "../docs/README.zh-CN.md": model.ZH} {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		head, rest, ok1 := strings.Cut(string(b), begin)
		was, tail, ok2 := strings.Cut(rest, end)
		if !ok1 || !ok2 {
			t.Errorf("%s has no place for the keys", path)
			continue
		}
		now := KeyTable(l)
		switch {
		case was == now:
		case *update:
			if err := os.WriteFile(path, []byte(head+begin+now+end+tail), 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("%s lists other keys than the program has; run: go test ./tui -run TestReadmeKeys -update", path)
		}
	}
}
