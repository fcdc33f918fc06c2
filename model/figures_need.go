package model

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

// satisfied 满意 is said of the two better answers of vocabulary SAT.
func satisfied(answer string) bool { return answer == "满意" || answer == "基本满意" }

// needOnTime: solved by the day it was due.
func needOnTime(r *Record) bool {
	closed := NeedClosedOn.Of(r)
	return needSolved(r) && !closed.IsZero() && !closed.Last().After(NeedDue.Of(r).Last())
}

// needRevisited: solved, and asked afterwards.
func needRevisited(r *Record) bool {
	return needSolved(r) && (NeedRevisitOn.Has(r) || NeedSatisfaction.Has(r))
}

// needSatisfied: solved, and satisfied or fairly so.
func needSatisfied(r *Record) bool {
	return needSolved(r) && satisfied(NeedSatisfaction.Of(r))
}
