package model

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// Poster 公示单 is what an issue says in public, masked, laid out in parts that
// every form of it prints. What it says depends on the issue, on what the issue
// refers to and on the settings, never on the day: the same content is the same
// bytes, so that an approval can be bound to them.
type Poster struct {
	Unit, Class, Code string
	Title             string
	Tags              []string // 更正, 本期无变动, 公示, 预公开
	Lead              []string // what a tag means for the reader
	Body              []string // paragraphs
	Tables            []PosterTable
	Facts             []PosterFact // publisher, scope, supervision phone, opinions

	// What follows is printed beside the content and is no part of it.
	Hang     Period // from the posting; zero: not yet posted
	Days     int    // how long it hangs at least, where it is not yet posted
	Approval string // who reviewed and approved; "" unless the settings ask for it
	Override string // why one person did what is for several; printed always
	Approved bool   // may hang; otherwise it is a draft
	Standing string // what became of it since: 已更正, 作废; "" for nothing
}

// PosterTable is a table of a poster; Foot are the rows of totals.
type PosterTable struct {
	Heads []string
	Right []bool // columns of numbers
	Rows  [][]string
	Foot  [][]string
	Notes []string
}

// PosterFact is a line of the foot: 监督电话：0531-82345678.
type PosterFact struct{ Label, Text string }

// Poster lays out an issue. It fails where the rows that the issue names cannot
// be read.
func (c *Context) Poster(r *Record, unit string, l Lang) (*Poster, error) {
	item := c.at(IssueItem.Of(r))
	p := &Poster{Unit: unit, Code: IssueCode.Of(r), Title: oneParagraph(IssueTitle.Of(r)), Approved: r.State == Final && wasApproved(r)}
	if item != nil {
		p.Class = c.Schema.Vocab("DCLASS").Text(CatalogueClass.Of(item), l)
		p.Days = int(CatalogueMinDays.Of(item))
	}
	c.posterKind(p, r, l)
	p.Body = paragraphs(IssueBody.Of(r))
	if lines := IssueFinance.Of(r); len(lines) > 0 {
		p.Tables = append(p.Tables, c.financeTable(lines, l))
	}
	if text := IssueRows.Of(r); text != "" {
		t, err := c.rowsTable(text, l)
		if err != nil {
			return nil, err
		}
		p.Tables = append(p.Tables, t)
	}
	c.posterFacts(p, r, item, l)
	if on, ok := One(r.Get(IssuePostedBy.Key()))["on"].(Date); ok && p.Approved {
		p.Hang = Period{on, IssueUpUntil.Of(r)}
	}
	if c.Schema.Notice().Approval && p.Approved {
		p.Approval = c.approvalLine(r, l)
	}
	if why := oneParagraph(IssueOverride.Of(r)); why != "" && p.Approved {
		p.Override = Sayf("一人办理：%s", "by one person because: %s", why).In(l)
	}
	switch state := IssueState.Of(r); {
	case r.State == Void, state == IssueVoid, state == IssueSuperseded:
		p.Standing = c.Schema.Vocab("DSTATE").Text(state, l)
	}
	return p, nil
}

// posterKind says what kind of disclosure it is, and what it corrects.
func (c *Context) posterKind(p *Poster, r *Record, l Lang) {
	kind := IssueKind.Of(r)
	if kind != "" && kind != KindNormal {
		p.Tags = append(p.Tags, c.Schema.Vocab("DKIND").Text(kind, l))
	}
	if kind == KindNoChange {
		p.Lead = append(p.Lead, W("本期没有变动，上期公开的内容继续有效。", "Nothing changed in this period; what was last disclosed stays valid.").In(l))
	}
	if was := c.at(IssueCorrects.Of(r)); was != nil {
		if kind != KindCorrection {
			p.Tags = append(p.Tags, c.Schema.Vocab("DKIND").Text(KindCorrection, l))
		}
		p.Lead = append(p.Lead, Sayf("更正此前公开的 %s《%s》，原件保留备查，以本件为准。", "Corrects %s, %s, as disclosed before; the former text is kept, this one holds.",
			IssueCode.Of(was), oneParagraph(IssueTitle.Of(was))).In(l))
		if why := oneParagraph(IssueCorrection.Of(r)); why != "" {
			p.Lead = append(p.Lead, Sayf("更正说明：%s", "Why: %s", why).In(l))
		}
	}
}

// The kinds of disclosure (vocabulary DKIND) that print something of their own.
const (
	KindNormal     = "正常"
	KindNoChange   = "本期无变动"
	KindCorrection = "更正"
)

func (c *Context) posterFacts(p *Poster, r, item *Record, l Lang) {
	add := func(label Words, text string) {
		if text != "" {
			p.Facts = append(p.Facts, PosterFact{label.In(l), text})
		}
	}
	if item != nil {
		body := Catalogue.Field("body_org")
		add(W("公开主体", "Published by"), c.MaskText(body, item.Get(body.Key), Public, l, Date{}))
		basis := Catalogue.Field("basis")
		add(W("公开依据", "Basis"), oneParagraph(c.MaskText(basis, item.Get(basis.Key), Public, l, Date{})))
	}
	add(W("公开期", "Period"), IssuePeriod.Of(r).Text(l))
	add(W("公开范围", "For"), c.Schema.Vocab("SCOPE").Text(IssueScope.Of(r), l))
	n := c.Schema.Notice()
	add(W("监督电话", "Supervision phone"), n.Phone)
	box := n.Box
	if box != "" {
		box += W("；", "; ").In(l)
	}
	add(W("意见建议", "Opinions"), box+W("可当面、来电或投意见箱，五日内答复", "in person, by phone or in the box; answered within five days").In(l))
}

// approvalLine names who reviewed and approved.
func (c *Context) approvalLine(r *Record, l Lang) string {
	var parts []string
	for _, step := range []struct {
		words Words
		rows  []Row
	}{{W("审核", "reviewed by"), IssueReviewed.Of(r)}, {W("审批", "approved by"), IssueApproved.Of(r)}} {
		row := One(step.rows)
		by, _ := row["by"].(Ref)
		if name := c.NameOf(by); name != "" {
			on, _ := row["on"].(Date)
			parts = append(parts, step.words.In(l)+" "+name+" "+on.String())
		}
	}
	return strings.Join(parts, W("；", "; ").In(l))
}

// financeTable sets income and expense beside each other, with totals, and
// below them the totals in capitals and who handled the lines.
func (c *Context) financeTable(lines []Row, l Lang) PosterTable {
	t := PosterTable{Heads: []string{W("日期", "Date").In(l), W("项目", "Item").In(l), W("收入（元）", "Income").In(l), W("支出（元）", "Expense").In(l)},
		Right: []bool{false, false, true, true}}
	text := func(row Row, key string) string {
		s, _ := row[key].(string)
		return oneParagraph(s)
	}
	shared := func(key string) (string, bool) {
		first := text(lines[0], key)
		return first, !slices.ContainsFunc(lines, func(r Row) bool { return text(r, key) != first })
	}
	fund, oneFund := shared("fund")
	var people [3]string
	onePeople := true
	hands := []struct {
		key   string
		words Words
	}{{"handler", W("经办", "handled by")}, {"witness", W("证明", "witnessed by")}, {"approver", W("审批", "approved by")}}
	for i, h := range hands {
		name, one := shared(h.key)
		people[i], onePeople = name, onePeople && one
	}
	named := func(get func(i int) string) string {
		var out []string
		for i, h := range hands {
			if name := get(i); name != "" {
				out = append(out, h.words.In(l)+" "+c.staffName(name))
			}
		}
		return strings.Join(out, W("，", ", ").In(l))
	}
	for _, row := range lines {
		on, _ := row["date"].(Date)
		amount, _ := row["amount"].(Money)
		what := text(row, "item")
		if f := text(row, "fund"); !oneFund && f != "" {
			what += W("（", " (").In(l) + f + W("）", ")").In(l)
		}
		if !onePeople {
			if by := named(func(i int) string { return text(row, hands[i].key) }); by != "" {
				what += W("〔", " [").In(l) + by + W("〕", "]").In(l)
			}
		}
		cells := []string{shortDate(on), what, "", ""}
		cells[3] = amount.Text()
		if row["kind"] == "收" {
			cells[2], cells[3] = amount.Text(), ""
		}
		t.Rows = append(t.Rows, cells)
	}
	if sums := balance(lines); sums != nil {
		money := func(i int) Money { m, _ := sums[i].Value.(Money); return m }
		t.Foot = [][]string{{"", W("合计", "Total").In(l), money(0).Text(), money(1).Text()}, {"", W("结余", "Balance").In(l), money(2).Text(), ""}}
		t.Notes = append(t.Notes, Sayf("合计大写：收入%s；支出%s", "In capitals: income %s; expense %s", money(0).Capitals(), money(1).Capitals()).In(l))
	}
	if oneFund && fund != "" {
		t.Notes = append(t.Notes, W("资金：", "Fund: ").In(l)+fund)
	}
	if onePeople {
		if by := named(func(i int) string { return people[i] }); by != "" {
			t.Notes = append(t.Notes, by)
		}
	}
	return t
}

// staffName writes in full who works in the office, and masks anybody else.
func (c *Context) staffName(name string) string {
	if c.Book != nil && len(c.Book.Named(Staff.Key, name)) > 0 {
		return name
	}
	return StarName(name)
}

// shortDate is a day within the period of the poster: 03-08.
func shortDate(d Date) string {
	s := d.String()
	if len(s) == len("2027-03-08") {
		return s[5:]
	}
	return s
}

// paragraphs splits a note at its line ends.
func paragraphs(s string) []string {
	var out []string
	for _, p := range strings.Split(s, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// oneParagraph is a text on one line.
func oneParagraph(s string) string { return strings.Join(paragraphs(s), " ") }

// Content is what an approval is bound to, as plain lines: all but the time of
// posting, the signatures and the witness.
func (p *Poster) Content() []byte {
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "\t") + "\n") }
	line(p.Unit, p.Class, p.Code)
	line(p.Title)
	line(p.Tags...)
	for _, list := range [][]string{p.Lead, p.Body} {
		line(strconv.Itoa(len(list)))
		for _, s := range list {
			line(s)
		}
	}
	for _, t := range p.Tables {
		for _, rows := range [][][]string{{t.Heads}, t.Rows, t.Foot, {t.Notes}} {
			line(strconv.Itoa(len(rows)))
			for _, row := range rows {
				line(row...)
			}
		}
	}
	for _, f := range p.Facts {
		line(f.Label, f.Text)
	}
	return []byte(b.String())
}

// Sum is the SHA-256 of the content in hexadecimal.
func (p *Poster) Sum() string {
	sum := sha256.Sum256(p.Content())
	return hex.EncodeToString(sum[:])
}
