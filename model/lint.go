package model

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The privacy check of domain.md §10: what must not stand in a text that the
// public reads. It goes by what numbers and words look like, and by the real
// values of the people on file.

// LintKind is what was found.
type LintKind uint8

// What may be found.
const (
	LintID      LintKind = iota // an identity number of 18 or 15 characters
	LintMobile                  // a mobile number
	LintPhone                   // a landline
	LintCard                    // a bank card
	LintAddress                 // building and room
	LintName                    // a name on file
	LintValue                   // a number or address on file
	LintHealth                  // somebody's illness or disability
	LintMinor                   // whatever tells of one child
)

var lintWords = [...]Words{
	LintID: {"身份证号", "ID number"}, LintMobile: {"手机号", "mobile number"}, LintPhone: {"座机号", "landline"},
	LintCard: {"银行卡号", "bank card"}, LintAddress: {"楼栋门牌", "building and room"}, LintName: {"登记在册的姓名", "name on file"},
	LintValue: {"登记在册的号码或住址", "number or address on file"}, LintHealth: {"疾病或残疾", "illness or disability"},
	LintMinor: {"未成年人信息", "about a minor"},
}

// Words names the kind.
func (k LintKind) Words() Words { return lintWords[k] }

// Overridable reports whether an approver may let it stand with a reason;
// never what tells of children or of anybody's health.
func (k LintKind) Overridable() bool { return k != LintHealth && k != LintMinor }

// Finding is one thing that must not be public.
type Finding struct {
	Kind   LintKind
	At, To int    // bytes of the text
	Masked string // the text found, masked, so that messages and logs may show it
}

// Lint checks texts. The zero value knows the patterns alone; real values are
// added to it. It may be used by several goroutines once nothing is added.
type Lint struct {
	words   dictionary // names and addresses, without white space
	digits  dictionary // numbers, their digits alone
	hashes  []string   // heads of journals, which may stand
	allowed dictionary // what may stand: the office's own phone, staff, consented names
	numbers map[string]bool
	members dictionary // names of members of the Party
	inner   bool       // members read it: their names may stand
	day     Date       // by which minors are told
	lines   bool       // an entry holds an end of line: no text is cut at one
}

// NewLint is a check as of a day.
func NewLint(day Date) *Lint { return &Lint{day: day} }

// dictionary finds many strings at once: at each rune one look-up for every
// length that begins with it.
type dictionary struct {
	kinds  map[string]LintKind
	starts map[rune]uint64 // lengths in runes as bits, by the first rune
}

func (d *dictionary) add(word string, k LintKind) {
	runes := []rune(word)
	if len(runes) < 2 || len(runes) > 63 {
		return
	}
	if d.kinds == nil {
		d.kinds, d.starts = map[string]LintKind{}, map[rune]uint64{}
	}
	if was, ok := d.kinds[word]; !ok || k > was {
		d.kinds[word] = k
	}
	d.starts[runes[0]] |= 1 << len(runes)
}

// longest is the longest entry at the start of runes, 0 for none.
func (d *dictionary) longest(runes []rune) (n int, k LintKind) {
	lengths := d.starts[runes[0]]
	for i := min(63, len(runes)); i >= 2; i-- {
		if lengths&(1<<i) == 0 {
			continue
		}
		if k, ok := d.kinds[string(runes[:i])]; ok {
			return i, k
		}
	}
	return 0, 0
}

// AddPerson adds what is on file of a resident.
func (l *Lint) AddPerson(r *Record) {
	name, number := LintName, LintValue
	if isMinor(r, l.day) && PersonBirth.Has(r) {
		name, number = LintMinor, LintMinor
	}
	l.addWord(&l.words, PersonName.Of(r), name)
	if name == LintName && isMember(r) {
		l.members.add(folded(PersonName.Of(r)), name)
	}
	for _, h := range []Handle[string]{PersonIDNo, PersonPhone, PersonBank} {
		l.addNumber(h.Of(r), number)
	}
}

// AddAddress adds an address on file; one that names no room says too little.
func (l *Lint) AddAddress(text string) {
	if t := folded(text); strings.ContainsAny(t, "0123456789") && len([]rune(t)) >= 5 {
		l.addWord(&l.words, t, LintValue)
	}
}

func (l *Lint) addWord(d *dictionary, text string, k LintKind) {
	text = folded(text)
	l.lines = l.lines || strings.Contains(text, "\n")
	d.add(text, k)
}

func (l *Lint) addNumber(text string, k LintKind) {
	if d := idDigits(text); len(d) >= 7 {
		l.digits.add(d, k)
	}
}

// Allow lets a text stand wherever it stands: the office's own phone and
// address, names of staff and of those who agreed.
func (l *Lint) Allow(text string) {
	l.addWord(&l.allowed, text, LintName)
	if d := idDigits(text); len(d) >= 7 {
		if l.numbers == nil {
			l.numbers = map[string]bool{}
		}
		l.numbers[d] = true
	}
}

// Witness lets the head of a journal stand: digits in a hash are no number of a
// person, whatever they look like.
func (l *Lint) Witness(hash string) {
	if len(hash) >= 16 {
		l.hashes = append(l.hashes, hash)
	}
}

// idDigits are the digits of a number, X among them.
func idDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch r = halfRune(r); {
		case r >= '0' && r <= '9':
			return r
		case r == 'x', r == 'X':
			return 'X'
		}
		return -1
	}, s)
}

// folded is a text as the check compares it: half width, lower case, without
// white space and what nobody sees.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if r = foldLint(r); r == ' ' {
			return -1
		}
		return r
	}, s)
}

// foldLint is a rune as the check sees it, a space for what it looks through.
func foldLint(r rune) rune {
	if r == '\n' || r == '\t' || r == '\r' {
		return '\n'
	}
	if k := kindOf(r); k == kindInvisible || k == kindBidi || k == kindTagged || r >= 0xFE00 && r <= 0xFE0F {
		return ' '
	}
	if r == '。' || r == '、' { // ends of sentences stay apart from decimal points
		return r
	}
	if r = halfRune(r); unicode.IsSpace(r) {
		return ' '
	}
	return unicode.ToLower(r)
}

// lintText is a text with its folded runes and where they came from.
type lintText struct {
	raw   string
	runes []rune // folded, white space dropped
	at    []int  // byte of each in raw; one more for the end
	gap   []bool // white space was dropped before it; one more for the end
}

func newLintText(s string) *lintText {
	t, gap := &lintText{raw: s}, false
	for i, r := range s {
		if r = foldLint(r); r == ' ' {
			gap = true
			continue
		}
		t.runes, t.at, t.gap = append(t.runes, r), append(t.at, i), append(t.gap, gap)
		gap = false
	}
	t.at, t.gap = append(t.at, len(s)), append(t.gap, true)
	return t
}

// end is the byte after the rune before i.
func (t *lintText) end(i int) int {
	at := t.at[i-1]
	for j, r := range t.raw[at:] {
		if j == 0 {
			return at + len(string(r))
		}
	}
	return at
}

// pieceSize is about how many bytes of a text are looked at together.
const pieceSize = 64 << 10

// Check lists what a text must not hold, in the order of the text. What lies
// inside something longer that was found is not told twice. It goes through a
// long text in pieces of whole lines, as nothing that is found goes beyond its
// line: the time is in proportion to the text, and the room to a piece of it.
func (l *Lint) Check(text string) (out []Finding) {
	for from := 0; from < len(text); {
		to := len(text)
		if to-from > pieceSize && !l.lines {
			if i := strings.IndexByte(text[from+pieceSize:], '\n'); i >= 0 {
				to = from + pieceSize + i + 1
			}
		}
		for _, f := range l.check(text[from:to]) {
			f.At, f.To = f.At+from, f.To+from
			out = append(out, f)
		}
		from = to
	}
	return out
}

// check is Check of one piece.
func (l *Lint) check(text string) []Finding {
	var found []Finding
	add := func(k LintKind, from, to int) {
		found = append(found, Finding{Kind: k, At: from, To: to, Masked: maskFinding(k, text[from:to])})
	}
	numbers := text
	for _, hash := range l.hashes {
		numbers = strings.ReplaceAll(numbers, hash, strings.Repeat("/", len(hash)))
	}
	l.checkNumbers(numbers, add)
	t := newLintText(text)
	l.checkWords(t, add)
	checkDoors(t, l, add)
	checkPersonal(text, found, add)
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(b.To, a.To), cmp.Compare(a.Kind, b.Kind))
	})
	var out []Finding
	for _, f := range found { // a member's name has told by now of whom the sentence is
		if f.Kind == LintName && l.inner {
			if _, member := l.members.kinds[folded(text[f.At:f.To])]; member {
				continue
			}
		}
		if n := len(out); n > 0 && f.To <= out[n-1].To {
			if out[n-1].Kind.Overridable() && !f.Kind.Overridable() { // what no one may let stand decides
				out[n-1].Kind = f.Kind
			}
			continue
		}
		out = append(out, f)
	}
	return out
}

// maskFinding shows enough to be found again and no more.
func maskFinding(k LintKind, text string) string {
	text = strings.Join(strings.Fields(text), " ")
	switch k {
	case LintName, LintMinor:
		if !strings.ContainsAny(text, "0123456789") {
			return StarName(text)
		}
	case LintHealth:
		runes := []rune(text)
		return strings.Repeat("*", min(len(runes), 6))
	case LintAddress:
		return strings.Map(starDigit, text)
	}
	runes, n := []rune(text), 0
	for i := range runes {
		if starDigit(runes[i]) == '*' {
			if n++; n > 2 {
				runes[i] = '*'
			}
		}
	}
	return string(runes)
}

func starDigit(r rune) rune {
	if h := halfRune(r); h >= '0' && h <= '9' {
		return '*'
	}
	return r
}

// checkWords looks for names and addresses on file.
func (l *Lint) checkWords(t *lintText, add func(LintKind, int, int)) {
	free := 0 // up to where something allowed stands
	for i := range t.runes {
		rest := t.runes[i:min(len(t.runes), i+63)]
		if n, _ := l.allowed.longest(rest); n > 0 {
			free = max(free, i+n)
		}
		n, k := l.words.longest(rest)
		if n == 0 || i+n <= free || t.splits(i, i+n) {
			continue
		}
		add(k, t.at[i], t.end(i+n))
	}
}

// splits reports that a Latin name or a number would begin or end inside a
// longer one.
func (t *lintText) splits(from, to int) bool {
	inside := func(i int) bool {
		if i == 0 || i == len(t.runes) || t.gap[i] {
			return false
		}
		a, b := t.runes[i-1], t.runes[i]
		return a < 0x80 && b < 0x80 && (unicode.IsLetter(a) && unicode.IsLetter(b) || unicode.IsDigit(a) && unicode.IsDigit(b))
	}
	return inside(from) || inside(to)
}

// doors find building and room. 3号 after a month is a day.
var doors = sync.OnceValue(func() *regexp.Regexp {
	const no = `[0-9a-z一二三四五六七八九十百零〇甲乙丙丁]{1,4}`
	return regexp.MustCompile(`(?:^|[^月年第])(?:[0-9]{1,4}(?:号楼|号院|号|幢|栋|座|楼)|` + no + `(?:号楼|幢|栋|座))` +
		`(?:` + no + `(?:号楼|幢|栋|楼))?(?:` + no + `单元)?(?:` + no + `[层楼])?-?(?:([0-9]{3,4})(?:室|房)|([0-9]{3,4})(?:$|[^0-9户人名元年月次份余多块个件米平.%])|([0-9一二三四五六七八九十百零〇]{1,4})室)`)
})

func checkDoors(t *lintText, l *Lint, add func(LintKind, int, int)) {
	text := string(t.runes)
	seen, runes := 0, 0 // runes before a byte: matches come in order
	place := func(to int) int {
		runes += utf8.RuneCountInString(text[seen:to])
		seen = to
		return runes
	}
	for at := 0; ; { // what ends one may begin the next
		m := doors().FindStringSubmatchIndex(text[at:])
		if m == nil {
			return
		}
		from, to := at+m[0], at+m[1]
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 {
				to = at + m[g+1]
			}
		}
		at = to
		for i, r := range text[from:] { // without the rune before the building
			if i == 0 && !strings.ContainsRune("0123456789一二三四五六七八九十百零〇甲乙丙丁", r) && !(r < 0x80 && unicode.IsLetter(r)) {
				continue
			}
			from += i
			break
		}
		a := place(from)
		b := a + utf8.RuneCountInString(text[from:to])
		covered := false // by an address that may stand, such as that of the office
		for i := max(0, a-40); i <= a && !covered; i++ {
			n, _ := l.allowed.longest(t.runes[i:min(len(t.runes), i+63)])
			covered = i+n >= b
		}
		if !covered && b > a {
			add(LintAddress, t.at[a], t.end(b))
		}
	}
}
