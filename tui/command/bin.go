package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

func (r *runner) deleteCmd() *cobra.Command {
	cmd := r.stateCmd("delete", db.Delete, "删除一条记录（放入回收站，90天内可恢复）", "delete a record (it goes to the recycle bin and can be restored for 90 days)")
	cmd.Long = r.t("把记录放入回收站：不再列出、不再统计，编号和历史仍可查。发放过慰问金或慰问品的、公开过的、还被引用的不能删除。",
		"Moves a record to the recycle bin: it is listed and counted no more, its id and history still find it. What records money or goods given, was made public, or is still referred to cannot be deleted.")
	return cmd
}

func (r *runner) undeleteCmd() *cobra.Command {
	return r.stateCmd("undelete", db.Undelete, "从回收站恢复一条记录", "bring a record back from the recycle bin")
}

// stateCmd moves one record into the recycle bin or out of it.
func (r *runner) stateCmd(name string, kind db.OpKind, zh, en string) *cobra.Command {
	var version int
	cmd := &cobra.Command{
		Use:   name + " " + r.t("编号", "ID"),
		Short: r.t(zh, en),
		Args:  r.exactly(1, name+" 编号 [--version N]", name+" ID [--version N]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, id, _, err := r.openRecord(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("version") && version < 1 {
				return usage("--version 应是 1 以上的数", "--version must be 1 or more")
			}
			if _, err = d.write(cmd.Context(), "", db.Op{Kind: kind, ID: id, Base: version}); err != nil {
				var c *db.Conflict
				if errors.As(err, &c) {
					r.printConflict(cmd.Context(), d, c) // it names who
				}
				return err
			}
			_, err = fmt.Fprintln(r.Out, id)
			return err
		},
	}
	cmd.Flags().IntVar(&version, "version", 0, r.t("您看到的版本（不写则按现在的版本）", "the version you saw (default: the current one)"))
	return cmd
}

// binnedJSON is a deleted record as a script reads it.
type binnedJSON struct {
	ID       string `json:"id"`
	Register string `json:"register"`
	Version  int    `json:"version"`
	Title    string `json:"title"`
	By       string `json:"by"`
	At       string `json:"at"`
	Left     int    `json:"days_left"`
}

func (r *runner) binCmd() *cobra.Command {
	var format string
	var all bool
	cmd := &cobra.Command{
		Use:   "bin",
		Short: r.t("列出回收站", "list the recycle bin"),
		Long: r.t("列出还能恢复的已删除记录，最近删除的在前；--all 连同已过期的。用 taizhang undelete 编号 恢复。",
			"Lists the deleted records that can still be restored, those deleted last first; --all those past it too. Restore with: taizhang undelete ID."),
		Args: r.exactly(0, "bin [--format table|json]", "bin [--format table|json]"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("--format", format, "table", "json"); err != nil {
				return err
			}
			d, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			if err := model.Can(d.actor, model.ActView, nil); err != nil {
				return denied(err)
			}
			return r.bin(cmd.Context(), d, all, format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table, json")
	cmd.Flags().BoolVar(&all, "all", false, r.t("连同不能再恢复的", "also what can no longer be restored"))
	return cmd
}

func (r *runner) bin(ctx context.Context, d *desk, all bool, format string) error {
	const page = 500
	enc := json.NewEncoder(r.Out)
	enc.SetEscapeHTML(false)
	book := d.ledger.Book(ctx)
	c := d.context(book)
	var rows [][]string
	for from := 0; ; from += page {
		list, err := d.ledger.Bin(ctx, d.actor, db.BinQuery{Past: all, Limit: page, Offset: from})
		if err != nil {
			return err
		}
		for _, b := range list {
			at := b.At.In(model.Zone)
			if format == "json" {
				title, _ := model.Clean(b.Title)
				err = enc.Encode(binnedJSON{b.ID, b.Register, b.Version, title, b.By, at.Format("2006-01-02T15:04:05.000-07:00"), b.Left})
				if err != nil {
					return err
				}
				continue
			}
			rows = append(rows, []string{b.ID, d.ledger.Schema().Register(b.Register).Words.In(r.lang), model.TitleIn(b.Title, r.lang),
				c.NameOf(model.Ref{ID: b.By}), at.Format("2006-01-02 15:04"), strconv.Itoa(b.Left)})
		}
		if len(list) < page {
			break
		}
	}
	if err := book.Err(); err != nil || format == "json" {
		return err
	}
	return export.Table(r.Out, []export.Column{{Head: r.t("编号", "ID")}, {Head: r.t("台账", "Register")}, {Head: r.t("名称", "Title"), Most: 40},
		{Head: r.t("删除人", "Deleted by")}, {Head: r.t("时间", "When")}, {Head: r.t("剩余天数", "Days left"), Right: true}}, rows)
}

func (r *runner) undoCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "undo",
		Short: r.t("撤销自己最近一次改动", "undo your last change"),
		Long: r.t("撤销您自己最近一次还没有撤销的改动（录入、修改、作废、删除、恢复），可连续撤销；一次保存的多条一起撤销。别人后来改过同一处的不撤销，退出码 6。",
			"Undoes your own last change that is not undone yet (entering, changing, voiding, deleting, restoring); again and again walks back. Records saved together are undone together. What others changed since in the same place is refused with exit code 6."),
		Args: r.exactly(0, "undo", "undo"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.revert(cmd.Context(), (*db.Ledger).Undo, model.W("已撤销", "undone"))
		},
	}
}

func (r *runner) redoCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "redo",
		Short: r.t("重做刚撤销的改动", "do again what you undid last"),
		Args:  r.exactly(0, "redo", "redo"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.revert(cmd.Context(), (*db.Ledger).Redo, model.W("已重做", "done again"))
		},
	}
}

// revert undoes or redoes and says what: "已撤销：修改 L-2026-0001 多功能厅 第3版".
func (r *runner) revert(ctx context.Context, do func(*db.Ledger, context.Context, model.Actor) (db.Undone, error), done model.Words) error {
	d, err := r.open(ctx)
	if err != nil {
		return err
	}
	u, err := do(d.ledger, ctx, d.actor)
	if err != nil {
		return err
	}
	what := words.Actions[string(u.Action)]
	line := model.Sayf("%s：%s %s %s", "%s: %s %s %s", done, what, u.ID, model.TitleIn(u.Title, r.lang))
	if n := len(u.Records); n > 1 {
		line = model.Sayf("%s等%d条", "%s and others, %d records", line, n)
	}
	text, _ := model.Clean(line.In(r.lang))
	_, err = fmt.Fprintln(r.Out, text)
	return err
}
