//go:build campaign

package db_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// Campaigns are long runs with real processes, real kills and rebuilt disks.
// Each is one command with its size and seed behind -args:
//
//	go test -tags campaign ./db -timeout 0 -v -run CampaignKill -args -n 2000 -seed 1
//
// docs/reliability.md lists them with their figures.
var (
	flagN    = flag.Int("n", 0, "size of the campaign; 0: a small one")
	flagSeed = flag.Uint64("seed", 1, "seed of the campaign's random numbers")
)

func campaignSize(small int) int {
	if *flagN > 0 {
		return *flagN
	}
	return small
}

func campaignRand() *rand.Rand { return rand.New(rand.NewPCG(*flagSeed, 0x7461697a68616e67)) }

func init() {
	if os.Getenv("DBTEST_JOB") == "saver" {
		runtime.LockOSThread() // all system calls from one thread, so that they can be counted
	}
	jobs["saver"] = jobSaver
	// A file rebuilt wrongly must not cost the computer its memory.
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: 3 << 30, Max: 3 << 30})
}

// nthSave is the i-th save of a run. Its request id follows from run and i, so
// that anyone can send it again. edit is the id of a record saved before, or "".
func nthSave(run uint64, i int, edit string) (req db.RequestID, ops []db.Op) {
	binary.BigEndian.PutUint64(req[:], run)
	binary.BigEndian.PutUint64(req[8:], uint64(i)+1)
	one := func(part int) db.Op {
		op := addVenue(fmt.Sprintf("厅 %d-%d-%d", run, i, part))
		op.Values["hours"] = strings.Repeat("每日", 10+i%40)
		return op
	}
	switch {
	case i%7 == 3:
		return req, []db.Op{one(0), one(1), one(2)}
	case i%5 == 2 && edit != "":
		return req, []db.Op{{Kind: db.Edit, ID: edit, Values: model.Values{"place": fmt.Sprintf("%d-%d", run, i)}}}
	}
	return req, []db.Op{one(0)}
}

// acknowledgement is a line of the saver: what the program said was saved.
type acknowledgement struct {
	made  bool // the ledger itself
	step  int
	saved []string // id:version
	edit  string   // the record that the next edit is of
}

func (a acknowledgement) String() string {
	if a.made {
		return "made"
	}
	return fmt.Sprintf("ack %d %s %s", a.step, a.edit, strings.Join(a.saved, " "))
}

func parseAck(line string) (a acknowledgement, ok bool) {
	if line == "made" {
		return acknowledgement{made: true}, true
	}
	w := strings.Fields(line)
	if len(w) < 4 || w[0] != "ack" {
		return a, false
	}
	a.step, _ = strconv.Atoi(w[1])
	a.edit, a.saved = w[2], w[3:]
	return a, true
}

// jobSaver makes the ledger if DBTEST_INIT is set and carries out DBTEST_N
// steps of run DBTEST_RUN, saying "try" before each and what was saved after
// it, one write to standard output for each line. An attempt that fails is
// repeated with the same request id, at most DBTEST_TRIES times.
func jobSaver() int {
	path := os.Getenv("DBTEST_LEDGER")
	n, _ := strconv.Atoi(os.Getenv("DBTEST_N"))
	run, _ := strconv.ParseUint(os.Getenv("DBTEST_RUN"), 10, 64)
	tries, _ := strconv.Atoi(os.Getenv("DBTEST_TRIES"))
	say := func(v any) { _, _ = fmt.Fprintf(os.Stdout, "%v\n", v) }
	say("ready")
	again := func(what string, fn func() error) bool {
		err := fn()
		for t := 1; err != nil && t < tries; t++ {
			fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
			err = fn()
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s given up: %v\n", what, err)
			say("fail " + what)
		}
		return err == nil
	}
	if os.Getenv("DBTEST_INIT") != "" {
		ok := again("init", func() error {
			err := db.Init(path, db.InitOptions{Name: "示例社区", Login: dbtest.Login, FullName: "张敏"})
			if _, there := os.Lstat(path); err != nil && there == nil { // made, but an error came after
				return nil
			}
			if err == nil {
				say(acknowledgement{made: true})
			}
			return err
		})
		if !ok {
			return 1
		}
	}
	var l *db.Ledger
	var a model.Actor
	if !again("open", func() (err error) { l, a, err = openInChild(); return err }) {
		return 1
	}
	edit := ""
	for i := range n {
		say(fmt.Sprintf("try %d", i))
		req, ops := nthSave(run, i, edit)
		var res db.Result
		ok := again(strconv.Itoa(i), func() (err error) {
			res, err = l.Write(context.Background(), a, req, ops...)
			return err
		})
		if !ok {
			continue
		}
		ack := acknowledgement{step: i}
		for _, r := range res.Records {
			ack.saved = append(ack.saved, fmt.Sprintf("%s:%d", r.ID, r.Version))
			edit = r.ID
		}
		ack.edit = edit
		say(ack)
	}
	say("done")
	return 0
}

// holdsAll reports what is missing of the acknowledged: each record must be
// there, in that version or a later one, confirmed by its hash. Steps are whole
// or absent, and none is there twice.
func holdsAll(l *db.Ledger, acks []acknowledgement) error {
	return l.View(context.Background(), func(s *db.Snapshot) error {
		for _, a := range acks {
			for _, one := range a.saved {
				id, v, _ := strings.Cut(one, ":")
				version, _ := strconv.Atoi(v)
				r, err := s.Get(id)
				if err != nil {
					return fmt.Errorf("acknowledged %s: %w", one, err)
				}
				if r.Version < version {
					return fmt.Errorf("acknowledged %s, but it is version %d", one, r.Version)
				}
			}
		}
		names := map[string]int{}
		for _, o := range s.Options("venue") {
			names[o.Name]++
			if names[o.Name] > 1 {
				return fmt.Errorf("%s is there twice", o.Name)
			}
		}
		for name := range names {
			if whole, ok := strings.CutSuffix(name, "-1"); ok && (names[whole+"-0"] == 0 || names[whole+"-2"] == 0) {
				return fmt.Errorf("%s is there without the rest of its save", name)
			}
		}
		return nil
	})
}

// sound is holdsAll with a complete verification before it.
func sound(path string, acks []acknowledgement) error {
	l, _, err := open(path)
	if err != nil {
		return err
	}
	if rep, err := l.Verify(context.Background(), nil); err != nil {
		return fmt.Errorf("%w %+v", err, rep.Faults[:min(1, len(rep.Faults))])
	}
	return holdsAll(l, acks)
}

func open(path string) (*db.Ledger, model.Actor, error) {
	l, err := db.Open(path, db.Options{User: func() (string, error) { return dbtest.Login, nil }})
	if err != nil {
		return nil, model.Actor{}, err
	}
	a, err := l.Actor(context.Background())
	return l, a, err
}

func initAt(t *testing.T, path string) {
	t.Helper()
	if err := db.Init(path, db.InitOptions{Name: "示例社区", Login: dbtest.Login, FullName: "张敏"}); err != nil {
		t.Fatal(err)
	}
}

// Processes are killed at any moment while they save, and while they make a
// ledger. No acknowledged record may be missing, none half there; the save that
// was under way is sent again and must be there exactly once.
func TestCampaignKill(t *testing.T) {
	n, rnd := campaignSize(40), campaignRand()
	const perLedger = 250
	var path string
	var acks []acknowledgement
	acked, inits, made, cut := 0, 0, 0, 0
	start := time.Now()
	for cycle := range n {
		if cycle%perLedger == 0 {
			path = filepath.Join(t.TempDir(), "ledger.db")
			initAt(t, path)
			acks = nil
		}
		making := cycle%8 == 7
		at, limit := path, 60*time.Millisecond
		if making {
			at, limit = filepath.Join(t.TempDir(), "ledger.db"), 12*time.Millisecond
			inits++
		}
		cmd := child(t, "saver", at)
		cmd.Env = append(cmd.Env, "DBTEST_N=100000", "DBTEST_TRIES=1", "DBTEST_RUN="+strconv.Itoa(cycle))
		if making {
			cmd.Env = append(cmd.Env, "DBTEST_INIT=1", "DBTEST_N=0")
		}
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		lines.Scan() // ready
		wait := time.Duration(rnd.Int64N(int64(limit)))
		go func() {
			time.Sleep(wait)
			_ = cmd.Process.Kill()
		}()
		trying, edit, done := -1, "", false
		var mine []acknowledgement
		for lines.Scan() {
			if a, ok := parseAck(lines.Text()); ok {
				mine = append(mine, a)
				trying, edit, done = -1, a.edit, a.made
			} else if s, ok := strings.CutPrefix(lines.Text(), "try "); ok {
				trying, _ = strconv.Atoi(s)
			}
		}
		_ = cmd.Wait()
		if making {
			_, err := os.Lstat(at)
			switch {
			case err == nil:
				made++
				if err := sound(at, nil); err != nil {
					t.Errorf("cycle %d: a ledger just made: %v", cycle, err)
				}
			case done:
				t.Errorf("cycle %d: an acknowledged ledger is not there", cycle)
			}
			continue
		}
		l, a, err := open(at)
		if err != nil {
			t.Fatalf("cycle %d: %v", cycle, err)
		}
		if trying >= 0 {
			cut++
			req, ops := nthSave(uint64(cycle), trying, edit)
			for range 2 {
				if _, err := l.Write(ctx, a, req, ops...); err != nil {
					t.Fatalf("cycle %d: sent again: %v", cycle, err)
				}
			}
		}
		acked += len(mine)
		acks = append(acks, mine...)
		if err := holdsAll(l, mine); err != nil {
			t.Errorf("cycle %d: %v", cycle, err)
		}
		if cycle%50 == 49 || cycle%perLedger == perLedger-1 || cycle == n-1 {
			if err := sound(at, acks); err != nil {
				t.Fatalf("cycle %d: %v", cycle, err)
			}
		}
	}
	t.Logf("%d kills (%d while a ledger was made, %d of them were there), seed %d: %d saves acknowledged, 0 lost; %d killed inside a save, sent again and there once; %v",
		n, inits, made, *flagSeed, acked, cut, time.Since(start).Round(time.Second))
}
