package command

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"regexp"
	"time"

	"github.com/spf13/cobra"

	"taizhang/db"
)

// keysPatience is how long sshd waits at most: it asks twice for each login and
// has no limit of its own.
const keysPatience = 2 * time.Second

// What may stand in the line for sshd. Anything else is doubt.
var (
	plainLogin = regexp.MustCompile(`^[a-z_][a-z0-9_.-]{0,31}$`)
	plainType  = regexp.MustCompile(`^[a-z0-9@.-]{1,64}$`)
	plainPath  = regexp.MustCompile(`^/[A-Za-z0-9_./-]+$`)
)

// keysCmd answers sshd's AuthorizedKeysCommand: whose key is this. It prints one
// line for the person whose record names the fingerprint, and nothing when in
// doubt.
func (r *runner) keysCmd() *cobra.Command {
	return &cobra.Command{
		Use:   r.t("keys 账号 指纹 类型 密钥", "keys ACCOUNT FINGERPRINT TYPE KEY"),
		Short: r.t("供 sshd 的 AuthorizedKeysCommand 查密钥属于谁", "for sshd's AuthorizedKeysCommand: whose key it is"),
		Long: r.t(`sshd_config 里写：
  AuthorizedKeysCommand /usr/local/bin/taizhang keys %u %f %t %k
  AuthorizedKeysCommandUser taizhang
指纹登记在工作人员的“SSH 密钥指纹”里。停用的人、两人同用的指纹、不合格的登录名、打不开的台账：什么都不输出，即不放行。`,
			`In sshd_config:
  AuthorizedKeysCommand /usr/local/bin/taizhang keys %u %f %t %k
  AuthorizedKeysCommandUser taizhang
Fingerprints stand in the staff register under "SSH keys". For whoever is disabled, a fingerprint of two people, an odd login or a ledger that does not open nothing is printed, which lets nobody in.`),
		Args: r.exactly(4, "keys 账号 指纹 类型 密钥", "keys ACCOUNT FINGERPRINT TYPE KEY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), keysPatience)
			defer cancel()
			if line := r.keyLine(ctx, args[1], args[2], args[3]); line != "" {
				fmt.Fprintln(r.Out, line)
			}
			return nil
		},
	}
}

// keyLine is the line for a key, "" when in doubt.
func (r *runner) keyLine(ctx context.Context, print, kind, key string) string {
	blob, err := base64.StdEncoding.DecodeString(key)
	sum := sha256.Sum256(blob)
	exe, bad := os.Executable()
	if err != nil || bad != nil || "SHA256:"+base64.RawStdEncoding.EncodeToString(sum[:]) != print || !plainType.MatchString(kind) || !plainPath.MatchString(exe) {
		return ""
	}
	path, err := r.path()
	if err != nil {
		return ""
	}
	var login string
	var ok bool
	l, _, err := db.OpenAs(ctx, path, db.Options{Clock: r.Clock}) // who runs this command need not be staff
	if l != nil {
		err = l.View(ctx, func(s *db.Snapshot) error {
			login, ok = s.KeyHolder(print)
			return nil
		})
	}
	if err != nil || !ok || !plainLogin.MatchString(login) {
		return ""
	}
	ledger := ""
	if r.ledger != "" {
		if !plainPath.MatchString(r.ledger) {
			return ""
		}
		ledger = " --ledger=" + r.ledger
	}
	return fmt.Sprintf(`restrict,pty,command="%s --staff=%s%s" %s %s`, exe, login, ledger, kind, key)
}
