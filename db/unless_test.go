package db_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

func init() { jobs["round"] = jobRound }

var spring = model.Occasion{Name: "春节", Year: 2027}

// jobRound enters a visit for every person of the ledger, ten in a transaction,
// and prints how many were its own.
func jobRound() int {
	l, a, err := openInChild()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	people, err := l.Keys(context.Background(), db.Query{Register: "person"}, nil)
	own := 0
	for from := 0; err == nil && from < len(people); from += 10 {
		var ops []db.Op
		for _, k := range people[from:min(len(people), from+10)] {
			ops = append(ops, visitOnce(k.ID(model.Person)))
		}
		var res db.Result
		if res, err = l.Write(context.Background(), a, db.RequestID{}, ops...); err == nil {
			for _, r := range res.Records {
				if r.Changed {
					own++
				}
			}
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println("own", own)
	return 0
}

func visitOnce(person string) db.Op {
	return db.Op{Kind: db.Add, Register: "visit", Unless: []string{"person", "occasion"}, Values: model.Values{
		"date": model.NewDate(2026, 12, 28), "occasion": spring, "person": model.Ref{ID: person}, "household": model.Ref{Text: "3号楼"}, "amount": model.Money(50000), "fund": "党费"}}
}

// Two processes work through the same 500 people at once: everybody is entered,
// nobody twice.
func TestRoundOfTwoProcesses(t *testing.T) {
	const people = 500
	o := newOffice(t)
	var ops []db.Op
	for i := range people {
		ops = append(ops, db.Op{Kind: db.Add, Register: "person", Values: model.Values{"name": fmt.Sprint("居民", i), "birth": model.NewDate(1950, 1, 1)}})
	}
	o.must(ops...)
	var outs [2]*bufio.Scanner
	var cmds [2]*exec.Cmd
	for i := range cmds {
		cmds[i] = child(t, "round", o.Path())
		out, err := cmds[i].StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		outs[i] = bufio.NewScanner(out)
		if err := cmds[i].Start(); err != nil {
			t.Fatal(err)
		}
	}
	total := 0
	for i, out := range outs {
		for out.Scan() {
			var n int
			if _, err := fmt.Sscanf(out.Text(), "own %d", &n); err == nil && strings.HasPrefix(out.Text(), "own") {
				total += n
			}
		}
		if err := cmds[i].Wait(); err != nil {
			t.Fatal(err)
		}
	}
	if total != people {
		t.Errorf("%d visits were called saved, of %d people", total, people)
	}
	seen := map[model.Ref]string{}
	list, err := o.List(ctx, db.Query{Register: "visit"})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		if twin := seen[model.VisitPerson.Of(v)]; twin != "" {
			t.Errorf("%s and %s are of one person", twin, v.ID)
		}
		seen[model.VisitPerson.Of(v)] = v.ID
	}
	if len(list) != people {
		t.Errorf("%d visits", len(list))
	}
	o.verify()
}

// Unless passes over what stands for the same, and only that: not what is void,
// of another occasion, or of nobody on file.
func TestUnless(t *testing.T) {
	o := newOffice(t)
	person := dbtest.Add(t, o.Ledger, "person", model.Values{"name": "张桂英", "birth": model.NewDate(1950, 1, 1)})
	first := o.must(visitOnce(person)).Records[0]
	if again := o.must(visitOnce(person)).Records[0]; again.Changed || again.ID != first.ID || again.Version != 1 {
		t.Errorf("again: %+v", again)
	}
	if two := o.must(visitOnce(person), visitOnce(person)); two.Records[0].Changed || two.Records[1].Changed {
		t.Errorf("twice in one write: %+v", two)
	}
	other := visitOnce(person)
	other.Values["occasion"] = model.Occasion{Name: "七一", Year: 2027}
	if r := o.must(other).Records[0]; !r.Changed {
		t.Errorf("another occasion: %+v", r)
	}
	o.must(db.Op{Kind: db.Void, ID: first.ID, Reason: "登错了"})
	if r := o.must(visitOnce(person)).Records[0]; !r.Changed || r.ID == first.ID {
		t.Errorf("after the first was made void: %+v", r)
	}
	o.verify()
}
