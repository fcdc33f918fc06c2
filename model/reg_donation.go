package model

import "strings"

// Donation 捐赠: what somebody gave for a purpose. The committee records gifts;
// it has no right to raise funds from the public (domain.md §4.4).
var Donation = declare(&Register{
	Key: "donation", Letter: "DN", Words: W("捐赠", "Donation"), Group: Behind, Shelf: ShelfDonations, Rank: 240,
	Aliases: []string{"捐款", "捐物", "爱心捐赠"}, DateField: "date",
	Title: func(r *Record, _ *Context) string { // never the giver, who may not want to be named
		return strings.TrimSpace(DonationUse.Of(r) + " " + DonationReceiptNo.Of(r))
	},
	Doubts:   donationDoubts,
	Parts:    []string{"use", "earmarked"},
	Headings: map[string]Words{"": W("捐赠", "Donations"), "earmarked": W("定向", "by whether earmarked")},
	Measures: []Measure{
		{Key: "gifts", Words: W("笔数", "gifts"), Unit: W("笔", "gifts")},
		{Key: "amount", Words: W("金额", "amount"), Unit: W("元", "yuan"), Sum: "amount"},
		{Key: "goods", Words: W("物品", "goods"), Unit: W("件", "pieces"), Sum: "goods.qty"},
		{Key: "recipients", Words: W("受赠人数", "recipients"), Unit: W("人", "people"),
			Distinct: func(r *Record, _ *Context) []string { return refKeys(DonationRecipients.Of(r)...) }},
	},
	Archive: &Archive{Term: Keep30},
	Fields: []*Field{
		{Key: "date", Words: W("日期", "Date"), Type: TypeDate, Need: Required, Default: today, Carry: true, Col: 1, Cells: 10,
			Section: W("捐赠", "The gift"), Hint: W("今 昨 0308", "jt zt 0308"), Aliases: []string{"捐赠日期", "捐款时间", "时间"}},
		{Key: "giver", Words: W("捐赠人", "Giver"), Type: TypeRef, Refs: []string{"person", "partner"}, OrText: true, Need: Required, Class: Personal, Mask: MaskName, Col: 2, Cells: 14,
			Hint: W("人、单位的简拼，或直接写", "initials of a person or a unit, or any text"), Aliases: []string{"捐款人", "捐赠单位", "姓名"}},
		{Key: "publish_as", Words: W("公开署名", "Publish as"), Type: TypePick, Vocab: "CONSENT", Need: Required, Default: always("无"), Col: 6, Cells: 8,
			Hint: W("问过捐赠人再改；“无”不公开", "as the giver agreed to; “none” is not published"), Aliases: []string{"公开同意", "署名"}},
		{Key: "amount", Words: W("捐款", "Money"), Type: TypeMoney, Need: Either, Col: 3, Cells: 11,
			When: func(r *Record) bool { return r.Get("goods") == nil }, Why: W("没有捐物", "no goods were given"), Hint: W("500 或 1,234.50", "500 or 1,234.50"), Aliases: []string{"金额", "捐款金额"}},
		{Key: "goods", Words: W("捐物", "Goods"), Type: TypeList, Hint: W("米 10 袋；棉被 5 床", "米 10 袋; 棉被 5 床"), Aliases: []string{"物品", "物资"}, Totals: worth, Sub: goodsColumns()},
		{Key: "use", Words: W("用途", "Use"), Type: TypeText, Max: 60, Need: Required, Copy: true, Col: 4, Cells: 16, Hint: W("助学、救助困难党员", "what it is for"), Aliases: []string{"捐赠用途"}},
		{Key: "earmarked", Words: W("定向", "Earmarked"), Type: TypeBool, Copy: true, Hint: W("捐赠人指定了用途或受赠人", "the giver named the purpose or who gets it")},
		{Key: "receipt_no", Words: W("收据号", "Receipt no."), Type: TypeText, Alone: true, Max: 30, Need: Required, Col: 5, Cells: 12, Aliases: []string{"票据号"}},
		{Key: "address", Words: W("地址", "Address"), Type: TypeText, Class: Personal, Section: W("联系和受赠人", "Contact and recipients")},
		{Key: "phone", Words: W("联系电话", "Phone"), Type: TypeText, Max: 20, Tidy: tidyPhone, Class: Personal, Mask: MaskPhone, Aliases: []string{"电话"}},
		{Key: "recipients", Words: W("受赠人", "Recipients"), Type: TypeRefs, Refs: []string{"person"}, Class: Sensitive, Mask: MaskName, Aliases: []string{"受助人"}},
	},
	Fill: func(r *Record, c *Context) {
		if rows := DonationGoods.Of(r); len(rows) > 0 {
			DonationGoods.Set(r, c.foldGoods(rows))
		}
	},
	Check: func(r *Record, c *Context) Errors {
		if g := c.at(DonationGiver.Of(r)); g != nil && g.Register.Key == Partner.Key && DonationPublishAs.Of(r) == ConsentSurname {
			return refuse(nil, r, "publish_as", "单位没有姓氏，请选实名、匿名或无", "a unit has no surname: choose full name, anonymous or none")
		}
		return nil
	},
	Consent:   func(r *Record) string { return DonationPublishAs.Of(r) },
	Paid:      func(r *Record) bool { return DonationAmount.Of(r) > 0 || DonationGoods.Has(r) },
	Settled:   func(r *Record) []string { return []string{"giver", "amount", "goods", "receipt_no"} },
	SettledBy: receipted,
})

// receipted says what settled a gift: a receipt was given out for it.
var receipted = W("已开收据", "has a receipt")

// donationDoubts asks about a gift entered twice and about one out of the usual.
func donationDoubts(r *Record, c *Context) []Doubt {
	d := doubts{c: c, r: r}
	d.future("date")
	d.unusual("amount", 10_00, 50_000_00)
	if f, ok := c.Book.(Finder); ok && DonationDate.Of(r).Precision == ByDay {
		day, giver := DonationDate.Of(r), DonationGiver.Of(r)
		found := d.others(f.Between("donation", day, day, mostLookedAt), func(o *Record) bool {
			return DonationGiver.Of(o) == giver && DonationAmount.Of(o) == DonationAmount.Of(r)
		})
		if found != nil {
			d.add([]string{"date", "giver", "amount"}, found, "%s 这一天的同样一笔已经登记过", "the same gift of %s on that day is entered already", c.NameOf(giver))
		}
	}
	if f, ok := c.Book.(Finder); ok && DonationReceiptNo.Has(r) {
		year, no := DonationDate.Of(r).Year, nameKey(DonationReceiptNo.Of(r))
		found := d.others(f.Between("donation", NewDate(int(year), 1, 1), NewDate(int(year), 12, 31), mostLookedAt), func(o *Record) bool {
			return nameKey(DonationReceiptNo.Of(o)) == no
		})
		if found != nil {
			d.add([]string{"receipt_no"}, found, "收据号“%s”在这一年已经登记过", "receipt %q is entered for that year already", DonationReceiptNo.Of(r))
		}
	}
	return d.list
}

// What code asks of a donation.
var (
	DonationDate       = handle[Date]("donation", "date")
	DonationGiver      = handle[Ref]("donation", "giver")
	DonationPublishAs  = handle[string]("donation", "publish_as")
	DonationAmount     = handle[Money]("donation", "amount")
	DonationGoods      = handle[[]Row]("donation", "goods")
	DonationUse        = handle[string]("donation", "use")
	DonationReceiptNo  = handle[string]("donation", "receipt_no")
	DonationRecipients = handle[[]Ref]("donation", "recipients")
)
