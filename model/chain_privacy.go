package model

import (
	"fmt"
	"slices"
	"strings"
)

// Privacy is what a step does about the privacy check of what the public will
// read. What tells of a child or of somebody's health stops each of them.
type Privacy uint8

// The kinds of check.
const (
	PrivacyNone  Privacy = iota
	PrivacyNever         // only what nobody may let stand stops it
	PrivacyAsk           // who signs gives a reason for what was found
	PrivacyHeld          // what was found must be what the approver let stand
)

// Lint is the privacy check with everybody on file; scan gives the final records
// of a register.
func (c *Context) Lint(scan func(register string, fn func(*Record) error) error) (*Lint, error) {
	lint := NewLint(c.Today())
	for _, part := range []struct {
		register string
		add      func(*Record)
	}{
		{Person.Key, lint.AddPerson},
		{Household.Key, func(r *Record) { lint.AddAddress(c.Address(r)) }},
		{Staff.Key, func(r *Record) { lint.Allow(StaffName.Of(r)) }},
		{Venue.Key, func(r *Record) { lint.Allow(VenuePlace.Of(r)) }},
	} {
		err := scan(part.register, func(r *Record) error {
			part.add(r)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	n := c.Schema.Notice()
	lint.Allow(n.Phone)
	lint.Allow(n.Box)
	return lint, nil
}

// checkStep refuses a step on a text that must not be public. What is let stand
// is returned, as the signature keeps it: kinds and numbers, no values.
func (c *Context) checkStep(st *Step, r *Record, reason string) (stand string, err error) {
	if st.Privacy == PrivacyNone || c.Everybody == nil || r.Register.Chain.Public == nil {
		return "", nil
	}
	text, err := r.Register.Chain.Public(r, c)
	if err != nil || text == "" {
		return "", err
	}
	lint, err := c.Everybody()
	if err != nil {
		return "", err
	}
	lint = lint.For(r)
	found := lint.Check(text)
	if len(found) == 0 {
		return "", nil
	}
	if slices.ContainsFunc(found, func(f Finding) bool { return !f.Kind.Overridable() }) {
		return "", stepError(StepDenied, "隐私检查：公示的内容里有未成年人或健康信息，谁都不能放行，请先改内容。%s", "privacy check: the text tells of a minor or of somebody's health; nobody may let that pass, change it first. %s", foundWords(found))
	}
	stand = privacyCounts(found)
	switch {
	case st.Privacy == PrivacyHeld && r.Register.Chain.Stand(r) != stand:
		return "", stepError(StepClosed, "隐私检查：审批人没有放行这些内容，请退回修改后重新送审。%s", "privacy check: the approver did not let this stand; return it and submit it again. %s", foundWords(found))
	case st.Privacy != PrivacyAsk:
	case Characters(reason) < ReasonLeast:
		return "", stepError(StepLacking, "隐私检查：发现%d处不宜公开，请退回修改；确实要公开的写明理由，至少%d个字。%s", "privacy check: %d things should not be public; return it, or give a reason of at least %d characters. %s", len(found), ReasonLeast, foundWords(found))
	case len(lint.Check(reason)) > 0:
		return "", stepError(StepLacking, "隐私检查：理由里不要写姓名、号码和住址", "privacy check: a reason must hold no name, number or address")
	}
	if st.Privacy != PrivacyAsk { // lets nothing stand
		stand = ""
	}
	return stand, nil
}

// For is the check for who reads the record: in what is disclosed to members of
// the Party the names of members may stand, and nothing else that is personal.
func (l *Lint) For(r *Record) *Lint {
	if r == nil || r.Register.Chain == nil || r.Register.Chain.Members == nil || !r.Register.Chain.Members(r) {
		return l
	}
	inner := *l
	inner.inner = true
	return &inner
}

// Stood reports whether the approval of a record let stand what is found in a
// file of it, and it is still, to the letter, what was approved.
func (c *Context) Stood(r *Record, found []Finding) bool {
	ch := r.Register.Chain
	return ch != nil && ch.Stand != nil && len(found) > 0 && ch.Stand(r) == privacyCounts(found) && ch.Approved(r, c) == nil
}

// MayLetStand says why the actor must not let pass what the privacy check finds
// in a file, of the record if it is one's poster; nil: she may, with reasons.
func (c *Context) MayLetStand(r *Record) error {
	if r != nil && r.Register.Chain != nil && r.Register.Chain.MayStand != nil {
		return r.Register.Chain.MayStand(r, c)
	}
	if !c.Actor.Is(Approver) {
		return Problemf("只有审批人可以放行", "only an approver may let it stand")
	}
	return nil
}

// privacyCounts counts what was found by its kind: 手机号2、楼栋门牌1.
func privacyCounts(found []Finding) string {
	count := map[LintKind]int{}
	for _, f := range found {
		count[f.Kind]++
	}
	var parts []string
	for k := range lintWords {
		if n := count[LintKind(k)]; n > 0 {
			parts = append(parts, fmt.Sprint(LintKind(k).Words().ZH, n))
		}
	}
	return strings.Join(parts, "、")
}

// foundShown is how many of the things found a sentence lists.
const foundShown = 5

// foundWords lists what was found, masked.
func foundWords(found []Finding) (out Words) {
	for i, f := range found[:min(len(found), foundShown)] {
		if i > 0 {
			out.ZH, out.EN = out.ZH+"；", out.EN+"; "
		}
		out.ZH, out.EN = out.ZH+f.Kind.Words().ZH+" "+f.Masked, out.EN+f.Kind.Words().EN+" "+f.Masked
	}
	if len(found) > foundShown {
		out.ZH, out.EN = out.ZH+"……", out.EN+" …"
	}
	return out
}
