package db

import (
	"testing"
	"unicode/utf8"

	"taizhang/model"
)

// Every syllable of the dictionary is in the list by which queries are cut, and
// what the filters make of texts is what the format says: whoever changes
// either must count up grammar, or records of before are not found.
func TestGrammarIsPinned(t *testing.T) {
	known := map[string]bool{}
	for _, list := range syllables {
		for _, s := range list {
			known[s] = true
		}
	}
	sum := uint64(0)
	for r := rune(0x2E80); r < 0x33480; r++ {
		self, readings, _ := model.Glyph(r)
		for _, s := range readings {
			if !known[s] {
				t.Errorf("%c: %s is not in the list of syllables", r, s)
			}
			sum += hashSyllable(s) * uint64(r)
		}
		sum += uint64(self) * uint64(foldRune(r))
	}
	for _, s := range []string{"重阳节 Ｈello 世界-2026", "A座3栋", "𠮷野家·店"} {
		add := func(h uint64) { sum = sum*31 + h }
		eachTextGram([]byte(s), add)
		eachPinyinGram([]byte(s), add)
	}
	if grammar != 1 || sum != 0x634b9aed23a77658 {
		t.Errorf("grammar %d: sum %#x", grammar, sum)
	}
}

// A plan never denies what model.Pinyin matches.
func TestPinyinPlan(t *testing.T) {
	for text, queries := range map[string][]string{
		"张秀英":      {"zxy", "zhangxiuying", "zhxiuy", "zhangx", "xiuyi", "xy", "秀y", "zhangxiuyin", "zhang", "zh"},
		"重庆·长安":    {"cqca", "zqza", "chongqing", "zhongqingchangan", "qingch"},
		"A座３栋 2单元": {"az3d", "3dong2dy", "a座3d"},
		"旅行 绿色":    {"lvxing", "lüx", "lxls", "lvse"},
	} {
		var grams gramSet
		eachPinyinGram([]byte(text), grams.add)
		f := grams.filter()
		for _, q := range queries {
			n := newNeedle(q)
			if !n.soundsIn([]byte(text)) {
				t.Errorf("%s is not %s", q, text)
			}
			if !n.maySoundIn(f) {
				t.Errorf("the filter denies %s in %s", q, text)
			}
		}
		for _, q := range []string{"qqq", "zhuangniu", "xyz9"} {
			if n := newNeedle(q); n.maySoundIn(f) {
				t.Errorf("the filter lets %s into %s", q, text)
			}
		}
	}
}

func FuzzReadQuery(f *testing.F) {
	for _, s := range []string{"慰问", "zxy", "a-317", "2026-317", "500.00", "1.2万", "0308", "3月8日", "2026-03", "-", "x-", "１２３ 张", "\xff", "9999999999", "2026-02-31", "12月", "0月", "0.d"} {
		f.Add(s)
	}
	schema := model.NewSchema()
	today := model.NewDate(2026, 3, 8)
	f.Fuzz(func(t *testing.T, s string) {
		words, err := readQuery(s, schema, today)
		if err != nil {
			return
		}
		text, _ := model.Clean(s)
		for _, w := range words {
			if !utf8.Valid(w.text) || len(w.text) == 0 {
				t.Fatalf("%q: word %q", s, w.text)
			}
			for _, id := range w.ids {
				if schema.OfID(id) == nil {
					t.Fatalf("%q: id %q", s, id)
				}
			}
			if w.period != nil && w.period.IsZero() {
				t.Fatalf("%q: no period", s)
			}
			var grams gramSet
			eachTextGram([]byte(text), grams.add)
			if bits := grams.filter(); len(words) == 1 && w.in([]byte(text)) && !w.mayBeIn(bits) {
				t.Fatalf("%q: the filter denies its own text", s)
			}
			if from, to, ok := w.findIn(text); ok {
				if snippet, at, end := cut(text, from, to); !utf8.ValidString(snippet) || at > end || end > len(snippet) {
					t.Fatalf("%q: %q %d %d", s, snippet, at, end)
				}
			}
		}
	})
}
