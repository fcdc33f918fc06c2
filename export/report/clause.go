package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"taizhang/model"
)

// The zero rule: a slot that has nothing to say takes its clause away; a
// sentence all of whose figures go, goes whole. Clauses end at ， ； 。 of the
// template's own text, never inside a value; between 、 single items go where
// each of them has a slot; what stands in brackets goes with its brackets.

// stop says how strongly a mark ends: an item, a clause, a part, a sentence.
type stop uint8

const (
	noStop stop = iota
	itemStop
	clauseStop
	partStop
	sentenceStop
)

var stops = map[rune]stop{'、': itemStop, '，': clauseStop, '；': partStop, '。': sentenceStop, '！': sentenceStop, '？': sentenceStop}

// latin are the marks of English text, which end only before a space.
var latin = map[rune]stop{',': clauseStop, ';': partStop, '.': sentenceStop, '!': sentenceStop, '?': sentenceStop}

// unit is what stands between two marks, with the mark behind it.
type unit struct {
	pieces []piece
	mark   piece // text "" at the end
	stop   stop
}

func (u *unit) live() bool {
	return slices.ContainsFunc(u.pieces, func(p piece) bool { return p.live || p.gap })
}
func (u *unit) zero() bool {
	return slices.ContainsFunc(u.pieces, func(p piece) bool { return p.zero })
}

// slotted reports whether the unit counts anything, with or without a result.
func (u *unit) slotted() bool { return u.live() || u.zero() }

// settle applies the rule to a paragraph. What was dropped is returned as text.
// whole: it is a paragraph and not a part of one.
func settle(in []piece, l model.Lang, whole bool) (out []piece, dropped []string) {
	in = brackets(in)
	cut := false
	for _, sentence := range sentences(split(in)) {
		kept, gone := settleSentence(sentence, l)
		if gone != "" {
			dropped = append(dropped, gone)
			cut = true
		}
		out = append(out, kept...)
	}
	out = repair(out)
	if n := len(out); whole && n > 0 && out[n-1].open {
		out[n-1].open = false
		out = append(out, piece{text: model.W("。", ".").In(l), at: out[n-1].at, lit: true, inst: out[n-1].inst})
	} else if whole && (cut || ragged(out)) {
		out = ended(out, l)
	}
	return out, dropped
}

// split cuts the pieces at the marks of literal text.
func split(in []piece) (out []unit) {
	u := unit{}
	for _, p := range in {
		if !p.lit {
			u.pieces = append(u.pieces, p)
			continue
		}
		from := 0
		for i, r := range p.text {
			n := utf8.RuneLen(r)
			s := stops[r]
			if s == noStop && latin[r] != noStop && (i+n == len(p.text) && i+n > 1 || i+n < len(p.text) && p.text[i+n] == ' ') && i > 0 {
				s = latin[r]
			} else if s == noStop && latin[r] != noStop && i == 0 && (len(p.text) == n || p.text[n] == ' ') {
				s = latin[r]
			}
			if s == noStop || i < from {
				continue
			}
			before := p.text[from:i]
			if s == clauseStop && slices.Contains(ofWhich, strings.TrimSpace(before)) && len(u.pieces) == 0 {
				continue // 其中，… is one clause
			}
			if before != "" {
				u.pieces = append(u.pieces, piece{text: before, at: p.at + from, lit: true, inst: p.inst})
			}
			end := i + n
			for end < len(p.text) && (p.text[end] == ' ' || s == sentenceStop && closing(p.text[end:])) {
				_, n := utf8.DecodeRuneInString(p.text[end:])
				end += n
			}
			u.mark, u.stop = piece{text: p.text[i:end], at: p.at + i, lit: true, inst: p.inst}, s
			out = append(out, u)
			u, from = unit{}, end
		}
		if from < len(p.text) {
			u.pieces = append(u.pieces, piece{text: p.text[from:], at: p.at + from, lit: true, inst: p.inst, open: p.open})
		}
	}
	if len(u.pieces) > 0 {
		out = append(out, u)
	}
	return out
}

// closing reports whether a text begins with a mark that belongs to the sentence
// before it.
func closing(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("”’）》】", r)
}

func sentences(in []unit) (out [][]unit) {
	from := 0
	for i := range in {
		if in[i].stop == sentenceStop {
			out = append(out, in[from:i+1])
			from = i + 1
		}
	}
	if from < len(in) {
		out = append(out, in[from:])
	}
	return out
}

var ofWhich = []string{"其中", "其中：", "包括", "of which", "including", "among them"}

// settleSentence keeps the clauses that say something.
func settleSentence(in []unit, l model.Lang) (out []piece, gone string) {
	var clauses [][]unit
	from := 0
	for i := range in {
		if in[i].stop != itemStop {
			clauses = append(clauses, in[from:i+1])
			from = i + 1
		}
	}
	if from < len(in) {
		clauses = append(clauses, in[from:])
	}
	zero, live := false, false
	for i := range in {
		zero = zero || in[i].zero()
	}
	if !zero {
		for _, u := range in {
			out = append(append(out, u.pieces...), marks(u)...)
		}
		return out, ""
	}
	type clause struct {
		pieces []piece
		mark   piece
		stop   stop
		live   bool
		first  bool
	}
	var kept []clause
	for i, items := range clauses {
		last := items[len(items)-1]
		pieces, any := settleClause(items)
		if pieces == nil { // it goes; a stronger end passes to the one before
			if n := len(kept); n > 0 && last.stop > kept[n-1].stop {
				kept[n-1].mark, kept[n-1].stop = last.mark, last.stop
			}
			continue
		}
		live = live || any
		kept = append(kept, clause{pieces, last.mark, last.stop, any, i == 0})
	}
	if !live {
		return nil, strings.TrimSpace(plain(in))
	}
	head := ""
	if !kept[0].first {
		head = lead(clauses[0][0].pieces)
	}
	counted := false
	for i, c := range kept {
		if !counted && i > 0 || i == 0 && !c.first {
			c.pieces = withoutOfWhich(c.pieces)
		}
		counted = counted || c.live
		switch {
		case i > 0 || c.first:
		case head != "" && len(c.pieces) > 0:
			first := c.pieces[0]
			if first.lit {
				c.pieces = slices.Clone(c.pieces)
				c.pieces[0].text = strings.TrimLeft(first.text, " ")
			}
			c.pieces = append([]piece{{text: head, at: in[0].pieces[0].at, lit: true, inst: first.inst}}, c.pieces...)
		default:
			c.pieces = begun(c.pieces, l)
		}
		out = append(out, c.pieces...)
		if c.mark.text != "" {
			out = append(out, c.mark)
		}
	}
	return out, ""
}

// lead is what stands before a colon at the head of a sentence: it stays though
// the first clause goes.
func lead(in []piece) string {
	if len(in) == 0 || !in[0].lit || prefix(in) != "" {
		return ""
	}
	if i := strings.Index(in[0].text, "："); i >= 0 {
		return in[0].text[:i+len("：")]
	}
	if i := strings.Index(in[0].text, ": "); i >= 0 {
		return in[0].text[:i+2]
	}
	return ""
}

// settleClause keeps a clause or some of its items; nil: nothing of it.
func settleClause(items []unit) (out []piece, live bool) {
	zero, all := false, true
	for i := range items {
		zero = zero || items[i].zero()
		all = all && items[i].slotted()
		live = live || items[i].live()
	}
	switch {
	case !zero:
		for _, u := range items {
			out = append(out, u.pieces...)
			if u.stop == itemStop {
				out = append(out, u.mark)
			}
		}
		if out == nil {
			out = []piece{}
		}
		return out, live
	case !all || len(items) == 1 || !slices.ContainsFunc(items, func(u unit) bool { return !u.zero() }):
		return nil, false
	}
	head := prefix(items[0].pieces)
	for i, u := range items {
		if u.zero() {
			continue
		}
		if len(out) > 0 {
			out = append(out, piece{text: "、", at: u.pieces[0].at, lit: true, inst: u.pieces[0].inst})
		} else if i > 0 && head != "" {
			out = append(out, piece{text: head, at: items[0].pieces[0].at, lit: true, inst: u.pieces[0].inst})
		}
		out = append(out, u.pieces...)
	}
	return out, true
}

// prefix is 其中 at the head of a clause.
func prefix(in []piece) string {
	if len(in) == 0 || !in[0].lit {
		return ""
	}
	for _, w := range ofWhich {
		if rest, ok := strings.CutPrefix(strings.TrimLeft(in[0].text, " "), w); ok {
			switch {
			case strings.HasPrefix(rest, "："):
				return w + "："
			case strings.HasPrefix(rest, "，"):
				return w + "，"
			case rest == "" || !unicode.IsLetter(rune(rest[0])) || w[0] > 0x7f:
				return w
			}
		}
	}
	return ""
}

// withoutOfWhich takes 其中 away where nothing stands before it to be part of.
func withoutOfWhich(in []piece) []piece {
	head := prefix(in)
	if head == "" {
		return in
	}
	in = slices.Clone(in)
	in[0].text = strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(in[0].text, " "), head), " ")
	if in[0].text == "" {
		return in[1:]
	}
	return in
}

// begun makes a clause the first of its sentence.
func begun(in []piece, l model.Lang) []piece {
	if l != model.EN || len(in) == 0 {
		return in
	}
	in = slices.Clone(in)
	text := strings.TrimLeft(in[0].text, " ")
	text = strings.TrimPrefix(text, "and ")
	if r, n := utf8.DecodeRuneInString(text); n > 0 {
		text = string(unicode.ToUpper(r)) + text[n:]
	}
	in[0].text = text
	if in[0].fig != nil {
		in[0].fig.Text = text
	}
	return in
}

func marks(u unit) []piece {
	if u.mark.text == "" {
		return nil
	}
	return []piece{u.mark}
}

func plain(in []unit) string {
	var b strings.Builder
	for _, u := range in {
		for _, p := range u.pieces {
			if p.zero {
				b.WriteString("0")
			}
			b.WriteString(p.text)
		}
		b.WriteString(u.mark.text)
	}
	return b.String()
}
