package db

import (
	"context"
	"os"
	"syscall"
	"time"
)

// Revision returns the number of the last transaction in the file, without
// waiting for the lock: two short reads, some microseconds. It grows with every
// write by anyone, drafts included.
func (l *Ledger) Revision() (uint64, error) {
	f, err := os.OpenFile(l.path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
	if err != nil {
		return 0, cannotOpen(l.path, err)
	}
	defer f.Close()
	m, known, err := readMeta(f)
	switch {
	case !known:
		return 0, notLedger(l.path)
	case err != nil:
		return 0, badHeader(err)
	}
	return m.tx, nil
}

// Watch calls changed after each change of the ledger by anyone, this process
// included, until ctx ends. It looks every interval, at most 1 s; a moment in
// which the file cannot be read is passed over.
func (l *Ledger) Watch(ctx context.Context, interval time.Duration, changed func()) {
	if interval <= 0 || interval > time.Second {
		interval = time.Second
	}
	seen, _ := l.Revision()
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if now, err := l.Revision(); err == nil && now != seen { // smaller after a restore
				seen = now
				changed()
			}
		}
	}
}
