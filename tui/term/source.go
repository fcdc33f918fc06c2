package term

import (
	"errors"
	"io"
	"os"
	"sync"
	"time"
)

// errSilent is what a source returns when nothing came in time.
var errSilent = errors.New("term: no input in time")

// source is input that can be waited for with a limit and be interrupted. A
// negative wait is for ever.
type source interface {
	next(wait time.Duration) ([]byte, error)
	close()
}

// newSource reads a file by waiting on its descriptor, anything else through a
// goroutine.
func newSource(r io.Reader) source {
	if f, ok := r.(*os.File); ok {
		if s, ok := newFileSource(f); ok {
			return s
		}
	}
	return newPump(r)
}

// pump reads in a goroutine. It cannot take back a read that waits, so the
// goroutine lasts until the next input or its end.
type pump struct {
	chunks chan chunk
	done   chan struct{}
	once   sync.Once
}

type chunk struct {
	b   []byte
	err error
}

func newPump(r io.Reader) *pump {
	p := &pump{chunks: make(chan chunk), done: make(chan struct{})}
	go func() {
		for {
			buf := make([]byte, readSize)
			n, err := r.Read(buf)
			select {
			case p.chunks <- chunk{buf[:n], err}:
			case <-p.done:
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return p
}

func (p *pump) next(wait time.Duration) ([]byte, error) {
	var limit <-chan time.Time
	if wait >= 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		limit = t.C
	}
	select {
	case c, ok := <-p.chunks:
		if !ok {
			return nil, io.EOF
		}
		if c.err != nil {
			defer close(p.chunks) // every later call finds the end, too
		}
		return c.b, c.err
	case <-p.done:
		return nil, io.EOF
	case <-limit:
		return nil, errSilent
	}
}

func (p *pump) close() { p.once.Do(func() { close(p.done) }) }
