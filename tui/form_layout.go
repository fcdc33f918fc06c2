package tui

import (
	"strconv"
	"strings"

	"taizhang/model"
)

// formRow is one row of the form: the head of a section, a field, a value that
// the program fills in, or the buttons.
type formRow struct {
	head  model.Words
	field int // of form.fields; -1 for another row
	auto  *model.Field
	text  string // of auto
}

// noField stands for rows that are no field.
const noField = -1

// lay puts the rows of the form in order, as the register declares its fields.
// A section whose first field is not in the form begins with the next that is.
func (f *form) lay() []formRow {
	rows := f.layout[:0]
	var head model.Words
	put := func(r formRow) {
		if head != (model.Words{}) {
			rows = append(rows, formRow{head: head, field: noField})
			head = model.Words{}
		}
		rows = append(rows, r)
	}
	at := 0
	for _, fd := range f.reg.Fields {
		if fd.Section != (model.Words{}) && !fd.Chained {
			head = fd.Section
		}
		if at < len(f.fields) && f.fields[at].f == fd {
			put(formRow{field: at})
			at++
			continue
		}
		if f.live.record == nil || fd.Editable() || fd.Chained {
			continue
		}
		if v := f.live.record.Values[fd.Key]; !model.Blank(v) {
			put(formRow{field: noField, auto: fd, text: f.autoText(fd, v)})
		}
	}
	rows = append(rows, formRow{field: len(f.fields)})
	f.layout = rows
	return rows
}

func (f *form) autoText(fd *model.Field, v any) string {
	if d, ok := v.(model.Date); ok {
		return d.Echo(f.opts.lang)
	}
	return clean(f.ctx.Text(fd, v, f.opts.lang))
}

// section is the words of the section a field stands in.
func (f *form) section(at int) (in model.Words) {
	if at >= len(f.fields) {
		return in
	}
	for _, fd := range f.reg.Fields {
		if fd.Section != (model.Words{}) {
			in = fd.Section
		}
		if fd == f.fields[at].f {
			break
		}
	}
	return in
}

// jump goes to the first field of the next section or, backwards, of this one or
// the one before; beyond the last stand the buttons.
func (f *form) jump(by int) {
	var starts []int
	head := true
	for _, r := range f.lay() {
		switch {
		case r.head != (model.Words{}):
			head = true
		case head && r.field != noField:
			starts, head = append(starts, r.field), false
		}
	}
	starts = append(starts, len(f.fields))
	to := 0
	if by > 0 {
		to = len(f.fields)
		for _, at := range starts {
			if at > f.at {
				to = at
				break
			}
		}
	} else {
		for _, at := range starts {
			if at < f.at {
				to = at
			}
		}
	}
	f.goTo(to)
}

// goTo leaves the field with the cursor, judging it, and goes to another.
func (f *form) goTo(at int) {
	f.judge()
	f.offer(f.opts.s)
	f.at = at
	f.focus()
}

// judge reads the field that the cursor leaves. A bad value never holds the
// cursor back.
func (f *form) judge() {
	if f.at < len(f.fields) {
		f.fields[f.at].check(f.ctx, f.opts.lang)
	}
}

// cursorMark stands in a draft between a list and the cell of it that had the
// cursor: goods/2/qty.
const cursorMark = "/"

// cursorName names the field, and the cell of a list, that has the cursor.
func (f *form) cursorName() string {
	if f.at >= len(f.fields) {
		return ""
	}
	e := f.fields[f.at]
	if e.rows == nil {
		return e.f.Key
	}
	return strings.Join([]string{e.f.Key, strconv.Itoa(e.rows.row + 1), e.rows.cur().f.Key}, cursorMark)
}

// goToName puts the cursor back where cursorName found it, as nearly as can be.
func (f *form) goToName(name string) {
	key, cell, inList := strings.Cut(name, cursorMark)
	for i, e := range f.fields {
		if e.f.Key != key {
			continue
		}
		f.at = i
		if e.rows == nil || !inList {
			return
		}
		number, column, _ := strings.Cut(cell, cursorMark)
		row, _ := strconv.Atoi(number)
		e.rows.goTo(row-1, column)
		f.was = i
	}
}
