package tui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
)

// sizes in which every screen is kept and checked: the design size, a large
// window and the least.
var sizes = [][2]int{{80, 24}, {120, 40}, {60, 16}}

// hand presses keys without a terminal: what a key causes is done before the next,
// but for timers, which are left out.
type hand struct {
	t   *testing.T
	a   *App
	led *db.Ledger
}

// press presses keys by their names. What begins with ' is typed.
func (h *hand) press(keys string) {
	for _, k := range strings.Fields(keys) {
		if text, ok := strings.CutPrefix(k, "'"); ok {
			for _, r := range text {
				h.update(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
			continue
		}
		h.update(keyPress(k))
	}
}

func (h *hand) update(msg tea.Msg) {
	_, cmd := h.a.Update(msg)
	h.run(cmd)
}

func (h *hand) run(cmd tea.Cmd) {
	if cmd == nil || strings.HasPrefix(runtime.FuncForPC(reflect.ValueOf(cmd).Pointer()).Name(), "charm.land/bubbletea/v2.Tick") {
		return
	}
	msg := cmd()
	if msg == nil {
		return
	}
	if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() { // a batch or a sequence
		for i := range v.Len() {
			h.run(v.Index(i).Interface().(tea.Cmd))
		}
		return
	}
	h.update(msg)
}

// checked is the screen at a size as plain text, with the cursor told beneath. No
// line may be wider than the window, none hold half a character.
func checked(t *testing.T, a *App, what string, w, h int) string {
	t.Helper()
	a.w, a.h = w, h
	v := a.View()
	lines := strings.Split(v.Content, "\n")
	if len(lines) > h {
		t.Fatalf("%s %s %dx%d: %d lines", what, a.s.lang, w, h, len(lines))
	}
	var b strings.Builder
	for _, line := range lines {
		if n := a.s.metric.Width(line); n > w || !utf8.ValidString(line) {
			t.Fatalf("%s %s %dx%d: %d cells: %q", what, a.s.lang, w, h, n, line)
		}
		b.WriteString(strings.TrimRight(ansi.Strip(line), " ") + "\n")
	}
	if c := v.Cursor; c != nil {
		if c.X < 0 || c.X >= w || c.Y < 1 || c.Y >= h-1 {
			t.Fatalf("%s %s %dx%d: cursor at %d,%d", what, a.s.lang, w, h, c.X, c.Y)
		}
		fmt.Fprintf(&b, "== cursor %d,%d\n", c.X, c.Y)
	}
	return b.String()
}

// goldenOffice is the small ledger over which the screens are drawn. Its clock
// stands still.
func goldenOffice(t *testing.T) *db.Ledger {
	led := dbtest.New(t)
	add(t, led, "compound", "name", "和平小区")
	add(t, led, "person", "name", "张桂英", "birth", "1941-05-06", "sex", "女", "cats", "高龄；独居")
	add(t, led, "household", "compound", "和平小区", "building", "3", "room", "501", "head", "张桂英")
	add(t, led, "person", "name", "阿依古丽·买买提", "birth", "1988-11-20", "sex", "女")
	add(t, led, "person", "name", "欧阳明月", "birth", "1990-01-02", "sex", "女", "cats", "低保户")
	add(t, led, "venue", "name", "文化广场", "category", "室外")
	for i, title := range []string{"“腊八”送福粥进楼道", "元宵灯谜会——居民与志愿者一起动手", "学雷锋志愿服务集市", "庆三八趣味运动会", "反诈宣传"} {
		day := model.NewDate(2026, 1, 10).AddDays(14 * i)
		add(t, led, "activity", "date", day.String(), "title", title, "lines", []string{"文体", "文体、妇女儿童", "志愿服务", "妇女儿童", "平安综治"}[i],
			"form", "节庆", "venue", "文化广场", "attend_total", fmt.Sprint(40+23*i), "cost", fmt.Sprint(300*(i+1)), "cost_source", "办公经费", "summary", "居民踊跃参加，秩序良好。")
	}
	add(t, led, "activity", "date", "2025-03-05", "title", "学雷锋义诊", "lines", "老龄", "venue", "文化广场", "attend_total", "66")
	add(t, led, "visit", "date", "2026-02-10", "person", "张桂英", "household", "和平小区3号楼501室", "amount", "500", "goods", "米 1 袋；油 2 桶", "fund", "党费", "need_text", "楼道扶手松动", "next_date", "2026-03-01")
	return led
}

// screenshots are the screens, each with the keys that lead to it from home.
var screenshots = []struct {
	name string
	keys string
	then func(h *hand)
}{
	{name: "home"},
	{name: "home-drafts", keys: "1 ctrl+n tab tab tab '夏夜读书会 esc enter esc"},
	{name: "menu", keys: "9"},
	{name: "list", keys: "1"},
	{name: "list-empty", keys: "8"},
	{name: "list-filter", keys: "1 / 'xlf", then: func(h *hand) {
		l := h.a.top().(*list)
		h.update(askMsg{l, l.turn})
	}},
	{name: "list-choice", keys: "1 s"},
	{name: "list-sorted", keys: "1 s down down enter"},
	{name: "list-grouped", keys: "1 g down enter z down"},
	{name: "list-marked", keys: "1 space down down space"},
	{name: "list-bulk", keys: "1 a m"},
	{name: "list-period", keys: "1 p '2026Q9 enter"},
	{name: "list-working", keys: "1", then: func(h *hand) { h.long() }},
	{name: "columns", keys: "1 c down"},
	{name: "form", keys: "1 ctrl+n"},
	{name: "form-picker", keys: "1 ctrl+n tab tab tab tab 'w"},
	{name: "form-table", keys: "3 ctrl+n tab tab 'zgy enter pgdown '500 tab '米 enter '2"},
	{name: "form-error", keys: "1 ctrl+n ctrl+s"},
	{name: "form-leaving", keys: "1 ctrl+n tab tab tab '夏夜读书会 esc"},
	{name: "form-help", keys: "1 ctrl+n f1"},
	{name: "form-note", keys: "1 ctrl+n pgdown pgdown pgdown '今日上午在文化广场开展活动，居民、志愿者和党员一起参加，“人人动手”，秩序良好；还有孩子们表演了节目。"},
	{name: "form-edit", keys: "3 enter enter"},
	{name: "templates", keys: "1 ctrl+n ctrl+t"},
	{name: "copy", keys: "1 ctrl+n ctrl+d"},
	{name: "doubts", keys: "1 ctrl+n '0307 ctrl+d down enter '130 ctrl+s"},
	{name: "strip", then: func(h *hand) {
		for _, name := range []string{"文昌街道和平社区第一党支部", "第二党支部"} {
			org := add(h.t, h.led, "org", "name", name, "type", "党支部")
			add(h.t, h.led, "meeting", "date", "2026-01-09", "type", "支委会", "org", org, "topic", "议事", "expected", "5", "present", "5")
			add(h.t, h.led, "meeting", "date", "2026-02-09", "type", "支委会", "org", org, "topic", "议事", "expected", "5", "present", "2")
		}
		h.run(h.a.open(newStrip(h.a.s)))
	}},
	{name: "detail", keys: "1 down enter"},
	{name: "detail-visit", keys: "3 enter"},
	{name: "history", keys: "1 enter enter tab tab tab '（第二场） ctrl+s end"},
	{name: "void", keys: "1 enter ctrl+x '重复登记"},
	{name: "conflict", keys: "1 enter enter tab tab tab '（春）", then: func(h *hand) {
		id := h.a.top().(*form).id
		r := get(h.t, h.led, id)
		op := db.Op{Kind: db.Edit, Register: "activity", ID: id, Base: r.Version, Values: model.Values{"title": "反诈宣传进校园"}}
		if _, err := h.led.Write(context.Background(), dbtest.Actor(h.t, h.led), db.RequestID{}, op); err != nil {
			h.t.Fatal(err)
		}
		h.press("ctrl+s")
	}},
	{name: "bin", keys: "1 enter ctrl+d esc 9 b"},
	{name: "search", keys: "/ 'zgy", then: func(h *hand) {
		sc := h.a.top().(*search)
		h.update(searchAskMsg{sc, sc.turn})
	}},
	{name: "figures", keys: "0"},
	{name: "figures-file", keys: "0 ctrl+s"},
	{name: "reports", keys: "r"},
	{name: "report", keys: "r enter enter tab tab"},
	{name: "report-aside", keys: "r enter enter t"},
	{name: "report-paragraph", keys: "r enter enter g e '人手不足{{活动.人此}}。 ctrl+s"},
	{name: "report-saved", keys: "r enter enter g e '人手不足，共3人。 ctrl+s"},
	{name: "report-hindered", keys: "r enter enter ctrl+s down enter"},
	{name: "settings", keys: "9 s"},
	{name: "settings-add", keys: "9 s ctrl+n"},
	{name: "settings-deadlines", keys: "9 s end enter"},
	{name: "settings-field", keys: "9 s ctrl+n enter"},
	{name: "preferences", keys: "9 p down enter"},
	{name: "palette", keys: "1 ctrl+p 'hd"},
	{name: "help", keys: "1 ?"},
	{name: "grid", keys: "3 t down space"},
	{name: "grid-for-all", keys: "3 t space e"},
	{name: "grid-leaving", keys: "3 t space esc"},
	{name: "readonly", then: func(h *hand) { h.update(readOnlyMsg{model.W("文件系统只读", "read-only file system")}) }},
	{name: "covered", then: func(h *hand) { h.a.locked = true }},
	{name: "refusal", keys: "1 ctrl+n", then: func(h *hand) {
		h.update(toastMsg{bad: true, text: model.W("台账被占用已超过5秒：别的进程正在写。没有存任何东西，表里的内容都还在；过一会儿再按Ctrl-S。如果一直这样，请看看有没有停住的备份或导出。",
			"The ledger has been busy for more than 5 seconds: another process is writing. Nothing was saved and the form keeps all you typed; press Ctrl-S again in a moment. If it stays so, look for a backup or export that hangs.")})
	}},
}

// Every screen looks as it is kept in testdata/screens, in both languages and in
// three sizes: go test ./tui -run TestGoldenScreens -update writes them. Look at
// what changes.
func TestGoldenScreens(t *testing.T) {
	kept := map[string]bool{}
	for _, l := range []model.Lang{model.ZH, model.EN} {
		led := goldenOffice(t)
		raw, err := os.ReadFile(led.Path())
		if err != nil {
			t.Fatal(err)
		}
		for _, shot := range screenshots {
			// Each on a ledger of its own: what one saves the next must not see.
			path := filepath.Join(t.TempDir(), "ledger.db")
			if err := os.WriteFile(path, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			own := dbtest.Open(t, path, dbtest.NewClock(dbtest.Start))
			h := &hand{t, New(optionsFor(t, own, l), cell.Narrow), own}
			h.run(h.a.begin())
			h.press(shot.keys)
			if shot.then != nil {
				shot.then(h)
			}
			kept[golden(t, h.a, shot.name)] = true
		}
		first := New(Options{Lang: l, Start: &Starter{Path: "/home/wangf/.local/share/taizhang/ledger.db"}, Now: led.Now}, cell.Narrow)
		(&hand{t, first, nil}).press("'文昌街道 tab")
		kept[golden(t, first, "first")] = true
		small := New(optionsFor(t, led, l), cell.Narrow)
		for _, size := range [][2]int{{59, 24}, {80, 15}, {20, 2}, {1, 1}} {
			checked(t, small, "too small", size[0], size[1])
		}
		kept[goldenText(t, "small."+l.String(), checked(t, small, "too small", 59, 15))] = true
	}
	files, err := filepath.Glob("testdata/screens/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !kept[f] {
			t.Errorf("%s belongs to no screen", f)
		}
	}
}

// golden compares a screen in all sizes with what is kept.
func golden(t *testing.T, a *App, name string) string {
	t.Helper()
	var b strings.Builder
	for _, size := range sizes {
		fmt.Fprintf(&b, "== %dx%d\n%s", size[0], size[1], checked(t, a, name, size[0], size[1]))
	}
	return goldenText(t, name+"."+a.s.lang.String(), b.String())
}

func goldenText(t *testing.T, name, got string) string {
	t.Helper()
	path := filepath.Join("testdata", "screens", name+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Errorf("%v; go test ./tui -run TestGoldenScreens -update writes it", err)
	} else if string(want) != got {
		t.Errorf("%s is another screen now:\n%s\nwas:\n%s\nlook at it, and then: go test ./tui -run TestGoldenScreens -update", name, got, want)
	}
	return path
}

// long shows long work under way, as it stands when it takes its time.
func (h *hand) long() {
	j := &work{what: model.W("备份", "backing up"), shown: true}
	j.progress(42, 100)
	h.a.s.works = append(h.a.s.works, j)
}
