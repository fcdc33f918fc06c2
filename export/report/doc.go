// Package report is the text of reports from templates: a text with slots such
// as {{活动.场次 条线=文体 | 多}}, in which every figure can be opened down to its
// records (domain.md §11).
//
// It has a parser of its own. The templates are an office's, not the program's,
// and what text/template is given can run for ever and cannot be stopped
// (documents.md §3). Here a tag is a query over registers, loops go over records
// only and nest at most three deep, source, output and work have bounds, and
// nothing in a template is a program.
//
// # Use
//
//	t, err := report.ParseText(src, schema, edits) // a template file; Parse: any text, a line a paragraph
//	doc, err := t.Fill(source, report.Job{Period: p, Audience: model.Superior, Lang: model.ZH})
//
// Parse and ParseText need the declarations only, no data: they are the check.
// Their error is Faults, each with its line and the nearest name there is. Fill
// reads each register once and returns a Document: blocks of spans. A Span is
// text, a Figure with its exact value, its query in words and the ids of its
// records, or an open 【待补：…】. Values are masked for the audience; in public
// figures about fewer than three people are not told.
//
// Whoever fills documents of another kind (a .docx) joins the texts of its
// paragraphs with line feeds, parses them with Parse, and finds by Block.Line
// which paragraph each block comes from (repeated ones come again), by Span.At
// where a piece of literal text stood. Lines of control tags alone give no block.
//
// # Tags
//
// Braces, | = > < , " may be full-width, names Chinese or English. A register or
// field goes by its key, its name or an alias.
//
//	{{活动.场次 条线=文体、老龄 级别>=区 | 多}}   a measure, a field to add up, a field or sentence to list, or a roundup
//	{{社区名称}}                              a name; see Globals. In a loop: a field, a sentence, 序, 组, 编号
//	{{每条 活动 重点 或 级别>=区 限5 序=一是 排序=人次 倒序}}…{{完}}   also 循环 … 结束
//	{{分组 荣誉 按 级别 倒序}}{{组}}{{荣誉.项数}}…{{完}}   inside, slots of the register count the group
//	{{如果 非 走访.户次}}…{{否则}}…{{结束}}      also a condition of the record in hand; 期间=年, 半年, 季, 月
//	{{率 需求.办结 / 需求.件数}}  {{同比 活动.场次}}  {{最小年度 捐赠.金额 近3年 | 万元}}
//	{{逐项}}                                  一是, 二是 … of the paragraphs that stay under a heading
//	{{待补 存在问题}}  {{用语 三贴近}}  {{表 活动 日期 名称 人次}}  {{注 not printed}}  {{语言 中文}} the only language it is in
//
// Conditions: = != >= <= > < 含; a field alone (filled, or yes); 非重点; 或 between
// two; 事项.类别=党务 over a reference; 场地=@本条, 品牌项目=@名称, 条线=@组 for what is
// in hand; 期间=上年, 上期, 本年, 年初以来, 全部, 2025H1; 截至 for all up to the end of
// the period; 最新 and 最新=组织 for the last record, in all or of each value;
// 不论状态 for records that do not count, such as planned events; 起始日期=本期 asks a
// date for the report's own period.
//
// # Which records count
//
// A slot counts by the rule of the figures, model.Register.OfPeriod, so that both
// tell the same number for the same thing: what has a date by its date; what lasts,
// such as organisations, teams and items of the plan, where it stood on the last day
// of the period; what tells how things stood, such as the members of a branch, in
// its last version up to that day; what has no date, such as venues and partners,
// as it stands now. Measures about how things stood (Measure.AtEnd: staff in post,
// honours in force, what of the plan is behind) are asked on that day too, or today
// where it has not come. Honours are those given in the period: those of all years
// that are in force are {{荣誉.有效 截至}}.
//
// Formats: 精确 (without one), 多 余 近, 元 万元 大写 汉数, 日期 月日 月份 年份, 列举 and 等2个 for
// lists, 含零 where 0 is to be said.
//
// # Small counts in public
//
// A part of fewer than three people is not told in public, nor is a part that leaves
// fewer than three of its whole. That is decided slot by slot: a template that
// tells several parts of one whole (the whole 10, one part 5, another 3) lets its
// reader subtract, and is written by an office that answers for it. The office's
// own templates for the public are therefore to take apart one whole in one way.
//
// # What is left out
//
// A slot without a result drops its clause, all slots of a sentence without one
// drop the sentence, which Document.Dropped lists; see settle.
package report
