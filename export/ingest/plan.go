package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

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

// Look reads a file and judges every row. Nothing is written.
func (j Job) Look(ctx context.Context) (*Plan, error) {
	if err := j.may(); err != nil {
		return nil, err
	}
	raw, err := read(j.Path)
	if err != nil {
		return nil, err
	}
	k, err := kindOf(raw)
	if err != nil {
		return nil, err
	}
	p := &Plan{Register: j.Register, job: j}
	if k == kindJSON {
		err = p.lookJSON(ctx, raw)
	} else {
		err = p.lookTable(ctx, raw, k)
	}
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(p.Issues, func(a, b Issue) int { return a.Line - b.Line })
	return p, nil
}

func (j Job) may() error {
	act := model.ActAdd
	if j.Register == nil {
		act = model.ActImport
	}
	if err := model.Can(j.Actor, act, j.Register); err != nil {
		return &db.Refusal{Code: db.ExitDenied, Words: model.AsWords(err), Cause: err}
	}
	return nil
}

func (p *Plan) lookTable(ctx context.Context, raw []byte, k kind) error {
	reg := p.job.Register
	if reg == nil {
		return model.Problemf("请写明导入到哪个台账；整本接收只认 export --all 写的 JSON", "name the register; a whole ledger is taken over from the JSON of export --all only")
	}
	t, err := readTable(ctx, raw, k, p.job.Sheet)
	if err != nil {
		return err
	}
	h, err := findHead(p.job.Ledger.Schema(), reg, t, p.job.Map)
	if err != nil {
		return err
	}
	p.Sheet, p.Sheets, p.Removed = t.Sheet, t.Sheets, t.Removed
	p.HeadLine, p.Columns, p.Year = t.Lines[h.line].No, h.columns, h.year
	if p.job.Year != 0 {
		p.Year = p.job.Year
	}
	r, err := p.reader(ctx)
	if err != nil {
		return err
	}
	body := t.Lines[h.line+1:]
	for i, l := range body {
		if p.job.Progress != nil {
			p.job.Progress(i, len(body))
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if why, ok := aside(l, t.Lines[h.line], h.columns); ok {
			p.issue(l.No, Skipped, "", why)
			continue
		}
		if id := r.kept(l); id != "" && !p.job.Repeat {
			p.issue(l.No, Skipped, "", model.Sayf("%s 已在台账里，不导入；要改请改那一条", "%s is in the ledger already: left out; change it there", id))
			continue
		}
		values, ok := r.row(l, t)
		if ok {
			r.judge(l.No, values)
		}
	}
	return r.book.Err()
}

var totals = []string{"合计", "小计", "总计", "共计", "累计", "本页合计", "total", "subtotal", "sum"}

// aside reports a row that is no record: a total, the head once more on a new
// page, a note below the table.
func aside(l, head Line, columns []Column) (model.Words, bool) {
	n, first := l.filled()
	plain := strings.ToLower(headMarks.Replace(first))
	for _, t := range totals {
		if strings.HasPrefix(plain, t) && model.Characters(plain) <= len(t)+6 {
			return model.W("合计行，不导入", "a row of totals: left out"), true
		}
	}
	known := 0
	for _, c := range columns {
		if c.Use == Filled {
			known++
		}
	}
	switch {
	case slices.EqualFunc(l.Cells, head.Cells, func(a, b Cell) bool { return strings.TrimSpace(a.Text) == strings.TrimSpace(b.Text) }):
		return model.W("又一行表头，不导入", "the head row once more: left out"), true
	case n == 1 && known > 2:
		return model.Sayf("只有一格有字（%s），不像记录，不导入", "only one cell is filled (%s), which is no record: left out", model.Shorten(first)), true
	}
	return model.Words{}, false
}

// rows judges rows one by one.
type rows struct {
	*Plan
	c    *model.Context
	book *book
	keys []string // of the fields by which a row is known again
	seen map[string]string
}

// book remembers who is named what: rows name the same people over and over.
type book struct {
	*db.Book
	named map[string][]string
}

// Named implements model.Book.
func (b *book) Named(register, name string) []string {
	key := register + "\x00" + name
	ids, ok := b.named[key]
	if !ok {
		ids = b.Book.Named(register, name)
		b.named[key] = ids
	}
	return ids
}

// reader makes ready to judge rows with the columns chosen: what the register
// already holds is read once, to find what is there already.
func (p *Plan) reader(ctx context.Context) (*rows, error) {
	l := p.job.Ledger
	r := &rows{Plan: p, book: &book{l.Book(ctx), map[string][]string{}}, seen: map[string]string{}}
	r.c = &model.Context{Schema: l.Schema(), Book: r.book, Now: l.Now(), Actor: p.job.Actor}
	for _, c := range p.Columns {
		if c.Use == Filled {
			r.keys = append(r.keys, c.Field.Key)
		}
	}
	slices.Sort(r.keys)
	return r, r.known(ctx)
}

// known remembers what the register holds in the fields of the columns.
func (r *rows) known(ctx context.Context) error {
	if len(r.keys) == 0 {
		return nil
	}
	q := db.Query{Register: r.Register.Key, Fields: r.keys, States: []model.State{model.Final, model.Draft}}
	return r.job.Ledger.Scan(ctx, q, nil, func(rec *model.Record) error {
		r.seen[r.print(rec)] = rec.ID
		return nil
	})
}

// print is what a record has in the fields of the columns, as one text.
func (r *rows) print(rec *model.Record) string {
	values := make([]any, len(r.keys))
	for i, key := range r.keys {
		if v := rec.Values[key]; !model.Blank(v) {
			values[i] = model.Plain(v)
		}
	}
	b, _ := json.Marshal(values)
	return string(b)
}

// kept is the id that a row of the program's own file carries, where the ledger
// has that record.
func (r *rows) kept(l Line) string {
	for _, col := range r.Columns {
		if col.Use != Left {
			continue
		}
		id := model.TidyID(l.cell(col.Place).Text)
		if r.c.Schema.OfID(id) == r.Register && r.book.Record(id) != nil {
			return id
		}
	}
	return ""
}

// row reads the cells of a line; ok is false when one of them cannot be read.
func (r *rows) row(l Line, t *Table) (values model.Values, ok bool) {
	values, ok = model.Values{}, true
	for _, col := range r.Columns {
		if col.Use != Filled {
			continue
		}
		year := 0
		if col.Field.Key == r.Register.DateField {
			year = r.Year
		}
		text, look, err := input(r.c, col.Field, l.cell(col.Place), t, year)
		var v any
		if err == nil {
			v, err = r.c.Parse(col.Field, text)
			if err != nil && col.Field.Type == model.TypeRef {
				if ref, found := r.apart(col.Field, text, l, t); found {
					v, err = ref, nil
				}
			}
		}
		switch {
		case err != nil:
			r.issue(l.No, Bad, col.Head, model.AsWords(err))
			ok = false
			continue
		case look != (model.Words{}):
			r.issue(l.No, Look, col.Head, look)
		}
		if ref, is := v.(model.Ref); is && ref.ID != "" {
			r.compare(col.Field, ref.ID, l, t)
		}
		if !model.Blank(v) {
			values[col.Field.Key] = v
		}
	}
	return values, ok
}

// apart chooses among several records of one name the one that the other columns
// of the row fit, such as the ID number.
func (r *rows) apart(f *model.Field, name string, l Line, t *Table) (model.Ref, bool) {
	var fits []string
	for _, key := range f.Refs {
		for _, id := range r.book.Named(key, name) {
			if rec := r.book.Record(id); rec != nil && r.fits(f, rec, l, t) {
				fits = append(fits, id)
			}
		}
	}
	if len(fits) != 1 {
		return model.Ref{}, false
	}
	return model.Ref{ID: fits[0]}, true
}

// compare says where the other columns of the row differ from the record of the
// name: it may be of somebody else.
func (r *rows) compare(of *model.Field, id string, l Line, t *Table) {
	rec := r.book.Record(id)
	if rec == nil {
		return
	}
	for _, col := range r.Columns {
		if col.Use != Helper || col.Of != of || rec.Register.Field(col.Field.Key) != col.Field {
			continue
		}
		text, _, err := input(r.c, col.Field, l.cell(col.Place), t, 0)
		if err != nil {
			r.issue(l.No, Look, col.Head, model.AsWords(err))
			continue
		}
		v, err := r.c.Parse(col.Field, text)
		had := rec.Values[col.Field.Key]
		if err == nil && !model.Blank(v) && !model.Blank(had) && !model.Equal(v, had) {
			r.issue(l.No, Look, col.Head, model.Sayf("与 %s 登记的不同，请核对是不是同一个人或同一处", "differs from what %s has; check whether it is the same one", id))
		}
	}
}

func (r *rows) fits(of *model.Field, rec *model.Record, l Line, t *Table) bool {
	asked := false
	for _, col := range r.Columns {
		if col.Use != Helper || col.Of != of || rec.Register.Field(col.Field.Key) != col.Field {
			continue
		}
		text, _, err := input(r.c, col.Field, l.cell(col.Place), t, 0)
		if err != nil || text == "" {
			continue
		}
		v, err := r.c.Parse(col.Field, text)
		if err != nil || !model.Equal(v, rec.Values[col.Field.Key]) {
			return false
		}
		asked = true
	}
	return asked
}

// judge asks of a row what a form would ask, and whether it is there already.
func (r *rows) judge(line int, values model.Values) {
	rec := model.NewRecord(r.Register)
	for k, v := range values {
		rec.Set(k, v)
	}
	if f := r.Register.Field(r.Register.DateField); f != nil && f.Default != nil && model.Blank(values[f.Key]) { // a form offers today
		r.issue(line, Bad, "", model.Sayf("没有“%s”，不能猜", "there is no %s, and it is not guessed", f.Words))
		return
	}
	full := rec.Clone()
	if err := r.c.Prepare(full, nil); err != nil {
		var errs model.Errors
		if !errors.As(err, &errs) {
			r.issue(line, Bad, "", model.AsWords(err))
			return
		}
		for _, e := range errs {
			r.issue(line, Bad, "", model.W(e.Named(model.ZH), e.Named(model.EN)))
		}
		return
	}
	is := r.print(full)
	where, there := r.seen[is]
	switch {
	case there && !r.job.Repeat:
		r.issue(line, Skipped, "", model.Sayf("与 %s 完全相同，已经有了，不导入", "the same as %s: it is there already, left out", where))
		return
	case there:
		r.issue(line, Look, "", model.Sayf("与 %s 完全相同，仍然导入", "the same as %s, and entered all the same", where))
	default:
		for _, d := range r.c.Doubts(rec, nil) {
			w := d.Words
			if len(d.Found) > 0 {
				found := strings.Join(d.Found, " ")
				w = model.W(w.ZH+"（"+found+"）", w.EN+" ("+found+")")
			}
			r.issue(line, Look, "", w)
		}
		own := model.Sayf("本文件第%d行", "row %d of this file", line)
		r.seen[is] = own.ZH
	}
	r.Rows = append(r.Rows, Row{line, values})
	r.offered(values)
}

// offered notes which blanks of a row were filled with what a form would offer.
func (r *rows) offered(values model.Values) {
	for _, f := range r.Register.Fields {
		if f.Default == nil || !f.InForm() || !model.Blank(values[f.Key]) {
			continue
		}
		v := f.Default(r.c)
		if model.Blank(v) {
			continue
		}
		i := slices.IndexFunc(r.Offered, func(o Offer) bool { return o.Field == f })
		if i < 0 {
			i = len(r.Offered)
			r.Offered = append(r.Offered, Offer{Field: f, Text: model.W(r.c.Text(f, v, model.ZH), r.c.Text(f, v, model.EN))})
		}
		r.Offered[i].Rows++
	}
}

// Done is what an import did.
type Done struct {
	Records int
	IDs     []string // of the records entered, in the order of the rows
	Batches int
	Backup  string // the backup made before; "" when none was
}

// Write enters what the plan found good: nothing while a row is bad, unless some
// asks for the others. Each batch of db.MostOps is one step, in one transaction.
// With backup the ledger is copied first, where the actor may.
func (p *Plan) Write(ctx context.Context, some, backup bool, progress db.Progress) (done Done, err error) {
	if n := p.Count(Bad); n > 0 && (!some || p.Whole) {
		return done, &db.Refusal{Code: db.ExitUsage, Words: model.Sayf("有%d处不能导入，没有写入任何内容。请在原表里改好再导入", "%d things cannot be imported, and nothing was written. Put them right in the file and import it again", n)}
	}
	if p.Entries() == 0 {
		return done, nil
	}
	l := p.job.Ledger
	if backup && model.Can(p.job.Actor, model.ActBackup, nil) == nil {
		b, err := l.Backup(ctx, p.job.Actor, db.BackupOptions{})
		if err != nil {
			return done, err
		}
		done.Backup = b.Path
	}
	total := p.Entries()
	for done.Records < total {
		if err = ctx.Err(); err != nil {
			return done, err
		}
		n := min(db.MostOps, total-done.Records)
		if p.Whole {
			err = p.take(ctx, done.Records, n)
		} else {
			err = p.enter(ctx, done.Records, n, &done)
		}
		if err != nil {
			return done, err
		}
		done.Records += n
		done.Batches++
		if progress != nil {
			progress(done.Records, total)
		}
	}
	return done, nil
}

// enter writes some of the rows in one transaction. It waits for the ledger as
// long as anybody does.
func (p *Plan) enter(ctx context.Context, from, n int, done *Done) error {
	ops := make([]db.Op, n)
	for i, row := range p.Rows[from : from+n] {
		ops[i] = db.Op{Kind: db.Add, Register: p.Register.Key, Values: row.Values, Reason: model.Sayf("导入，原表第%d行", "imported, row %d", row.Line).In(p.job.Ledger.Info().Lang)}
	}
	res, err := p.job.Ledger.Write(ctx, p.job.Actor, db.RequestID{}, ops...)
	var at *db.OpError
	if errors.As(err, &at) {
		return model.Problemf("第%d行：%s", "row %d: %s", p.Rows[from+at.Index].Line, model.AsWords(at.Err))
	}
	for _, s := range res.Records {
		done.IDs = append(done.IDs, s.ID)
	}
	return err
}
