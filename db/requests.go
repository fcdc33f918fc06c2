package db

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// RequestID marks one filled-in form from the moment it opens, so that sending
// it again after an unclear error cannot enter it twice. The zero value is none.
type RequestID [16]byte

// NewRequest returns a fresh request id.
func (l *Ledger) NewRequest() (id RequestID, err error) {
	_, err = io.ReadFull(l.opt.Rand, id[:])
	return id, err
}

// String writes it in hexadecimal, for drafts.
func (id RequestID) String() string { return hex.EncodeToString(id[:]) }

// ParseRequest reads what String wrote; other text gives none.
func ParseRequest(s string) (id RequestID) {
	if b, err := hex.DecodeString(s); err == nil && len(b) == len(id) {
		copy(id[:], b)
	}
	return id
}

// requestsKept is how many request ids are remembered. A retry comes within
// minutes; an office saves some hundreds of forms a day.
const requestsKept = 10_000

func requestKey(id RequestID) []byte { return append([]byte{'i'}, id[:]...) }

// contentSum is the sum of what operations ask for. It is salted with the
// request's random id, so that it tells nothing of what was typed.
func contentSum(id RequestID, ops []Op) (sum Hash, err error) {
	list := make([]any, len(ops))
	for i, op := range ops {
		values := make(map[string]any, len(op.Values))
		var cleared []any
		for k, v := range op.Values {
			if model.Blank(v) {
				cleared = append(cleared, k)
				continue
			}
			values[k] = v
		}
		slices.SortFunc(cleared, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
		m := map[string]any{"kind": int64(op.Kind), "reg": op.Register, "id": op.ID, "reason": op.Reason, "values": values, "cleared": cleared}
		if op.Other != "" {
			m["other"] = op.Other
		}
		if op.Step != "" {
			m["step"] = op.Step
		}
		list[i] = m
	}
	b, err := appendMap(id[:], map[string]any{"ops": list})
	return sha256.Sum256(b), err
}

// rememberRequest stores the result of a request and forgets the oldest.
func rememberRequest(tx *bolt.Tx, id RequestID, by string, content Hash, res Result) error {
	b := tx.Bucket(bucketRequests)
	list := make([]any, len(res.Records))
	for i, r := range res.Records {
		list[i] = []any{r.ID, r.Version}
	}
	v, err := encodeSummed(map[string]any{"id": id.String(), "by": by, "seq": res.Seq, "hash": byteString(res.Hash), "ops": byteString(content), "recs": list})
	if err != nil {
		return err
	}
	if err := b.Put(requestKey(id), v); err != nil {
		return err
	}
	n, err := b.NextSequence()
	if err != nil {
		return err
	}
	if err := b.Put(requestOrder(n), id[:]); err != nil || n <= requestsKept {
		return err
	}
	old := requestOrder(n - requestsKept)
	if gone := b.Get(old); gone != nil {
		if err := b.Delete(append([]byte{'i'}, gone...)); err != nil {
			return err
		}
	}
	return b.Delete(old)
}

func requestOrder(n uint64) []byte { return binary.BigEndian.AppendUint64([]byte{'o'}, n) }

// Requested reports whether a request was carried out before: sent again, it
// enters nothing, so there is nothing to doubt either.
func (s *Snapshot) Requested(id RequestID) bool {
	return id != RequestID{} && s.tx.Bucket(bucketRequests).Get(requestKey(id)) != nil
}

// recallRequest returns the result of a request that was already carried out.
// One that someone else made is refused: ids are random, so it is not a retry.
// One that asked for something else is refused too: what was changed after an
// unclear error must not be thought stored.
func recallRequest(tx *bolt.Tx, id RequestID, by string, content Hash) (res Result, found bool, err error) {
	v := tx.Bucket(bucketRequests).Get(requestKey(id))
	if v == nil {
		return res, false, nil
	}
	who, asked, res, ok := decodeRequest(v, id)
	switch {
	case !ok:
		return Result{}, false, damaged("requests", nil)
	case who != by:
		return Result{}, false, model.Problemf("这张表单已由 %s 保存，没有再存", "this form was already saved by %s; it was not saved again", who)
	}
	if asked != nil && asked != byteString(content) {
		first := ""
		if len(res.Records) > 0 {
			first = res.Records[0].ID
		}
		return Result{}, false, refuse(ExitConflict,
			"这张表单先前已存为 %s，之后改动的内容没有存入，都还在。请打开 %s 修改",
			"this form was stored before, as %s; what was changed since is not stored and not lost. Open %s and change it there", first, first)
	}
	res.Repeated = true
	return res, true, nil
}

// decodeRequest reads a remembered result. Nothing else proves it, so it must
// hold its own hash and name its request: an answer from a damaged page would
// name a record that is another's. Those of older programs carry no hash; what
// they have must be all there and nothing else.
func decodeRequest(b []byte, id RequestID) (by string, content any, res Result, ok bool) {
	m, ok := decodeAny(b, 0).(map[string]any)
	if !ok || !sumHolds(b) {
		return "", nil, res, false
	}
	_, summed := m["sum"]
	content = m["ops"]
	if summed && m["id"] != id.String() || !summed && len(m) > 5 || !summed && content == nil && len(m) > 4 {
		return "", nil, res, false
	}
	by, ok1 := m["by"].(string)
	seq, ok2 := m["seq"].(int64)
	hash, ok3 := m["hash"].(Raw)
	recs, ok4 := m["recs"].([]any)
	_, sum, _, err := head([]byte(hash))
	if !ok1 || !ok2 || !ok3 || !ok4 || err != nil || sum != uint64(len(res.Hash)) {
		return "", nil, res, false
	}
	res.Seq = uint64(seq)
	copy(res.Hash[:], hash[len(hash)-len(res.Hash):])
	for _, e := range recs {
		pair, _ := e.([]any)
		if len(pair) != 2 {
			return "", nil, res, false
		}
		saved := Saved{Changed: true}
		id, ok1 := pair[0].(string)
		version, ok2 := pair[1].(int64)
		if !ok1 || !ok2 {
			return "", nil, res, false
		}
		saved.ID, saved.Version = id, int(version)
		res.Records = append(res.Records, saved)
	}
	return by, content, res, true
}
