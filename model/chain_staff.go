package model

import (
	"regexp"
	"slices"
)

// Roles that decide about others' work are given by two: one administrator gives
// them, another confirms (safety.md §4). Where there is only one, a reason is
// kept in the journal.

// guarded are those roles.
var guarded = []Role{Reviewer, Approver, Administrator}

var fingerprint = regexp.MustCompile(`^SHA256:[A-Za-z0-9+/]{43}$`)

// Fingerprints lists the keys by which a member of staff is known to sshd.
func Fingerprints(staff *Record) (out []string) {
	for _, row := range StaffKeys.Of(staff) {
		print, _ := row["print"].(string)
		out = append(out, print)
	}
	return out
}

var staffSteps = []*Step{
	{Key: "confirm", Words: W("确认授权", "Confirm the roles"), Who: W("另一名管理员", "another administrator"), Roles: []Role{Administrator},
		Open: hasGrant, May: notMyGrant, Take: takeConfirm},
	{Key: "decline", Words: W("不同意授权", "Decline the roles"), Who: W("管理员", "an administrator"), Roles: []Role{Administrator}, Reason: true,
		Open: hasGrant, Take: takeDecline},
}

func init() {
	Staff.Chain = &Chain{Steps: staffSteps, Revise: reviseStaff, State: func(r *Record, _ *Context) Words {
		switch {
		case StaffGranted.Has(r):
			return W("有权限待确认", "roles wait to be confirmed")
		case StaffDisabled.Of(r):
			return W("已停用", "disabled")
		}
		return W("在用", "in use")
	}}
}

// reviseStaff sets guarded roles aside until another administrator confirms.
func reviseStaff(r, before *Record, c *Context) error {
	var had []string
	var pending []Row
	if before != nil {
		had, pending = StaffRoles.Of(before), StaffGranted.Of(before)
	} else if c.Actor.Staff == r.ID { // the first member of staff enters herself
		return nil
	}
	var kept []string
	var given []Row
	for _, role := range StaffRoles.Of(r) {
		if !slices.Contains(guarded, Role(role)) || contains(had, role) {
			kept = append(kept, role)
			continue
		}
		given = append(given, Row{"role": role, "by": c.actorRef(), "on": c.Today()})
	}
	StaffGranted.Set(r, pending)
	switch {
	case given == nil:
		return nil
	case c.Peer != nil && c.Peer():
		for _, row := range given {
			if !slices.ContainsFunc(pending, func(p Row) bool { return p["role"] == row["role"] }) {
				pending = append(slices.Clip(pending), row)
			}
		}
		StaffGranted.Set(r, pending)
		StaffRoles.Set(r, kept)
		return nil
	case c.Reason == "":
		return &ReasonNeeded{Problemf("只有一名管理员时，给审核、审批、管理权限要写明原因，没有保存（命令行用 --reason 原因）", "with a single administrator, giving the roles of reviewer, approver or administrator needs a reason; nothing was saved (on the command line: --reason TEXT)")}
	}
	return nil
}

func hasGrant(r *Record, _ *Context) error {
	if StaffGranted.Has(r) {
		return nil
	}
	return stepError(StepClosed, "没有待确认的权限", "no roles wait to be confirmed")
}

func notMyGrant(r *Record, c *Context) error {
	for _, row := range StaffGranted.Of(r) {
		if row["by"] == c.actorRef() {
			return stepError(StepDenied, "这项权限是您给的，要由另一名管理员确认", "you gave these roles; another administrator must confirm them")
		}
	}
	return nil
}

func takeConfirm(r *Record, _ *Context, _ StepInput) ([]*Record, error) {
	roles := StaffRoles.Of(r)
	for _, row := range StaffGranted.Of(r) {
		if role, _ := row["role"].(string); !contains(roles, role) {
			roles = append(slices.Clip(roles), role)
		}
	}
	StaffRoles.Set(r, roles)
	StaffGranted.Set(r, nil)
	return nil, nil
}

func takeDecline(r *Record, _ *Context, _ StepInput) ([]*Record, error) {
	StaffGranted.Set(r, nil)
	return nil, nil
}
