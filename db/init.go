package db

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"taizhang/model"
)

// InitOptions says what a new ledger begins with.
type InitOptions struct {
	Name     string     // of the community
	Lang     model.Lang // of what the ledger prints
	Login    string     // operating-system user of the first administrator
	FullName string     // her name; "" takes the login
	Clock    func() time.Time
	Rand     io.Reader
	Schema   *model.Schema
}

// Init makes a new ledger at path: the only thing that creates one. It grows
// under another name in the same folder and takes its own when it is whole and
// on the disk, so that no power cut leaves half a ledger; a file already there
// is never replaced. The first member of staff is the login given, with the
// roles 管理 and 录入.
func Init(path string, opt InitOptions) error {
	o := Options{Clock: opt.Clock, Rand: opt.Rand, Schema: opt.Schema}
	o.complete()
	if opt.Name == "" || opt.Login == "" {
		return refuse(ExitUsage, "请写出社区名称和管理员的登录名，没有新建文件", "give the community's name and the administrator's login; nothing was created")
	}
	for _, s := range []string{opt.Name, opt.Login, opt.FullName} {
		if err := model.CheckText(s, false); err != nil {
			return err
		}
	}
	if err := checkFolder(path); err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return exists(path)
	}
	suffix := make([]byte, 6)
	if _, err := io.ReadFull(rand.Reader, suffix); err != nil {
		return err
	}
	temp := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".new-"+hex.EncodeToString(suffix))
	f, err := os.OpenFile(temp, os.O_RDWR|os.O_CREATE|os.O_EXCL|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0o600)
	if err != nil {
		return unwritable(path, err)
	}
	defer os.Remove(temp) // fails once it has its own name
	defer unlock(f)
	if err := f.Chmod(0o600); err != nil { // whatever the umask
		return unwritable(path, err)
	}
	if err := flock(f, syscall.LOCK_EX); err != nil {
		return lockError(err)
	}
	l := &Ledger{path: temp, opt: o}
	if err := guard(func() {}, func() error { return l.fill(f, opt) }); err != nil {
		return err
	}
	if err := syncFile(temp); err != nil {
		return unwritable(path, err)
	}
	err = unix.Renameat2(unix.AT_FDCWD, temp, unix.AT_FDCWD, path, unix.RENAME_NOREPLACE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) { // old kernel or file system
		err = os.Link(temp, path)
		if err == nil {
			err = os.Remove(temp)
		}
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return exists(path)
	case err != nil:
		return unwritable(path, err)
	}
	return syncFile(filepath.Dir(path))
}

func exists(path string) error {
	return refuse(ExitFailed, "%s 已存在，没有改动它。请换一个文件名，或直接打开它",
		"%s exists already and was left alone. Choose another name, or open it", path)
}

// syncFile makes a file, or the names in a folder, durable.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// fill writes the beginning of a ledger into an empty file.
func (l *Ledger) fill(f *os.File, opt InitOptions) error {
	db, err := openBolt(f, true)
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit: nothing
	for _, name := range [][]byte{bucketMeta, bucketJournal, bucketCounters, bucketRequests, bucketDrafts, bucketLogins, indexDate, indexName, indexBack, indexBin, bucketSearch} {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	id := make([]byte, 16)
	if _, err := io.ReadFull(l.opt.Rand, id); err != nil {
		return err
	}
	now := l.Now()
	latest := steps[len(steps)-1]
	for key, value := range map[string]string{
		"magic": magic, "id": string(id), "format": strconv.Itoa(Format), "min_reader": strconv.Itoa(latest.MinReader), "min_writer": strconv.Itoa(latest.MinWriter),
		"community": opt.Name, "lang": opt.Lang.String(), "created": now.Format(time.RFC3339),
	} {
		if err := tx.Bucket(bucketMeta).Put([]byte(key), []byte(value)); err != nil {
			return err
		}
	}
	last, err := appendEntry(tx, Entry{}, Entry{At: now, Action: ActInit, ID: hex.EncodeToString(id)})
	if err != nil {
		return err
	}
	name := opt.FullName
	if name == "" {
		name = opt.Login
	}
	w := &writer{Snapshot: l.snapshot(tx), rand: l.opt.Rand, clock: now, last: last,
		actor: model.Actor{Login: opt.Login, Roles: []model.Role{model.Administrator}}}
	_, err = w.run(RequestID{}, []Op{{Kind: Add, Register: model.Staff.Key, Values: model.Values{
		model.StaffName.Key():  name,
		model.StaffLogin.Key(): opt.Login,
		model.StaffRoles.Key(): []string{string(model.Administrator), string(model.Clerk)},
	}}})
	if err != nil {
		return err
	}
	return tx.Commit()
}
