package db

import (
	"fmt"
	"os"
	"slices"
	"time"

	"taizhang/model"
)

// How many backups stay: the newest of each of the last 7 days, 5 weeks and 12
// months that have any. Days and weeks are those of Beijing; a week begins on
// Monday.
const (
	keepDays   = 7
	keepWeeks  = 5
	keepMonths = 12
)

// retain decides which of some backups, by the moments they were made, stay.
// Days without a backup do not count, so that a long holiday loses nothing.
func retain(made []time.Time) (keep []bool) {
	keep = make([]bool, len(made))
	order := make([]int, len(made))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return made[b].Compare(made[a]) }) // newest first
	for _, rule := range []struct {
		most int
		of   func(time.Time) string
	}{
		{keepDays, func(t time.Time) string { return t.Format("2006-01-02") }},
		{keepWeeks, func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprint(y, "-", w) }},
		{keepMonths, func(t time.Time) string { return t.Format("2006-01") }},
	} {
		last, n := "", 0
		for _, i := range order {
			span := rule.of(made[i].In(model.Zone))
			if span == last {
				continue
			}
			last = span
			if n++; n > rule.most {
				break
			}
			keep[i] = true
		}
	}
	return keep
}

// Prune removes the backups of one ledger that need not stay, and returns their
// paths. It is for after a backup was made and verified: just names that one,
// which stays whatever the clock says. Plain and encrypted ones are counted apart:
// one that needs a key does not stand for one that needs none. Files that are not
// backups of this ledger with their manifest are left alone. After a failure the
// others still stand.
func Prune(dir, ledgerID, just string) (removed []string, err error) {
	return prune(dir, ledgerID, just, nil)
}

func prune(dir, ledgerID, just string, step func(string) error) (removed []string, err error) {
	list, err := Backups(dir, ledgerID)
	if err != nil {
		return nil, err
	}
	for _, encrypted := range []bool{false, true} {
		var kind []Backup
		var made []time.Time
		for _, b := range list {
			if (len(b.Recipients) > 0) == encrypted {
				kind, made = append(kind, b), append(made, b.Created)
			}
		}
		for i, stays := range retain(made) {
			if stays || kind[i].File == just {
				continue
			}
			if err := discard(kind[i], stepper(step)); err != nil {
				return removed, refuse(ExitFailed, "备份已做好，但过期的备份 %s 删不掉", "the backup is made, but the outdated %s cannot be removed", kind[i].File).because(err)
			}
			removed = append(removed, kind[i].Path)
		}
	}
	if len(removed) > 0 {
		err = syncFolder(dir)
	}
	return removed, err
}

// discard removes a backup, the file first: a manifest alone is no backup, but a
// file alone would lie there for ever.
func discard(b Backup, step func(string) error) error {
	for _, path := range []string{b.Path, b.Path + manifestEnd} {
		err := step(path)
		if err == nil {
			err = os.Remove(path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
