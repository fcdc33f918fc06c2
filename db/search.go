package db

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

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
	ID       string
	Register *model.Register
	Date     model.Date
	State    model.State
	Title    string       // as the actor may see it
	Field    *model.Field // nil: it was found by its id
	Snippet  string       // what stands there, as the actor may see it, on one line
	From, To int          // the bytes of Snippet that answer
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
// four digits that are shown.
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

func (r *search) prepare(s *Snapshot) error {
	words, err := readQuery(r.Text, s.schema, r.today)
	if err != nil {
		return err
	}
	if r.words = words; len(words) == 0 {
		r.done = true
		return nil
	}
	states := r.States
	if states == nil {
		states = []model.State{model.Final, model.Draft}
	}
	for _, st := range states {
		r.states[st] = true
	}
	for _, key := range r.Registers {
		if s.schema.Register(key) == nil {
			return model.Problemf("没有“%s”这种台账", "there is no register %q", model.Shorten(key))
		}
	}
	var targets []*model.Register
	registers := s.schema.Registers
	if r.Registers != nil {
		registers = s.schema.All()
	}
	for _, reg := range registers {
		if r.Registers != nil && !slices.Contains(r.Registers, reg.Key) {
			continue
		}
		if err := model.Can(r.actor, model.ActView, reg); err != nil {
			return &Refusal{Code: ExitDenied, Words: model.AsWords(err), Cause: err}
		}
		sd := &searched{reg: reg, fields: map[string]*searchedField{}, blocks: map[uint64]uint32{},
			some: make([]map[Key]bool, len(words)), last: ^uint64(0)}
		for at, f := range reg.Fields {
			if sf := r.open(reg, f, at); sf != nil {
				sd.fields[f.Key] = sf
				for _, t := range s.targets([]*model.Field{f}) {
					if sd.refers = true; !slices.Contains(targets, t) {
						targets = append(targets, t)
					}
				}
			}
		}
		r.found = append(r.found, sd)
		r.jobs = append(r.jobs, func(s *Snapshot, _ time.Time) bool { return sd.judge(s, words) })
	}
	for i, w := range words {
		w.names = s.newNames(w.needle, targets, func(t *model.Register) bool {
			f := r.open(t, t.Field(t.NameField), 0)
			return f != nil && !f.number
		})
		w.names.many = true
		r.name(s, i, w)
		for _, t := range w.names.registers {
			r.jobs = append(r.jobs, func(s *Snapshot, stop time.Time) bool { return w.names.look(s, t, stop) })
		}
		r.jobs = append(r.jobs, func(s *Snapshot, _ time.Time) bool {
			w.names.derive(s)
			r.refer(s, i, w)
			return true
		})
	}
	for _, sd := range r.found {
		sd.next = r.start(sd)
	}
	r.jobs = append(r.jobs, r.plan)
	return nil
}

// open says how a field may be looked into by the actor; nil: not at all.
func (r *search) open(reg *model.Register, f *model.Field, at int) *searchedField {
	if !f.Stored() || f.Class == model.Handler || !f.ShownTo(model.Inside) ||
		slices.Contains(r.Except, f.Key) || slices.Contains(r.Except, reg.Key+"."+f.Key) {
		return nil
	}
	sf := &searchedField{Field: f, pinyin: answersToPinyin(reg, f.Key, f), order: 1000 + at}
	switch {
	case f.Key == reg.NameField:
		sf.order = 0
	case f.Col > 0:
		sf.order = f.Col
	}
	if !f.InFull(r.actor, model.Inside) {
		// Who may enter records has the number before her and looks for whose it is.
		if sf.number = numberKind(f) && model.Can(r.actor, model.ActEdit, reg) == nil; !sf.number {
			return nil
		}
	}
	for _, c := range f.Sub {
		if c.Class == model.Handler || !c.InFull(r.actor, model.Inside) {
			continue
		}
		sf.sub = append(sf.sub, &searchedField{Field: c, pinyin: sf.pinyin && pinyinType(c.Type)})
	}
	return sf
}

// judge asks the filters of a register.
func (sd *searched) judge(s *Snapshot, words []*word) bool {
	b := filters(s.tx, sd.reg)
	if b == nil {
		return true
	}
	eachWithPrefix(b, prefix(sd.reg.Letter), func(k, stored []byte) bool {
		f, may := readFilter(stored), uint32(0)
		if f == nil {
			return true
		}
		for i, w := range words {
			if w.mayBe(f) {
				may |= 1 << i
			}
		}
		sd.blocks[readBlock(k)] = may
		return true
	})
	return true
}

// name notes which records a word names by their ids, and which refer to them.
func (r *search) name(s *Snapshot, i int, w *word) {
	for _, sd := range r.found {
		sd.some[i] = map[Key]bool{}
	}
	for _, id := range w.ids {
		letter, _, _, _ := model.SplitID(id)
		if sd := r.of(letter); sd != nil {
			if _, raw := s.find(id); raw != nil {
				key, _ := KeyOf(id)
				sd.some[i][key] = true
			}
		}
	}
	if w.whole != "" {
		r.note(s, i, &names{ids: map[string]bool{w.whole: true}})
	}
}

// refer notes which records refer to a name that answers to a word.
func (r *search) refer(s *Snapshot, i int, w *word) {
	if !w.names.many {
		r.note(s, i, w.names)
		return
	}
	for _, sd := range r.found {
		if sd.refers {
			sd.any |= 1 << i
		}
	}
}

func (r *search) note(s *Snapshot, i int, n *names) {
	n.referrers(s, func(letter string, key Key) {
		if sd := r.of(letter); sd != nil && sd.refers {
			sd.some[i][key] = true
		}
	})
}

func (r *search) of(letter string) *searched {
	for _, sd := range r.found {
		if sd.reg.Letter == letter {
			return sd
		}
	}
	return nil
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

type openBlock struct {
	sd    *searched
	block uint64
	key   Key // of a single record
}

// place is where a hit lies in the order of the answer.
type place struct {
	sd  *searched
	at  int // of sd in the answer
	day uint32
	key Key
}

// plan decides how to go on: when few records may answer they are read one and
// all, and put in order; otherwise the walk goes on.
func (r *search) plan(s *Snapshot, _ time.Time) bool {
	few := true
	for _, w := range r.words {
		few = few && w.period == nil
	}
	left := mostDirect
	all := uint32(1)<<len(r.words) - 1
	for _, sd := range r.found {
		if !few || left < 0 {
			return true
		}
		if filters(s.tx, sd.reg) == nil {
			few = sd.records == nil
			continue
		}
		if sd.any&all == all {
			few = sd.records == nil
			continue
		}
		for _, block := range s.openBlocks(sd.reg, func(b uint64) bool { _, sealed := sd.blocks[b]; return sealed }) {
			r.blocks = append(r.blocks, openBlock{sd: sd, block: block})
		}
		for block, may := range sd.blocks {
			if may|sd.any == all {
				r.blocks = append(r.blocks, openBlock{sd: sd, block: block})
				left -= 1 << blockBits
			}
		}
		// A record may answer to one word by a name and to another by its text.
		for _, keys := range sd.some {
			for key := range keys {
				if may, sealed := sd.blocks[key.block()]; sealed && may|sd.any != all {
					r.some = append(r.some, openBlock{sd: sd, key: key})
					left--
				}
			}
		}
	}
	r.direct = few && left >= 0
	return true
}

// read goes through the blocks and records that may answer, and at the end
// makes the page.
func (r *search) read(s *Snapshot, stop time.Time) error {
	one := func(sd *searched, key Key, raw []byte) error {
		if !r.passes(s, sd, key, model.Date{}, raw) { // no word is a date
			return nil
		}
		rec, err := decodeSome(sd.reg, raw, []string{sd.reg.DateField})
		if err != nil {
			return damaged(key.ID(sd.reg), err)
		}
		day := rec.Date().SortKey()
		if bytes.Compare(dateKey(sd.reg.Letter, day, key), sd.next) >= 0 || !r.states[rec.State] || !inLists(rec.State) {
			return nil // on this page or one before already
		}
		r.places = append(r.places, place{sd, slices.Index(r.found, sd), day, key})
		return nil
	}
	for len(r.blocks) > 0 {
		b := r.blocks[0]
		r.blocks = r.blocks[1:]
		if err := eachInBlock(s.tx, b.sd.reg, b.block, func(key Key, raw []byte) error {
			if !r.possible(b.sd, key, model.Date{}) {
				return nil
			}
			return one(b.sd, key, raw)
		}); err != nil {
			return err
		}
		if time.Now().After(stop) {
			return nil
		}
	}
	for _, b := range r.some {
		if raw := s.raw(b.sd.reg, b.key); raw != nil && r.possible(b.sd, b.key, model.Date{}) {
			if err := one(b.sd, b.key, raw); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(r.places, func(a, b place) int {
		return cmp.Or(-cmp.Compare(a.day, b.day), cmp.Compare(a.at, b.at), -cmp.Compare(a.key, b.key))
	})
	r.done = true
	for i, p := range slices.Compact(r.places) {
		if len(r.hits) == r.Limit {
			r.more = i < len(r.places)
			break
		}
		if raw := s.raw(p.sd.reg, p.key); raw != nil { // a moment ago it was there
			if err := r.add(s, p.sd, p.key, raw); err != nil {
				return err
			}
		}
	}
	return nil
}

// walk goes through the date indexes of all registers together, newest first,
// and looks at the records that may answer.
func (r *search) walk(s *Snapshot, stop time.Time) error {
	index := s.tx.Bucket(indexDate)
	var at []*dateCursor
	for _, sd := range r.found {
		if sd.records == nil {
			continue
		}
		if c := newDateCursor(index, sd); c.k != nil {
			at = append(at, c)
		}
	}
	leave := func() error {
		for _, c := range at {
			c.sd.next = append(bytes.Clone(c.k), 0) // come back to this very key
		}
		return nil
	}
	for n := 1; len(at) > 0; {
		// The newest day of all, and how far its register leads.
		best, second := 0, uint32(0)
		for i, c := range at[1:] {
			if d := c.day(); d > at[best].day() {
				second, best = at[best].day(), i+1
			} else {
				second = max(second, d)
			}
		}
		c := at[best]
		for {
			if n++; n%64 == 0 && time.Now().After(stop) {
				return leave()
			}
			if r.looked++; r.lazy && r.looked > firstLook*(1+len(r.hits)) { // where there are some there will be more
				r.lazy = false
				return leave()
			}
			full, err := r.look(s, c)
			if err != nil || full {
				r.done = r.done || full
				return err
			}
			if c.back(); c.k == nil {
				at = slices.Delete(at, best, best+1)
				c.sd.next = c.low
				break
			}
			if d := c.day(); d < second || d == second && best > 0 {
				break
			}
		}
	}
	r.done = true
	return nil
}

// start is where the walk of a register begins.
func (r *search) start(sd *searched) []byte {
	p := prefix(sd.reg.Letter)
	if r.After == nil {
		return after(p)
	}
	day := r.After.Date.SortKey()
	key, ok := KeyOf(r.After.ID)
	switch last := r.After.Register; {
	case last == nil || !ok:
		return after(p)
	case last.Letter == sd.reg.Letter:
		return dateKey(sd.reg.Letter, day, key)
	case r.before(sd.reg, last):
		return binary.BigEndian.AppendUint32(p, day)
	}
	return binary.BigEndian.AppendUint32(p, day+1)
}

// before reports which of two registers comes first on one day.
func (r *search) before(a, b *model.Register) bool {
	for _, sd := range r.found {
		switch sd.reg.Letter {
		case a.Letter:
			return true
		case b.Letter:
			return false
		}
	}
	return false
}

// dateCursor walks the date index of one register backward.
type dateCursor struct {
	*bolt.Cursor
	sd   *searched
	low  []byte
	k, v []byte
}

func newDateCursor(index *bolt.Bucket, sd *searched) *dateCursor {
	c := &dateCursor{Cursor: index.Cursor(), sd: sd, low: prefix(sd.reg.Letter)}
	c.k, c.v = c.Seek(sd.next)
	if c.k == nil {
		c.k, c.v = c.Last()
	}
	for c.k != nil && bytes.Compare(c.k, sd.next) >= 0 {
		c.k, c.v = c.Prev()
	}
	c.check()
	return c
}

func (c *dateCursor) back() {
	c.k, c.v = c.Prev()
	c.check()
}

func (c *dateCursor) check() {
	if !bytes.HasPrefix(c.k, c.low) || len(c.k) != len(c.low)+4+keyLength || len(c.v) != 2 {
		c.k = nil
	}
}

func (c *dateCursor) day() uint32 { return binary.BigEndian.Uint32(c.k[len(c.low):]) }

func (c *dateCursor) date() model.Date {
	day := c.day()
	return model.Date{Year: int16(day / 10000), Month: int8(day / 100 % 100), Day: int8(day % 100), Precision: model.Precision(c.v[1])}
}

// look decides on the record at a cursor; full tells that the page is.
func (r *search) look(s *Snapshot, c *dateCursor) (full bool, err error) {
	key := readKey(c.k)
	if !r.states[c.v[0]] || !r.lazy && !r.possible(c.sd, key, c.date()) {
		return false, nil
	}
	raw := c.sd.records.Get(key.bytes())
	if raw == nil {
		return false, damaged("index/date "+key.ID(c.sd.reg), nil)
	}
	if !r.passes(s, c.sd, key, c.date(), raw) {
		return false, nil
	}
	if len(r.hits) == r.Limit {
		r.more = true
		return true, nil
	}
	return false, r.add(s, c.sd, key, raw)
}

// possible decides by the filters and what refers, without the record.
func (r *search) possible(sd *searched, key Key, date model.Date) bool {
	if block := key.block(); block != sd.last {
		may, known := sd.blocks[block]
		if !known {
			may = ^uint32(0)
		}
		sd.last, sd.may = block, may
	}
	for i, w := range r.words {
		if (sd.may|sd.any)>>i&1 == 0 && !sd.some[i][key] && !sd.dated(w, date) {
			return false
		}
	}
	return true
}

// dated reports whether a word means the date of a record.
func (sd *searched) dated(w *word, date model.Date) bool {
	return w.period != nil && sd.reg.DateField != "" && sd.fields[sd.reg.DateField] != nil && w.period.Contains(date)
}

// passes decides on a stored record.
func (r *search) passes(s *Snapshot, sd *searched, key Key, date model.Date, raw []byte) bool {
	var values []byte
	for i, w := range r.words {
		if sd.dated(w, date) || sd.some[i][key] && slices.Contains(w.ids, key.ID(sd.reg)) {
			continue
		}
		// Text stands in the file as it is: where its bytes do not occur at all,
		// nothing needs taking apart.
		if !w.names.many && !sd.some[i][key] && !w.traced(raw) {
			return false
		}
		if values == nil {
			values = valuesOf(raw)
		}
		found := false
		_ = eachPair(values, func(k, value []byte) bool {
			if f := sd.fields[string(k)]; f != nil {
				found = r.answers(s, w, f, value)
			}
			return !found
		})
		if !found {
			return false
		}
	}
	return true
}

func (r *search) add(s *Snapshot, sd *searched, key Key, raw []byte) error {
	rec, _, err := decodeRecord(sd.reg, raw)
	if err != nil {
		return damaged(key.ID(sd.reg), err)
	}
	r.hits = append(r.hits, r.hit(s, sd, rec))
	return nil
}

// answers reports whether an encoded value answers to a word.
func (r *search) answers(s *Snapshot, w *word, f *searchedField, value []byte) (found bool) {
	major, n, rest, err := head(value)
	if err != nil {
		return false
	}
	switch major {
	case majorUint, majorNeg:
		m, ok := decodeInt(value)
		return ok && f.Type == model.TypeMoney && w.amount != nil && int64(*w.amount) == m
	case majorText:
		t, _, err := text(value)
		if err != nil {
			return false
		}
		if f.number {
			how, _, _ := w.answersNumber(string(t), r.masked(s, f.Field, string(t)))
			return how
		}
		switch {
		case f.Type == model.TypeDate:
			return w.day != "" && bytes.HasPrefix(t, []byte(w.day))
		case numberKind(f.Field):
			return w.number != "" && plainNumber(string(t)) == w.number
		}
		return w.in(t) || f.pinyin && w.soundsIn(t)
	case majorTag:
		if n == tagIdentifier {
			id, _, err := text(rest)
			return err == nil && (string(id) == w.whole || w.names.has(s, string(id)))
		}
	case majorArray:
		_ = eachItem(value, func(item []byte) bool {
			found = r.answers(s, w, f, item)
			return !found
		})
	case majorMap:
		_ = eachPair(value, func(key, cell []byte) bool {
			for _, c := range f.sub {
				if c.Key == string(key) {
					found = r.answers(s, w, c, cell)
				}
			}
			return !found
		})
	}
	return found
}

// masked is how a value is shown to the actor; it runs only for the few values
// whose number answers.
func (r *search) masked(s *Snapshot, f *model.Field, value string) func() string {
	return func() string { return r.context(s).MaskText(f, value, model.Inside, model.ZH, r.today) }
}

// answersNumber compares a masked number: all of it, or the end that is shown.
func (w *word) answersNumber(value string, shown func() string) (ok bool, from, to int) {
	if w.number == "" {
		return false, 0, 0
	}
	switch n := plainNumber(value); {
	case n == w.number:
		return true, 0, len(shown())
	case len(w.number) == shortNumber && strings.HasSuffix(n, w.number):
		t := shown()
		return strings.HasSuffix(strings.ToLower(t), w.number), len(t) - shortNumber, len(t)
	}
	return false, 0, 0
}

func (r *search) context(s *Snapshot) *model.Context {
	return &model.Context{Schema: s.schema, Book: s, Now: r.now, Actor: r.actor}
}

// hit describes a record that was found.
func (r *search) hit(s *Snapshot, sd *searched, rec *model.Record) Hit {
	c := r.context(s)
	h := Hit{ID: rec.ID, Register: sd.reg, Date: rec.Date(), State: rec.State, Title: shownTitle(c, rec.ID)}
	w := r.words[0]
	if slices.Contains(w.ids, rec.ID) {
		h.Snippet, h.To = rec.ID, len(rec.ID)
		return h
	}
	order := make([]*searchedField, 0, len(sd.fields))
	for _, f := range sd.fields {
		order = append(order, f)
	}
	slices.SortFunc(order, func(a, b *searchedField) int { return a.order - b.order })
	for _, read := range readings {
		for _, f := range order {
			v := rec.Values[f.Key]
			if model.Blank(v) {
				continue
			}
			t, from, to, ok := r.place(s, w, f, v, read)
			if !ok {
				continue
			}
			h.Field = f.Field
			if full := c.MaskText(f.Field, v, model.Inside, model.ZH, r.today); full != t {
				if i := strings.Index(full, t); i >= 0 {
					t, from, to = full, from+i, to+i
				}
			}
			h.Snippet, h.From, h.To = cut(t, from, to)
			return h
		}
	}
	if f := sd.fields[sd.reg.DateField]; f != nil && w.period != nil && w.period.Contains(h.Date) {
		h.Field, h.Snippet = f.Field, c.Text(f.Field, rec.Values[f.Key], model.ZH)
		h.To = len(h.Snippet)
	}
	return h
}

// reading is a way in which a word may be meant; the first that answers is shown.
type reading uint8

const (
	asText reading = iota
	asNumber
	asAmount
	asDate
	asPinyin
	asReference
)

var readings = [...]reading{asText, asNumber, asAmount, asDate, asPinyin, asReference}

// place finds the text in a value that answers to a word, and the bytes of it
// that do.
func (r *search) place(s *Snapshot, w *word, f *searchedField, v any, read reading) (t string, from, to int, ok bool) {
	switch x := v.(type) {
	case []string:
		for _, e := range x {
			if t, from, to, ok = r.place(s, w, f, e, read); ok {
				return t, from, to, ok
			}
		}
	case []model.Ref:
		for _, e := range x {
			if t, from, to, ok = r.place(s, w, f, e, read); ok {
				return t, from, to, ok
			}
		}
	case []model.Row:
		for _, row := range x {
			if t, from, to, ok = r.place(s, w, f, row, read); ok {
				return t, from, to, ok
			}
		}
	case []any: // what does not fit its declaration
		for _, e := range x {
			if t, from, to, ok = r.place(s, w, f, e, read); ok {
				return t, from, to, ok
			}
		}
	case model.Row:
		for _, c := range f.sub {
			if t, from, to, ok = r.place(s, w, c, x[c.Key], read); ok {
				return t, from, to, ok
			}
		}
	case model.Money:
		return x.Text(), 0, len(x.Text()), read == asAmount && w.amount != nil && *w.amount == x
	case model.Ref:
		if x.ID == "" {
			return r.place(s, w, f, x.Text, read)
		}
		if read == asReference && (x.ID == w.whole || w.names.has(s, x.ID)) {
			name := s.nameOf(x.ID, 0)
			if from, to, ok := w.where(name); ok {
				return name, from, to, true
			}
			return name, 0, len(name), true
		}
	case model.Date:
		t = x.String()
		return t, 0, len(t), read == asDate && w.day != "" && strings.HasPrefix(t, w.day)
	case model.Occasion:
		return r.place(s, w, f, x.String(), read)
	case model.PeriodKey:
		return r.place(s, w, f, string(x), read)
	case string:
		switch {
		case f.Type == model.TypeDate: // not in its form
			return x, 0, len(x), read == asDate && w.day != "" && strings.HasPrefix(x, w.day)
		case f.number && read == asNumber:
			shown := r.masked(s, f.Field, x)
			if ok, from, to := w.answersNumber(x, shown); ok {
				return shown(), from, to, true
			}
		case f.number:
		case numberKind(f.Field):
			return x, 0, len(x), read == asNumber && w.number != "" && plainNumber(x) == w.number
		case read == asText:
			from, to, ok = w.findIn(x)
			return x, from, to, ok
		case read == asPinyin && f.pinyin:
			from, to, ok = w.findSound(x)
			return x, from, to, ok
		}
	}
	return "", 0, 0, false
}

// nameOf is the name that findNames goes by.
func (s *Snapshot) nameOf(id string, depth int) string {
	reg, raw := s.find(id)
	if raw == nil || depth > 1 {
		return id
	}
	var one [1][]byte
	value := fields(raw, one[:], reg.NameField)[0]
	if ref, ok := decodeRef(value); ok && value != nil {
		if ref.ID != "" {
			return s.nameOf(ref.ID, depth+1)
		}
		return ref.Text
	}
	return id
}

// where finds the bytes of a text that answer to the needle.
func (n *needle) where(s string) (from, to int, ok bool) {
	if from, to, ok = n.findIn(s); ok {
		return from, to, ok
	}
	return n.findSound(s)
}

// findIn finds the bytes of a text that hold the needle, folded.
func (n *needle) findIn(s string) (from, to int, ok bool) {
	var folded []byte
	var at []int // where each byte of folded comes from
	for i, r := range s {
		was := len(folded)
		folded = utf8.AppendRune(folded, foldRune(r))
		for range len(folded) - was {
			at = append(at, i)
		}
	}
	at = append(at, len(s))
	i := bytes.Index(folded, n.text)
	if i < 0 {
		return 0, 0, false
	}
	return at[i], at[i+len(n.text)], true
}

// findSound finds the bytes of a text that answer to the needle as pinyin.
func (n *needle) findSound(s string) (from, to int, ok bool) {
	if !n.soundsIn([]byte(s)) {
		return 0, 0, false
	}
	const atStart, whole = 1000, 2000 // scores of model.Pinyin
	for i := range s {
		if score, ok := model.NewPinyin(s[i:]).Match(n.pinyin); !ok || score < atStart {
			continue
		}
		for j := i; j < len(s); {
			_, size := utf8.DecodeRuneInString(s[j:])
			j += size
			if score, ok := model.NewPinyin(s[i:j]).Match(n.pinyin); ok && score >= whole {
				return i, j, true
			}
		}
	}
	return 0, len(s), true
}

// Around a match so many characters are shown, and of a long one so many.
const (
	snippetBefore = 16
	snippetMatch  = 40
	snippetAfter  = 32
)

// cut takes what stands around a match out of a text, on one line.
func cut(s string, from, to int) (snippet string, at, end int) {
	to = forward(s[:to], from, snippetMatch)
	stop := forward(s, to, snippetAfter)
	start := from
	for i := 0; i < snippetBefore && start > 0; i++ {
		_, n := utf8.DecodeLastRuneInString(s[:start])
		start -= n
	}
	const dots = "…"
	out := s[start:stop]
	if at = from - start; start > 0 {
		out, at = dots+out, at+len(dots)
	}
	end = at + to - from
	if stop < len(s) {
		out += dots
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, out), at, end
}

// forward is the place so many characters after another, or the end.
func forward(s string, at, characters int) int {
	for ; characters > 0 && at < len(s); characters-- {
		_, n := utf8.DecodeRuneInString(s[at:])
		at += n
	}
	return at
}
