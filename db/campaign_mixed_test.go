//go:build campaign

package db_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

func init() { jobs["mixed"] = jobMixed }

const shared = 10 // records that everyone edits

// jobMixed does DBTEST_N things as fast as it can: edits of the same ten
// records, new records one by one and five at a time, drafts, readings. For each
// it prints what, how often it counted, and how long it waited.
func jobMixed() int {
	l, a, err := openInChild()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	n, _ := strconv.Atoi(os.Getenv("DBTEST_N"))
	run, _ := strconv.ParseUint(os.Getenv("DBTEST_RUN"), 10, 64)
	rnd := rand.New(rand.NewPCG(run, 2))
	ctx := context.Background()
	for i := range n {
		what, count := "", 1
		start := time.Now()
		switch p := rnd.IntN(100); {
		case p < 40:
			what = "edit"
			id := model.FormatID("L", time.Now().In(model.Zone).Year(), 1+rnd.IntN(shared))
			var r *model.Record
			if r, err = l.Get(ctx, id); err != nil {
				break
			}
			start = time.Now()
			_, err = l.Write(ctx, a, db.RequestID{}, db.Op{Kind: db.Edit, ID: id, Base: r.Version,
				Values: model.Values{"place": fmt.Sprintf("%d-%d", run, i)}})
			var conflict *db.Conflict
			if errors.As(err, &conflict) {
				what, err = "conflict", nil
			}
		case p < 60:
			what = "add"
			_, err = l.Write(ctx, a, db.RequestID{}, addVenue(fmt.Sprintf("厅 %d-%d", run, i)))
		case p < 65:
			what, count = "add", 5
			var ops []db.Op
			for k := range count {
				ops = append(ops, addVenue(fmt.Sprintf("厅 %d-%d-%d", run, i, k)))
			}
			_, err = l.Write(ctx, a, db.RequestID{}, ops...)
		case p < 75:
			what = "draft"
			err = l.SaveDraft(ctx, a, db.Draft{Key: fmt.Sprint(run), Register: "venue", Texts: map[string]string{"name": strconv.Itoa(i)}})
		case p < 90:
			what = "read"
			_, err = l.List(ctx, db.Query{Register: "venue", Limit: 20})
		default:
			what = "read"
			_, err = l.Get(ctx, model.FormatID("L", time.Now().In(model.Zone).Year(), 1+rnd.IntN(shared)))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, what, err)
			fmt.Println("error", 1, time.Since(start).Microseconds())
			continue
		}
		fmt.Println(what, count, time.Since(start).Microseconds())
	}
	return 0
}

// Many processes do everything at once: as many versions as edits that
// succeeded, as many records as were added, nobody refused for waiting.
func TestCampaignMixed(t *testing.T) {
	processes, each := 50, campaignSize(20)
	l := dbtest.New(t)
	begin := time.Now()
	l, actor, err := open(l.Path())
	if err != nil {
		t.Fatal(err)
	}
	for i := range shared {
		if _, err := l.Write(ctx, actor, db.RequestID{}, addVenue(fmt.Sprintf("共用 %d", i))); err != nil {
			t.Fatal(err)
		}
	}
	type result struct {
		counts map[string]int
		took   map[string][]int
		err    error
	}
	results := make(chan result)
	for i := range processes {
		cmd := child(t, "mixed", l.Path())
		cmd.Env = append(cmd.Env, "DBTEST_N="+strconv.Itoa(each), "DBTEST_RUN="+strconv.FormatUint(*flagSeed*1000+uint64(i), 10))
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			r := result{counts: map[string]int{}, took: map[string][]int{}}
			for s := bufio.NewScanner(out); s.Scan(); {
				w := strings.Fields(s.Text())
				n, _ := strconv.Atoi(w[1])
				us, _ := strconv.Atoi(w[2])
				r.counts[w[0]] += n
				kind := "write"
				if w[0] == "read" {
					kind = "read"
				}
				r.took[kind] = append(r.took[kind], us)
			}
			r.err = cmd.Wait()
			results <- r
		}()
	}
	counts, took := map[string]int{}, map[string][]int{}
	for range processes {
		r := <-results
		if r.err != nil {
			t.Error(r.err)
		}
		for k, n := range r.counts {
			counts[k] += n
		}
		for k, list := range r.took {
			took[k] = append(took[k], list...)
		}
	}
	versions, records := 0, 0
	list, err := l.List(ctx, db.Query{Register: "venue"})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		versions += r.Version - 1
		records++
		if h, err := l.History(ctx, r.ID); err != nil || len(h) != r.Version {
			t.Errorf("%s: %d versions, %v", r.ID, len(h), err)
		}
	}
	if versions != counts["edit"] || records != shared+counts["add"] || counts["error"] != 0 {
		t.Errorf("%d versions of %d edits, %d records of %d added, %d errors", versions, counts["edit"], records, shared+counts["add"], counts["error"])
	}
	if rep, err := l.Verify(ctx, nil); err != nil {
		t.Errorf("%v %+v", err, rep.Faults)
	}
	ms := func(us int) float64 { return float64(us) / 1e3 }
	for _, kind := range []string{"write", "read"} {
		s := took[kind]
		slices.Sort(s)
		if len(s) > 0 {
			t.Logf("%d %ss: p50 %.1f ms, p99 %.1f ms, longest wait %.1f ms", len(s), kind, ms(s[len(s)/2]), ms(s[len(s)*99/100]), ms(s[len(s)-1]))
		}
	}
	t.Logf("%d processes × %d, seed %d: %d edits = %d versions, %d conflicts, %d added, none lost; %v",
		processes, each, *flagSeed, counts["edit"], versions, counts["conflict"], counts["add"], time.Since(begin).Round(time.Second))
}
