package tui

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// Long work: a scan, a change of many records, a backup. It runs in a command and
// reports to its work how far it is; after half a second the footer says so, and
// from then on Esc cancels it instead of going back.

// work is something long under way in a command.
type work struct {
	ctx    context.Context
	cancel context.CancelFunc
	what   model.Words // 正在备份
	quiet  bool        // nobody asked for it: nothing is said of it, keys go on working
	// give, if there is one, gives it up at once, and its answer will be dropped.
	// Otherwise Esc cancels it and it answers with what it did until then.
	give func(*session) tea.Cmd

	cancelled, shown bool
	done, total      atomic.Int64
}

// Work that is over sooner is not worth a word; after that the footer is drawn
// anew at this pace, as long as the work goes on.
const (
	workPause = 500 * time.Millisecond
	workStep  = 250 * time.Millisecond
)

type (
	workMsg     struct{ work *work } // time to draw again
	workDoneMsg struct {
		work   *work
		answer tea.Msg
	}
)

// newWork makes work of at most so long; 0 is without a limit.
func newWork(limit time.Duration) *work {
	w := &work{}
	if limit == 0 {
		w.ctx, w.cancel = context.WithCancel(context.Background())
	} else {
		w.ctx, w.cancel = context.WithTimeout(context.Background(), limit)
	}
	return w
}

// work runs do, which must obey its context and may tell how far it is, and
// brings then's message of what came of it to the screens. When the person
// cancelled, the error says so. It is called from an update.
func (s *session) work(what model.Words, do func(context.Context, db.Progress) error, then func(error) tea.Msg) tea.Cmd {
	w := newWork(0)
	return s.follow(w, what, func() tea.Msg {
		err := do(w.ctx, w.progress)
		if err != nil && w.ctx.Err() != nil && !errors.Is(err, context.DeadlineExceeded) {
			err = &model.Problem{Words: words.Cancelled}
		}
		return then(err)
	})
}

// follow runs work and tells of it until it has answered. It is called from an
// update.
func (s *session) follow(w *work, what model.Words, run func() tea.Msg) tea.Cmd {
	w.what = what
	s.works = append(s.works, w)
	return tea.Batch(func() tea.Msg {
		defer w.cancel()
		return workDoneMsg{w, run()}
	}, w.tick(workPause))
}

// drop cancels work of which nobody waits for the answer.
func (s *session) drop(w *work) {
	if w != nil {
		w.cancel()
		s.works = slices.DeleteFunc(s.works, func(o *work) bool { return o == w })
	}
}

func (w *work) tick(after time.Duration) tea.Cmd {
	return tea.Tick(after, func(time.Time) tea.Msg { return workMsg{w} })
}

// progress is a db.Progress. It may be called from any goroutine.
func (w *work) progress(done, total int) {
	w.done.Store(int64(done))
	w.total.Store(int64(total))
}

// percent is how far the work is; ok is false when nobody knows.
func (w *work) percent() (n int, ok bool) {
	done, total := w.done.Load(), w.total.Load()
	if total <= 0 {
		return 0, false
	}
	return int(min(99, done*100/total)), true // 100 is for when it is over
}

// line is what the footer says of the work.
func (w *work) line() model.Words {
	switch n, known := w.percent(); {
	case w.cancelled:
		return words.Cancelling
	case known:
		return model.Sayf(words.JobWorking.ZH, words.JobWorking.EN, w.what, n)
	}
	return model.Sayf(words.JobLong.ZH, words.JobLong.EN, w.what)
}

// stop is Esc while the footer tells of the work.
func (w *work) stop(s *session) tea.Cmd {
	if w.give != nil {
		return w.give(s)
	}
	w.cancelled = true
	w.cancel()
	return nil
}

// showing is the work the footer tells of: what was begun last.
func (s *session) showing() *work {
	for _, w := range slices.Backward(s.works) {
		if w.shown {
			return w
		}
	}
	return nil
}

// workUpdate follows the work under way; answer is for the screens.
func (s *session) workUpdate(msg tea.Msg) (cmd tea.Cmd, answer tea.Msg) {
	switch msg := msg.(type) {
	case workMsg:
		if slices.Contains(s.works, msg.work) {
			msg.work.shown = !msg.work.quiet
			return msg.work.tick(workStep), nil
		}
	case workDoneMsg:
		s.works = slices.DeleteFunc(s.works, func(w *work) bool { return w == msg.work })
		return nil, msg.answer
	}
	return nil, nil
}

// phases tells the progress of work that goes through several scans, each of
// which counts from the start.
func phases(n int, progress db.Progress) db.Progress {
	const whole = 1000
	phase, last, empty := 0, 0, false
	return func(done, total int) {
		if (done < last || empty) && phase < n-1 {
			phase++
		}
		last, empty = done, total == 0
		part := 0
		if total > 0 {
			part = min(whole, done*whole/total)
		}
		progress(phase*whole+part, n*whole)
	}
}
