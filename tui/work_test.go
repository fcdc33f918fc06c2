package tui

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
)

// worker is a screen whose key w begins work that ends when the test says so.
type worker struct {
	*home
	steps chan int
	ended chan error
}

func (w *worker) update(s *session, msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "w" {
		return s.work(model.W("数数", "counting"), func(ctx context.Context, progress db.Progress) error {
			for {
				select {
				case n := <-w.steps:
					if n == 100 {
						return nil
					}
					progress(n, 100)
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}, func(err error) tea.Msg {
			w.ended <- err
			if err != nil {
				return toastMsg{text: model.AsWords(err), bad: true}
			}
			return toastMsg{text: model.W("数完了", "counted")}
		})
	}
	return w.home.update(s, msg)
}

func TestProgress(t *testing.T) {
	led := dbtest.New(t)
	w := &worker{&home{other: true}, make(chan int), make(chan error, 1)}
	a := New(optionsFor(t, led, model.ZH), cell.Narrow)
	a.stack = append(a.stack, w)
	d := drive.Start(t, a, 80, 24)
	d.Expect("其他台账").Type("w")
	w.steps <- 40
	d.Expect("正在数数… 40%（Esc 取消）")
	w.steps <- 70
	d.Expect("70%")
	w.steps <- 100
	d.Expect("数完了").ExpectNot("正在")
	if err := <-w.ended; err != nil {
		t.Error(err)
	}
	// Esc cancels, and the screen stays.
	d.Type("w")
	w.steps <- 10
	d.Expect("10%").Press("esc").Expect("已取消").Expect("其他台账")
	var p *model.Problem
	if err := <-w.ended; !errors.As(err, &p) {
		t.Errorf("cancelled: %v", err)
	}
	// Under help and palette too: the answer waits for the screen.
	d.Type("w")
	w.steps <- 20
	d.Expect("20%").Press("ctrl+p").Expect("命令：")
	w.steps <- 100
	d.Expect("数完了")
	<-w.ended
	d.Press("esc").ExpectNot("命令：")
	// Short work says nothing.
	d.Type("w")
	w.steps <- 100
	<-w.ended
	d.Expect("数完了")
}

func TestPhases(t *testing.T) {
	var got []int
	p := phases(3, func(done, total int) { got = append(got, done*100/total) })
	p(10, 20)
	p(20, 20)
	p(0, 0) // a register without records
	p(5, 10)
	p(10, 10)
	last := -1
	for _, n := range got {
		if n < last || n > 100 {
			t.Errorf("goes back: %v", got)
		}
		last = n
	}
	if got[0] != 16 || last < 90 {
		t.Errorf("%v", got)
	}
}

// Backup and verify from the menu.
func TestBackupOnScreen(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Expect("本月").Press("9").Press("end").Expect("备份台账").Press("k").Expect("已备份并核对：ledger-")
	list, err := db.Backups(db.BackupDir(led.Path()), led.Info().ID)
	if err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
	d.Press("v").Expect("核对无误：1 条记录")
	d.Press("ctrl+p").Type("verify").Press("enter").Expect("核对无误")
}

// The screen of someone called away shows nobody's data, and the form is kept.
func TestIdleLock(t *testing.T) {
	clock := dbtest.NewClock(dbtest.Start)
	led := dbtest.NewAt(t, clock)
	d := login(t, led, model.ZH, 80, 24)
	d.Expect("本月").Press("1").Press("ctrl+n").Expect("*名称").Press("enter", "enter", "enter").Type("张桂英生日会").Expect("张桂英生日会")
	clock.Set(dbtest.Start.Add(9 * time.Minute))
	time.Sleep(1200 * time.Millisecond)
	d.Expect("张桂英生日会")
	clock.Set(dbtest.Start.Add(10*time.Minute + time.Second))
	d.Expect("屏幕已遮住").ExpectNot("张桂英").ExpectNot("示例社区")
	d.Until("the draft is kept", func() bool { return titleInDraft(led) == "张桂英生日会" })
	d.Type("x").Expect("张桂英生日会").ExpectNot("张桂英生日会x")
	d.Type("x").Expect("张桂英生日会x")
	// A clock set back does not cover the screen, nor keep it uncovered for ever.
	clock.Set(dbtest.Start)
	time.Sleep(1200 * time.Millisecond)
	d.Expect("张桂英生日会x")
	clock.Set(dbtest.Start.Add(11 * time.Minute))
	d.Expect("屏幕已遮住").Press("esc").Expect("张桂英生日会x")
}
