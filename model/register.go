package model

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Group is the part of the menu a register stands in.
type Group uint8

const (
	Front  Group = iota // the three kinds of record the product exists for
	Behind              // what they refer to
)

// Register declares a kind of record 台账.
type Register struct {
	Key     string // stable name in JSON, files and on the command line
	Letter  string // begins the ids: A-2026-0317
	Words   Words
	Aliases []string // other names accepted on input
	Group   Group
	Shelf   Shelf // of the second menu
	Rank    int   // place in the menu
	Fields  []*Field
	Removed bool // an office's own that it no longer uses: readable, in no menu

	NameField string // key of the field by which others refer to a record; "" for none
	DateField string // key of the date or period it is listed and counted under; "" for the day of entry

	// Calendar is the key of the day under which a record stands in a calendar file,
	// where that is not the DateField: when something is due.
	Calendar string

	// Views are screens of its own besides the list: a grid, a board.
	Views []View

	// Empty is said where the register holds nothing at all; zero: how to add.
	Empty Words

	// Related are the tables that stand under a record: what names it.
	Related []Related

	// Title names a record in lists of mixed records, pickers and histories.
	// nil: the value of NameField.
	Title func(*Record, *Context) string
	// Fill sets the automatic fields and the blanks that follow from others.
	// It runs inside the write transaction, before Check; the id is known.
	Fill func(*Record, *Context)
	// Amend runs after Fill on a version that takes the place of another. nil:
	// nothing.
	Amend func(r, before *Record, c *Context)
	// Check finds what no single field can see. It runs after the fields' own rules.
	Check func(*Record, *Context) Errors
	// Follow names the records that this one brings about: they are entered in
	// the same transaction, after it and by the same rules. before is nil for a
	// new record. nil: none.
	Follow func(r, before *Record, c *Context) []*Record
	// Doubts asks about what is probably not meant; see Context.Doubts. nil: nothing.
	Doubts func(*Record, *Context) []Doubt
	// Twins says that one thing is sometimes entered twice, and the two records can
	// be merged; see Join.
	Twins bool
	// Over says why what the record stands for is no more, such as "moved away
	// 2027-03-08": lists, forms and the record's page show it. Blank, as nil, for
	// what is still there.
	Over func(*Record) Words
	// Consent is how far the person of a record agreed to be named in public, by
	// vocabulary CONSENT; nil: nobody is asked.
	Consent func(*Record) string
	// Paid says that the record stands in the accounts: see Erasable. nil: never.
	Paid func(*Record) bool
	// Settled names the fields of a stored version that are changed with a reason
	// only; see Correctable. nil: none.
	Settled func(*Record) []string
	// SettledBy says what settled them, after the id: 已签领.
	SettledBy Words
	// Handlers are who handles a record 经办人, references to staff. What stands in
	// its fields of class Handler they alone see and change; see restricted.go, also
	// for what such a register cannot be. nil: nobody, nothing is guarded.
	Handlers func(*Record) []Ref
	// Restricted says that a record is as a whole for its Handlers alone: of it
	// everybody else sees the fields marked Cover and, in the place of the field
	// named by Veil, that it is restricted. It is asked of whole records only, runs
	// whenever one is read and must depend on the record alone. nil: none is.
	Restricted func(*Record) bool
	Veil       string
	// Chain is the way of its records through several hands; nil: none.
	Chain *Chain
	// Published says that the record was made public: see Erasable, Undoable.
	// nil: never.
	Published func(*Record) bool

	// Due are the dates to watch of a final record, such as the day it is to be
	// answered by. It may ask c for today and for what the record refers to. They
	// are read through the index of dates: DueBack days back from the day it is
	// asked for, by DateField; 0: all of its records, for registers that stay small.
	Due     func(*Record, *Context) []Due
	DueBack int
	// DueOf names what only its newest record speaks for: the last visit to a
	// person says when the next one is. nil: each speaks for itself.
	DueOf func(*Record) string
	// DueAbout are the keys of the fields that tell which record it is on the list
	// of what is due, masked as anywhere; nil: its title.
	DueAbout []string

	// Measures are what its records come to; see Tally.
	Measures []Measure
	// Counts says whether a final record counts in figures: what was only planned
	// does not. nil: every one does.
	Counts func(*Record) bool
	// Parts are the keys of the fields by which its figures are taken apart, Apart
	// what else they are taken apart by.
	Parts []string
	Apart []Part
	// Headings say what stands over its figures where that is not its name, by
	// "", and over those of its parts where it is not the field's.
	Headings map[string]Words
	// Stood says whether a record stood on a day. It is for what lasts, such as
	// teams: it counts in every period at whose end it stood, not by its date. nil:
	// what has a date counts by it, what has none as it stands now.
	Stood func(r *Record, on Date) bool
	// Open are the keys of the parts whose figures the public may read besides the
	// totals; nil: nothing of the register.
	Open []string
	// Goods is the key of a list of goods that is added up by item; "": none.
	Goods string
	// Place among the figures; 0: its Rank.
	Place int
	// Standing says that the records tell how things stood on their days, such as
	// the members of a branch: of those with the same key the latest is in force
	// (see InForce), and several are never added up. nil: each is a thing of its own.
	Standing func(*Record) string

	// Archive says how its records go into the archive of their year; nil: they do
	// not.
	Archive *Archive
	// Lasting says that its records are looked up whatever year they are of, such
	// as honours and rules: its list begins with all of them. Of others with dates
	// it begins with those of this year.
	Lasting bool

	// Sentences are what reports say of one of its records, Roundups of several.
	Sentences []Sentence
	Roundups  []Roundup
	// Plausible are the proportions in which its measures stand.
	Plausible []Plausible
	// Odd finds what looks wrong in the final records of a period side by side; near
	// are those of OddReach days before and after too. nil: nothing.
	Odd func(in, near []*Record, c *Context) []OddFinding

	removed []*Field // the office's own that it no longer uses
	byKey   map[string]*Field
	byName  func() map[string]*Field // made when first asked for
}

// View is a screen that only one register has, opened from its list. What it
// shows is declared with the screen that goes by its key.
type View struct {
	Key   string
	Words Words // for the footer
	Help  Words // one sentence
}

// Field returns the field with that key, nil when there is none. It may be one
// that the office removed.
func (reg *Register) Field(key string) *Field { return reg.byKey[key] }

// AllFields lists the removed fields too: all that records may hold.
func (reg *Register) AllFields() []*Field { return append(slices.Clip(reg.Fields), reg.removed...) }

// FindField returns the field a person means: by key, Chinese or English label
// or alias, in any case and width.
func (reg *Register) FindField(name string) (*Field, error) {
	if f := reg.byName()[nameKey(name)]; f != nil {
		return f, nil
	}
	return nil, Problemf("“%s”没有“%s”这一项。可用的有：%s", "%s has no field %q; it has: %s",
		reg.Words, Shorten(name), reg.fieldNames())
}

func (reg *Register) fieldNames() Words {
	var zh, en []string
	for _, f := range reg.Fields {
		if f.Editable() {
			zh = append(zh, f.Words.ZH+" "+f.Key)
			en = append(en, f.Key)
		}
	}
	return Words{strings.Join(zh, "、"), strings.Join(en, ", ")}
}

// nameKey folds what people type for a name: width, case, spaces, underscores.
func nameKey(s string) string {
	return nameFolds.Replace(strings.ToLower(halfWidth(s)))
}

var nameFolds = strings.NewReplacer(" ", "", "_", "", "-", "")

// goesBy reports whether people call by a name what has this key and these words.
func goesBy(name, key string, w Words) bool {
	k := nameKey(name)
	return k == nameKey(key) || k == nameKey(w.ZH) || k == nameKey(w.EN)
}

// noteField stands at the end of every register (domain.md §4).
func noteField() *Field {
	return &Field{Key: "note", Words: W("备注", "Note"), Type: TypeNote, Class: Internal, Lint: true, Mask: MaskStory}
}

// prepare adds the common fields and builds the look-up tables. It panics on a
// declaration that contradicts itself: a fault of the program, met at start.
func (reg *Register) prepare() *Register {
	if !slices.ContainsFunc(reg.Fields, func(f *Field) bool { return f.Key == "note" }) {
		reg.Fields = append(reg.Fields, noteField())
	}
	reg.byKey, reg.byName = map[string]*Field{}, sync.OnceValue(reg.names)
	for _, f := range reg.Fields {
		if reg.byKey[f.Key] != nil {
			panic(fmt.Sprintf("register %s declares %s twice", reg.Key, f.Key))
		}
		reg.byKey[f.Key] = f
	}
	for _, f := range reg.removed {
		reg.byKey[f.Key] = f
	}
	reg.checkMeasures()
	reg.checkGuard()
	return reg
}

// names are all names of the fields. Keys win over labels, labels over aliases;
// the first declared wins a tie.
func (reg *Register) names() map[string]*Field {
	out := map[string]*Field{}
	for _, names := range []func(*Field) []string{
		func(f *Field) []string { return []string{f.Key} },
		func(f *Field) []string { return []string{f.Words.ZH, f.Words.EN} },
		func(f *Field) []string { return f.Aliases },
	} {
		for _, f := range reg.Fields {
			for _, n := range names(f) {
				if k := nameKey(n); out[k] == nil {
					out[k] = f
				}
			}
		}
	}
	return out
}

// builtin collects the declarations of this package; see declare.
var builtin []*Register

// declare enters a register into the built-in schema. Used in the var
// declaration of each register, so that a register is one file.
func declare(reg *Register) *Register {
	builtin = append(builtin, reg.prepare())
	return reg
}

// Schema is what a ledger knows: the built-in registers and vocabularies, and
// whatever the office adds to them.
type Schema struct {
	Registers []*Register // in menu order
	removed   []*Register // the office's own that it no longer uses; see All
	vocabs    map[string]*Vocab
	byName    map[string]*Register
	templates []Template // the office's own, those in use
	office    Office
	notice    Notice
	fonts     Fonts
	deadlines Deadlines
	byLetter  map[string]*Register
}

// NewSchema returns the built-in registers and vocabularies.
func NewSchema() *Schema { return newSchema(slices.Clone(builtin), nil, vocabularies) }

// newSchema puts registers in order and builds the look-up tables.
func newSchema(registers, removed []*Register, vocabs map[string]*Vocab) *Schema {
	s := &Schema{Registers: registers, removed: removed, vocabs: vocabs,
		byName: map[string]*Register{}, byLetter: map[string]*Register{}}
	slices.SortStableFunc(s.Registers, func(a, b *Register) int { return a.Rank - b.Rank })
	for _, reg := range s.All() {
		if s.byLetter[reg.Letter] != nil {
			panic("two registers use the letter " + reg.Letter)
		}
		s.byLetter[reg.Letter] = reg
	}
	for _, names := range []func(*Register) []string{
		func(r *Register) []string { return []string{r.Key} },
		func(r *Register) []string { return append([]string{r.Words.ZH, r.Words.EN}, r.Aliases...) },
	} {
		for _, reg := range s.All() { // those in use come first
			for _, n := range names(reg) {
				if k := nameKey(n); s.byName[k] == nil {
					s.byName[k] = reg
				}
			}
		}
	}
	return s
}

// Register returns the register with that key, nil when there is none.
func (s *Schema) Register(key string) *Register {
	if reg := s.byName[nameKey(key)]; reg != nil && reg.Key == key {
		return reg
	}
	return nil
}

// FindRegister returns the register a person means: by key, Chinese or English
// name or alias.
func (s *Schema) FindRegister(name string) (*Register, error) {
	if reg := s.byName[nameKey(name)]; reg != nil {
		return reg, nil
	}
	var zh, en []string
	for _, r := range s.Registers {
		zh, en = append(zh, r.Words.ZH+" "+r.Key), append(en, r.Key)
	}
	return nil, Problemf("没有“%s”这种台账。可用的有：%s", "there is no register %q; there are: %s",
		Shorten(name), Words{strings.Join(zh, "、"), strings.Join(en, ", ")})
}

// OfID returns the register an id belongs to, nil when the text is not an id.
func (s *Schema) OfID(id string) *Register {
	letter, _, _, ok := SplitID(id)
	if !ok {
		return nil
	}
	return s.byLetter[letter]
}

// Vocab returns a vocabulary by its code; it panics on an unknown code, which
// only a declaration can bring about.
func (s *Schema) Vocab(code string) *Vocab {
	v := s.vocabs[code]
	switch {
	case v != nil:
		return v
	case strings.HasPrefix(code, "X_"): // the office's own, in settings since replaced by older ones
		return &Vocab{Code: code}
	}
	panic("no vocabulary " + code)
}
