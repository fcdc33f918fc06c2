package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/sys/unix"

	"taizhang/model"
)

// ActRestore is the journal entry of a restored ledger. Its reason is the head
// of the file that was replaced, SEQ:HASH, empty where there was none or it could
// not be read: what was entered after the backup is told of there alone.
const ActRestore = "restore"

// RestoreOptions says how a backup is restored.
type RestoreOptions struct {
	Options            // for the ledger
	Identity *Identity // opens an encrypted backup
	Progress Progress  // of the verification
	// Confirm is asked when the backup was proved and nothing was touched yet; an
	// error ends it there.
	Confirm func(RestorePlan) error

	step func(string) error // tests make a step fail
}

// RestorePlan is what a restore is about to do.
type RestorePlan struct {
	Backup   Report    // what was verified
	Info     Info      // of the backup
	Last     time.Time // the moment of its last entry
	Manifest *Manifest // nil when none lies beside it
	Replaces bool      // there is a file to replace
	Former   Witness   // its head, Seq 0 when it cannot be read
}

// Restored is what a restore did.
type Restored struct {
	RestorePlan
	Kept string // where the replaced file lies; "" when there was none
	Head Entry  // the journal's new head, its entry of the restore
}

// Restore puts a backup in the place of the ledger at path, or where no file is.
// The backup is proved completely before anything is touched. Then the ledger is
// held against everyone while the files change places in one step; whoever waited
// finds the restored one. The replaced file is kept beside it.
//
// Errors are *Refusal: exit code 1 for a backup that is damaged or another
// ledger's, 4 for one of a newer program, 5 while anyone is in, 7 for who is no
// administrator. After any of them the ledger is as it was.
func Restore(ctx context.Context, path, backup string, opt RestoreOptions) (res Restored, err error) {
	opt.Options.complete()
	r := &restore{opt: opt, step: stepper(opt.step), path: path, res: &res}
	r.live = &Ledger{path: path, opt: opt.Options, lock: newLocker(path)}
	if err := r.look(ctx); err != nil {
		return res, err
	}
	w, err := newWork(path)
	if err != nil {
		return res, err
	}
	defer w.close()
	if err := r.step("copy"); err != nil {
		return res, err
	}
	copied, m, err := stage(ctx, backup, w, opt.Identity)
	if err != nil {
		return res, err
	}
	if err := r.step("verify"); err != nil {
		return res, err
	}
	if err := r.prove(ctx, copied, m); err != nil {
		return res, err
	}
	if r.liveID != "" && r.liveID != res.Info.ID {
		return res, r.foreign()
	}
	if opt.Confirm != nil {
		if err := opt.Confirm(res.RestorePlan); err != nil {
			return res, err
		}
	}
	if !res.Replaces {
		return res, r.settle(ctx)
	}
	return res, r.replace(ctx)
}

// restore is one restore at work.
type restore struct {
	opt   RestoreOptions
	step  func(string) error
	path  string
	live  *Ledger // where it goes, opened never before the backup was proved
	trial *Ledger // the staged backup
	res   *Restored

	liveID string // "" where it cannot be read
}

// look reads what is to be replaced, so that most refusals come before the long
// work; replace looks again when it holds the ledger.
func (r *restore) look(ctx context.Context) error {
	if _, err := os.Lstat(r.path); errors.Is(err, fs.ErrNotExist) {
		return checkFolder(r.path)
	}
	r.res.Replaces = true
	login, err := r.live.login()
	if err != nil {
		return err
	}
	err = r.live.visit(ctx, false, func(tx *bolt.Tx) error { return r.read(tx, login) })
	if ExitCode(err) != ExitFailed || gaveUp(ctx) != nil {
		return err
	}
	return nil // damaged: that is what backups are for
}

// read reads id and head of the ledger, and whether login may replace it.
func (r *restore) read(tx *bolt.Tx, login string) error {
	last, err := lastEntry(tx)
	if err != nil {
		return err
	}
	info, err := readInfo(tx)
	if err != nil {
		return err
	}
	s := r.live.snapshot(tx)
	actor, err := s.staff(login)
	if err == nil {
		err = allow(actor, model.ActRestore)
	}
	if err != nil {
		return err
	}
	r.liveID, r.res.Former = info.ID, Witness{last.Seq, last.Hash.String()}
	return nil
}

func (r *restore) foreign() error {
	return refuse(ExitFailed, "这是另一本台账（%s）的备份，不能放在 %s 的位置。没有改动任何内容；要另放一处，请用 --ledger 写新的路径",
		"this is a backup of another ledger (%s) and cannot take the place of %s. Nothing was changed; to put it elsewhere, name a new path with --ledger", model.Shorten(r.trial.info.Community), r.path)
}

// prove verifies the staged backup.
func (r *restore) prove(ctx context.Context, copied string, m *Manifest) error {
	var err error
	r.res.Manifest = m
	r.trial, r.res.Backup, err = r.live.prove(ctx, copied, r.opt.Progress)
	if err != nil {
		if gaveUp(ctx) != nil {
			return err
		}
		return refuse(ExitCode(err), "这份备份不能用，现有台账没有变动：%s", "this backup is of no use and the ledger was not touched: %s", model.AsWords(err))
	}
	if err := fits(m, r.trial, r.res.Backup); err != nil {
		return err
	}
	r.res.Info = r.trial.info
	return r.trial.View(ctx, func(s *Snapshot) error {
		last, err := lastEntry(s.tx)
		r.res.Last = last.At
		return err
	})
}

// replace holds the ledger for itself and changes the files. A ledger that can
// be read is opened for that, as for writing, and left as it is.
func (r *restore) replace(ctx context.Context) error {
	login, err := r.live.login()
	if err != nil {
		return err
	}
	readable := false
	var done error
	err = r.live.visit(ctx, true, func(tx *bolt.Tx) error {
		if err := r.read(tx, login); err != nil {
			return err
		}
		readable = true
		if r.liveID != r.trial.info.ID {
			done = r.foreign()
		} else {
			done = r.settle(ctx)
		}
		return errUnchanged
	})
	if readable {
		return done
	}
	if ExitCode(err) != ExitFailed || gaveUp(ctx) != nil {
		return err
	}
	return r.replaceDamaged(ctx, err)
}

// replaceDamaged is replace for a ledger that can no longer be read: the staff
// register of the backup has to say who may.
func (r *restore) replaceDamaged(ctx context.Context, why error) error {
	f, err := r.live.lock.lock(ctx, true)
	if err != nil {
		return err
	}
	defer unlock(f)
	var said *Refusal
	if errors.As(why, &said) && said.Words == notLedger(r.path).(*Refusal).Words {
		return refuse(ExitFailed, "%s 不是台账文件，没有改动它。如果它是损坏的台账，请先把它移到别处，再恢复一次",
			"%s is not a ledger and was left alone. If it is a damaged one, move it away first, then restore again", r.path)
	}
	login, err := r.live.login()
	if err != nil {
		return err
	}
	err = r.trial.View(ctx, func(s *Snapshot) error {
		actor, err := s.staff(login)
		if err == nil {
			err = allow(actor, model.ActRestore)
		}
		return err
	})
	if err != nil {
		return err
	}
	r.res.Former = Witness{}
	return r.settle(ctx)
}

// settle notes the restore in the staged file and puts it in its place.
func (r *restore) settle(ctx context.Context) error {
	if err := r.step("note"); err != nil {
		return err
	}
	reason := ""
	if r.res.Former.Seq > 0 {
		reason = fmt.Sprintf("%d:%s", r.res.Former.Seq, r.res.Former.Hash)
	}
	err := r.trial.visit(ctx, true, func(tx *bolt.Tx) error {
		last, err := lastEntry(tx)
		if err != nil {
			return err
		}
		by := "" // on another computer nobody may be known
		if login, err := r.trial.login(); err == nil {
			if a, err := r.trial.snapshot(tx).staff(login); err == nil {
				by = a.Staff
			}
		}
		r.res.Head, err = appendEntry(tx, last, Entry{At: r.trial.Now(), By: by, Action: ActRestore, ID: r.trial.info.ID, Reason: reason})
		return err
	})
	if err != nil {
		return err
	}
	if err := r.step("sync"); err != nil {
		return err
	}
	if err := syncFile(r.trial.path); err != nil {
		return unwritable(r.path, err)
	}
	if err := r.step("place"); err != nil {
		return err
	}
	if r.res.Replaces {
		return r.exchange()
	}
	switch err := moveNew(r.trial.path, r.path); {
	case errors.Is(err, fs.ErrExist):
		return exists(r.path)
	case err != nil:
		return unwritable(r.path, err)
	}
	return nil
}

// exchange lets the restored file and the ledger change names in one step, so
// that at any moment the ledger's name leads to one of them, whole. In between
// the other one has a name that says neither old nor new.
func (r *restore) exchange() error {
	fault := func(err error) error {
		return refuse(ExitUnsafe, "没有恢复，现有台账没有变动", "nothing was restored; the ledger was not touched").because(err)
	}
	stamp := r.trial.Now().Format(stampLayout)
	between, err := free(r.path+".restoring-"+stamp, func(name string) error { return moveNew(r.trial.path, name) })
	if err != nil {
		return fault(err)
	}
	if err := r.step("exchange"); err != nil {
		_ = os.Remove(between)
		return err
	}
	err = unix.Renameat2(unix.AT_FDCWD, between, unix.AT_FDCWD, r.path, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) { // old kernel or file system
		return r.overwrite(between, stamp)
	}
	if err != nil {
		_ = os.Remove(between)
		return fault(err)
	}
	// From here on the ledger is restored, whatever else fails.
	if err := syncFolder(filepath.Dir(r.path)); err != nil {
		return r.afterwards(between, err)
	}
	if err := r.step("keep"); err != nil {
		return r.afterwards(between, err)
	}
	r.res.Kept, err = free(r.path+".replaced-"+stamp, func(name string) error { return moveNew(between, name) })
	if err != nil {
		return r.afterwards(between, err)
	}
	return nil
}

// overwrite is exchange where names cannot be exchanged: the ledger gets a second
// name and loses its first to the restored file. A power cut between the two
// leaves the ledger with both, which opening it asks to mend.
func (r *restore) overwrite(between, stamp string) (err error) {
	r.res.Kept, err = free(r.path+".replaced-"+stamp, func(name string) error { return os.Link(r.path, name) })
	if err == nil {
		if err = os.Rename(between, r.path); err != nil {
			_ = os.Remove(r.res.Kept)
		}
	}
	if err != nil {
		_ = os.Remove(between)
		return refuse(ExitUnsafe, "没有恢复，现有台账没有变动", "nothing was restored; the ledger was not touched").because(err)
	}
	if err := syncFolder(filepath.Dir(r.path)); err != nil {
		return r.afterwards(r.res.Kept, err)
	}
	return nil
}

func (r *restore) afterwards(old string, err error) error {
	r.res.Kept = old
	return refuse(ExitFailed, "台账已恢复，但收尾时出错；原来的文件在 %s", "the ledger is restored, but finishing failed; the former file is %s", old).because(err)
}

// free finds a name that nothing has, beginning with the one wanted.
func free(name string, take func(string) error) (string, error) {
	for serial := 1; ; serial++ {
		try := name
		if serial > 1 {
			try = fmt.Sprintf("%s-%d", name, serial)
		}
		if err := take(try); !errors.Is(err, fs.ErrExist) {
			return try, err
		}
	}
}
