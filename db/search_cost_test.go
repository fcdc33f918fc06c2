package db_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/model"
)

func written() (n int) {
	b, _ := os.ReadFile("/proc/self/io")
	for l := range strings.Lines(string(b)) {
		if s, ok := strings.CutPrefix(l, "wchar:"); ok {
			fmt.Sscan(s, &n)
		}
	}
	return n
}

// What one durable save costs: entering, and editing an old record to hold what
// its block did not; see docs/search.md.
func TestCostOfASave(t *testing.T) {
	if os.Getenv("TAIZHANG_COST") == "" {
		t.Skip("a measurement: TAIZHANG_COST=1")
	}
	o := newOffice(t)
	values := func(n int) model.Values {
		return model.Values{"date": model.NewDate(2026, 1+n%3, 1+n%7), "title": fmt.Sprintf("庆三八手工活动第%d场", n), "lines": []string{"文体"}, "role": "主办",
			"venue": model.Ref{Text: "二楼多功能厅"}, "attend_total": int64(n % 200), "summary": "邀请非遗传承人现场教学，居民动手制作团扇，现场气氛热烈，共完成作品四十余件。", "held": "已举办"}
	}
	for i := range 10 {
		ops := make([]db.Op, 1000)
		for j := range ops {
			ops[j] = db.Op{Kind: db.Add, Register: "activity", Values: values(i*1000 + j)}
		}
		o.must(ops...)
	}
	measure := func(name string, n int, op func(i int) db.Op) {
		times := make([]time.Duration, n)
		before := written()
		for i := range times {
			x := op(i)
			start := time.Now()
			o.must(x)
			times[i] = time.Since(start)
		}
		bytes := written() - before
		slices.Sort(times)
		t.Logf("%s: median %.3f ms, 99 of 100 under %.3f ms, %d bytes written each", name, times[n/2].Seconds()*1000, times[n*99/100].Seconds()*1000, bytes/n)
	}
	measure("entering", 2560, func(i int) db.Op { return db.Op{Kind: db.Add, Register: "activity", Values: values(i)} })
	measure("editing an old record", 1000, func(i int) db.Op {
		return db.Op{Kind: db.Edit, ID: fmt.Sprintf("A-2026-%04d", 1+i*9), Values: model.Values{"summary": fmt.Sprintf("改为第%d次活动，增加插花和茶艺体验，并发放宣传册。%c%c", i, '一'+rune(i*7), '丁'+rune(i*11))}}
	})
}
