package cell

import "strings"

// Line is one visual line of a wrapped text, as byte offsets: the line shows
// text[Start:End], and the following line starts at Next. Between End and Next
// stand only the spaces, or the newline, at which the text was broken.
type Line struct{ Start, End, Next int }

// Wrap breaks s into lines of at most w cells by the rules of Chinese printing:
// between Han characters anywhere, never inside a Latin word or a number, no
// closing mark at the start of a line and no opening one at its end. A word
// longer than a line is broken hard. Widths below 2 count as 2, the least that
// holds a Han character.
func (m Metric) Wrap(s string, w int) []string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	lines := m.Lines(s, w)
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = s[l.Start:l.End]
	}
	return out
}

// Lines is Wrap in offsets, for an editor that must find its cursor again. A
// text ending in a newline has an empty last line, so there is always one.
func (m Metric) Lines(s string, w int) []Line {
	w = max(w, 2)
	var out []Line
	for start := 0; ; {
		end := strings.IndexByte(s[start:], '\n')
		if end < 0 {
			return m.paragraph(out, s, start, len(s), len(s), w)
		}
		out = m.paragraph(out, s, start, start+end, start+end+1, w)
		start += end + 1
	}
}

// paragraph appends the lines of s[start:end]; next follows its newline.
func (m Metric) paragraph(out []Line, s string, start, end, next, w int) []Line {
	line := Line{Start: start} // being filled, up to the offset at
	width := 0                 // of s[line.Start:at]
	at := start
	for at < end {
		size, cells, space := m.atom(s[at:end])
		switch {
		case width+cells <= w:
			width += cells
			at += size
		case space:
			// The spaces at a break vanish, whatever their number.
			line.End, line.Next = at, at+size
			at += size
			if at == end { // nothing follows that would need a new line
				line.Next = next
				return append(out, line)
			}
			out, line, width = append(out, line), Line{Start: at}, 0
		case width > 0 && at > line.Start && cells <= w || width > 0 && w-width < 2:
			line.End = line.Start + len(strings.TrimRight(s[line.Start:at], " "))
			if line.End == line.Start { // an indent alone is no line
				line.End = at
			}
			line.Next = at
			out, line, width = append(out, line), Line{Start: at}, 0
		default: // longer than a whole line: fill it to the brim
			for t, n := range m.tokens(s[at : at+size]) {
				if width+n > w {
					break
				}
				width += n
				at += len(t)
			}
			line.End, line.Next = at, at
			out, line, width = append(out, line), Line{Start: at}, 0
		}
	}
	line.End, line.Next = end, next
	return append(out, line)
}

// atom returns the length and width of the text at the start of s that must
// stay together, and whether it is a run of spaces.
func (m Metric) atom(s string) (size, cells int, space bool) {
	prev := ""
	for t, w := range m.tokens(s) {
		if prev != "" && breakBetween(prev, t) {
			break
		}
		size += len(t)
		cells += w
		prev = t
	}
	return size, cells, prev == " "
}

// breakBetween tells whether a line may end after cluster a and go on with b.
func breakBetween(a, b string) bool {
	switch {
	case a == " " || b == " ":
		return a != b
	case strings.Contains(closing, b) || strings.Contains(opening, a):
		return false
	}
	return han(a) || han(b)
}

// Marks that never start a line (避头) and never end one (避尾). The dash and
// the ellipsis come in pairs, which this also keeps together.
const (
	closing = "。，、；：？！…—·～）》」』】〕〉〗〙｝］”’％‰℃°,.;:?!)]}%>"
	opening = "（《「『【〔〈〖〘｛［“‘＃￥$#([{<"
)

// han tells whether a line may break beside the cluster: two-cell characters,
// and the Chinese marks that have one cell or two.
func han(t string) bool {
	_, w := Narrow.first(t)
	return w == 2 || strings.Contains("…—·“”‘’→●①②③④⑤⑥⑦⑧⑨⑩", t)
}
