package db_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/model"
)

// kept says which of the days 0 … last stay when a backup was made each day, by
// counting back from the end instead of walking over the backups.
func kept(last int, at func(int) time.Time) map[int]bool {
	keep := map[int]bool{}
	day := func(n int) time.Time { return at(n).In(model.Zone) }
	for n := last; n > last-7 && n >= 0; n-- {
		keep[n] = true
	}
	monday := last - (int(day(last).Weekday())+6)%7
	for w, end := 0, last; w < 5 && end >= 0; w++ {
		keep[end] = true
		end = monday - 1 - 7*w
	}
	for m, end := 0, last; m < 12 && end >= 0; m++ {
		keep[end] = true
		end -= day(end).Day() // the last day of the month before
	}
	return keep
}

// A backup every day for 400 days: each day exactly the right ones stay. The
// moment is 23:30 in Beijing, which in UTC is the same day, or 00:30, which is the
// day before.
func TestRetention(t *testing.T) {
	for _, hour := range []int{0, 23} {
		at := func(n int) time.Time { return time.Date(2026, 1, 1+n, hour, 30, 0, 0, model.Zone).UTC() }
		var days []int
		for n := range 400 {
			days = append(days, n)
			made := make([]time.Time, len(days))
			for i, d := range days {
				made[len(days)-1-i] = at(d) // newest first, as they are listed
			}
			keep := db.Retain(made)
			var next []int
			for i, d := range days {
				if keep[len(days)-1-i] {
					next = append(next, d)
				}
			}
			days = next
			if want := slices.Sorted(maps.Keys(kept(n, at))); !slices.Equal(days, want) {
				t.Fatalf("day %d: kept %v, want %v", n, days, want)
			}
		}
		// In words, at the end, Thursday 4 February 2027: seven days; the Sundays of
		// four weeks; the last days of eleven months.
		var got []string
		for _, d := range days {
			got = append(got, at(d).In(model.Zone).Format("060102"))
		}
		want := []string{"260331", "260430", "260531", "260630", "260731", "260831", "260930", "261031", "261130", "261231",
			"270110", "270117", "270124", "270129", "270130", "270131", "270201", "270202", "270203", "270204"}
		if !slices.Equal(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
	}
	// Several a day: the last one stays. After a long holiday nothing is lost.
	base := time.Date(2026, 10, 1, 0, 0, 0, 0, model.Zone)
	if got := db.Retain([]time.Time{base, base.Add(4 * time.Hour), base.Add(8 * time.Hour)}); !slices.Equal(got, []bool{false, false, true}) {
		t.Error(got)
	}
	if got := db.Retain([]time.Time{base, base.AddDate(-3, 0, 0), base.AddDate(-9, 0, 0)}); slices.Contains(got, false) {
		t.Error(got)
	}
	if len(db.Retain(nil)) != 0 {
		t.Error("of none")
	}
}

// fakeBackup lays a file down that looks like a backup of a ledger.
func fakeBackup(t *testing.T, dir, ledger string, at time.Time) string {
	t.Helper()
	content := []byte(at.String())
	sum := sha256.Sum256(content)
	name := "ledger-" + at.UTC().Format("20060102T150405Z") + ".db"
	text, err := json.Marshal(db.Manifest{Ledger: ledger, Created: at.UTC(), File: name, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])})
	if err != nil {
		t.Fatal(err)
	}
	for path, b := range map[string][]byte{name: content, name + ".json": text} {
		if err := os.WriteFile(filepath.Join(dir, path), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return name
}

func files(t testing.TB, dir string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

// Real files for 400 days, among files of others, with a failure of each removal
// on the way: what should stay is there, whole and listed, at any time.
func TestPruning(t *testing.T) {
	dir := t.TempDir()
	start := time.Date(2026, 1, 1, 17, 30, 0, 0, model.Zone)
	at := func(n int) time.Time { return start.AddDate(0, 0, n) }
	fakeBackup(t, dir, "another", at(0))
	foreign := files(t, dir)
	for name, text := range map[string]string{
		"ledger-20250101T000000Z.db":              "a backup without a manifest",
		"ledger-20250102T000000Z.db.json":         `{"ledger":"this","file":"../../x","size":1,"sha256":"00"}`,
		"ledger-20250102T000000Z.db":              "y",
		"ledger-20250103T000000Z.db.json":         `{"ledger":"this","file":"ledger-20250103T000000Z.db","size":9,"sha256":"00"}`,
		"ledger-20250103T000000Z.db":              "cut",
		"ledger-20250104T000000Z.db.json":         `{"ledger":`,
		"holiday.jpg":                             "a picture",
		"holiday.jpg.json":                        `{"ledger":"this","file":"holiday.jpg","size":9,"sha256":"00"}`,
		"ledger-20250105T000000Z.db.replaced.txt": "",
	} {
		foreign = append(foreign, name)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	faults := 0
	for n := range 400 {
		just := fakeBackup(t, dir, "this", start.AddDate(0, 0, n).Add(time.Hour)) // besides the foreign one of the same day
		want := kept(n, func(n int) time.Time { return at(n).Add(time.Hour) })
		whole := func(when string, exact bool) {
			t.Helper()
			list, err := db.Backups(dir, "this")
			if err != nil {
				t.Fatal(err)
			}
			there := map[string]bool{}
			for _, b := range list {
				there[b.File] = true
			}
			for d := range want {
				name := "ledger-" + at(d).Add(time.Hour).UTC().Format("20060102T150405Z") + ".db"
				if !there[name] {
					t.Fatalf("day %d, %s: %s is gone", n, when, name)
				}
			}
			if list[0].File != just || exact && len(list) != len(want) {
				t.Fatalf("day %d, %s: %d backups, want %d", n, when, len(list), len(want))
			}
		}
		for fail := 0; ; fail++ {
			step := 0
			_, err := db.PruneSteps(dir, "this", func(string) error {
				if step++; step > fail && fail < 3 && n%5 == 3 {
					faults++
					return errors.New("injected")
				}
				return nil
			})
			whole(fmt.Sprint("after failure ", fail), err == nil)
			if err == nil {
				break
			}
		}
	}
	if faults == 0 {
		t.Error("no removal failed")
	}
	got := files(t, dir)
	for _, name := range foreign {
		if !slices.Contains(got, name) {
			t.Errorf("%s was removed", name)
		}
	}
	t.Logf("%d injected failures", faults)
}
