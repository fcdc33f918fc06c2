package db

import (
	"bytes"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"taizhang/model"
)

// needle is a text that is looked for, made ready.
type needle struct {
	text   []byte // folded
	exact  bool   // no other character folds to one of its own: bytes can be compared
	grams  []uint64
	pinyin string // the same, if it may be pinyin
	plan   pinyinPlan
	buf    []byte
}

func newNeedle(typed string) *needle {
	folded := fold(strings.ToValidUTF8(typed, ""))
	n := &needle{text: []byte(folded), exact: true, grams: neededGrams(folded)}
	letters := false
	for _, r := range folded {
		n.exact = n.exact && unicode.Is(unicode.Han, r)
		letters = letters || r >= 'a' && r <= 'z'
	}
	if letters && len(folded) > 1 && len(folded) <= mostPinyin {
		n.pinyin = folded
		n.plan = planPinyin(folded)
	}
	return n
}

// mostPinyin is the longest query that model.Pinyin follows, in bytes.
const mostPinyin = 63

// in reports whether a stored text holds the needle.
func (n *needle) in(s []byte) bool {
	if n.exact || !folds(s) {
		return bytes.Contains(s, n.text)
	}
	n.buf = n.buf[:0]
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRune(s[i:])
		i += size
		n.buf = utf8.AppendRune(n.buf, foldRune(r))
	}
	return bytes.Contains(n.buf, n.text)
}

// soundsIn reports whether a stored text answers to the needle as pinyin.
func (n *needle) soundsIn(s []byte) bool {
	if n.pinyin == "" || !n.plan.begins(s) || utf8.RuneCount(s) > longestPinyin {
		return false
	}
	_, ok := model.NewPinyin(string(s)).Match(n.pinyin)
	return ok
}

// mayBeIn reports whether a block may hold the needle as text.
func (n *needle) mayBeIn(f filter) bool { return hasAll(f, n.grams) }

// maySoundIn reports whether a block may hold text that answers to the needle
// as pinyin.
func (n *needle) maySoundIn(f filter) bool { return n.pinyin != "" && n.plan.may(f) }

func hasAll(f filter, grams []uint64) bool {
	for _, h := range grams {
		if !f.has(h) {
			return false
		}
	}
	return true
}

// A pinyin query can be cut into characters in many ways: xian is 先 or 西安 or
// x-i-a-n. pinyinPlan lists for each place what one character can use up, and
// what the filter must then know: the syllable, and the run of initials.
type pinyinPlan struct {
	steps  [][]pinyinStep // by place in the query
	cannot bool           // the query holds what filters do not see
}

type pinyinStep struct {
	length int
	symbol rune
	any    []string // whole syllables of which it is one; nil: an initial or what stands for itself
}

func planPinyin(q string) pinyinPlan {
	// As model.Pinyin reads a query: without apostrophes, ü as v.
	q = strings.NewReplacer("'", "", "’", "", " ", "", "ü", "v").Replace(q)
	p := pinyinPlan{steps: make([][]pinyinStep, len(q))}
	for at := range len(q) {
		if !utf8.RuneStart(q[at]) {
			continue
		}
		rest := q[at:]
		c := rest[0]
		if c < 'a' || c > 'z' {
			r, size := utf8.DecodeRuneInString(rest)
			var buf [8]rune
			symbol, _, silent := symbols(buf[:], r)
			p.cannot = p.cannot || silent
			p.steps[at] = []pinyinStep{{length: size, symbol: symbol[0]}}
			continue
		}
		steps := []pinyinStep{{length: 1, symbol: rune(c)}}
		if len(rest) > 1 && rest[1] == 'h' && (c == 'z' || c == 'c' || c == 's') {
			steps = append(steps, pinyinStep{length: 2, symbol: rune(c)})
		}
		unfinished := pinyinStep{length: len(rest), symbol: rune(c)}
		for _, s := range syllables[c] {
			switch {
			case len(s) == 1:
			case strings.HasPrefix(rest, s):
				steps = append(steps, pinyinStep{len(s), rune(c), []string{s}})
			case strings.HasPrefix(s, rest):
				unfinished.any = append(unfinished.any, s)
			}
		}
		if unfinished.any != nil {
			steps = append(steps, unfinished)
		}
		p.steps[at] = steps
	}
	return p
}

// mostTries ends the search for a cut: a filter that lets so many through says
// nothing.
const mostTries = 1000

func (p *pinyinPlan) may(f filter) bool {
	if p.cannot {
		return true
	}
	tries := 0
	var follow func(at int, a, b, c rune, before string) bool
	follow = func(at int, a, b, c rune, before string) bool {
		if at == len(p.steps) {
			return true
		}
		if tries++; tries > mostTries {
			return true
		}
		for _, st := range p.steps[at] {
			if c != 0 && !f.has(hashInitials(a, b, c, st.symbol)) {
				continue
			}
			if st.any == nil && follow(at+st.length, b, c, st.symbol, "") {
				return true
			}
			for _, s := range st.any {
				if f.has(hashSyllable(s)) && (before == "" || f.has(hashSyllables(before, s))) && follow(at+st.length, b, c, st.symbol, s) {
					return true
				}
			}
		}
		return false
	}
	return follow(0, 0, 0, 0, "")
}

// begins reports whether two characters in a text can be the first two of the
// query: a quick way to pass over most texts.
func (p *pinyinPlan) begins(s []byte) bool {
	if p.cannot || len(p.steps) == 0 {
		return true
	}
	before := false // the character before can be the first
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(s[i:])
		}
		i += n
		self, readings, silent := model.Glyph(r)
		if silent {
			continue
		}
		is := func(symbol rune) bool {
			for _, s := range readings {
				if rune(s[0]) == symbol {
					return true
				}
			}
			return self == symbol
		}
		if before {
			for _, st := range p.steps[0] {
				if st.length == len(p.steps) {
					continue
				}
				for _, next := range p.steps[st.length] {
					if is(next.symbol) {
						return true
					}
				}
			}
		}
		before = false
		for _, st := range p.steps[0] {
			if is(st.symbol) {
				if st.length == len(p.steps) {
					return true
				}
				before = true
			}
		}
	}
	return false
}

// syllables are all that the dictionary gives to a character, by first letter.
var syllables = func() (by [128][]string) {
	for s := range strings.FieldsSeq(`
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biang biao bie bin bing bo bong bu ca cai can cang cao ce cei
cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou
cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die din ding diu dong dou du duan dui dun duo e
ei en eng er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang
gui gun guo ha hai han hang hao he hei hen heng hm hng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang
jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun
kuo la lai lan lang lao le lei len leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve m ma
mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu n na nai nan nang nao ne nei nen neng ng ni nia
nian niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie
pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru
rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua
shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te tei teng ti tian tiao tie ting
tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wong wu xi xia xian xiang xiao xie xin xing xiong xiu xu
xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai
zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui
zun zuo`) {
		by[s[0]] = append(by[s[0]], s)
	}
	return by
}()

// names are the records whose name holds a needle, so that what refers to them
// is found too.
type names struct {
	needle    *needle
	registers []*model.Register
	ids       map[string]bool
	many      bool // more than mostNames: each name that a record refers to is looked at instead
	seen      map[string]bool
	next      []byte // where to go on in the index of names
}

// mostNames bounds how many names are looked up beforehand. When a text is in
// more names than that, there are hits among the newest records.
var mostNames = 2000 // tests change it, and the next

// mostDirect is up to how many records are read to find the hits among them
// without going through the date index.
var mostDirect = 16384

// newNames begins the search for the needle in the names of registers, and of
// those that they have their names of, as a household of its head. Only
// registers that are open count.
func (s *Snapshot) newNames(n *needle, registers []*model.Register, open func(*model.Register) bool) *names {
	found := &names{needle: n, ids: map[string]bool{}, seen: map[string]bool{}}
	for _, reg := range registers {
		named := []*model.Register{reg}
		if f := reg.Field(reg.NameField); f != nil {
			named = append(named, s.targets([]*model.Field{f})...)
		}
		for _, reg := range named {
			if !slices.Contains(found.registers, reg) && reg.Field(reg.NameField) != nil && open(reg) {
				found.registers = append(found.registers, reg)
			}
		}
	}
	return found
}

// derive finds what has its name of a record that was found, when all registers
// have been looked through.
func (f *names) derive(s *Snapshot) {
	for _, reg := range f.registers {
		if name := reg.Field(reg.NameField); name.Type != model.TypeRef || f.many {
			continue
		}
		for id := range f.ids {
			for _, from := range s.Referring(reg.Key, id) {
				if s.namedBy(reg, from, id) {
					f.ids[from] = true
				}
			}
		}
	}
	f.many = f.many || len(f.ids) > mostNames
}

// namedBy reports whether a record has its name of another.
func (s *Snapshot) namedBy(reg *model.Register, id, target string) bool {
	_, raw := s.find(id)
	var one [1][]byte
	ref, _ := decodeRef(fields(raw, one[:], reg.NameField)[0])
	return ref.ID == target && liveRecord(raw)
}

// look looks through the names of one register: those of the few blocks that
// may hold it, or all of them in their index. It is not done when the time is
// up, which the zero time never is.
func (f *names) look(s *Snapshot, reg *model.Register, stop time.Time) (done bool) {
	if f.many {
		return true
	}
	n := f.needle
	may := map[uint64]bool{}
	few := false
	if b := filters(s.tx, reg); b != nil {
		candidates := 0
		eachWithPrefix(b, prefix(reg.Letter), func(k, stored []byte) bool {
			bits := readFilter(stored)
			if bits == nil {
				return true
			}
			is := n.mayBeIn(bits) || n.maySoundIn(bits)
			if may[readBlock(k)] = is; is {
				candidates++
			}
			return true
		})
		open := s.openBlocks(reg, func(block uint64) bool { _, sealed := may[block]; return sealed })
		for _, block := range open {
			may[block] = true
		}
		few = candidates<<blockBits <= mostDirect
	}
	if few {
		var one [1][]byte
		for block, is := range may {
			if !is {
				continue
			}
			_ = eachInBlock(s.tx, reg, block, func(key Key, raw []byte) error {
				if name := nameOfRaw(reg, raw, one[:]); name != nil && (n.in(name) || n.soundsIn(name)) && liveRecord(raw) {
					f.ids[key.ID(reg)] = true
				}
				return nil
			})
		}
		return true
	}
	p := prefix(reg.Letter)
	if f.next == nil {
		f.next = p
	}
	var last []byte
	holds := false
	c := s.tx.Bucket(indexName).Cursor()
	passed := 0
	for k, _ := c.Seek(f.next); bytes.HasPrefix(k, p) && !f.many; k, _ = c.Next() {
		if passed++; passed%256 == 0 && !stop.IsZero() && time.Now().After(stop) {
			f.next = bytes.Clone(k)
			return false
		}
		name := k[len(p):]
		if len(name) <= keyLength {
			continue
		}
		name = name[:len(name)-keyLength-1]
		key := readKey(k)
		if !bytes.Equal(name, last) || !holds { // another block's filter may know better
			last, holds = name, n.in(name)
			if is, sealed := may[key.block()]; !holds && (is || !sealed) {
				holds = n.soundsIn(name)
			}
		}
		if holds {
			f.ids[key.ID(reg)] = true
			f.many = len(f.ids) > mostNames
		}
	}
	f.next = nil
	return true
}

// nameOfRaw is the name that a stored record carries itself, as in nameText.
func nameOfRaw(reg *model.Register, raw []byte, one [][]byte) []byte {
	value := fields(raw, one, reg.NameField)[0]
	if value == nil {
		return nil
	}
	name, _, err := text(value)
	if err != nil {
		return nil
	}
	return name
}

// openBlocks lists the blocks of a register without a filter.
func (s *Snapshot) openBlocks(reg *model.Register, sealed func(uint64) bool) (open []uint64) {
	records := s.tx.Bucket(bucketRecords(reg.Key))
	if records == nil {
		return nil
	}
	c := records.Cursor()
	for k, _ := c.First(); len(k) == keyLength; {
		block := readKey(k).block()
		if !sealed(block) {
			open = append(open, block)
		}
		for block++; sealed(block); block++ {
		}
		k, _ = c.Seek(firstKey(block))
	}
	return open
}

// has reports whether a record that is referred to is one of them.
func (f *names) has(s *Snapshot, id string) bool {
	if !f.many {
		return f.ids[id]
	}
	is, known := f.seen[id]
	if !known {
		is = f.nameHolds(s, id, 0)
		f.seen[id] = is
	}
	return is
}

func (f *names) nameHolds(s *Snapshot, id string, depth int) bool {
	reg, raw := s.find(id)
	if raw == nil || depth > 1 || !slices.Contains(f.registers, reg) {
		return false
	}
	var one [1][]byte
	value := fields(raw, one[:], reg.NameField)[0]
	if value == nil || !liveRecord(raw) {
		return false
	}
	if ref, ok := decodeRef(value); ok {
		if ref.ID != "" {
			return f.nameHolds(s, ref.ID, depth+1)
		}
		return f.needle.in([]byte(ref.Text)) || f.needle.soundsIn([]byte(ref.Text))
	}
	return false
}

// liveRecord reports whether a stored record is neither void nor deleted.
func liveRecord(raw []byte) bool {
	live := true
	_ = eachPair(raw, func(key, value []byte) bool {
		if string(key) == "st" {
			st, _, _ := text(value)
			live = inLists(parseState(st)) && parseState(st) != model.Void
		}
		return string(key) != "st"
	})
	return live
}

// inLists reports a state in which a record stands in the indexes.
func inLists(st model.State) bool { return st != model.Deleted }

// referrers calls fn for the records that refer to one of the names.
func (f *names) referrers(s *Snapshot, fn func(letter string, key Key)) {
	for id := range f.ids {
		p := prefix(id)
		eachWithPrefix(s.tx.Bucket(indexBack), p, func(k, _ []byte) bool {
			if letter, _, ok := bytes.Cut(k[len(p):], []byte{0}); ok && len(k) >= len(p)+len(letter)+1+keyLength {
				fn(string(letter), readKey(k))
			}
			return true
		})
	}
}
