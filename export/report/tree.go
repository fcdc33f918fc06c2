package report

import "taizhang/model"

// node is a piece of a parsed template.
type node interface{ pos() int }

type at int

func (a at) pos() int { return int(a) }

type (
	// literal is text as it stands.
	literal struct {
		at
		text string
	}
	// name is a value the program knows, such as 社区名称, or in a loop a field,
	// a sentence or the number of the round.
	name struct {
		at
		global  string
		path    []*model.Field // of the record in hand
		reg     *model.Register
		said    *model.Sentence
		special string // 序, 组, 编号
		format  format
	}
	// figure is a number or list counted over a register.
	figure struct {
		at
		query  *query
		format format
		even0  bool // a zero is said
	}
	// rate is one measure as a share of another.
	rate struct {
		at
		part, whole *query
		even0       bool
	}
	// compare says how much more than a year before.
	compare struct {
		at
		query *query
	}
	// yearly is the least of the sums of complete years.
	yearly struct {
		at
		query  *query
		last   int // only so many years; 0: all there are
		format format
	}
	// loop repeats its body for records.
	loop struct {
		at
		query *query // measure nil
		limit int
		order *model.Field
		down  bool
		style string // of 序
		body  []node
		block bool // spans paragraphs
		depth int
	}
	// group repeats its body for the values of a field.
	group struct {
		at
		query *query
		by    *model.Field
		down  bool
		style string
		body  []node
		block bool
	}
	// branch is a condition.
	branch struct {
		at
		not     bool
		query   *query // true when it counts anything
		cond    *cond  // of the record in hand
		kind    string // of the period
		yes, no []node
		hasElse bool
	}
	// gap is prose that a person must write.
	gap struct {
		at
		name string
	}
	// phrase is an approved formula, by its short name.
	phrase struct {
		at
		name string
	}
	// table lists records.
	table struct {
		at
		query   *query
		columns []*model.Field
	}
)

// query is what is counted: records of a register in a period that meet the
// conditions.
type query struct {
	reg      *model.Register
	measure  *model.Measure
	field    *model.Field // its values, where there is no measure
	said     *model.Sentence
	roundup  *model.Roundup
	where    [][]*cond    // all of; each: any of
	period   string       // "" as the report; else one of the period words, or as written
	asOf     bool         // 截至: whatever came before too
	latest   bool         // only the last record
	latestBy *model.Field // the last record of each value
	any      bool         // records that do not count are there too
	source   string       // as written
}

// cond compares a field of a record.
type cond struct {
	path  []*model.Field
	op    string // = != >= <= > < 含; "" for filled or yes
	not   bool
	texts []string // values as written, any of them
	refer string   // value of the record or group in hand: its name after @
}
