package db

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Files of a backup's way: the private folder in which it is made and tried,
// copying that reaches the disk, and names that replace nothing.

// workFolder is a private folder beside the ledger. Copies are made and proved
// there and not where they will lie: an encrypted copy often goes to a stick or
// a share, which must never have held the plain text, and copying to such a
// place would keep everyone else waiting.
type workFolder struct {
	path string
	held *os.File // locked while the folder is in use
}

const workPrefix = ".taizhang-work-"

func newWork(ledger string) (*workFolder, error) {
	sweep(filepath.Dir(ledger))
	path, err := os.MkdirTemp(filepath.Dir(ledger), workPrefix)
	if err != nil {
		return nil, unwritable(ledger, err)
	}
	held, err := os.Open(path)
	if err == nil {
		err = flock(held, syscall.LOCK_EX|syscall.LOCK_NB)
	}
	if err != nil {
		_ = os.RemoveAll(path)
		return nil, unwritable(ledger, err)
	}
	return &workFolder{path, held}, nil
}

func (w *workFolder) file(name string) string { return filepath.Join(w.path, name) }

func (w *workFolder) close() {
	_ = os.RemoveAll(w.path)
	_ = w.held.Close()
}

// sweep removes the work folders of processes that were killed. A younger one
// may not be locked yet.
func sweep(folder string) {
	list, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, e := range list {
		info, err := e.Info()
		if err != nil || !e.IsDir() || !strings.HasPrefix(e.Name(), workPrefix) || time.Since(info.ModTime()) < time.Minute {
			continue
		}
		path := filepath.Join(folder, e.Name())
		f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0)
		if err != nil {
			continue
		}
		if flock(f, syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			_ = os.RemoveAll(path)
		}
		f.Close()
	}
}

// create makes a new file of the owner's alone, whatever the umask.
func create(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0o600)
	if err != nil {
		return nil, err
	}
	_ = f.Chmod(0o600) // a file system without modes refuses; see secret
	return f, nil
}

// secret reports whether a file is its owner's alone. Sticks are often formatted
// so that no file can be.
func secret(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().Perm()&0o077 == 0
}

// reader ends with its context.
type reader struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (r reader) Read(p []byte) (int, error) {
	if err := gaveUp(r.ctx); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// filled creates a file, lets fn write into it, and brings it to the disk. After
// an error there is no file.
func filled(path string, fn func(io.Writer) error) (err error) {
	f, err := create(path)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			_ = os.Remove(path)
		}
	}()
	if err := fn(f); err != nil {
		return err
	}
	return f.Sync()
}

// noFollow opens neither a link nor, for ever, a named pipe.
const noFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK | syscall.O_CLOEXEC

// sumOf reads a file back and returns its SHA-256 and size. What the system
// keeps of it in memory is dropped first where that is possible: the disk is to
// be asked.
func sumOf(ctx context.Context, path string) (sum string, size int64, err error) {
	f, err := os.OpenFile(path, os.O_RDONLY|noFollow, 0)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	_ = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
	h := sha256.New()
	size, err = io.Copy(h, reader{ctx, f})
	return hex.EncodeToString(h.Sum(nil)), size, err
}

func sumFrom(r io.Reader) (string, error) {
	h := sha256.New()
	_, err := io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), err
}

// moveNew gives a file its name, never in another's place, durably.
func moveNew(from, to string) error {
	err := unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.RENAME_NOREPLACE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) { // old kernel or file system
		if err = os.Link(from, to); err == nil {
			err = os.Remove(from)
		}
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}

// syncFolder makes the names in a folder durable, where the file system can.
func syncFolder(path string) error {
	if err := syncFile(path); err != nil && !errors.Is(err, syscall.EINVAL) {
		return err
	}
	return nil
}

// stranger is a name for a file that is not finished.
func stranger(folder string) (string, error) {
	suffix := make([]byte, 6)
	if _, err := io.ReadFull(rand.Reader, suffix); err != nil {
		return "", err
	}
	return filepath.Join(folder, ".taizhang-"+hex.EncodeToString(suffix)+".part"), nil
}

// backupFolder makes the folder of backups where it is missing; the one above it
// must be there, so that nothing is written beside a stick that is not plugged in.
func backupFolder(path string) error {
	err := os.Mkdir(path, 0o700)
	if err == nil {
		return syncFolder(filepath.Dir(path))
	}
	if info, e := os.Stat(path); e == nil && info.IsDir() {
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return refuse(ExitUnsafe, "没有文件夹 %s，没有备份。请核对路径，或先插好备份盘",
			"there is no folder %s; no backup was made. Check the path, or plug the backup disk in", filepath.Dir(path))
	}
	return refuse(ExitUnsafe, "不能使用文件夹 %s，没有备份", "the folder %s cannot be used; no backup was made", path).because(err)
}
