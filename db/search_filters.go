package db

import (
	"bytes"
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// Filters lie in the bucket search, one for each block: letter, 0, year, serial
// without its last 8 bits. A block gets its filter when it is full, or when a
// later one begins; the newest records of each register have none and are read
// whenever something is searched for. So entering a record costs nothing most
// of the time, and a filter, once made, changes only when a record is edited to
// hold something that the block did not hold.
//
// A block without filter is always read: what is missing costs time and never
// a hit. A filter may have bits too many, never too few. One that is damaged
// counts as missing.

var bucketSearch = []byte("search")

// keySeq, in the bucket search, is there while filters are being built in a
// ledger that programs of format 1 may still write: the entry of the journal
// that they are good for.
var keySeq = []byte{0, 's', 'e', 'q'}

// grammar is the version of what search_grams.go makes of a text, the readings
// of the pinyin dictionary included. Filters of another version do not count.
const grammar = 1

// fingerprint is what the filters of a register depend on besides its records.
// Fields of the office's own are left out: they are treated alike whatever is
// declared of them.
func fingerprint(reg *model.Register) []byte {
	h := hashGram(grammar, 0)
	for _, f := range reg.Fields {
		if isOwn(f.Key) || !f.Stored() {
			continue
		}
		for _, c := range []byte(f.Key) {
			h = hashGram(h, uint64(c))
		}
		kind := uint64(f.Type) << 8
		for i, is := range []bool{sealedClass(reg, f), answersToPinyin(reg, f.Key, f), numberKind(f)} {
			if is {
				kind |= 1 << i
			}
		}
		h = hashGram(h, kind)
		for _, s := range f.Sub {
			h = hashGram(h, uint64(s.Type))
		}
	}
	return binary.BigEndian.AppendUint64(nil, h)
}

func fingerprintKey(reg *model.Register) []byte { return append([]byte{0}, reg.Letter...) }

// lowBits of a key number a record within its block.
const lowBits = 1<<blockBits - 1

// block numbers the block that a record lies in.
func (k Key) block() uint64 { return uint64(k) >> blockBits }

func blockKey(letter string, block uint64) []byte {
	k := Key(block << blockBits)
	return k.append(prefix(letter))[:len(letter)+1+keyLength-1]
}

// firstKey is where a block begins among the records.
func firstKey(block uint64) []byte { return Key(block << blockBits).bytes() }

func readBlock(k []byte) uint64 {
	var b [keyLength]byte
	copy(b[:], k[len(k)-keyLength+1:])
	return readKey(b[:]).block()
}

// formatOf is the format of the ledger in a transaction.
func formatOf(tx *bolt.Tx) int {
	n := 0
	for _, c := range tx.Bucket(bucketMeta).Get([]byte("format")) {
		n = n*10 + int(c-'0')
	}
	return n
}

// filters returns the bucket of filters if those of a register count: nil in a
// ledger of format 1, where programs write that know nothing of them.
func filters(tx *bolt.Tx, reg *model.Register) *bolt.Bucket {
	b := tx.Bucket(bucketSearch)
	if b == nil || formatOf(tx) < 2 || !bytes.Equal(b.Get(fingerprintKey(reg)), fingerprint(reg)) {
		return nil
	}
	return b
}

// filed brings a register's filters up to what a record has become. The record
// is stored already.
func filed(tx *bolt.Tx, reg *model.Register, key Key, raw []byte, added bool) error {
	b := tx.Bucket(bucketSearch)
	if formatOf(tx) < 2 || b == nil {
		return errOutdated
	}
	if _, err := adopt(b, reg); err != nil {
		return err
	}
	if _, err := extend(tx, b, reg, key, raw); err != nil || !added {
		return err
	}
	// Serials have no gaps, so the last of a block is stored when it is full.
	if uint64(key)&lowBits != lowBits && !beginsBlock(tx, reg, key) {
		return nil
	}
	made := 0
	_, _, err := sealMissing(tx, b, reg, 0, func(int) bool { made++; return made > 2 })
	return err
}

// adopt drops the filters of a register that were made by another grammar or
// declaration.
func adopt(b *bolt.Bucket, reg *model.Register) (changed bool, err error) {
	want := fingerprint(reg)
	if bytes.Equal(b.Get(fingerprintKey(reg)), want) {
		return false, nil
	}
	var stale [][]byte
	eachWithPrefix(b, prefix(reg.Letter), func(k, _ []byte) bool {
		stale = append(stale, bytes.Clone(k))
		return true
	})
	for _, k := range stale {
		if err := b.Delete(k); err != nil {
			return true, err
		}
	}
	return true, b.Put(fingerprintKey(reg), want)
}

// extend adds the grams of a record to its block's filter, if that has one, and
// returns how many bytes it wrote.
func extend(tx *bolt.Tx, b *bolt.Bucket, reg *model.Register, key Key, raw []byte) (int, error) {
	was := readFilter(b.Get(blockKey(reg.Letter, key.block())))
	if was == nil {
		return 0, nil
	}
	var now filter
	err := eachGram(reg, raw, func(h uint64) {
		switch {
		case now != nil:
			now.add(h)
		case !was.has(h):
			now = bytes.Clone(was)
			now.add(h)
		}
	})
	switch {
	case err != nil:
		return 0, damaged(key.ID(reg), err)
	case now == nil:
		return 0, nil
	case now.full():
		return seal(tx, b, reg, key.block())
	}
	return len(now), b.Put(blockKey(reg.Letter, key.block()), now.stored())
}

// beginsBlock reports whether no earlier record lies in the record's block.
func beginsBlock(tx *bolt.Tx, reg *model.Register, key Key) bool {
	first, _ := tx.Bucket(bucketRecords(reg.Key)).Cursor().Seek(firstKey(key.block()))
	return bytes.Equal(first, key.bytes())
}

// seal makes the filter of a block anew from its records, and returns its size.
func seal(tx *bolt.Tx, b *bolt.Bucket, reg *model.Register, block uint64) (int, error) {
	var grams gramSet
	err := eachInBlock(tx, reg, block, func(key Key, raw []byte) error {
		if err := eachGram(reg, raw, grams.add); err != nil {
			return damaged(key.ID(reg), err)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	f := grams.filter()
	b.FillPercent = appendOnly
	return len(f), b.Put(blockKey(reg.Letter, block), f.stored())
}

func eachInBlock(tx *bolt.Tx, reg *model.Register, block uint64, fn func(Key, []byte) error) error {
	records := tx.Bucket(bucketRecords(reg.Key))
	if records == nil {
		return nil
	}
	end := firstKey(block + 1)
	c := records.Cursor()
	for k, raw := c.Seek(firstKey(block)); k != nil && bytes.Compare(k, end) < 0; k, raw = c.Next() {
		if len(k) != keyLength {
			return damaged(fmt.Sprintf("%s %x", reg.Key, k), nil)
		}
		if err := fn(readKey(k), raw); err != nil {
			return err
		}
	}
	return nil
}

// sealMissing gives a register's blocks, from one on, the filters they should
// have, until it is enough. It returns how many bytes that took and the block
// it stopped at, 0 when none is left.
func sealMissing(tx *bolt.Tx, b *bolt.Bucket, reg *model.Register, from uint64, enough func(written int) bool) (written int, next uint64, err error) {
	records := tx.Bucket(bucketRecords(reg.Key))
	if records == nil {
		return 0, 0, nil
	}
	c := records.Cursor()
	end, _ := c.Last()
	for k, _ := c.Seek(firstKey(from)); k != nil; {
		if len(k) != keyLength || len(end) != keyLength {
			return written, 0, damaged(fmt.Sprintf("%s %x", reg.Key, k), nil)
		}
		block, last := readKey(k).block(), readKey(end)
		growing := block == last.block() && uint64(last)&lowBits != lowBits
		if !growing && b.Get(blockKey(reg.Letter, block)) == nil {
			if enough(written) {
				return written, block, nil
			}
			n, err := seal(tx, b, reg, block)
			if err != nil {
				return written, 0, err
			}
			written += n
		}
		k, _ = c.Seek(firstKey(block + 1))
	}
	return written, 0, nil
}

// filterMisses reports whether a record has a gram that its block's filter says
// is not there: what verify looks for.
func filterMisses(tx *bolt.Tx, reg *model.Register, key Key, raw []byte) bool {
	b := filters(tx, reg)
	if b == nil {
		return false
	}
	stored := b.Get(blockKey(reg.Letter, key.block()))
	f := readFilter(stored)
	missing := f == nil && stored != nil
	if f != nil {
		_ = eachGram(reg, raw, func(h uint64) { missing = missing || !f.has(h) })
	}
	return missing
}
