package command

import (
	"errors"
	"os"
	"syscall"
)

// Harden is the first thing the program does (safety.md §2, §3): files it makes
// are the owner's alone, no memory image is left behind by a crash, and it does
// not run with borrowed rights.
func Harden() error {
	if os.Geteuid() != os.Getuid() || os.Getegid() != os.Getgid() {
		return errors.New("不能以 setuid/setgid 方式运行 / refusing to run with setuid or setgid rights")
	}
	syscall.Umask(0o077)
	none := syscall.Rlimit{}
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &none) // best effort: a limit may be fixed already
	return nil
}
