package export

import (
	"bufio"
	"fmt"
	"html"
	"strconv"
	"strings"

	"taizhang/export/docx"
	"taizhang/export/report"
	"taizhang/model"
)

// told is the text of a report on its way into a file. In a draft figures carry
// the numbers under which it says at the end what they were counted from.
type told struct {
	doc   *report.Document
	draft bool
	ids   bool // the reader may see ids
}

// run is a part of a paragraph.
type run struct {
	text         string
	strong, mark bool
}

// runs are the parts of a block; plain ones that meet are one.
func (t *told) runs(b *report.Block) (out []run) {
	add := func(r run) {
		if n := len(out); n > 0 && !r.strong && !r.mark && !out[n-1].strong && !out[n-1].mark {
			out[n-1].text += r.text
			return
		}
		out = append(out, r)
	}
	if b.Number != "" {
		add(run{text: b.Number})
	}
	for _, s := range b.Spans {
		add(run{text: clean(s.Text), strong: s.Gap})
		if t.draft && s.Figure != nil && b.Level == report.Paragraph {
			add(run{text: "[" + strconv.Itoa(s.Figure.No) + "]", mark: true})
		}
	}
	return out
}

func plainRuns(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.text)
	}
	return b.String()
}

// blocks gives fn every block but the title.
func (t *told) blocks(fn func(b *report.Block)) {
	if t == nil {
		return
	}
	for i := range t.doc.Blocks {
		if b := &t.doc.Blocks[i]; b.Level != report.TitleLine {
			fn(b)
		}
	}
}

// mostNamed is how many records the foot of a draft names for one figure.
const mostNamed = 20

// remarks stand under a draft: what each figure was counted from, what is still
// to be done, what was left out.
func (t *told) remarks() []string {
	if t == nil || !t.draft {
		return nil
	}
	l := t.doc.Lang
	say := func(zh, en string, args ...any) string { return model.Sayf(zh, en, args...).In(l) }
	out := []string{say("草稿。以下各行只在草稿里，定稿没有。", "A draft. The lines below are not in the final copy.")}
	for _, f := range t.doc.Figures {
		line := fmt.Sprintf("[%d] %s", f.No, f.Query.In(l))
		if f.Measure != "" {
			line += say("：%s", ": %s", f.Value)
		}
		if t.ids && len(f.IDs) > 0 {
			ids := strings.Join(f.IDs[:min(len(f.IDs), mostNamed)], say("、", ", "))
			if len(f.IDs) > mostNamed {
				ids = say("%s 等", "%s and more", ids)
			}
			records := model.W("条", "records")
			if len(f.IDs) == 1 {
				records.EN = "record"
			}
			line += say("（%d%s：%s）", " (%d %s: %s)", len(f.IDs), records, ids)
		}
		out = append(out, line)
	}
	for _, w := range t.doc.Doubts {
		out = append(out, say("请核对：%s", "To be checked: %s", w.In(l)))
	}
	for _, kind := range []struct {
		words model.Words
		notes []report.Note
	}{
		{model.W("待补：", "To be written: "), t.doc.Gaps},
		{model.W("没有写出：", "Not told: "), t.doc.Refused},
		{model.W("手写的数字，不会跟着台账变：", "Numbers typed by hand, which do not follow the ledger: "), t.doc.Typed},
		{model.W("没有可说的，已省去：", "Left out, nothing to tell: "), t.doc.Dropped},
		{model.W("模板已没有这一段，改写没有用上：", "Rewritten paragraphs the template no longer has: "), t.doc.Lost},
	} {
		var texts []string
		for _, n := range kind.notes {
			texts = append(texts, strings.Trim(n.Text, "。；，.;, "))
		}
		if len(texts) > 0 {
			out = append(out, kind.words.In(l)+strings.Join(texts, say("；", "; ")))
		}
	}
	for i := range out {
		out[i] = clean(out[i])
	}
	return out
}

func (t *told) markdown(w *bufio.Writer) {
	t.blocks(func(b *report.Block) {
		if b.Table != nil {
			w.WriteString("\n" + markdownRow(b.Table.Heads) + markdownRule(b.Table.Right))
			for _, row := range b.Table.Rows {
				w.WriteString(markdownRow(row))
			}
			return
		}
		mark := ""
		if b.Level >= report.Heading1 {
			mark = strings.Repeat("#", int(b.Level)) + " "
		}
		w.WriteString("\n" + mark)
		for i, r := range t.runs(b) {
			text := r.text
			if i == 0 {
				text = markdown(text)
			} else {
				text = inline.Replace(text)
			}
			if r.strong {
				text = "**" + text + "**"
			}
			w.WriteString(text)
		}
		w.WriteString("\n")
	})
	for _, line := range t.remarks() {
		w.WriteString("\n" + markdown(line) + "\n")
	}
}

func (t *told) text(w *bufio.Writer) (err error) {
	t.blocks(func(b *report.Block) {
		if b.Table != nil && err == nil {
			cols := make([]Column, len(b.Table.Heads))
			for i, h := range b.Table.Heads {
				cols[i] = Column{Head: h, Right: b.Table.Right[i]}
			}
			err = Table(w, cols, b.Table.Rows)
			return
		}
		if t.doc.Lang == model.ZH {
			w.WriteString("　　")
		}
		w.WriteString(plainRuns(t.runs(b)) + "\n")
	})
	if lines := t.remarks(); len(lines) > 0 {
		w.WriteString("\n" + strings.Join(lines, "\n") + "\n")
	}
	return err
}

func (t *told) html(w *bufio.Writer) {
	t.blocks(func(b *report.Block) {
		if b.Table != nil {
			p := part{}
			for i, h := range b.Table.Heads {
				p.columns = append(p.columns, sheetColumn{Column: Column{Head: h, Right: b.Table.Right[i]}})
			}
			for _, row := range b.Table.Rows {
				p.rows = append(p.rows, sheetRow{rowLine, row})
			}
			p.html(w)
			return
		}
		from, to := `<p class="prose">`, "</p>\n"
		if b.Level >= report.Heading1 {
			n := strconv.Itoa(int(b.Level))
			from, to = "<h"+n+` class="told">`, "</h"+n+">\n"
		}
		w.WriteString(from)
		for _, r := range t.runs(b) {
			text := html.EscapeString(r.text)
			switch {
			case r.strong:
				text = "<strong>" + text + "</strong>"
			case r.mark:
				text = "<sup>" + text + "</sup>"
			}
			w.WriteString(text)
		}
		w.WriteString(to)
	})
	for _, line := range t.remarks() {
		w.WriteString(`<p class="foot">` + html.EscapeString(line) + "</p>\n")
	}
}

func (t *told) docx() (out []docx.Block) {
	t.blocks(func(b *report.Block) {
		runs := t.runs(b)
		switch {
		case b.Table != nil:
			table := docx.Table{}
			for i, h := range b.Table.Heads {
				table.Columns = append(table.Columns, docx.Column{Head: h, Right: b.Table.Right[i]})
			}
			for _, row := range b.Table.Rows {
				table.Rows = append(table.Rows, docx.Row{Cells: row})
			}
			out = append(out, table)
		case b.Level >= report.Heading1:
			out = append(out, docx.Heading{Level: int(b.Level - report.TitleLine), Text: plainRuns(runs)})
		default:
			p := docx.Para{}
			for _, r := range runs {
				p.Runs = append(p.Runs, docx.Run{Text: r.text, Strong: r.strong, Mark: r.mark})
			}
			out = append(out, p)
		}
	})
	for _, line := range t.remarks() {
		out = append(out, docx.Note{Text: line})
	}
	return out
}
