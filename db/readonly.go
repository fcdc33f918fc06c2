package db

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	bolt "go.etcd.io/bbolt"
)

// ReadOnly says why the ledger can only be read now; nil: it can be written to,
// as far as can be told without doing it. It waits for no lock and takes some
// microseconds. A file that is not there or cannot be read is no matter of it.
// Whether a newer program forbids writing is known from the last visit.
func (l *Ledger) ReadOnly() *Refusal {
	if r := l.barred.Load(); r != nil {
		return r
	}
	f, err := os.OpenFile(l.path, os.O_RDWR|syscall.O_NOFOLLOW|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0)
	switch {
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return asRefusal(notForWriting(l.path, err))
	case err != nil:
		return nil
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil {
		if r := asRefusal(l.unspoiled(info)); r != nil {
			return r
		}
	}
	return asRefusal(l.sideWritable())
}

// sideWritable reports whether the side file can be written to, or made.
func (l *Ledger) sideWritable() error {
	const mayWrite = 2 // W_OK
	f, err := os.OpenFile(l.path+".queue", os.O_RDWR|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0)
	if errors.Is(err, fs.ErrNotExist) {
		err = syscall.Access(filepath.Dir(l.path), mayWrite)
	}
	switch {
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return unwritable(l.path, err)
	case f != nil:
		f.Close()
	}
	return nil
}

// noteWriters remembers whether the ledger lets this program write.
func (l *Ledger) noteWriters(tx *bolt.Tx) { l.barred.Store(asRefusal(l.checkFormat(tx, true))) }

func asRefusal(err error) *Refusal {
	var r *Refusal
	errors.As(err, &r)
	return r
}
