package db

import (
	"context"
	"os"
	"os/user"
	"slices"
	"strconv"

	"taizhang/model"
)

// ServiceAccount is the operating-system account that owns the ledger where
// all staff log in through one account.
const ServiceAccount = "taizhang"

// Actor returns who is acting, with the roles of the staff register. The
// environment is never asked for a name. In order:
//
//   - Options.Staff, which sshd's forced command fixed: only in the service
//     account, only under sshd, never under sudo, where anyone could name himself;
//   - SUDO_UID, which sudo sets: only in the service account;
//   - the operating-system user of the process.
//
// Someone who is not in the staff register, or disabled there, is refused with
// exit code 7.
func (l *Ledger) Actor(ctx context.Context) (model.Actor, error) {
	login, err := l.login()
	if err != nil {
		return model.Actor{}, err
	}
	var a model.Actor
	err = l.View(ctx, func(s *Snapshot) error {
		a, err = s.staff(login)
		return err
	})
	return a, err
}

func (l *Ledger) login() (string, error) {
	if l.opt.Staff == "" {
		return l.opt.User()
	}
	if os.Getenv("SSH_CONNECTION") == "" || os.Getenv("SUDO_UID") != "" || !inServiceAccount() {
		return "", refuse(ExitDenied,
			"--staff 只能由服务账号 %s 的 SSH 强制命令使用，未打开。请直接运行 taizhang",
			"--staff is for the forced command of the service account %s only; nothing was opened. Run taizhang without it", ServiceAccount)
	}
	return l.opt.Staff, nil
}

func inServiceAccount() bool {
	u, err := user.LookupId(strconv.Itoa(os.Geteuid()))
	return err == nil && u.Username == ServiceAccount
}

// processOwner is the operating-system user who started the process.
func processOwner() (string, error) {
	uid := strconv.Itoa(os.Getuid())
	if sudo := os.Getenv("SUDO_UID"); sudo != "" && inServiceAccount() {
		uid = sudo
	}
	u, err := user.LookupId(uid)
	if err != nil {
		return "", refuse(ExitDenied, "系统里没有用户 %s，无法确认您是谁", "the system knows no user %s, so it is not clear who you are", uid).because(err)
	}
	return u.Username, nil
}

// holder is the record of who has a login, nil for nobody.
func (s *Snapshot) holder(login string) *model.Record {
	if k := s.tx.Bucket(bucketLogins).Get([]byte(login)); login != "" && len(k) == keyLength {
		return s.Record(readKey(k).ID(model.Staff))
	}
	return nil
}

// staff finds who has a login. Roles hold for this transaction.
func (s *Snapshot) staff(login string) (model.Actor, error) {
	r := s.holder(login)
	switch {
	case s.fault != nil:
		return model.Actor{}, s.fault
	case r == nil:
		return model.Actor{}, refuse(ExitDenied,
			"登录名 %s 还没有登记为工作人员，请管理员在“工作人员”中填写这个登录名",
			"the login %s is not registered as staff; ask an administrator to enter it in the staff register", model.Shorten(login))
	case model.StaffDisabled.Of(r):
		return model.Actor{}, refuse(ExitDenied,
			"登录名 %s 已停用，请联系管理员", "the login %s is disabled; ask an administrator", model.Shorten(login))
	}
	a := model.Actor{Staff: r.ID, Login: login}
	for _, role := range model.StaffRoles.Of(r) {
		a.Roles = append(a.Roles, model.Role(role))
	}
	return a, nil
}

// Actor is who has a login, with her roles, as of this snapshot. Someone who is
// not in the staff register, or disabled there, is refused with exit code 7.
func (s *Snapshot) Actor(login string) (model.Actor, error) { return s.staff(login) }

// KeyHolder finds the one active member of staff whose record names the
// fingerprint of a key, and her login; ok is false where there is any doubt. It
// looks at the staff alone, some dozens of records.
func (s *Snapshot) KeyHolder(print string) (login string, ok bool) {
	found := 0
	s.eachStaff(func(r *model.Record) {
		if slices.Contains(model.Fingerprints(r), print) {
			found++
			if r.State == model.Final && !model.StaffDisabled.Of(r) {
				login = model.StaffLogin.Of(r)
			}
		}
	})
	return login, found == 1 && login != "" && s.fault == nil
}

// eachStaff calls fn for every member of staff in use.
func (s *Snapshot) eachStaff(fn func(*model.Record)) {
	b := s.tx.Bucket(bucketRecords(model.Staff.Key))
	if b == nil {
		return
	}
	eachWithPrefix(b, nil, func(k, _ []byte) bool {
		if r := s.Record(readKey(k).ID(model.Staff)); r != nil && r.State.Live() {
			fn(r)
		}
		return s.fault == nil
	})
}

// checkKeys refuses a fingerprint that another member of staff has.
func (w *writer) checkKeys(before, r *model.Record) error {
	if !model.StaffKeys.Has(r) || !r.State.Live() || before != nil && model.Equal(before.Get(model.StaffKeys.Key()), r.Get(model.StaffKeys.Key())) {
		return nil
	}
	var errs model.Errors
	prints := model.Fingerprints(r)
	w.eachStaff(func(o *model.Record) {
		if o.ID != r.ID && slices.ContainsFunc(model.Fingerprints(o), func(p string) bool { return slices.Contains(prints, p) }) {
			errs = errs.Refuse(r.Register.Field(model.StaffKeys.Key()), "这个指纹已登记在 %s 名下", "the fingerprint is already that of %s", o.ID)
		}
	})
	if errs != nil {
		return errs
	}
	return nil
}

// checkLogin refuses a login that another member of staff has.
func (w *writer) checkLogin(r *model.Record) error {
	login := model.StaffLogin.Of(r)
	if login == "" || !r.State.Live() {
		return nil
	}
	k := w.tx.Bucket(bucketLogins).Get([]byte(login))
	if k == nil || readKey(k).ID(r.Register) == r.ID {
		return nil
	}
	return model.Errors{}.Refuse(r.Register.Field(model.StaffLogin.Key()),
		"登录名已由 %s 使用", "the login is already that of %s", readKey(k).ID(r.Register))
}
