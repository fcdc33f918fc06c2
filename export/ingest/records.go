package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"taizhang/db"
	"taizhang/model"
)

// object is a record of a JSON file: as this program exported it, or with its
// fields alone.
type object struct {
	ID       string
	Register string
	State    string
	Values   map[string]any
	cover    bool // all but its cover was left out
	own      bool // it has the form of an export
}

// readObjects reads an array of objects, or one object after another.
func readObjects(ctx context.Context, raw []byte) (out []object, err error) {
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\uFEFF"))))
	dec.UseNumber()
	array := bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\uFEFF")), " \t\r\n"), []byte("["))
	if array {
		if _, err := dec.Token(); err != nil {
			return nil, err
		}
	}
	for {
		if array && !dec.More() {
			if _, err := dec.Token(); err != nil {
				return nil, badJSON(len(out), err)
			}
			return out, nil
		}
		var m map[string]any
		switch err := dec.Decode(&m); {
		case err == io.EOF && !array:
			return out, nil
		case err != nil:
			return nil, badJSON(len(out), err)
		case len(out) >= MostRows:
			return nil, tooManyRows()
		case len(out)%1000 == 0 && ctx.Err() != nil:
			return nil, ctx.Err()
		}
		out = append(out, asObject(m))
	}
}

func badJSON(read int, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return model.Problemf("JSON 没有写完（读到第%d条），没有导入任何内容", "the JSON ends too early (after record %d); nothing was imported", read)
	}
	return model.Problemf("JSON 第%d条读不懂，没有导入任何内容：%s", "record %d of the JSON cannot be read; nothing was imported: %s", read+1, model.Shorten(err.Error()))
}

func asObject(m map[string]any) object {
	values, ok1 := m["values"].(map[string]any)
	register, ok2 := m["register"].(string)
	if !ok1 || !ok2 {
		return object{Values: m}
	}
	id, _ := m["id"].(string)
	state, _ := m["state"].(string)
	cover, _ := m["restricted"].(bool)
	return object{id, register, state, values, cover, true}
}

// lookJSON judges the records of a JSON file. Those of another ledger, written in
// full, are taken over as they are where nothing has been entered yet.
func (p *Plan) lookJSON(ctx context.Context, raw []byte) error {
	if p.job.Sheet != "" || len(p.job.Map) > 0 {
		return model.Problemf("JSON 文件没有工作表和表头，不用写 --sheet 和 --map", "a JSON file has neither sheets nor heads; leave out --sheet and --map")
	}
	list, err := readObjects(ctx, raw)
	if err != nil {
		return err
	}
	var untouched error
	if err := p.job.Ledger.View(ctx, func(s *db.Snapshot) error {
		untouched = s.Untouched()
		return nil
	}); err != nil {
		return err
	}
	own := len(list) > 0 && !slices.ContainsFunc(list, func(o object) bool { return !o.own || o.ID == "" })
	switch {
	case own && untouched == nil && model.Can(p.job.Actor, model.ActImport, nil) == nil:
		return p.lookWhole(list)
	case p.job.Register == nil && untouched != nil:
		return untouched
	case p.job.Register == nil:
		return model.Problemf("这不是 export --all 写的 JSON，请写明导入到哪个台账", "this is not the JSON of export --all; name the register")
	}
	return p.lookObjects(ctx, list)
}

// lookObjects judges records as new ones of the register.
func (p *Plan) lookObjects(ctx context.Context, list []object) error {
	reg := p.job.Register
	left := map[string]bool{}
	for _, o := range list {
		for name := range o.Values {
			f, err := reg.FindField(name)
			if err != nil || left[f.Key] || slices.ContainsFunc(p.Columns, func(c Column) bool { return c.Field == f }) {
				continue
			}
			if !f.InForm() {
				left[f.Key] = true
				p.Columns = append(p.Columns, Column{Head: f.Key, Use: Own, Field: f})
				continue
			}
			p.Columns = append(p.Columns, Column{Head: f.Key, Use: Filled, Field: f})
		}
	}
	slices.SortFunc(p.Columns, func(a, b Column) int {
		return slices.Index(reg.Fields, a.Field) - slices.Index(reg.Fields, b.Field)
	})
	r, err := p.reader(ctx)
	if err != nil {
		return err
	}
	for i, o := range list {
		if p.job.Progress != nil {
			p.job.Progress(i, len(list))
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if i%ahead == 0 {
			r.readyObjects(list[i:min(i+ahead, len(list))])
		}
		p.lookObject(r, i+1, o)
	}
	return r.book.Err()
}

// readyObjects tells the book what objects name.
func (r *rows) readyObjects(list []object) {
	var cells []cell
	for _, o := range list {
		for name, v := range o.Values {
			if f, err := r.Register.FindField(name); err == nil {
				if m, ok := v.(map[string]any); ok {
					v = m["id"]
				}
				if text, ok := v.(string); ok {
					cells = append(cells, cell{f, text})
				}
			}
		}
	}
	r.book.ready(r.Register, cells)
}

func (p *Plan) lookObject(r *rows, line int, o object) {
	if o.own && o.Register != p.Register.Key {
		p.issue(line, Bad, "", model.Sayf("是“%s”的记录，不是“%s”的", "it is a record of %q, not of %s", model.Shorten(o.Register), p.Register.Words))
		return
	}
	var in []model.Input
	for name, v := range o.Values {
		if f, err := p.Register.FindField(name); err == nil && !f.InForm() {
			continue
		}
		in = append(in, model.Input{Name: name, Value: p.cleaned(v)})
	}
	values, err := r.c.Read(p.Register, in)
	var errs model.Errors
	switch {
	case errors.As(err, &errs):
		for _, e := range errs {
			p.issue(line, Bad, e.Field.Key, e.Words)
		}
	case err != nil:
		p.issue(line, Bad, "", model.AsWords(err))
	default:
		for k, v := range values {
			if model.Blank(v) {
				delete(values, k)
			}
		}
		r.judge(line, values)
	}
}

// cleaned drops the characters that no text may hold, and counts them.
func (p *Plan) cleaned(v any) any {
	switch x := v.(type) {
	case string:
		s, n := model.Clean(x)
		p.Removed += n
		return s
	case []any:
		for i := range x {
			x[i] = p.cleaned(x[i])
		}
	case map[string]any:
		for k := range x {
			x[k] = p.cleaned(x[k])
		}
	}
	return v
}

// lookWhole reads records as they were written out, to be taken over under their
// ids. They come in the order of the registers and of their ids, as if they had
// been entered so.
func (p *Plan) lookWhole(list []object) error {
	schema := p.job.Ledger.Schema()
	p.Whole = true
	ids := make(map[string]bool, len(list))
	for _, o := range list {
		ids[o.ID] = true
	}
	seen := make(map[string]bool, len(list))
	for i, o := range list {
		reg := schema.Register(o.Register)
		switch {
		case reg == nil:
			p.issue(i+1, Bad, "", model.Sayf("没有“%s”这种台账。先在设置里建立同样的自设台账，再整本接收", "there is no register %q. Make the office's own registers in the settings first", model.Shorten(o.Register)))
			continue
		case p.job.Register != nil && reg != p.job.Register:
			p.issue(i+1, Bad, "", model.Sayf("是“%s”的记录，不是“%s”的", "it is a record of %s, not of %s", reg.Words, p.job.Register.Words))
			continue
		case seen[o.ID]:
			p.issue(i+1, Bad, "", model.Sayf("编号 %s 出现了两次", "the id %s comes twice", model.Shorten(o.ID)))
			continue
		}
		seen[o.ID] = true
		if r := p.whole(schema, reg, i+1, o, ids); r != nil {
			p.records = append(p.records, r)
		}
	}
	order := map[*model.Register]int{}
	for i, reg := range schema.All() {
		order[reg] = i
	}
	slices.SortStableFunc(p.records, func(a, b *model.Record) int {
		if n := order[a.Register] - order[b.Register]; n != 0 {
			return n
		}
		x, _ := db.KeyOf(a.ID)
		y, _ := db.KeyOf(b.ID)
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return nil
}

// whole reads one record; nil when it cannot be taken over.
func (p *Plan) whole(schema *model.Schema, reg *model.Register, line int, o object, ids map[string]bool) *model.Record {
	r := model.NewRecord(reg)
	r.ID = o.ID
	ok := true
	bad := func(column string, w model.Words) { p.issue(line, Bad, column, w); ok = false }
	switch o.State {
	case "", model.Final.String():
	case model.Draft.String():
		r.State = model.Draft
	case model.Void.String():
		r.State = model.Void
	default:
		bad("state", model.Sayf("没有“%s”这种状态", "there is no state %q", model.Shorten(o.State)))
	}
	if o.cover {
		p.issue(line, Look, "", model.Sayf("%s 只有封面，内容只给经办人，没有写进文件", "%s has its cover only: the rest is for its handler and was not in the file", o.ID))
	}
	if schema.OfID(o.ID) != reg {
		bad("id", model.Sayf("“%s”不是“%s”的编号", "%q is no id of %s", model.Shorten(o.ID), reg.Words))
	}
	for key, v := range o.Values {
		v = p.cleaned(v)
		f := reg.Field(key)
		if f == nil {
			r.Set(key, v)
			continue
		}
		value, fits := schema.Unplain(f, v)
		if !fits || !f.Stored() {
			bad(key, model.W("值的形式不对", "the value has the wrong form"))
			continue
		}
		for _, ref := range model.RefsIn(f, value) {
			if ref.ID != "" && !ids[ref.ID] && !p.there(ref.ID) {
				bad(key, model.Sayf("文件和台账里都没有编号 %s，请先导入它所在的台账", "neither the file nor the ledger has %s; import its register first", ref.ID))
			}
		}
		r.Set(key, value)
	}
	if !ok {
		return nil
	}
	return r
}

// there reports whether the ledger has a record.
func (p *Plan) there(id string) (found bool) {
	_ = p.job.Ledger.View(context.Background(), func(s *db.Snapshot) error {
		found = s.Record(id) != nil
		return nil
	})
	return found
}

// take writes some of the records of a whole ledger in one transaction.
func (p *Plan) take(ctx context.Context, from, n int) error {
	ids := map[string]bool{}
	for _, r := range p.records {
		ids[r.ID] = true
	}
	err := p.job.Ledger.TakeOver(ctx, p.job.Actor, p.records[from:from+n], func(id string) bool { return ids[id] })
	var at *db.OpError
	if errors.As(err, &at) {
		return model.Problemf("%s：%s", "%s: %s", p.records[from+at.Index].ID, model.AsWords(at.Err))
	}
	return err
}
