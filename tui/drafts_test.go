package tui

import (
	"context"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/drive"
)

// titles are what the drafts of activities hold as their titles.
func titles(t *testing.T, led *db.Ledger) (out []string) {
	t.Helper()
	actor, err := led.Actor(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	list, err := led.Drafts(context.Background(), actor)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		out = append(out, d.Texts["title"])
	}
	slices.Sort(out)
	return out
}

// Two windows of one person enter two activities at the same time. Neither gets
// into the other's text or takes its draft away; what a window left is gone on
// with by whoever comes next.
func TestTwoWindowsTwoDrafts(t *testing.T) {
	a, led := office(t, model.ZH, 80, 24)
	holds := func(d *drive.Driver, want ...string) {
		t.Helper()
		slices.Sort(want)
		d.Until("the drafts "+want[0], func() bool { return slices.Equal(titles(t, led), want) })
	}
	a.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").Press("enter", "enter", "enter").Type("春季义诊")
	holds(a, "春季义诊")

	b := login(t, led, model.ZH, 80, 24)
	b.Expect("春季义诊").Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").ExpectNot("接着上次的草稿").ExpectNot("春季义诊")
	b.Press("enter", "enter", "enter").Type("消防演练")
	holds(b, "春季义诊", "消防演练")
	a.Type("进小区")
	holds(a, "春季义诊进小区", "消防演练")

	// Asked for by name, the draft of the other window is refused, not shared.
	b.Press("esc").Expect("草稿已存好").Press("ctrl+x").Expect("没有记录").Press("esc").Expect("春季义诊进小区").Press("home", "enter").Expect("正开着")
	holds(b, "春季义诊进小区")
	b.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").Press("enter", "enter", "enter").Type("消防演练")
	holds(b, "春季义诊进小区", "消防演练")

	// What the first window left goes on in a third one, and saving it leaves the
	// other draft alone.
	a.Press("esc").Expect("草稿已存好").Press("enter").Expect("草稿已保留")
	c := login(t, led, model.ZH, 80, 24)
	c.Press("1").Expect("没有记录").Press("ctrl+n").Expect("接着上次的草稿").CursorAfter("春季义诊进小区")
	c.Type("（二）").Press("esc").Expect("草稿已存好").Press("ctrl+x").Expect("草稿已丢弃")
	holds(c, "消防演练")
}

// Two windows change one record: each has its own text and its own draft.
func TestTwoWindowsOneRecord(t *testing.T) {
	a, led := office(t, model.ZH, 80, 24)
	id := add(t, led, "activity", "title", "邻里节", "lines", "文体", "venue", "广场", "attend_total", "30")
	a.Press("1").Expect("邻里节").Press("enter").Expect("第1版").Press("enter").Expect("*名称").Press("enter", "enter", "enter").Type("（春）")
	a.Until("a draft", func() bool { return slices.Equal(titles(t, led), []string{"邻里节（春）"}) })
	b := login(t, led, model.ZH, 80, 24)
	b.Press("1").Expect("邻里节").Press("enter").Expect("第1版").Press("enter").Expect("*名称").ExpectNot("接着上次的草稿").ExpectNot("（春）")
	b.Press("enter", "enter", "enter").Type("（秋）")
	b.Until("two drafts", func() bool { return slices.Equal(titles(t, led), []string{"邻里节（春）", "邻里节（秋）"}) })
	a.Press("ctrl+s").Expect("已保存")
	b.Until("one draft", func() bool { return slices.Equal(titles(t, led), []string{"邻里节（秋）"}) })
	b.Press("ctrl+s").Expect("两边都改了").Expect("邻里节（秋）").Expect("邻里节（春）").Press("enter").Expect("已保存")
	if got := model.ActivityTitle.Of(get(t, led, id)); got != "邻里节（秋）" || len(titles(t, led)) != 0 {
		t.Errorf("title %q, drafts %q", got, titles(t, led))
	}
}

// What is typed and taken back leaves no draft.
func TestTakenBackLeavesNoDraft(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").Press("enter", "enter", "enter").Type("消")
	d.Until("a draft", func() bool { return slices.Equal(titles(t, led), []string{"消"}) })
	d.Press("backspace", "esc").Expect("没有记录")
	d.Until("no draft", func() bool { return len(titles(t, led)) == 0 })
}

// A form whose draft has a fixed name, as that of something due, moves to a
// draft of its own when another window was a moment faster.
func TestTwoWindowsOneName(t *testing.T) {
	a, led := office(t, model.ZH, 80, 24)
	b := login(t, led, model.ZH, 80, 24)
	for _, d := range []*drive.Driver{a, b} {
		d.Send(openForTest{"activity/one"})
		d.Expect("*日期").Press("enter", "enter", "enter")
	}
	a.Type("春季义诊")
	a.Until("a draft", func() bool { return slices.Equal(titles(t, led), []string{"春季义诊"}) })
	b.Type("消防演练")
	b.Until("two drafts", func() bool { return slices.Equal(titles(t, led), []string{"春季义诊", "消防演练"}) })
	a.Type("二")
	b.Type("三")
	b.Until("two drafts", func() bool { return slices.Equal(titles(t, led), []string{"春季义诊二", "消防演练三"}) })
	b.Press("esc").Expect("草稿已存好").Press("ctrl+x").Expect("草稿已丢弃")
	b.Until("one draft", func() bool { return slices.Equal(titles(t, led), []string{"春季义诊二"}) })
}

// openForTest opens a new activity whose draft has a name of its own.
type openForTest struct{ slot string }

func (m openForTest) to() screen { return opener{slot: m.slot} }

type opener struct {
	screen
	slot string
}

func (o opener) update(s *session, _ tea.Msg) tea.Cmd {
	f := newForm(model.Activity, nil)
	f.slot = o.slot
	return s.push(f)
}

// A record saved within the pause in which a draft is due leaves none behind.
func TestQuickSaveLeavesNoDraft(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Press("9").Expect("场地设备").Press("3").Expect("> 1  场地").Press("enter").Expect("没有记录").Press("ctrl+n").Expect("*名称")
	goTo(t, d, "类别")
	d.Type("sw").Press("enter", "shift+tab", "shift+tab").Type("阅览室").Press("ctrl+s").Expect("已保存 L-2026-0001")
	time.Sleep(draftPause + 200*time.Millisecond)
	d.Idle()
	if got := titles(t, led); len(got) != 0 {
		t.Errorf("%d drafts of what is saved", len(got))
	}
	d.Press("esc", "esc", "esc").Expect("本月").ExpectNot("草稿")
}

// A draft is named by what it has: a register without a name by its first column.
func TestDraftLineNames(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	add(t, led, "person", "name", "张桂英", "birth", "1947-05-16")
	d.Press("3").Expect("没有记录").Press("ctrl+n").Expect("*实际日期").Press("enter", "enter").Type("zgy").Press("enter", "esc").Expect("草稿已存好").Press("enter").Expect("草稿已保留")
	d.Press("esc").Expect("走访慰问 · 新增 · 张桂英")
	d.Press("4").Expect("张桂英").Press("enter").Expect("第1版").Press("enter").Expect("*姓名")
	goTo(t, d, "电话")
	d.Type("13800005678").Press("esc").Expect("草稿已存好").Press("enter").Expect("草稿已保留").Press("esc", "esc").Expect("人员 · P-2026-0001 ").ExpectNot("P-2026-0001 ·")
}
