package model

// The clock of petitions 信访工作条例 (2022).

// Bounds of the statute, in days. An office may set shorter times: Deadlines.
const (
	MostNoticeDays = 15 // written notice of acceptance or transfer (Art. 22, 23)
	MostCloseDays  = 60 // closed (Art. 34)
	MostExtension  = 30 // more, when approved, told and reasoned (Art. 34)
	reviewDays     = 30 // to ask for 复查 or 复核, and to answer (Art. 35, 36)
	objectionDays  = 5  // working days to object to a wrong referral
)

// referred 上级转办 is the channel of what was passed down.
const referred = "上级转办"

// PetitionLimit is the day on which a petition is to be closed: the due day, or
// the one it was extended to.
func PetitionLimit(r *Record) Date {
	if PetitionExtendedTo.Has(r) {
		return PetitionExtendedTo.Of(r)
	}
	return PetitionDue.Of(r)
}

// PetitionLate reports whether a petition was closed after its limit, or on the
// day is past it and open.
func PetitionLate(r *Record, on Date) bool {
	if petitionClosed(r) {
		on = PetitionRepliedOn.Of(r)
	}
	return on.After(PetitionLimit(r))
}

// PetitionStatus is how a petition stands on a day, a term of PSTATUS.
func PetitionStatus(r *Record, on Date) string {
	switch {
	case petitionClosed(r):
		return "已办结"
	case on.After(PetitionLimit(r)):
		return "已逾期"
	}
	return "办理中"
}

// objectBy is the last day to object to a referral.
func objectBy(r *Record) Date { return AddWorkingDays(PetitionDate.Of(r), objectionDays) }

// AddWorkingDays counts working days on from a day, which is not counted itself.
// Saturdays and Sundays are left out; public holidays and the working days moved
// for them are announced every November and not known here.
func AddWorkingDays(d Date, n int) Date {
	for d = d.First(); n > 0; {
		d = d.AddDays(1)
		if w := d.Weekday(); w != 0 && w != 6 {
			n--
		}
	}
	return d
}

// petitionDue are the dates to watch of a petition.
func petitionDue(r *Record, _ *Context) []Due {
	who := PetitionOwner.Of(r)
	if petitionClosed(r) {
		var out []Due
		for _, row := range PetitionReviews.Of(r) {
			asked, _ := row["asked"].(Date)
			if answered, _ := row["answered"].(Date); answered.IsZero() && !asked.IsZero() {
				out = append(out, Due{Key: "review", Day: asked.AddDays(reviewDays), Words: W("复查复核答复", "answer the review"), Who: who, Ahead: 5})
			}
		}
		return out
	}
	close := Due{Key: "close", Day: PetitionLimit(r), Words: W("办结", "close"), Who: who, Ahead: 10}
	if isExtended(r) {
		close.Words = W("延期办结", "close (extended)")
	}
	out := []Due{close}
	if !PetitionNoticedOn.Has(r) && PetitionNoticeDue.Has(r) {
		out = append(out, Due{Key: "notice", Day: PetitionNoticeDue.Of(r), Words: W("书面告知", "notify"), Who: who, Ahead: 5})
	}
	if PetitionChannel.Of(r) == referred && !PetitionNoticedOn.Has(r) && !PetitionObjectedOn.Has(r) {
		out = append(out, Due{Key: "object", Day: objectBy(r), Words: W("转办异议", "object to the referral"), Who: who, Ahead: 5, Lapses: true})
	}
	return out
}
