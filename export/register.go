package export

import (
	"bufio"
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"taizhang/db"
	"taizhang/model"
)

// Format is a kind of file.
type Format string

// The kinds of file this package writes.
const (
	CSV      Format = "csv"
	JSON     Format = "json"
	Markdown Format = "md"
	XLSX     Format = "xlsx"
	ICS      Format = "ics"
)

// Job says which records of a register are written, for whom and how.
type Job struct {
	Register *model.Register
	Period   model.Period             // by the register's date; the zero period is all time
	Where    func(*model.Record) bool // nil: all
	Filter   string                   // Where in words, printed with the table
	Ordered  bool                     // the source gives them in the order wanted; else oldest first where lines wait
	Format   Format
	Audience model.Audience
	Lang     model.Lang
}

// Result is what became of a job: what the export log keeps.
type Result struct {
	Rows     int
	Withheld int      // records this audience gets no line of
	Minors   bool     // what is withheld is so because of children
	Fields   []string // keys written
	Left     []string // keys not for this audience
	Named    []string // people whose names stand in it in full, as they agreed
}

// Foot says how many records have no line, "" when all have one. JSON has no
// place for it: there the caller says it beside the file.
func (r Result) Foot(l model.Lang) string {
	switch {
	case r.Withheld == 0:
		return ""
	case r.Minors:
		return model.Sayf("另有未成年人%d名，不列出", "%d more under age, not listed", r.Withheld).In(l)
	}
	return model.Sayf("另有%d条，不列出", "%d more, not listed", r.Withheld).In(l)
}

// line is a record on its way out.
type line struct {
	rec   *model.Record
	cells []string
}

// writer puts lines into a format.
type writer interface {
	begin(t *table) error
	row(line) error
	end(Result) error
}

// table is what a format needs to know of the job.
type table struct {
	Job
	src    Source
	fields []*model.Field
	heads  []string
	ids    bool // lines begin with the id, else with a running number
	whole  bool // lossless, to be read back
	rows   int  // known where lines wait for the last
}

// Register writes the records of a register. Every cell is masked for the
// audience and clean; records the audience must not see have no line.
func Register(w io.Writer, src Source, job Job) (Result, error) {
	c := src.Context()
	res := Result{Minors: job.Register.ConcernsPeople() && job.Register.Consent == nil}
	t := newTable(c, job, &res)
	t.src = src
	out, err := newWriter(w, job.Format)
	if err != nil {
		return res, err
	}
	if x, ok := out.(*xlsxWriter); ok {
		defer x.close()
	}
	// A table that says how many rows follow, or whose order would tell who was
	// entered when, waits for its last line.
	wait := job.Format == Markdown || job.Audience == model.Public
	var waiting []line
	if !wait {
		if err := out.begin(t); err != nil {
			return res, err
		}
	}
	if s, ok := src.(*Ledger); ok && !wait && !t.whole && !s.byKeys(job.Register.Key) && !job.Register.Guarded() && (job.Format == CSV || job.Format == XLSX) && job.Where == nil {
		cells := newCells(t, c)
		err = s.scan(job.Register.Key, job.Period, func(e db.Encoded) error {
			res.Rows++
			row, err := cells.of(e)
			if err != nil {
				return err
			}
			return out.row(line{cells: row})
		})
		if err != nil {
			return res, err
		}
		return res, out.end(res)
	}
	err = src.Scan(job.Register.Key, job.Period, func(r *model.Record) error {
		switch {
		case job.Where != nil && !job.Where(r):
			return nil
		case job.Format == ICS && !ahead(job, r, c.Today()):
			return nil
		case c.Withheld(r, job.Audience):
			res.Withheld++
			return nil
		}
		if name := c.NamedInPublic(r); name != "" && job.Audience == model.Public {
			res.Named = append(res.Named, name)
		}
		r = r.For(job.Audience)
		l := line{rec: r}
		if !t.whole {
			l.cells = t.mask(c, r)
		}
		res.Rows++
		if wait {
			waiting = append(waiting, l)
			return nil
		}
		return out.row(t.lead(l, res.Rows))
	})
	if err != nil {
		return res, err
	}
	if wait {
		t.rows = len(waiting)
		t.arrange(waiting)
		if err := out.begin(t); err != nil {
			return res, err
		}
		for i, l := range waiting {
			if err := out.row(t.lead(l, i+1)); err != nil {
				return res, err
			}
		}
	}
	return res, out.end(res)
}

// ahead reports whether a record stands in a calendar: it has a day, and where no
// period was named one that is not over.
func ahead(job Job, r *model.Record, today model.Date) bool {
	f := calendarField(job.Register)
	if f == nil {
		return true // the writer says so
	}
	d, ok := r.Get(f.Key).(model.Date)
	return ok && d.Precision == model.ByDay && (!job.Period.IsZero() || !d.Before(today))
}

var (
	idWords = model.W("编号", "Id")
	noWords = model.W("序号", "No.")
)

// newTable chooses the columns the audience sees.
func newTable(c *model.Context, job Job, res *Result) *table {
	t := &table{Job: job, ids: job.Audience != model.Public,
		whole: job.Format == JSON && job.Audience == model.Inside && seesWhole(c.Actor)}
	lead := noWords
	if t.ids {
		lead = idWords
	}
	t.heads = []string{lead.In(t.Lang)}
	for _, f := range t.Job.Register.Fields {
		shown := f.ShownTo(t.Audience)
		switch {
		case t.whole:
			shown = inFile(f, c.Actor)
		case !t.ids && f.Auto && f.Key == "no": // the id under another name
			shown = false
		}
		if !shown {
			res.Left = append(res.Left, f.Key)
			continue
		}
		t.fields = append(t.fields, f)
		t.heads = append(t.heads, f.Words.In(t.Lang))
		res.Fields = append(res.Fields, f.Key)
	}
	return t
}

// mask writes the cells of a record as the audience may see them.
func (t *table) mask(c *model.Context, r *model.Record) []string {
	cells := make([]string, len(t.fields))
	for i, f := range t.fields {
		cells[i] = clean(c.MaskField(r, f, c.Value(r, f), t.Audience, t.Lang, c.Today()))
	}
	return cells
}

// cell writes one value as the audience may see it.
func (t *table) cell(c *model.Context, f *model.Field, v any) string {
	return clean(c.MaskText(f, v, t.Audience, t.Lang, c.Today()))
}

// lead puts the id or the running number before the cells.
func (t *table) lead(l line, n int) line {
	if l.cells != nil && t.Format != JSON {
		first := strconv.Itoa(n)
		if t.ids {
			first = l.rec.ID
		}
		l.cells = append([]string{first}, l.cells...)
	}
	return l
}

// arrange orders what waited: oldest first, but public tables about people by
// amount and then by what they show, since the order of entry would tell who is
// who.
func (t *table) arrange(lines []line) {
	if t.Audience != model.Public || !t.Job.Register.ConcernsPeople() {
		if !t.Ordered {
			slices.Reverse(lines)
		}
		return
	}
	var money *model.Field
	for _, f := range t.fields {
		if f.Type == model.TypeMoney && money == nil {
			money = f
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		n := 0
		if money != nil {
			x, _ := a.rec.Get(money.Key).(model.Money)
			y, _ := b.rec.Get(money.Key).(model.Money)
			n = cmp.Compare(y, x)
		}
		return cmp.Or(n, slices.Compare(a.cells, b.cells))
	})
}

// seesWhole says whether an actor may take records out in full: those who may
// enter them. Others get what the screen shows them.
func seesWhole(a model.Actor) bool {
	return a.Is(model.Clerk, model.Reviewer, model.Approver, model.Finance)
}

// inFile says whether a stored field goes into an actor's lossless file. What
// only the named handler may see does not, since a file has no handler, and bank
// cards are for finance alone.
func inFile(f *model.Field, a model.Actor) bool {
	return f.Stored() && f.Class != model.Handler && (f.Mask != model.MaskBank || a.Is(model.Finance))
}

func clean(s string) string {
	s, _ = model.Clean(s)
	return s
}

// about are the parts of a title: unit, register, period, filter, rows.
func (t *table) about() []string {
	period := periodText(t.Period, t.Lang)
	if t.Period.IsZero() {
		period = model.W("全部期间", "all time").In(t.Lang)
	}
	out := []string{t.src.Unit(), t.Job.Register.Words.In(t.Lang), period}
	switch {
	case t.Filter == "":
	case t.Audience == model.Public: // the words may name somebody
		out = append(out, model.W("经筛选", "filtered").In(t.Lang))
	default:
		out = append(out, model.Sayf("筛选：%s", "filter: %s", t.Filter).In(t.Lang))
	}
	return append(out, model.Sayf("共%d条", "%d rows", t.rows).In(t.Lang))
}

// periodText writes a period for a heading, a range too.
func periodText(p model.Period, l model.Lang) string {
	s := p.Text(l)
	if !strings.Contains(s, "..") {
		return s
	}
	if l == model.ZH {
		return p.From.Prose() + "至" + p.To.Prose()
	}
	return p.From.String() + " to " + p.To.String()
}

// witness is the line at the foot that ties a sheet to the journal.
func witness(src Source, l model.Lang) string {
	seq, hash := src.Head()
	return model.Sayf("台账流水第%d条 %s", "ledger entry %d, %s", seq, hash).In(l)
}

func newWriter(w io.Writer, f Format) (writer, error) {
	switch f {
	case CSV:
		return newCSV(w), nil
	case JSON:
		return &jsonWriter{w: bufio.NewWriterSize(w, 64<<10)}, nil
	case Markdown:
		return &markdownWriter{w: bufio.NewWriterSize(w, 64<<10)}, nil
	case XLSX:
		return &xlsxWriter{w: w}, nil
	case ICS:
		return newICS(w), nil
	}
	return nil, model.Problemf("不能写成“%s”，可用 csv、xlsx、json、md、ics", "cannot write %q; use csv, xlsx, json, md or ics", model.Shorten(string(f)))
}
