package export

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"taizhang/model"
)

// File is a file being written. It has no name of its own before Commit, and
// Commit never replaces anything, so that a half-written sheet cannot be taken
// for a whole one and an older sheet is never lost.
type File struct {
	root   *os.Root
	folder string
	name   string // what it will be called
	aside  string // what it is called while being written
	f      *os.File
	buf    *bufio.Writer
	sum    hash.Hash
}

// Create begins a file that Commit puts at path. The caller calls Commit or
// Abort.
func Create(path string) (*File, error) {
	dir, name := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	return CreateIn(filepath.Clean(dir), name)
}

// CreateIn begins a file in a folder. The name is only a name: one that would
// lead out of the folder is refused.
func CreateIn(folder, name string) (*File, error) {
	if name == "" || name == "." || name == ".." || strings.ContainsAny(name, `/\`+"\x00") {
		return nil, model.Problemf("请给出文件名，如 活动2026.csv", "give a file name, such as activities-2026.csv")
	}
	if err := checkFolder(folder); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fileProblem(folder, err)
	}
	f := &File{root: root, folder: folder, name: name, sum: sha256.New()}
	if err := f.open(); err != nil {
		root.Close()
		return nil, err
	}
	f.buf = bufio.NewWriterSize(io.MultiWriter(f.f, f.sum), 64<<10)
	return f, nil
}

func checkFolder(folder string) error {
	info, err := os.Lstat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return model.Problemf("没有文件夹 %s，请先建立", "there is no folder %s; make it first", shown(folder))
	case err != nil:
		return fileProblem(folder, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return model.Problemf("文件夹 %s 是符号链接，请写它指向的真实路径", "the folder %s is a symbolic link; give the path it leads to", shown(folder))
	case !info.IsDir():
		return model.Problemf("%s 不是文件夹", "%s is not a folder", shown(folder))
	}
	return nil
}

// open refuses a taken name at once, before any work is done for it; Commit
// looks again.
func (f *File) open() error {
	if info, err := f.root.Lstat(f.name); err == nil {
		return f.taken(info.Mode())
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fileProblem(f.Path(), err)
	}
	for i := range 100 { // a name left over from a crash is passed by, not overwritten
		f.aside = fmt.Sprintf(".%s.%d-%d.part", short(f.name), os.Getpid(), i)
		var err error
		f.f, err = f.root.OpenFile(f.aside, os.O_WRONLY|os.O_CREATE|os.O_EXCL|syscall.O_NOFOLLOW, 0o600)
		if err == nil {
			return nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return fileProblem(f.Path(), err)
		}
	}
	return fileProblem(f.Path(), fs.ErrExist)
}

// short keeps the temporary name within the 255 bytes a file name may have.
func short(name string) string {
	for len(name) > 200 {
		r := []rune(name)
		name = string(r[:len(r)-1])
	}
	return name
}

// Path is where the file will be.
func (f *File) Path() string { return filepath.Join(f.folder, f.name) }

// Write implements io.Writer.
func (f *File) Write(p []byte) (int, error) { return f.buf.Write(p) }

// Sum is the SHA-256 of what was written so far: the export log needs it before
// the file appears.
func (f *File) Sum() ([sha256.Size]byte, error) {
	var sum [sha256.Size]byte
	if err := f.buf.Flush(); err != nil {
		return sum, fileProblem(f.Path(), err)
	}
	f.sum.Sum(sum[:0])
	return sum, nil
}

// bytes are what was written so far, read back from the disk.
func (f *File) bytes() ([]byte, error) {
	if err := f.buf.Flush(); err != nil {
		return nil, fileProblem(f.Path(), err)
	}
	in, err := f.root.Open(f.aside)
	if err != nil {
		return nil, fileProblem(f.Path(), err)
	}
	defer in.Close()
	raw, err := io.ReadAll(in)
	if err != nil {
		return nil, fileProblem(f.Path(), err)
	}
	return raw, nil
}

// Commit makes the file durable and gives it its name. When the name was taken
// meanwhile, nothing is replaced and nothing remains.
func (f *File) Commit() error {
	err := f.buf.Flush()
	if err == nil {
		err = f.f.Sync()
	}
	if err == nil {
		err = f.rename()
	}
	if err != nil {
		f.Abort()
		var told *model.Problem
		if errors.As(err, &told) {
			return err
		}
		return fileProblem(f.Path(), err)
	}
	err = errors.Join(f.f.Close(), f.syncFolder(), f.root.Close())
	f.root = nil
	if err != nil {
		return fileProblem(f.Path(), err)
	}
	return nil
}

// rename gives the file its name without replacing: by a second link, or, on
// file systems without links, over an empty file that was just made for it.
func (f *File) rename() error {
	err := f.root.Link(f.aside, f.name)
	if err == nil {
		return f.root.Remove(f.aside)
	}
	if !errors.Is(err, fs.ErrExist) {
		var place *os.File
		place, err = f.root.OpenFile(f.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|syscall.O_NOFOLLOW, 0o600)
		if err == nil {
			return errors.Join(place.Close(), f.root.Rename(f.aside, f.name))
		}
	}
	if errors.Is(err, fs.ErrExist) {
		if info, e := f.root.Lstat(f.name); e == nil {
			return f.taken(info.Mode())
		}
	}
	return err
}

func (f *File) syncFolder() error {
	d, err := f.root.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Abort drops what was written. It may follow Commit, where it does nothing.
func (f *File) Abort() {
	if f.root == nil {
		return
	}
	f.f.Close()
	f.root.Remove(f.aside)
	f.root.Close()
	f.root = nil
}

func (f *File) taken(mode fs.FileMode) error {
	path := shown(f.Path())
	switch {
	case mode.IsRegular():
		return model.Problemf("文件 %s 已存在，不会覆盖；可改用 %s", "the file %s exists and is not overwritten; try %s", path, shown(f.free()))
	case mode.IsDir():
		return model.Problemf("%s 是文件夹，请给出文件名", "%s is a folder; give a file name", path)
	case mode&fs.ModeSymlink != 0:
		return model.Problemf("%s 是符号链接，不写入；请换一个文件名", "%s is a symbolic link and is not written through; take another name", path)
	case mode&fs.ModeNamedPipe != 0:
		return model.Problemf("%s 是管道，不写入；请换一个文件名", "%s is a pipe and is not written to; take another name", path)
	}
	return model.Problemf("%s 不是普通文件，不写入；请换一个文件名", "%s is not a regular file and is not written to; take another name", path)
}

// free is the first name still free after this one: 活动-2.csv, 活动-3.csv.
func (f *File) free() string {
	ext := filepath.Ext(f.name)
	stem := strings.TrimSuffix(f.name, ext)
	for i := 2; ; i++ {
		name := fmt.Sprintf("%s-%d%s", stem, i, ext)
		if _, err := f.root.Lstat(name); err != nil {
			return name
		}
	}
}

// shown is a path as a message may repeat it.
func shown(path string) string {
	s, _ := model.Clean(path)
	return strings.ReplaceAll(s, "\n", " ")
}

// fileProblem says in both languages why a file cannot be written.
func fileProblem(path string, err error) error {
	p := shown(path)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return model.Problemf("没有权限写 %s", "no permission to write %s", p)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return model.Problemf("磁盘已满，%s 没有写成", "the disk is full; %s was not written", p)
	case errors.Is(err, syscall.EROFS):
		return model.Problemf("%s 所在的磁盘是只读的", "%s lies on a read-only disk", p)
	case errors.Is(err, syscall.ENAMETOOLONG):
		return model.Problemf("文件名太长，请缩短", "the file name is too long; shorten it")
	}
	return model.Problemf("%s 没有写成：%s", "%s was not written: %s", p, shown(err.Error()))
}
