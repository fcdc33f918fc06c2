package db

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"strings"
	"syscall"
	"time"

	"taizhang/model"
)

// patience is how long anyone waits for the ledger before being told who holds it.
const patience = 5 * time.Second

// Waiting for the ledger.
//
// bbolt polls for its lock every 50 ms, so under load who gets it is luck, and
// single processes starve for seconds. Here everyone waits in the kernel's own
// queue instead: a blocking flock on the ledger, shared for reading, exclusive
// for writing. Since a stream of readers could keep a writer out for ever, all
// first pass a turnstile, an exclusive flock on the side file LEDGER.queue,
// held only while waiting for the ledger: who waits for writing stops all who
// come later. When bbolt then asks for its lock, the file already has it.

// locker hands out the locked ledger file to one process. A flock that blocks
// cannot be interrupted, so it runs in a goroutine that may be abandoned; slot
// admits one such goroutine, so that a process waiting on a stopped holder
// keeps one thread and not one for each attempt.
type locker struct {
	path string
	slot chan struct{}
	wait time.Duration // patience, shorter in tests
}

func newLocker(path string) *locker {
	return &locker{path: path, slot: make(chan struct{}, 1), wait: patience}
}

// lock returns the ledger file, opened without following a link and locked. It
// fails with a *Refusal naming the holder after l.wait, or when ctx ends. The
// caller gives the lock back with unlock.
func (l *locker) lock(ctx context.Context, write bool) (*os.File, error) {
	wait, cancel := context.WithTimeout(ctx, l.wait)
	defer cancel()
	select {
	case l.slot <- struct{}{}:
	case <-wait.Done():
		return nil, l.late(ctx)
	}
	if f, err := l.queueUp(write, syscall.LOCK_NB); err != syscall.EWOULDBLOCK {
		<-l.slot
		return f, err
	}
	type got struct {
		f   *os.File
		err error
	}
	turn := make(chan got)
	go func() {
		f, err := l.queueUp(write, 0)
		select {
		case turn <- got{f, err}:
		case <-wait.Done(): // nobody waits any more
			if err == nil {
				unlock(f)
			}
		}
		<-l.slot
	}()
	select {
	case g := <-turn:
		return g.f, g.err
	case <-wait.Done():
		return nil, l.late(ctx)
	}
}

// queueUp passes the turnstile and locks the ledger. With LOCK_NB it returns
// EWOULDBLOCK instead of waiting.
func (l *locker) queueUp(write bool, how int) (*os.File, error) {
	if _, err := os.Lstat(l.path); err != nil { // no side file for a ledger that is not there
		return nil, missing(l.path, err)
	}
	turnstile, err := os.OpenFile(l.path+".queue", os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0o600)
	switch {
	case err == nil:
		defer turnstile.Close() // closing gives the turnstile back
		if err := flock(turnstile, syscall.LOCK_EX|how); err != nil {
			return nil, lockError(err)
		}
	case write && outOfSpace(err):
		return nil, notSaved(err)
	case write || !errors.Is(err, syscall.EROFS) && !errors.Is(err, fs.ErrPermission) && !outOfSpace(err):
		return nil, unwritable(l.path, err)
	}
	for {
		mode, lock := os.O_RDONLY, syscall.LOCK_SH
		if write {
			mode, lock = os.O_RDWR, syscall.LOCK_EX
		}
		// O_NONBLOCK: a named pipe in the ledger's place must not hold us.
		f, err := os.OpenFile(l.path, mode|syscall.O_NOFOLLOW|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
		if err != nil && write {
			return nil, notForWriting(l.path, err)
		}
		if err != nil {
			return nil, cannotOpen(l.path, err)
		}
		if err := flock(f, lock|how); err != nil {
			f.Close()
			return nil, lockError(err)
		}
		if samePlace(f, l.path) {
			return f, nil
		}
		unlock(f) // replaced while we waited (a restore): wait for the new one
	}
}

func lockError(err error) error {
	if err == syscall.EWOULDBLOCK {
		return err
	}
	return refuse(ExitUnsafe, "台账文件无法加锁，没有写入任何内容", "the ledger cannot be locked; nothing was written").because(err)
}

// flock takes a lock, however often a signal interrupts.
func flock(f *os.File, how int) error {
	for {
		if err := syscall.Flock(int(f.Fd()), how); err != syscall.EINTR {
			return err
		}
	}
}

// unlock gives the lock back in so many words before closing: a mapping that a
// panic inside bbolt left behind would keep a lock that closing alone drops.
func unlock(f *os.File) {
	_ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN)
	_ = f.Close()
}

// samePlace reports whether the path still leads to the open file.
func samePlace(f *os.File, path string) bool {
	open, err1 := f.Stat()
	there, err2 := os.Lstat(path)
	return err1 == nil && err2 == nil && os.SameFile(open, there)
}

// late is the refusal of who waited in vain.
func (l *locker) late(ctx context.Context) error {
	if err := gaveUp(ctx); err != nil {
		return err
	}
	zh, en := holder(l.path)
	return refuse(ExitBusy,
		"台账正被占用%s，等了 %v 仍未轮到。没有写入任何内容，已填的内容还在，请稍后再试",
		"the ledger is in use%s; waited %v in vain. Nothing was written and nothing is lost; try again shortly",
		model.W(zh, en), l.wait)
}

// holder names, from the kernel's list of locks, the process that holds the
// ledger and its user; both empty when it cannot be told.
func holder(path string) (zh, en string) {
	var st syscall.Stat_t
	if err := syscall.Stat(path, &st); err != nil {
		return "", ""
	}
	list, err := os.ReadFile("/proc/locks")
	if err != nil {
		return "", ""
	}
	for line := range strings.Lines(string(list)) {
		// 1: FLOCK  ADVISORY  WRITE 708 08:01:1835022 0 EOF; waiters have -> behind the number
		w := strings.Fields(line)
		if len(w) < 6 || w[1] != "FLOCK" {
			continue
		}
		place := strings.Split(w[5], ":")
		if len(place) != 3 || place[2] != strconv.FormatUint(st.Ino, 10) {
			continue
		}
		pid, err := strconv.Atoi(w[4])
		if err != nil || pid <= 0 || pid == os.Getpid() {
			continue
		}
		who := processUser(pid)
		return fmt.Sprintf("（%s，进程 %d）", who, pid), fmt.Sprintf(" by %s (process %d)", who, pid)
	}
	return "", ""
}

// processUser names whose process it is: the staff login it was started for in
// service-account mode, else the operating-system user.
func processUser(pid int) string {
	dir := fmt.Sprintf("/proc/%d", pid)
	if line, err := os.ReadFile(dir + "/cmdline"); err == nil {
		for _, arg := range bytes.Split(line, []byte{0}) {
			if name, ok := strings.CutPrefix(string(arg), "--staff="); ok {
				return name
			}
		}
	}
	var st syscall.Stat_t
	if err := syscall.Stat(dir, &st); err != nil {
		return "?"
	}
	uid := strconv.FormatUint(uint64(st.Uid), 10)
	if u, err := user.LookupId(uid); err == nil {
		return u.Username
	}
	return "uid " + uid
}
