package tui

import (
	"context"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
)

// work is something long under way in a command: a scan, a change of many
// records. The command reports to it how far it is; the screen reads that when
// it draws, and may cancel.
type work struct {
	ctx     context.Context
	cancel  context.CancelFunc
	quiet   bool // nobody asked for it: keys go on working meanwhile
	changes bool // it changes records, and will tell what it did
	slow    bool // it takes so long that the screen says how far it is

	done, total atomic.Int64
}

// workMsg draws the screen again while work goes on.
type workMsg struct{ work *work }

const (
	workPause = 500 * time.Millisecond // before anything is said of it
	workStep  = 250 * time.Millisecond // between two drawings
)

func newWork() *work {
	w := &work{}
	w.ctx, w.cancel = context.WithTimeout(context.Background(), scanPatience)
	return w
}

// progress is a db.Progress.
func (w *work) progress(done, total int) {
	w.done.Store(int64(done))
	w.total.Store(int64(total))
}

// percent is how far it is, 0 to 100.
func (w *work) percent() int {
	if total := w.total.Load(); total > 0 {
		return int(w.done.Load() * 100 / total)
	}
	return 0
}

func (w *work) tick(after time.Duration) tea.Cmd {
	return tea.Tick(after, func(time.Time) tea.Msg { return workMsg{w} })
}
