package db

import (
	"bytes"
	"testing"

	"taizhang/model"
)

// A record read and written again is the same bytes, or it is refused: nothing
// that this program does not know gets lost on the way.
func FuzzRecord(f *testing.F) {
	f.Add(benchRecord(f))
	f.Add([]byte{0xA1, 0x61, 'v', 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		r, seq, err := decodeRecord(model.Activity, b)
		if err != nil {
			return
		}
		once, err := encodeRecord(r, seq, make([]byte, saltLength))
		if err != nil {
			return
		}
		again, seq2, err := decodeRecord(model.Activity, once)
		if err != nil || seq2 != seq {
			t.Fatalf("%x was read, written as %x, and is refused: %v", b, once, err)
		}
		if twice, err := encodeRecord(again, seq2, make([]byte, saltLength)); err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("%x became %x, then %x (%v)", b, once, twice, err)
		}
	})
}

// A journal entry read and written again proves the same.
func FuzzJournal(f *testing.F) {
	e := Entry{Seq: 7, By: "S-2026-0001", Action: "edit", Register: "venue", ID: "L-2026-0001", Version: 2, Reason: "写错", Fields: []string{"name"}, ClockBack: true}
	e.Hash = e.sum()
	b, err := e.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := decodeEntry(b)
		if err != nil {
			return
		}
		once, err := e.encode()
		if err != nil {
			return
		}
		again, err := decodeEntry(once)
		if err != nil {
			t.Fatalf("%x was read, written as %x, and is refused: %v", b, once, err)
		}
		if e.Version <= 0 { // an entry about no record holds no hash of one
			e.Record, again.Record, e.Version, again.Version = Hash{}, Hash{}, 0, 0
		}
		if again.sum() != e.sum() {
			t.Fatalf("%+v became %+v", e, again)
		}
	})
}
