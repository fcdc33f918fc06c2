package command

import (
	"context"
	"crypto/sha256"
	"os"
	"os/user"
	"path/filepath"
	"runtime/debug"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
)

// serviceAccount is the account under which the whole office's logins run
// (safety.md §2).
const serviceAccount = "taizhang"

// path finds the ledger: --ledger, TAIZHANG_LEDGER, the service account's
// place, the user's data folder. Under the service account the environment is
// not believed: every login shares it.
func (r *runner) path() (string, error) {
	if r.ledger != "" {
		return r.ledger, nil
	}
	if r.asked("ledger") { // a script's variable that is not set
		return "", usage("--ledger 后面没有写文件", "--ledger names no file")
	}
	if u, err := user.Current(); err == nil && u.Username == serviceAccount {
		return "/var/lib/taizhang/ledger.db", nil
	}
	if p := r.Env("TAIZHANG_LEDGER"); p != "" {
		return p, nil
	}
	folder, err := r.dataFolder()
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, "ledger.db"), nil
}

// dataFolder is the folder of the XDG base directory specification.
func (r *runner) dataFolder() (string, error) {
	if d := r.Env("XDG_DATA_HOME"); filepath.IsAbs(d) {
		return filepath.Join(d, "taizhang"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", model.Problemf("找不到用户目录，请用 --ledger 指定台账文件", "there is no home folder; name the ledger with --ledger")
	}
	return filepath.Join(home, ".local", "share", "taizhang"), nil
}

func (r *runner) options() db.Options {
	return db.Options{Clock: r.Clock, Staff: r.staff, Schema: r.Schema}
}

// desk is an open ledger with the person who acts.
type desk struct {
	ledger      *db.Ledger
	actor       model.Actor
	preferences model.Preferences
}

// thrift is how much garbage a command may leave for each byte in use before
// it is swept, in percent. A command is over soon; the screens keep the default.
const thrift = 400

// open opens the ledger of this run and finds out who acts.
func (r *runner) open(ctx context.Context) (*desk, error) {
	p, err := r.path()
	if err != nil {
		return nil, err
	}
	return r.sit(ctx, p)
}

// sit opens the ledger at path for the person at the keyboard.
func (r *runner) sit(ctx context.Context, path string) (*desk, error) {
	l, actor, err := db.OpenAs(ctx, path, r.options())
	if l != nil {
		r.settle(l.Info().Lang)
	}
	if err != nil {
		return nil, err
	}
	d := &desk{ledger: l, actor: actor}
	// Preferences that cannot be read must not keep anyone from verify or restore.
	d.preferences, _ = l.Preferences(ctx, actor)
	if lang, ok := d.preferences.Language(); ok && !r.langAsked {
		r.lang = lang
	}
	return d, nil
}

// openRegister opens the ledger and finds a register by what a person calls it.
func (r *runner) openRegister(ctx context.Context, name string) (*desk, *model.Register, error) {
	debug.SetGCPercent(thrift)
	d, err := r.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	reg, err := d.ledger.Schema().FindRegister(name)
	if err != nil {
		return nil, nil, usageError{err}
	}
	return d, reg, nil
}

// openRecord opens the ledger and reads an id as people type it.
func (r *runner) openRecord(ctx context.Context, text string) (d *desk, id string, reg *model.Register, err error) {
	if d, err = r.open(ctx); err != nil {
		return nil, "", nil, err
	}
	id = model.TidyID(text)
	if reg = d.ledger.Schema().OfID(id); reg == nil {
		return nil, "", nil, usage("“%s”不是编号，编号的样子是 A-2026-0317", "%q is not an id; ids look like A-2026-0317", model.Shorten(text))
	}
	return d, id, reg, nil
}

// openSource opens the ledger to make figures and files of it.
func (r *runner) openSource(ctx context.Context) (*desk, *export.Ledger, error) {
	d, err := r.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	src, err := export.FromLedger(ctx, d.ledger, d.actor)
	return d, src, err
}

// settle takes the ledger's language where neither the command line nor the
// environment named one.
func (r *runner) settle(l model.Lang) {
	if !r.named {
		r.lang = l
	}
}

// view runs f on one state of the ledger, as this person. Others wait for it to
// end, so f must not write to a pipe that may be slow. How long this person
// waits is for db to say, here as in write.
func (d *desk) view(ctx context.Context, reg *model.Register, f func(*db.Snapshot, *model.Context) error) error {
	if err := model.Can(d.actor, model.ActView, reg); err != nil {
		return &db.Refusal{Code: db.ExitDenied, Words: model.AsWords(err)}
	}
	return d.ledger.View(ctx, func(sn *db.Snapshot) error { return f(sn, d.context(sn)) })
}

func (d *desk) context(book model.Book) *model.Context {
	return &model.Context{Schema: d.ledger.Schema(), Book: book, Now: d.ledger.Now(), Actor: d.actor}
}

func (d *desk) write(ctx context.Context, request string, ops ...db.Op) (db.Result, error) {
	return d.ledger.Write(ctx, d.actor, requestID(request), ops...)
}

// fetch is the command that brings a file to the computer of a person who came in
// over SSH; "" where there is none. Behind a forced command there is no scp.
func (r *runner) fetch(path string) string {
	user, err := r.login()
	if err != nil || r.staff != "" {
		return ""
	}
	return export.Fetch(r.Env("SSH_CONNECTION"), user, path)
}

// bring is the command that takes a file from that computer to here.
func (r *runner) bring() string {
	user, err := r.login()
	if err != nil || r.staff != "" {
		return ""
	}
	return export.Bring(r.Env("SSH_CONNECTION"), user, r.t("台账.xlsx", "ledger.xlsx"))
}

// requestID takes any text a script finds handy.
func requestID(request string) (id db.RequestID) {
	if request != "" {
		sum := sha256.Sum256([]byte(request))
		copy(id[:], sum[:])
	}
	return id
}
