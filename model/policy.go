package model

// Role is what a staff member may do; one person may have several.
type Role string

// The roles (design.md §4), by the terms of vocabulary ROLES.
const (
	Viewer        Role = "查看"
	Clerk         Role = "录入"
	Reviewer      Role = "审核"
	Approver      Role = "审批"
	Finance       Role = "财务"
	Supervisor    Role = "监督"
	Administrator Role = "管理"
)

// Actor is who acts: resolved from the operating system by db, never from what
// the person says.
type Actor struct {
	Staff string // id of the staff record
	Login string // operating-system user
	Roles []Role
}

// Is reports whether the actor has one of the roles.
func (a Actor) Is(roles ...Role) bool {
	for _, r := range roles {
		if contains(a.Roles, r) {
			return true
		}
	}
	return false
}

// Action is something an actor wants to do.
type Action string

// The actions that the policy decides.
const (
	ActView   Action = "view"
	ActAdd    Action = "add"
	ActEdit   Action = "edit"
	ActVoid   Action = "void"
	ActExport Action = "export"
	// On the ledger as a whole, without a register:
	ActVerify  Action = "verify"
	ActBackup  Action = "backup"
	ActRestore Action = "restore"
	ActDrill   Action = "drill"
	ActImport  Action = "import" // the records of a whole ledger, see db.TakeOver
)

// Those that take back.
const (
	ActDelete   Action = "delete"   // into the recycle bin
	ActUndelete Action = "undelete" // out of it
	ActUndo     Action = "undo"     // reverts a change of one's own
	ActRedo     Action = "redo"     // reverts an undo
)

// Can decides whether the actor may do it to a record of a register; nil means
// yes, an error says why not. The store asks it inside the write transaction,
// screens ask it to show a disabled action's reason: one place for both. Where
// the register is not known yet, nil asks whether any could be meant.
func Can(a Actor, act Action, reg *Register) error {
	switch act {
	case ActView:
		if len(a.Roles) == 0 {
			return Problemf("您还没有任何权限，或者权限还没有由另一名管理员确认。请联系管理员", "you have no role yet, or it was not confirmed by a second administrator; ask an administrator")
		}
		return nil
	case ActVerify:
		return Can(a, ActView, reg)
	case ActExport: // a file leaves the office; who may only look takes nothing out
		if !a.Is(Clerk, Reviewer, Approver, Finance) {
			return Problemf("您只有查看权限，不能导出，请管理员在工作人员登记中添加", "you may look only and cannot export; ask an administrator")
		}
		return nil
	case ActReveal:
		if !a.Is(Clerk, Reviewer, Approver, Finance) {
			return Problemf("您只有查看权限，不能看完整的号码；确有需要请联系录入人员", "you may look only: numbers stay masked; ask a clerk if you need one")
		}
		return nil
	case ActWho:
		if !a.Is(Clerk, Reviewer, Approver, Finance, Supervisor, Administrator) {
			return Problemf("您只有查看权限，不能看谁查过这条记录", "you may look only, not see who else did")
		}
		return nil
	case ActBackup, ActRestore, ActDrill:
		if !a.Is(Administrator) {
			return Problemf("只有管理员可以备份、恢复和演练台账", "only an administrator may back up, restore or drill the ledger")
		}
		return nil
	case ActImport:
		if !a.Is(Administrator) {
			return Problemf("只有管理员可以整本接收另一本台账", "only an administrator may take over a whole ledger")
		}
		return nil
	case ActSettings:
		if !a.Is(Administrator) {
			return Problemf("只有管理员可以改设置", "only an administrator may change the settings")
		}
		return nil
	}
	if act == ActAdd && reg != nil && reg.Removed {
		return Problemf("台账“%s”已停用，不能新增；旧记录仍可查看", "the register %s is no longer used: nothing can be added, its records stay readable", reg.Words)
	}
	if reg != nil && reg.Key == "staff" {
		if !a.Is(Administrator) {
			return Problemf("只有管理员可以登记或修改工作人员", "only an administrator may enter or change staff")
		}
		return nil
	}
	if !a.Is(Clerk, Reviewer, Approver, Finance) {
		return Problemf("您没有录入权限，请管理员在工作人员登记中添加", "you have no right to enter records; ask an administrator")
	}
	return nil
}

// Erasable says why a record must not be deleted; nil: it may be. What stands
// in the accounts and what the public has seen is only ever corrected, or made
// void with a reason. The store asks it of every version a record ever had.
func Erasable(r *Record) error {
	switch reg := r.Register; {
	case reg.Published != nil && reg.Published(r):
		return Problemf("%s %s，不能删除；请更正，或写明原因作废", "%s %s and cannot be deleted; correct it, or void it with a reason", r.ID, reg.publishedBy())
	case reg.Chain != nil && reg.Chain.Under != nil && reg.Chain.Under(r):
		return Problemf("%s 正在审批，不能删除；请先退回，或写明原因作废", "%s is on its way through the approval and cannot be deleted; have it returned first", r.ID)
	case reg.Paid != nil && reg.Paid(r):
		return Problemf("%s 登记了款物收付，不能删除；请改正，或写明原因冲销", "%s records money or goods that changed hands and cannot be deleted; correct it, or reverse it with a reason", r.ID)
	}
	return nil
}

// Unsigned reports that a change of a record took back what had been signed of it:
// the version before was on its way through the chain, the one after is not.
func Unsigned(before, after *Record) bool {
	ch := before.Register.Chain
	return ch != nil && ch.Under != nil && ch.Under(before) && !ch.Under(after)
}

// Undoable says why the change that led from one version of a record to the
// next must not be undone; nil: it may be. before is nil for a new record.
func Undoable(before, after *Record) error {
	published := after.Register.Published
	if published != nil && (published(after) || before != nil && published(before)) {
		if by := after.Register.publishedBy(); by != madePublic {
			return Problemf("%s %s，不能撤销；请更正", "%s %s and cannot be undone; correct it instead", after.ID, by)
		}
		return Problemf("%s 这一步已经公开，不能撤销；请更正", "this step of %s has been made public and cannot be undone; correct it instead", after.ID)
	}
	return nil
}

var madePublic = W("已经公开过", "has been made public")

// publishedBy says by what a record went out of the house for good.
func (reg *Register) publishedBy() Words {
	if reg.Chain == nil && reg.SettledBy != (Words{}) {
		return reg.SettledBy
	}
	return madePublic
}

// Administers reports whether a staff record lets someone manage staff.
func Administers(staff *Record) bool {
	return staff.State.Live() && StaffLogin.Has(staff) && !StaffDisabled.Of(staff) &&
		contains(StaffRoles.Of(staff), string(Administrator))
}

// KeepAdministrator refuses the change that takes the right to manage staff
// from the last one who has it, naming the field that does.
func KeepAdministrator(before, after *Record, others bool) error {
	if others || before == nil || !Administers(before) || Administers(after) {
		return nil
	}
	key := StaffRoles.Key()
	switch {
	case !after.State.Live():
	case StaffDisabled.Of(after):
		key = StaffDisabled.Key()
	case !StaffLogin.Has(after):
		key = StaffLogin.Key()
	}
	return Errors{}.Refuse(after.Register.Field(key),
		"%s 是最后一名能登录的管理员，不能停用、作废、删除或失去权限；请先设另一名管理员",
		"%s is the last administrator who can log in and cannot be disabled, voided, deleted or lose the right; make someone else administrator first", after.ID)
}
