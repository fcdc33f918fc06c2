package report

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Sentence is a sentence of a document with what was counted in it.
type Sentence struct {
	Block   string // id
	Text    string
	Figures []*Figure
	Typed   string // what of it stands so in the template
}

// DependsOn reports whether a change of the record may change the sentence.
func (s *Sentence) DependsOn(id string) bool {
	return slices.ContainsFunc(s.Figures, func(f *Figure) bool { return slices.Contains(f.IDs, id) || slices.Contains(f.Also, id) })
}

// Sentences cuts the paragraphs at their full stops; a heading is one sentence.
func (d *Document) Sentences() (out []Sentence) {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		s := Sentence{Block: b.ID}
		end := func() {
			if s.Text != "" {
				out = append(out, s)
			}
			s = Sentence{Block: b.ID}
		}
		for _, p := range b.Spans {
			if p.Figure != nil || p.Gap || p.At < 0 {
				s.Text += p.Text
				if p.Figure != nil {
					s.Figures = append(s.Figures, p.Figure)
				}
				continue
			}
			rest := p.Text
			for {
				j := strings.IndexAny(rest, "。！？")
				if j < 0 {
					break
				}
				_, n := utf8.DecodeRuneInString(rest[j:])
				n += j
				for n < len(rest) && closing(rest[n:]) {
					_, m := utf8.DecodeRuneInString(rest[n:])
					n += m
				}
				s.Text, s.Typed = s.Text+rest[:n], s.Typed+rest[:n]
				rest = rest[n:]
				end()
			}
			s.Text, s.Typed = s.Text+rest, s.Typed+rest
		}
		end()
	}
	return out
}
