package model

// MeetingRule says how often a Party branch holds a kind of meeting 三会一课.
type MeetingRule struct {
	Type  string // a term of MTYPE
	Times int    // a year, at least
	Basis Words
}

// branchRules is the basis of all that are built in: chapter 4 of the rules.
var branchRules = W("《中国共产党支部工作条例（试行）》第四章", "Rules on the work of Party branches (trial), ch. 4")

// MeetingRules are the rules as built in; an office changes the numbers in its
// settings (Deadlines.Meetings).
var MeetingRules = []MeetingRule{
	{"党员大会", 4, branchRules},
	{"支委会", 12, branchRules},
	{"党小组会", 12, branchRules},
	{"主题党日", 12, branchRules},
	{"党课", 1, branchRules},
	{"组织生活会", 1, branchRules},
	{"民主评议", 1, branchRules},
	{"谈心谈话", 1, branchRules},
}
