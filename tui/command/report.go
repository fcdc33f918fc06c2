package command

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/export"
	"taizhang/export/report"
	"taizhang/model"
)

type reportOptions struct {
	period, occasion string
	saved            string
	rows             int
	asTyped          bool
	where            []string
	log              bool
	finish           export.Finish
	format           export.Format
	who              model.Audience
	lang             model.Lang
}

// job reads what a report is about.
func (o *reportOptions) job(src *export.Ledger, rep *export.Report) (job export.ReportJob, err error) {
	job = export.ReportJob{PerPage: o.rows, Format: o.format, Audience: o.who, Lang: o.lang, AsTyped: o.asTyped, Finish: o.finish}
	if rep.Of == export.OfPeriod {
		if o.period != "" || !rep.AllTime {
			job.Period, err = mustPeriod(o.period)
		}
		return job, err
	}
	if strings.TrimSpace(o.occasion) == "" {
		return job, usage("请用 --occasion 写明场合，例 2027春节", "name the occasion with --occasion, such as 2027春节")
	}
	if o.rows < 0 || o.rows > 60 {
		return job, usage("--rows 应在 1 至 60 之间", "--rows takes 1 to 60")
	}
	q, err := coverageQuery(src.Context(), o.occasion, 0, nil, "")
	job.Occasion = q.Occasion
	return job, err
}

// choice finds the records that the conditions choose, with the keys of the fields
// they are about, for the export log.
func (o *reportOptions) choice(ctx context.Context, d *desk, src *export.Ledger, reg *model.Register) (out export.Choice, keys []string, err error) {
	out.Log = o.log
	if len(o.where) == 0 {
		return out, nil, nil
	}
	f := filters{where: o.where}
	q, err := f.query(src.Context().Schema.Register(reg.Key), src.Context())
	if err != nil {
		return out, nil, err
	}
	for _, c := range q.Where {
		keys = append(keys, c.Field)
	}
	found, err := d.ledger.Keys(ctx, q, nil)
	out.Only, out.By = make(map[string]bool, len(found)), strings.Join(o.where, model.W("、", ", ").In(o.lang))
	for _, k := range found {
		out.Only[k.ID(reg)] = true
	}
	return out, keys, err
}

// about names the option by which a person says what a report is of.
func about(rep *export.Report) string {
	if rep.Of == export.OfOccasion {
		return "occasion"
	}
	return "period"
}

func (r *runner) reportCmd() *cobra.Command {
	opt := reportOptions{}
	var o *outFlags
	var zh, en []string
	for _, rep := range export.Reports {
		zh, en = append(zh, rep.Name+" "+rep.Words.ZH), append(en, rep.Name)
	}
	cmd := &cobra.Command{
		Use:   r.t("report 报表", "report NAME"),
		Short: r.t("写出报表：", "write a report: ") + r.t(strings.Join(zh, "、")+"、sheet 公示单，和本单位的模板", strings.Join(en, ", ")+", sheet, and the office's own templates"),
		Example: "  taizhang report summary --period 2026H1 --audience superior --draft --out 工作总结.docx\n" +
			"  taizhang report activities --period 2026 --format xlsx --audience superior --out 活动一览表.xlsx\n" +
			"  taizhang report activities --period 2026 --where 条线=志愿服务 --log --audience superior --out 志愿服务记录.docx\n" +
			"  taizhang report statistics --period 2026Q3 --audience superior --out 统计表.xlsx\n" +
			"  taizhang report payout --occasion 2027春节 --audience finance --out 发放明细.html\n" +
			"  taizhang report aid --period 2026 --audience superior --out 慰问汇总.html\n" +
			"  taizhang report sheet --issue D-2026-0003 --format html --out 公示单.html",
		Args: r.exactly(1, "report 报表 --audience A --out 文件", "report NAME --audience A --out FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			rep, err := r.findReport(args[0])
			if err != nil {
				return err
			}
			if rep == nil {
				return usage("没有“%s”这种报表，现有：%s；模板写的报告见 taizhang report list", "there is no report %q; there are: %s; those written from templates: taizhang report list", model.Shorten(args[0]), model.W(strings.Join(zh, "、"), strings.Join(en, ", ")))
			}
			for _, flag := range []string{"draft", "as-is"} {
				if cmd.Flags().Changed(flag) && !rep.Text {
					return usage("报表“%s”没有草稿和定稿之分，不用 --%s", "the report %s is no text and takes no --%s", rep.Words, flag)
				}
			}
			for _, flag := range []string{"where", "log"} {
				if cmd.Flags().Changed(flag) && rep.Chosen == nil {
					return usage("报表“%s”不用 --%s", "the report %s takes no --%s", rep.Words, flag)
				}
			}
			if opt.finish.Draft && opt.finish.Reason != "" {
				return usage("--draft 和 --as-is 不能一起用", "--draft and --as-is exclude each other")
			}
			if opt.saved != "" && !rep.Text {
				return usage("报表“%s”没有文稿，不用 --saved", "the report %s is no text and takes no --saved", rep.Words)
			}
			if o.format == "" {
				o.format = rep.Formats[0]
			}
			for _, other := range []string{"period", "occasion"} {
				if other != about(rep) && cmd.Flags().Changed(other) {
					return usage("报表“%s”不用 --%s，请用 --%s", "the report %s takes no --%s but --%s", rep.Words, other, about(rep))
				}
			}
			if opt.saved != "" && o.audience == "" {
				o.audience = model.Inside.String() // the saved report says it
			}
			if opt.who, err = o.check(rep.Formats...); err != nil {
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
			var edits report.Edits
			if opt.saved != "" {
				t, err := r.saved(ctx, d, opt.saved)
				if err != nil {
					return err
				}
				if t.Report.Name != rep.Name {
					return usage("%s 是用模板“%s”写的，请写 report %s --saved", "%s was made from the template %s: report %s --saved", t.Record.ID, t.Report.Name, t.Report.Name)
				}
				if said := cmd.Flags().Changed("audience") && opt.who != t.Audience; said || opt.period != "" {
					return usage("期间和给谁看照文稿 %s 所写，不另用 --period、--audience", "period and audience are those of %s; --period and --audience cannot change them", t.Record.ID)
				}
				opt.who, opt.lang, opt.period, edits = t.Audience, t.Lang, t.Period.String(), t.Edits
			}
			job, err := opt.job(src, rep)
			by := []string{about(rep)}
			if err == nil && rep.Chosen != nil {
				var keys []string
				job.Choice, keys, err = opt.choice(ctx, d, src, rep.Chosen)
				by = append(by, keys...)
			}
			if err == nil && rep.Text {
				job.Template, err = export.ReadTemplate(d.ledger.Path(), rep.Name, opt.lang, src.Context().Schema, edits)
			}
			if err != nil {
				return err
			}
			return r.file(ctx, d, src, o, export.Slip{Audience: opt.who, Filter: by}, func(w io.Writer, slip *export.Slip) error {
				remark, err := rep.Write(w, src, job, slip)
				if err == nil && remark != (model.Words{}) {
					r.complain(remark.In(r.lang))
				}
				return unfinished(err)
			})
		},
	}
	cmd.Flags().StringVar(&opt.period, "period", "", r.t("期间", "period"))
	cmd.Flags().StringVar(&opt.occasion, "occasion", "", r.t("场合，例 2027春节（发放明细）", "the occasion, such as 2027春节 (payout)"))
	cmd.Flags().StringVar(&opt.saved, "saved", "", r.t("照一份文稿写，连同改过的段落，例 R-2026-0001", "from a saved report, with its rewritten paragraphs, such as R-2026-0001"))
	cmd.Flags().IntVar(&opt.rows, "rows", 0, r.t("每页几行，不写则排满一页（发放明细）", "lines on a page, else as many as fit (payout)"))
	cmd.Flags().StringArrayVar(&opt.where, "where", nil, r.t("条件 项目=值，可写多个，例 条线=志愿服务（活动一览）", "condition key=value, may be repeated, such as lines=volunteering (activities)"))
	cmd.Flags().BoolVar(&opt.log, "log", false, r.t("印成活动记录：时间、地点、参加人数、负责人、参加对象、内容摘要、记录人（活动一览）", "as a log: when, where, how many, who was in charge, for whom, summary, recorder (activities)"))
	cmd.Flags().BoolVar(&opt.asTyped, "as-typed", false, r.t("docx 里的标点照原样，不改成全角", "keep punctuation in docx as it was typed, not made full-width"))
	cmd.Flags().BoolVar(&opt.finish.Draft, "draft", false, r.t("写草稿：可以有待补，每个数后面写出处", "a draft: prose may be missing, and every number says where it comes from"))
	cmd.Flags().StringVar(&opt.finish.Reason, "as-is", "", r.t("还有待补或要核对的，写明理由照样定稿，记入导出日志", "why the final copy goes out though something is missing or looks wrong; kept in the export log"))
	o = r.outFlags(cmd, "docx, xlsx, html, md, csv, txt")
	cmd.AddCommand(r.sheetCmd(), r.reportListCmd(), r.deltasCmd())
	return cmd
}

// findReport finds a report by its name or what it is called; nil: there is none.
func (r *runner) findReport(name string) (rep *export.Report, err error) {
	err = r.shelf(func(s report.Shelf) error {
		list, err := export.ReportsOn(s)
		rep = export.FindReport(list, name)
		return err
	})
	return rep, err
}
