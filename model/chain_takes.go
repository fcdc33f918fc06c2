package model

import (
	"slices"
)

// sign enters the actor's signature, on exactly what stands there now.
func sign(r *Record, c *Context, step, field string, in StepInput) {
	if field != "" {
		r.Set(field, c.signed())
	}
	row := Row{"step": step, "by": c.actorRef(), "on": c.Today(), "at": c.Now.In(Zone).Format("15:04"), "sha256": SheetSum(r, c)}
	if in.Reason != "" {
		row["reason"] = in.Reason
	}
	if in.stand != "" {
		row["stand"] = in.stand
	}
	IssueSignatures.Set(r, append(slices.Clip(IssueSignatures.Of(r)), row))
}

// stepTo sets the state that a step leads to, and signs.
func stepTo(r *Record, c *Context, step, state, field string, in StepInput) ([]*Record, error) {
	IssueState.Set(r, state)
	sign(r, c, step, field, in)
	return nil, nil
}

func takeNoChange(r *Record, c *Context, in StepInput) ([]*Record, error) {
	backToDraft(r)
	IssueReason.Set(r, "")
	IssueKind.Set(r, KindNoChange)
	IssueBody.Set(r, "本期无变动。"+in.Reason)
	return stepTo(r, c, "nochange", IssueDraft, "", in)
}

func takeSubmit(r *Record, c *Context, in StepInput) ([]*Record, error) {
	unsign(r)
	IssueReason.Set(r, "")
	return stepTo(r, c, "submit", IssueToReview, "drafted", in)
}

func takePass(r *Record, c *Context, in StepInput) ([]*Record, error) {
	if err := override(r, c, "pass", in.Reason); err != nil {
		return nil, err
	}
	state := IssueToApprove
	if needsSupervisors(r, c) {
		state = IssueToSupervise
	}
	return stepTo(r, c, "pass", state, "reviewed", in)
}

// override notes on the sheet why one person did what is given to several.
func override(r *Record, c *Context, step, reason string) error {
	why, err := overridden(r.Register.StepOf(step), r, c, reason)
	if err == nil && why != "" {
		IssueOverride.Set(r, why)
	}
	return err
}

func takeAgree(r *Record, c *Context, in StepInput) ([]*Record, error) {
	if err := override(r, c, "agree", in.Reason); err != nil {
		return nil, err
	}
	return stepTo(r, c, "agree", IssueToApprove, "supervised", in)
}

func takeReturn(r *Record, c *Context, in StepInput) ([]*Record, error) {
	unsign(r)
	IssueReason.Set(r, in.Reason)
	return stepTo(r, c, "return", IssueReturned, "", in)
}

func takeEscalate(r *Record, c *Context, in StepInput) ([]*Record, error) {
	return stepTo(r, c, "escalate", IssueToApprove, "reported", in)
}

func takeApprove(r *Record, c *Context, in StepInput) ([]*Record, error) {
	if IssueReported.Has(r) && in.Reason == "" {
		return nil, stepError(StepLacking, "已报上级，批准要写明上级的批复", "it was referred upward: say what the answer was")
	}
	if err := override(r, c, "approve", in.Reason); err != nil {
		return nil, err
	}
	IssueSHA256.Set(r, SheetSum(r, c))
	return stepTo(r, c, "approve", IssueToPost, "approved", in)
}

func takePost(r *Record, c *Context, in StepInput) ([]*Record, error) {
	return stepTo(r, c, "post", IssuePosted, "posted", in) // until when: fillIssue
}

func takeRemove(r *Record, c *Context, in StepInput) ([]*Record, error) {
	if until := IssueUpUntil.Of(r); in.Reason == "" && c.Today().Before(until) {
		return nil, stepError(StepLacking, "应张贴到 %s，提前撤下要写明理由", "it hangs until %s; taking it down before needs a reason", until.String())
	}
	return stepTo(r, c, "remove", IssueTakenDown, "removed", in)
}

func takeRepost(r *Record, c *Context, in StepInput) ([]*Record, error) {
	if in.Values["up_until"] == nil {
		days := 7
		if item := c.at(IssueItem.Of(r)); item != nil && CatalogueMinDays.Has(item) {
			days = int(CatalogueMinDays.Of(item))
		}
		IssueUpUntil.Set(r, c.Today().AddDays(days))
	}
	r.Set(IssueRemoved.Key(), nil)
	return stepTo(r, c, "repost", IssuePosted, "", in)
}

// takeCorrect makes the next version of what was made public. The old one keeps
// its text and its signatures and is marked.
func takeCorrect(r *Record, c *Context, in StepInput) ([]*Record, error) {
	next := NewRecord(r.Register)
	for _, f := range r.Register.Fields {
		if published(f) && !f.Chained {
			next.Set(f.Key, r.Get(f.Key))
		}
	}
	IssueKind.Set(next, KindCorrection)
	IssueState.Set(next, IssueDraft)
	IssueVersion.Set(next, max(1, IssueVersion.Of(r))+1)
	IssueCorrects.Set(next, Ref{ID: r.ID})
	IssueCorrection.Set(next, in.Reason)
	IssueAuthors.Set(next, issueAuthors(r))
	_, err := stepTo(r, c, "correct", IssueSuperseded, "", in)
	return []*Record{next}, err
}

func takeVoid(r *Record, c *Context, in StepInput) ([]*Record, error) {
	r.State = Void
	return stepTo(r, c, "void", IssueVoid, "", in)
}

func takeArchive(r *Record, c *Context, in StepInput) ([]*Record, error) {
	return stepTo(r, c, "archive", IssueArchived, "", in)
}

// takePaper enters what stands on the paper sheet, as it was given.
func takePaper(*Record, *Context, StepInput) ([]*Record, error) { return nil, nil }
