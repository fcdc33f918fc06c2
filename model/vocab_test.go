package model

import (
	"fmt"
	"strings"
	"testing"
)

// A refusal names a few terms and says how many there are.
func TestVocabRefusalIsShort(t *testing.T) {
	list := func(n int) *Vocab {
		v := &Vocab{}
		for i := range n {
			v.Terms = append(v.Terms, Term{ZH: fmt.Sprintf("词%d", i), EN: fmt.Sprintf("term%d", i)})
		}
		v.Terms = append(v.Terms, Term{ZH: "旧词", EN: "old", Retired: true})
		return v
	}
	for n, want := range map[int]Words{
		2:  {"“大风”不在可选范围内：词0、词1", `"大风" is not one of: term0, term1`},
		8:  {"“大风”不在可选范围内：词0、词1、词2、词3、词4、词5、词6、词7", `"大风" is not one of: term0, term1, term2, term3, term4, term5, term6, term7`},
		31: {"“大风”不在可选范围内：词0、词1、词2、词3、词4、词5、词6、词7 等 31 项", `"大风" is not one of: term0, term1, term2, term3, term4, term5, term6, term7 and 23 more`},
	} {
		_, err := list(n).Find("大风")
		if err == nil || AsWords(err) != want {
			t.Errorf("%d terms: %v; want %v", n, AsWords(err), want)
		}
	}
	for code, v := range vocabularies { // what is built in stays short, too
		if _, err := v.Find("没有这个词"); err == nil || strings.Count(Say(err, EN), ",") >= 3*mostTermsNamed {
			t.Errorf("%s: %v", code, err)
		}
	}
}
