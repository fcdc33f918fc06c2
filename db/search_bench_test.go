package db_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/model/sample"
)

// filledLedger is a ledger with about n records of the sample community. With
// TAIZHANG_BENCH naming a folder it is kept there for later runs.
func filledLedger(b *testing.B, n int) (*db.Ledger, model.Actor) {
	b.Helper()
	dir := os.Getenv("TAIZHANG_BENCH")
	if dir == "" {
		dir = b.TempDir()
	}
	path := filepath.Join(dir, fmt.Sprintf("sample-%d.db", n))
	at := time.Date(sample.Year, 12, 31, 9, 0, 0, 0, model.Zone)
	clock := dbtest.NewClock(at)
	opt := db.Options{Clock: clock.Now, Backdate: true, User: func() (string, error) { return dbtest.Login, nil }}
	if _, err := os.Stat(path); err != nil {
		start := time.Now()
		part := path + ".part"
		if err := db.Init(part, db.InitOptions{Name: sample.Name, Login: dbtest.Login, FullName: "张敏", Clock: clock.Now}); err != nil {
			b.Fatal(err)
		}
		l, err := db.Open(part, opt)
		if err != nil {
			b.Fatal(err)
		}
		if err := sample.Fill(dbtest.Filler(b, l), model.DateOf(at), n); err != nil {
			b.Fatal(err)
		}
		filled := time.Since(start)
		if _, err := l.Migrate(ctx, nil); err != nil {
			b.Fatal(err)
		}
		if err := os.Rename(part, path); err != nil {
			b.Fatal(err)
		}
		info, _ := os.Stat(path)
		b.Logf("%d records entered in %.1f s, filters in %.1f s, %d MB", n, filled.Seconds(), (time.Since(start) - filled).Seconds(), info.Size()>>20)
	}
	l, err := db.Open(path, opt)
	if err != nil {
		b.Fatal(err)
	}
	return l, dbtest.Actor(b, l)
}

// searchSizes are the sizes that the benchmarks of the search run over: those
// in TAIZHANG_SIZES, or 10,000.
func searchSizes() (out []int) {
	for _, s := range []string{"10000", "100000", "1000000"} {
		if want := os.Getenv("TAIZHANG_SIZES"); want == "" && s == "10000" || contained(want, s) {
			n, _ := strconv.Atoi(s)
			out = append(out, n)
		}
	}
	return out
}

// cpuTime is what the process has used, which says more than the clock when
// the machine has other work.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func contained(list, s string) bool {
	for _, e := range filepath.SplitList(list) {
		if e == s {
			return true
		}
	}
	return false
}

// searched are the texts looked for: what is in many records, in few, in none.
var searchTexts = []struct{ kind, text string }{
	{"common", "慰问"},
	{"surname", "张"},
	{"name", "李秀英"},
	{"rare", "门球"},
	{"absent", "量子纠缠"},
	{"absent of common pairs", "老年人民居"},
	{"absent character", "鑾"},
	{"initials", "zxy"},
	{"initials absent", "qqqqq"},
	{"full pinyin", "zhangxiuying"},
	{"full pinyin absent", "zhuangniunve"},
	{"id", "V-2026-0100"},
	{"short id", "v-100"},
	{"number", "317"},
	{"amount", "500"},
	{"amount absent", "123456.78"},
	{"date", "0308"},
	{"month", "2025-03"},
	{"phone", "13800138000"},
	{"two words", "春节 米"},
	{"two words absent", "春节 量子"},
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range searchSizes() {
		l, a := filledLedger(b, n)
		for _, c := range searchTexts {
			b.Run(fmt.Sprintf("%d/%s", n, c.kind), func(b *testing.B) {
				hits, cpu := 0, cpuTime()
				for b.Loop() {
					list, _, err := l.Search(ctx, a, db.SearchQuery{Text: c.text})
					if err != nil {
						b.Fatal(err)
					}
					hits = len(list)
				}
				b.ReportMetric(float64(hits), "hits")
				b.ReportMetric((cpuTime()-cpu).Seconds()*1000/float64(b.N), "cpu-ms/op")
			})
		}
	}
}

// The same without filters: what they are for.
func BenchmarkSearchWithoutFilters(b *testing.B) {
	for _, n := range searchSizes() {
		full, a := filledLedger(b, n)
		data, err := os.ReadFile(full.Path())
		if err != nil {
			b.Fatal(err)
		}
		path := filepath.Join(b.TempDir(), "ledger.db")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			b.Fatal(err)
		}
		l := dbtest.Open(b, path, dbtest.NewClock(full.Now()))
		if err := db.DropFilters(l); err != nil {
			b.Fatal(err)
		}
		for _, c := range searchTexts {
			if c.kind != "common" && c.kind != "absent" && c.kind != "name" && c.kind != "initials absent" && c.kind != "amount absent" {
				continue
			}
			b.Run(fmt.Sprintf("%d/%s", n, c.kind), func(b *testing.B) {
				cpu := cpuTime()
				for b.Loop() {
					if _, _, err := l.Search(ctx, a, db.SearchQuery{Text: c.text}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric((cpuTime()-cpu).Seconds()*1000/float64(b.N), "cpu-ms/op")
			})
		}
	}
}
