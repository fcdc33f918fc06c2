package command

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
)

// sheetCmd writes the poster of a disclosure. It is for the public, always.
func (r *runner) sheetCmd() *cobra.Command {
	var issue, format, paper string
	var draft bool
	o := &outFlags{}
	cmd := &cobra.Command{
		Use:     "sheet --issue D-…",
		Aliases: []string{"公示单"},
		Short:   r.t("写出一期公开的公示单，张贴用，已按公示脱敏", "write the poster of a disclosure, masked for the public"),
		Long: r.t("写出一期公开的公示单：HTML 用浏览器打印（A4 或 A3，字号不小于22磅），或纯文本。\n没有批准的，纸上横着印“草稿 不得张贴”；--draft 不印这几个字。\n写出前检查成文：身份证号、电话、银行卡、门牌、登记在册的姓名、疾病、未成年人，发现就不写出（退出码7）。",
			"Write the poster of a disclosure: HTML to be printed by a browser (A4 or A3, 22 points and more), or plain text.\nWhat is not approved has DRAFT printed across it, unless --draft is given.\nThe finished file is checked for ID numbers, phones, cards, rooms, names on file, illness and minors; it is not written when any is found (exit code 7)."),
		Example: "  taizhang report sheet --issue D-2026-0003 --format html --paper A3 --out 公示单.html",
		Args:    r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if issue == "" {
				return usage("请用 --issue 写明是哪一期，例 D-2026-0003", "name the disclosure with --issue, such as D-2026-0003")
			}
			if err := oneOf("--format", format, string(export.HTML), string(export.Text)); err != nil {
				return err
			}
			if err := oneOf("--paper", paper, string(export.A4), string(export.A3)); err != nil {
				return err
			}
			if err := o.checkOut(); err != nil {
				return err
			}
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			d, src, err := r.openSource(ctx)
			if err != nil {
				return err
			}
			rec := src.Record(issue)
			if err := src.Err(); err != nil {
				return err
			}
			if rec == nil || rec.Register.Key != model.Issue.Key || rec.State == model.Deleted {
				return &db.Refusal{Code: db.ExitFailed, Words: model.Sayf("没有公开 %s", "there is no disclosure %s", model.Shorten(issue))}
			}
			l := d.ledger.Info().Lang
			if r.langAsked {
				l = r.lang
			}
			sum := ""
			slip := export.Slip{Register: model.Issue, ID: rec.ID, Of: rec, Audience: model.Public, Template: export.TemplateSheet, Rows: 1}
			err = r.file(ctx, d, src, o, slip, func(w io.Writer, _ *export.Slip) error {
				sum, err = export.WritePoster(w, src, export.PosterJob{Issue: rec, Format: export.Format(format), Paper: export.Paper(paper), Draft: draft, Lang: l})
				return err
			})
			if err == nil {
				fmt.Fprintln(r.Out, model.Sayf("内容校验值 %s", "content %s", sum).In(r.lang))
			}
			return err
		},
	}
	cmd.Flags().StringVar(&issue, "issue", "", r.t("公开的编号", "id of the disclosure"))
	cmd.Flags().StringVar(&format, "format", string(export.HTML), "html, txt")
	cmd.Flags().StringVar(&paper, "paper", string(export.A4), "A4, A3")
	cmd.Flags().BoolVar(&draft, "draft", false, r.t("是草稿也不印草稿字样", "do not mark a draft as one"))
	r.sendFlags(cmd, o)
	return cmd
}
