package db

import (
	"context"
	"errors"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// OpKind is what an operation does.
type OpKind uint8

// The kinds of operation.
const (
	Add      OpKind = iota // a new record
	Edit                   // a new version of a record
	Void                   // withdraws a record 作废; it stays readable and counts nowhere
	Delete                 // moves a record to the recycle bin; see Bin
	Undelete               // brings it back from there as it was
	Merge                  // joins Other, a record of the same thing, to the record; see joinRecords
	Step                   // takes a step of the register's chain; see model.Chain
)

var kindActions = [...]model.Action{
	Add: model.ActAdd, Edit: model.ActEdit, Void: model.ActVoid, Delete: model.ActDelete, Undelete: model.ActUndelete, Merge: model.ActMerge,
}

// Op is one operation of a write.
type Op struct {
	Kind     OpKind
	Register string // key; needed for Add
	ID       string // for all but Add
	Base     int    // for all but Add: the version the person saw; 0: whatever is stored now
	// Exact refuses an Edit with a Conflict where the record is not at Base any more,
	// though others changed other fields: what is noted is about that version.
	Exact    bool
	Values   model.Values // Add: all; Edit: only those changed, nil clears; Merge: what else the kept record is to hold
	Reason   string       // kept in the journal; Void and Merge demand it
	Step     string       // for Step: its key; Values are what it asks for
	At       time.Time    // moment of entry, only with Options.Backdate; zero: now
	DraftKey string       // the actor's draft that this save completes; dropped with it
	// Unless names fields of an Add, a reference first: where a live record of the
	// register already holds the same values in all of them nothing is entered,
	// and Saved names that record, unchanged. Two who enter the same list at once
	// enter each line of it once.
	Unless []string

	Other     string // Merge: the record that becomes void
	OtherBase int    // Merge: its version the person saw; 0: whatever is stored now
}

// Saved is what became of one operation.
type Saved struct {
	ID      string
	Version int      // the version now stored
	Changed bool     // false: the edit changed nothing and wrote nothing
	Merged  []string // keys that someone else had changed since Base and that were kept
	// Unsigned: the edit changed what others had signed, and took it back to the draft.
	Unsigned bool
	Also     []string // ids of the records it brought about, see model.Register.Follow, or turned to it, see Merge
}

// Result is what became of a write.
type Result struct {
	Records  []Saved // one for each operation
	Seq      uint64  // head of the journal after it
	Hash     Hash
	Repeated bool // the request was already carried out; this is its former result
}

// mostOps bounds one transaction to a few MB; imports come in batches.
const mostOps = 5000

// MostOps is how many operations one write may have.
const MostOps = mostOps

// Write carries out all operations or none, durably: when it returns without
// error they are on the disk. Inside one transaction it reads the actor's
// roles, asks the policy, applies the rules of the register, gives out ids,
// and stores record, former version, journal entry and indexes.
//
// A request id seen before returns the former result and writes nothing.
// Errors: model.Errors for values that break a rule, *Conflict when others
// changed the same fields, *Refusal for roles (exit code 7) and the file; with
// several operations wrapped in *OpError.
func (l *Ledger) Write(ctx context.Context, actor model.Actor, req RequestID, ops ...Op) (Result, error) {
	if len(ops) > mostOps {
		return Result{}, refuse(ExitUsage, "一次最多保存%d条，未保存，请分批", "at most %d records are saved at once; nothing was saved, split them", mostOps)
	}
	var res Result
	err := l.visit(ctx, true, func(tx *bolt.Tx) error {
		w, err := l.newWriter(tx, actor)
		if err != nil {
			return err
		}
		if !l.opt.Backdate && slices.ContainsFunc(ops, func(op Op) bool { return !op.At.IsZero() }) {
			return refuse(ExitUsage, "不能倒填登记时间，未保存", "the moment of entry cannot be set; nothing was saved")
		}
		res, err = w.run(req, ops)
		return err
	})
	if errors.Is(err, errUnchanged) {
		err = nil
	}
	if err != nil {
		return Result{}, err
	}
	return res, nil
}
