package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	xterm "github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

// list writes the records of a register to standard output.
func (r *runner) list(ctx context.Context, d *desk, reg *model.Register, f *filters, format string) error {
	if err := model.Can(d.actor, model.ActView, reg); err != nil {
		return denied(err)
	}
	src, err := export.FromLedger(ctx, d.ledger, d.actor)
	if err != nil {
		return err
	}
	if src.Query, err = f.query(reg, src.Context()); err != nil {
		return err
	}
	job := export.Job{Register: reg, Format: export.Format(format), Audience: model.Inside, Lang: r.lang}
	if p := src.Query.Period; p != nil {
		job.Period = *p
	}
	if format != "table" {
		if _, err := export.Register(r.Out, src, job); err != nil {
			return err
		}
		return src.Err()
	}
	fields, cols := export.ListColumns(reg, r.lang)
	var rows [][]string
	c := src.Context()
	err = src.Scan(reg.Key, job.Period, func(rec *model.Record) error {
		rows = append(rows, export.ListRow(c, rec, fields, model.Inside, r.lang))
		return nil
	})
	if err == nil {
		err = src.Err()
	}
	if err != nil {
		return err
	}
	return export.Table(r.Out, cols, rows)
}

// byMonth writes how many records each month has, and their sums.
func (r *runner) byMonth(ctx context.Context, d *desk, reg *model.Register, f *filters, format string) error {
	if err := model.Can(d.actor, model.ActView, reg); err != nil {
		return denied(err)
	}
	src, err := export.FromLedger(ctx, d.ledger, d.actor)
	if err != nil {
		return err
	}
	if src.Query, err = f.query(reg, src.Context()); err != nil {
		return err
	}
	months, err := export.ByMonth(src, reg)
	if err != nil {
		return err
	}
	return months.Write(r.Out, export.Format(format), r.lang)
}

func denied(err error) error {
	return &db.Refusal{Code: db.ExitDenied, Words: model.AsWords(err)}
}

func (r *runner) figuresCmd() *cobra.Command {
	var period, format string
	var trace bool
	cmd := &cobra.Command{
		Use:     "figures --period P",
		Short:   r.t("一个期间的数字：场次、人次、户次、金额、公开", "the figures of a period"),
		Example: "  taizhang figures --period 2026H1\n  taizhang figures --period 2025-07..2026-06 --format json\n  taizhang figures --period 2026 --format json --trace",
		Args:    r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("--format", format, "table", "json"); err != nil {
				return err
			}
			if trace && format != "json" {
				return usage("--trace 要和 --format json 一起用", "--trace goes with --format json")
			}
			p, err := mustPeriod(period)
			if err != nil {
				return err
			}
			d, src, err := r.openSource(cmd.Context())
			if err != nil {
				return err
			}
			if err := model.Can(d.actor, model.ActView, nil); err != nil {
				return denied(err)
			}
			count := export.FiguresBeside
			if trace {
				count = export.TracedFigures
			}
			fig, err := count(src, p)
			if err == nil {
				err = src.Err()
			}
			if err != nil {
				return err
			}
			if format == "json" {
				enc := json.NewEncoder(r.Out)
				enc.SetEscapeHTML(false)
				enc.SetIndent("", "  ")
				if trace {
					fig.Explain(src.Context())
				}
				return enc.Encode(fig)
			}
			var rows [][]string
			section := ""
			figures := fig.Rows(src.Context(), r.lang)
			var earlier []model.FigureRow
			if fig.LastYear != nil {
				earlier = fig.LastYear.Rows(src.Context(), r.lang)
			}
			before := model.Beside(figures, earlier)
			for i, row := range figures {
				head := ""
				if row.Section != section {
					section, head = row.Section, row.Section
				}
				rows = append(rows, []string{head, row.Label, row.Value, row.UnitText(), before[i]})
			}
			fmt.Fprintln(r.Out, p.Text(r.lang))
			return export.Table(r.Out, []export.Column{{}, {}, {Right: true}, {}, {Head: r.t("去年同期", "a year before"), Right: true}}, rows)
		},
	}
	cmd.Flags().StringVar(&period, "period", "", r.t("期间：2026、2026H1、2026Q3、2026-03、2026-03-08、A..B", "period: 2026, 2026H1, 2026Q3, 2026-03, 2026-03-08, A..B"))
	cmd.Flags().StringVar(&format, "format", "table", "table, json")
	cmd.Flags().BoolVar(&trace, "trace", false, r.t("每个数字带上它背后各条记录的编号（json）", "with each number the ids of the records behind it (json)"))
	return cmd
}

func mustPeriod(text string) (model.Period, error) {
	if text == "" {
		return model.Period{}, usage("请用 --period 写明期间，例 2026H1", "name the period with --period, such as 2026H1")
	}
	p, err := model.ParsePeriod(text)
	if err != nil {
		return p, usageError{err}
	}
	return p, nil
}

// outFlags are the options of everything that writes a file for somebody.
type outFlags struct {
	format, audience, out, purpose string
	overrides                      []string
}

func (r *runner) outFlags(cmd *cobra.Command, formats string) *outFlags {
	o := &outFlags{}
	cmd.Flags().StringVar(&o.format, "format", "", formats)
	cmd.Flags().StringVar(&o.audience, "audience", "", r.t("给谁看：internal 内部、superior 上报、public 公示、finance 财务", "for whom: internal, superior, public, finance"))
	r.sendFlags(cmd, o)
	return o
}

// sendFlags are the options of where a file goes and what it is for.
func (r *runner) sendFlags(cmd *cobra.Command, o *outFlags) {
	cmd.Flags().StringVar(&o.out, "out", "", r.t("写到哪个文件（从不覆盖）", "the file to write (never overwritten)"))
	cmd.Flags().StringVar(&o.purpose, "purpose", "", r.t("用途，记入导出日志", "what it is for, kept in the export log"))
	cmd.Flags().StringArrayVar(&o.overrides, "override", nil, r.t("审批人放行隐私检查发现的一处，写明理由；每处一个，按列出的次序", "an approver's reason to let stand what the privacy check found; one for each, in the order listed"))
}

// checkOut reads where the file goes and what it is for.
func (o *outFlags) checkOut() error {
	if o.out == "" || o.out == "-" { // "-" is no file name anybody wants
		return usage("请用 --out 写明文件", "name the file with --out")
	}
	if err := model.CheckText(o.out, false); err != nil {
		return usage("--out：%s", "--out: %s", model.AsWords(err))
	}
	if err := model.CheckText(o.purpose, false); err != nil {
		return usage("--purpose：%s", "--purpose: %s", model.AsWords(err))
	}
	if model.Characters(o.purpose) > 60 {
		return usage("--purpose 最多60个字", "--purpose has at most 60 characters")
	}
	return nil
}

// check reads the options; formats are those allowed.
func (o *outFlags) check(formats ...string) (model.Audience, error) {
	if err := oneOf("--format", o.format, formats...); err != nil {
		return 0, err
	}
	if o.audience == "" {
		return 0, usage("请用 --audience 写明给谁看：internal、superior、public、finance", "say for whom with --audience: internal, superior, public or finance")
	}
	a, err := model.ParseAudience(o.audience)
	if err != nil {
		return 0, usageError{err}
	}
	return a, o.checkOut()
}

func (r *runner) exportCmd() *cobra.Command {
	var f *filters
	var o *outFlags
	var all bool
	cmd := &cobra.Command{
		Use:     r.t("export 台账", "export REGISTER"),
		Short:   r.t("把一个台账写成文件", "write a register to a file"),
		Example: "  taizhang export 走访 --period 2026H1 --format xlsx --audience superior --out visits.xlsx\n  taizhang export --all --format json --audience internal --out ledger.json",
		Args: func(cmd *cobra.Command, args []string) error {
			if all {
				return r.exactly(0, "export --all --format json --audience internal --out 文件", "export --all --format json --audience internal --out FILE")(cmd, args)
			}
			return r.exactly(1, "export 台账 --format F --audience A --out 文件", "export REGISTER --format F --audience A --out FILE")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if all {
				return r.exportAll(cmd, f, o)
			}
			who, err := o.check("csv", "xlsx", "json", "md", "ics")
			if err != nil {
				return err
			}
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			d, reg, err := r.openRegister(ctx, args[0])
			if err != nil {
				return err
			}
			src, err := export.FromLedger(ctx, d.ledger, d.actor)
			if err != nil {
				return err
			}
			if src.Query, err = f.query(reg, src.Context()); err != nil {
				return err
			}
			job := export.Job{Register: reg, Format: export.Format(o.format), Audience: who, Lang: d.ledger.Info().Lang, Filter: f.words()}
			if p := src.Query.Period; p != nil {
				job.Period = *p
			}
			if r.langAsked {
				job.Lang = r.lang
			}
			var res export.Result
			slip := export.Slip{Register: reg, Audience: who, Template: export.TemplateRegister, Filter: f.keys()}
			err = r.file(ctx, d, src, o, slip, func(w io.Writer, slip *export.Slip) error {
				res, err = export.Register(w, src, job)
				slip.Rows, slip.Left, slip.Named = res.Rows, res.Left, res.Named
				return err
			})
			if err == nil && res.Withheld > 0 {
				fmt.Fprintln(r.Err, res.Foot(r.lang))
			}
			return err
		},
	}
	f = r.filterFlags(cmd)
	o = r.outFlags(cmd, r.t("csv、xlsx、json、md，或日历 ics（不写期间时只写今天起的）", "csv, xlsx, json, md, or ics for calendars (from today on where no period is named)"))
	cmd.Flags().BoolVar(&all, "all", false, r.t("全部台账写成一个 JSON，可用 import --all 整本接收", "all registers in one JSON file, for import --all"))
	return cmd
}

// exportAll writes every register into one file, to be taken over into a new
// ledger.
func (r *runner) exportAll(cmd *cobra.Command, f *filters, o *outFlags) error {
	who, err := o.check("json")
	if err != nil {
		return err
	}
	if who != model.Inside || f.any() {
		return usage("--all 只写内部用的完整 JSON，不能筛选", "--all writes the whole ledger for inside use; it cannot be filtered")
	}
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	d, src, err := r.openSource(ctx)
	if err != nil {
		return err
	}
	slip := export.Slip{Audience: who, Template: export.TemplateRegister}
	return r.file(ctx, d, src, o, slip, func(w io.Writer, slip *export.Slip) error {
		res, err := export.All(w, src)
		slip.Rows, slip.Left = res.Rows, res.Left
		return err
	})
}

// words says in a few words how the records were chosen.
func (f *filters) words() string {
	parts := append([]string(nil), f.where...)
	if f.search != "" {
		parts = append(parts, "“"+f.search+"”")
	}
	return strings.Join(parts, " ")
}

// interruptible lets a key or a lost line end the writing of a file in an orderly
// way: what has been written so far holds personal data and must not stay behind.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
}

// keys names the fields the records were chosen by, without the values: the log
// holds none.
func (f *filters) keys() (out []string) {
	for _, w := range f.where {
		out = append(out, strings.TrimRight(fieldPart(w), " "))
	}
	if f.search != "" {
		out = append(out, "search")
	}
	return out
}

// fieldPart is what stands before the comparison of a condition.
func fieldPart(cond string) string {
	if i := strings.IndexAny(cond, "=<>!~＝＜＞"); i >= 0 {
		return cond[:i]
	}
	return "?"
}

// file writes one file for somebody. What the public gets is checked, and every
// file has its entry in the journal before it appears.
func (r *runner) file(ctx context.Context, d *desk, src *export.Ledger, o *outFlags, slip export.Slip, write func(io.Writer, *export.Slip) error) (err error) {
	defer func() {
		if err != nil && ctx.Err() != nil {
			err = model.Problemf("已中断，没有写出文件", "interrupted; no file was written")
		}
	}()
	if err := model.Can(d.actor, model.ActExport, slip.Register); err != nil {
		return denied(err)
	}
	debug.SetGCPercent(100) // many records go by: the room to spare that a short reading gets would be several times what they need
	f, err := export.Create(o.out)
	if err != nil {
		return err
	}
	defer f.Abort()
	if err := write(f, &slip); err != nil {
		return err
	}
	if err := src.Err(); err != nil {
		return err
	}
	slip.Purpose, slip.Overrides = o.purpose, o.overrides
	err = export.Send(ctx, d.ledger, src, f, slip)
	var blocked *export.Blocked
	if errors.As(err, &blocked) {
		list := strings.Join(blocked.Lines(r.lang), r.t("；", "; "))
		if len(o.overrides) == 0 && blocked.Overridable() {
			list += r.t("。理由用 --override \"理由\"，每处一个，按列出的次序", ". Reasons are given with --override \"REASON\", one for each, in the order listed")
		}
		return &db.Refusal{Code: db.ExitDenied, Words: model.Sayf("%s。%s", "%s. %s", blocked.Words, oneLine(list)), Cause: blocked}
	}
	if err != nil {
		return err
	}
	return r.wrote(f.Path())
}

// wrote answers with the path of a file, alone on standard output for scripts. A
// person who came in over SSH is told beside it how to fetch the file.
func (r *runner) wrote(path string) error {
	_, err := fmt.Fprintln(r.Out, path)
	if line := r.fetch(path); err == nil && line != "" && r.watched() {
		r.complain(model.Sayf(words.FetchBy.ZH, words.FetchBy.EN, line).In(r.lang))
	}
	return err
}

// watched reports whether a person reads standard error.
func (r *runner) watched() bool {
	f, ok := r.Err.(*os.File)
	return ok && xterm.IsTerminal(f.Fd())
}
