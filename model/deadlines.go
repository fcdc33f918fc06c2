package model

import (
	"cmp"
	"maps"
	"slices"
)

// Deadlines are the times that an office sets itself, shorter than the law's or
// where the law sets none. It is a part of the settings; what is 0 or missing is
// as built in.
type Deadlines struct {
	PetitionNotice int            `json:"petition_notice,omitempty"` // days to the written notice, at most 15
	PetitionClose  map[string]int `json:"petition_close,omitempty"`  // days to the close by kind, at most 60; 1: on the spot or the next day
	NeedRevisit    int            `json:"need_revisit,omitempty"`    // days from a need's solution to the call back
	Meetings       map[string]int `json:"meetings,omitempty"`        // how often a year a branch holds each kind of meeting, at least as the rules say; NoMeetings: not at all
}

// NoMeetings says that a kind of meeting is not asked for, such as those of the
// committee where branches are too small to have one.
const NoMeetings = -1

// Built in where an office sets nothing.
const (
	usualRevisit = 15 // local habit: 回访 within half a month
	mostRevisit  = 365
	mostMeetings = 366
)

var entryDeadlines = W("办理时限", "deadlines")

// readDeadlines reads the part of a settings file.
func readDeadlines(part []byte) (*Deadlines, error) {
	d := &Deadlines{}
	if err := strictJSON(part, d); err != nil {
		return nil, Problemf(`设置文件里的 deadlines 看不懂，可写：{"petition_notice": 7, "petition_close": {"咨询求助": 3}, "need_revisit": 15, "meetings": {"党课": 4}}`,
			"the settings file's deadlines cannot be read; they may hold petition_notice, petition_close, need_revisit, meetings")
	}
	return d, d.Check()
}

// Check refuses times beyond the law's, and meetings rarer than the rules say.
func (d *Deadlines) Check() error {
	if d.PetitionNotice < 0 || d.PetitionNotice > MostNoticeDays {
		return Problemf("信访书面告知期限应为1至%d天（信访工作条例第二十二条）", "the time for the notice of petitions is 1 to %d days (Regulations on petitions, art. 22)", MostNoticeDays)
	}
	if d.NeedRevisit < 0 || d.NeedRevisit > mostRevisit {
		return Problemf("需求回访期限应为1至%d天", "the time for calling back is 1 to %d days", mostRevisit)
	}
	for _, kind := range slices.Sorted(maps.Keys(d.PetitionClose)) {
		if _, ok := vocabularies["PKIND"].Term(kind); !ok {
			return Problemf("没有“%s”这种信访类别", "there is no kind of petition %q", Shorten(kind))
		}
		if n := d.PetitionClose[kind]; n < 0 || n > MostCloseDays {
			return Problemf("信访办结期限应为1至%d天（信访工作条例第三十四条）", "the time for closing petitions is 1 to %d days (Regulations on petitions, art. 34)", MostCloseDays)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(d.Meetings)) {
		at := slices.IndexFunc(MeetingRules, func(r MeetingRule) bool { return r.Type == kind })
		if at < 0 {
			return Problemf("“%s”不在三会一课里", "%q is none of the meetings that are counted", Shorten(kind))
		}
		rule := MeetingRules[at]
		if n := d.Meetings[kind]; n != NoMeetings && n != 0 && (n < rule.Times || n > mostMeetings) {
			return Problemf("%s一年应为%d至%d次（%s）", "%[1]s: %[2]d to %[3]d a year (%[4]s)", termOf("MTYPE", kind), rule.Times, mostMeetings, rule.Basis)
		}
	}
	return nil
}

// Equal says that two are the same; nil equals nil only.
func (d *Deadlines) Equal(o *Deadlines) bool {
	if d == nil || o == nil {
		return d == o
	}
	return d.PetitionNotice == o.PetitionNotice && d.NeedRevisit == o.NeedRevisit && maps.Equal(d.PetitionClose, o.PetitionClose) && maps.Equal(d.Meetings, o.Meetings)
}

// NoticeDays is how many days there are for the notice of a petition.
func (d Deadlines) NoticeDays() int { return cmp.Or(d.PetitionNotice, MostNoticeDays) }

// CloseDays is how many days there are to close a petition of a kind.
func (d Deadlines) CloseDays(kind string) int { return cmp.Or(d.PetitionClose[kind], MostCloseDays) }

// RevisitDays is how many days after its solution a need is asked about.
func (d Deadlines) RevisitDays() int { return cmp.Or(d.NeedRevisit, usualRevisit) }

// Deadlines are the times that the office set.
func (s *Schema) Deadlines() Deadlines { return s.deadlines }

// MeetingTimes is how often a year a kind of meeting is asked for; 0: it is not.
func (d Deadlines) MeetingTimes(r MeetingRule) int {
	return max(0, cmp.Or(d.Meetings[r.Type], r.Times))
}

func termOf(vocab, zh string) Words { return W(zh, vocabularies[vocab].Text(zh, EN)) }
