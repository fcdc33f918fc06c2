package ingest

import (
	"strings"

	"taizhang/db"
	"taizhang/model"
)

// Mark names an issue's level before its text.
func (i Issue) Mark(l model.Lang) string {
	return [...]model.Words{model.W("[不能导入] ", "[cannot] "), model.W("[请核对] ", "[look] "), model.W("[跳过] ", "[skipped] ")}[i.Level].In(l)
}

// About says in some lines what was found: columns, and how many rows.
func (p *Plan) About(l model.Lang) (out []string) {
	say := func(zh, en string, args ...any) { out = append(out, model.Sayf(zh, en, args...).In(l)) }
	if p.HeadLine > 0 {
		say("表头在第%d行", "the head is in row %d", p.HeadLine)
		if p.Sheet != "" && len(p.Sheets) > 1 {
			say("工作表“%s”；另有 %s（用 --sheet 换）", "sheet %q; there are also %s (choose with --sheet)", p.Sheet, strings.Join(without(p.Sheets, p.Sheet), "、"))
		}
		if p.Year != 0 {
			say("没有年份的日期算%d年", "dates without a year are of %d", p.Year)
		}
	}
	for _, use := range []struct {
		Use
		model.Words
	}{
		{Filled, model.W("对上的列：", "columns read: ")},
		{Helper, model.W("用来分清同名的列：", "columns that tell people of one name apart: ")},
		{Own, model.W("由程序填写、不导入的列：", "columns the program fills in itself, left out: ")},
		{Left, model.W("照以前选的不导入的列：", "columns left out as before: ")},
		{Unknown, model.W("没有对上、不导入的列：", "columns not known, left out: ")},
	} {
		var names []string
		for _, c := range p.Columns {
			if c.Use == use.Use && (c.Use != Left || c.Said) {
				name := model.Shorten(c.Head)
				if c.Field != nil && c.Field.Words.In(l) != c.Head {
					name += "→" + c.Field.Words.In(l)
				}
				names = append(names, name)
			}
		}
		if names != nil && p.HeadLine > 0 {
			out = append(out, use.In(l)+strings.Join(names, model.W("、", ", ").In(l)))
		}
	}
	for _, o := range p.Offered {
		say("“%s”空着的%d行填“%s”", "%s, blank in %d rows, becomes %q", o.Field.Words, o.Rows, o.Text)
	}
	if p.Whole {
		say("整本接收：编号不变，版本从1开始", "a whole ledger is taken over: ids stay, versions begin at 1")
	}
	if p.Removed > 0 {
		say("去掉了%d个看不见的或有害的字符", "%d invisible or harmful characters were taken out", p.Removed)
	}
	say("可导入%d条；%d处不能导入，%d处请核对，跳过%d行", "%d records can be entered; %d things cannot, %d to look at, %d rows left out",
		p.Entries(), p.Count(Bad), p.Count(Look), p.Count(Skipped))
	if n := p.Batches(); n > 1 {
		say("超过%d条，分%d步写入，撤销也要%d次", "more than %d: written in %d steps, each undone by itself (%d times)", db.MostOps, n, n)
	}
	return out
}

// Said says in some lines what an import did.
func (p *Plan) Said(d Done, l model.Lang) (out []string) {
	say := func(zh, en string, args ...any) { out = append(out, model.Sayf(zh, en, args...).In(l)) }
	if d.Backup != "" {
		say("导入前的备份：%s", "the backup made before: %s", d.Backup)
	}
	switch {
	case d.Records == 0:
		say("没有要导入的记录", "there was nothing to enter")
	case p.Whole:
		say("已接收%d条记录", "%d records were taken over", d.Records)
	case len(d.IDs) == 1:
		say("已导入1条：%s。撤销一次即可取消", "1 record was entered: %s. One undo takes it back", d.IDs[0])
	default:
		say("已导入%d条：%s 到 %s。撤销%d次即可取消", "%d records were entered: %s to %s. Undo %d time(s) to take them back", d.Records, d.IDs[0], d.IDs[len(d.IDs)-1], d.Batches)
	}
	return out
}

func without(list []string, one string) (out []string) {
	for _, s := range list {
		if s != one {
			out = append(out, s)
		}
	}
	return out
}
