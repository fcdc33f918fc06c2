package ingest

import (
	"taizhang/db"
	"taizhang/model"
)

// Job is a file to be brought in.
type Job struct {
	Ledger   *db.Ledger
	Actor    model.Actor
	Register *model.Register   // nil: a whole ledger, as export --all wrote it
	Path     string            // the file
	Sheet    string            // of a workbook; "": the first
	Map      map[string]string // a head to the name of its field; "" leaves the column
	Heads    []model.Head      // what columns were said to be before, where Map says nothing
	Year     int               // of dates without one, before that of the title; 0: none
	Repeat   bool              // rows that are there already are entered once more
	Progress db.Progress       // nil: nobody
}

// Level says what an issue means for its row.
type Level uint8

// The levels.
const (
	Bad     Level = iota // it cannot be entered: nothing is, until it is put right
	Look                 // it is entered; somebody should look at it
	Skipped              // it is not entered, and need not be: a total, a row that is there already
)

// Issue is what is to be said of a row.
type Issue struct {
	Line   int // in the file, as a spreadsheet counts; of JSON the record's number
	Level  Level
	Column string // the head; "" for the whole row
	model.Words
}

// Text writes it as one line.
func (i Issue) Text(l model.Lang) string {
	where := model.Sayf("第%d行", "row %d", i.Line).In(l)
	if i.Column != "" {
		where += " " + model.Shorten(i.Column)
	}
	return where + model.W("：", ": ").In(l) + i.Words.In(l)
}

// Row is a row that can be entered.
type Row struct {
	Line   int
	Values model.Values
}

// Offer is what a form offers for a blank field, and an import takes as well.
type Offer struct {
	Field *model.Field
	Text  model.Words
	Rows  int
}

// Plan is what an import would do.
type Plan struct {
	Register *model.Register // nil: several
	Sheet    string
	Sheets   []string
	HeadLine int // 0 of JSON
	Year     int // that dates without one get
	Columns  []Column
	Rows     []Row
	Issues   []Issue // by line
	Removed  int     // characters dropped that no text may hold
	Offered  []Offer // what blanks were filled with
	Whole    bool    // records are taken over under their own ids

	job     Job
	records []*model.Record // of a whole ledger
}

// Count is how many issues are of a level.
func (p *Plan) Count(level Level) (n int) {
	for _, i := range p.Issues {
		if i.Level == level {
			n++
		}
	}
	return n
}

// Entries is how many records would be entered.
func (p *Plan) Entries() int { return len(p.Rows) + len(p.records) }

// Batches is in how many steps they are, each undone by itself.
func (p *Plan) Batches() int { return (p.Entries() + db.MostOps - 1) / db.MostOps }

func (p *Plan) issue(line int, level Level, column string, w model.Words) {
	p.Issues = append(p.Issues, Issue{line, level, column, w})
}
