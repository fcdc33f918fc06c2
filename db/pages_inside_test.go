package db

import (
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"taizhang/model"
)

// A page that the disk does not give is not damage: the next time it may. A file
// shorter than its header says faults like one.
func TestPagesThatCannotBeRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	if err := Init(path, InitOptions{Name: "示例社区", Login: "张三", Lang: model.ZH}); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	if err := checkPages(f, true); err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(8192); err != nil {
		t.Fatal(err)
	}
	var r *Refusal
	if err := checkPages(f, true); !errors.As(err, &r) || r.damage || r.Code != ExitFailed {
		t.Errorf("pages that are not there: %v", err)
	}
}

// BenchmarkCheckPages looks at the pages of the ledger at TAIZHANG_LEDGER.
func BenchmarkCheckPages(b *testing.B) {
	path := os.Getenv("TAIZHANG_LEDGER")
	if path == "" {
		b.Skip("TAIZHANG_LEDGER names the ledger to look at")
	}
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for b.Loop() {
		if err := checkPages(f, true); err != nil {
			b.Fatal(err)
		}
	}
}
