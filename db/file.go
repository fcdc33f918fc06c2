package db

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Checks of the file itself, made on the open descriptor each time the ledger
// is opened: what a path led to a moment ago proves nothing.

func missing(path string, err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return cannotOpen(path, err)
	}
	return refuse(ExitUnsafe,
		"没有台账文件 %s，没有新建任何文件。请核对路径；确需新建请用 taizhang init",
		"there is no ledger %s; nothing was created. Check the path; to begin a new ledger use: taizhang init", path)
}

func cannotOpen(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return missing(path, err)
	case errors.Is(err, syscall.ELOOP):
		return refuse(ExitUnsafe,
			"%s 是符号链接，未打开，内容没有变动。请直接写出台账文件的真实路径",
			"%s is a symbolic link; it was not opened and nothing changed. Give the ledger's real path", path)
	case errors.Is(err, syscall.EROFS):
		return unwritable(path, err)
	case errors.Is(err, fs.ErrPermission):
		return refuse(ExitUnsafe,
			"没有权限打开 %s，内容没有变动。请用台账所属的账号运行",
			"no permission to open %s; nothing changed. Run as the account that owns the ledger", path).because(err)
	}
	return refuse(ExitUnsafe, "打不开 %s，内容没有变动", "cannot open %s; nothing changed", path).because(err)
}

// notForWriting is cannotOpen for an account that may read the ledger.
func notForWriting(path string, err error) error {
	if f, e := os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0); e == nil && errors.Is(err, fs.ErrPermission) {
		f.Close()
		return refuse(ExitUnsafe,
			"%s 是只读的，没有写入任何内容；仍可查看。要继续登记，请用台账所属的账号执行：chmod u+w %s",
			"%s is read-only; nothing was written, reading still works. To go on entering, type as the account that owns it: chmod u+w %s", path, path).because(err)
	}
	return cannotOpen(path, err)
}

func unwritable(path string, err error) error {
	return refuse(ExitUnsafe,
		"%s 所在的位置不能写入，没有写入任何内容；仍可查看",
		"the place of %s cannot be written to; nothing was written, reading still works", path).because(err)
}

// networkKinds are the file systems on which flock does not lock other
// machines out, by the magic number statfs returns.
var networkKinds = map[uint32]string{
	0x6969:     "NFS",
	0xFF534D42: "CIFS",
	0xFE534D42: "SMB2",
	0x517B:     "SMB",
	0x65735546: "FUSE",
	0x01021997: "9P",
	0x5346414F: "AFS",
	0x00C36400: "Ceph",
}

// fileSystem returns the magic number of the file system that a file lies on.
// Tests put another in its place.
var fileSystem = func(f *os.File) (magic uint32, err error) {
	var vol syscall.Statfs_t
	err = syscall.Fstatfs(int(f.Fd()), &vol)
	return uint32(vol.Type), err
}

// checkFile refuses an open ledger file that others could read or change, that
// lies where locks do not hold, or that cannot be a whole ledger.
func checkFile(f *os.File, path string, opt *Options) error {
	info, err := f.Stat()
	if err != nil {
		return cannotOpen(path, err)
	}
	st := info.Sys().(*syscall.Stat_t)
	switch {
	case !info.Mode().IsRegular():
		return refuse(ExitUnsafe, "%s 不是普通文件，未打开，内容没有变动。请核对路径", "%s is not a regular file; it was not opened and nothing changed. Check the path", path)
	case st.Nlink != 1:
		return refuse(ExitUnsafe,
			"%s 有 %d 个硬链接，别处也能改动它，未打开，内容没有变动。请删除多余的链接",
			"%s has %d hard links, so it can be changed from elsewhere; it was not opened and nothing changed. Remove the other links", path, int(st.Nlink))
	case int(st.Uid) != os.Geteuid():
		return refuse(ExitUnsafe,
			"%s 属于别的账号（uid %d），未打开，内容没有变动。请用那个账号运行，或执行：chown %d %s",
			"%s belongs to another account (uid %d); it was not opened and nothing changed. Run as that account, or type: chown %d %s",
			path, int(st.Uid), os.Geteuid(), path)
	case info.Mode().Perm()&0o077 != 0:
		return refuse(ExitUnsafe,
			"%s 的权限是 %04o，别人也能读写，未打开，内容没有变动。请执行：chmod 600 %s",
			"%s has mode %04o, so others can get at it; it was not opened and nothing changed. Type: chmod 600 %s",
			path, int(info.Mode().Perm()), path)
	}
	if err := checkFolder(path); err != nil {
		return err
	}
	if !opt.AllowNetwork {
		magic, err := fileSystem(f)
		if err != nil {
			return cannotOpen(path, err)
		}
		if kind := networkKinds[magic]; kind != "" {
			return refuse(ExitUnsafe,
				"%s 在网络文件系统（%s）上，那里的文件锁不可靠，未打开，内容没有变动。请把台账放在本机磁盘上",
				"%s lies on a network file system (%s), where file locks cannot be trusted; it was not opened and nothing changed. Keep the ledger on a local disk", path, kind)
		}
	}
	return checkWhole(f, info.Size(), path)
}

// checkFolder refuses a folder in which others could put another file in the
// ledger's place. A sticky folder (such as /tmp) does not let them.
func checkFolder(path string) error {
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	if err != nil {
		return cannotOpen(path, err)
	}
	if info.Mode().Perm()&0o022 != 0 && info.Mode()&fs.ModeSticky == 0 {
		return refuse(ExitUnsafe,
			"文件夹 %s 别人也能写入，台账可能被调换，未打开，内容没有变动。请执行：chmod go-w %s",
			"others can write to the folder %s and put another file in the ledger's place; it was not opened and nothing changed. Type: chmod go-w %s", folder, folder)
	}
	return nil
}

// checkWhole refuses a file that is empty, foreign, or shorter than its own
// meta page says: reading past the end of a cut file would kill the process. It
// also refuses one that has lost one of its two headers although no commit was
// broken off: the one that is left may be that of the commit before the last.
func checkWhole(f *os.File, size int64, path string) error {
	if size == 0 {
		return refuse(ExitFailed,
			"%s 是空文件，不是台账，没有写入任何内容。请核对路径，或用 taizhang restore 恢复备份",
			"%s is empty and no ledger; nothing was written. Check the path, or restore a backup with: taizhang restore", path)
	}
	m, known, err := readMeta(f)
	switch {
	case !known && !errors.Is(err, errTorn):
		return unreadable(err)
	case !known:
		return notLedger(path)
	case err != nil:
		return badHeader(err)
	case !m.pair && isSettled(path):
		r := refuse(ExitFailed,
			"%s 的文件头有一处损坏，最近一次保存可能已看不到，未打开，没有写入任何内容。请另存一份后用 taizhang restore 恢复备份",
			"one of the two headers of %s is damaged, so that what was saved last may not be seen; it was not opened and nothing was written. Keep a copy, then restore a backup with: taizhang restore", path)
		r.damage = true
		return r
	case size < int64(m.pages)*int64(m.pageSize):
		r := refuse(ExitFailed,
			"%s 不完整：应有 %d 字节，只有 %d 字节，未打开，没有写入任何内容。请另存一份后用 taizhang restore 恢复备份",
			"%s is cut short: %d bytes are expected, %d are there; it was not opened and nothing was written. Keep a copy, then restore a backup with: taizhang restore",
			path, int64(m.pages)*int64(m.pageSize), size)
		r.damage = true
		return r
	}
	return nil
}

// badHeader is the refusal when readMeta found no header to go by.
func badHeader(err error) error {
	if errors.Is(err, errTorn) {
		return damaged("文件头 header", err)
	}
	return unreadable(err)
}

// unreadable is the refusal when the disk does not give what it holds: the next
// time it may, so this is not damage.
func unreadable(err error) error {
	return refuse(ExitFailed, "读取台账时磁盘报错，没有写入任何内容。请再试一次；若仍失败请检查磁盘",
		"the disk reported an error while the ledger was read; nothing was written. Try again; if it fails again, check the disk").because(err)
}

func notLedger(path string) error {
	return refuse(ExitFailed,
		"%s 不是台账文件，未打开，内容没有变动。请核对路径",
		"%s is not a ledger; it was not opened and nothing changed. Check the path", path)
}

// metaPage is what bbolt writes into its meta pages 0 and 1, in turn, as the
// last step of every commit.
type metaPage struct {
	at       int64 // where in the file
	pageSize uint32
	root     uint64 // page of the bucket of buckets
	freelist uint64
	pages    uint64 // pages in use: the file is at least so long
	tx       uint64 // number of the transaction, grows with every commit
	pair     bool   // the other header page is whole too, and of another commit
}

// The layout of a meta page: a page header of 16 bytes, then magic, version,
// page size and flags (4 bytes each), root page and sequence, freelist, pages,
// transaction, and an FNV-1a checksum over these 64 bytes minus itself.
const (
	boltMagic  = 0xED0CDAED
	metaAt     = 16
	metaLength = 64
)

// errTorn means that neither meta page has a right checksum.
var errTorn = errors.New("both header pages fail their checksum")

// readMeta reads the newer of the two meta pages that has a right checksum; one
// that is just being written fails it, and the other counts. known is false
// when the file does not look like bbolt's at all.
func readMeta(r io.ReaderAt) (best metaPage, known bool, err error) {
	err = errTorn
	var unread error // one that could not be read may be the newer
	defer func() {
		if unread != nil {
			err = unread
		}
	}()
	look := func(off int64) uint32 {
		var b [metaLength]byte
		if _, e := r.ReadAt(b[:], off+metaAt); e != nil {
			if e != io.EOF {
				unread = e
			}
			return 0
		}
		if binary.NativeEndian.Uint32(b[0:]) != boltMagic {
			return 0
		}
		known = true
		sum := fnv.New64a()
		sum.Write(b[:56])
		if sum.Sum64() != binary.NativeEndian.Uint64(b[56:]) {
			return 0
		}
		m := metaPage{
			at:       off,
			pageSize: binary.NativeEndian.Uint32(b[8:]),
			root:     binary.NativeEndian.Uint64(b[16:]),
			freelist: binary.NativeEndian.Uint64(b[32:]),
			pages:    binary.NativeEndian.Uint64(b[40:]),
			tx:       binary.NativeEndian.Uint64(b[48:]),
		}
		m.pair = err == nil && m.tx != best.tx
		if err != nil || m.tx > best.tx {
			best, err = m, nil
		}
		best.pair = m.pair
		return m.pageSize
	}
	size := look(0)
	if size != 0 {
		look(int64(size))
		return best, known, err
	}
	for size := int64(1024); size <= 64<<10; size *= 2 { // page 0 is torn: find page 1
		if look(size) != 0 {
			break
		}
	}
	return best, known, err
}
