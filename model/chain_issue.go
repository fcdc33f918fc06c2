package model

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"slices"
)

// The way of a disclosure 提出 → 审核 → 居监委 → 审批 → 实施 → 撤下 → 归档 (domain.md
// §8.5).

// checks are the boxes of the review.
var checks = []string{"chk_secret", "chk_masked", "chk_need", "chk_accurate"}

// whoMayEnter are the roles that may enter records at all.
var whoMayEnter = []Role{Clerk, Reviewer, Approver, Finance}

// issueSteps is the state machine, one step a line.
var issueSteps = []*Step{
	{Key: "nochange", Aside: true, Words: W("本期无变动", "No change"), From: []string{IssueDraft, IssueReturned}, To: IssueDraft,
		Who: W("录入员", "a clerk"), Roles: whoMayEnter, Reason: true, Take: takeNoChange},
	{Key: "submit", Privacy: PrivacyNever, Words: W("送审", "Submit"), From: []string{IssueDraft, IssueReturned}, To: IssueToReview,
		Who: W("拟稿人或责任人", "the drafter, or who is responsible for the item"), Roles: whoMayEnter, May: mayDraft, Open: hasContent, Take: takeSubmit},
	{Key: "pass", Privacy: PrivacyAsk, Words: W("通过", "Pass"), From: []string{IssueToReview}, To: IssueToApprove, Sees: true,
		Who: W("审核人，不能改过这一期", "a reviewer with no hand in it"), Roles: []Role{Reviewer}, Asks: checks, Needs: checks, May: mayReview, Open: sameSince("submit"), Take: takePass},
	{Key: "agree", Words: W("居监委同意", "Supervisors agree"), From: []string{IssueToSupervise}, To: IssueToApprove, Sees: true,
		Who: W("居监委成员，不能改过这一期", "a supervisor with no hand in it"), Roles: []Role{Supervisor}, Asks: []string{"sup_opinion", "meeting"}, Needs: []string{"sup_opinion"},
		May: maySupervise, Open: sameSince("submit", "pass"), Take: takeAgree},
	{Key: "return", Aside: true, Words: W("退回", "Return"), From: []string{IssueToReview, IssueToSupervise, IssueToApprove, IssueToPost}, To: IssueReturned,
		Who: W("这一步的经手人", "whoever holds it"), Roles: []Role{Reviewer, Supervisor, Approver}, Reason: true, May: mayReturn, Take: takeReturn},
	{Key: "escalate", Aside: true, Words: W("报上级", "Refer upward"), From: []string{IssueToApprove}, To: IssueToApprove, Reason: true,
		Who: W("审批人", "an approver"), Roles: []Role{Approver}, Open: notReferred, Take: takeEscalate},
	{Key: "approve", Privacy: PrivacyAsk, Words: W("批准", "Approve"), From: []string{IssueToApprove}, To: IssueToPost, Sees: true,
		Who: W("审批人，不能改过、审核过这一期", "an approver with no hand in it"), Roles: []Role{Approver}, May: mayApprove, Open: sameSince("submit", "pass", "agree"), Take: takeApprove},
	{Key: "post", Privacy: PrivacyHeld, Words: W("张贴", "Post"), From: []string{IssueToPost}, To: IssuePosted, Public: true,
		Who: W("实施人", "whoever posts it"), Roles: whoMayEnter, Asks: []string{"up_until"}, Open: asApproved, Take: takePost},
	{Key: "remove", Words: W("撤下", "Take down"), From: []string{IssuePosted, IssueExpired}, To: IssueTakenDown, Public: true,
		Who: W("实施人", "whoever takes it down"), Roles: whoMayEnter, Take: takeRemove},
	{Key: "repost", Privacy: PrivacyHeld, Words: W("重新张贴", "Post again"), From: []string{IssueExpired, IssueTakenDown}, To: IssuePosted, Public: true, Reason: true,
		Who: W("实施人", "whoever posts it"), Roles: whoMayEnter, Asks: []string{"up_until"}, Open: asApproved, Take: takeRepost},
	{Key: "correct", Aside: true, Words: W("更正", "Correct"), From: []string{IssuePosted, IssueExpired, IssueTakenDown, IssueSuperseded}, To: IssueSuperseded, Public: true, Reason: true,
		Who: W("录入员", "a clerk"), Roles: whoMayEnter, Open: notCorrected, Take: takeCorrect},
	{Key: "archive", Words: W("归档", "Archive"), From: []string{IssueTakenDown}, To: IssueArchived, Public: true,
		Who: W("录入员", "a clerk"), Roles: whoMayEnter, Asks: []string{"archive_no"}, Needs: []string{"archive_no"}, Take: takeArchive},
	{Key: "void", Aside: true, Words: W("作废", "Void"), From: []string{IssueDraft, IssueReturned}, To: IssueVoid, Reason: true,
		Who: W("拟稿人或责任人", "the drafter, or who is responsible for the item"), Roles: whoMayEnter, May: mayDraft, Take: takeVoid},
	{Key: "paper", Aside: true, Words: W("按纸质登记", "As on paper"), Who: W("录入员；目录项登记以前的期", "a clerk; of periods before the item was entered here"), Roles: whoMayEnter,
		Asks: paperKeys, Open: onPaper, Take: takePaper},
}

// paperKeys are the fields of the paper sheet, as they are copied from it.
var paperKeys = []string{"state", "drafted", "chk_secret", "chk_masked", "chk_need", "chk_accurate", "reviewed", "sup_opinion", "meeting", "approved",
	"return_reason", "posted", "up_until", "removed", "archive_no"}

// issueChain is the chain of disclosures. It is set in init: its functions speak
// of the declaration it belongs to.
func init() {
	Issue.Chain = &Chain{Steps: issueSteps, Revise: reviseIssue, Seal: sealIssue, Free: freeIssue, Sheet: issueSheet, Public: publicText, Stand: letStand, MayStand: mayLetStand, Approved: asApproved,
		Members: func(r *Record) bool { return contains(memberScopes, IssueScope.Of(r)) },
		Under: func(r *Record) bool {
			return IssueSignatures.Has(r) && !withDrafter(r) && IssueState.Of(r) != IssueVoid
		},
		State: func(r *Record, c *Context) Words { return c.termWords("DSTATE", IssueStateOn(r, c.Today())) }}
	for _, f := range Issue.Field("signatures").Sub {
		if f.Key == "step" {
			f.Means = Issue.stepMeans
		}
	}
}

// memberScopes are the terms of vocabulary SCOPE for readers who are members.
var memberScopes = []string{"党内", "本支部", "特定党员"}

// What the chain asks of an issue.
var (
	IssueAuthors    = handle[[]Ref]("issue", "authors")
	IssueSignatures = handle[[]Row]("issue", "signatures")
	IssueSHA256     = handle[string]("issue", "sha256")
	IssueCorrects   = handle[Ref]("issue", "corrects")
	IssueVersion    = handle[int64]("issue", "version")
	IssueOverride   = handle[string]("issue", "override")
	IssueSupervised = handle[[]Row]("issue", "supervised")
	IssueReported   = handle[[]Row]("issue", "reported")
	IssueRemoved    = handle[[]Row]("issue", "removed")
	IssueReason     = handle[string]("issue", "return_reason")
	IssueCorrection = handle[string]("issue", "correction")
)

// SheetContent is what an issue says in public, as bytes: the same for the same
// text whenever it is made. Everything that is published is in it: the fields
// that may be made public, with the names of what they refer to, and what is
// printed of the catalogue's item. Signatures are given on its SHA-256.
func SheetContent(r *Record, c *Context) []byte {
	out := []byte("taizhang sheet 1\x00")
	put := func(key string, v any) {
		b, err := json.Marshal(v)
		if err != nil {
			panic(err) // plain data
		}
		for _, part := range [][]byte{[]byte(key), b} {
			out = append(binary.BigEndian.AppendUint32(out, uint32(len(part))), part...)
		}
	}
	record := func(prefix string, r *Record, keep func(*Field) bool) {
		for _, f := range r.Register.Fields {
			v := r.Get(f.Key)
			if Blank(v) || !keep(f) {
				continue
			}
			put(prefix+f.Key, Plain(v))
			if refs := RefsIn(f, v); refs != nil {
				names := make([]string, len(refs))
				for i, ref := range refs {
					names[i] = c.NameOf(ref)
				}
				put(prefix+f.Key+" names", names)
			}
		}
	}
	record("", r, published)
	put("version", max(1, IssueVersion.Of(r)))
	if item := c.at(IssueItem.Of(r)); item != nil {
		record("item ", item, func(f *Field) bool { return contains(itemPrinted, f.Key) })
	}
	// The poster itself, with the rows it lists and what the settings print on it.
	if p, err := c.Poster(r, "", ZH); err == nil {
		put("poster", string(p.Content()))
	} else {
		put("poster", Say(err, ZH)) // hasContent refuses to submit it
	}
	return out
}

// itemPrinted are the fields of the catalogue's item that stand on the sheet.
var itemPrinted = []string{"no", "class", "topic1", "topic2", "basis", "body_org"}

// published reports a field that is part of what the public reads.
func published(f *Field) bool {
	return f.Stored() && (f.Class == Open || f.Class == Personal) && (!f.Chained || f.Key == IssueCorrection.Key())
}

// SheetSum is the SHA-256 of SheetContent in hexadecimal: what is signed, and
// what is compared before posting. Whoever signs other bytes changes this.
func SheetSum(r *Record, c *Context) string {
	sum := sha256.Sum256(SheetContent(r, c))
	return hex.EncodeToString(sum[:])
}

// freeIssue reports an issue whose sheet is a paper one: its period was over
// before the day on which its item was entered into this ledger.
func freeIssue(r *Record, c *Context) bool {
	item, span := c.at(IssueItem.Of(r)), IssuePeriod.Of(r).Span()
	return item != nil && !span.IsZero() && !item.Created.At.IsZero() && span.To.Before(DateOf(item.Created.At)) && !IssueSignatures.Has(r)
}

// contentChanged lists the fields of the published text that differ.
func contentChanged(r, before *Record) []string {
	var was Values
	if before != nil {
		was = before.Values
	}
	return slices.DeleteFunc(Changed(r.Register, was, r.Values), func(key string) bool {
		f := r.Register.Field(key)
		return f == nil || f.Auto || !published(f)
	})
}

// stepFor names the steps that enter a field.
func stepFor(key string) (out Words) {
	for _, st := range issueSteps {
		if st.Key == "paper" || !slices.Contains(st.Asks, key) && !contains(stepWrites[st.Key], key) {
			continue
		}
		if out.ZH != "" {
			out.ZH, out.EN = out.ZH+"、", out.EN+", "
		}
		out.ZH, out.EN = out.ZH+st.Words.ZH+" "+st.Key, out.EN+st.Key
	}
	if out.ZH == "" {
		return W("taizhang disclosure steps 列出步骤", "taizhang disclosure steps lists them")
	}
	return out
}

// stepWrites are the fields that steps fill besides those they ask for.
var stepWrites = map[string][]string{
	"submit": {"drafted"}, "pass": {"reviewed"}, "agree": {"supervised"}, "return": {"return_reason"}, "escalate": {"reported"},
	"approve": {"approved", "sha256"}, "post": {"posted"}, "remove": {"removed"}, "correct": {"corrects", "correction"},
}

// reviseIssue judges an issue that a person enters or changes.
func reviseIssue(r, before *Record, c *Context) error {
	if errs := judgeIssue(r, before, c); len(errs) > 0 {
		return errs
	}
	return nil
}

func judgeIssue(r, before *Record, c *Context) (errs Errors) {
	free := freeIssue(r, c) && (before == nil || freeIssue(before, c))
	var was Values
	if before != nil {
		was = before.Values
	}
	for _, key := range []string{"authors", "signatures"} { // nobody enters these
		r.Set(key, was[key])
	}
	if free {
		return nil
	}
	for _, key := range r.Register.ChainTouched(Changed(r.Register, was, r.Values)) {
		if before == nil && key == IssueState.Key() && IssueState.Of(r) == IssueDraft || before == nil && key == "drafted" && c.ownSignature(r.Get(key)) {
			continue
		}
		if before == nil && key == IssueVersion.Key() && IssueVersion.Of(r) == 1 {
			continue
		}
		errs = refuse(errs, r, key, "不能直接填写，由审批步骤填写：%s", "cannot be entered; a step of the approval writes it: %s", stepFor(key))
	}
	if before == nil {
		return errs
	}
	if freeIssue(before, c) && !withDrafter(r) { // signed on paper, and moved into a period that is not
		errs = refuse(errs, r, IssuePeriod.Key(), "按纸质登记的公开不能改到这一期", "what was entered from paper cannot be moved into this period")
	}
	changed := contentChanged(r, before)
	switch {
	case len(changed) == 0:
	case wasPosted(before) || IssuePostedBy.Has(before):
		for _, key := range changed {
			errs = refuse(errs, r, key, "已经公开，不能修改。请用“更正”另出一稿", "has been made public and cannot be changed; use Correct for a new version")
		}
	case !withDrafter(before) && IssueState.Of(before) != IssueVoid:
		backToDraft(r)
	}
	return errs
}

// ownSignature reports a signature of nobody but the actor, as a form offers it.
func (c *Context) ownSignature(v any) bool {
	by, _ := One(v)["by"].(Ref)
	return by == c.actorRef()
}

// backToDraft voids everything that was signed.
func backToDraft(r *Record) {
	IssueState.Set(r, IssueDraft)
	unsign(r)
}

// unsign takes back what stands on the sheet beyond the draft.
func unsign(r *Record) {
	for _, key := range append([]string{"reviewed", "supervised", "sup_opinion", "meeting", "reported", "approved", "sha256", "override"}, checks...) {
		r.Set(key, nil)
	}
}

// sealIssue keeps who wrote any of it, so that nobody has to look through its
// history.
func sealIssue(r, before *Record, c *Context) {
	if c.Way == Backdate {
		if by, _ := One(r.Get("drafted"))["by"].(Ref); !by.IsZero() && !IssueAuthors.Has(r) {
			IssueAuthors.Set(r, []Ref{by})
		}
		return
	}
	if len(contentChanged(r, before)) == 0 || c.Actor.Staff == "" {
		return
	}
	authors := issueAuthors(r)
	if before != nil {
		authors = issueAuthors(before)
		for _, a := range IssueAuthors.Of(r) {
			authors = withRef(authors, a)
		}
	}
	IssueAuthors.Set(r, withRef(authors, c.actorRef()))
}

func withRef(list []Ref, ref Ref) []Ref {
	if ref.IsZero() || slices.Contains(list, ref) {
		return list
	}
	return append(slices.Clip(list), ref)
}

// issueAuthors is everybody who wrote any of it; of an issue entered before that
// was kept, who entered it.
func issueAuthors(r *Record) []Ref {
	list := IssueAuthors.Of(r)
	if len(list) == 0 && r.Created.By != "" {
		list = withRef(list, Ref{ID: r.Created.By})
	}
	by, _ := One(r.Get("drafted"))["by"].(Ref)
	return withRef(list, by)
}

func signer(r *Record, key string) Ref {
	by, _ := One(r.Get(key))["by"].(Ref)
	return by
}

// issueSheet is the approval sheet: who signed what, when, on which text.
func issueSheet(r *Record, _ *Context) []Row {
	if rows := IssueSignatures.Of(r); len(rows) > 0 {
		return rows
	}
	var out []Row // from paper
	for _, key := range []string{"drafted", "reviewed", "supervised", "approved", "posted", "removed"} {
		if row := One(r.Get(key)); row["by"] != nil {
			out = append(out, Row{"step": key, "by": row["by"], "on": row["on"]})
		}
	}
	return out
}
