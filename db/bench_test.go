package db_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// bigRows is how many activities the ledger of the benchmarks holds.
const bigRows = 100_000

// big makes that ledger once per run, in batches of 1,000.
var big = sync.OnceValues(func() (*db.Ledger, error) {
	dir := bigDir
	path := filepath.Join(dir, "ledger.db")
	clock := dbtest.NewClock(dbtest.Start)
	if err := db.Init(path, db.InitOptions{Name: "示例社区", Login: dbtest.Login, Clock: clock.Now}); err != nil {
		return nil, err
	}
	l, err := db.Open(path, db.Options{Clock: clock.Now, User: func() (string, error) { return dbtest.Login, nil }})
	if err != nil {
		return nil, err
	}
	a, err := l.Actor(ctx)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	lines := []string{"党建", "文体", "妇联", "志愿服务"}
	for i := 0; i < bigRows; i += 1000 {
		ops := make([]db.Op, 1000)
		for j := range ops {
			n := i + j
			ops[j] = db.Op{Kind: db.Add, Register: "activity", Values: model.Values{
				"date": model.NewDate(2017+n*10/bigRows, 1+n%12, 1+n%28), "title": fmt.Sprintf("庆三八手工活动第%d场", n),
				"lines": []string{lines[n%4]}, "role": "主办", "venue": model.Ref{Text: "二楼多功能厅"}, "attend_total": int64(n % 200),
				"summary": "邀请非遗传承人现场教学，居民动手制作团扇，现场气氛热烈，共完成作品四十余件。", "held": "已举办",
			}}
		}
		if _, err := l.Write(ctx, a, db.RequestID{}, ops...); err != nil {
			return nil, err
		}
	}
	fmt.Printf("%d records entered in %.1f s\n", bigRows, time.Since(start).Seconds())
	return l, nil
})

var bigDir string

func bigLedger(b *testing.B) *db.Ledger {
	b.Helper()
	l, err := big()
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	return l
}

func BenchmarkOpenAndReadTwentyRows(b *testing.B) {
	path := bigLedger(b).Path()
	for b.Loop() {
		l, err := db.Open(path, db.Options{})
		if err != nil {
			b.Fatal(err)
		}
		list, err := l.List(ctx, db.Query{Register: "activity", Limit: 20})
		if err != nil || len(list) != 20 {
			b.Fatal(len(list), err)
		}
	}
}

func BenchmarkOneDurableAdd(b *testing.B) {
	l := bigLedger(b)
	a := dbtest.Actor(b, dbtest.Open(b, l.Path(), dbtest.NewClock(dbtest.Start)))
	for b.Loop() {
		req, _ := l.NewRequest()
		if _, err := l.Write(ctx, a, req, addVenue("厅")); err != nil {
			b.Fatal(err)
		}
	}
}

func benchKeys(b *testing.B, want int, q db.Query) {
	l := bigLedger(b)
	q.Register = "activity"
	for b.Loop() {
		keys, err := l.Keys(ctx, q, nil)
		if err != nil || want >= 0 && len(keys) != want {
			b.Fatal(len(keys), err)
		}
	}
}

func BenchmarkKeysOf100000(b *testing.B)    { benchKeys(b, bigRows, db.Query{}) }
func BenchmarkFirst20Of100000(b *testing.B) { benchKeys(b, 20, db.Query{Limit: 20}) }
func BenchmarkFindCommonText(b *testing.B) {
	benchKeys(b, 20, db.Query{Text: "团扇", Limit: 20})
}
func BenchmarkFindAbsentText(b *testing.B) { benchKeys(b, 0, db.Query{Text: "没有此事"}) }
func BenchmarkFilterByLine(b *testing.B) {
	benchKeys(b, bigRows/4, db.Query{Where: []db.Cond{{Field: "lines", Values: []any{"文体"}}}})
}
func BenchmarkFilterOneYear(b *testing.B) {
	p := model.YearOf(model.NewDate(2020, 1, 1))
	benchKeys(b, bigRows/10, db.Query{Period: &p})
}

func BenchmarkScanAll(b *testing.B) {
	l := bigLedger(b)
	for b.Loop() {
		n := 0
		if err := l.Scan(ctx, db.Query{Register: "activity"}, nil, func(*model.Record) error { n++; return nil }); err != nil || n != bigRows {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkScanThreeFields(b *testing.B) {
	l := bigLedger(b)
	for b.Loop() {
		n := int64(0)
		err := l.Scan(ctx, db.Query{Register: "activity", Fields: []string{"date", "lines", "attend_total"}}, nil, func(r *model.Record) error {
			n += model.ActivityAttendTotal.Of(r)
			return nil
		})
		if err != nil || n == 0 {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkVerify100000(b *testing.B) {
	l := bigLedger(b)
	for b.Loop() {
		if rep, err := l.Verify(ctx, nil); err != nil {
			b.Fatal(err, rep.Faults)
		}
	}
}

func BenchmarkRevision(b *testing.B) {
	l := bigLedger(b)
	for b.Loop() {
		if _, err := l.Revision(); err != nil {
			b.Fatal(err)
		}
	}
}
