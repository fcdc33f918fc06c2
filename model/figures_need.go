package model

import "strconv"

// NeedFigures count what residents asked for in the period, by the day they did,
// and what has become of it since.
type NeedFigures struct {
	Raised    int64            `json:"raised"`    // 收集
	Solved    int64            `json:"solved"`    // 解决
	OnTime    int64            `json:"on_time"`   // of those solved, within their due date
	Revisited int64            `json:"revisited"` // of those solved, asked afterwards
	Satisfied int64            `json:"satisfied"` // of those asked, satisfied or fairly so
	ByTopic   map[string]int64 `json:"by_topic"`
	ByState   map[string]int64 `json:"by_state"`
}

// satisfied are the answers of vocabulary SAT that count as such.
var satisfied = []string{"满意", "基本满意"}

func (n *NeedFigures) add(r *Record) {
	n.Raised++
	n.ByTopic[NeedTopic.Of(r)]++
	n.ByState[NeedState.Of(r)]++
	if !needSolved(r) {
		return
	}
	n.Solved++
	if closed := NeedClosedOn.Of(r); !closed.IsZero() && !closed.Last().After(NeedDue.Of(r).Last()) {
		n.OnTime++
	}
	if NeedRevisitOn.Has(r) || NeedSatisfaction.Has(r) {
		n.Revisited++
	}
	if contains(satisfied, NeedSatisfaction.Of(r)) {
		n.Satisfied++
	}
}

// rows lists them for people; nothing where nobody asked for anything.
func (n *NeedFigures) rows(c *Context, put func(section, label, unit Words, value string)) {
	if n.Raised == 0 {
		return
	}
	number := func(k int64) string { return strconv.FormatInt(k, 10) }
	section, cases := W("诉求", "Needs"), W("件", "cases")
	for _, line := range []struct {
		label Words
		n, of int64
		share Words
	}{
		{W("收集", "raised"), n.Raised, 0, Words{}},
		{W("解决", "solved"), n.Solved, n.Raised, W("占收集", "of those raised")},
		{W("按期解决", "solved on time"), n.OnTime, n.Solved, W("占解决", "of those solved")},
		{W("已回访", "called back"), n.Revisited, n.Solved, W("占解决", "of those solved")},
		{W("回访满意", "satisfied"), n.Satisfied, n.Revisited, W("占回访", "of those called back")},
	} {
		put(section, line.label, cases, number(line.n))
		if line.of > 0 {
			put(section, line.label, line.share, Percent(line.n, line.of))
		}
	}
	for _, part := range []struct {
		heading Words
		vocab   string
		counts  map[string]int64
	}{
		{W("诉求：归类", "Needs by topic"), "TOPIC", n.ByTopic},
		{W("诉求：状态", "Needs by state"), "NSTATE", n.ByState},
	} {
		for _, name := range inOrder(c.Schema.Vocab(part.vocab), part.counts) {
			put(part.heading, c.termWords(part.vocab, name), cases, number(part.counts[name]))
		}
	}
}
