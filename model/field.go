package model

// Type says what kind of value a field holds and so how it is typed in, shown,
// stored, compared and exported.
type Type uint8

// The Go type of a stored value stands behind each.
const (
	TypeText     Type = iota // one line; string
	TypeNote                 // several lines; string
	TypeInt                  // whole number; int64
	TypeDec                  // exact decimal; Dec
	TypeBool                 // yes or no; bool
	TypeMoney                // amount in 分; Money
	TypeDate                 // civil date with its precision; Date
	TypeTime                 // hh:mm; string
	TypePick                 // one term of a vocabulary; string, the Chinese term
	TypePicks                // several terms; []string
	TypeRef                  // one record, or text where OrText; Ref
	TypeRefs                 // several; []Ref
	TypeList                 // rows inside the record; []Row
	TypeOccasion             // a festival's instance, 2027春节; Occasion
	TypePeriod               // key of a disclosure period, 2027-B1; PeriodKey
)

// Class is the privacy class of a field (domain.md §4): the least that applies
// to it whatever the audience. Mask refines it where the kind of datum matters.
type Class uint8

const (
	Open      Class = iota // may be made public
	Internal               // N: inside the office and upward
	Personal               // P: masked or left out in public
	Sensitive              // S: never public, restricted inside
	Handler                // H: the named handler only
)

// Need says whether a field must be filled.
type Need uint8

const (
	Optional Need = iota
	Required      // ● always
	Either        // ○ when Field.When says so
)

// Field declares one field of a register. Form, list, search, command line,
// import, export, masks and audit all read this; nothing else lists fields.
type Field struct {
	Key     string   // stable name in JSON, files and on the command line
	Words   Words    // label
	Hint    Words    // one short line shown while the field has the cursor
	Aliases []string // other names accepted on input and in import headers
	Section Words    // heading that begins here, in long forms

	Type   Type
	Max    int   // most characters of text; 0 means the type's own limit
	Min    int64 // least value of a number (numbers are never negative unless Min says so)
	Most   int64 // greatest value of a number; 0 means no bound
	Vocab  string
	Refs   []string // keys of the registers a reference may point to
	OrText bool     // a reference may also be plain text
	Sub    []*Field // the columns of a list
	// Tidy gives the normal form of a text that follows a rule of its own (an
	// ID number, a phone number), or refuses it. It must accept its own result.
	Tidy func(string) (string, error)
	// Means gives what a text means that is a key of the program, in words for
	// people; files that machines read keep the key.
	Means func(string) Words
	One   bool // the list holds exactly one row: a pair such as "who, when"
	// Totals gives what the rows of a list come to, where that is more than the
	// sum of each column of money; see Sums.
	Totals func([]Row) []Sum

	Need Need
	When func(*Record) bool // for Either: must it be filled on this record?
	Why  Words              // for Either: the condition in words

	Default  func(*Context) any          // offered for a blank field of a new record
	Computed func(*Record, *Context) any // derived when shown, never stored
	Auto     bool                        // set by the program only (Register.Fill)
	Chained  bool                        // set by the steps of the register's chain; see Chain.Free
	Beside   bool                        // shown with the steps, not among the fields of a record
	Carry    bool                        // kept by "save and another like it"
	Copy     bool                        // taken over, like Carry, when an earlier record is copied
	Last     bool                        // begins with the value of the last record alike, see LastAlike
	Like     []string                    // for Last: the fields by which records are alike
	Alone    bool                        // a text written once: not offered for completion
	Class    Class
	Mask     Mask
	Cover    bool // seen by everybody even of a restricted record: dates, deadlines, state; see Register.Restricted
	Lint     bool // free text that may end in public: checked before posting

	Apart   bool // a number that means nothing added up: a year, an age, a running number
	Removed bool // an office's own that it no longer uses: its values are kept and not shown

	Col   int // rank among list columns, 1 first; 0 not shown in the list
	Cells int // width of that column in terminal cells
}

// limits of free text in characters (domain.md §4, safety.md §7).
const (
	maxText = 200
	maxNote = 4000
)

// Limit is the most characters the field takes.
func (f *Field) Limit() int {
	switch {
	case f.Max > 0:
		return f.Max
	case f.Type == TypeNote:
		return maxNote
	}
	return maxText
}

// Width is the width of the field's column in a list, in terminal cells.
func (f *Field) Width() int {
	if f.Cells > 0 {
		return f.Cells
	}
	return usualCells(f.Type)
}

// Editable says whether a person may type into the field.
func (f *Field) Editable() bool { return !f.Auto && f.Computed == nil }

// InForm says whether the field stands in the forms: what steps enter does not.
func (f *Field) InForm() bool { return f.Editable() && !f.Chained }

// Stored says whether the field has a place in the record.
func (f *Field) Stored() bool { return f.Computed == nil }

// Numeric says whether values of the field are numbers, written to the right.
func (f *Field) Numeric() bool {
	return f.Type == TypeInt || f.Type == TypeDec || f.Type == TypeMoney
}

// Summed says whether values of several records may be added up.
func (f *Field) Summed() bool { return f.Numeric() && !f.Apart }

// Holds reports whether v has the Go type that the field stores.
func (f *Field) Holds(v any) bool {
	switch v.(type) {
	case string:
		return f.Type == TypeText || f.Type == TypeNote || f.Type == TypeTime || f.Type == TypePick
	case int64:
		return f.Type == TypeInt
	case Dec:
		return f.Type == TypeDec
	case bool:
		return f.Type == TypeBool
	case Money:
		return f.Type == TypeMoney
	case Date:
		return f.Type == TypeDate
	case []string:
		return f.Type == TypePicks
	case Ref:
		return f.Type == TypeRef
	case []Ref:
		return f.Type == TypeRefs
	case []Row:
		return f.Type == TypeList
	case Occasion:
		return f.Type == TypeOccasion
	case PeriodKey:
		return f.Type == TypePeriod
	}
	return false
}
