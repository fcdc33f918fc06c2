// Package command is taizhang without the screen: the same registers, rules and
// rights from the command line. A command reads its words, calls one function
// of the packages below and writes the answer.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export/docxtpl"
	"taizhang/export/report"
	"taizhang/model"
)

// Streams is where a run reads and writes, and what it knows of its
// surroundings; tests pass their own.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
	// Env looks up an environment variable.
	Env func(string) string
	// Clock tells the time; nil: time.Now.
	Clock func() time.Time
	// Schema is what there may be in a ledger; nil: the built-in
	// registers with what its settings add.
	Schema *model.Schema
}

// runner is one run of the program.
type runner struct {
	Streams
	lang       model.Lang
	ledger     string // --ledger
	staff      string // --staff
	wide       string // --wide
	plain      bool   // --plain
	fullRedraw bool   // --full-redraw
	throwAway  string // folder of a sample, removed on leaving
	named      bool   // the language was named by --lang or the environment
	langAsked  bool   // it was named by --lang, so files follow it too
	asked      func(flag string) bool
}

// answer is standard output, remembering what went wrong there.
type answer struct {
	w   io.Writer
	err error
}

// Write implements io.Writer.
func (a *answer) Write(p []byte) (int, error) {
	if a.err != nil {
		return 0, a.err
	}
	n, err := a.w.Write(p)
	a.err = err
	return n, err
}

// usageError is a fault in what was typed on the command line.
type usageError struct{ error }

// Unwrap returns the fault.
func (e usageError) Unwrap() error { return e.error }

// In says it in one language.
func (e usageError) In(l model.Lang) string { return model.Say(e.error, l) }

func usage(zh, en string, args ...any) error { return usageError{model.Problemf(zh, en, args...)} }

// Run executes a command line and returns the exit code: 0 done, 1 failed,
// 2 usage or refused input, 3 unsafe file or permission, 4 newer format,
// 5 busy, 6 conflict, 7 refused by role.
func Run(ctx context.Context, args []string, st Streams) int {
	if st.Env == nil {
		st.Env = os.Getenv
	}
	out := &answer{w: st.Out}
	st.Out = out
	r := &runner{Streams: st}
	r.lang, r.named = chooseLang(args, st.Env)
	r.langAsked = slices.ContainsFunc(args, func(a string) bool { return a == "--lang" || strings.HasPrefix(a, "--lang=") })
	root := r.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	switch {
	case out.err != nil && errors.Is(out.err, syscall.EPIPE): // head has seen enough
		return db.ExitFailed
	case out.err != nil && (err == nil || errors.Is(err, out.err)):
		err = model.Problemf("结果写不出来：%s。登记或修改如已完成，仍然有效", "the answer cannot be written: %s. What was entered or changed stays so", out.err.Error())
	case err == nil:
		return db.ExitDone
	}
	for i, line := range r.saying(err) {
		if i == 0 {
			line = "taizhang: " + line
		}
		r.complain(line)
	}
	return exitCode(err)
}

// saying is an error in lines: one, but for the faults of a template where there
// are several, of which each has its own.
func (r *runner) saying(err error) []string {
	text := model.Say(err, r.lang)
	var faults report.Faults
	var inWord docxtpl.Faults
	n := 0
	switch {
	case errors.As(err, &faults):
		n = len(faults)
	case errors.As(err, &inWord):
		n = len(inWord)
	}
	if n < 2 {
		return []string{text}
	}
	lines := strings.Split(text, "\n")
	if len(lines) == n {
		lines = append([]string{model.Sayf("模板有%d处错：", "the template has %d faults:", n).In(r.lang)}, lines...)
	}
	return lines
}

// complain writes one clean line to standard error.
func (r *runner) complain(text string) { fmt.Fprintln(r.Err, oneLine(text)) }

// oneLine is text as a terminal may show it on a line.
func oneLine(text string) string {
	text, _ = model.Clean(strings.TrimSpace(text))
	return strings.ReplaceAll(text, "\n", " ")
}

// exitCode is the documented code for an error.
func exitCode(err error) int {
	var u usageError
	var fields model.Errors
	switch code := db.ExitCode(err); {
	case code != db.ExitFailed:
		return code
	case errors.As(err, &u), errors.As(err, &fields):
		return db.ExitUsage
	default:
		return code
	}
}

// chooseLang finds the language before anything is said: --lang, then the
// environment where it names one of ours, else Chinese (design.md §6). The
// ledger's own language comes in when it is opened, unless one was named.
func chooseLang(args []string, env func(string) string) (l model.Lang, named bool) {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			if l, ok := model.ParseLang(v); ok {
				return l, true
			}
		} else if a == "--lang" && i+1 < len(args) {
			if l, ok := model.ParseLang(args[i+1]); ok {
				return l, true
			}
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			return model.ParseLang(v)
		}
	}
	return model.ZH, false
}

// t returns the text in the language of this run.
func (r *runner) t(zh, en string) string { return model.W(zh, en).In(r.lang) }

// root is the command tree.
func (r *runner) root() *cobra.Command {
	cmd := &cobra.Command{
		Use:           "taizhang",
		Short:         r.t("台账：社区工作的记录本", "the record book of a community office"),
		Long:          r.t("台账：社区工作的记录本。不带命令时打开屏幕界面。", "The record book of a community office. Without a command it opens the screens."),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          r.noArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return r.screens(cmd.Context()) },
	}
	cmd.SetIn(r.In)
	cmd.SetOut(r.Out) // before localise: the completion command keeps what it finds
	cmd.SetErr(r.Err)
	flags := cmd.PersistentFlags()
	flags.StringVar(&r.ledger, "ledger", "", r.t("台账文件（或用环境变量 TAIZHANG_LEDGER）", "the ledger file (or TAIZHANG_LEDGER)"))
	flags.Var(new(langFlag), "lang", r.t("语言 zh 或 en", "language, zh or en"))
	flags.StringVar(&r.staff, "staff", "", r.t("登录名，仅供 sshd 强制命令使用", "login, for sshd's forced command only"))
	r.asked = flags.Changed
	flags.StringVar(&r.wide, "wide", "auto", r.t("中文标点占几格：1、2 或 auto", "cells of ambiguous characters: 1, 2 or auto"))
	flags.BoolVar(&r.plain, "plain", false, r.t("不画屏幕，一行一行地问答（读屏软件、管道）", "no screen: questions and answers line by line (screen readers, pipes)"))
	flags.BoolVar(&r.fullRedraw, "full-redraw", false, r.t("每次重画改动的整行（屏幕显示不对时用）", "send changed rows whole (for a terminal that shows the screen wrongly)"))
	cmd.AddCommand(r.deleteCmd(), r.undeleteCmd(), r.binCmd(), r.undoCmd(), r.redoCmd(), r.searchCmd(), r.templatesCmd(), r.templateCmd(), r.staffCmd(), r.keysCmd(), r.mergeCmd(), r.whoCmd(), r.revealCmd())
	cmd.AddCommand(r.initCmd(), r.demoCmd(), r.addCmd(), r.listCmd(), r.showCmd(), r.editCmd(), r.voidCmd(),
		r.figuresCmd(), r.coverageCmd(), r.disclosureCmd(), r.duesCmd(), r.meetingsCmd(), r.exportCmd(), r.importCmd(), r.reportCmd(), r.verifyCmd(), r.backupCmd(), r.restoreCmd(), r.drillCmd(), r.migrateCmd(), r.settingsCmd(), r.registersCmd())
	r.localise(cmd)
	return cmd
}

// localise puts cobra's own words into the language of the run.
func (r *runner) localise(root *cobra.Command) {
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return usage("命令行选项不对：%s（taizhang help 有说明）", "bad option: %s (see taizhang help)", err.Error())
	})
	root.SetHelpCommand(r.helpCmd())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		c.InitDefaultHelpFlag()
		c.DisableFlagsInUseLine = r.lang == model.ZH // the template says it in Chinese
		if f := c.Flags().Lookup("help"); f != nil {
			f.Usage = r.t("显示帮助", "show this help")
		}
		switch c.Name() {
		case "completion":
			c.Short = r.t("生成命令行补全脚本", "generate a completion script for the shell")
			c.Long = c.Short
			c.Args = r.noArgs
			c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
		case "bash", "zsh", "fish", "powershell":
			c.Short = r.t("生成 "+c.Name()+" 的补全脚本", "generate the completion script for "+c.Name())
			c.Args = r.noArgs
			if f := c.Flags().Lookup("no-descriptions"); f != nil {
				f.Usage = r.t("不带说明", "without descriptions")
			}
			if r.lang == model.ZH {
				c.Long = c.Short
			}
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(root)
	if r.lang == model.ZH {
		root.SetUsageTemplate(usageZH)
	}
}

// helpCmd shows the help of a command; a name that is none is refused.
func (r *runner) helpCmd() *cobra.Command {
	return &cobra.Command{
		Use:   r.t("help [命令]", "help [command]"),
		Short: r.t("显示某个命令的帮助", "help about any command"),
		RunE: func(c *cobra.Command, args []string) error {
			about, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return r.noArgs(c, args)
			}
			return about.Help()
		},
	}
}

// langFlag refuses a language that is not ours. Which one is spoken was settled
// before the command line was read: see chooseLang.
type langFlag string

// Set implements pflag.Value.
func (f *langFlag) Set(s string) error {
	if _, ok := model.ParseLang(s); !ok {
		return errors.New("zh, en")
	}
	*f = langFlag(s)
	return nil
}

// String implements pflag.Value.
func (f *langFlag) String() string { return string(*f) }

// Type implements pflag.Value.
func (f *langFlag) Type() string { return "string" }

// usageZH is cobra's usage template in Chinese.
const usageZH = `用法：{{if .Runnable}}
  {{.UseLine}}{{if .HasAvailableFlags}} [选项]{{end}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [命令]{{end}}{{if .HasExample}}

例子：
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

命令：{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

选项：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

通用选项：
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

“{{.CommandPath}} [命令] --help”显示一个命令的说明。{{end}}
`

// noArgs refuses words that are no command.
func (r *runner) noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("没有“%s”这个命令（taizhang help 列出全部命令）", "there is no command %q (taizhang help lists them)", model.Shorten(args[0]))
	}
	return nil
}

// exactly takes a number of positional arguments.
func (r *runner) exactly(n int, zh, en string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return usage("用法：taizhang %s", "usage: taizhang %s", model.W(zh, en))
		}
		return nil
	}
}

// atMost takes up to n positional arguments.
func (r *runner) atMost(n int, zh, en string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > n {
			return usage("用法：taizhang %s", "usage: taizhang %s", model.W(zh, en))
		}
		return nil
	}
}

// atLeast takes n or more positional arguments.
func (r *runner) atLeast(n int, zh, en string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < n {
			return usage("用法：taizhang %s", "usage: taizhang %s", model.W(zh, en))
		}
		return nil
	}
}
