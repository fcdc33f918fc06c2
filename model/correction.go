package model

// ReasonNeeded refuses a change that is made with a reason only. Who asked for it
// may ask again with one.
type ReasonNeeded struct{ *Problem }

// Unwrap lets it pass for the Problem it is.
func (e *ReasonNeeded) Unwrap() error { return e.Problem }

// Correctable refuses to change without a reason what a record's register holds
// to be settled, such as the money of a payment that was signed for. The reason
// is kept in the journal.
func Correctable(before, after *Record, reason string) error {
	if reason != "" || before.Register.Settled == nil {
		return nil
	}
	settled := before.Register.Settled(before)
	for _, key := range Changed(before.Register, before.Values, after.Values) {
		if contains(settled, key) {
			return &ReasonNeeded{Problemf("%s %s，改“%s”要写明原因，没有保存", "%s %s: changing %s needs a reason; nothing was saved",
				before.ID, before.Register.SettledBy, before.Register.Field(key).Words)}
		}
	}
	return nil
}

// StateWords names the state of the record on screens and sheets. A payment is
// not made void but reversed 冲销: the money went out and came back in the books.
func (r *Record) StateWords() Words {
	if r.State == Void && r.Register.Paid != nil && r.Register.Paid(r) {
		return W("冲销", "reversed")
	}
	return r.State.Words()
}

// signedFor lists what is settled once the money or the goods were signed for,
// the signature itself included.
func signedFor(visit *Record) []string {
	if !givesAid(visit) || VisitReceipt.Of(visit) == "" || VisitReceipt.Of(visit) == "未签" {
		return nil
	}
	return []string{"amount", "goods", "fund", "person", "receipt"}
}
