//go:build unix

package term

import (
	"errors"
	"io"
	"os"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// fileSource waits with select, which unlike poll and kqueue also knows
// terminals on every Unix. A pipe wakes it when it is closed.
type fileSource struct {
	f            *os.File
	fd           int
	wakeR, wakeW *os.File
	buf          [readSize]byte
	once         sync.Once
}

func newFileSource(f *os.File) (source, bool) {
	fd := int(f.Fd())
	r, w, err := os.Pipe()
	if err != nil {
		return nil, false
	}
	if fd >= unix.FD_SETSIZE || int(r.Fd()) >= unix.FD_SETSIZE {
		_, _ = r.Close(), w.Close()
		return nil, false
	}
	return &fileSource{f: f, fd: fd, wakeR: r, wakeW: w}, true
}

func (s *fileSource) next(wait time.Duration) ([]byte, error) {
	end := time.Now().Add(wait)
	wake := int(s.wakeR.Fd())
	for {
		var limit *unix.Timeval
		if wait >= 0 {
			t := unix.NsecToTimeval(max(time.Until(end), 0).Nanoseconds())
			limit = &t
		}
		var set unix.FdSet
		set.Set(s.fd)
		set.Set(wake)
		n, err := unix.Select(max(s.fd, wake)+1, &set, nil, nil, limit)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case err != nil:
			return nil, err
		case n == 0:
			return nil, errSilent
		case set.IsSet(wake):
			return nil, io.EOF
		}
		n, err = s.f.Read(s.buf[:])
		return s.buf[:n], err
	}
}

// close only wakes; the pipe itself is left to the finalizer, because next may
// still be about to look at it.
func (s *fileSource) close() { s.once.Do(func() { _ = s.wakeW.Close() }) }
