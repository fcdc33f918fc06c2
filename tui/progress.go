package tui

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// Long work. A screen starts it with session.work; the rest is the same for
// all: it runs in a command, after half a second the footer says how far it is,
// and from then on Esc cancels it instead of going back.

// job is long work under way.
type job struct {
	what        model.Words // 正在备份
	cancel      context.CancelFunc
	cancelled   bool
	shown       bool
	done, total atomic.Int64
}

// Work that is over sooner is not worth a word; after that the footer is drawn
// anew at this pace, as long as the work goes on.
const (
	jobQuiet = 500 * time.Millisecond
	jobPace  = 250 * time.Millisecond
)

type (
	jobTickMsg struct{ job *job }
	jobDoneMsg struct {
		job    *job
		answer tea.Msg
	}
)

// work runs do, which must obey its context and may tell how far it is, and
// brings then's message of what came of it to the screens. When the person
// cancelled, the error says so. It is called from an update.
func (s *session) work(what model.Words, do func(context.Context, db.Progress) error, then func(error) tea.Msg) tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{what: what, cancel: cancel}
	s.jobs = append(s.jobs, j)
	return tea.Batch(j.tick(jobQuiet), func() tea.Msg {
		defer cancel()
		err := do(ctx, j.progress)
		if err != nil && ctx.Err() != nil && !errors.Is(err, context.DeadlineExceeded) {
			err = &model.Problem{Words: words.Cancelled}
		}
		return jobDoneMsg{j, then(err)}
	})
}

func (j *job) tick(after time.Duration) tea.Cmd {
	return tea.Tick(after, func(time.Time) tea.Msg { return jobTickMsg{j} })
}

// progress may be called from any goroutine.
func (j *job) progress(done, total int) {
	j.done.Store(int64(done))
	j.total.Store(int64(total))
}

// percent is how far the work is; ok is false when nobody knows.
func (j *job) percent() (n int, ok bool) {
	done, total := j.done.Load(), j.total.Load()
	if total <= 0 {
		return 0, false
	}
	return int(min(99, done*100/total)), true // 100 is for when it is over
}

// line is what the footer says of the work.
func (j *job) line() model.Words {
	switch n, known := j.percent(); {
	case j.cancelled:
		return words.Cancelling
	case known:
		return model.Sayf(words.JobWorking.ZH, words.JobWorking.EN, j.what, n)
	}
	return model.Sayf(words.JobLong.ZH, words.JobLong.EN, j.what)
}

// showing is the work the footer tells of: what was begun last.
func (s *session) showing() *job {
	for i := len(s.jobs) - 1; i >= 0; i-- {
		if s.jobs[i].shown {
			return s.jobs[i]
		}
	}
	return nil
}

// jobUpdate follows the work under way; answer is for the screens.
func (s *session) jobUpdate(msg tea.Msg) (cmd tea.Cmd, answer tea.Msg) {
	switch msg := msg.(type) {
	case jobTickMsg:
		for _, j := range s.jobs {
			if j == msg.job {
				j.shown = true
				return j.tick(jobPace), nil
			}
		}
	case jobDoneMsg:
		for i, j := range s.jobs {
			if j == msg.job {
				s.jobs = append(s.jobs[:i:i], s.jobs[i+1:]...)
				break
			}
		}
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
