package model

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"
)

var update = flag.Bool("update", false, "rewrite golden files")

// eachField visits every field and every column of a list.
func eachField(s *Schema, visit func(reg *Register, f *Field, name string)) {
	for _, reg := range s.Registers {
		for _, f := range reg.Fields {
			visit(reg, f, reg.Key+"."+f.Key)
			for _, sub := range f.Sub {
				visit(reg, sub, reg.Key+"."+f.Key+"."+sub.Key)
			}
		}
	}
}

func TestHandlesFitTheirDeclarations(t *testing.T) {
	s := NewSchema()
	for _, h := range handles {
		reg := s.Register(h.register)
		if reg == nil {
			t.Errorf("no register %s", h.register)
			continue
		}
		if f := reg.Field(h.key); f == nil || !f.Stored() || !f.Holds(h.zero) {
			t.Errorf("%s.%s does not hold %T", h.register, h.key, h.zero)
		}
	}
}

// Keys and their order are what files, scripts and columns rely on.
func TestRegistersGolden(t *testing.T) {
	var b strings.Builder
	for _, reg := range NewSchema().Registers {
		fmt.Fprintf(&b, "%s %s\n", reg.Letter, reg.Key)
		for _, f := range reg.Fields {
			fmt.Fprintf(&b, "  %s", f.Key)
			var subs []string
			for _, sub := range f.Sub {
				subs = append(subs, sub.Key)
			}
			if subs != nil {
				fmt.Fprintf(&b, " {%s}", strings.Join(subs, " "))
			}
			b.WriteByte('\n')
		}
	}
	const path = "testdata/registers.golden"
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("keys changed; if that is meant, run with -update:\n%s", b.String())
	}
}

func TestWordsInBothLanguages(t *testing.T) {
	s := NewSchema()
	both := func(name string, w Words) {
		if w.ZH == "" || w.EN == "" {
			t.Errorf("%s lacks a language: %+v", name, w)
		}
		for _, r := range w.EN {
			if unicode.Is(unicode.Han, r) {
				t.Errorf("%s: Chinese in the English words %q", name, w.EN)
				break
			}
		}
	}
	for _, reg := range s.Registers {
		both(reg.Key, reg.Words)
		seen := map[Words]bool{}
		for _, f := range reg.Fields {
			if seen[f.Words] {
				t.Errorf("%s: two fields are called %s", reg.Key, f.Words)
			}
			seen[f.Words] = true
		}
	}
	eachField(s, func(_ *Register, f *Field, name string) {
		both(name, f.Words)
		if (f.Hint.ZH == "") != (f.Hint.EN == "") {
			t.Errorf("%s: hint in one language only", name)
		}
		if f.Section != (Words{}) {
			both(name+" section", f.Section)
		}
		if f.Need == Either {
			both(name+" why", f.Why)
			if f.When == nil {
				t.Errorf("%s: conditional without a condition", name)
			}
		}
	})
	for code, v := range vocabularies {
		both(code, v.Words)
		for _, term := range v.Terms {
			both(code+" "+term.ZH, term.Words())
		}
	}
}

func TestDeclarationsPointSomewhere(t *testing.T) {
	s := NewSchema()
	ranks := map[int]string{}
	for _, reg := range s.Registers {
		if other := ranks[reg.Rank]; other != "" {
			t.Errorf("%s and %s share a place in the menu", reg.Key, other)
		}
		ranks[reg.Rank] = reg.Key
		for _, key := range []string{reg.NameField, reg.DateField} {
			if key != "" && reg.Field(key) == nil {
				t.Errorf("%s has no field %s", reg.Key, key)
			}
		}
		if reg.NameField == "" && reg.Title == nil {
			t.Errorf("%s cannot be named", reg.Key)
		}
	}
	eachField(s, func(_ *Register, f *Field, name string) {
		if needs := f.Type == TypePick || f.Type == TypePicks || f.Type == TypeOccasion; needs && s.vocabs[f.Vocab] == nil {
			t.Errorf("%s: no vocabulary %q", name, f.Vocab)
		}
		if f.Vocab != "" && s.vocabs[f.Vocab] == nil {
			t.Errorf("%s: no vocabulary %q", name, f.Vocab)
		}
		if needs := f.Type == TypeRef || f.Type == TypeRefs; needs != (len(f.Refs) > 0) {
			t.Errorf("%s: type and targets disagree", name)
		}
		for _, key := range f.Refs {
			if s.Register(key) == nil {
				t.Errorf("%s points to register %s, which does not exist", name, key)
			}
		}
		if (f.Type == TypeList) != (len(f.Sub) > 0) {
			t.Errorf("%s: a list needs columns", name)
		}
	})
}

func TestListsFitEightyColumns(t *testing.T) {
	for _, reg := range NewSchema().Registers {
		ranks := map[int]bool{}
		sum := 0
		for _, f := range reg.Fields {
			if (f.Col == 0) != (f.Cells == 0) {
				t.Errorf("%s.%s: rank and width go together", reg.Key, f.Key)
			}
			if f.Col > 0 && ranks[f.Col] {
				t.Errorf("%s: two columns of rank %d", reg.Key, f.Col)
			}
			ranks[f.Col] = true
			if f.Col >= 1 && f.Col <= 6 {
				sum += f.Cells
			}
		}
		if sum == 0 || sum > 72 {
			t.Errorf("%s: columns 1 to 6 take %d cells", reg.Key, sum)
		}
	}
}

// Aliases must not hide one another, or an import column would land elsewhere.
func TestNamesOfFieldsAreUnique(t *testing.T) {
	for _, reg := range NewSchema().Registers {
		for _, f := range reg.Fields {
			for _, name := range append([]string{f.Key, f.Words.ZH, f.Words.EN}, f.Aliases...) {
				if got, err := reg.FindField(name); err != nil || got != f {
					t.Errorf("%s: %q finds %v, not %s", reg.Key, name, got, f.Key)
				}
			}
		}
	}
}

func TestVocabularies(t *testing.T) {
	// Initials the domain fixes that differ from the first reading of each
	// character.
	exceptions := map[string]string{"楼组长": "lzz", "重阳": "cy", "多重": "dc"}
	for code, v := range vocabularies {
		if v.Code != code || len(v.Terms) == 0 {
			t.Errorf("vocabulary %s is broken", code)
		}
		seen := map[string]bool{}
		for _, term := range v.Terms {
			if seen[term.ZH] || seen[term.EN] {
				t.Errorf("%s: %s or %s twice", code, term.ZH, term.EN)
			}
			seen[term.ZH], seen[term.EN] = true, true
			if got, err := v.Find(term.ZH); err != nil || got != term.ZH {
				t.Errorf("%s: %s is not found: %v", code, term.ZH, err)
			}
			if got, err := v.Find(term.EN); err != nil || got != term.ZH {
				t.Errorf("%s: %s is not found: %v", code, term.EN, err)
			}
			if want := Initials(term.ZH); want != term.Initials && exceptions[term.ZH] != term.Initials {
				t.Errorf("%s: %s has the initials %s, read %s", code, term.ZH, term.Initials, want)
			}
			if _, ok := NewPinyin(term.ZH).Match(term.Initials); !ok {
				t.Errorf("%s: %s is not found by %s", code, term.ZH, term.Initials)
			}
		}
	}
}
