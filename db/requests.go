package db

import (
	"encoding/binary"
	"encoding/hex"
	"io"

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

// rememberRequest stores the result of a request and forgets the oldest.
func rememberRequest(tx *bolt.Tx, id RequestID, by string, res Result) error {
	b := tx.Bucket(bucketRequests)
	list := make([]any, len(res.Records))
	for i, r := range res.Records {
		list[i] = []any{r.ID, r.Version}
	}
	v, err := appendMap(nil, map[string]any{"by": by, "seq": res.Seq, "hash": byteString(res.Hash), "recs": list})
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

// recallRequest returns the result of a request that was already carried out.
// One that someone else made is refused: ids are random, so it is not a retry.
func recallRequest(tx *bolt.Tx, id RequestID, by string) (res Result, found bool, err error) {
	v := tx.Bucket(bucketRequests).Get(requestKey(id))
	if v == nil {
		return res, false, nil
	}
	ok := true
	var who string
	err = eachPair(v, func(key, value []byte) bool {
		switch string(key) {
		case "by":
			who, _ = decodeText(value)
		case "seq":
			n, _ := decodeInt(value)
			res.Seq = uint64(n)
		case "hash":
			_, _, rest, _ := head(value)
			copy(res.Hash[:], rest)
		case "recs":
			list, _ := decodeAny(value, 0).([]any)
			for _, e := range list {
				pair, _ := e.([]any)
				if ok = ok && len(pair) == 2; !ok {
					break
				}
				saved := Saved{Changed: true}
				saved.ID, _ = pair[0].(string)
				v, _ := pair[1].(int64)
				saved.Version = int(v)
				res.Records = append(res.Records, saved)
			}
		}
		return ok
	})
	switch {
	case err != nil || !ok:
		return Result{}, false, damaged("requests", err)
	case who != by:
		return Result{}, false, model.Problemf("这张表单已由 %s 保存，没有再存", "this form was already saved by %s; it was not saved again", who)
	}
	res.Repeated = true
	return res, true, nil
}
