package ingest

import (
	"context"
	"slices"
	"strings"

	"taizhang/db"
	"taizhang/model"
)

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
	h, err := findHead(p.job.Ledger.Schema(), reg, t, p.job.Map, p.job.Heads)
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
		if i%ahead == 0 {
			r.ready(body[i:min(i+ahead, len(body))])
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

// ready tells the book what lines name.
func (r *rows) ready(lines []Line) {
	var cells []cell
	for _, l := range lines {
		for _, col := range r.Columns {
			switch {
			case col.Use == Filled:
				cells = append(cells, cell{col.Field, l.cell(col.Place).Text})
			case col.Use == Left && r.c.Schema.OfID(model.TidyID(l.cell(col.Place).Text)) == r.Register: // kept
				cells = append(cells, cell{&model.Field{}, l.cell(col.Place).Text})
			}
		}
	}
	r.book.ready(r.Register, cells)
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
