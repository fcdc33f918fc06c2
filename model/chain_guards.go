package model

import (
	"slices"
	"strings"
)

// needsSupervisors reports whether the item is one that the supervisors see.
func needsSupervisors(r *Record, c *Context) bool {
	item := c.at(IssueItem.Of(r))
	return item != nil && CatalogueSupervisors.Of(item)
}

// Who may, beyond the roles.

func mayDraft(r *Record, c *Context) error {
	me := c.actorRef()
	item := c.at(IssueItem.Of(r))
	if slices.Contains(issueAuthors(r), me) || item != nil && CatalogueDrafter.Of(item) == me {
		return nil
	}
	return stepError(StepDenied, "只有拟稿人或目录项的责任人可以这样做", "only the drafter, or who is responsible for the item, may do this")
}

// apart refuses whoever had a hand in it, as the size of the office has it.
func apart(r *Record, c *Context, hands []Ref, zh, en string) error {
	if c.Schema.Office() == OfficeOne || !slices.Contains(hands, c.actorRef()) {
		return nil
	}
	return stepError(StepDenied, zh, en)
}

func mayReview(r *Record, c *Context) error {
	if c.Schema.Office() == OfficeTwo {
		return nil
	}
	return apart(r, c, issueAuthors(r), "您拟过或改过这一期，不能再审核它。请另一位审核人办理", "you wrote or changed this issue and cannot review it; another reviewer must")
}

func maySupervise(r *Record, c *Context) error {
	if c.Schema.Office() == OfficeTwo {
		return nil
	}
	return apart(r, c, issueAuthors(r), "您拟过或改过这一期，不能代表居监委同意。请另一位成员办理", "you wrote or changed this issue and cannot agree for the supervisors; another member must")
}

func mayApprove(r *Record, c *Context) error {
	if c.Schema.Office() == OfficeTwo {
		return apart(r, c, []Ref{signer(r, "drafted")}, "您是这一期的拟稿人，不能审批它。请另一位审批人办理", "you drafted this issue and cannot approve it; another approver must")
	}
	if err := apart(r, c, issueAuthors(r), "您拟过或改过这一期，不能审批它。请另一位审批人办理", "you wrote or changed this issue and cannot approve it; another approver must"); err != nil {
		return err
	}
	return apart(r, c, []Ref{signer(r, "reviewed")}, "您审核过这一期，不能再审批它。请另一位审批人办理", "you reviewed this issue and cannot approve it; another approver must")
}

// mayLetStand is the rule of approving, asked before a file is written.
func mayLetStand(r *Record, c *Context) error {
	if !c.Actor.Is(Approver) {
		return stepError(StepDenied, "只有审批人可以放行", "only an approver may let it stand")
	}
	return mayApprove(r, c)
}

func mayReturn(r *Record, c *Context) error {
	need := map[string]Role{IssueToReview: Reviewer, IssueToSupervise: Supervisor, IssueToApprove: Approver, IssueToPost: Approver}[IssueState.Of(r)]
	if need == "" || c.Actor.Is(need) {
		return nil
	}
	return stepError(StepDenied, "这一期在等%s，只有有这项权限的人可以退回", "this issue waits for the %s; only who has that role may return it", c.termWords("ROLES", string(need)))
}

// What must be so.

func hasContent(r *Record, c *Context) error {
	if _, err := c.Poster(r, "", ZH); err != nil {
		w := AsWords(err)
		return stepError(StepClosed, "公示单出不来：%s", "the poster cannot be made: %s", w)
	}
	if IssueBody.Has(r) || IssueRows.Has(r) || IssueFinance.Has(r) {
		return nil
	}
	return stepError(StepClosed, "还没有内容：请先写公开内容或收支明细，再送审", "there is nothing to review yet: write the body or the finance lines first")
}

func notReferred(r *Record, _ *Context) error {
	if !IssueReported.Has(r) {
		return nil
	}
	return stepError(StepClosed, "已经报过上级，在等批复", "it was referred upward already and waits for the answer")
}

// signedOn is the hash that the last signature of a step was given on.
func signedOn(r *Record, step string) string {
	for _, row := range slices.Backward(IssueSignatures.Of(r)) {
		if row["step"] == step {
			sum, _ := row["sha256"].(string)
			return sum
		}
	}
	return ""
}

// publicText is the poster as it is read, each cell on a line of its own.
func publicText(r *Record, c *Context) (string, error) {
	p, err := c.Poster(r, "", ZH)
	if err != nil {
		return "", stepError(StepClosed, "公示单出不来：%s", "the poster cannot be made: %s", AsWords(err))
	}
	return strings.ReplaceAll(string(p.Content()), "\t", "\n"), nil
}

// letStand is what the approval in force let stand of the privacy check.
func letStand(r *Record) string {
	for _, row := range slices.Backward(IssueSignatures.Of(r)) {
		if row["step"] == "approve" {
			stand, _ := row["stand"].(string)
			return stand
		}
	}
	return ""
}

// sameSince refuses to sign a text that the steps before were not taken on: the
// issue's own changes void them, but its item and the places it names may change.
func sameSince(steps ...string) func(*Record, *Context) error {
	return func(r *Record, c *Context) error {
		now := SheetSum(r, c)
		for _, st := range steps {
			if st == "agree" && !needsSupervisors(r, c) {
				continue
			}
			if signedOn(r, st) != now {
				return stepError(StepClosed, "“%s”以后内容、目录项或公示单落款变了（或还没有办这一步），不能往下办。请退回重办", "the text, its item or the foot of posters changed since %s, or that step was not taken here; return it", r.Register.StepOf(st).Words)
			}
		}
		return nil
	}
}

func asApproved(r *Record, c *Context) error {
	if IssueApproved.Has(r) && !IssueSHA256.Has(r) && signedOn(r, "approve") == "" {
		return nil // approved on paper: that sheet is the proof
	}
	if sum := IssueSHA256.Of(r); sum == "" || sum != SheetSum(r, c) {
		return stepError(StepClosed, "现在的内容和批准的不是一个字不差，不能张贴。请改后重新送审", "the text is not, to the letter, what was approved; it cannot be posted. Submit it again")
	}
	return nil
}

func onPaper(r *Record, c *Context) error {
	if freeIssue(r, c) {
		return nil
	}
	return stepError(StepClosed, "只有目录项登记到本台账以前就结束的期可以按纸质登记；这一期请走审批步骤", "only periods that ended before the item was entered here may be taken from paper; this one goes through the steps")
}

func notCorrected(r *Record, c *Context) error {
	for _, id := range c.Book.Referring(r.Register.Key, r.ID) {
		if o := c.Book.Record(id); o != nil && o.State.Live() && IssueCorrects.Of(o).ID == r.ID {
			return stepError(StepClosed, "%s 已由 %s 更正，请改那一稿", "%s is corrected by %s already; change that one", r.ID, id)
		}
	}
	return nil
}

// What the steps do.
