package model

import (
	"strings"
	"testing"
)

func TestPinyinMatch(t *testing.T) {
	for text, queries := range map[string]string{
		"连心社":      "lxs lianxs lianxinshe lxsh l心s LXS 连心 心社 x xs lian lia ｌｘｓ lian'xin lianxinsh",
		"重阳":       "cy zy chongyang zhongyang chy zhy zhongy",
		"单雄信":      "sxx dxx shanxx danxiongxin",
		"仇和":       "qh ch qiuhe chouhe",
		"覃辉":       "qh th qinhui tanh",
		"吕布":       "lvb lvbu lb lübu",
		"西安路":      "xianlu xal xian xianl",
		"先锋":       "xianf xf xianfeng",
		"A座3栋":     "az3d a座3 azuo3dong 3d Az３d",
		"困难党员":     "kndy kunnan dy dangyuan 党员 难d",
		"长安街":      "caj zaj changanjie",
		"重庆路":      "cql chongqinglu zql",
		"阿依古丽·买买提": "ayglmmt ayiguli mmt 买买提 aygl·m glmm",
		"John 张":   "johnz john hnzh",
		"𠮷野":       "jy 𠮷y jiye",
		"解放":       "xf jf xief",
		"曾明":       "zm cm zengm",
		"区长":       "qz oz ouc",
		"查良":       "zl cl zhal",
		"任远":       "ry reny",
		"华山":       "hs huash",
		"盖茨":       "gc gec gaic",
		"乐明":       "ym lm yuem lem",
		"朴实":       "ps piaos pus",
		"翟明":       "zm dm zhaim",
		"尉迟":       "wc yc yuchi",
		"缪明":       "mm miaom",
		"万俟明":      "mqm moqi",
	} {
		p := NewPinyin(text)
		for _, q := range strings.Fields(queries) {
			if _, ok := p.Match(q); !ok {
				t.Errorf("%s does not answer to %s", text, q)
			}
		}
	}
	for text, queries := range map[string]string{
		"连心社":  "lxz ls lianxinshee lxsx lianshe 连社 1 li心 lianxinx ianxin",
		"重阳":   "ty1 y重 cyy zho1",
		"先锋":   "xianfengg xiaf xief",
		"A座3栋": "azd a3 3栋栋",
		"困难党员": "kny knyy",
		"吕布":   "lub lvv",
		"":     "a 张",
	} {
		p := NewPinyin(text)
		for _, q := range strings.Fields(queries) {
			if _, ok := p.Match(q); ok {
				t.Errorf("%s answers to %s", text, q)
			}
		}
	}
	if score, ok := NewPinyin("张明").Match(" "); !ok || score != 0 {
		t.Error("the empty query matches everything")
	}
	if _, ok := NewPinyin(strings.Repeat("啊", 100)).Match(strings.Repeat("a", 64)); ok {
		t.Error("a query beyond the limit matches")
	}
	if _, ok := NewPinyin(strings.Repeat("啊", 100)).Match(strings.Repeat("a", 63)); !ok {
		t.Error("a query at the limit does not match")
	}
}

func TestPinyinScore(t *testing.T) {
	for _, c := range []struct{ query, better, worse string }{
		{"dy", "党员", "党员之家"}, {"dy", "党员之家", "困难党员"}, {"dy", "困难党员", "建国前老党员"}, {"党员", "党员学习", "老党员"},
	} {
		a, okA := NewPinyin(c.better).Match(c.query)
		b, okB := NewPinyin(c.worse).Match(c.query)
		if !okA || !okB || a <= b {
			t.Errorf("%s: %s scores %d, %s %d", c.query, c.better, a, c.worse, b)
		}
	}
}

func TestInitials(t *testing.T) {
	for s, want := range map[string]string{"连心社": "lxs", "A座3栋": "az3d", "困难党员": "kndy", "长安街": "caj", "张·明（大）": "zmd", "": ""} {
		if got := Initials(s); got != want {
			t.Errorf("Initials(%s) = %s, want %s", s, got, want)
		}
	}
}

func TestPinyinAllocations(t *testing.T) {
	p := NewPinyin("西安路困难党员")
	for _, q := range []string{"xianl", "kndy", "zzz", "党员"} {
		if n := testing.AllocsPerRun(100, func() { p.Match(q) }); n > 0 {
			t.Errorf("Match(%s) allocates %v times", q, n)
		}
	}
}

// names builds n different names of two and three characters.
func names(n int) []string {
	surnames, given := []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单解曾仇区查任华盖乐"), []rune("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂重阳长庆行朝")
	out := make([]string, 0, n)
	for i := 0; len(out) < n; i++ {
		s := string(surnames[i%30]) + string(given[i/30%30])
		if i%3 > 0 {
			s += string(given[i/900%30])
		}
		out = append(out, s)
	}
	return out
}

func BenchmarkNewPinyin10000(b *testing.B) {
	list := names(10_000)
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range list {
			NewPinyin(s)
		}
	}
}

func BenchmarkMatch10000(b *testing.B) {
	list := make([]Pinyin, 0, 10_000)
	for _, s := range names(10_000) {
		list = append(list, NewPinyin(s))
	}
	for _, q := range []string{"z", "zm", "zhangm", "zgq", "张"} {
		b.Run(q, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, p := range list {
					p.Match(q)
				}
			}
		})
	}
}
