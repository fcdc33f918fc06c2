package drive

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"

	"taizhang/tui/cell"
	"taizhang/tui/part"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// form is a tiny program: one field, and a line that tells what happened.
type form struct {
	in   *part.Input
	said string
	w, h int
}

func (f form) Init() tea.Cmd { return nil }

func (f form) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		f.w, f.h = msg.Width, msg.Height
	case tea.KeyPressMsg:
		switch s := msg.String(); s {
		case "ctrl+q":
			return f, tea.Quit
		case "enter", "esc", "ctrl+s", "shift+tab", "pgdown", "f1", "alt+x", "ctrl+left", "ctrl+z":
			f.said = "key " + s
			if s == "esc" {
				f.in.SetValue("")
			}
		}
	case tea.PasteMsg:
		f.said = "pasted"
	}
	f.in.Update(msg)
	return f, nil
}

func (f form) View() tea.View {
	line, x := f.in.View(20)
	v := tea.NewView(strings.Join([]string{
		cell.Narrow.Fit("活动登记", f.w), "姓名 " + line, f.said, fmt.Sprintf("%dx%d", f.w, f.h),
	}, "\n"))
	v.AltScreen = true
	v.Cursor = tea.NewCursor(5+x, 1)
	return v
}

func TestStory(t *testing.T) {
	d := Start(t, form{in: new(part.Input)}, 60, 10)
	d.Expect("活动登记").Expect("60x10")
	d.Type("今日上午").Expect("姓名 今日上午").CursorAfter("今日上午")
	if x, y, visible := d.Cursor(); x != 13 || y != 1 || !visible {
		t.Errorf("cursor %d,%d %v", x, y, visible)
	}
	d.Press("left").CursorAfter("今日上")
	d.Type("𠮷").CursorAfter("今日上𠮷").Expect("今日上𠮷午")
	d.Press("end").Paste("，街道\n社区").Expect("𠮷午，街道 社区").Expect("pasted")
	for _, k := range []string{"enter", "ctrl+s", "shift+tab", "pgdown", "f1", "alt+x", "ctrl+left", "ctrl+z"} {
		d.Press(k).Expect("key " + k)
	}
	d.Press("esc", "A").ExpectNot("街道").Expect("姓名 A").CursorAfter("A")
	d.Resize(80, 24).Expect("80x24")
	if n := len(d.Lines()); n != 24 {
		t.Errorf("%d lines", n)
	}
	before := d.Idle().Bytes()
	if d.Press("B").Expect("AB").Idle(); d.Bytes() == before {
		t.Error("no bytes were counted")
	}
	if f, ok := d.Quit().(form); !ok || f.in.Value() != "AB" {
		t.Error("the last model is not returned")
	}
}

// A program that ends by itself, with input still coming, leaves nothing behind.
func TestProgramEndsItself(t *testing.T) {
	d := Start(t, form{in: new(part.Input)}, 60, 10)
	d.Expect("活动登记").Type("街道").Expect("街道")
	d.Press("ctrl+q")
	<-d.Done()
	d.Quit()
}

func TestIdleCostsNothing(t *testing.T) {
	d := Start(t, form{in: new(part.Input)}, 60, 10)
	before := d.Expect("60x10").Idle().Bytes()
	d.Idle().Idle()
	if n := d.Bytes() - before; n != 0 {
		t.Errorf("%d bytes while nothing happened", n)
	}
}
