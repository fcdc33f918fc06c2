package model

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// What a text says of somebody's health, and of children. Words of illness are
// ordinary in notices (义诊, 助残日, 残疾人补贴); they are found where they tell of
// a person.

// illness is a word of illness or disability.
const illness = `(?:[肝肺胃肠脑骨血喉肾]癌|乳腺癌|食管癌|宫颈癌|癌症|恶性肿瘤|肿瘤|白血病|尿毒症|艾滋病|精神分裂症|抑郁症|糖尿病|高血压|心脏病|冠心病|脑梗塞?|脑出血|中风|偏瘫|瘫痪|肝硬化|肾衰竭|肺结核|帕金森|老年痴呆|阿尔茨海默|癫痫|自闭症|红斑狼疮|重病|大病|绝症|残疾|失明|失聪|聋哑|智障|精神病)`

// healthAlways tell of a person wherever they stand.
var healthAlways = sync.OnceValue(func() *regexp.Regexp {
	const kind = `(?:视力|听力|言语|肢体|智力|精神|多重)`
	return regexp.MustCompile(`[一二三四1-4１-４]级` + kind + `?残疾|` + kind + `残疾[（( ]?[一二三四1-4１-４]级|` +
		`(?:癌|瘤|病|症)[早中晚]期|患[了上]` + illness + `|患(?:[肝肺胃肠脑骨血喉肾]癌|乳腺癌|食管癌|宫颈癌|癌症|白血病|尿毒症|艾滋病)|(?:身患|患有|确诊为?|罹患)` + `[^。；，,\n]{0,8}?(?:癌|瘤|病|症|炎|` + illness + `)|(?:透析|化疗|放疗)(?:治疗)?(?:中|费用|期间)|卧病在床|瘫痪在床|长期卧床`)
})

var illnessWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(illness) })

// ofEverybody makes a word of illness one of a talk, a service or a rule.
var ofEverybody = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`筛查|讲座|预防|义诊|宣传|知识|防治|科普|宣讲|培训|咨询|政策|标准|条件|办法|医保|保险|助残|残联|残疾人(?:联合会|之家|两项|补贴|证|工作|事业|协会|日|家庭|朋友|就业)`)
})

// starredName is somebody, masked as this program does it.
var starredName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\p{Han}{1,2}\*{1,3}\p{Han}?|\p{Han}[某×]{1,2}`)
})

// childWords is the age of a child, or the school of one.
var childWords = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[^0-9０-９])(?:1[0-7]|[1-9]|１[０-７]|[１-９]|[一二三四五六七八九十]|十[一二三四五六七])(?:周?岁)|(?:小学|初中|高中|幼儿园)(?:[一二三四五六]年级)?`)
})

// checkPersonal goes sentence by sentence: what stands beside a name, masked or
// found before, is about that person.
func checkPersonal(text string, found []Finding, add func(LintKind, int, int)) {
	var persons []int // where somebody stands, in order
	for _, f := range found {
		if f.Kind == LintName || f.Kind == LintMinor || f.Kind == LintID || f.Kind == LintMobile {
			persons = append(persons, f.At)
		}
	}
	slices.Sort(persons)
	from := 0
	for from < len(text) {
		end := len(text)
		if i := strings.IndexAny(text[from:], "。；;！？!?\n"); i >= 0 {
			end = from + i
		}
		sentence := text[from:end]
		hit := func(k LintKind, at []int) { add(k, from+at[0], from+at[1]) }
		named := starredName().MatchString(sentence)
		for len(persons) > 0 && persons[0] < end {
			named = named || persons[0] >= from
			persons = persons[1:]
		}
		if at := healthAlways().FindStringIndex(sentence); at != nil {
			hit(LintHealth, at)
		} else if at := illnessWord().FindStringIndex(sentence); at != nil && named {
			hit(LintHealth, at)
		} else if at != nil && !ofEverybody().MatchString(sentence) && strings.HasPrefix(sentence[at[1]:], "晚期") {
			hit(LintHealth, at)
		}
		if named {
			if at := childWords().FindStringIndex(sentence); at != nil {
				hit(LintMinor, at)
			}
		}
		from = end
		for from < len(text) && !isRuneStart(text[from]) {
			from++
		}
		from += sizeAt(text, from)
	}
}

func isRuneStart(b byte) bool { return b&0xC0 != 0x80 }

// sizeAt is the size of the rune at a byte, 1 at the end.
func sizeAt(s string, i int) int {
	for j := range s[min(i, len(s)):] {
		if j > 0 {
			return j
		}
	}
	return max(1, len(s)-i)
}
