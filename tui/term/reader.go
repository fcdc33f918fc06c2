// Package term stands between the terminal and Bubble Tea: whole characters and
// whole pastes, whatever the line does to them; how wide the terminal draws
// ambiguous characters; and no absurd window sizes.
package term

import (
	"bytes"
	"errors"
	"io"
	"os"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const (
	// PasteLimit is the greatest paste, in bytes. Bubble Tea itself has no
	// limit: a paste of 64 MB took 419 MB of memory.
	PasteLimit = 64 << 10

	readSize = 4096

	// pasteSilence closes a paste whose end mark was lost.
	pasteSilence = 2 * time.Second
	// escapeWait is how long an unfinished key (an Esc, perhaps the start of an
	// arrow key or of a paste) is held back. Bubble Tea waits another 50 ms.
	escapeWait = 150 * time.Millisecond
	// escapeGap must pass after an Esc, or Bubble Tea joins it with the next key
	// to an Alt key. It is well above Bubble Tea's own 50 ms, which begin late
	// on a busy machine.
	escapeGap = 90 * time.Millisecond
	// runeWait is how long an unfinished character is held back. What is still
	// unfinished then is not UTF-8, and must not stick to what is typed next.
	runeWait = 2 * time.Second
)

var (
	pasteStart = []byte(ansi.BracketedPasteStart)
	pasteEnd   = []byte(ansi.BracketedPasteEnd)
)

// Reader is terminal input for tea.WithInput.
//
// Bubble Tea gives up on a character, key or paste mark of which the rest comes
// more than 50 ms later, as happens on slow lines: a Han character becomes
// three unknown events, one inside a paste is lost without a trace, and a
// broken paste end leaves the program deaf (no upstream issue known; compare
// opentui #1256). Reader hands on only whole ones, and a paste in one piece. An Esc
// therefore arrives after 150 ms unless another key comes first.
//
// It has the methods Read, Write, Close and Fd, by which Bubble Tea knows a
// terminal and puts it into raw mode, but deliberately no Name, by which the
// cancelreader package would know a file: it would then wait for the descriptor
// to become readable before it calls Read, and what Reader still holds (the
// rest of a long paste, a paste to be closed for its silence) would wait with
// it until the next key. In return Bubble Tea cannot interrupt Read at its end:
// call Close after Program.Run has returned. For the same reason Reader does
// not go together with tea.Exec and tea.Suspend.
type Reader struct {
	// Refused, if set, is called with the size of every paste that was dropped
	// for being larger than PasteLimit. Ended, if set, is called once when the
	// terminal has gone away, and Bubble Tea then sees a plain end of input
	// rather than an error that would stop the program before it has saved.
	// Both run on the reading goroutine and may use Program.Send.
	Refused func(size int)
	Ended   func(err error)

	file    *os.File // nil over other readers
	src     source
	closed  atomic.Bool
	silence time.Duration

	raw     []byte    // read, not yet understood
	next    []byte    // came after a lone Esc; to be understood when that is gone
	out     []byte    // to be handed on
	escape  time.Time // when a lone Esc was handed on
	err     error
	pasting bool
	paste   []byte // text of the open paste, at most PasteLimit
	size    int    // of the open paste
	cut     bool   // the last paste was closed for its silence
	rest    []byte // of its end mark, if that had begun
}

// NewReader reads from r, usually the terminal's *os.File.
func NewReader(r io.Reader) *Reader {
	f, _ := r.(*os.File)
	return &Reader{file: f, src: newSource(r), silence: pasteSilence}
}

// Fd is the descriptor of the terminal, or an invalid one.
func (r *Reader) Fd() uintptr {
	if r.file == nil {
		return ^uintptr(0)
	}
	return r.file.Fd()
}

// Write writes to the terminal, as Bubble Tea's idea of a terminal demands.
func (r *Reader) Write(p []byte) (int, error) {
	if r.file == nil {
		return 0, os.ErrInvalid
	}
	return r.file.Write(p)
}

// Close ends a Read that waits. The terminal itself stays open.
func (r *Reader) Close() error {
	r.closed.Store(true)
	r.src.close()
	return nil
}

// Read returns whole characters, keys and pastes; see Reader.
func (r *Reader) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		if b := r.next; b != nil {
			r.next = nil
			r.take(b)
			continue
		}
		b, err := r.src.next(r.wait())
		switch {
		case errors.Is(err, errSilent):
			r.giveUp()
		default:
			r.take(b)
			if err != nil {
				r.end(err)
			}
		}
	}
	if !r.escape.IsZero() {
		if !introduces(r.out[0]) {
			time.Sleep(time.Until(r.escape.Add(escapeGap)))
		}
		r.escape = time.Time{}
	}
	n := min(len(p), len(r.out))
	if n < len(r.out) {
		// Nor may the buffer's end divide anything.
		if whole := n - unfinished(r.out[:n]); whole > 0 {
			n = whole
		}
	}
	copy(p, r.out[:n])
	if r.out = r.out[n:]; len(r.out) == 0 {
		r.out = nil // do not keep a large paste
		if n == 1 && p[0] == ansi.ESC {
			r.escape = time.Now()
		}
	}
	return n, nil
}

// wait is how long the reader may stay silent while it holds something.
func (r *Reader) wait() time.Duration {
	switch {
	case r.pasting:
		return r.silence
	case len(r.raw) == 0:
		return -1
	case r.raw[0] == ansi.ESC:
		return escapeWait
	}
	return runeWait
}

// giveUp hands on what nothing came to complete.
func (r *Reader) giveUp() {
	if !r.pasting {
		r.emit(r.raw)
		r.raw = nil
		return
	}
	// What is held back of an open paste is the beginning of its end mark, or
	// of a character that will never be whole.
	if n := partial(r.raw, pasteEnd); n > 0 {
		r.rest = pasteEnd[n:]
	}
	r.raw, r.cut = nil, true
	r.closePaste()
}

// end hands on everything and ends the stream.
func (r *Reader) end(err error) {
	if r.pasting {
		r.closePaste()
	}
	r.emit(append(r.raw, r.next...))
	r.raw, r.next, r.err = nil, nil, err
	if r.Ended != nil && !r.closed.Load() {
		r.Ended(err)
		r.err = io.EOF
	}
}

// take understands what was read.
func (r *Reader) take(b []byte) {
	if len(b) == 0 {
		return
	}
	if r.rest != nil {
		b = bytes.TrimPrefix(b, r.rest)
		r.rest = nil
	}
	if len(r.raw) == 1 && r.raw[0] == ansi.ESC && !introduces(b[0]) {
		// Esc, and later another key. Together they would be an Alt key, which
		// nobody pressed: those come in one piece.
		r.emit(r.raw)
		r.raw, r.next = nil, bytes.Clone(b)
		return
	}
	r.raw = append(r.raw, b...)
	for {
		if !r.pasting {
			i := bytes.Index(r.raw, pasteStart)
			if j := bytes.Index(r.raw, pasteEnd); r.cut && j >= 0 && (i < 0 || j < i) {
				// The rest of a paste that was silent for too long. Handed on
				// as keys, its line ends would press Enter.
				r.addPaste(r.raw[:j])
				r.raw, r.cut = r.raw[j+len(pasteEnd):], false
				r.closePaste()
				continue
			}
			if i < 0 {
				n := len(r.raw) - unfinished(r.raw)
				r.emit(r.raw[:n])
				r.raw = append([]byte(nil), r.raw[n:]...)
				return
			}
			r.emit(r.raw[:i])
			r.raw = r.raw[i+len(pasteStart):]
			r.pasting, r.cut = true, false
		}
		i := bytes.Index(r.raw, pasteEnd)
		if i < 0 {
			n := len(r.raw) - partial(r.raw, pasteEnd)
			r.addPaste(r.raw[:n])
			r.raw = append([]byte(nil), r.raw[n:]...)
			return
		}
		r.addPaste(r.raw[:i])
		r.raw = r.raw[i+len(pasteEnd):]
		r.closePaste()
	}
}

func (r *Reader) addPaste(b []byte) {
	if r.size += len(b); r.size > PasteLimit {
		r.paste = nil
		return
	}
	r.paste = append(r.paste, b...)
}

// closePaste hands on the paste with both marks, or refuses it.
func (r *Reader) closePaste() {
	text, size := r.paste, r.size
	r.pasting, r.paste, r.size = false, nil, 0
	if size > PasteLimit {
		if r.Refused != nil {
			r.Refused(size)
		}
		return
	}
	// Bubble Tea would look for keys inside the paste, and waits on anything
	// it cannot read: an Esc or a byte that is not UTF-8.
	text = bytes.ToValidUTF8(text, nil)
	text = bytes.ReplaceAll(text, []byte{ansi.ESC}, nil)
	if len(text) == 0 {
		return
	}
	r.out = append(r.out, pasteStart...)
	r.out = append(r.out, text...)
	r.out = append(r.out, pasteEnd...)
}

// emit hands on keys, without late answers to ProbeAmbiguous: Bubble Tea would
// take some of them for F3.
func (r *Reader) emit(b []byte) { r.out = append(r.out, withoutReports(b)...) }

// introduces reports the second byte of the keys that begin with Esc.
func introduces(c byte) bool { return c == '[' || c == 'O' }

// unfinished is the length of the character or key at the end of b of which
// more must come.
func unfinished(b []byte) int {
	// A character: at most three bytes are missing their last.
	for n := 1; n <= min(3, len(b)); n++ {
		if tail := b[len(b)-n:]; utf8.RuneStart(tail[0]) {
			if tail[0] >= utf8.RuneSelf && !utf8.FullRune(tail) {
				return n
			}
			break
		}
	}
	// A key: Esc, Esc O, or Esc [ and parameters without the last byte.
	i := bytes.LastIndexByte(b, ansi.ESC)
	if i < 0 || len(b)-i > 32 {
		return 0
	}
	switch tail := b[i+1:]; {
	case len(tail) == 0, len(tail) == 1 && introduces(tail[0]):
		return len(b) - i
	case tail[0] == '[':
		for _, c := range tail[1:] {
			if c < 0x20 || c > 0x3f {
				return 0
			}
		}
		return len(b) - i
	}
	return 0
}

// partial is the length of the beginning of mark with which b ends.
func partial(b, mark []byte) int {
	for n := min(len(b), len(mark)-1); n > 0; n-- {
		if bytes.HasSuffix(b, mark[:n]) {
			return n
		}
	}
	return 0
}
