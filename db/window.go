package db

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"syscall"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/sys/unix"

	"taizhang/model"
)

// Two windows of one person must not write into one draft, and the draft of a
// window that was killed must come back by itself. So a draft names the window
// in which its form stands open, and the window proves that it is there by
// holding a lock that the system takes back when its process ends: on a byte of
// the side file far behind what is written there, at a place of its own.

// Window is one login's proof that it is there. The zero value is none.
type Window struct {
	place uint64
	held  *os.File
}

// NewWindow returns a window that is there until Close, or until the process
// ends.
func (l *Ledger) NewWindow() (*Window, error) {
	var b [8]byte
	if _, err := io.ReadFull(l.opt.Rand, b[:]); err != nil {
		return nil, err
	}
	f, err := l.markFile()
	if err != nil {
		return nil, err
	}
	w := &Window{place: binary.BigEndian.Uint64(b[:])>>2 | 1<<61, held: f}
	if err := unix.FcntlFlock(f.Fd(), unix.F_OFD_SETLK, w.lock()); err != nil {
		f.Close()
		return nil, unwritable(l.path, err)
	}
	return w, nil
}

func (w *Window) lock() *unix.Flock_t {
	return &unix.Flock_t{Type: unix.F_WRLCK, Whence: io.SeekStart, Start: int64(w.place), Len: 1}
}

// Close ends it.
func (w *Window) Close() {
	if w != nil && w.held != nil {
		_ = w.held.Close()
	}
}

// number is how drafts name it; 0: none.
func (w *Window) number() uint64 {
	if w == nil {
		return 0
	}
	return w.place
}

// isThere reports whether some process, or another login of this one, holds the
// window of that number.
func (l *Ledger) isThere(window uint64) bool {
	if window == 0 {
		return false
	}
	f, err := os.OpenFile(l.path+".queue", os.O_RDWR|syscall.O_NOFOLLOW|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	lock := (&Window{place: window}).lock()
	return unix.FcntlFlock(f.Fd(), unix.F_OFD_GETLK, lock) == nil && lock.Type != unix.F_UNLCK
}

// TakeDraft gives a draft of the actor to a window and returns it; found is
// false when there is none of that key. One whose form stands open, in another
// window or in this one, is refused with exit code 5.
func (l *Ledger) TakeDraft(ctx context.Context, actor model.Actor, key string, w *Window) (d Draft, found bool, err error) {
	err = l.visit(ctx, true, func(tx *bolt.Tx) error {
		a, err := l.snapshot(tx).staff(actor.Login)
		if err != nil {
			return err
		}
		k := draftKey(a.Staff, key)
		b := tx.Bucket(bucketDrafts).Get(k)
		if b == nil {
			return errUnchanged
		}
		if !draftHolds(k, b) {
			return damaged("草稿 draft", nil)
		}
		if d, found = decodeDraft(b), true; l.isThere(d.window) {
			return openElsewhere()
		}
		d.window = w.number()
		return storeDraft(tx, a.Staff, d)
	})
	if errors.Is(err, errUnchanged) {
		err = nil
	}
	return d, found, err
}

// errOpenElsewhere marks the refusal of a draft whose form stands open elsewhere.
var errOpenElsewhere = errors.New("draft open elsewhere")

func openElsewhere() error {
	r := refuse(ExitBusy, "这份草稿的表单正开着（多半在另一个窗口），内容都在，没有变动。请到那里继续，或先关掉那个表单",
		"the form of this draft stands open, most likely in another window; all of it is kept and nothing changed. Go on there, or close that form first")
	r.Cause = errOpenElsewhere
	return r
}

// IsOpenElsewhere reports whether a draft was refused because its form stands
// open in another window.
func IsOpenElsewhere(err error) bool { return errors.Is(err, errOpenElsewhere) }
