package report

import (
	"strings"
	"unicode/utf8"

	"taizhang/model"
)

// strength of a mark where two meet: the stronger stays.
func strength(r rune) stop {
	if s := stops[r]; s != noStop {
		return s
	}
	if r == '：' {
		return partStop
	}
	return noStop
}

// repair leaves one mark where two would meet, and none at the beginning.
func repair(in []piece) (out []piece) {
	last := func() (rune, int) {
		for i := len(out) - 1; i >= 0; i-- {
			if out[i].text != "" {
				r, _ := utf8.DecodeLastRuneInString(out[i].text)
				return r, i
			}
		}
		return 0, -1
	}
	for _, p := range in {
		if p.zero {
			continue
		}
		for p.lit && p.text != "" {
			r, n := utf8.DecodeRuneInString(p.text)
			s := strength(r)
			if s == noStop {
				break
			}
			before, i := last()
			switch b := strength(before); {
			case i < 0:
			case b == noStop:
				s = noStop
			case !out[i].lit: // a value brought its own end
				if b < s {
					trim(&out[i])
					s = noStop
				}
			case s > b && before != '：':
				trim(&out[i])
				s = noStop
			}
			if s == noStop {
				break
			}
			p.text, p.at = p.text[n:], p.at+n
		}
		if p.text != "" || p.tbl != nil || p.brk {
			out = append(out, p)
		}
	}
	return out
}

// trim takes the last rune off.
func trim(p *piece) {
	_, n := utf8.DecodeLastRuneInString(p.text)
	p.text = p.text[:len(p.text)-n]
	if p.fig != nil {
		p.fig.Text = p.text
	}
}

// ragged reports whether a paragraph ends in the middle of a sentence.
func ragged(in []piece) bool {
	if len(in) == 0 {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(in[len(in)-1].text)
	return strings.ContainsRune("，；、", r)
}

// ended closes the last sentence.
func ended(in []piece, l model.Lang) []piece {
	n := len(in)
	if n == 0 {
		return in
	}
	last := &in[n-1]
	r, _ := utf8.DecodeLastRuneInString(last.text)
	switch {
	case strings.ContainsRune("，；、", r) || l == model.EN && strings.ContainsRune(",;", r):
		trim(last)
	case strings.ContainsRune("。！？：…”）】》.!?:", r) || r == 0:
		return in
	default:
		return in
	}
	return append(in, piece{text: model.W("。", ".").In(l), at: last.at, lit: true, inst: last.inst})
}
