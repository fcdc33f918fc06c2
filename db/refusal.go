package db

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"

	"taizhang/model"
)

// The exit codes a command ends with.
const (
	ExitDone     = 0
	ExitFailed   = 1
	ExitUsage    = 2
	ExitUnsafe   = 3 // unsafe file or permission
	ExitNewer    = 4 // written by a newer program
	ExitBusy     = 5
	ExitConflict = 6 // another clerk changed the same thing meanwhile
	ExitDenied   = 7 // refused by role
)

// Refusal is why the ledger was not opened or a write not made: what happened,
// what became of the data, and what to do, in both languages.
type Refusal struct {
	Code int // the exit code of a command that ends with it
	model.Words
	Cause error // what the system said, nil when nothing

	damage bool // bytes were met that cannot be right; see Ledger.met
}

// Error implements error in English; screens and commands call In.
func (r *Refusal) Error() string { return r.EN }

// Unwrap returns what the system said.
func (r *Refusal) Unwrap() error { return r.Cause }

func refuse(code int, zh, en string, args ...any) *Refusal {
	return &Refusal{Code: code, Words: model.Sayf(zh, en, args...)}
}

// because attaches what the system said, in the message too: an administrator
// searches for it.
func (r *Refusal) because(err error) *Refusal {
	if err != nil {
		r.Cause = err
		r.ZH += "（" + err.Error() + "）"
		r.EN += " (" + err.Error() + ")"
	}
	return r
}

// Conflict says that a record was changed by someone else since it was opened
// for editing, in the same fields and to other values. Nothing was written.
type Conflict struct {
	ID            string
	Base, Current int    // the version the edit began from, and the one stored now
	By            string // staff id of who made the current version
	Fields        []FieldConflict
}

// FieldConflict is one field that both sides changed. Blank values are nil.
type FieldConflict struct {
	Field              *model.Field // nil for a key that the register does not declare
	Key                string
	Base, Theirs, Mine any
}

// In says it in one language.
func (c *Conflict) In(l model.Lang) string {
	return model.Sayf("%s 已被 %s 修改（您看到的是第%d版，现在是第%d版），未保存，两边的内容都在，请对照后再存",
		"%s was changed by %s meanwhile (you saw version %d, it is now %d); nothing was saved and nothing lost: compare and save again",
		c.ID, c.By, c.Base, c.Current).In(l)
}

// Error implements error in English.
func (c *Conflict) Error() string { return c.In(model.EN) }

// OpError names which of several operations was refused. None was carried out.
type OpError struct {
	Index int // from 0
	Err   error
}

// In says it in one language; people count from 1.
func (e *OpError) In(l model.Lang) string {
	return model.Sayf("第%d条：%s", "item %d: %s", e.Index+1, model.AsWords(e.Err)).In(l)
}

// Error implements error in English.
func (e *OpError) Error() string { return e.In(model.EN) }

// Unwrap returns the refusal of the one operation.
func (e *OpError) Unwrap() error { return e.Err }

// ExitCode is the code a command ends with after this error.
func ExitCode(err error) int {
	var r *Refusal
	var c *Conflict
	switch {
	case err == nil:
		return ExitDone
	case errors.As(err, &r):
		return r.Code
	case errors.As(err, &c):
		return ExitConflict
	}
	return ExitFailed
}

// errNotFound is the refusal for an id without a record.
func errNotFound(id string) error {
	return model.Problemf("没有编号 %s", "there is no %s", model.Shorten(id))
}

// damaged is the refusal after meeting bytes that cannot be right.
func damaged(what string, cause error) *Refusal {
	r := refuse(ExitFailed,
		"台账文件损坏（%s）。没有写入任何内容，文件保持原样。请先另存一份文件，再用 taizhang restore 恢复最近的备份",
		"the ledger file is damaged (%s); nothing was written and the file is as it was. Keep a copy of it, then restore the latest backup with: taizhang restore",
		what).because(cause)
	r.damage = true
	return r
}

// outOfSpace reports whether a write failed for want of room: on the disk, in
// the account's quota, or under the limit on the size of a file. bbolt passes
// some of these on as text alone.
func outOfSpace(err error) bool {
	for _, e := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, e) || err != nil && strings.HasSuffix(err.Error(), e.Error()) {
			return true
		}
	}
	return false
}

// gaveUp turns the end of a context into words.
func gaveUp(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return nil
}
