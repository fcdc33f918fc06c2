package export

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// payoutRows is how many lines fit on a page of A4 across; English categories
// take several lines each.
var payoutRows = map[model.Lang]int{model.ZH: 14, model.EN: 10}

// PayoutJob says which occasion's payments are written, for whom and how.
type PayoutJob struct {
	Occasion model.Occasion
	Format   Format // DOCX, XLSX, HTML, CSV, Markdown or Text
	Audience model.Audience
	Lang     model.Lang
	PerPage  int  // lines on a page; 0: as many as fit
	AsTyped  bool // in Word, punctuation stays as it was typed

	// Planned are visits still to be made, not in the ledger: the sheet is for them
	// alone, to take along and have signed. nil: what was given.
	Planned []*model.Record
}

// Payout writes 发放明细表: who got what on an occasion, with what each page and
// all come to, the total in Chinese capitals, and room to sign. For readers in
// public it has no numbers of documents, no signatures and no minors, and is
// ordered so that the order tells nothing. What was reversed is listed struck
// out, with the reason, for readers inside and in the accounts.
func Payout(w io.Writer, src Source, job PayoutJob) (Result, error) {
	p := &payoutSheet{PayoutJob: job, src: src, c: src.Context()}
	if err := p.read(); err != nil {
		return p.res, err
	}
	s, err := p.sheet()
	if err != nil {
		return p.res, err
	}
	return p.res, s.write(w, job.Format)
}

type payoutSheet struct {
	PayoutJob
	src     Source
	c       *model.Context
	payout  *model.Payout
	columns []payoutColumn
	res     Result
}

// payoutColumn is a column of the sheet: which field decides who may see it, and
// where its value comes from.
type payoutColumn struct {
	sheetColumn
	field *model.Field
	value func(model.PayoutLine) any
}

func (p *payoutSheet) t(zh, en string) string { return model.W(zh, en).In(p.Lang) }

// read gathers the payments this audience gets a line of.
func (p *payoutSheet) read() error {
	p.payout = model.NewPayout(p.c, p.Occasion)
	withheld := model.NewPayout(p.c, p.Occasion)
	var named []string
	take := func(v *model.Record) error {
		if p.c.Withheld(v, p.Audience) {
			withheld.Add(v, "")
		} else {
			p.payout.Add(v, "")
			if name := p.c.NamedInPublic(v); name != "" && p.Audience == model.Public {
				named = append(named, name)
			}
		}
		return nil
	}
	var err error
	for _, v := range p.Planned {
		err = take(v)
	}
	if p.Planned == nil {
		err = p.src.Scan(model.Visit.Key, model.Period{}, take)
	}
	if err == nil && p.Planned == nil && (p.Audience == model.Inside || p.Audience == model.Accounts) {
		err = p.src.Reversed(model.Visit.Key, func(v *model.Record, reason string) error {
			p.payout.Add(v, reason)
			return nil
		})
	}
	p.payout.Finish()
	p.res = Result{Rows: len(p.payout.Lines), Withheld: len(withheld.Lines)}
	p.res.Named = named
	p.columns = p.chooseColumns()
	return err
}

// chooseColumns are those the audience sees.
func (p *payoutSheet) chooseColumns() (out []payoutColumn) {
	visit := func(h interface{ Key() string }, width int, head model.Words) payoutColumn {
		f := model.Visit.Field(h.Key())
		return payoutColumn{sheetColumn{Column{Head: head.In(p.Lang), Right: f.Numeric(), Hand: f.Key == model.VisitReceipt.Key()}, width}, f, func(l model.PayoutLine) any { return l.Visit.Get(f.Key) }}
	}
	id := model.Person.Field(model.PersonIDNo.Key())
	all := []payoutColumn{
		visit(model.VisitPerson, 8, model.W("姓名", "Name")),
		{sheetColumn{Column{Head: id.Words.In(p.Lang)}, 14}, id, func(l model.PayoutLine) any {
			if l.Person == nil {
				return nil
			}
			return l.Person.Get(id.Key)
		}},
		visit(model.VisitCatsThen, map[model.Lang]int{model.ZH: 11, model.EN: 17}[p.Lang], model.W("类别", "Category")),
		visit(model.VisitHousehold, 0, model.W("住址", "Address")),
		visit(model.VisitAmount, 9, model.W("金额（元）", "Yuan")),
		visit(model.VisitGoods, 12, model.W("慰问品", "Goods")),
		visit(model.VisitReceipt, 8, model.W("签字", "Signature")),
		visit(model.VisitDate, 8, model.W("日期", "Date")),
		visit(model.VisitProxy, 7, model.W("代领人", "Proxy")),
	}
	for _, c := range all {
		if c.field.ShownTo(p.Audience) {
			out = append(out, c)
			p.res.Fields = append(p.res.Fields, c.field.Key)
		} else {
			p.res.Left = append(p.res.Left, c.field.Key)
		}
	}
	return out
}

// cells are a line as the audience may see it, without its number.
func (p *payoutSheet) cells(l model.PayoutLine) []string {
	out := make([]string, len(p.columns))
	for i, c := range p.columns {
		v := c.value(l)
		if c.field.Key == model.VisitReceipt.Key() && v == "未签" {
			continue // room to sign
		}
		if p.Planned != nil && c.field.Key == model.VisitDate.Key() {
			continue // the day it will be
		}
		out[i] = clean(p.c.MaskField(l.Visit, c.field, v, p.Audience, p.Lang, p.c.Today()))
		if rows, ok := v.([]model.Row); ok && out[i] != "" { // what, and how much: no prices to sign for
			var g model.GoodsSum
			g.Add(rows)
			out[i] = clean(g.Text(p.c, p.Lang))
		}
	}
	return out
}

// sum is a row that says what lines come to.
func (p *payoutSheet) sum(kind rowKind, label string, s model.PayoutSum) sheetRow {
	row := sheetRow{kind, make([]string, len(p.columns)+1)}
	row.cells[1] = label
	for i, c := range p.columns {
		switch c.field.Key {
		case model.VisitAmount.Key():
			row.cells[i+1] = s.Money.Text()
		case model.VisitGoods.Key():
			row.cells[i+1] = clean(s.Goods.Text(p.c, p.Lang))
		}
	}
	return row
}

type payoutRow struct {
	line  model.PayoutLine
	cells []string
}

// sheet lays the lines out.
func (p *payoutSheet) sheet() (*sheet, error) {
	total, ok := model.SumPayout(p.payout.Lines)
	if !ok {
		return nil, model.Problemf("金额合计太大，没有写出报表", "the amounts add up to too much; no report was written")
	}
	rows := make([]payoutRow, len(p.payout.Lines))
	for i, l := range p.payout.Lines {
		rows[i] = payoutRow{l, p.cells(l)}
	}
	if p.Audience == model.Public {
		slices.SortStableFunc(rows, func(a, b payoutRow) int {
			return cmp.Or(cmp.Compare(model.VisitAmount.Of(b.line.Visit), model.VisitAmount.Of(a.line.Visit)), slices.Compare(a.cells, b.cells))
		})
	}
	s := &sheet{lang: p.Lang, unit: clean(p.src.Unit()), fonts: p.src.Context().Schema.Fonts(), asTyped: p.AsTyped, title: p.title(), about: p.about()}
	head := []sheetColumn{{Column{Head: noWords.In(p.Lang), Right: true}, 4}}
	for _, c := range p.columns {
		head = append(head, c.sheetColumn)
	}
	n := 0
	for page := range slices.Chunk(rows, cmp.Or(p.PerPage, payoutRows[p.Lang])) {
		part := part{columns: head}
		var lines []model.PayoutLine
		for _, r := range page {
			n++
			part.rows = append(part.rows, sheetRow{rowLine, append([]string{strconv.Itoa(n)}, r.cells...)})
			lines = append(lines, r.line)
		}
		sum, _ := model.SumPayout(lines) // the total holds, so its parts do
		part.rows = append(part.rows, p.sum(rowPage, p.t("本页小计", "This page"), sum))
		s.parts = append(s.parts, part)
	}
	if s.parts == nil {
		s.parts = []part{{columns: head}}
	}
	last := &s.parts[len(s.parts)-1]
	last.rows = append(last.rows, p.sum(rowTotal, p.t("合计", "Total"), total),
		sheetRow{rowSpread, []string{p.t("合计（大写）", "Total in words: ") + "人民币" + total.Money.Capitals() + model.Sayf("　共%d人", "; %d people", total.People).In(p.Lang)}})
	if funds := p.funds(total); funds != "" {
		last.rows = append(last.rows, sheetRow{rowSpread, []string{funds}})
	}
	s.parts = append(s.parts, p.reversed()...)
	if p.Audience != model.Public {
		s.signs = []string{p.t("制表", "Prepared by"), p.t("审核", "Reviewed by"), p.t("审批", "Approved by")}
	}
	if p.Planned != nil {
		s.notes = append(s.notes, p.t("拟发放，制表时还没有登记", "planned; not entered when this was drawn up"))
	}
	if foot := p.withheld(); foot != "" {
		s.notes = append(s.notes, foot)
	}
	s.notes = append(s.notes, p.t("导出对象：", "For: ")+p.Audience.Words().In(p.Lang)+" · "+witness(p.src, p.Lang))
	return s, nil
}

// withheld says that minors are not listed, and that what they got is not in the
// sums: with it, the total would tell what one or two of them were given.
func (p *payoutSheet) withheld() string {
	switch n := int64(p.res.Withheld); {
	case n == 0:
		return ""
	case small(n):
		return p.t("另有不足3人因未成年或未同意公开，不列出，不计入合计", "fewer than 3 more, under age or without consent, are neither listed nor in the total")
	default:
		return model.Sayf("另有%d人因未成年或未同意公开，不列出，不计入合计", "%d more, under age or without consent, are neither listed nor in the total", n).In(p.Lang)
	}
}

// reversed lists what counts nowhere any more, struck out, with the reason.
func (p *payoutSheet) reversed() []part {
	if len(p.payout.Reversed) == 0 {
		return nil
	}
	columns := []sheetColumn{{Column{Head: noWords.In(p.Lang), Right: true}, 4}}
	for _, c := range p.columns {
		if c.field.Key != model.VisitReceipt.Key() && c.field.Key != model.VisitProxy.Key() {
			columns = append(columns, c.sheetColumn)
		}
	}
	out := part{head: p.t("冲销（不计入合计）", "Reversed (in no total)"), columns: append(columns, sheetColumn{Column{Head: p.t("冲销原因", "Reason")}, 17})}
	for i, l := range p.payout.Reversed {
		cells := []string{strconv.Itoa(i + 1)}
		for j, text := range p.cells(l) {
			if key := p.columns[j].field.Key; key != model.VisitReceipt.Key() && key != model.VisitProxy.Key() {
				cells = append(cells, text)
			}
		}
		out.rows = append(out.rows, sheetRow{rowStruck, append(cells, clean(l.Reason))})
	}
	return []part{out}
}

func (p *payoutSheet) title() string {
	title := model.Sayf("%s慰问金（品）发放明细表", "Payout sheet: %s", p.c.OccasionWords(p.Occasion))
	if p.Planned != nil {
		title = model.Sayf("%s慰问金（品）签领表", "Aid to be signed for: %s", p.c.OccasionWords(p.Occasion))
	}
	if p.Audience == model.Public {
		title = model.Sayf("%s慰问金（品）发放公示", "Aid given: %s", p.c.OccasionWords(p.Occasion))
	}
	unit := p.src.Unit()
	if p.Lang == model.EN {
		unit += " "
	}
	return clean(unit + title.In(p.Lang))
}

// about says for which days, and when it was drawn up.
func (p *payoutSheet) about() []string {
	colon := p.t("：", ": ")
	out := []string{p.t("单位", "Unit") + colon + clean(p.src.Unit()), p.t("场合", "Occasion") + colon + clean(p.c.OccasionWords(p.Occasion).In(p.Lang))}
	if !p.payout.Days.IsZero() && p.Planned == nil {
		out = append(out, p.t("发放日期", "Paid")+colon+periodText(p.payout.Days, p.Lang))
	}
	return append(out, p.t("制表日期", "Drawn up")+colon+p.c.Today().String())
}

// funds says what came from which source.
func (p *payoutSheet) funds(total model.PayoutSum) string {
	var funds []string
	for _, fund := range slices.SortedFunc(maps.Keys(total.Funds), model.ComparePinyin) {
		funds = append(funds, clean(p.c.Schema.Vocab("FUND").Text(fund, p.Lang))+" "+total.Funds[fund].Text())
	}
	if funds == nil {
		return ""
	}
	return p.t("资金来源：", "Funds: ") + strings.Join(funds, p.t("、", ", "))
}
