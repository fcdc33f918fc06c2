//go:build campaign

package db_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/db"
)

// traced runs the saver under strace and returns what it did to the disk and
// said on its output, in order. Extra arguments go to strace.
func traced(t *testing.T, path string, env []string, extra ...string) []sysCall {
	t.Helper()
	tool, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	saver := child(t, "saver", path)
	out := path + ".trace"
	args := append([]string{"-f", "-y", "-xx", "-s", "16000000", "-o", out,
		"-e", "trace=openat,pwrite64,pwritev,fdatasync,fsync,ftruncate,renameat2,linkat,unlinkat,write"}, extra...)
	cmd := exec.Command(tool, append(args, saver.Args...)...)
	cmd.Env = append(saver.Env, env...)
	_ = cmd.Run() // a saver that gave up says so in its output
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	defer os.Remove(out)
	return parseTrace(t, f)
}

// sysCall is one system call of the saver.
type sysCall struct {
	call     string
	path     string // of the file, or the old name
	to       string // the new name
	data     []byte
	off      int64
	creates  bool
	failed   bool
	injected bool
}

var (
	traceLine   = regexp.MustCompile(`^\d+ +(\w+)\((.*)\) += (-?\d+)(.*)$`)
	traceQuoted = regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"`)
	traceFD     = regexp.MustCompile(`^\d+<((?:\\x[0-9a-f]{2}|[^>])*)>`)
	unfinished  = " <unfinished ...>"
	resumed     = regexp.MustCompile(`^(\d+) +<\.\.\. \w+ resumed>(.*)$`)
)

// unhex reads strace's \x2f\x74; what is not escaped stays.
func unhex(s string) []byte {
	out := make([]byte, 0, len(s)/4)
	for len(s) > 0 {
		if len(s) >= 4 && s[0] == '\\' && s[1] == 'x' {
			n, _ := strconv.ParseUint(s[2:4], 16, 8)
			out, s = append(out, byte(n)), s[4:]
			continue
		}
		out, s = append(out, s[0]), s[1:]
	}
	return out
}

func parseTrace(t *testing.T, f *os.File) (events []sysCall) {
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	begun := map[string]string{}
	for lines.Scan() {
		line := lines.Text()
		if head, ok := strings.CutSuffix(line, unfinished); ok {
			pid, _, _ := strings.Cut(head, " ")
			begun[pid] = head
			continue
		}
		if m := resumed.FindStringSubmatch(line); m != nil {
			line = begun[m[1]] + m[2]
		}
		m := traceLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		e := sysCall{call: m[1], failed: strings.HasPrefix(m[3], "-"), injected: strings.Contains(m[4], "INJECTED")}
		args := m[2]
		if fd := traceFD.FindStringSubmatch(args); fd != nil {
			e.path = string(unhex(fd[1]))
		}
		var quoted [][]byte
		for _, q := range traceQuoted.FindAllStringSubmatch(args, -1) {
			quoted = append(quoted, unhex(q[1]))
		}
		number := func(s string) int64 {
			n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
			if err != nil {
				t.Fatalf("not understood: %.200s", line)
			}
			return n
		}
		switch e.call {
		case "pwrite64":
			e.data, e.off = quoted[0], number(args[strings.LastIndexByte(args, ',')+1:])
			if !e.failed {
				e.data = e.data[:number(m[3])]
			}
		case "ftruncate":
			e.off = number(args[strings.LastIndexByte(args, ',')+1:])
		case "write":
			e.data = quoted[0]
		case "openat":
			e.path, e.creates = string(quoted[0]), strings.Contains(args, "O_CREAT")
		case "unlinkat":
			e.path = string(quoted[0])
		case "renameat2", "linkat":
			e.path, e.to = string(quoted[0]), string(quoted[1])
		case "pwritev":
			t.Fatal("pwritev is not rebuilt")
		}
		events = append(events, e)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return events
}

// disk is what lies on a disk, and what is on its way there. After a power cut
// everything synced is there; of the rest, anything may be: all, nothing, some,
// in any order, torn between sectors. A write whose sync failed is never sure
// to come, whatever is synced later: the kernel has forgotten it.
type disk struct {
	deaf  bool // negative control: the first sync of each commit does nothing
	names map[string]int
	later []sysCall // names changed and not yet synced
	files []*image
}

type image struct {
	durable []byte
	waiting []onItsWay // in order
}

type onItsWay struct {
	off    int64
	data   []byte
	size   int64 // of a ftruncate, with nil data
	doomed bool  // its sync failed
}

const (
	pageSize   = 4096
	sectorSize = 512
)

// current is the name as the program sees it.
func (d *disk) current() map[string]int {
	names := maps.Clone(d.names)
	for _, e := range d.later {
		rename(names, e)
	}
	return names
}

func rename(names map[string]int, e sysCall) {
	switch e.call {
	case "openat":
		names[e.path] = int(e.off)
	case "renameat2", "linkat":
		names[e.to] = names[e.path]
		if e.call == "renameat2" {
			delete(names, e.path)
		}
	case "unlinkat":
		delete(names, e.path)
	}
}

func (d *disk) apply(e sysCall) {
	names := d.current()
	file := func() *image {
		if i, ok := names[e.path]; ok {
			return d.files[i]
		}
		return nil
	}
	switch e.call {
	case "openat":
		if _, there := names[e.path]; !there && e.creates && !e.failed && strings.Contains(filepath.Base(e.path), "ledger.db") {
			e.off = int64(len(d.files))
			d.files = append(d.files, &image{})
			d.later = append(d.later, e)
		}
	case "renameat2", "linkat", "unlinkat":
		if _, there := names[e.path]; there && !e.failed {
			d.later = append(d.later, e)
		}
	case "pwrite64":
		if f := file(); f != nil && !e.failed {
			for at := 0; at < len(e.data); at += pageSize {
				f.waiting = append(f.waiting, onItsWay{off: e.off + int64(at), data: e.data[at:min(len(e.data), at+pageSize)]})
			}
		}
	case "ftruncate":
		if f := file(); f != nil && !e.failed {
			f.waiting = append(f.waiting, onItsWay{size: e.off})
		}
	case "fsync", "fdatasync":
		f := file()
		switch {
		case f == nil && !e.failed: // the folder
			for _, p := range d.later {
				rename(d.names, p)
			}
			d.later = nil
		case f == nil:
		case e.failed:
			for i := range f.waiting {
				f.waiting[i].doomed = f.waiting[i].data != nil
			}
		case d.deaf && !slices.ContainsFunc(f.waiting, func(c onItsWay) bool { return c.data != nil && c.off < 2*pageSize }):
		default:
			f.sync()
		}
	}
}

func (c onItsWay) onto(b []byte) []byte {
	if c.data == nil {
		if n := int(c.size); n <= len(b) {
			return b[:n]
		} else {
			return append(b, make([]byte, n-len(b))...)
		}
	}
	if n := int(c.off) + len(c.data); n > len(b) {
		b = append(b, make([]byte, n-len(b))...)
	}
	copy(b[c.off:], c.data)
	return b
}

func (f *image) sync() {
	var left []onItsWay
	for _, c := range f.waiting {
		if c.doomed {
			left = append(left, c)
			continue
		}
		left = slices.DeleteFunc(left, func(o onItsWay) bool { return o.data != nil && c.data != nil && o.off == c.off })
		f.durable = c.onto(f.durable)
	}
	f.waiting = left
}

// cut returns the file under a name as a power cut may leave it.
func (d *disk) cut(rnd *rand.Rand, path string) (content []byte, there bool) {
	names := maps.Clone(d.names)
	for _, e := range d.later[:rnd.IntN(len(d.later)+1)] { // names reach the disk in order
		rename(names, e)
	}
	i, there := names[path]
	if !there {
		return nil, false
	}
	f := d.files[i]
	content = bytes.Clone(f.durable)
	n := len(f.waiting)
	how, upTo, only := rnd.IntN(8), rnd.IntN(n+1), rnd.IntN(n+1)
	for i, c := range f.waiting {
		torn := false
		switch {
		case c.doomed:
			if rnd.IntN(2) == 0 {
				continue
			}
		case how == 0: // nothing came
			continue
		case how == 1: // all came
		case how == 2: // in order, the last one torn
			if i > upTo {
				continue
			}
			torn = i == upTo
		case how == 3: // some
			if rnd.IntN(2) == 0 {
				continue
			}
		case how == 4: // some, torn
			if rnd.IntN(2) == 0 {
				continue
			}
			torn = true
		case how == 5: // one, long before its turn
			if i != only && i != n-1 {
				continue
			}
		case how == 6: // all but one
			if i == only {
				continue
			}
		case how == 7: // the last, and some before it
			if i != n-1 && rnd.IntN(2) == 0 {
				continue
			}
		}
		if !torn || c.data == nil {
			content = c.onto(content)
			continue
		}
		for at := 0; at < len(c.data); at += sectorSize {
			if rnd.IntN(2) == 0 {
				content = onItsWay{off: c.off + int64(at), data: c.data[at:min(len(c.data), at+sectorSize)]}.onto(content)
			}
		}
	}
	return content, true
}

// moments chooses n of the events to cut at: half anywhere, half where most is
// on its way, just before a sync of the ledger.
func moments(rnd *rand.Rand, events []sysCall, n int) map[int]int {
	var syncs []int
	for i, e := range events {
		if e.call == "fdatasync" || e.call == "fsync" {
			syncs = append(syncs, i)
		}
	}
	at := map[int]int{}
	for k := range n {
		if k%2 == 0 {
			at[rnd.IntN(len(events)+1)]++
		} else {
			at[syncs[rnd.IntN(len(syncs))]]++
		}
	}
	return at
}

// cuts cuts the power at n moments of a trace and returns what was wrong.
func cuts(t *testing.T, rnd *rand.Rand, events []sysCall, path string, n int, deaf bool) (wrong []string) {
	dir, err := os.MkdirTemp("/dev/shm", "taizhang-cut")
	if err != nil {
		dir = t.TempDir()
	}
	defer os.RemoveAll(dir)
	d := &disk{deaf: deaf, names: map[string]int{}}
	at := moments(rnd, events, n)
	var acks []acknowledgement
	made := false
	for i := 0; i <= len(events); i++ {
		for k := range at[i] {
			there := filepath.Join(dir, "ledger.db")
			content, ok := d.cut(rnd, path)
			err := fmt.Errorf("the ledger is not there")
			if ok {
				_ = os.Remove(there)
				if err := os.WriteFile(there, content, 0o600); err != nil {
					t.Fatal(err)
				}
				if err = sound(there, acks); err == nil && k%8 == 0 { // and work goes on
					err = goOn(there)
				}
			} else if !made {
				err = nil
			}
			if err != nil {
				wrong = append(wrong, fmt.Sprintf("cut at %d of %d: %v", i, len(events), err))
			}
		}
		if i == len(events) {
			break
		}
		d.apply(events[i])
		if e := events[i]; e.call == "write" && !e.failed {
			if a, ok := parseAck(strings.TrimSpace(string(e.data))); ok {
				made = made || a.made
				if !a.made {
					acks = append(acks, a)
				}
			}
		}
	}
	return wrong
}

func goOn(path string) error {
	l, a, err := open(path)
	if err != nil {
		return err
	}
	if _, err = l.Write(context.Background(), a, db.RequestID{}, addVenue("后来")); err != nil {
		return err
	}
	_, err = l.Verify(context.Background(), nil)
	return err
}

// The power is cut at any moment while a ledger is made and saved to. With the
// first sync of each commit ignored the same cuts must do harm, or they prove
// nothing.
func TestCampaignCut(t *testing.T) {
	n, rnd := campaignSize(400), campaignRand()
	start := time.Now()
	events, path := []sysCall(nil), ""
	const per = 2000 // cuts in one run
	wrong, lost, control := 0, 0, 0
	for done := 0; done < n; done += per {
		path = filepath.Join(t.TempDir(), "ledger.db")
		events = traced(t, path, []string{"DBTEST_INIT=1", "DBTEST_N=50", "DBTEST_TRIES=1", "DBTEST_RUN=" + strconv.Itoa(done)})
		some := min(per, n-done)
		for _, w := range cuts(t, rnd, events, path, some, false) {
			if wrong++; wrong < 10 {
				t.Error(w)
			}
		}
		few := max(some/10, min(some, 500)) // fewer say nothing
		control += few
		lost += len(cuts(t, rnd, events, path, few, true))
	}
	if lost*20 <= control {
		t.Errorf("only %d of %d cuts did harm without the first sync: the rig is blind", lost, control)
	}
	t.Logf("%d cuts in runs of 50 saves with the making of the ledger (%d system calls in the last), seed %d: %d wrong; without the first sync of each commit %d of %d wrong; %v",
		n, len(events), *flagSeed, wrong, lost, control, time.Since(start).Round(time.Second))
}

// A sync fails, the program says so, the form is sent again, and then the power
// is cut: what was acknowledged in the end must be there.
func TestCampaignCutAfterFailedSync(t *testing.T) {
	n, rnd := campaignSize(400), campaignRand()
	start := time.Now()
	const every = 14
	wrong, failed := 0, 0
	for k := range every {
		path := filepath.Join(t.TempDir(), "ledger.db")
		events := traced(t, path, []string{"DBTEST_INIT=1", "DBTEST_N=30", "DBTEST_TRIES=4", "DBTEST_RUN=" + strconv.Itoa(k)},
			"-e", fmt.Sprintf("inject=fdatasync:error=EIO:when=%d+%d", k+1, every))
		for _, e := range events {
			if e.injected {
				failed++
			}
		}
		for _, w := range cuts(t, rnd, events, path, n/every+1, false) {
			if wrong++; wrong < 10 {
				t.Error(w)
			}
		}
	}
	t.Logf("%d cuts in %d runs with %d failed syncs, seed %d: %d wrong; %v", (n/every+1)*every, every, failed, *flagSeed, wrong, time.Since(start).Round(time.Second))
}
