package db

import (
	"errors"
	"io"
	"os"
	"testing"
)

// deaf is a file whose disk does not give what lies at one place.
type deaf struct {
	io.ReaderAt
	from, to int64
}

func (d deaf) ReadAt(b []byte, at int64) (int, error) {
	if at < d.to && at+int64(len(b)) > d.from {
		return 0, errDeaf
	}
	return d.ReaderAt.ReadAt(b, at)
}

var errDeaf = errors.New("input/output error")

// A header that the disk does not give may be the newer one: nobody goes on with
// the other, or takes it for lost and writes over it.
func TestUnreadHeaderIsNotTorn(t *testing.T) {
	l := tampered(t, nil)
	f, err := os.Open(l.path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if m, known, err := readMeta(f); err != nil || !known || !m.pair {
		t.Errorf("%+v, %t, %v", m, known, err)
	}
	for _, page := range []int64{0, 1} {
		if m, _, err := readMeta(deaf{f, page * 4096, page*4096 + 4096}); !errors.Is(err, errDeaf) {
			t.Errorf("page %d: %+v, %v", page, m, err)
		}
	}
}
