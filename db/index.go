package db

import (
	"bytes"
	"encoding/binary"
	"slices"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// The indexes follow from the record alone: what entriesOf says is what the
// file holds, and verify compares the two. They are few, because each costs
// page writes on every save, and they cover: lists, counts and pickers are
// answered without touching a record.

// indexEntry is one key in one index bucket.
type indexEntry struct {
	bucket, key, value []byte
}

// entriesOf lists the index entries of a record.
func entriesOf(r *model.Record) []indexEntry {
	key, ok := KeyOf(r.ID)
	if !ok {
		return nil
	}
	letter := r.Register.Letter
	if r.State == model.Deleted {
		return []indexEntry{{indexBin, binKey(r.Updated.At, letter, key), []byte{}}}
	}
	out := make([]indexEntry, 0, 8)
	date := r.Date()
	out = append(out, indexEntry{indexDate, dateKey(letter, date.SortKey(), key), []byte{byte(r.State), byte(date.Precision)}})
	if name := nameText(r.Values[r.Register.NameField]); name != "" && r.State != model.Void {
		out = append(out, indexEntry{indexName, nameKey(letter, name, key), []byte{}})
	}
	for _, f := range r.Register.AllFields() {
		for _, ref := range model.RefsIn(f, r.Values[f.Key]) {
			if ref.ID == "" {
				continue
			}
			e := indexEntry{indexBack, backKey(ref.ID, letter, key), []byte{}}
			if !slices.ContainsFunc(out, e.is) { // several fields may point to one record
				out = append(out, e)
			}
		}
	}
	if r.Register.Key == model.Staff.Key && r.State != model.Void && model.StaffLogin.Has(r) {
		out = append(out, indexEntry{bucketLogins, []byte(model.StaffLogin.Of(r)), key.bytes()})
	}
	return out
}

// nameText is the name that a record carries itself; one that it has of another
// record is found through that.
func nameText(v any) string {
	if ref, ok := v.(model.Ref); ok {
		return ref.Text
	}
	s, _ := v.(string)
	return s
}

func (e indexEntry) is(other indexEntry) bool {
	return bytes.Equal(e.key, other.key) && bytes.Equal(e.bucket, other.bucket) && bytes.Equal(e.value, other.value)
}

func dateKey(letter string, day uint32, key Key) []byte {
	return key.append(binary.BigEndian.AppendUint32(prefix(letter), day))
}

func nameKey(letter, name string, key Key) []byte {
	return key.append(append(append(prefix(letter), name...), 0))
}

func backKey(target, letter string, key Key) []byte {
	return key.append(append(prefix(target), prefix(letter)...))
}

// reindex changes the entries of one record state into those of another; either
// may be nil.
func reindex(tx *bolt.Tx, before, now *model.Record) error {
	var gone, came []indexEntry
	if before != nil {
		gone = entriesOf(before)
	}
	if now != nil {
		came = entriesOf(now)
	}
	for _, e := range gone {
		if !slices.ContainsFunc(came, e.is) {
			if err := tx.Bucket(e.bucket).Delete(e.key); err != nil {
				return err
			}
		}
	}
	for _, e := range came {
		if !slices.ContainsFunc(gone, e.is) {
			b, err := tx.CreateBucketIfNotExists(e.bucket) // the bin comes with the first deletion
			if err == nil {
				err = b.Put(e.key, e.value)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// eachWithPrefix calls fn for the keys that begin with p, in order, until fn
// returns false.
func eachWithPrefix(b *bolt.Bucket, p []byte, fn func(k, v []byte) bool) {
	c := b.Cursor()
	for k, v := c.Seek(p); k != nil && bytes.HasPrefix(k, p); k, v = c.Next() {
		if !fn(k, v) {
			return
		}
	}
}
