package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui"
	"taizhang/tui/words"
)

func (r *runner) initCmd() *cobra.Command {
	var name, fullName string
	cmd := &cobra.Command{
		Use:   "init",
		Short: r.t("新建台账文件", "create a ledger"),
		Args:  r.exactly(0, "init --ledger 文件 --name 社区名称", "init --ledger FILE --name NAME"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if name == "" {
				return usage("请用 --name 写明社区名称", "give the community's name with --name")
			}
			p, err := r.path()
			if err != nil {
				return err
			}
			d, err := r.create(cmd.Context(), p, name, fullName, r.lang)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(r.Out, model.Sayf("已建台账 %s（%s）", "created %s (%s)", p, d.ledger.Info().Community).In(r.lang))
			return err
		},
	}
	cmd.Flags().StringVar(&name, "name", "", r.t("社区名称", "name of the community"))
	cmd.Flags().StringVar(&fullName, "admin", "", r.t("管理员姓名", "full name of the first administrator"))
	return cmd
}

// create makes a new ledger whose administrator is the person at the keyboard.
func (r *runner) create(ctx context.Context, path, name, fullName string, l model.Lang) (*desk, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, model.Problemf("不能建立文件夹 %s：%s", "cannot create the folder %s: %s", filepath.Dir(path), err.Error())
	}
	login, err := r.login()
	if err != nil {
		return nil, err
	}
	err = db.Init(path, db.InitOptions{Name: name, Lang: l, Login: login, FullName: fullName, Clock: r.Clock})
	if err != nil {
		var p *model.Problem
		if errors.As(err, &p) {
			return nil, usageError{err}
		}
		return nil, err
	}
	led, err := db.Open(path, r.options())
	if err != nil {
		return nil, err
	}
	return r.sit(ctx, led)
}

// login is the operating-system user, from the process and not from what the
// environment says.
func (r *runner) login() (string, error) {
	u, err := user.Current()
	if err != nil {
		return "", model.Problemf("查不到当前的系统用户", "the operating-system user cannot be found out")
	}
	return u.Username, nil
}

func (r *runner) demoCmd() *cobra.Command {
	var scale int
	var noUI bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: r.t("打开示例社区（可随意试用）", "open a sample community to play with"),
		Long: r.t("建立示例社区的台账。不写 --ledger 时建在临时的地方，退出即删。--scale N 放大到约 N 条记录。",
			"Creates the ledger of a sample community. Without --ledger it is temporary and removed on leaving. --scale N makes about N records."),
		Args: r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if scale < 0 {
				return usage("--scale 不能是负数", "--scale must not be negative")
			}
			p, temporary, err := r.samplePath(noUI)
			if err != nil {
				return err
			}
			if temporary {
				defer os.RemoveAll(filepath.Dir(p))
			}
			d, n, err := r.sample(cmd.Context(), p, scale, r.lang, nil)
			if err != nil {
				return err
			}
			fmt.Fprintln(r.Out, model.Sayf("示例台账 %s，共 %d 条记录", "sample ledger %s, %d records", p, n).In(r.lang))
			if noUI {
				return nil
			}
			return r.show(cmd.Context(), tui.Options{Opened: r.opened(d)})
		},
	}
	cmd.Flags().IntVar(&scale, "scale", 0, r.t("约多少条记录", "about how many records"))
	cmd.Flags().BoolVar(&noUI, "no-ui", false, r.t("只建立，不打开屏幕", "create only, open no screen"))
	return cmd
}

// samplePath is where a sample goes: the file named, or a folder of its own in
// the user's cache that is removed afterwards.
func (r *runner) samplePath(keep bool) (path string, temporary bool, err error) {
	if r.ledger != "" {
		return r.ledger, false, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", false, model.Problemf("找不到缓存目录，请用 --ledger 指定文件", "there is no cache folder; name a file with --ledger")
	}
	cache = filepath.Join(cache, "taizhang")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return "", false, err
	}
	folder, err := os.MkdirTemp(cache, "demo-")
	if err != nil {
		return "", false, err
	}
	return filepath.Join(folder, "ledger.db"), !keep, nil
}

func (r *runner) verifyCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: r.t("核对整个台账是否被改动过", "check that nothing in the ledger was tampered with"),
		Long: r.t("重新计算流水链和每个版本的哈希，核对索引和编号。有任何不符时说出是哪条记录，退出码 1。",
			"Recomputes the journal's chain and the hash of every version, and checks indexes and counters. Names the record that does not agree, exit code 1."),
		Args: r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := r.path()
			if err != nil {
				return err
			}
			l, err := db.Open(p, r.options())
			if err != nil {
				return err
			}
			if !r.named {
				r.lang = l.Info().Lang
			}
			rep, err := l.Verify(cmd.Context(), nil)
			if err != nil {
				return err
			}
			for _, f := range rep.Faults {
				fmt.Fprintln(r.Err, f.In(r.lang))
			}
			if len(rep.Faults) > 0 {
				return model.Problemf("核对不符 %d 处，台账可能被改动或损坏；没有写入任何内容", "%d faults: the ledger was changed or damaged; nothing was written", len(rep.Faults))
			}
			_, err = fmt.Fprintln(r.Out, model.Sayf("核对无误：%d 条记录，%d 个版本，流水第 %d 号，链尾 %s", "verified: %d records, %d versions, journal at %d, head %s",
				rep.Records, rep.Versions, rep.Seq, rep.Hash).In(r.lang))
			return err
		},
	}
}

func (r *runner) registersCmd() *cobra.Command {
	return &cobra.Command{
		Use:   r.t("fields [台账]", "fields [REGISTER]"),
		Short: r.t("列出台账，或一个台账的全部项目", "list the registers, or the fields of one"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.describe(args)
		},
	}
}

// screens opens the screens on the ledger, or the first run where there is none.
func (r *runner) screens(ctx context.Context) error {
	p, err := r.path()
	if err != nil {
		return err
	}
	if _, err := os.Lstat(p); errors.Is(err, fs.ErrNotExist) && r.ledger == "" {
		return r.show(ctx, tui.Options{Start: r.starter(ctx, p)})
	}
	d, err := r.open(ctx)
	if err != nil {
		return err
	}
	return r.show(ctx, tui.Options{Opened: r.opened(d)})
}

func (r *runner) starter(ctx context.Context, p string) *tui.Starter {
	return &tui.Starter{
		Path: p,
		Create: func(name, admin string, l model.Lang) (*tui.Opened, error) {
			d, err := r.create(ctx, p, name, admin, l)
			if err != nil {
				return nil, err
			}
			return r.opened(d), nil
		},
		Sample: func(l model.Lang, progress func(int)) (*tui.Opened, error) {
			sp, _, err := r.samplePath(false)
			if err != nil {
				return nil, err
			}
			r.throwAway = filepath.Dir(sp)
			d, _, err := r.sample(ctx, sp, 0, l, progress)
			if err != nil {
				return nil, err
			}
			return r.opened(d), nil
		},
	}
}

// opened is what the screens need of a desk.
func (r *runner) opened(d *desk) *tui.Opened {
	o := &tui.Opened{Ledger: d.ledger, Actor: d.actor, Name: words.NobodyYet.In(r.lang)}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_ = d.ledger.View(ctx, func(sn *db.Snapshot) error {
		if rec := sn.Record(d.actor.Staff); rec != nil {
			o.Name = d.context(sn).Title(rec)
		}
		return nil
	})
	return o
}

// show runs the screens on the real terminal.
func (r *runner) show(ctx context.Context, o tui.Options) error {
	in, ok1 := r.In.(*os.File)
	out, ok2 := r.Out.(*os.File)
	if !ok1 || !ok2 {
		return tui.ErrNoTerminal
	}
	if r.throwAway != "" {
		defer os.RemoveAll(r.throwAway)
	}
	defer func() {
		if r.throwAway != "" {
			os.RemoveAll(r.throwAway)
		}
	}()
	switch r.wide {
	case "1", "2":
		o.Wide = int(r.wide[0] - '0')
	case "auto":
	default:
		return usage("--wide 只能是 1、2 或 auto", "--wide must be 1, 2 or auto")
	}
	o.Lang, o.Now = r.lang, r.now
	return tui.Run(ctx, o, in, out)
}
