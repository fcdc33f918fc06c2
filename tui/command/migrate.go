package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"taizhang/model"
)

func (r *runner) migrateCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: r.t("把旧格式的台账升级到现在的格式", "bring a ledger of an earlier format to the present one"),
		Long: r.t("旧格式的台账在第一次保存时会自动升级；大的台账要几秒钟，挑没人用的时候先升级，别人保存时就不用等。升级前在台账旁留一份原样的副本（.before-格式号），其中有个人信息，确认无误后请删除。中途断了再执行一次即可。已是现在的格式时不改动任何内容。",
			"The first save brings a ledger of an earlier format up by itself, which takes seconds when it is large: do it at a quiet time and nobody has to wait. A copy of the ledger as it was is laid beside it first (.before-FORMAT); it holds personal data, remove it when all is well. If it breaks off, run it again. A ledger of the present format is left as it is."),
		Args: r.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			d, err := r.open(ctx)
			if err != nil {
				return err
			}
			if err := model.Can(d.actor, model.ActBackup, nil); err != nil { // it leaves a copy of everything
				return denied(err)
			}
			tell, done := r.progress(model.W("正在升级", "bringing it up"))
			m, err := d.ledger.Migrate(ctx, tell)
			done()
			if ctx.Err() != nil {
				return model.Problemf("已中断，台账仍是原来的格式，可以照常使用。再执行一次会从断处继续", "interrupted; the ledger is still of the former format and may be used as before. Run it again to go on from there")
			}
			if err != nil {
				return err
			}
			if m.From == m.To {
				_, err = fmt.Fprintln(r.Out, model.Sayf("台账已是格式 %d，不需要升级", "the ledger is of format %d already; there is nothing to do", m.To).In(r.lang))
				return err
			}
			fmt.Fprintln(r.Out, model.Sayf("台账已从格式 %d 升级到格式 %d", "the ledger was brought from format %d to format %d", m.From, m.To).In(r.lang))
			for _, k := range m.Kept {
				fmt.Fprintln(r.Out, oneLine(model.Sayf("原样的副本：%s，其中有个人信息，确认无误后请删除", "a copy of what it was: %s; it holds personal data, remove it when all is well", k).In(r.lang)))
			}
			return nil
		},
	}
}
