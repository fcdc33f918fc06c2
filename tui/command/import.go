package command

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export/ingest"
	"taizhang/model"
)

// importFlags are the options of import.
type importFlags struct {
	sheet, format                         string
	mapped                                []string
	year                                  int
	all, dry, partly, repeat, backupFirst bool
}

func (r *runner) importCmd() *cobra.Command {
	f := &importFlags{}
	cmd := &cobra.Command{
		Use:   r.t("import 台账 文件", "import REGISTER FILE"),
		Short: r.t("从 xlsx、csv、json 文件导入旧台账", "bring in a ledger kept as xlsx, csv or json"),
		Long: r.t(`逐行按登记时的同一套规则核对，先看 --dry-run。有一行不能导入，就全部不写；原文件不动。
表头在前15行里找，认台账的名称和常用叫法；标题里的年份用于没有年份的日期；合计行、重复的行不导入，都列出来。
导入是一步，undo 一次撤销（超过5000行的分几步）。export --all 写的 JSON 可用 --all 整本接收到新建的台账，编号不变，版本从1开始。
退出码：0 已导入或预览无误，2 有不能导入的行或文件读不懂，7 没有权限，5 台账正忙。`,
			`Every row is judged as a form would be; look first with --dry-run. If one row cannot be entered, none is; the file is left as it is.
The head row is found among the first 15 by the register's names and their usual variants; the year of the title goes to dates without one; totals and rows that are there already are left out, and listed.
An import is one step for undo (several above 5000 rows). The JSON of export --all goes into a new ledger with --all: ids stay, versions begin at 1.
Exit codes: 0 imported, or nothing wrong in the preview; 2 a row cannot be entered or the file cannot be read; 7 no right; 5 the ledger is busy.`),
		Example: "  taizhang import 走访 2025慰问台账.xlsx --dry-run\n  taizhang import 走访 2025慰问台账.xlsx --map 慰问标准=金额\n  taizhang import --all ledger.json --ledger new.db",
		Args: func(cmd *cobra.Command, args []string) error {
			if f.all {
				return r.exactly(1, "import --all 文件", "import --all FILE")(cmd, args)
			}
			return r.exactly(2, "import 台账 文件", "import REGISTER FILE")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return r.importFile(cmd.Context(), f, args) },
	}
	fl := cmd.Flags()
	fl.BoolVar(&f.all, "all", false, r.t("整本接收 export --all 写的 JSON", "take over the JSON of export --all"))
	fl.BoolVar(&f.dry, "dry-run", false, r.t("只预览：列出每一处问题，什么都不写", "look only: every issue is listed, nothing is written"))
	fl.BoolVar(&f.partly, "partly", false, r.t("不能导入的行留下，其余的导入", "leave out the rows that cannot be entered and enter the others"))
	fl.BoolVar(&f.repeat, "repeat", false, r.t("完全相同的行也导入", "enter rows that are there already once more"))
	fl.BoolVar(&f.backupFirst, "backup", true, r.t("导入前先备份（管理员）", "make a backup first (administrators)"))
	fl.StringArrayVar(&f.mapped, "map", nil, r.t("表头=项目，可写多个；“表头=”不要这一列；导入后记住，下次不必再写", "HEAD=FIELD, may be repeated; \"HEAD=\" leaves a column out; remembered once imported"))
	fl.StringVar(&f.sheet, "sheet", "", r.t("工作表的名称（默认第一张）", "the sheet of a workbook (default: the first)"))
	fl.IntVar(&f.year, "year", 0, r.t("没有年份的日期算哪一年（默认看标题）", "the year of dates without one (default: that of the title)"))
	fl.StringVar(&f.format, "format", "text", "text, json")
	return cmd
}

// job makes a job of the options.
func (f *importFlags) job(args []string, d *desk) (ingest.Job, error) {
	j := ingest.Job{Ledger: d.ledger, Actor: d.actor, Path: args[len(args)-1], Sheet: f.sheet, Year: f.year, Repeat: f.repeat, Map: map[string]string{}}
	if f.year != 0 && (f.year < model.MinYear || f.year > model.MaxYear) {
		return j, usage("--year 应在 %d 到 %d 之间", "--year must be from %d to %d", model.MinYear, model.MaxYear)
	}
	for _, m := range f.mapped {
		i := strings.LastIndexAny(m, "=＝")
		if i <= 0 {
			return j, usage("--map 应写成 表头=项目", "--map should be HEAD=FIELD")
		}
		j.Map[m[:i]] = strings.TrimSpace(strings.TrimLeft(m[i:], "=＝"))
	}
	if !f.all {
		reg, err := d.ledger.Schema().FindRegister(args[0])
		if err != nil {
			return j, usageError{err}
		}
		j.Register, j.Heads = reg, d.preferences.Heads[reg.Key]
	}
	return j, nil
}

func (r *runner) importFile(ctx context.Context, f *importFlags, args []string) error {
	if err := oneOf("--format", f.format, "text", "json"); err != nil {
		return err
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	d, err := r.open(ctx)
	if err != nil {
		return err
	}
	job, err := f.job(args, d)
	if err != nil {
		return err
	}
	tell, over := r.progress(model.W("正在核对", "checking"))
	job.Progress = tell
	plan, err := job.Look(ctx)
	over()
	if err != nil {
		return importFault(ctx, err)
	}
	if f.dry || plan.Count(ingest.Bad) > 0 && (!f.partly || plan.Whole) {
		if err := r.tellPlan(plan, f.format); err != nil {
			return err
		}
		if n := plan.Count(ingest.Bad); n > 0 {
			return usage("有%d处不能导入，没有写入任何内容", "%d things cannot be imported; nothing was written", n)
		}
		return nil
	}
	tell, over = r.progress(model.W("正在导入", "importing"))
	done, err := plan.Write(ctx, f.partly, f.backupFirst, tell)
	over()
	if err != nil {
		if done.Records > 0 {
			return model.Problemf("已导入%d条后停下：%s。再导入一次同一个文件，已有的会跳过", "stopped after %d records: %s. Import the same file again: what is there is left out", done.Records, model.AsWords(importFault(ctx, err)))
		}
		return importFault(ctx, err)
	}
	if len(job.Map) > 0 && job.Register != nil { // the same columns come again next year
		if _, err := d.ledger.SavePreferences(ctx, d.actor, func(p *model.Preferences) { job.Remember(p) }); err != nil {
			return err
		}
	}
	if err := r.tellPlan(plan, f.format); err != nil {
		return err
	}
	return r.tellDone(plan, done, f.format)
}

// importFault says that the import was interrupted, where it was; what is wrong
// with the file is the caller's to put right.
func importFault(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return model.Problemf("已中断，没有写入这一批", "interrupted; this batch was not written")
	}
	if db.ExitCode(err) != db.ExitFailed {
		return err
	}
	return usageError{err}
}

// tellPlan lists what would be entered and what is to be said of the rows.
func (r *runner) tellPlan(p *ingest.Plan, format string) error {
	if format == "json" {
		type issue struct {
			Row    int    `json:"row"`
			Level  string `json:"level"`
			Column string `json:"column,omitempty"`
			Text   string `json:"text"`
		}
		for _, i := range p.Issues {
			level := [...]string{"bad", "look", "skipped"}[i.Level]
			if err := json.NewEncoder(r.Out).Encode(issue{i.Line, level, i.Column, i.Words.In(r.lang)}); err != nil {
				return err
			}
		}
		return nil
	}
	for _, line := range p.About(r.lang) {
		fmt.Fprintln(r.Out, oneLine(line))
	}
	for _, i := range p.Issues {
		fmt.Fprintln(r.Out, oneLine(i.Mark(r.lang)+i.Text(r.lang)))
	}
	return nil
}

func (r *runner) tellDone(p *ingest.Plan, done ingest.Done, format string) error {
	if format == "json" {
		return json.NewEncoder(r.Out).Encode(map[string]any{"records": done.Records, "steps": done.Batches, "backup": done.Backup, "ids": done.IDs})
	}
	for _, line := range p.Said(done, r.lang) {
		fmt.Fprintln(r.Out, oneLine(line))
	}
	return nil
}
