package command

import (
	"fmt"
	"os"
	"time"

	"github.com/charmbracelet/x/term"

	"taizhang/db"
	"taizhang/model"
)

// Work that is over sooner tells nothing of itself; then it does so at this pace.
const (
	progressQuiet = 500 * time.Millisecond
	progressPace  = 100 * time.Millisecond
)

// progress tells on standard error how far long work is, on one line that done
// wipes. Where standard error is no terminal it is nil: logs stay clean.
func (r *runner) progress(what model.Words) (tell db.Progress, done func()) {
	f, ok := r.Err.(*os.File)
	if !ok || !term.IsTerminal(f.Fd()) {
		return nil, func() {}
	}
	next, shown := time.Now().Add(progressQuiet), false
	tell = func(n, total int) {
		now := time.Now()
		if now.Before(next) {
			return
		}
		next, shown = now.Add(progressPace), true
		if total > 0 {
			fmt.Fprintf(f, "\r%s %d%%\x1b[K", what.In(r.lang), min(99, n*100/total))
		} else {
			fmt.Fprintf(f, "\r%s...\x1b[K", what.In(r.lang))
		}
	}
	return tell, func() {
		if shown {
			fmt.Fprint(f, "\r\x1b[K")
		}
		shown = false
	}
}
