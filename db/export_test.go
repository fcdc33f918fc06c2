package db

import (
	"os"
	"time"
)

// SetPatience shortens the wait for a ledger in tests.
func SetPatience(l *Ledger, d time.Duration) { l.lock.wait = d }

// FollowAgain makes the next visit follow the pages again, as after a while.
func FollowAgain(l *Ledger) { l.followed.Store(0) }

// SetFileSystem makes every ledger seem to lie on a file system of that magic
// number, until the function returned is called.
func SetFileSystem(magic uint32) (restore func()) {
	was := fileSystem
	fileSystem = func(*os.File) (uint32, error) { return magic, nil }
	return func() { fileSystem = was }
}
