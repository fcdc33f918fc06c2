//go:build campaign

package db_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

func init() { jobs["inspect"] = jobInspect }

// reading is all that a ledger says, by what was asked for; and what it refused.
type reading struct {
	said    map[string]string
	refused map[string]string
	verify  string
}

// inspect reads everything the program can read.
func inspect(l *db.Ledger) reading {
	r := reading{map[string]string{}, map[string]string{}, ""}
	note := func(what string, v any, err error) {
		if err != nil {
			r.refused[what] = err.Error()
			return
		}
		b, _ := json.Marshal(v)
		r.said[what] = string(b)
	}
	ctx := context.Background()
	note("info", l.Info(), nil)
	a, err := l.Actor(ctx)
	note("actor", a, err)
	drafts, err := l.Drafts(ctx, a)
	note("drafts", drafts, err)
	seq, hash, err := l.Head(ctx)
	note("head", fmt.Sprint(seq, hash), err)
	for _, reg := range model.NewSchema().Registers {
		sum := sha256.New()
		var ids []string
		err := l.Scan(ctx, db.Query{Register: reg.Key, States: []model.State{model.Final, model.Draft, model.Void}}, nil, func(rec *model.Record) error {
			ids = append(ids, rec.ID)
			fmt.Fprintln(sum, whole(rec))
			return nil
		})
		note("scan "+reg.Key, fmt.Sprintf("%d %x", len(ids), sum.Sum(nil)), err)
		n, err := l.Count(ctx, reg.Key, nil)
		note("count "+reg.Key, n, err)
		o, err := l.Options(ctx, reg.Key)
		note("options "+reg.Key, o, err)
		for _, id := range ids {
			h, err := l.History(ctx, id)
			text := ""
			for _, v := range h {
				if err != nil {
					break
				}
				text += whole(v.Record) + v.Entry.Hash.String() + "\n"
			}
			note("history "+id, text, err)
		}
	}
	rep, err := l.Verify(ctx, nil)
	note("report", fmt.Sprint(rep.Seq, rep.Hash, rep.Records, rep.Versions), err)
	if err != nil {
		r.verify = err.Error()
	}
	return r
}

func whole(r *model.Record) string {
	b, err := json.Marshal(model.Plain(map[string]any(r.Values)))
	return fmt.Sprint(r.ID, r.Version, r.State, r.Created, r.Updated, string(b), err)
}

// jobInspect opens, reads and verifies a damaged ledger under limits, compares
// with what it said when it was whole, tries to save, and prints a class.
func jobInspect() int {
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: 512 << 20, Max: 512 << 20}); err != nil {
		panic(err)
	}
	path := os.Getenv("DBTEST_LEDGER")
	say := func(class string, detail any) int {
		fmt.Printf("%s\t%s\n", class, strings.ReplaceAll(fmt.Sprint(detail), "\n", " "))
		return 0
	}
	f, err := os.Open(os.Getenv("DBTEST_WHOLE"))
	if err != nil {
		panic(err)
	}
	var want map[string]string
	if err := gob.NewDecoder(f).Decode(&want); err != nil {
		panic(err)
	}
	before, _ := os.ReadFile(path)
	l, err := db.Open(path, db.Options{Clock: dbtest.NewClock(dbtest.Start).Now, User: func() (string, error) { return dbtest.Login, nil }})
	if err != nil {
		var r *db.Refusal
		if !errors.As(err, &r) {
			return say("OTHER", err)
		}
		return say("opening refused", err)
	}
	got := inspect(l)
	var differs, grave []string
	for what, w := range want {
		if g, ok := got.said[what]; ok && g != w {
			differs = append(differs, what)
			if strings.HasPrefix(what, "history ") {
				grave = append(grave, what)
			}
		} else if _, no := got.refused[what]; !ok && !no {
			differs = append(differs, what+" is not there")
		}
	}
	slices.Sort(differs)
	if len(grave) > 0 {
		return say("SILENT", fmt.Sprint(grave, got.verify))
	}
	if got.verify != "" || len(got.refused) > 0 { // known to be damaged: nothing may be written
		_, err := l.Write(context.Background(), model.Actor{Login: dbtest.Login}, db.RequestID{}, addVenue("新"))
		after, _ := os.ReadFile(path)
		if err == nil || !bytes.Equal(before, after) {
			return say("WRITTEN", fmt.Sprint(got.refused, got.verify, err))
		}
	}
	for what, why := range got.refused {
		if strings.Contains(why, "数据页") {
			return say("panic recovered", what+": "+why)
		}
	}
	switch {
	case len(got.refused) > 1 || got.verify == "" && len(got.refused) > 0:
		return say("refused on reading", got.refused)
	case got.verify != "":
		return say("named by verify", got.verify)
	case len(differs) > 0:
		return say("SILENT", fmt.Sprint(differs, got.said[differs[0]]))
	}
	return say("no difference", "")
}

// used returns the pages of a ledger that hold something.
func used(t *testing.T, path string) (pages []int) {
	b, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	err = b.View(func(tx *bolt.Tx) error {
		for n := 0; ; n++ {
			p, err := tx.Page(n)
			if err != nil || p == nil {
				return err
			}
			if p.Type != "free" {
				for i := range p.OverflowCount + 1 {
					pages = append(pages, n+i)
				}
			}
			n += p.OverflowCount
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

var ways = []string{"bit anywhere", "bit in a used page", "used page zeroed", "cut", "text edited", "sector zeroed", "page copied over another"}

// damageTo spoils a copy of the file in one way.
func damageTo(rnd *rand.Rand, good []byte, pages []int, way string) []byte {
	bad := bytes.Clone(good)
	page := func() []byte { p := pages[rnd.IntN(len(pages))] * pageSize; return bad[p : p+pageSize] }
	switch way {
	case "bit anywhere":
		bad[rnd.IntN(len(bad))] ^= 1 << rnd.IntN(8)
	case "bit in a used page":
		for p := page(); ; {
			if at := rnd.IntN(len(p)); p[at] != 0 {
				p[at] ^= 1 << rnd.IntN(8)
				break
			}
		}
	case "used page zeroed":
		clear(page())
	case "cut":
		bad = bad[:rnd.IntN(len(bad))]
	case "text edited":
		for tries := 0; tries < 1000; tries++ {
			p := page()
			at := rnd.IntN(len(p) - 8)
			if s := p[at : at+4]; !slices.ContainsFunc(s, func(c byte) bool { return c < '0' || c > 'z' }) {
				s[rnd.IntN(4)] = byte('0' + rnd.IntN(10))
				if !bytes.Equal(bad, good) {
					break
				}
			}
		}
	case "sector zeroed":
		p := page()
		at := rnd.IntN(pageSize/sectorSize) * sectorSize
		clear(p[at : at+sectorSize])
	case "page copied over another":
		copy(page(), page())
	}
	return bad
}

// Damaged files: each is opened, read and verified by a process of its own with
// 512 MiB and 20 s. Damage is named, or it makes no difference; it is never
// taken for the truth, and never costs the process.
func TestCampaignDamage(t *testing.T) {
	n, rnd := campaignSize(70), campaignRand()
	start := time.Now()
	l := dbtest.Filled(t, 400)
	a := dbtest.Actor(t, l)
	for i := range 30 {
		req, ops := nthSave(1, i, "")
		if _, err := l.Write(ctx, a, req, ops...); err != nil {
			t.Fatal(err)
		}
		id := model.FormatID("L", l.Now().In(model.Zone).Year(), 1+i%3)
		if _, err := l.Write(ctx, a, db.RequestID{}, db.Op{Kind: db.Edit, ID: id, Values: model.Values{"place": fmt.Sprint(i)}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.SaveDraft(ctx, a, db.Draft{Key: "venue", Register: "venue", Texts: map[string]string{"name": "多功能厅", "hours": strings.Repeat("每日", 50)}}); err != nil {
		t.Fatal(err)
	}
	l = dbtest.Open(t, l.Path(), dbtest.NewClock(dbtest.Start))
	was := inspect(l)
	if len(was.refused) > 0 {
		t.Fatal(was.refused)
	}
	want := filepath.Join(t.TempDir(), "whole")
	f, err := os.Create(want)
	if err == nil {
		err = errors.Join(gob.NewEncoder(f).Encode(was.said), f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(l.Path())
	if err != nil {
		t.Fatal(err)
	}
	pages := used(t, l.Path())
	dir, err := os.MkdirTemp("/dev/shm", "taizhang-damage")
	if err != nil {
		dir = t.TempDir()
	}
	defer os.RemoveAll(dir)

	type trial struct {
		i   int
		way string
		bad []byte
	}
	trials := make(chan trial)
	classes := map[string]map[string]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for w := range 2 {
		wg.Go(func() {
			own := filepath.Join(dir, fmt.Sprint(w))
			_ = os.Mkdir(own, 0o700)
			path := filepath.Join(own, "ledger.db")
			for c := range trials {
				// The side file says that the last commit ended well, as in an office.
				if err := errors.Join(os.WriteFile(path, c.bad, 0o600), os.WriteFile(path+".queue", []byte("="), 0o600)); err != nil {
					t.Error(err)
				}
				class, detail := examine(t, path, want)
				mu.Lock()
				if classes[c.way] == nil {
					classes[c.way] = map[string]int{}
				}
				classes[c.way][class]++
				if class != "no difference" && class == strings.ToUpper(class) {
					t.Errorf("trial %d, %s: %s %.1200s", c.i, c.way, class, detail)
				}
				mu.Unlock()
			}
		})
	}
	for i := range n {
		way := ways[i%len(ways)]
		trials <- trial{i, way, damageTo(rnd, good, pages, way)}
	}
	close(trials)
	wg.Wait()
	sum := map[string]int{}
	for _, way := range ways {
		t.Logf("%-25s %v", way, classes[way])
		for c, k := range classes[way] {
			sum[c] += k
		}
	}
	t.Logf("%d damaged files of %d KiB with %d records, seed %d: %v; %v", n, len(good)>>10, len(was.said), *flagSeed, sum, time.Since(start).Round(time.Second))
}

func examine(t *testing.T, path, want string) (class, detail string) {
	late, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	job := child(t, "inspect", path)
	cmd := exec.CommandContext(late, job.Path)
	cmd.Env = append(job.Env, "DBTEST_WHOLE="+want)
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	out, err := cmd.Output()
	switch {
	case late.Err() != nil:
		return "HANG", ""
	case strings.Contains(errOut.String(), "out of memory") || strings.Contains(errOut.String(), "cannot allocate memory"):
		return "MEMORY", errOut.String()
	case err != nil:
		return "CRASH", fmt.Sprint(err, " ", errOut.String())
	}
	class, detail, _ = strings.Cut(strings.TrimSpace(string(out)), "\t")
	return class, detail
}
