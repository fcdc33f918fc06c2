package db

import (
	"bytes"
	"encoding/binary"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// A commit ends with a page that makes it count, and the sync of that page. If
// the process is killed in between, or that sync fails, the commit stands in
// this computer's memory for all to see, but not on the disk; after a failed
// sync the system does not even try again. Whoever built on it would overwrite
// pages that the disk still needs, and answer "saved" for what a power cut
// takes. So a mark in the side file, which needs no sync since memory is all it
// speaks of, is set before each commit and taken back after it; who finds it
// set, or finds none, first brings what stands in memory to the disk.

type mark byte

const (
	settled   mark = '='
	unsettled mark = '?'
)

func (l *Ledger) markFile() (*os.File, error) {
	f, err := os.OpenFile(l.path+".queue", os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0o600)
	if err != nil {
		return nil, unwritable(l.path, err)
	}
	return f, nil
}

// isSettled reports that the last commit ended well, as far as is known.
func isSettled(path string) bool {
	f, err := os.OpenFile(path+".queue", os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	return readMark(f) == settled
}

func readMark(side io.ReaderAt) mark {
	var b [1]byte
	if n, err := side.ReadAt(b[:], 0); n != 1 || err != nil {
		return unsettled
	}
	return mark(b[0])
}

func (l *Ledger) mark(m mark) error {
	f, err := l.markFile()
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err = f.WriteAt([]byte{byte(m)}, 0); err != nil {
		return notSaved(err)
	}
	return nil
}

// settle makes sure that what stands in the ledger is on the disk. It is called
// under the lock, before anything is written.
func (l *Ledger) settle(f *os.File) error {
	side, err := l.markFile()
	if err != nil {
		return err
	}
	defer side.Close()
	if readMark(side) == settled {
		return nil
	}
	m, _, err := readMeta(f)
	if err != nil {
		return badHeader(err)
	}
	page := make([]byte, m.pageSize)
	if _, err = f.ReadAt(page, m.at); err == nil {
		_, err = f.WriteAt(page, m.at) // else the system may take it for written
	}
	if err == nil && !m.pair {
		_, err = f.WriteAt(secondHeader(page, m), int64(m.pageSize)-m.at)
	}
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = syncFile(filepath.Dir(l.path))
	}
	if err == nil {
		_, err = side.WriteAt([]byte{byte(settled)}, 0)
	}
	if err != nil {
		return notSaved(err)
	}
	return nil
}

// secondHeader takes the place of a header page that a commit broken off has
// left torn. Like the one in a backup, it is that of the good page with the
// number before it, so that the good one counts.
func secondHeader(good []byte, m metaPage) []byte {
	b := bytes.Clone(good)
	page := uint64(0)
	if m.at == 0 {
		page = 1
	}
	binary.NativeEndian.PutUint64(b, page)
	meta := b[metaAt : metaAt+metaLength]
	binary.NativeEndian.PutUint64(meta[48:], m.tx-1)
	sum := fnv.New64a()
	sum.Write(meta[:56])
	binary.NativeEndian.PutUint64(meta[56:], sum.Sum64())
	return b
}

func notSaved(err error) error {
	if outOfSpace(err) {
		return refuse(ExitFailed, "磁盘已满（或超出限额），未保存，原有内容完好。请腾出空间后再存一次",
			"the disk is full, or a limit is reached; nothing was saved and what was there is whole. Free some space and save again").because(err)
	}
	return refuse(ExitFailed, "未保存，原有内容完好。请再存一次；若仍失败请检查磁盘",
		"nothing was saved and what was there is whole. Save again; if it fails again, check the disk").because(err)
}
