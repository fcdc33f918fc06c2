package command

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/model"
)

func (r *runner) backupCmd() *cobra.Command {
	var dir, recipients, identity string
	var to []string
	var keep, asJSON bool
	cmd := &cobra.Command{
		Use:   "backup",
		Short: r.t("备份台账（不影响他人工作）", "back the ledger up while others work"),
		Long: r.t("备份到台账旁的 backups 文件夹，核对无误后才留下，旁边附说明文件（.json）。写 --to 时加密，只有对应的私钥能打开；建议至少写两个公钥。过期的备份自动清理：保留最近 7 天、5 周、12 个月各一份，加密的和不加密的分开算。",
			"Backs up into the folder backups beside the ledger. A copy is kept only when it verifies; a manifest (.json) lies beside it. With --to it is encrypted, and only the private keys open it: name two or more. Outdated backups are removed: the newest of 7 days, 5 weeks and 12 months stay, plain and encrypted ones counted apart."),
		Example: "  taizhang backup\n  taizhang backup --dir /mnt/usb --to age1… --to age1…",
		Args:    r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opt := db.BackupOptions{Dir: dir, Program: programVersion()}
			for _, s := range to {
				key, err := db.ParseRecipient(s)
				if err != nil {
					return err
				}
				opt.Recipients = append(opt.Recipients, key)
			}
			if recipients != "" {
				more, err := db.ReadRecipients(recipients)
				if err != nil {
					return err
				}
				opt.Recipients = append(opt.Recipients, more...)
			}
			var err error
			if opt.Identity, err = readIdentity(identity); err != nil {
				return err
			}
			d, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			tell, done := r.progress(model.W("正在备份", "backing up"))
			opt.Progress = tell
			b, err := d.ledger.Backup(cmd.Context(), d.actor, opt)
			done()
			if err != nil {
				return err
			}
			var removed []string
			if !keep {
				removed, err = db.Prune(filepath.Dir(b.Path), b.Ledger, b.File)
			}
			if e := r.sayBackup(b, removed, asJSON); e != nil {
				return e
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&dir, "dir", "", r.t("备份文件夹（默认：台账旁的 backups）", "folder of backups (default: backups beside the ledger)"))
	f.StringArrayVar(&to, "to", nil, r.t("加密给这个 age 公钥，可写多次", "encrypt for this age public key; may be repeated"))
	f.StringVar(&recipients, "recipients", "", r.t("公钥文件，一行一个", "file of public keys, one in a line"))
	f.StringVar(&identity, "identity", "", r.t("私钥文件：加密后再解开核对一次", "private key: opens the encrypted copy once more to compare it"))
	f.BoolVar(&keep, "keep", false, r.t("不清理过期的备份", "remove no outdated backups"))
	f.BoolVar(&keep, "no-prune", false, "")
	_ = f.MarkHidden("no-prune") // another word for --keep
	f.BoolVar(&asJSON, "json", false, r.t("用 JSON 回答", "answer in JSON"))
	return cmd
}

func (r *runner) sayBackup(b db.Backup, removed []string, asJSON bool) error {
	if len(b.Recipients) == 1 {
		r.complain(r.t("提醒：只加密给一把私钥，它若丢失，备份就打不开；建议再加一个 --to", "note: encrypted for one key only; if it is lost the backup cannot be opened. Add a second --to"))
	}
	if asJSON {
		return r.json(struct {
			db.Manifest
			Path    string   `json:"path"`
			Removed []string `json:"removed"`
			HeldMS  int64    `json:"held_ms"`
		}{b.Manifest, b.Path, append([]string{}, removed...), b.Held.Milliseconds()})
	}
	fmt.Fprintln(r.Out, oneLine(model.Sayf("已备份并核对 %s（%s），%d 条记录，流水第 %d 号，链尾 %s", "backed up and verified %s (%s), %d records, journal at %d, head %s",
		b.Path, size(b.Size), b.Records, b.Seq, b.Hash).In(r.lang)))
	if len(b.Recipients) > 0 {
		fmt.Fprintln(r.Out, model.Sayf("加密给 %d 把公钥", "encrypted for %d keys", len(b.Recipients)).In(r.lang))
	}
	if len(removed) > 0 {
		fmt.Fprintln(r.Out, model.Sayf("清理过期备份 %d 份", "removed %d outdated backups", len(removed)).In(r.lang))
	}
	return nil
}

func (r *runner) json(v any) error {
	enc := json.NewEncoder(r.Out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// size is a number of bytes for people.
func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%.0f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
}

// programVersion is what the build says of itself.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (info.Main.Version == "" || info.Main.Version == "(devel)") {
			return s.Value[:min(len(s.Value), 12)]
		}
	}
	return info.Main.Version
}

func readIdentity(path string) (*db.Identity, error) {
	if path == "" {
		return nil, nil
	}
	return db.ReadIdentity(path)
}

func (r *runner) restoreCmd() *cobra.Command {
	var identity string
	var yes bool
	cmd := &cobra.Command{
		Use:   r.t("restore 文件", "restore FILE"),
		Short: r.t("用备份恢复台账", "put a backup in the ledger's place"),
		Long: r.t("先完整核对备份，再在无人使用的一瞬间换上；原来的文件改名保留为 .replaced-时间。台账不存在时恢复到 --ledger 指定的新位置。在终端上需输入社区名称确认，否则要写 --yes。",
			"Verifies the backup completely, then changes the files in a moment when nobody is in; the former file is kept as .replaced-TIME. Where there is no ledger the backup becomes one at --ledger. On a terminal the community's name must be typed to confirm, elsewhere --yes is needed."),
		Example: "  taizhang restore backups/ledger-20261123T093000Z.db\n  taizhang restore /mnt/usb/ledger-20261123T093000Z.db.age --identity key.txt --ledger new.db",
		Args:    r.exactly(1, "restore 备份文件", "restore FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := r.path()
			if err != nil {
				return err
			}
			if !yes && !r.onTerminal() {
				return usage("不在终端上运行时，恢复要写 --yes，没有改动任何内容", "away from a terminal a restore needs --yes; nothing was changed")
			}
			id, err := readIdentity(identity)
			if err != nil {
				return err
			}
			if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
				return model.Problemf("不能建立文件夹 %s：%s", "cannot create the folder %s: %s", filepath.Dir(p), err.Error())
			}
			tell, done := r.progress(model.W("正在核对备份", "verifying the backup"))
			res, err := db.Restore(cmd.Context(), p, args[0], db.RestoreOptions{
				Options: r.options(), Identity: id, Progress: tell,
				Confirm: func(plan db.RestorePlan) error {
					done()
					r.settle(plan.Info.Lang)
					if yes {
						return nil
					}
					return r.confirm(p, plan)
				},
			})
			done()
			if err != nil {
				return err
			}
			fmt.Fprintln(r.Out, oneLine(model.Sayf("已恢复 %s（%s）：%d 条记录，备份止于流水第 %d 号（%s）", "restored %s (%s): %d records, the backup ends at journal entry %d (%s)",
				p, res.Info.Community, res.Backup.Records, res.Backup.Seq, beijing(res.Last)).In(r.lang)))
			if res.Kept != "" {
				fmt.Fprintln(r.Out, oneLine(model.Sayf("原来的文件保留在 %s，其中有个人信息，确认无误后请删除", "the former file is kept as %s; it holds personal data, remove it when all is well", res.Kept).In(r.lang)))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&identity, "identity", "", r.t("私钥文件（权限须为 600）", "file of the private key (mode 600)"))
	cmd.Flags().BoolVar(&yes, "yes", false, r.t("不再确认", "do not ask"))
	return cmd
}

// onTerminal reports whether a person can be asked.
func (r *runner) onTerminal() bool {
	f, ok := r.In.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// confirm says what is about to be replaced and wants the community's name typed.
func (r *runner) confirm(path string, plan db.RestorePlan) error {
	r.complain(model.Sayf("备份：%s，%d 条记录，止于流水第 %d 号（%s）", "backup: %s, %d records, ends at journal entry %d (%s)",
		plan.Info.Community, plan.Backup.Records, plan.Backup.Seq, beijing(plan.Last)).In(r.lang))
	switch {
	case !plan.Replaces:
		r.complain(model.Sayf("将建立 %s", "it will become %s", path).In(r.lang))
	case plan.Former.Seq == 0:
		r.complain(model.Sayf("将取代读不出的台账 %s", "it will replace %s, which cannot be read", path).In(r.lang))
	default:
		r.complain(model.Sayf("将取代台账 %s，它现在到流水第 %d 号；备份之后登记的内容不会在新台账里", "it will replace %s, which is at journal entry %d; what was entered after the backup will not be in it", path, plan.Former.Seq).In(r.lang))
	}
	fmt.Fprint(r.Err, oneLine(model.Sayf("确认请输入社区名称“%s”：", "type the community's name %q to go on:", plan.Info.Community).In(r.lang))+" ")
	typed, _ := bufio.NewReader(r.In).ReadString('\n')
	if strings.TrimSpace(typed) != plan.Info.Community {
		return usage("社区名称不符，没有恢复，现有台账没有变动", "that is not the community's name; nothing was restored")
	}
	return nil
}

func beijing(t time.Time) string { return t.In(model.Zone).Format("2006-01-02 15:04") }

func (r *runner) drillCmd() *cobra.Command {
	var dir, identity string
	cmd := &cobra.Command{
		Use:   "drill",
		Short: r.t("演练：试着恢复最近的备份并核对", "try the newest backup out and compare it"),
		Long: r.t("把最近的备份恢复到一个临时的地方，完整核对，并与现有台账比较；用完即删。有任何不符时退出码 1。最近的备份超过 35 天时提醒。",
			"Restores the newest backup to a temporary place, verifies it in full and compares it with the ledger; it is removed afterwards. Exit code 1 when anything disagrees. Warns when the newest backup is older than 35 days."),
		Args: r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			id, err := readIdentity(identity)
			if err != nil {
				return err
			}
			d, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			tell, done := r.progress(model.W("正在演练", "trying it out"))
			res, err := d.ledger.Drill(cmd.Context(), d.actor, db.DrillOptions{Dir: dir, Identity: id, Progress: tell})
			done()
			if res.Age > db.StaleBackup {
				r.complain(model.Sayf("警告：最近的备份已是 %d 天前，请尽快备份：taizhang backup", "warning: the newest backup is %d days old; make one: taizhang backup", days(res.Age)).In(r.lang))
			}
			if len(res.Differs) > 1 { // the error names the first
				for _, w := range res.Differs {
					r.complain(w.In(r.lang))
				}
			}
			if err != nil {
				return err
			}
			fmt.Fprintln(r.Out, oneLine(model.Sayf("演练相符：%s（%s，%d 天前），用时 %.1f 秒", "the drill agrees: %s (%s, %d days old), took %.1f s",
				res.Backup.Path, beijing(res.Backup.Created), days(res.Age), res.Took.Seconds()).In(r.lang)))
			fmt.Fprintln(r.Out, model.Sayf("备份 %d 条记录，流水第 %d 号，链尾 %s", "backup: %d records, journal at %d, head %s",
				res.Report.Records, res.Report.Seq, res.Report.Hash.Short()).In(r.lang))
			fmt.Fprintln(r.Out, model.Sayf("台账 %d 条记录，流水第 %d 号，链尾 %s", "ledger: %d records, journal at %d, head %s",
				res.Live.Records, res.Live.Seq, res.Live.Hash.Short()).In(r.lang))
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", r.t("备份文件夹（默认：台账旁的 backups）", "folder of backups (default: backups beside the ledger)"))
	cmd.Flags().StringVar(&identity, "identity", "", r.t("私钥文件（权限须为 600）", "file of the private key (mode 600)"))
	return cmd
}

func days(d time.Duration) int { return int(d / (24 * time.Hour)) }

func (r *runner) verifyCmd() *cobra.Command {
	var heads []string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: r.t("核对整个台账是否被改动过", "check that nothing in the ledger was tampered with"),
		Long: r.t("重新计算流水链和每个版本的哈希，核对索引和编号。--head 再与纸上印的“序号:链尾”核对：台账若被截短、整体重写或换回旧文件，只有这样能发现。有任何不符时逐条说明，退出码 1。",
			"Recomputes the journal's chain and the hash of every version, and checks indexes and counters. --head compares it with a SEQ:HASH printed on paper: only that shows that the end was cut off, all of it rewritten, or an older file put back. Names all that does not agree, exit code 1."),
		Example: "  taizhang verify\n  taizhang verify --head 1024:9f86d081884c7d65",
		Args:    r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			witnesses, err := readHeads(heads)
			if err != nil {
				return err
			}
			p, err := r.path()
			if err != nil {
				return err
			}
			l, err := db.Open(p, r.options())
			if err != nil {
				return err
			}
			r.settle(l.Info().Lang)
			if err := mayVerify(cmd.Context(), l); err != nil {
				return err
			}
			tell, done := r.progress(model.W("正在核对", "verifying"))
			rep, err := l.Verify(cmd.Context(), tell, witnesses...)
			done()
			if len(rep.Faults) > 1 { // the error names the first
				for _, f := range rep.Faults {
					r.complain(f.In(r.lang))
				}
			}
			if err != nil {
				r.saySince(cmd.Context(), l, witnesses)
				return err
			}
			if n := len(rep.ClockBack); n > 0 {
				fmt.Fprintln(r.Out, model.Sayf("登记时电脑时钟曾倒退 %d 次，最近一次在流水第 %d 号", "the computer's clock was set back %d times, last at journal entry %d", n, rep.ClockBack[n-1]).In(r.lang))
			}
			fmt.Fprintln(r.Out, model.Sayf("核对无误：%d 条记录，%d 个版本，流水第 %d 号，链尾 %s", "verified: %d records, %d versions, journal at %d, head %s",
				rep.Records, rep.Versions, rep.Seq, rep.Hash).In(r.lang))
			if len(witnesses) > 0 {
				fmt.Fprintln(r.Out, model.Sayf("与纸上的 %d 处链尾相符", "agrees with %d heads from paper", len(witnesses)).In(r.lang))
			}
			return nil
		},
	}
	cmd.Flags().StringArrayVar(&heads, "head", nil, r.t("纸上印的“序号:链尾”，可写多次", "SEQ:HASH from paper; may be repeated"))
	return cmd
}

// mayVerify lets all registered staff verify, and anyone where the staff register
// itself cannot be read.
func mayVerify(ctx context.Context, l *db.Ledger) error {
	actor, err := l.Actor(ctx)
	switch code := db.ExitCode(err); {
	case code == db.ExitFailed && ctx.Err() == nil:
		return nil
	case err != nil:
		return err
	}
	if err := model.Can(actor, model.ActVerify, nil); err != nil {
		return denied(err)
	}
	return nil
}

// saySince tells of each head that disagrees since when.
func (r *runner) saySince(ctx context.Context, l *db.Ledger, witnesses []db.Witness) {
	if len(witnesses) == 0 {
		return
	}
	found, err := l.Since(ctx, witnesses)
	if err != nil {
		return // damage, named already
	}
	for _, d := range found {
		r.complain(fmt.Sprintf("%d:%s %s", d.Seq, d.Hash, d.In(r.lang)))
	}
}

// headForm is how a head is typed, with the colon of either keyboard.
var headForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*(\d{1,19})\s*[:：]\s*([0-9A-Fa-f]{16,64})\s*$`)
})

func readHeads(texts []string) ([]db.Witness, error) {
	var out []db.Witness
	for _, t := range texts {
		m := headForm().FindStringSubmatch(t)
		if m == nil {
			return nil, usage("“%s”应写成 序号:链尾（链尾至少16位，0-9 a-f）", "%q should be SEQ:HASH (at least 16 digits 0-9 a-f)", model.Shorten(t))
		}
		seq, err := strconv.ParseUint(m[1], 10, 64)
		if err != nil || seq == 0 {
			return nil, usage("“%s”的序号不对", "the number in %q is wrong", model.Shorten(t))
		}
		out = append(out, db.Witness{Seq: seq, Hash: strings.ToLower(m[2])})
	}
	return out, nil
}
