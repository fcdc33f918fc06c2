package db

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// Witness is a head of the journal kept outside the file: on a printed sheet, a
// receipt, a backup's manifest.
type Witness struct {
	Seq  uint64
	Hash string // hexadecimal digits, 16 or more
}

// Fault is one thing that verify found wrong.
type Fault struct {
	Seq     uint64 // journal entry, 0 when it is not about one
	ID      string // record, "" when it is not about one
	Version int
	model.Words
}

// Report is what verify found.
type Report struct {
	Seq       uint64 // head of the journal
	Hash      Hash
	Entries   int
	Records   int
	Versions  int      // of all records, former ones included
	ClockBack []uint64 // entries made while the clock stood back: no fault, but worth knowing
	Faults    []Fault
}

// mostFaults ends a hopeless search.
const mostFaults = 100

// Verify proves the ledger: it recomputes the chain of the journal, compares
// every version of every record with its entry, and records with indexes and
// counters. Witnesses are compared with the chain. With any fault the error is
// a *Refusal of exit code 1 that names the first.
//
// Work goes on meanwhile: the lock is taken for moments of at most 25 ms, and
// what belongs together is compared within one moment, so that others' writes
// are never mistaken for faults. Copying the file aside first would need no
// lock, but as much disk and time again.
func (l *Ledger) Verify(ctx context.Context, progress Progress, witnesses ...Witness) (Report, error) {
	v := verifier{l: l, ctx: ctx, progress: progress, witnesses: witnesses}
	for _, step := range []func() error{v.journal, v.settings, v.records, v.indexes, v.drafts, v.requests, v.preferences} {
		if err := step(); err != nil {
			return v.rep, err
		}
	}
	if len(v.rep.Faults) > 0 {
		r := refuse(ExitFailed, "核对发现%d处不符：%s。没有改动任何内容，请另存一份文件并用 taizhang restore 恢复最近的备份",
			"verification found %d faults: %s. Nothing was changed; keep a copy of the file and restore the latest backup with: taizhang restore",
			len(v.rep.Faults), v.rep.Faults[0].Words)
		r.damage = len(witnesses) == 0 // a number copied wrongly from paper is no damage
		return v.rep, l.metOutside(r)
	}
	return v.rep, nil
}

type verifier struct {
	l         *Ledger
	ctx       context.Context
	progress  Progress
	witnesses []Witness
	rep       Report
	last      Entry // the entry checked last
	total     int
	done      int
	revision  uint64         // when the records were begun with
	expected  map[string]int // index entries that records ask for, by bucket
}

func (v *verifier) fault(f Fault, zh, en string, args ...any) {
	f.Words = model.Sayf(zh, en, args...)
	v.rep.Faults = append(v.rep.Faults, f)
}

// each calls fn for every key of a bucket, in visits of bounded time.
func (v *verifier) each(bucket []byte, fn func(s *Snapshot, k, val []byte) error) error {
	var from []byte
	for more := true; more; {
		err := v.l.View(v.ctx, func(s *Snapshot) error {
			more = false
			b := s.tx.Bucket(bucket)
			if b == nil {
				return nil
			}
			stop := time.Now().Add(visitTime)
			c := b.Cursor()
			n := 0
			for k, val := c.Seek(from); k != nil; k, val = c.Next() {
				if n++; n%16 == 0 && time.Now().After(stop) {
					from, more = bytes.Clone(k), true
					return nil
				}
				if len(v.rep.Faults) >= mostFaults {
					return nil
				}
				if err := fn(s, k, val); err != nil {
					return err
				}
				v.done++
			}
			return nil
		})
		if err != nil {
			return err
		}
		if v.progress != nil {
			v.progress(v.done, max(v.done, v.total))
		}
	}
	return nil
}

// journal recomputes the chain, and the hash of every record version it proves.
func (v *verifier) journal() error {
	err := v.l.View(v.ctx, func(s *Snapshot) error {
		if k, _ := s.tx.Bucket(bucketJournal).Cursor().Last(); len(k) == 8 {
			v.total = 2 * int(binary.BigEndian.Uint64(k)) // the entries, and about as many records
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = v.each(bucketJournal, func(s *Snapshot, k, val []byte) error {
		e, err := decodeEntry(val)
		at := Fault{Seq: v.last.Seq + 1, ID: e.ID, Version: e.Version}
		switch {
		case err != nil:
			v.fault(at, "流水第%d条读不出", "journal entry %d cannot be read", at.Seq)
		case e.Seq != at.Seq || !bytes.Equal(k, seqKey(e.Seq)):
			v.fault(at, "流水第%d条缺失或错位", "journal entry %d is missing or out of place", at.Seq)
		case e.Previous != v.last.Hash || e.Hash != e.sum():
			v.fault(at, "流水第%d条（%s）被改动过", "journal entry %d (%s) was altered", e.Seq, e.ID)
		case e.Part > 0 && (e.Part != v.last.Part+1 || e.By != v.last.By || !e.At.Equal(v.last.At)):
			v.fault(at, "流水第%d条不属于它前面的一批", "journal entry %d does not belong to the batch before it", e.Seq)
		case e.Seq == 1 && (e.Action != ActInit || e.ID != v.l.info.ID):
			v.fault(at, "流水不属于这个台账", "the journal is not that of this ledger")
		}
		if err != nil {
			v.last = Entry{Seq: at.Seq}
			return nil
		}
		v.last = e
		v.rep.Entries++
		if e.ClockBack {
			v.rep.ClockBack = append(v.rep.ClockBack, e.Seq)
		}
		if e.Action == ActSettings {
			v.settingsProof(s, e)
		} else if e.Version > 0 {
			v.rep.Versions++
			v.proof(s, e)
		}
		for _, w := range v.witnesses {
			if w.Seq == e.Seq && (w.Hash == "" || !strings.HasPrefix(e.Hash.String(), strings.ToLower(w.Hash))) {
				v.fault(Fault{Seq: e.Seq}, "流水第%d条与纸面记录的 %s 不符：此前的内容被改写过", "journal entry %d differs from the witness %s: what came before was rewritten", e.Seq, w.Hash)
			}
		}
		return nil
	})
	v.rep.Seq, v.rep.Hash = v.last.Seq, v.last.Hash
	for _, w := range v.witnesses {
		if w.Seq > v.last.Seq {
			v.fault(Fault{Seq: w.Seq}, "纸面记录的第%d条不在流水中：流水止于第%d条，末尾被截去或放回了旧文件", "the witness names entry %d, but the journal ends at %d: its end was cut off or an older file put back", w.Seq, v.last.Seq)
		}
	}
	return err
}

// proof compares one record version with the entry that made it.
func (v *verifier) proof(s *Snapshot, e Entry) {
	key, ok := KeyOf(e.ID)
	var raw []byte
	if b := s.tx.Bucket(bucketRecords(e.Register)); ok && b != nil {
		raw = b.Get(key.bytes())
		if env, err := readEnvelope(raw); err != nil || env.version != e.Version {
			if h := s.tx.Bucket(bucketHistory(e.Register)); h != nil {
				if former := h.Get(versionKey(key, e.Version)); former != nil {
					raw = former
				}
			}
		}
	}
	at := Fault{Seq: e.Seq, ID: e.ID, Version: e.Version}
	switch {
	case raw == nil:
		v.fault(at, "%s 第%d版不见了", "%s version %d is missing", e.ID, e.Version)
	case hashRecord(raw) != e.Record:
		v.fault(at, "%s 第%d版的内容被改动过", "%s version %d was altered", e.ID, e.Version)
	case !stateFits(raw, e.Action):
		v.fault(at, "%s 第%d版是否删除与流水所记不符", "%s version %d is deleted or not, against its journal entry", e.ID, e.Version)
	}
}

// stateFits compares whether a version is deleted with the action that made it;
// undoing and redoing lead either way.
func stateFits(raw []byte, action string) bool {
	e, err := readEnvelope(raw)
	switch model.Action(action) {
	case model.ActDelete:
		return err == nil && e.state == model.Deleted
	case model.ActAdd, model.ActEdit, model.ActVoid, model.ActUndelete, model.ActMerge:
		return err == nil && e.state != model.Deleted
	}
	return true
}

// records compares every record and former version with its journal entry, its
// index entries and the counter.
func (v *verifier) records() (err error) {
	if v.revision, err = v.l.Revision(); err != nil {
		return err
	}
	v.expected = map[string]int{}
	for _, reg := range v.l.Schema().All() {
		err := v.each(bucketRecords(reg.Key), func(s *Snapshot, k, raw []byte) error {
			v.rep.Records++
			if len(k) != keyLength {
				v.fault(Fault{}, "%s 中有一个键不对", "a key in %s is wrong", reg.Words)
				return nil
			}
			id := readKey(k).ID(reg)
			r, _, err := s.proven(reg, id, raw)
			if err != nil {
				v.blame(id, 0)
				return nil
			}
			for _, e := range entriesOf(r) {
				v.expected[string(e.bucket)]++
				b := s.tx.Bucket(e.bucket)
				if b == nil || b.Get(e.key) == nil || !bytes.Equal(b.Get(e.key), e.value) {
					v.fault(Fault{ID: id, Version: r.Version}, "%s 在索引 %s 中缺少或不符", "%s is missing or wrong in %s", id, string(e.bucket))
				}
			}
			if filterMisses(s.tx, reg, readKey(k), raw) {
				v.fault(Fault{ID: id, Version: r.Version}, "查找 %s 的过滤器不符", "the search filter does not know %s", id)
			}
			counter := s.tx.Bucket(bucketCounters).Get(append(prefix(reg.Letter), k[:2]...))
			if len(counter) != 4 || binary.BigEndian.Uint32(counter) < uint32(readKey(k)) {
				v.fault(Fault{ID: id}, "编号计数器小于 %s", "the counter of ids is behind %s", id)
			}
			return nil
		})
		if err != nil {
			return err
		}
		err = v.each(bucketHistory(reg.Key), func(s *Snapshot, k, raw []byte) error {
			if len(k) != keyLength+4 {
				v.fault(Fault{}, "%s 中有一个键不对", "a key in %s is wrong", reg.Words)
				return nil
			}
			id, version := readKey(k[:keyLength]).ID(reg), int(binary.BigEndian.Uint32(k[keyLength:]))
			if r, _, err := s.proven(reg, id, raw); err != nil || r.Version != version {
				v.blame(id, version)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// blame names a version that does not agree with the journal, once.
func (v *verifier) blame(id string, version int) {
	known := func(f Fault) bool { return f.ID == id && (version == 0 || f.Version == version) }
	if !slices.ContainsFunc(v.rep.Faults, known) {
		v.fault(Fault{ID: id, Version: version}, "%s 与流水不符", "%s does not agree with the journal", id)
	}
}

// indexes looks for entries that no record asks for. When nothing was written
// meanwhile, counting is enough: all that should be there are.
func (v *verifier) indexes() error {
	for _, bucket := range [][]byte{indexDate, indexName, indexBack, indexBin, bucketLogins} {
		n := 0
		if err := v.each(bucket, func(*Snapshot, []byte, []byte) error { n++; return nil }); err != nil {
			return err
		}
		if now, err := v.l.Revision(); err == nil && now == v.revision && n == v.expected[string(bucket)] {
			continue
		}
		err := v.each(bucket, func(s *Snapshot, k, val []byte) error {
			if id, ok := v.owner(s.tx, bucket, k, val); !ok {
				v.fault(Fault{ID: id}, "索引 %s 中多出 %s", "%s holds an entry of %s that no record asks for", string(bucket), id)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// drafts compares each draft with its own hash and with where it lies.
func (v *verifier) drafts() error {
	return v.each(bucketDrafts, func(s *Snapshot, k, b []byte) error {
		staff, _, _ := bytes.Cut(k, []byte{0})
		if !draftHolds(k, b) || s.Record(string(staff)) == nil {
			v.fault(Fault{}, "%s 的一份草稿不符", "a draft of %s is damaged", model.Shorten(string(staff)))
		}
		return nil
	})
}

// requests compares each remembered result with its hash and its request.
func (v *verifier) requests() error {
	return v.each(bucketRequests, func(s *Snapshot, k, b []byte) error {
		var id RequestID
		ok := false
		switch {
		case k[0] == 'i' && len(k) == 1+len(id):
			copy(id[:], k[1:])
			_, _, _, ok = decodeRequest(b, id)
		case k[0] == 'o' && len(b) == len(id):
			copy(id[:], b)
			ok = s.tx.Bucket(bucketRequests).Get(requestKey(id)) != nil
		}
		if !ok {
			v.fault(Fault{}, "记下的一次保存结果不符", "the remembered result of a save is damaged")
		}
		return nil
	})
}

// owner finds the record that an index entry belongs to, and whether it does.
func (v *verifier) owner(tx *bolt.Tx, bucket, k, val []byte) (id string, ok bool) {
	var letter string
	from := k
	switch {
	case bytes.Equal(bucket, bucketLogins):
		letter, from = model.Staff.Letter, val
	case bytes.Equal(bucket, indexBin):
		first, _, _ := bytes.Cut(k[min(binAt, len(k)):], []byte{0})
		letter = string(first)
	case bytes.Equal(bucket, indexBack):
		_, rest, _ := bytes.Cut(k, []byte{0})
		first, _, _ := bytes.Cut(rest, []byte{0})
		letter = string(first)
	default:
		first, _, _ := bytes.Cut(k, []byte{0})
		letter = string(first)
	}
	registers := v.l.Schema().All()
	i := slices.IndexFunc(registers, func(reg *model.Register) bool { return reg.Letter == letter })
	if i < 0 || len(from) < keyLength {
		return "?", false
	}
	reg := registers[i]
	id = readKey(from).ID(reg)
	s := v.l.snapshot(tx)
	s.whole = true
	r := s.Record(id)
	return id, r != nil && slices.ContainsFunc(entriesOf(r), indexEntry{bucket, k, val}.is)
}
