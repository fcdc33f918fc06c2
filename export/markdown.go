package export

import (
	"bufio"
	"regexp"
	"strings"
)

// inline are the characters with a meaning inside a line of Markdown. The stars
// of masked names are among them: unescaped, 张* and 李* would turn into italics.
var inline = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", `*`, `\*`, `_`, `\_`, `[`, `\[`, `]`, `\]`, `|`, `\|`, `~`, `\~`,
	`&`, `&amp;`, `<`, `&lt;`, `>`, `&gt;`, "\n", "<br>")

var numbered = regexp.MustCompile(`^(\d+)([.)])(\s|$)`)

// markdown escapes a text so that it shows as it is, on one line, in a cell of a
// table as well as in a paragraph, a heading or an item of a list.
func markdown(s string) string {
	s = inline.Replace(strings.TrimSpace(s))
	switch {
	case s == "" || plainNumber(s):
	case strings.ContainsRune("#+-=:", rune(s[0])):
		s = `\` + s
	default:
		s = numbered.ReplaceAllString(s, `$1\$2$3`)
	}
	return s
}

// markdownRow writes one line of a table.
func markdownRow(cells []string) string {
	var b strings.Builder
	b.WriteByte('|')
	for _, c := range cells {
		b.WriteByte(' ')
		b.WriteString(markdown(c))
		b.WriteString(" |")
	}
	b.WriteByte('\n')
	return b.String()
}

// markdownRule writes the line under the head of a table; numbers stand right.
func markdownRule(right []bool) string {
	var b strings.Builder
	b.WriteByte('|')
	for _, r := range right {
		b.WriteString(map[bool]string{false: " --- |", true: " ---: |"}[r])
	}
	b.WriteByte('\n')
	return b.String()
}

// markdownWriter writes a table under a title that says what it shows.
type markdownWriter struct {
	w *bufio.Writer
	t *table
}

func (m *markdownWriter) begin(t *table) error {
	m.t = t
	parts := t.about()
	right := make([]bool, len(t.heads))
	for i, f := range t.fields {
		right[i+1] = f.Numeric()
	}
	m.w.WriteString("# " + markdown(strings.Join(parts[:2], " ")) + "\n\n" + markdown(strings.Join(parts[2:], " · ")) + "\n\n")
	m.w.WriteString(markdownRow(t.heads))
	_, err := m.w.WriteString(markdownRule(right))
	return err
}

func (m *markdownWriter) row(l line) error {
	_, err := m.w.WriteString(markdownRow(l.cells))
	return err
}

func (m *markdownWriter) end(r Result) error {
	if foot := r.Foot(m.t.Lang); foot != "" {
		m.w.WriteString("\n" + markdown(foot) + "\n")
	}
	m.w.WriteString("\n" + markdown(witness(m.t.src, m.t.Lang)) + "\n")
	return m.w.Flush()
}
