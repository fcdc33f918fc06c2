package command

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/model"
)

func (r *runner) mergeCmd() *cobra.Command {
	var reason string
	var take []string
	cmd := &cobra.Command{
		Use:   r.t("merge 保留的编号 另一编号 --reason 原因", "merge KEEP OTHER --reason TEXT"),
		Short: r.t("合并重复登记的两个人、两户（可撤销）", "merge two files of one person or household (can be undone)"),
		Long: r.t("把后一编号并入前一编号：所有引用改为指向保留的一条，空着的项目用另一条补上，列表合在一起，另一条作废并写明并入何处。两条都填了而不同的项目保留前一条的，要用另一条的写 --take 项目。一次完成，undo 一次撤销。",
			"Merges OTHER into KEEP: whatever names OTHER then names KEEP, blanks are filled from OTHER, lists are united, and OTHER becomes void, saying where it went. Where both say different things KEEP stands; --take FIELD takes OTHER's. It is one transaction, and undo takes it back at once."),
		Example: "  taizhang merge P-2026-0012 P-2026-0345 --reason 重复登记 --take phone",
		Args:    r.exactly(2, "merge 保留的编号 另一编号 --reason 原因", "merge KEEP OTHER --reason TEXT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, keep, reg, err := r.openRecord(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if strings.TrimSpace(reason) == "" {
				return usage("合并要用 --reason 写明原因", "give the reason with --reason")
			}
			if err := model.CheckText(reason, false); err != nil {
				return usageError{err}
			}
			op := db.Op{Kind: db.Merge, Register: reg.Key, ID: keep, Other: model.TidyID(args[1]), Reason: reason}
			differ, err := r.prepareMerge(cmd.Context(), d, &op, take)
			if err != nil {
				return err
			}
			res, err := d.write(cmd.Context(), "", op)
			if err != nil {
				return err
			}
			for _, line := range differ {
				r.complain(line)
			}
			if n := len(res.Records[0].Also); n > 0 {
				r.complain(model.Sayf("%d条引用改为指向 %s", "%d references now point to %s", n, keep).In(r.lang))
			}
			_, err = fmt.Fprintln(r.Out, keep)
			return err
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", r.t("原因，记入历史", "the reason, kept in the history"))
	cmd.Flags().StringSliceVar(&take, "take", nil, r.t("这些项目用另一条的，逗号隔开", "fields in which OTHER's value is taken, with commas"))
	return cmd
}

// prepareMerge puts the versions and the values chosen into the operation, and
// says where the two records differ.
func (r *runner) prepareMerge(ctx context.Context, d *desk, op *db.Op, take []string) (differ []string, err error) {
	return differ, d.view(ctx, nil, func(sn *db.Snapshot, c *model.Context) error {
		keep, err := sn.Get(op.ID)
		if err != nil {
			return err
		}
		other, err := sn.Get(op.Other)
		if err != nil {
			return err
		}
		if keep.Register != other.Register {
			return nil // the write says so
		}
		op.Base, op.OtherBase, op.Values = keep.Version, other.Version, model.Values{}
		for _, name := range take {
			f, err := keep.Register.FindField(name)
			if err != nil {
				return usageError{err}
			}
			if !f.Editable() {
				return usage("“%s”由程序填写，不能选", "%s is filled by the program and cannot be chosen", f.Words)
			}
			op.Values[f.Key] = other.Get(f.Key)
		}
		for _, key := range model.Join(keep, other).Differ {
			f := keep.Register.Field(key)
			if _, taken := op.Values[key]; taken || f == nil {
				continue
			}
			text := func(rec *model.Record) string {
				return c.MaskText(f, rec.Get(key), model.Inside, r.lang, c.Today())
			}
			differ = append(differ, model.Sayf("%s不同：保留“%s”，没有用“%s”", "%s: kept %q, not %q", f.Words, text(keep), text(other)).In(r.lang))
		}
		return nil
	})
}
