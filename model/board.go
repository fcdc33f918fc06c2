package model

import "slices"

// What the board of disclosures shows of a slot, and how the next issue begins.

// issueSigns are a sign for each state that fits a cell of the board, one
// character in Chinese and in English.
var issueSigns = map[string]Words{
	IssueNotStarted: {"未", "-"}, IssueDraft: {"稿", "D"}, IssueReturned: {"退", "R"}, IssueToReview: {"审", "r"},
	IssueToSupervise: {"监", "s"}, IssueToApprove: {"批", "a"}, IssueToPost: {"贴", "p"}, IssuePosted: {"挂", "U"},
	IssueExpired: {"满", "E"}, IssueTakenDown: {"撤", "T"}, IssueArchived: {"归", "A"}, IssueSuperseded: {"更", "C"}, IssueVoid: {"作", "V"},
}

// Sign is the state of the slot in one character; a notice that nothing changed
// has its own.
func (s *Slot) Sign() Words {
	if s.Issue != nil && IssueKind.Of(s.Issue) == KindNoChange && !s.Posted.IsZero() {
		return W("无", "N")
	}
	return issueSigns[s.State]
}

// IssueSigns lists the signs in the order of an issue's life, for a legend.
func IssueSigns() (signs []Words, states []string) {
	for _, state := range []string{IssueNotStarted, IssueDraft, IssueReturned, IssueToReview, IssueToSupervise, IssueToApprove, IssueToPost, IssuePosted, IssueExpired, IssueTakenDown, IssueArchived} {
		signs, states = append(signs, issueSigns[state]), append(states, state)
	}
	return signs, states
}

// Who is responsible for the next step of the slot, as the catalogue says; blank
// where it is nobody in particular.
func (s *Slot) Who() Ref {
	switch {
	case s.Item == nil || s.State == IssueToSupervise:
		return Ref{}
	case s.State == IssueToReview:
		return CatalogueReviewer.Of(s.Item)
	case s.State == IssueToApprove:
		return CatalogueApprover.Of(s.Item)
	}
	return CatalogueDrafter.Of(s.Item)
}

// ToTakeDown reports a slot that hung long enough and still hangs.
func (s *Slot) ToTakeDown() bool { return s.State == IssueExpired }

// ToRepost reports a slot that was taken down before it hung as long as it had
// to: it is to be posted again.
func (s *Slot) ToRepost() bool {
	if s.Issue == nil || s.State != IssueTakenDown {
		return false
	}
	down, _ := One(IssueRemoved.Of(s.Issue))["on"].(Date)
	until := IssueUpUntil.Of(s.Issue)
	return !down.IsZero() && !until.IsZero() && down.Before(until)
}

// CarryIssue is what a new issue of an item begins with: what the one before it
// said, how and where it was made public, and the heads of its accounts. What
// was counted, dated or signed is not carried.
func CarryIssue(item *Record, period PeriodKey, last *Record) Values {
	out := Values{IssueItem.Key(): Ref{ID: item.ID}, IssuePeriod.Key(): period}
	if last == nil {
		return out
	}
	for _, h := range []interface{ Key() string }{IssueBody, IssueRows, IssueScope, IssueForms, IssueBoards} {
		if v := last.Get(h.Key()); !Blank(v) {
			out[h.Key()] = v
		}
	}
	var heads []Row
	for _, row := range IssueFinance.Of(last) {
		head := Row{}
		for k, v := range row {
			head[k] = v
		}
		for _, key := range []string{"date", "amount", "voucher_no", "opinion"} {
			delete(head, key)
		}
		heads = append(heads, head)
	}
	if heads != nil {
		out[IssueFinance.Key()] = heads
	}
	return out
}

// Archived lists the slots that are put away, the latest first.
func (b *Board) Archived() []*Slot {
	return b.pick(func(s *Slot) bool { return s.State == IssueArchived })
}

// Down lists what is to be taken down, then what was taken down too early.
func (b *Board) Down() []*Slot {
	out := b.pick((*Slot).ToTakeDown)
	return append(out, b.pick((*Slot).ToRepost)...)
}

func (b *Board) pick(want func(*Slot) bool) []*Slot {
	var out []*Slot
	for _, s := range b.Slots() {
		if want(s) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, c *Slot) int { return c.Due.Compare(a.Due) })
	return out
}

// boardView is the screen of both the catalogue and its issues.
var boardView = View{"board", W("公开看板", "board"), W("目录逐项逐期一张表：到期、逾期、挂着的、该撤下的", "every item and period in one table: due, overdue, posted, to be taken down")}
