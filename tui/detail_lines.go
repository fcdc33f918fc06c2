package tui

import (
	"strings"

	"taizhang/model"
	"taizhang/tui/cell"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// detailLine is a field as text, with the section that begins at it. A list of
// several columns is a small table.
type detailLine struct {
	section      model.Words
	key          string // of the field
	label, value string
	columns      []*model.Field // of a table
	rows         [][]string
}

// detailLines writes every filled field, computed ones included, as this
// audience may see it.
func detailLines(s *session, c *model.Context, r *model.Record) []detailLine {
	var out []detailLine
	var section model.Words
	put := func(l detailLine) {
		l.section, section = section, model.Words{}
		out = append(out, l)
	}
	for _, f := range r.Register.Fields {
		if f.Section != (model.Words{}) {
			section = f.Section
		}
		v := c.Value(r, f)
		if model.Blank(v) || f.Beside {
			continue
		}
		line := detailLine{key: f.Key, label: f.Words.In(s.lang), value: c.SeenText(r, f, v, s.lang)}
		if rows, ok := v.([]model.Row); ok && !f.One && line.value != "" {
			line.value = c.SumText(f, rows, s.lang)
			line.columns, line.rows = tableOf(s, c, f, rows)
		}
		if dt, ok := v.(model.Date); ok && line.value != "" {
			line.value = dt.Echo(s.lang)
		}
		line.value = clean(line.value)
		put(line)
	}
	section = model.Words{}
	for _, k := range r.Values.Unknown(r.Register) {
		put(detailLine{label: k, value: clean(c.Text(nil, r.Values[k], s.lang))})
	}
	return out
}

// relatedLines are the tables of what names the record, with what they come to.
func relatedLines(s *session, c *model.Context, r *model.Record) (out []detailLine) {
	for _, t := range c.Related(r) {
		var line detailLine
		line.columns, line.rows = t.Cells(c, s.lang)
		year := func(y *model.YearTotal) (label, value string) {
			return model.Sayf(words.InYear.ZH, words.InYear.EN, y.Year).In(s.lang), clean(y.Text(c, s.lang))
		}
		years := t.Years
		if t.ThisYear && len(years) > 0 && years[0].Year == int(c.Today().Year) {
			line.label, line.value = year(&years[0])
			years = years[1:]
		} else {
			line.label, line.value = words.Total.In(s.lang), model.Counted(len(t.Rows)+t.More).In(s.lang)
		}
		line.section = t.Words
		out = append(out, line)
		for i := range years {
			label, value := year(&years[i])
			out = append(out, detailLine{label: label, value: value})
		}
		if t.More > 0 && !t.ThisYear {
			out = append(out, detailLine{value: model.Sayf(words.MoreRelated.ZH, words.MoreRelated.EN, t.More).In(s.lang)})
		}
	}
	return out
}

// tableOf are the columns of a list in which anything stands, and the texts in
// them as this audience may see them.
func tableOf(s *session, c *model.Context, f *model.Field, rows []model.Row) (columns []*model.Field, texts [][]string) {
	texts = make([][]string, len(rows))
	for _, sub := range f.Sub {
		filled := false
		column := make([]string, len(rows))
		for i, row := range rows {
			column[i] = clean(strings.ReplaceAll(c.MaskText(sub, row[sub.Key], model.Inside, s.lang, c.Today()), "\n", " "))
			filled = filled || column[i] != ""
		}
		if !filled {
			continue
		}
		columns = append(columns, sub)
		for i := range rows {
			texts[i] = append(texts[i], column[i])
		}
	}
	return columns, texts
}

// draw writes the line in w cells.
func (l detailLine) draw(s *session, label, w int) []string {
	m := s.metric
	var lines []string
	if l.section != (model.Words{}) {
		lines = append(lines, sectionRule(m, l.section.In(s.lang), w))
	}
	head := m.Fit(l.label, label)
	for i, text := range m.Wrap(l.value, w-label-1) {
		if i > 0 {
			head = m.Fit("", label)
		}
		lines = append(lines, faint.Render(head)+" "+text)
	}
	return append(lines, l.table(m, s.lang, w)...)
}

// sectionRule is the head of a section.
func sectionRule(m cell.Metric, text string, w int) string {
	return faint.Render(m.Cut(m.Rule(2)+" "+text+" "+m.Rule(max(0, min(w, 60)-m.Width(text)-4)), w))
}

// table draws the rows of a list under their heads, each cell in as many lines
// as it needs. Where the window is too narrow for the columns, every row becomes
// a paragraph that names its cells.
func (l detailLine) table(m cell.Metric, lang model.Lang, w int) []string {
	if len(l.columns) == 0 {
		return nil
	}
	const indent = "  "
	cols := gridColumns(m, l.columns, lang)
	for i := range cols {
		need := m.Width(cols[i].Head)
		for _, row := range l.rows {
			need = max(need, m.Width(row[i]))
		}
		cols[i].Want = need
		cols[i].Least = min(cols[i].Least, need)
		if cols[i].Right { // a number is never broken
			cols[i].Least = need
		}
	}
	var lines []string
	widths := part.Share(cols, w-len(indent))
	if widths == nil {
		for _, row := range l.rows {
			var cells []string
			for i, text := range row {
				if text != "" {
					cells = append(cells, cols[i].Head+words.Colon.In(lang)+text)
				}
			}
			lead := m.Glyphs().Bullet + " "
			for _, text := range m.Wrap(strings.Join(cells, model.W("，", ", ").In(lang)), w-len(indent)-m.Width(lead)) {
				lines = append(lines, indent+lead+text)
				lead = m.Fit("", m.Width(lead))
			}
		}
		return lines
	}
	line := func(texts []string, style func(...string) string) {
		wrapped := make([][]string, len(texts))
		height := 1
		for i, text := range texts {
			wrapped[i] = m.Wrap(text, widths[i])
			height = max(height, len(wrapped[i]))
		}
		for y := range height {
			out := ""
			for i, w := range widths {
				text := ""
				if y < len(wrapped[i]) {
					text = wrapped[i][y]
				}
				if cols[i].Right {
					text = m.FitRight(text, w)
				} else {
					text = m.Fit(text, w)
				}
				out += text + " "
			}
			lines = append(lines, indent+style(strings.TrimRight(out, " ")))
		}
	}
	heads := make([]string, len(cols))
	for i, c := range cols {
		heads[i] = c.Head
	}
	line(heads, faint.Render)
	for _, row := range l.rows {
		line(row, plain)
	}
	return lines
}

// plain is the style of text without any.
func plain(texts ...string) string { return strings.Join(texts, "") }
