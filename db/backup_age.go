package db

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"

	"filippo.io/age"

	"taizhang/model"
)

// Recipient is the public key of someone who may open an encrypted backup.
type Recipient struct{ key *age.X25519Recipient }

// String is the public key.
func (r Recipient) String() string { return r.key.String() }

// ParseRecipient reads a public key, age1….
func ParseRecipient(s string) (Recipient, error) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(strings.ToUpper(s), "AGE-SECRET-KEY-") { // never repeated in a message
		return Recipient{}, refuse(ExitUsage, "这是私钥，不是公钥；没有备份。私钥不要写在命令行里，请改用 age1 开头的公钥",
			"this is the private key, not the public one; no backup was made. Never type a private key on a command line; give the public key, which begins with age1")
	}
	key, err := age.ParseX25519Recipient(s)
	if err != nil {
		return Recipient{}, refuse(ExitUsage, "“%s”不是 age 公钥（应以 age1 开头），没有备份",
			"%q is not an age public key (one begins with age1); no backup was made", model.Shorten(s))
	}
	return Recipient{key}, nil
}

// ReadRecipients reads a file of public keys, one in a line; empty lines and
// those that begin with # say nothing.
func ReadRecipients(path string) ([]Recipient, error) {
	b, err := readSmall(path)
	if err != nil {
		return nil, err
	}
	var out []Recipient
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		r, err := ParseRecipient(line)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	if len(out) == 0 {
		return nil, refuse(ExitUsage, "%s 里没有公钥，没有备份", "there is no public key in %s; no backup was made", path)
	}
	return out, nil
}

// mostKeys bounds a file of keys.
const mostKeys = 1 << 20

func readSmall(path string) ([]byte, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil, noFile(path, err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, mostKeys))
	if err != nil {
		return nil, noFile(path, err)
	}
	return b, nil
}

func noFile(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return refuse(ExitFailed, "没有文件 %s，内容没有变动", "there is no file %s; nothing changed", path)
	}
	return refuse(ExitFailed, "读不了 %s，内容没有变动", "%s cannot be read; nothing changed", path).because(err)
}

// Identity is the private part that opens encrypted backups.
type Identity struct{ keys []age.Identity }

// ReadIdentity reads the file of a private key, which must be its owner's alone.
func ReadIdentity(path string) (*Identity, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|noFollow, 0)
	if err != nil {
		return nil, noFile(path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, noFile(path, err)
	case !info.Mode().IsRegular() || int(info.Sys().(*syscall.Stat_t).Uid) != os.Geteuid():
		return nil, refuse(ExitUnsafe, "私钥文件 %s 不是您自己的普通文件，未使用", "the private key %s is not a plain file of your own; it was not used", path)
	case info.Mode().Perm()&0o077 != 0:
		return nil, refuse(ExitUnsafe, "私钥文件 %s 别人也能读（权限 %04o），未使用。请执行：chmod 600 %s",
			"others can get at the private key %s (mode %04o); it was not used. Type: chmod 600 %s", path, int(info.Mode().Perm()), path)
	}
	keys, err := age.ParseIdentities(io.LimitReader(f, mostKeys)) // its errors hold no part of a key
	if err != nil {
		return nil, refuse(ExitFailed, "%s 不是 age 私钥文件（应有一行以 AGE-SECRET-KEY-1 开头），未使用",
			"%s is not a file of an age private key (a line begins with AGE-SECRET-KEY-1); it was not used", path)
	}
	return &Identity{keys}, nil
}

// encrypt writes what src holds to dst, encrypted when there are recipients.
func encrypt(dst io.Writer, src io.Reader, to []Recipient) error {
	if len(to) == 0 {
		_, err := io.Copy(dst, src)
		return err
	}
	keys := make([]age.Recipient, len(to))
	for i, r := range to {
		keys[i] = r.key
	}
	w, err := age.Encrypt(dst, keys...)
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, src); err != nil {
		return err
	}
	return w.Close()
}

// ageMark begins every encrypted file.
const ageMark = "age-encryption.org/"

// decrypt returns the plain content of a backup, which begins with ageMark when it
// is encrypted.
func decrypt(src io.Reader, id *Identity) (io.Reader, error) {
	in := bufio.NewReaderSize(src, 64<<10)
	if mark, _ := in.Peek(len(ageMark)); !bytes.Equal(mark, []byte(ageMark)) {
		return in, nil
	}
	if id == nil {
		return nil, refuse(ExitUsage, "这份备份是加密的，请用 --identity 写明私钥文件。现有台账没有变动",
			"this backup is encrypted; name the file of the private key with --identity. The ledger was not touched")
	}
	out, err := age.Decrypt(in, id.keys...)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return nil, refuse(ExitFailed, "这把私钥打不开这份备份，请换一把。现有台账没有变动",
			"this private key does not open this backup; try another. The ledger was not touched")
	case err != nil:
		return nil, badBackup(err)
	}
	return out, nil
}

// distinct drops recipients named twice.
func distinct(to []Recipient) []Recipient {
	var out []Recipient
	for _, r := range to {
		if !slices.ContainsFunc(out, func(o Recipient) bool { return o.String() == r.String() }) {
			out = append(out, r)
		}
	}
	return out
}

// badBackup is the refusal of a backup that cannot be used.
func badBackup(err error) error {
	return refuse(ExitFailed, "备份损坏，不能用。现有台账没有变动，请换一份备份",
		"the backup is damaged and of no use. The ledger was not touched; take another backup").because(err)
}
