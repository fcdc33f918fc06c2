package term

import (
	"bytes"
	"os"
	"regexp"
	"strconv"
	"sync"
	"time"

	xterm "github.com/charmbracelet/x/term"
)

// report is a terminal's answer to the question where its cursor is.
var report = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\x1b\[(\d{1,5});(\d{1,5})R`) })

func withoutReports(b []byte) []byte {
	if !bytes.ContainsRune(b, 'R') {
		return b
	}
	return report().ReplaceAll(b, nil)
}

// ProbeAmbiguous asks a terminal how many cells it gives to a character of
// ambiguous width: it draws one, asks for the cursor's column and wipes the
// line. The answer is 1 or 2; 1 also when there is no terminal or it does not
// answer in time. An answer that comes later is dropped by Reader. It must run
// before the program starts.
func ProbeAmbiguous(in, out *os.File, timeout time.Duration) int {
	if !xterm.IsTerminal(in.Fd()) || !xterm.IsTerminal(out.Fd()) {
		return 1
	}
	src, ok := newFileSource(in)
	if !ok {
		return 1 // a goroutine left reading would steal the first key
	}
	defer src.close()
	state, err := xterm.MakeRaw(in.Fd())
	if err != nil {
		return 1
	}
	defer func() { _ = xterm.Restore(in.Fd(), state) }()

	if _, err := out.WriteString("\r─\x1b[6n"); err != nil {
		return 1
	}
	defer func() { _, _ = out.WriteString("\r\x1b[K") }()
	var got []byte
	for end := time.Now().Add(timeout); ; {
		b, err := src.next(max(time.Until(end), 0))
		if err != nil {
			return 1
		}
		got = append(got, b...)
		if m := report().FindSubmatch(got); m != nil {
			if col, _ := strconv.Atoi(string(m[2])); col == 3 {
				return 2
			}
			return 1
		}
		if len(got) > readSize {
			return 1
		}
	}
}
