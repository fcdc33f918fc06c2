// Package db keeps the ledger: one bbolt file that many processes share. Nobody
// holds it between actions. Each read or write waits for its turn, opens the
// file, runs one transaction and closes it again.
package db

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"taizhang/model"
)

// Format is the ledger format this program writes, and the newest it reads; see
// steps.
const Format = 2

// magic marks a bbolt file as a ledger.
const magic = "taizhang ledger"

// Options is what a ledger needs from outside.
type Options struct {
	// Clock tells the time; nil: time.Now.
	Clock func() time.Time
	// Rand gives salts and request ids; nil: crypto/rand.
	Rand io.Reader
	// User names the operating-system user; nil: the owner of the process (see
	// Actor). Tests set it.
	User func() (login string, err error)
	// Staff is the login that sshd's forced command fixed; "" without one.
	Staff string
	// AllowNetwork opens a ledger on a network file system all the same, where
	// two machines may overwrite each other.
	AllowNetwork bool
	// Backdate lets Op.At set the moment of entry: for the sample community and
	// measurements, never for a ledger in use.
	Backdate bool
	// Schema is what the program knows to be in a ledger; nil: the built-in
	// registers with what the ledger's settings add to them.
	Schema *model.Schema

	fixedSchema bool // Schema was given: the ledger's settings are not looked at

	known   int                  // tests lower the newest format known; 0: Format
	trouble func(part int) error // tests make a migration fail
}

func (o *Options) complete() {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.User == nil {
		o.User = processOwner
	}
	if o.fixedSchema = o.Schema != nil; !o.fixedSchema {
		o.Schema = model.NewSchema()
	}
}

// Info is what a ledger says about itself.
type Info struct {
	ID        string // 32 hexadecimal digits, given at creation
	Community string
	Lang      model.Lang
	Created   time.Time
	Format    int
}

// Ledger is the way to one ledger file. It holds no file and no lock open and
// may be used by several goroutines.
type Ledger struct {
	path string
	opt  Options
	info Info
	lock *locker

	now      atomic.Pointer[current] // settings as of the last visit
	opening  bool                    // inside Open, which reads the leaves too
	followed atomic.Int64            // when the pages were followed last, see follow
	spoiled  atomic.Pointer[damage]
	barred   atomic.Pointer[Refusal] // from writing, by a newer program; as of the last visit
}

// damage is what a process met in a ledger file, and in which file.
type damage struct {
	file os.FileInfo
	what *Refusal
}

// Open checks that path is a ledger this program can use and returns the way
// to it. It creates nothing and holds nothing open. Errors are *Refusal: exit
// code 3 for an unsafe file, 4 for a newer format, 5 when busy, 1 for a file
// that is damaged or no ledger.
func Open(path string, opt Options) (*Ledger, error) {
	l := newLedger(path, opt)
	if err := l.begin(context.Background(), func(*Snapshot) error { return nil }); err != nil {
		return nil, err
	}
	return l, nil
}

// OpenAs is Open, and Ledger.Actor in the same look at the file. When only the
// actor is refused the ledger is there all the same, for its language.
func OpenAs(ctx context.Context, path string, opt Options) (*Ledger, model.Actor, error) {
	l := newLedger(path, opt)
	login, refused := l.login()
	var a model.Actor
	err := l.begin(ctx, func(s *Snapshot) error {
		if refused == nil {
			a, refused = s.staff(login)
		}
		return nil
	})
	if err != nil {
		return nil, a, err
	}
	return l, a, refused
}

func newLedger(path string, opt Options) *Ledger {
	opt.complete()
	return &Ledger{path: path, opt: opt, lock: newLocker(path)}
}

// begin checks the file and looks at its first state.
func (l *Ledger) begin(ctx context.Context, look func(*Snapshot) error) error {
	l.opening = true
	err := l.visit(ctx, false, func(tx *bolt.Tx) (err error) {
		if l.info, err = readInfo(tx); err != nil {
			return err
		}
		s := l.snapshot(tx)
		if err := look(s); err != nil {
			return err
		}
		return s.fault
	})
	l.opening = false
	return err
}

// Path is the file the ledger lies in.
func (l *Ledger) Path() string { return l.path }

// Info tells what the ledger said about itself when it was opened.
func (l *Ledger) Info() Info { return l.info }

// Now is the ledger's clock, in UTC to the millisecond, as it is stored.
func (l *Ledger) Now() time.Time { return l.opt.Clock().UTC().Truncate(time.Millisecond) }

// visit runs fn in one transaction under the lock. It holds back nothing when
// it returns: not the lock, not the file, not memory of it. fn's bytes are
// valid only inside.
func (l *Ledger) visit(ctx context.Context, write bool, fn func(*bolt.Tx) error) error {
	if write {
		return l.upgrading(ctx, func() error { return l.visitOnce(ctx, write, fn) })
	}
	return l.visitOnce(ctx, write, fn)
}

func (l *Ledger) visitOnce(ctx context.Context, write bool, fn func(*bolt.Tx) error) error {
	if err := gaveUp(ctx); err != nil {
		return err
	}
	f, err := l.lock.lock(ctx, write)
	if err != nil {
		return err
	}
	defer unlock(f)
	var db *bolt.DB
	var tx *bolt.Tx
	leave := func() {
		if tx != nil {
			_ = tx.Rollback()
		}
		if db != nil {
			_ = db.Close()
		}
	}
	info, err := f.Stat()
	if err != nil {
		return cannotOpen(l.path, err)
	}
	return l.met(info, guard(leave, func() error {
		if err := checkFile(f, l.path, &l.opt); err != nil {
			return err
		}
		if write {
			if err := l.unspoiled(info); err != nil {
				return err
			}
			if err := l.settle(f); err != nil {
				return err
			}
		}
		if err := l.follow(f); err != nil {
			return err
		}
		if db, err = openBolt(f, write); err != nil {
			return err
		}
		err := l.transact(f, db, &tx, write, fn)
		leave() // not deferred: see guard
		return err
	}))
}

// followAgain is how long pages that were followed once are trusted. A login
// lasts for days, and pages that have come to lead in a circle meanwhile would
// keep it going round; see checkPages.
const followAgain = 5 * time.Minute

// follow checks the pages at opening, and their way down to the leaves again
// and again.
func (l *Ledger) follow(f *os.File) error {
	now := time.Now().UnixNano()
	if ago := now - l.followed.Load(); !l.opening && ago >= 0 && ago < int64(followAgain) {
		return nil
	}
	if err := checkPages(f, l.opening); err != nil {
		return err
	}
	l.followed.Store(now)
	return nil
}

// met remembers damage: whoever met it once writes no more into that file, even
// if the next look happens to miss the place. Another file in its stead, a
// restored backup, is not meant.
func (l *Ledger) met(file os.FileInfo, err error) error {
	var r *Refusal
	if errors.As(err, &r) && r.damage {
		l.spoiled.Store(&damage{file, r})
	}
	return err
}

// metOutside is met for damage noticed outside a visit, in bytes copied out.
func (l *Ledger) metOutside(err error) error {
	if file, e := os.Lstat(l.path); e == nil {
		return l.met(file, err)
	}
	return err
}

// unspoiled refuses to write into a file in which damage was met.
func (l *Ledger) unspoiled(file os.FileInfo) error {
	if d := l.spoiled.Load(); d != nil && os.SameFile(file, d.file) {
		return d.what
	}
	return nil
}

// transact runs fn in a transaction, which it leaves in tx for the caller to end.
func (l *Ledger) transact(f *os.File, db *bolt.DB, tx **bolt.Tx, write bool, fn func(*bolt.Tx) error) (err error) {
	if *tx, err = db.Begin(write); err != nil {
		return damaged("事务 transaction", err)
	}
	l.noteWriters(*tx)
	if err := l.checkFormat(*tx, write); err != nil {
		return err
	}
	if id := hex.EncodeToString((*tx).Bucket(bucketMeta).Get([]byte("id"))); l.info.ID != "" && id != l.info.ID {
		return refuse(ExitUnsafe,
			"%s 已换成另一本台账，没有读写。请核对是否有人移动或恢复了文件，再重新打开",
			"another ledger lies at %s now; it was neither read nor written. Find out who moved or restored a file, then open it again", l.path)
	}
	if err := l.refreshSettings(*tx); err != nil && write {
		return err
	}
	if err := fn(*tx); err != nil || !write {
		return err
	}
	return l.commit(f, *tx)
}

// errUnchanged makes a write visit end without a commit and without an error.
var errUnchanged = errors.New("nothing to write")

// commit makes the transaction durable, unless the path has come to lead to
// another file: what went into this one would be lost.
func (l *Ledger) commit(f *os.File, tx *bolt.Tx) error {
	if !samePlace(f, l.path) {
		return refuse(ExitUnsafe,
			"台账文件在保存时被换成了另一个文件，未保存。请确认没有人正在恢复或移动台账，再试一次",
			"the ledger file was replaced while saving; nothing was saved. Make sure nobody is restoring or moving it, then try again")
	}
	before, _, _ := readMeta(f)
	if err := l.mark(unsettled); err != nil {
		return err
	}
	err := tx.Commit()
	if err == nil {
		_ = l.mark(settled) // if it cannot be said, the next one syncs again
		return nil
	}
	now, _, metaErr := readMeta(f)
	if metaErr == nil && now.tx > before.tx && l.settle(f) == nil {
		return nil // only its last sync had failed, and now it is on the disk
	}
	if metaErr == nil && now.tx == before.tx {
		return notSaved(err)
	}
	return refuse(ExitFailed, "磁盘报错，可能已保存，也可能没有。请原样再存一次：同一张表单不会重复登记",
		"the disk reported an error; the entry may or may not be stored. Save the same form again: it cannot be entered twice").because(err)
}

// openBolt opens the file that is already open and locked. Why these options:
// the array freelist opens fastest; the freelist is synced, as rebuilding it on
// every open would take seconds; statistics serve only long-open files.
func openBolt(f *os.File, write bool) (*bolt.DB, error) {
	db, err := bolt.Open(f.Name(), 0o600, &bolt.Options{
		ReadOnly:     !write,
		Timeout:      time.Second, // never needed: the file comes locked
		FreelistType: bolt.FreelistArrayType,
		NoStatistics: true,
		OpenFile:     func(string, int, os.FileMode) (*os.File, error) { return f, nil },
	})
	switch {
	case err == nil:
		return db, nil
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrVersionMismatch), errors.Is(err, bolterrors.ErrChecksum):
		// bbolt takes a header it could not read for a bad one.
		if _, _, again := readMeta(f); again != nil {
			return nil, badHeader(again)
		}
		return nil, unreadable(err)
	}
	return nil, cannotOpen(f.Name(), err)
}

// guard turns a panic or memory fault that bad bytes cause inside bbolt into an
// error. After one, bbolt's own locks may be held for ever, so the file is not
// closed through bbolt; its mapping stays until the process ends. A panic of
// the program's own making goes on, after leave.
func guard(leave func(), fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		p := recover()
		switch {
		case p == nil:
		case fromFile(p):
			cause, ok := p.(error)
			if !ok {
				cause = errors.New(strings.TrimSpace(shortPanic(p)))
			}
			err = damaged("数据页 page", cause)
		default:
			leave()
			panic(p)
		}
	}()
	return fn()
}

func shortPanic(p any) string {
	s, ok := p.(string)
	if !ok {
		return "panic"
	}
	return s[:min(len(s), 120)]
}

// fromFile reports whether a panic comes from the file's bytes: a fault at an
// address of the mapping, or anything raised below a call into bbolt.
func fromFile(p any) bool {
	if _, ok := p.(interface{ Addr() uintptr }); ok {
		return true
	}
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	raised := false
	for {
		fr, more := frames.Next()
		switch {
		case fr.Function == "runtime.gopanic":
			raised = true
		case raised && strings.HasPrefix(fr.Function, "go.etcd.io/bbolt"):
			return true
		case raised && strings.HasPrefix(fr.Function, "taizhang/"):
			return false
		}
		if !more {
			return false
		}
	}
}

// checkFormat refuses a bbolt file that is no ledger, and one of a format that
// only newer programs understand.
func (l *Ledger) checkFormat(tx *bolt.Tx, write bool) error {
	b := tx.Bucket(bucketMeta)
	if b == nil || string(b.Get([]byte("magic"))) != magic {
		return notLedger(l.path)
	}
	known := Format
	if l.opt.known != 0 {
		known = l.opt.known
	}
	marks := []string{"min_reader", "min_writer"}
	if !write {
		marks = marks[:1]
	}
	for _, mark := range marks {
		if need, err := strconv.Atoi(string(b.Get([]byte(mark)))); err != nil {
			return damaged("格式号 format", err)
		} else if need > known {
			return refuse(ExitNewer,
				"台账是新版程序写的（格式 %d，本程序最高支持 %d），内容没有变动。请升级本程序",
				"the ledger was written by a newer program (format %d, this program knows %d); nothing changed. Upgrade this program", need, known)
		}
	}
	return nil
}

func readInfo(tx *bolt.Tx) (Info, error) {
	b := tx.Bucket(bucketMeta)
	get := func(key string) string { return string(b.Get([]byte(key))) }
	created, err := time.Parse(time.RFC3339, get("created"))
	if err != nil {
		return Info{}, damaged("meta", err)
	}
	format, err := strconv.Atoi(get("format"))
	if err != nil {
		return Info{}, damaged("meta", err)
	}
	lang, _ := model.ParseLang(get("lang"))
	return Info{
		ID: hex.EncodeToString(b.Get([]byte("id"))), Community: get("community"),
		Lang: lang, Created: created, Format: format,
	}, nil
}
