package command

import (
	"bytes"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
	"taizhang/tui/words"
)

func (r *runner) searchCmd() *cobra.Command {
	var registers []string
	var limit int
	var format string
	cmd := &cobra.Command{
		Use:   r.t("search 文字", "search TEXT"),
		Short: r.t("在全部台账里查找", "search all registers"),
		Long: r.t("在全部台账里查找，新的在前。几个词要都有。文字、拼音首字母、编号、金额、日期、电话后四位都行。\n您无权看全的内容不查；作废的不列。没有查到也是退出码 0。",
			"Look through all registers, newest first. Several words must all be there. Text, pinyin initials, ids, amounts,\ndates and the last four digits of a phone will do. What you may not see in full is not searched; void records\nare left out. Finding nothing ends with exit code 0."),
		Example: "  taizhang search 慰问 春节\n  taizhang search zgy --register visit --limit 5\n  taizhang search 2026-03 --format json",
		Args:    r.atLeast(1, "search 文字 [选项]", "search TEXT [options]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--format", format, "table", "json", "csv"); err != nil {
				return err
			}
			if limit < 0 {
				return usage("--limit 不能是负数", "--limit must not be negative")
			}
			q := db.SearchQuery{Text: strings.Join(args, " "), Limit: limit}
			if strings.TrimSpace(q.Text) == "" {
				return usage("没有写要查的文字", "there is no text to look for")
			}
			d, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			for _, name := range registers {
				reg, err := d.ledger.Schema().FindRegister(name)
				if err != nil {
					return usageError{err}
				}
				q.Registers = append(q.Registers, reg.Key)
			}
			hits, more, err := d.search(cmd.Context(), q)
			if err != nil {
				return err
			}
			if err := r.printHits(hits, format); err != nil {
				return err
			}
			if more && format == "table" {
				r.complain(r.t("还有更多，加大 --limit 可以看到（0 为全部）", "there are more; a larger --limit shows them (0: all)"))
			}
			return nil
		},
	}
	fl := cmd.Flags()
	fl.StringArrayVar(&registers, "register", nil, r.t("只查这个台账，可写多个", "this register only, may be repeated"))
	fl.IntVar(&limit, "limit", 20, r.t("最多几条，0 为全部", "at most this many, 0: all"))
	fl.StringVar(&format, "format", "table", "table, json, csv")
	return cmd
}

// searchPage is how many hits are asked for at once when all are wanted.
const searchPage = 500

// search asks for a number of hits, 0: all, page by page.
func (d *desk) search(ctx context.Context, q db.SearchQuery) (hits []db.Hit, more bool, err error) {
	most := q.Limit
	for {
		q.Limit = searchPage
		if most > 0 {
			q.Limit = min(searchPage, most-len(hits))
		}
		var page []db.Hit
		if page, more, err = d.ledger.Search(ctx, d.actor, q); err != nil {
			return nil, false, err
		}
		hits = append(hits, page...)
		if !more || len(page) == 0 || most > 0 && len(hits) >= most {
			return hits, more, nil
		}
		q.After = &hits[len(hits)-1]
	}
}

// hitJSON is one hit; match is the part of snippet that answers.
type hitJSON struct {
	ID       string `json:"id"`
	Register string `json:"register"`
	Date     string `json:"date"`
	State    string `json:"state"`
	Title    string `json:"title"`
	Field    string `json:"field"` // "" when it was found by its id
	Snippet  string `json:"snippet"`
	Match    string `json:"match"`
}

func (r *runner) printHits(hits []db.Hit, format string) error {
	if format == "json" {
		return r.printHitsJSON(hits)
	}
	const title = 36 // cells
	cols := []export.Column{{Head: words.RecordID.In(r.lang)}, {Head: r.t("台账", "Register")}, {Head: r.t("日期", "Date")},
		{Head: r.t("名称", "Title"), Most: title}, {Head: r.t("查到处", "Found in")}, {Head: r.t("内容", "Text")}}
	rows := make([][]string, len(hits))
	for i, h := range hits {
		field := words.RecordID
		if h.Field != nil {
			field = h.Field.Words
		}
		snippet := h.Snippet
		if format == "table" {
			snippet = h.Snippet[:h.From] + model.Sayf(words.SearchMatch.ZH, words.SearchMatch.EN, h.Snippet[h.From:h.To]).In(r.lang) + h.Snippet[h.To:]
		}
		rows[i] = []string{h.ID, h.Register.Words.In(r.lang), h.Date.String(), oneLine(model.TitleIn(h.Title, r.lang)), field.In(r.lang), oneLine(snippet)}
	}
	if format == "csv" {
		return export.TableCSV(r.Out, cols, rows)
	}
	return export.Table(r.Out, cols, rows)
}

// printHitsJSON writes an array, a hit on each line.
func (r *runner) printHitsJSON(hits []db.Hit) error {
	var page bytes.Buffer
	page.WriteString("[")
	for i, h := range hits {
		out := hitJSON{ID: h.ID, Register: h.Register.Key, Date: h.Date.String(), State: h.State.String(), Title: oneLine(h.Title),
			Snippet: oneLine(h.Snippet), Match: oneLine(h.Snippet[h.From:h.To])}
		if h.Field != nil {
			out.Field = h.Field.Key
		}
		if i > 0 {
			page.WriteString(",")
		}
		page.WriteString("\n")
		if err := export.JSONLine(&page, out); err != nil {
			return err
		}
		page.Truncate(page.Len() - 1) // the comma comes on the same line
	}
	page.WriteString("\n]\n")
	_, err := page.WriteTo(r.Out)
	return err
}
