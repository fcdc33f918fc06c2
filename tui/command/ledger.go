package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	xterm "github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui"
	"taizhang/tui/plain"
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
			_, err = fmt.Fprintln(r.Out, oneLine(model.Sayf("已建台账 %s（%s）", "created %s (%s)", p, d.ledger.Info().Community).In(r.lang)))
			return err
		},
	}
	cmd.Flags().StringVar(&name, "name", "", r.t("社区名称", "name of the community"))
	cmd.Flags().StringVar(&fullName, "admin", "", r.t("管理员姓名", "full name of the first administrator"))
	return cmd
}

// mostName is how many characters a community's name may have: it heads every
// sheet.
const mostName = 60

// create makes a new ledger whose administrator is the person at the keyboard.
func (r *runner) create(ctx context.Context, path, name, fullName string, l model.Lang) (*desk, error) {
	name, fullName = strings.TrimSpace(name), strings.TrimSpace(fullName)
	if name == "" {
		return nil, usage("请写明社区名称", "give the community's name")
	}
	for _, t := range []struct {
		what model.Words
		text string
		most int
	}{{model.W("社区名称（--name）", "the community's name (--name)"), name, mostName},
		{model.W("管理员姓名（--admin）", "the administrator's name (--admin)"), fullName, model.Staff.Field(model.StaffName.Key()).Limit()}} {
		if n := model.Characters(t.text); n > t.most {
			return nil, usage("%s：最多%d个字，现在有%d个", "%s: at most %d characters, this has %d", t.what, t.most, n)
		}
	}
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
	return r.sit(ctx, path)
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
			if scale < 0 || scale > mostScale {
				return usage("--scale 应在 0 到 %d 之间", "--scale must be from 0 to %d", mostScale)
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
			fmt.Fprintln(r.Out, oneLine(model.Sayf("示例台账 %s，共 %d 条记录", "sample ledger %s, %d records", p, n).In(r.lang)))
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

// mostScale bounds a sample: what a hundred offices write in ten years.
const mostScale = 2_000_000

// samplePath is where a sample goes: the file named, or a folder of its own in
// the user's cache that is removed afterwards.
func (r *runner) samplePath(keep bool) (path string, temporary bool, err error) {
	if r.ledger != "" || r.asked("ledger") {
		path, err = r.path()
		return path, false, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", false, model.Problemf("找不到缓存目录，请用 --ledger 指定文件", "there is no cache folder; name a file with --ledger")
	}
	cache = filepath.Join(cache, "taizhang")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return "", false, noPlace(cache, err)
	}
	folder, err := os.MkdirTemp(cache, "demo-")
	if err != nil {
		return "", false, noPlace(cache, err)
	}
	return filepath.Join(folder, "ledger.db"), !keep, nil
}

func noPlace(folder string, err error) error {
	return model.Problemf("示例不能建在 %s，请用 --ledger 指定文件：%s", "the sample cannot be put in %s; name a file with --ledger: %s", folder, err.Error())
}

func (r *runner) registersCmd() *cobra.Command {
	return &cobra.Command{
		Use:   r.t("fields [台账]", "fields [REGISTER]"),
		Short: r.t("列出台账，或一个台账的全部项目", "list the registers, or the fields of one"),
		Args:  r.atMost(1, "fields [台账]", "fields [REGISTER]"),
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
	if _, err := os.Lstat(p); errors.Is(err, fs.ErrNotExist) && r.ledger == "" && !r.plainly() {
		return r.show(ctx, tui.Options{Start: r.starter(ctx, p)})
	}
	d, err := r.open(ctx)
	if err != nil {
		return err
	}
	return r.show(ctx, tui.Options{Opened: r.opened(d)})
}

// plainly reports whether to talk line by line: when asked to, and on a
// terminal that can do nothing else.
func (r *runner) plainly() bool { return r.plain || r.Env("TERM") == "dumb" && r.atTerminal() }

// atTerminal reports whether a person sits at standard input.
func (r *runner) atTerminal() bool {
	f, ok := r.In.(*os.File)
	return ok && xterm.IsTerminal(f.Fd())
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
	o := &tui.Opened{Ledger: d.ledger, Actor: d.actor, Name: words.NobodyYet.In(r.lang), Preferences: d.preferences}
	_ = d.ledger.View(context.Background(), func(sn *db.Snapshot) error {
		if rec := sn.Record(d.actor.Staff); rec != nil {
			o.Name = d.context(sn).Title(rec)
		}
		return nil
	})
	return o
}

// show runs the screens on the real terminal.
func (r *runner) show(ctx context.Context, o tui.Options) error {
	defer func() { // a sample, which may only be made while the screens run
		if r.throwAway != "" {
			os.RemoveAll(r.throwAway)
		}
	}()
	if r.plainly() {
		return plain.Run(ctx, plain.Options{Ledger: o.Opened.Ledger, Actor: o.Opened.Actor, Name: o.Opened.Name,
			Lang: r.lang, Terminal: r.atTerminal()}, r.In, r.Out)
	}
	in, ok1 := r.In.(*os.File)
	out, ok2 := r.Out.(*answer).w.(*os.File)
	if !ok1 || !ok2 {
		return tui.ErrNoTerminal
	}
	switch r.wide {
	case "1", "2":
		o.Wide = int(r.wide[0] - '0')
	case "auto":
	default:
		return usage("--wide 只能是 1、2 或 auto", "--wide must be 1, 2 or auto")
	}
	o.Fetch, o.Bring = r.fetch, r.bring()
	o.Lang, o.Now, o.FullRedraw = r.lang, r.now, r.fullRedraw
	return tui.Run(ctx, o, in, out)
}
