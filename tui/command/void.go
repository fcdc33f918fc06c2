package command

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/model"
)

func (r *runner) voidCmd() *cobra.Command {
	var reason string
	var version int
	cmd := &cobra.Command{
		Use:     r.t("void 编号 --reason 原因", "void ID --reason TEXT"),
		Aliases: []string{"reverse"},
		Short:   r.t("作废一条记录，发过款物的即冲销（仍可查）", "withdraw a record, reverse a payment (it stays readable)"),
		Args:    r.exactly(1, "void 编号 --reason 原因", "void ID --reason TEXT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, id, reg, err := r.openRecord(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if strings.TrimSpace(reason) == "" {
				return usage("作废、冲销要用 --reason 写明原因", "give the reason with --reason")
			}
			if err := model.CheckText(reason, false); err != nil {
				return usageError{err}
			}
			_, err = d.write(cmd.Context(), "", db.Op{Kind: db.Void, Register: reg.Key, ID: id, Base: version, Reason: reason})
			if err == nil {
				fmt.Fprintln(r.Out, id)
			}
			return err
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", r.t("原因，记入历史", "the reason, kept in the history"))
	cmd.Flags().IntVar(&version, "version", 0, r.t("您看到的版本", "the version you saw"))
	return cmd
}
