package report

import (
	"slices"
	"strings"
	"unicode/utf8"

	"taizhang/model"
)

// brackets settles what stands in brackets by itself: where nothing of it
// counts, it goes with them, and the clause around stays.
func brackets(in []piece) []piece {
	var out []piece
	for i := 0; i < len(in); i++ {
		p := in[i]
		open := -1
		if p.lit {
			open = strings.LastIndexAny(p.text, "（(")
		}
		if open < 0 || strings.ContainsAny(p.text[open:], "）)") {
			out = append(out, p)
			continue
		}
		_, size := utf8.DecodeRuneInString(p.text[open:])
		end, shut := -1, -1
		for j := i + 1; j < len(in) && end < 0; j++ {
			if in[j].brk {
				break
			}
			if in[j].lit {
				if shut = strings.IndexAny(in[j].text, "）)"); shut >= 0 {
					end = j
				}
			}
		}
		if end < 0 {
			out = append(out, p)
			continue
		}
		var inner []piece
		if text := p.text[open+size:]; text != "" {
			inner = append(inner, piece{text: text, at: p.at + open + size, lit: true, inst: p.inst})
		}
		inner = append(inner, in[i+1:end]...)
		if shut > 0 {
			inner = append(inner, piece{text: in[end].text[:shut], at: in[end].at, lit: true, inst: in[end].inst})
		}
		had := slices.ContainsFunc(inner, func(p piece) bool { return p.zero })
		if had {
			inner, _ = settle(inner, model.ZH, false) // no sentence begins here
			inner = unmarked(inner)
		}
		_, shutSize := utf8.DecodeRuneInString(in[end].text[shut:])
		if !had || len(inner) > 0 {
			out = append(out, piece{text: p.text[:open+size], at: p.at, lit: true, inst: p.inst})
			out = append(out, inner...)
			in[end].at += shut
			in[end].text = in[end].text[shut:]
			out = append(out, piece{text: in[end].text[:shutSize], at: in[end].at, lit: true, inst: in[end].inst, open: in[end].open && len(in[end].text) == shutSize})
		} else {
			if p.text[:open] != "" {
				out = append(out, piece{text: strings.TrimRight(p.text[:open], " "), at: p.at, lit: true, inst: p.inst})
			}
			in[end].at += shut
			in[end].text = in[end].text[shut:]
		}
		in[end].at += shutSize
		in[end].text = in[end].text[shutSize:]
		i = end - 1 // what follows the bracket may open another
		if in[end].text == "" {
			i = end
		}
	}
	return out
}

// unmarked takes off the mark at the end of a bracket whose last clause went.
func unmarked(in []piece) []piece {
	n := len(in)
	if n == 0 || !in[n-1].lit {
		return in
	}
	if in[n-1].text = strings.TrimRight(in[n-1].text, "，、；,; "); in[n-1].text == "" {
		return in[:n-1]
	}
	return in
}
