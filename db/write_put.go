package db

import (
	"io"
	"slices"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// put stores a version with everything that goes with it.
func (w *writer) put(act model.Action, reason string, r, before *model.Record, former []byte, changed []string) error {
	if err := model.CheckText(reason, true); err != nil {
		return err
	}
	if r.Register.Key == model.Staff.Key {
		if err := w.checkLogin(r); err != nil {
			return err
		}
		if err := w.keepAdministrator(before, r); err != nil {
			return err
		}
		if err := w.checkKeys(before, r); err != nil {
			return err
		}
	}
	salt := make([]byte, saltLength)
	if _, err := io.ReadFull(w.rand, salt); err != nil {
		return err
	}
	raw, err := encodeRecord(r, w.last.Seq+1, salt)
	if err != nil {
		return err
	}
	key, _ := KeyOf(r.ID)
	if before != nil {
		if err := put(w.tx, bucketHistory(r.Register.Key), versionKey(key, before.Version), former); err != nil {
			return err
		}
	}
	if err := put(w.tx, bucketRecords(r.Register.Key), key.bytes(), raw); err != nil {
		return err
	}
	if err := reindex(w.tx, before, r); err != nil {
		return err
	}
	if err := filed(w.tx, r.Register, key, raw, before == nil); err != nil {
		return err
	}
	delete(w.cache, r.ID)
	clear(w.walks)
	w.last, err = appendEntry(w.tx, w.last, Entry{
		At: w.clock, By: w.actor.Staff, Action: string(act), Register: r.Register.Key,
		ID: r.ID, Version: r.Version, Reason: reason, Fields: changed, Record: hashRecord(raw), Part: w.part,
	})
	w.part++
	return err
}

// keepAdministrator refuses to take the right to manage staff from the last who
// has it.
func (w *writer) keepAdministrator(before, now *model.Record) error {
	return model.KeepAdministrator(before, now, w.administrators(now.ID))
}

// peer reports whether another administrator than the actor could log in.
func (w *writer) peer() bool { return w.administrators(w.actor.Staff) }

// administrators reports whether anybody but one member of staff manages staff.
func (w *writer) administrators(but string) (others bool) {
	eachWithPrefix(w.tx.Bucket(bucketLogins), nil, func(_, k []byte) bool {
		if len(k) == keyLength {
			r := w.Record(readKey(k).ID(model.Staff))
			others = r != nil && r.ID != but && model.Administers(r)
		}
		return !others
	})
	return others
}

// appendOnly is the fill of pages in buckets that grow at the end.
const appendOnly = 0.9

// put stores under a key of a bucket that the first record of a register makes.
func put(tx *bolt.Tx, bucket, key, value []byte) error {
	b, err := tx.CreateBucketIfNotExists(bucket)
	if err != nil {
		return err
	}
	b.FillPercent = appendOnly
	return b.Put(key, slices.Clone(value))
}
