package report

import (
	"strings"
	"unicode/utf8"

	"taizhang/model"
)

// token is a run of literal text or a tag.
type token struct {
	at   int // byte offset in the source
	text string
	tag  bool
	end  int // offset behind it
}

// Bounds of a template: what is larger was not written by hand.
const (
	mostSource = 256 << 10 // bytes of a template
	mostTags   = 5_000
	mostTag    = 600 // bytes between the braces
	mostDeep   = 3   // loops, groups and conditions inside each other
	mostOutput = 4 << 20
	mostItems  = 2_000 // records one loop goes through
)

// lex splits a template at its tags: {{…}}, also with full-width braces. A tag
// that is not closed on its line is refused.
func lex(src string) ([]token, *Fault) {
	if len(src) > mostSource {
		return nil, &Fault{Line: 1, Words: model.Sayf("模板太大，最多%d KB", "the template is too large; %d KB at most", mostSource>>10)}
	}
	if !utf8.ValidString(src) {
		return nil, &Fault{Line: 1, Words: model.W("模板不是 UTF-8 文字，请另存为 UTF-8", "the template is not UTF-8 text; save it as UTF-8")}
	}
	var out []token
	at, tags := 0, 0
	for at < len(src) {
		from, open := brace(src[at:], "{{", "｛｛")
		if from < 0 {
			break
		}
		from += at
		if from > at {
			out = append(out, token{at: at, text: src[at:from], end: from})
		}
		body := from + open
		n, closed := brace(src[body:], "}}", "｝｝")
		inner := ""
		if n >= 0 {
			inner = src[body : body+n]
		}
		if n < 0 || strings.Contains(inner, "\n") || len(inner) > mostTag || strings.Contains(inner, "{{") || strings.Contains(inner, "｛｛") {
			return nil, fault(src, from, model.Sayf("“%s”没有在同一行用 }} 结束", "%q is not closed by }} on its line", model.Shorten(firstLine(src[from:]))))
		}
		at = body + n + closed
		out = append(out, token{at: from, text: inner, tag: true, end: at})
		if tags++; tags > mostTags {
			return nil, fault(src, from, model.Sayf("标记太多，最多%d个", "too many tags; %d at most", mostTags))
		}
	}
	if at < len(src) {
		out = append(out, token{at: at, text: src[at:], end: len(src)})
	}
	return out, nil
}

// brace finds the first of two forms and how long it is; -1 for none.
func brace(s, half, full string) (at, size int) {
	a, b := strings.Index(s, half), strings.Index(s, full)
	if a < 0 || b >= 0 && b < a {
		return b, len(full)
	}
	return a, len(half)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// Words of a tag. What people type by hand comes in full width, with curly
// quotes and with any spaces.
var tagFolds = strings.NewReplacer("｜", "|", "＝", "=", "＞", ">", "＜", "<", "！", "!", "　", " ", "\u00a0", " ", "\t", " ",
	"≥", ">=", "≤", "<=", "≠", "!=", "“", `"`, "”", `"`, "＂", `"`, "．", ".", "＠", "@", "／", "/", "，", ",")

// word is a word of a tag; quoted words are values, never keywords.
type word struct {
	text   string
	quoted bool
}

// words splits a tag at spaces; | and / stand alone, quotes hold together.
func words(tag string) []word {
	var out []word
	var b strings.Builder
	quoted, any := false, false
	flush := func() {
		if b.Len() > 0 || any {
			out = append(out, word{b.String(), any})
		}
		b.Reset()
		any = false
	}
	for _, r := range tagFolds.Replace(tag) {
		switch {
		case r == '"':
			quoted = !quoted
			any = true
		case quoted:
			b.WriteRune(r)
		case r == ' ':
			flush()
		case r == '|' || r == '/' && b.Len() == 0:
			flush()
			out = append(out, word{string(r), false})
		default:
			b.WriteRune(r)
		}
	}
	flush()
	return glue(out)
}

// glue joins a comparison that was written with spaces around its sign.
func glue(in []word) (out []word) {
	for _, w := range in {
		n := len(out)
		switch {
		case n > 0 && !w.quoted && startsOp(w.text) != "" && !out[n-1].quoted && out[n-1].text != "|":
			out[n-1].text += w.text
		case n > 0 && !out[n-1].quoted && endsOp(out[n-1].text) && w.text != "|":
			out[n-1].text += w.text
		default:
			out = append(out, w)
		}
	}
	return out
}

var operators = []string{"!=", ">=", "<=", "=", ">", "<", "含"}

func startsOp(s string) string {
	for _, op := range operators[:6] {
		if strings.HasPrefix(s, op) {
			return op
		}
	}
	if s == "含" {
		return s
	}
	return ""
}

func endsOp(s string) bool {
	for _, op := range operators[:6] {
		if strings.HasSuffix(s, op) {
			return true
		}
	}
	return s != "含" && strings.HasSuffix(s, "含") && utf8.RuneCountInString(s) > 1
}
