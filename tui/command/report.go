package command

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/export"
	"taizhang/model"
)

// sheetReport is one that reportCmd writes.
type sheetReport struct {
	name    string
	words   model.Words
	formats []string // the first is taken when none is named
	about   string   // the option that says what it is of
	text    bool     // a text, which may be a draft
	write   func(r *runner, src *export.Ledger, o *reportOptions) (func(io.Writer, *export.Slip) error, error)
}

type reportOptions struct {
	period, occasion string
	rows             int
	asTyped          bool
	finish           export.Finish
	format           export.Format
	who              model.Audience
	lang             model.Lang
}

var reports = []sheetReport{
	{"summary", model.W("汇总", "summary"), []string{"docx", "html", "md", "csv", "txt"}, "period", true, func(r *runner, src *export.Ledger, o *reportOptions) (func(io.Writer, *export.Slip) error, error) {
		p, err := mustPeriod(o.period)
		if err != nil {
			return nil, err
		}
		t, err := r.template(src, export.SummaryReport, o.lang)
		job := export.SummaryJob{Period: p, Format: o.format, Audience: o.who, Lang: o.lang, AsTyped: o.asTyped, Template: t, Finish: o.finish}
		return func(w io.Writer, slip *export.Slip) error {
			slip.AsIs = o.finish.Reason
			return unfinished(export.Summary(w, src, job))
		}, err
	}},
	{"activities", model.W("活动一览", "activities"), []string{"docx", "xlsx", "html", "md", "csv", "txt"}, "period", false, func(r *runner, src *export.Ledger, o *reportOptions) (func(io.Writer, *export.Slip) error, error) {
		p, err := mustPeriod(o.period)
		job := export.ActivitiesJob{Period: p, Format: o.format, Audience: o.who, Lang: o.lang, AsTyped: o.asTyped}
		return func(w io.Writer, slip *export.Slip) error {
			res, err := export.Activities(w, src, job)
			slip.Register, slip.Rows, slip.Left = model.Activity, res.Rows, res.Left
			if err == nil && res.Rows == 0 {
				r.complain(model.Sayf("%s 没有已举办的活动", "no activity was held in %s", p.Text(r.lang)).In(r.lang))
			}
			return err
		}, err
	}},
	{"payout", model.W("发放明细", "payout sheet"), []string{"html", "docx", "xlsx", "csv", "md", "txt"}, "occasion", false, func(r *runner, src *export.Ledger, o *reportOptions) (func(io.Writer, *export.Slip) error, error) {
		if strings.TrimSpace(o.occasion) == "" {
			return nil, usage("请用 --occasion 写明场合，例 2027春节", "name the occasion with --occasion, such as 2027春节")
		}
		if o.rows < 0 || o.rows > 60 {
			return nil, usage("--rows 应在 1 至 60 之间", "--rows takes 1 to 60")
		}
		q, err := coverageQuery(src.Context(), o.occasion, 0, nil, "")
		job := export.PayoutJob{Occasion: q.Occasion, Format: o.format, Audience: o.who, Lang: o.lang, PerPage: o.rows, AsTyped: o.asTyped}
		return func(w io.Writer, slip *export.Slip) error {
			res, err := export.Payout(w, src, job)
			slip.Register, slip.Rows, slip.Left, slip.Named = model.Visit, res.Rows, res.Left, res.Named
			if err == nil && res.Rows == 0 {
				r.complain(model.Sayf("%s 没有发放过慰问金或慰问品", "nothing was given for %s", q.Occasion).In(r.lang))
			}
			return err
		}, err
	}},
	{"statistics", model.W("统计", "statistics"), []string{"xlsx", "csv", "docx", "html", "md", "txt"}, "period", false, func(_ *runner, src *export.Ledger, o *reportOptions) (func(io.Writer, *export.Slip) error, error) {
		p, err := mustPeriod(o.period)
		job := export.StatisticsJob{Period: p, Format: o.format, Audience: o.who, Lang: o.lang, AsTyped: o.asTyped}
		return func(w io.Writer, _ *export.Slip) error { return export.Statistics(w, src, job) }, err
	}},
	{"petitions", model.W("信访统计", "petitions"), []string{"xlsx", "docx", "html", "md", "csv", "txt"}, "period", false, func(_ *runner, src *export.Ledger, o *reportOptions) (func(io.Writer, *export.Slip) error, error) {
		p, err := mustPeriod(o.period)
		job := export.PetitionsJob{Period: p, Format: o.format, Audience: o.who, Lang: o.lang, AsTyped: o.asTyped}
		return func(w io.Writer, _ *export.Slip) error { return export.Petitions(w, src, job) }, err
	}},
	{"meetings", model.W("三会一课", "meetings"), []string{"xlsx", "docx", "html", "md", "csv", "txt"}, "period", false, func(_ *runner, src *export.Ledger, o *reportOptions) (func(io.Writer, *export.Slip) error, error) {
		p, err := mustPeriod(o.period)
		job := export.MeetingsJob{Period: p, Format: o.format, Audience: o.who, Lang: o.lang, AsTyped: o.asTyped}
		return func(w io.Writer, _ *export.Slip) error { return export.Meetings(w, src, job) }, err
	}},
	{"aid", model.W("慰问汇总", "aid summary"), []string{"html", "docx", "xlsx", "csv", "md", "txt"}, "period", false, func(_ *runner, src *export.Ledger, o *reportOptions) (func(io.Writer, *export.Slip) error, error) {
		p, err := mustPeriod(o.period)
		job := export.AidJob{Period: p, Format: o.format, Audience: o.who, Lang: o.lang, AsTyped: o.asTyped}
		return func(w io.Writer, _ *export.Slip) error { return export.Aid(w, src, job) }, err
	}},
}

func (r *runner) reportCmd() *cobra.Command {
	opt := reportOptions{}
	var o *outFlags
	var zh, en []string
	for _, rep := range reports {
		zh, en = append(zh, rep.name+" "+rep.words.ZH), append(en, rep.name)
	}
	cmd := &cobra.Command{
		Use:   r.t("report 报表", "report NAME"),
		Short: r.t("写出报表：", "write a report: ") + r.t(strings.Join(zh, "、")+"、sheet 公示单，和本单位的模板", strings.Join(en, ", ")+", sheet, and the office's own templates"),
		Example: "  taizhang report summary --period 2026H1 --audience superior --draft --out 工作总结.docx\n" +
			"  taizhang report activities --period 2026 --format xlsx --audience superior --out 活动一览表.xlsx\n" +
			"  taizhang report statistics --period 2026Q3 --audience superior --out 统计表.xlsx\n" +
			"  taizhang report payout --occasion 2027春节 --audience finance --out 发放明细.html\n" +
			"  taizhang report aid --period 2026 --audience superior --out 慰问汇总.html\n" +
			"  taizhang report sheet --issue D-2026-0003 --format html --out 公示单.html",
		Args: r.exactly(1, "report 报表 --audience A --out 文件", "report NAME --audience A --out FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			rep := findReport(args[0])
			if rep == nil {
				own, err := r.ownReport(args[0])
				if err != nil {
					return err
				}
				if rep = own; rep == nil {
					return usage("没有“%s”这种报表，现有：%s；模板写的报告见 taizhang report list", "there is no report %q; there are: %s; those written from templates: taizhang report list", model.Shorten(args[0]), model.W(strings.Join(zh, "、"), strings.Join(en, ", ")))
				}
			}
			for _, flag := range []string{"draft", "as-is"} {
				if cmd.Flags().Changed(flag) && !rep.text {
					return usage("报表“%s”没有草稿和定稿之分，不用 --%s", "the report %s is no text and takes no --%s", rep.words, flag)
				}
			}
			if opt.finish.Draft && opt.finish.Reason != "" {
				return usage("--draft 和 --as-is 不能一起用", "--draft and --as-is exclude each other")
			}
			if o.format == "" {
				o.format = rep.formats[0]
			}
			for _, other := range []string{"period", "occasion"} {
				if other != rep.about && cmd.Flags().Changed(other) {
					return usage("报表“%s”不用 --%s，请用 --%s", "the report %s takes no --%s but --%s", rep.words, other, rep.about)
				}
			}
			var err error
			if opt.who, err = o.check(rep.formats...); err != nil {
				return err
			}
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			d, src, err := r.openSource(ctx)
			if err != nil {
				return err
			}
			opt.format, opt.lang = export.Format(o.format), d.ledger.Info().Lang
			if r.langAsked {
				opt.lang = r.lang
			}
			write, err := rep.write(r, src, &opt)
			if err != nil {
				return err
			}
			slip := export.Slip{Audience: opt.who, Template: rep.name + "/1", Filter: []string{rep.about}}
			return r.file(ctx, d, src, o, slip, write)
		},
	}
	cmd.Flags().StringVar(&opt.period, "period", "", r.t("期间", "period"))
	cmd.Flags().StringVar(&opt.occasion, "occasion", "", r.t("场合，例 2027春节（发放明细）", "the occasion, such as 2027春节 (payout)"))
	cmd.Flags().IntVar(&opt.rows, "rows", 0, r.t("每页几行，不写则排满一页（发放明细）", "lines on a page, else as many as fit (payout)"))
	cmd.Flags().BoolVar(&opt.asTyped, "as-typed", false, r.t("docx 里的标点照原样，不改成全角", "keep punctuation in docx as it was typed, not made full-width"))
	cmd.Flags().BoolVar(&opt.finish.Draft, "draft", false, r.t("写草稿：可以有待补，每个数后面写出处", "a draft: prose may be missing, and every number says where it comes from"))
	cmd.Flags().StringVar(&opt.finish.Reason, "as-is", "", r.t("还有待补或要核对的，写明理由照样定稿，记入导出日志", "why the final copy goes out though something is missing or looks wrong; kept in the export log"))
	o = r.outFlags(cmd, "docx, xlsx, html, md, csv, txt")
	cmd.AddCommand(r.sheetCmd(), r.reportListCmd())
	return cmd
}

// findReport takes its name, or what it is called in Chinese.
func findReport(name string) *sheetReport {
	for i := range reports {
		if rep := &reports[i]; rep.name == strings.TrimSpace(name) || rep.words.ZH == strings.TrimSuffix(strings.TrimSpace(name), "表") {
			return rep
		}
	}
	return nil
}
