package report

import "strings"

// LineOf is the line, from 1, at which a paragraph stands once edits have taken
// their places in a template; 0: it has none of that name.
func LineOf(src, block string, edits Edits) int {
	src = strings.ReplaceAll(strings.TrimPrefix(src, "\ufeff"), "\r\n", "\n")
	seen := map[string]int{}
	line := 1
	for text := range strings.SplitSeq(src, "\n") {
		id := lineID(text, seen)
		if id != "" && id == block {
			return line
		}
		if edit, ok := edits[id]; ok && id != "" {
			line += strings.Count(strings.TrimSpace(strings.ReplaceAll(edit, "\r\n", "\n")), "\n")
		}
		line++
	}
	return 0
}
