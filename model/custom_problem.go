package model

import "strings"

// EntryProblem is what is wrong with one entry of the settings. The words begin
// with the entry's name.
type EntryProblem struct {
	*Problem
	Kind  Words  // of the entry: EntryField…
	Entry string // activity.x_weather, x_dogs, X_KIND, LINE.夜校
	Part  string // as in the file: key, zh, type…
	Why   Words  // the sentence alone, for where the entry is in view
}

// Problems are all that is wrong with the settings.
type Problems []EntryProblem

// Error implements error in English.
func (ps Problems) Error() string { return ps.In(EN) }

// In joins the first of them in one language.
func (ps Problems) In(l Lang) string {
	var out []string
	for i, p := range ps {
		if i == 5 {
			out = append(out, Sayf("还有 %d 处", "%d more", len(ps)-i).In(l))
			break
		}
		out = append(out, p.Words.In(l))
	}
	return strings.Join(out, W("；", "; ").In(l))
}

// customPlace names an entry in messages: its kind, number and name.
type customPlace struct {
	kind  Words
	n     int
	entry string
}

// problem is what is wrong at the place.
func (at customPlace) problem(part string, why Words) EntryProblem {
	what := Sayf("第%d个%s %s", "entry %d, %s %s", at.n, at.kind, Shorten(at.entry))
	return EntryProblem{Problem: Problemf("%s：%s", "%s: %s", what, why), Kind: at.kind, Entry: at.entry, Part: part, Why: why}
}

func (b *customBuilder) refuse(at customPlace, part, zh, en string, args ...any) {
	b.problems = append(b.problems, at.problem(part, Sayf(zh, en, args...)))
}

// label checks a word that people read, and type to name the entry.
func (b *customBuilder) label(at customPlace, part, text string, most int, needed bool, forbidden string) {
	err := CheckText(text, false)
	switch {
	case text == "" && needed:
		b.refuse(at, part, "缺少名称", "the name is missing")
	case err != nil:
		b.refuse(at, part, "%s", "%s", AsWords(err))
	case strings.TrimSpace(text) != text:
		b.refuse(at, part, "“%s”前后有空格", "%q begins or ends with a space", Shorten(text))
	case Characters(text) > most:
		b.refuse(at, part, "“%s”太长，最多%d个字", "%q is too long: at most %d characters", Shorten(text), most)
	case strings.ContainsAny(text, forbidden):
		b.refuse(at, part, "“%s”里不能有 %s", "%q must hold none of %s", Shorten(text), forbidden)
	}
}

// Marks that separate names and values where they are typed.
const (
	marksInLabel = "=＝|｜、，,；;"
	marksInTerm  = "、，,；;|｜ \u3000"
	marksInWords = "|｜；;"
)

// reservedLabels head columns of the program's own.
var reservedLabels = []string{"编号", "序号", "记录号", "台账", "版本", "id", "no.", "no", "register", "version", "values"}

func customKey(key, prefix string, low, high rune) bool {
	rest, ok := strings.CutPrefix(key, prefix)
	if !ok || rest == "" || len(rest) > 30 {
		return false
	}
	return !strings.ContainsFunc(rest, func(r rune) bool {
		return (r < low || r > high) && (r < '0' || r > '9') && r != '_'
	})
}
