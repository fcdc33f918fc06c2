package command

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
)

// staffCmd manages who works here and what they may do.
func (r *runner) staffCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "staff",
		Short: r.t("工作人员和权限：登记、停用、授权、确认", "staff and roles: enter, disable, grant, confirm"),
		Long: r.t(`工作人员和权限，只有管理员能改。
审核、审批、管理三种权限由一名管理员给、另一名管理员确认（confirm），确认以前不生效；只有一名管理员时要用 --reason 写明原因，记入流水。
停用的人立刻不能再保存，开着的屏幕两秒内结束，填了一半的留作草稿。`,
			`Staff and their roles; only administrators may change them.
The roles reviewer, approver and administrator are given by one administrator and confirmed by another (confirm); until then they do not hold. With a single administrator --reason is needed and kept in the journal.
Whoever is disabled saves nothing any more; an open screen ends within two seconds and what was half filled is kept as a draft.`),
		Example: "  taizhang staff add 姓名=李静 登录名=lij 权限=录入\n  taizhang staff role S-2027-0003 录入、审核 --reason 换届后分工\n  taizhang staff confirm S-2027-0003\n  taizhang staff disable S-2027-0002 --reason 调离",
		Args:    r.noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.staffAddCmd(), r.staffListCmd(), r.staffRoleCmd(),
		r.staffSetCmd("disable", r.t("停用一个人：立刻不能再登录和保存", "disable somebody: no login and no saving from now on"), true),
		r.staffSetCmd("enable", r.t("恢复一个停用的人", "bring back somebody who was disabled"), false),
		r.staffStepCmd("confirm", r.t("确认另一名管理员给的权限", "confirm the roles another administrator gave")),
		r.staffStepCmd("decline", r.t("不同意待确认的权限", "decline the roles that wait to be confirmed")))
	return cmd
}

// storeStaff writes one operation on the staff and says what is stored now.
func (r *runner) storeStaff(cmd *cobra.Command, d *desk, op db.Op) error {
	op.Register = model.Staff.Key
	if op.Reason = strings.TrimSpace(op.Reason); op.Reason != "" {
		if err := model.CheckText(op.Reason, false); err != nil {
			return usageError{err}
		}
	}
	res, err := d.write(cmd.Context(), "", op)
	if err != nil {
		return err
	}
	rec, err := d.ledger.Get(cmd.Context(), res.Records[0].ID)
	if err != nil {
		return err
	}
	fmt.Fprintln(r.Out, oneLine(fmt.Sprintf("%s  %s  %s", rec.ID, model.StaffName.Of(rec), strings.Join(model.StaffRoles.Of(rec), "、"))))
	if wait := waiting(rec); wait != "" {
		r.complain(model.Sayf("%s：等另一名管理员确认后生效（taizhang staff confirm %s）", "%s: in force once another administrator confirms (taizhang staff confirm %s)", wait, rec.ID).In(r.lang))
	}
	return nil
}

// waiting names the roles that wait to be confirmed.
func waiting(rec *model.Record) string {
	var out []string
	for _, row := range model.StaffGranted.Of(rec) {
		role, _ := row["role"].(string)
		out = append(out, role)
	}
	return strings.Join(out, "、")
}

func (r *runner) staffAddCmd() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   r.t("add 姓名=… 登录名=… 权限=…", "add name=… login=… roles=…"),
		Short: r.t("登记一个工作人员", "enter a member of staff"),
		Args:  r.atLeast(1, "staff add 姓名=… 登录名=…", "staff add name=… login=…"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, reg, err := r.openRegister(cmd.Context(), model.Staff.Key)
			if err != nil {
				return err
			}
			op := db.Op{Kind: db.Add, Reason: reason}
			if op.Values, err = r.staffValues(cmd, d, reg, args); err != nil {
				return err
			}
			return r.storeStaff(cmd, d, op)
		},
	}
	r.reasonFlag(cmd, &reason)
	return cmd
}

func (r *runner) reasonFlag(cmd *cobra.Command, reason *string) {
	cmd.Flags().StringVar(reason, "reason", "", r.t("原因，记入流水", "the reason, kept in the journal"))
}

// staffValues reads key=value pairs for the staff register.
func (r *runner) staffValues(cmd *cobra.Command, d *desk, reg *model.Register, args []string) (vals model.Values, err error) {
	set, err := pairs(args)
	if err == nil {
		err = distinct(reg, set)
	}
	if err != nil {
		return nil, err
	}
	err = d.view(cmd.Context(), reg, func(_ *db.Snapshot, c *model.Context) error {
		if vals, err = c.Read(reg, set); err != nil {
			return usageError{err}
		}
		return nil
	})
	return vals, err
}

// openStaff opens the ledger and reads whose record is meant.
func (r *runner) openStaff(cmd *cobra.Command, text string) (*desk, string, *model.Register, error) {
	d, id, reg, err := r.openRecord(cmd.Context(), text)
	if err == nil && reg.Key != model.Staff.Key {
		err = usage("%s 不是工作人员的编号，编号的样子是 S-2027-0003", "%s is not of a member of staff; their ids look like S-2027-0003", id)
	}
	return d, id, reg, err
}

func (r *runner) staffRoleCmd() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   r.t("role 编号 权限、权限… ", "role ID ROLES"),
		Short: r.t("改一个人的权限（写全：录入、审核；写 - 全部取消）", "set somebody's roles (all of them; - for none)"),
		Args:  r.exactly(2, "staff role 编号 权限、权限", "staff role ID ROLES"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, id, reg, err := r.openStaff(cmd, args[0])
			if err != nil {
				return err
			}
			roles := args[1]
			if roles == "-" {
				roles = ""
			}
			op := db.Op{Kind: db.Edit, ID: id, Reason: reason}
			if op.Values, err = r.staffValues(cmd, d, reg, []string{model.StaffRoles.Key() + "=" + roles}); err != nil {
				return err
			}
			return r.storeStaff(cmd, d, op)
		},
	}
	r.reasonFlag(cmd, &reason)
	return cmd
}

func (r *runner) staffSetCmd(name, short string, disabled bool) *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   name + r.t(" 编号", " ID"),
		Short: short,
		Args:  r.exactly(1, "staff "+name+" 编号", "staff "+name+" ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, id, _, err := r.openStaff(cmd, args[0])
			if err != nil {
				return err
			}
			return r.storeStaff(cmd, d, db.Op{Kind: db.Edit, ID: id, Reason: reason, Values: model.Values{model.StaffDisabled.Key(): disabled}})
		},
	}
	r.reasonFlag(cmd, &reason)
	return cmd
}

func (r *runner) staffStepCmd(step, short string) *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   step + r.t(" 编号", " ID"),
		Short: short,
		Args:  r.exactly(1, "staff "+step+" 编号", "staff "+step+" ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, id, _, err := r.openStaff(cmd, args[0])
			if err != nil {
				return err
			}
			return r.storeStaff(cmd, d, db.Op{Kind: db.Step, ID: id, Step: step, Reason: reason})
		},
	}
	r.reasonFlag(cmd, &reason)
	return cmd
}

// staffJSON is a member of staff as scripts read it.
type staffJSON struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Login    string   `json:"login"`
	Roles    []string `json:"roles"`
	Waiting  []string `json:"roles_to_confirm"`
	Keys     []string `json:"keys"`
	Disabled bool     `json:"disabled"`
}

func (r *runner) staffListCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: r.t("列出工作人员、权限、待确认的权限", "list the staff, their roles and those to confirm"),
		Args:  r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, src, err := r.openSource(cmd.Context())
			if err != nil {
				return err
			}
			if err := model.Can(d.actor, model.ActView, model.Staff); err != nil {
				return denied(err)
			}
			out := []staffJSON{}
			err = src.Scan(model.Staff.Key, model.Period{}, func(rec *model.Record) error {
				if !rec.State.Live() {
					return nil
				}
				s := staffJSON{ID: rec.ID, Name: model.StaffName.Of(rec), Login: model.StaffLogin.Of(rec), Disabled: model.StaffDisabled.Of(rec),
					Roles: append([]string{}, model.StaffRoles.Of(rec)...), Keys: append([]string{}, model.Fingerprints(rec)...), Waiting: []string{}}
				if w := waiting(rec); w != "" {
					s.Waiting = strings.Split(w, "、")
				}
				out = append(out, s)
				return nil
			})
			if err != nil {
				return err
			}
			slices.SortFunc(out, func(a, b staffJSON) int { return strings.Compare(a.ID, b.ID) })
			if asJSON {
				enc := json.NewEncoder(r.Out)
				enc.SetEscapeHTML(false)
				enc.SetIndent("", "  ")
				return enc.Encode(out)
			}
			vocab := d.ledger.Schema().Vocab("ROLES")
			names := func(roles []string) string {
				text := make([]string, len(roles))
				for i, role := range roles {
					text[i] = vocab.Text(role, r.lang)
				}
				return strings.Join(text, r.t("、", ", "))
			}
			var rows [][]string
			for _, s := range out {
				state := ""
				if s.Disabled {
					state = r.t("停用", "disabled")
				}
				rows = append(rows, []string{s.ID, s.Name, s.Login, names(s.Roles), names(s.Waiting), state})
			}
			return export.Table(r.Out, []export.Column{{Head: r.t("编号", "id")}, {Head: r.t("姓名", "name")}, {Head: r.t("登录名", "login")},
				{Head: r.t("权限", "roles")}, {Head: r.t("待确认", "to confirm")}, {Head: r.t("状态", "state")}}, rows)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, r.t("用 JSON 回答", "answer in JSON"))
	return cmd
}
