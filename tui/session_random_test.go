package tui

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/model/sample"
	"taizhang/tui/cell"
	"taizhang/tui/drive"
	"taizhang/tui/term"
)

var (
	sessionFor  = flag.Duration("session", 3*time.Second, "how long TestRandomSession presses keys")
	sessionSeed = flag.Uint64("session-seed", 1, "which keys it presses")
)

// inspected lets a test look at the screens from within the program's own loop.
type inspected struct{ *App }

type inspectMsg struct {
	look func(*App)
	done chan struct{}
}

func (i inspected) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if m, ok := msg.(inspectMsg); ok {
		m.look(i.App)
		close(m.done)
		return i, nil
	}
	_, cmd := i.App.Update(msg)
	return i, cmd
}

// sessionKeys are what moves, opens, saves, undoes and changes, by how often each
// is pressed. Ctrl-C, which would leave the program from home, is not among them.
var sessionKeys = strings.Fields(`up up up down down down down pgup pgdown home end left right tab tab shift+tab
	enter enter enter enter enter enter space space backspace delete esc
	ctrl+d ctrl+e ctrl+f ctrl+g ctrl+j ctrl+k ctrl+l ctrl+n ctrl+n ctrl+o ctrl+p ctrl+r ctrl+s ctrl+s ctrl+t ctrl+u ctrl+v ctrl+w - *
	ctrl+x ctrl+y ctrl+z f1 f5 alt+x insert ctrl+left / ? :`)

// sessionTexts are what is typed between them. The letter q leaves from home.
var sessionTexts = []string{"昨", "3-5", "春节", "2026上", "义诊", "wt", "zm", "500", "１２", "米2袋", "王秀兰", "“”…—①", "𠮷", "阿依古丽·买买提", "e\u0301",
	"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "g", "i", "j", "k", "m", "n", "p", "s", "t", "u", "v", "w", "z", ".", "-"}

// sink counts what a terminal would get.
type sink struct{ bytes atomic.Int64 }

func (s *sink) Write(p []byte) (int, error) {
	s.bytes.Add(int64(len(p)))
	return len(p), nil
}

// presser is somebody who presses keys at random in one login after another.
type presser struct {
	t       *testing.T
	led     *db.Ledger
	clock   *dbtest.Clock
	d       *drive.Driver
	r       *rand.Rand
	sent    sink
	keys    int
	logins  int
	escapes int
	where   map[string]int // screens seen, by their type
}

func (p *presser) login() {
	p.logins++
	a := New(optionsFor(p.t, p.led, model.ZH), cell.Narrow)
	// What is sent goes nowhere: the emulator keeps 10,000 lines of what scrolled
	// away, and the heap is to be the program's.
	out := term.NewWriter(&p.sent, 80, 24, true)
	p.d = drive.Start(p.t, inspected{a}, 80, 24, tea.WithOutput(out), tea.WithFilter(out.Filter))
}

// inspect runs look in the program's loop; false: the program has ended.
func (p *presser) inspect(look func(*App)) bool {
	p.t.Helper()
	m := inspectMsg{look, make(chan struct{})}
	go p.d.Send(m)
	select {
	case <-m.done:
		return true
	case <-p.d.Done():
		return false
	case <-time.After(30 * time.Second):
		stacks := make([]byte, 1<<20)
		p.t.Fatalf("the program answers no more after %d keys:\n%s", p.keys, stacks[:runtime.Stack(stacks, true)])
		return false
	}
}

// begin goes from home to some screen, as most keys do nothing on home itself.
func (p *presser) begin() {
	switch p.r.IntN(6) {
	case 0:
		p.d.Press("9").Type(string(rune('0' + p.r.IntN(10))))
	case 1:
		p.d.Press("9").Type(string(rune('a' + p.r.IntN(16)))) // no q
	case 2:
		p.d.Press("ctrl+p").Type(sessionTexts[p.r.IntN(len(sessionTexts))]).Press("enter")
	case 3:
		p.d.Press("3", "t") // the grid of visits
	default:
		p.d.Press(string(rune('0' + p.r.IntN(9))))
	}
	p.d.Press([]string{"enter", "ctrl+n", "down", "space"}[p.r.IntN(4)])
	p.keys += 3
}

// some presses some keys, as fast as a hand on a keyboard would repeat them.
func (p *presser) some() {
	for range 1 + p.r.IntN(12) {
		switch n := p.r.IntN(100); {
		case n < 70:
			p.d.Press(sessionKeys[p.r.IntN(len(sessionKeys))])
		case n < 96:
			p.d.Type(sessionTexts[p.r.IntN(len(sessionTexts))])
		case n < 97:
			p.d.Paste(randomText(p.r, 40) + "\n" + randomText(p.r, 20))
		case n < 98:
			size := [][2]int{{80, 24}, {60, 16}, {120, 40}, {200, 60}, {59, 10}, {1, 1}}[p.r.IntN(6)]
			p.d.Resize(size[0], size[1])
		case n < 99:
			p.clock.Set(p.clock.Now().Add(time.Duration(p.r.IntN(15)) * time.Minute))
		default:
			p.d.Resize(80, 24)
		}
		p.keys++
	}
}

// home goes back to the home screen by Esc alone, and Enter where leaving asks.
// Where that leads nowhere, the screen is stuck. These keys go straight to the
// program, so that what is seen is what they did.
func (p *presser) home() bool {
	p.t.Helper()
	p.d.Resize(80, 24)
	p.escapes++
	time.Sleep(20 * time.Millisecond) // for what was typed to arrive
	var trail []string
	for range 80 {
		at, asks, waiting, busy := "", false, false, false
		if !p.inspect(func(a *App) {
			if at = fmt.Sprintf("%T", a.top()); len(a.stack) == 1 && at == "*tui.home" {
				at = ""
			}
			switch sc := a.top().(type) {
			case *form:
				asks = sc.leaving
			case *grid:
				asks = sc.leaving
			}
			waiting, busy = a.waiting(), len(a.s.works) > 0
			p.where[fmt.Sprintf("%T", a.top())]++
		}) {
			return false
		}
		trail = append(trail, at)
		switch {
		case at == "":
			return true
		case asks:
			p.d.Send(keyPress("enter"))
		case waiting || busy:
			time.Sleep(50 * time.Millisecond)
			p.d.Send(keyPress("esc"))
		default:
			p.d.Send(keyPress("esc"))
		}
	}
	p.inspect(func(a *App) { trail = append(trail, a.View().Content) })
	p.t.Fatalf("no way home after %d keys: %s", p.keys, strings.Join(trail, "\n"))
	return false
}

// reserved is the heap that is in use, without what nobody refers to.
func reserved() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A session of random keys on the sample community: nothing panics, every screen
// can be left by Esc, the program always answers, and the heap does not grow. For
// the ten minutes of docs/entry.md:
//
//	go test -race ./tui -run TestRandomSession -v -session 10m -timeout 20m
func TestRandomSession(t *testing.T) {
	clock := dbtest.NewClock(time.Date(sample.Year, 12, 31, 9, 0, 0, 0, model.Zone))
	led := dbtest.Open(t, dbtest.Filled(t, 600).Path(), clock)
	p := &presser{t: t, led: led, clock: clock, r: rand.New(rand.NewPCG(*sessionSeed, 31)), where: map[string]int{}}
	p.login()
	begin := time.Now()
	var heap []float64 // MB at the end of each minute
	for time.Since(begin) < *sessionFor {
		p.begin()
		for range 12 {
			p.some()
			select {
			case <-p.d.Done(): // the palette has a line for leaving
			default:
				p.inspect(func(a *App) { p.where[fmt.Sprintf("%T", a.top())]++ })
				continue
			}
			break
		}
		if !p.home() {
			p.d.Quit()
			p.login()
			continue
		}
		if time.Since(begin) >= time.Duration(len(heap)+1)*time.Minute {
			time.Sleep(time.Second) // for what nobody waits for any more to end
			heap = append(heap, float64(reserved())/(1<<20))
			t.Logf("minute %d: %d keys, %.1f MB, %d goroutines", len(heap), p.keys, heap[len(heap)-1], runtime.NumGoroutine())
		}
	}
	t.Logf("%d keys, %d times home, %d logins, heap by minutes %.1f MB; %.1f MB sent; %d kinds of screens: %v", p.keys, p.escapes, p.logins, heap, float64(p.sent.bytes.Load())/(1<<20), len(p.where), p.where)
	// A scan may be under way at any moment: of three minutes the least counts.
	if n := len(heap); n >= 4 && slices.Min(heap[n-3:]) > heap[0]*1.2+1 {
		t.Errorf("the heap grew: %.1f MB", heap)
	}
	if least := map[bool]int{false: 3, true: 10}[*sessionFor >= time.Minute]; len(p.where) < least {
		t.Errorf("only these screens were seen: %v", p.where)
	}
}
