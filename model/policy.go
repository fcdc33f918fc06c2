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
)

// Can decides whether the actor may do it to a record of a register; nil means
// yes, an error says why not. The store asks it inside the write transaction,
// screens ask it to show a disabled action's reason: one place for both.
func Can(a Actor, act Action, reg *Register) error {
	switch act {
	case ActView:
		if len(a.Roles) == 0 {
			return Problemf("您还没有登记为工作人员，请管理员登记您的登录名", "you are not registered as staff; ask an administrator to enter your login")
		}
		return nil
	case ActExport:
		return Can(a, ActView, reg)
	case ActSettings:
		if !a.Is(Administrator) {
			return Problemf("只有管理员可以改设置", "only an administrator may change the settings")
		}
		return nil
	}
	if act == ActAdd && reg.Removed {
		return Problemf("台账“%s”已停用，不能新增；旧记录仍可查看", "the register %s is no longer used: nothing can be added, its records stay readable", reg.Words)
	}
	if reg.Key == "staff" {
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
