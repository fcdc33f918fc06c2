package db

import (
	"encoding/binary"

	"taizhang/model"
)

// Names of the buckets. Records and their former versions lie in one bucket per
// register; all other keys begin with what they are looked up by.
var (
	bucketMeta     = []byte("meta")
	bucketJournal  = []byte("journal")    // sequence → entry
	bucketCounters = []byte("counters")   // register letter, 0, year → last serial
	bucketRequests = []byte("requests")   // "i" request id → result; "o" order → request id
	bucketDrafts   = []byte("drafts")     // staff id, 0, form → draft
	bucketLogins   = []byte("logins")     // login → key of the staff record
	indexDate      = []byte("index/date") // letter, 0, yyyymmdd, key → state, precision
	indexName      = []byte("index/name") // letter, 0, name, 0, key → nothing
	indexBack      = []byte("index/back") // target id, 0, letter, 0, key → nothing
	indexBin       = []byte("index/bin")  // deleted at (milliseconds), letter, 0, key → nothing
)

func bucketRecords(register string) []byte { return []byte("record/" + register) }
func bucketHistory(register string) []byte { return []byte("history/" + register) }

// Key names a record within its register in 8 bytes: year and serial of its
// id. Keys compare as ids were given out, past serial 9999 too.
type Key uint64

// keyLength is the length of a key in the file: year (2 bytes), serial (4),
// big-endian.
const keyLength = 6

// KeyOf returns the key of an id; ok is false when it is none.
func KeyOf(id string) (key Key, ok bool) {
	_, year, serial, ok := model.SplitID(id)
	return makeKey(year, serial), ok
}

func makeKey(year, serial int) Key { return Key(uint64(year)<<32 | uint64(uint32(serial))) }

// ID returns the id the key stands for in a register.
func (k Key) ID(reg *model.Register) string {
	return model.FormatID(reg.Letter, int(k>>32), int(uint32(k)))
}

func (k Key) append(b []byte) []byte {
	b = binary.BigEndian.AppendUint16(b, uint16(k>>32))
	return binary.BigEndian.AppendUint32(b, uint32(k))
}

func (k Key) bytes() []byte { return k.append(make([]byte, 0, keyLength)) }

// readKey reads the key at the end of a longer one.
func readKey(b []byte) Key {
	b = b[len(b)-keyLength:]
	return Key(uint64(binary.BigEndian.Uint16(b))<<32 | uint64(binary.BigEndian.Uint32(b[2:])))
}

// versionKey is where a former version lies.
func versionKey(k Key, version int) []byte {
	return binary.BigEndian.AppendUint32(k.append(make([]byte, 0, keyLength+4)), uint32(version))
}

// prefix begins the keys of a register in a shared bucket.
func prefix(letter string) []byte { return append([]byte(letter), 0) }

func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

// after returns the least key greater than every key that begins with p.
func after(p []byte) []byte {
	out := append([]byte(nil), p...)
	for i := len(out) - 1; i >= 0; i-- {
		if out[i]++; out[i] != 0 {
			return out[:i+1]
		}
	}
	return nil
}
