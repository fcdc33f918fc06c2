package db

import (
	"bytes"
	"context"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// SealAll gives every block a filter, also those that are still growing, so
// that tests meet filters in small ledgers.
func SealAll(l *Ledger) error {
	return l.visit(context.Background(), true, func(tx *bolt.Tx) error {
		s := l.snapshot(tx)
		for _, reg := range s.schema.Registers {
			b := tx.Bucket(bucketSearch)
			if _, err := adopt(b, reg); err != nil {
				return err
			}
			for _, block := range s.openBlocks(reg, func(block uint64) bool { return b.Get(blockKey(reg.Letter, block)) != nil }) {
				if _, err := seal(tx, b, reg, block); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// DropFilters takes all filters away.
func DropFilters(l *Ledger) error {
	return l.visit(context.Background(), true, func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket(bucketSearch); err != nil {
			return err
		}
		_, err := tx.CreateBucket(bucketSearch)
		return err
	})
}

// FlipFilters damages every filter.
func FlipFilters(l *Ledger) error {
	return l.visit(context.Background(), true, func(tx *bolt.Tx) error {
		b := tx.Bucket(bucketSearch)
		return b.ForEach(func(k, v []byte) error {
			if k[0] == 0 {
				return nil
			}
			return b.Put(k, make([]byte, len(v)))
		})
	})
}

// EmptyFilters makes every filter deny everything.
func EmptyFilters(l *Ledger) error {
	return l.visit(context.Background(), true, func(tx *bolt.Tx) error {
		b := tx.Bucket(bucketSearch)
		return b.ForEach(func(k, v []byte) error {
			if k[0] == 0 {
				return nil
			}
			return b.Put(k, make(filter, len(v)).stored())
		})
	})
}

// Filters counts them.
func Filters(l *Ledger) (n int) {
	_ = l.visit(context.Background(), false, func(tx *bolt.Tx) error {
		if b := tx.Bucket(bucketSearch); b != nil {
			_ = b.ForEach(func(k, _ []byte) error {
				if k[0] != 0 {
					n++
				}
				return nil
			})
		}
		return nil
	})
	return n
}

// Knowing is the options of a program that knows no format after n.
func Knowing(opt Options, n int) Options {
	opt.known = n
	return opt
}

// Troubled is options with which a migration fails when trouble says so.
func Troubled(opt Options, trouble func(part int) error) Options {
	opt.trouble = trouble
	return opt
}

// FormatNow reads the numbers of the file.
func FormatNow(l *Ledger) (format, reader, writer string) {
	_ = l.visit(context.Background(), false, func(tx *bolt.Tx) error {
		b := tx.Bucket(bucketMeta)
		format, reader, writer = string(b.Get([]byte("format"))), string(b.Get([]byte("min_reader"))), string(b.Get([]byte("min_writer")))
		return nil
	})
	return format, reader, writer
}

// SetSearchLimits changes after how many index entries filters are asked, from
// how many names on each is looked at by itself, and up to how many records
// are read directly.
func SetSearchLimits(first, names, direct int) (restore func()) {
	was := [3]int{firstLook, mostNames, mostDirect}
	firstLook, mostNames, mostDirect = first, names, direct
	return func() { firstLook, mostNames, mostDirect = was[0], was[1], was[2] }
}

// BackToFormat1 makes a ledger one that a program of format 1 left.
func BackToFormat1(l *Ledger) error {
	return l.visit(context.Background(), true, func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket(bucketSearch); err != nil {
			return err
		}
		for _, mark := range []string{"format", "min_reader", "min_writer"} {
			if err := tx.Bucket(bucketMeta).Put([]byte(mark), []byte("1")); err != nil {
				return err
			}
		}
		return nil
	})
}

// EditAsFormat1 renames a record as a program does that knows no filters: the
// record is written, and its filter is not.
func EditAsFormat1(l *Ledger, actor model.Actor, id, name string) error {
	return l.visitOnce(context.Background(), true, func(tx *bolt.Tx) error {
		reg := l.snapshot(tx).schema.OfID(id)
		search := map[string][]byte{}
		if b := tx.Bucket(bucketSearch); b != nil {
			_ = b.ForEach(func(k, v []byte) error { search[string(k)] = bytes.Clone(v); return nil })
		}
		meta := tx.Bucket(bucketMeta)
		if err := meta.Put([]byte("format"), []byte("2")); err != nil {
			return err
		}
		if _, err := tx.CreateBucketIfNotExists(bucketSearch); err != nil {
			return err
		}
		w, err := l.newWriter(tx, actor)
		if err != nil {
			return err
		}
		if _, err := w.run(RequestID{}, []Op{{Kind: Edit, ID: id, Values: model.Values{reg.NameField: name}}}); err != nil {
			return err
		}
		if err := tx.DeleteBucket(bucketSearch); err != nil {
			return err
		}
		b, err := tx.CreateBucket(bucketSearch)
		if err != nil {
			return err
		}
		for k, v := range search {
			if err := b.Put([]byte(k), v); err != nil {
				return err
			}
		}
		return meta.Put([]byte("format"), []byte("1"))
	})
}

// SetPart lowers what one part of a migration does.
func SetPart(bytes, entries int) (restore func()) {
	b, e := partBytes, partEntries
	partBytes, partEntries = bytes, entries
	return func() { partBytes, partEntries = b, e }
}

// SetVisitTime shortens how long one visit of a long read may take.
func SetVisitTime(d time.Duration) (restore func()) {
	was := visitTime
	visitTime = d
	return func() { visitTime = was }
}
