package model

import (
	"regexp"
	"strings"
	"sync"
)

// Numbers of people in a text, however they are spaced, dashed or widened.

// numberRun is digits with no more than a few spaces and dashes between them.
type numberRun struct {
	digits []byte // '0' to '9', or 'X' at the end of an identity number
	from   []int  // byte of each digit
	to     []int  // byte after it
	head   []bool // begins a group: a separator, or nothing of the kind, before it
	before rune   // the rune before the run, 0 at the start
}

// mostBetween is how many spaces and dashes may stand between two digits.
const mostBetween = 3

// numberRuns splits a text into runs. Full width, unseen characters and the
// dashes of all scripts make no difference.
func numberRuns(text string) []numberRun {
	var out []numberRun
	var run numberRun
	gap, last := 0, rune(0)
	flush := func() {
		if len(run.digits) >= 7 {
			out = append(out, run)
		}
		run, gap = numberRun{}, 0
	}
	for i, raw := range text {
		r := foldLint(raw)
		size := len(string(raw))
		switch {
		case r >= '0' && r <= '9' || r == 'x' && len(run.digits) >= 17:
			if len(run.digits) == 0 {
				run.before = last
			}
			if r == 'x' {
				r = 'X'
			}
			run.head = append(run.head, gap > 0 || len(run.digits) == 0)
			run.digits, run.from, run.to = append(run.digits, byte(r)), append(run.from, i), append(run.to, i+size)
			gap = 0
		case len(run.digits) > 0 && (r == ' ' || r == '-') && gap < mostBetween:
			gap++
		default:
			if gap == 0 && len(run.digits) > 0 && r < 0x80 && r >= 'a' && r <= 'z' { // part of a word or a hash
				run = numberRun{}
			}
			flush()
		}
		last = r
	}
	flush()
	return out
}

// tail reports that nothing of the same group follows digit i-1.
func (r *numberRun) tail(i int) bool { return i == len(r.digits) || r.head[i] }

// isoDate is a date or month as this program writes it, standing alone. It is no
// part of a number.
var isoDate = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(^|[^0-9-])(20[0-9]{2}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)($|[^0-9-])`)
})

// dates finds them all: what ends one may begin the next.
func dates(text string) (out [][2]int) {
	for from := 0; ; {
		m := isoDate().FindStringSubmatchIndex(text[from:])
		if m == nil {
			return out
		}
		out = append(out, [2]int{from + m[4], from + m[5]})
		from += m[5]
	}
}

func (l *Lint) checkNumbers(text string, add func(LintKind, int, int)) {
	for _, run := range numberRuns(text) {
		l.idNumbers(&run, add)
		l.filed(&run, add)
	}
	// Beside dates, what looks like a number most often is several.
	plain := text
	if at := dates(text); len(at) > 0 {
		b := []byte(text)
		for _, d := range at {
			for i := d[0]; i < d[1]; i++ {
				b[i] = '/'
			}
		}
		plain = string(b)
	}
	for _, run := range numberRuns(plain) {
		if run.before < 0x80 && run.before >= 'a' && run.before <= 'z' {
			continue // inside a word, a voucher number or a hash
		}
		l.phonesAndCards(&run, plain, add)
	}
}

// idNumbers finds identity numbers anywhere in a run: 18 with a good check
// digit, alone or good in every part; 15 alone and good in every part.
func (l *Lint) idNumbers(r *numberRun, add func(LintKind, int, int)) {
	n := len(r.digits)
	for i := 0; i+15 <= n; i++ {
		if i+18 <= n && !strings.Contains(string(r.digits[i:i+17]), "X") && CheckDigit(string(r.digits[i:i+17])) == r.digits[i+17] {
			id, err := ParseIDNumber(string(r.digits[i : i+18]))
			if err == nil || i == 0 && n == 18 && r.before != '.' && r.digits[0] != '0' {
				kind := LintID
				if err == nil && AgeOn(id.Birth(), l.day) < adultAge && !l.day.IsZero() {
					kind = LintMinor
				}
				add(kind, r.from[i], r.to[i+17])
				i += 17
				continue
			}
		}
		if r.head[i] && r.tail(i+15) {
			if _, err := ParseIDNumber(string(r.digits[i : i+15])); err == nil {
				add(LintID, r.from[i], r.to[i+14])
			}
		}
	}
}

// filed finds numbers on file, wherever they stand in a run.
func (l *Lint) filed(r *numberRun, add func(LintKind, int, int)) {
	runes := []rune(string(r.digits))
	for i := range runes {
		if n, k := l.digits.longest(runes[i:]); n > 0 && r.head[i] && r.tail(i+n) && !l.numbers[string(r.digits[i:i+n])] {
			add(k, r.from[i], r.to[i+n-1])
		}
	}
}

// localPhone is a number without an area code, told by the word before it.
var localPhone = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:电话|热线|座机|传真|联系方式|tel|phone)[^0-9\n。；]{0,6}$`)
})

// phonesAndCards finds mobiles, landlines and bank cards that begin and end
// with a group of digits.
func (l *Lint) phonesAndCards(r *numberRun, text string, add func(LintKind, int, int)) {
	n := len(r.digits)
	for i := 0; i < n; i++ {
		if !r.head[i] {
			continue
		}
		if end, kind := l.numberAt(r, i); end > 0 {
			if !l.numbers[string(r.digits[i:end])] {
				add(kind, r.from[i], r.to[end-1])
			}
			i = end - 1
			continue
		}
		for _, size := range []int{8, 7} {
			if i+size == n && r.digits[i] >= '2' && r.digits[i] <= '8' && !l.numbers[string(r.digits[i:])] && localPhone().MatchString(lastPart(text[:r.from[i]])) {
				add(LintPhone, r.from[i], r.to[n-1])
				return
			}
		}
	}
}

// lastPart is enough of a text to see the word before its end.
func lastPart(s string) string { return s[max(0, len(s)-48):] }

// numberAt is where a mobile, a landline or a card that begins at i ends; 0 for
// none.
func (l *Lint) numberAt(r *numberRun, i int) (end int, k LintKind) {
	d, n := r.digits, len(r.digits)
	for size := 19; size >= 16; size-- {
		if i+size <= n && r.tail(i+size) && d[i] >= '3' && luhn(d[i:i+size]) {
			return i + size, LintCard
		}
	}
	for _, prefix := range []string{"", "86", "0086", "0"} {
		at := i + len(prefix)
		if at+11 <= n && string(d[i:at]) == prefix && d[at] == '1' && d[at+1] >= '3' && r.tail(at+11) {
			return at + 11, LintMobile
		}
	}
	if d[i] != '0' || i+1 >= n {
		return 0, 0
	}
	area := 4
	if d[i+1] == '1' || d[i+1] == '2' {
		area = 3
	}
	for _, size := range []int{8, 7} {
		if to := i + area + size; to <= n && r.tail(to) && (d[i+1] >= '2' || d[i+1] == '1' && d[i+2] == '0') && d[i+area] >= '2' && d[i+area] <= '8' {
			return to, LintPhone
		}
	}
	return 0, 0
}

// luhn is the check of bank cards (ISO/IEC 7812).
func luhn(d []byte) bool {
	sum := 0
	for i := range d {
		v := int(d[len(d)-1-i] - '0')
		if v > 9 {
			return false
		}
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}
