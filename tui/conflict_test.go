package tui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
)

// long is a note of some hundred characters in which one word is another.
func long(word string) string {
	return strings.Repeat("今日上午在文化广场开展学雷锋志愿服务，居民踊跃参加。", 8) + "其中" + word + "到场指导。" + strings.Repeat("活动结束后清理场地，秩序良好。", 8)
}

// Both sides of long values can be read whole by scrolling, at the design size
// and at the least, before one is chosen and saved.
func TestConflictIsReadWhole(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 16}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			d, led := office(t, model.ZH, size[0], size[1])
			id := add(t, led, "activity", "title", "邻里节", "lines", "文体", "venue", "广场", "attend_total", "30", "summary", long("张主任"))
			d.Press("1").Expect("邻里节").Press("enter").Expect("A-2026-0001").Press("enter").Expect("*名称").Press("enter", "enter", "enter").Type("（春）")
			reg := led.Schema().Register("activity")
			steps := 0
			for i, f := range editable(reg) {
				if f.Key == "summary" {
					steps = i - 3
				}
			}
			press(d, "tab", steps)
			d.Idle().Press("end").Type("本月再办一次。")
			ctx := context.Background()
			actor, _ := led.Actor(ctx)
			if _, err := led.Write(ctx, actor, db.RequestID{}, db.Op{Kind: db.Edit, ID: id, Base: 1, Values: model.Values{"title": "邻里文化节", "summary": long("李书记")}}); err != nil {
				t.Fatal(err)
			}
			d.Press("ctrl+s").Expect("两边都改了").Expect("[x] 您的       邻里节（春）").Expect("[ ] 张敏       邻里文化节")
			// Read it all, line by line, as one scrolls.
			var read strings.Builder
			last := ""
			for range 120 {
				d.Idle()
				for _, line := range d.Lines()[1 : size[1]-2] { // above the choice
					line = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(line), "[x] 您的"), "[ ] 张敏"))
					if !strings.Contains(read.String(), line+"\n") && !strings.HasPrefix(line, "↓") {
						read.WriteString(line + "\n")
					}
				}
				if screen := d.Screen(); screen == last {
					break
				} else {
					last = screen
				}
				d.Press("down")
			}
			whole := strings.ReplaceAll(read.String(), "\n", "")
			for _, part := range []string{"张主任到场指导", "李书记到场指导", "本月再办一次。"} {
				if !strings.Contains(whole, part) {
					t.Errorf("%q cannot be read:\n%s", part, read.String())
				}
			}
			if strings.Contains(whole, "…") {
				t.Errorf("something is cut:\n%s", read.String())
			}
			d.Press("space").Expect("[x] 张敏").Press("enter").Expect("已保存")
			if r := get(t, led, id); model.ActivityTitle.Of(r) != "邻里节（春）" || r.Get("summary") != long("李书记") {
				t.Errorf("saved: %v", r.Values)
			}
		})
	}
}

func editable(reg *model.Register) (out []*model.Field) {
	for _, f := range reg.Fields {
		if f.Editable() {
			out = append(out, f)
		}
	}
	return out
}

// However it is scrolled, the marked field can be reached and nothing is wider
// or higher than the window.
func TestConflictFits(t *testing.T) {
	led := dbtest.New(t)
	reg := led.Schema().Register("activity")
	with := &db.Conflict{ID: "A-2026-0001", Base: 1, Current: 2, By: "欧阳张敏"}
	for i, key := range []string{"title", "summary", "results", "lines", "attend_total", "venue"} {
		f := reg.Field(key)
		v := map[string][2]any{
			"title":        {"邻里节（春）", "邻里文化节"},
			"summary":      {long("张主任"), nil},
			"results":      {[]model.Row{{"item": "五好家庭", "qty": model.Dec(4000), "unit": "户"}, {"item": "楼长", "qty": model.Dec(9000), "unit": "人"}}, nil},
			"lines":        {[]string{"文体"}, []string{"老龄", "文体"}},
			"attend_total": {int64(30), int64(31)},
			"venue":        {model.Ref{Text: "广场"}, model.Ref{Text: strings.Repeat("文化广场", 10)}},
		}[key]
		with.Fields = append(with.Fields, db.FieldConflict{Field: f, Key: key, Mine: v[i%2], Theirs: v[1-i%2]})
	}
	for _, m := range []cell.Metric{cell.Narrow, cell.Wide} {
		for _, l := range []model.Lang{model.ZH, model.EN} {
			for _, size := range [][2]int{{60, 16}, {80, 24}, {61, 40}} {
				a := New(optionsFor(t, led, l), m)
				a.w, a.h = size[0], size[1]
				f := editForm(reg, with.ID)
				f.ctx = a.s.context(led.Book(context.Background()))
				c := newConflict(f, with)
				a.stack = []screen{newHome(), c}
				seen := map[int]bool{}
				for _, keys := range []string{"down", "up", "pgdown", "pgup"} {
					for range 200 {
						content := a.View().Content
						if c.block[0] < c.offset+c.page && c.block[1] > c.offset {
							seen[c.at] = true
						}
						lines := strings.Split(content, "\n")
						if len(lines) > size[1] || strings.Contains(content, "\ufffd") {
							t.Fatalf("%s %v: %d lines", l, size, len(lines))
						}
						for _, line := range lines {
							if w := m.Width(line); w > size[0] {
								t.Fatalf("%s %v: %d cells: %s", l, size, w, line)
							}
						}
						c.move(keys)
					}
					if last := len(with.Fields) - 1; keys == "down" && c.at != last || keys == "up" && (c.at != 0 || c.offset != 0) {
						t.Errorf("%s %v: after %s at field %d, line %d", l, size, keys, c.at, c.offset)
					}
				}
				if len(seen) != len(with.Fields) {
					t.Errorf("%s %v: only %d fields came into sight", l, size, len(seen))
				}
			}
		}
	}
}

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b       string
		head, tail int
	}{
		{"", "", 0, 0}, {"甲", "", 0, 0}, {"甲乙丙", "甲丁丙", 3, 3}, {"aa", "aaa", 2, 0}, {"中文", "中文", 6, 0}, {"吗", "码", 0, 0},
	} {
		if h, tl := alike(c.a, c.b); h != c.head || tl != c.tail {
			t.Errorf("%q %q: %d %d", c.a, c.b, h, tl)
		}
	}
}
