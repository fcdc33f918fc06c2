package db

import (
	"context"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// SearchQuery is a look for text through all registers at once.
type SearchQuery struct {
	Text      string
	Registers []string      // keys; nil: all
	States    []model.State // nil: all but void; deleted ones are never found
	Except    []string      // fields not looked into: key, or register.key
	Limit     int           // hits in one page; 0: 20
	After     *Hit          // the last hit of the page before
}

// Hit is a record found, with the place that answers to the first word.
type Hit struct {
	ID         string
	Register   *model.Register
	Date       model.Date
	State      model.State
	StateWords model.Words  // of the state, as its register says it
	Title      string       // as the actor may see it
	Field      *model.Field // nil: it was found by its id
	Snippet    string       // what stands there, as the actor may see it, on one line
	From, To   int          // the bytes of Snippet that answer
}

// Search finds records in all registers, newest first: by the register's date,
// on one day in the order of the menu, then by entry. more tells that there are
// further hits; the next page begins After the last one.
//
// Each word of the text, apart by spaces, must be found in the record: as text
// in whatever case and width, as pinyin or its initials in names and columns of
// the list, as an id (also a-317 and 317 for this year's), as an amount of
// money, as a date or period (0308, 3月8日, 2026-03). What refers to a record by
// a name that answers is found too. Fields that the actor does not see in full
// are not looked into; a number shown masked is found by all of it or by the
// four digits that are shown. A register that the actor may not view is passed
// over, or the *Refusal (exit code 7) if it was asked for; one that does not
// exist, and a text that is too long, are refused with code 2.
//
// The lock is held for moments of about 25 ms. As with Scan, a page is not of
// one moment when others write meanwhile.
func (l *Ledger) Search(ctx context.Context, actor model.Actor, q SearchQuery) (hits []Hit, more bool, err error) {
	if q.Limit <= 0 {
		q.Limit = 20
	}
	r := &search{SearchQuery: q, actor: actor, today: model.DateOf(l.Now()), now: l.Now()}
	for !r.done {
		if err := l.View(ctx, r.visit); err != nil {
			return nil, false, err
		}
	}
	return r.hits, r.more, nil
}

// search is a search under way.
type search struct {
	SearchQuery
	actor  model.Actor
	now    time.Time
	today  model.Date
	states [256]bool
	words  []*word
	found  []*searched
	lazy   bool                                     // at first, names are looked at one by one
	looked int                                      // index entries passed
	jobs   []func(*Snapshot, time.Time) (done bool) // what must be known after that
	blocks []openBlock                              // to be read when few may answer
	some   []openBlock                              // and single records
	places []place                                  // where hits were found
	direct bool
	hits   []Hit
	more   bool
	begun  bool
	done   bool
}

// searched is what is known of one register.
type searched struct {
	reg     *model.Register
	fields  map[string]*searchedField
	blocks  map[uint64]uint32 // of those with a filter: the words they may hold, as bits
	judged  []byte            // the key of the filter to go on with
	last    uint64            // the block asked for last, with its words
	may     uint32
	some    []map[Key]bool // by word: named by an id or refer to a name or id
	any     uint32         // words that any record may hold by what it refers to
	refers  bool           // has fields that refer to something
	next    []byte         // the key of the date index before which to go on
	records *bolt.Bucket
}

// searchedField is how a field is looked into.
type searchedField struct {
	*model.Field
	number bool // masked: by its whole value or end
	pinyin bool
	order  int
	sub    []*searchedField
}

// visit does as much as a moment under the lock allows. Most texts are in some
// of the newest records: those are looked at first, without asking the filters.
func (r *search) visit(s *Snapshot) error {
	stop := time.Now().Add(visitTime)
	if !r.begun {
		r.begun, r.lazy = true, true
		if err := r.prepare(s); err != nil || r.done {
			return err
		}
	}
	for _, sd := range r.found {
		sd.records = s.tx.Bucket(bucketRecords(sd.reg.Key))
	}
	if r.lazy {
		if err := r.walk(s, stop); err != nil || r.lazy {
			return err
		}
		for _, w := range r.words {
			w.names.many = false
		}
	}
	for len(r.jobs) > 0 {
		if r.jobs[0](s, stop) {
			r.jobs = r.jobs[1:]
		}
		if time.Now().After(stop) {
			return nil
		}
	}
	if r.direct {
		return r.read(s, stop)
	}
	return r.walk(s, stop)
}

// firstLook is how many index entries are gone through before the filters are
// asked.
var firstLook = 200 // tests change it
