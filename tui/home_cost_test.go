package tui

import (
	"os"
	"testing"

	"taizhang/db/dbtest"
	"taizhang/model"
	"taizhang/tui/cell"
)

// What home costs over 20,000 records: reading all its lines, and a look when
// nothing was written since.
func BenchmarkHome(b *testing.B) {
	if os.Getenv("TAIZHANG_BIG") == "" {
		b.Skip("TAIZHANG_BIG is not set")
	}
	led := dbtest.Filled(b, 20_000)
	a := New(optionsFor(b, led, model.ZH), cell.Narrow)
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := a.s.readToday(); err != nil {
				b.Fatal(err)
			}
		}
	})
	h := newHome()
	h.update(a.s, h.init(a.s)())
	b.Run("refresh", func(b *testing.B) {
		for b.Loop() {
			h.refresh(a.s)()
		}
	})
}
