package report

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// how is the form a value is written in.
type how uint8

const (
	howPlain    how = iota // 精确
	howMore                // 多
	howYu                  // 余
	howNear                // 近
	howYuan                // 元
	howWan                 // 万元
	howCapital             // 大写
	howHan                 // 汉数
	howDate                // 日期
	howMonthDay            // 月日
	howYear                // 年
	howMonth               // 月份
	howList                // 列举
	howFirst               // 等2个
	howPercent
)

// format is what stands behind the |.
type format struct {
	how   how
	first int    // of howFirst
	unit  string // of howFirst
	join  string // of howList; "" for 顿号
	given bool
}

var formats = map[string]how{
	"精确": howPlain, "exact": howPlain, "多": howMore, "more": howMore, "余": howYu, "more-yu": howYu, "近": howNear, "nearly": howNear,
	"元": howYuan, "yuan": howYuan, "万元": howWan, "money": howWan, "大写": howCapital, "capitals": howCapital,
	"汉数": howHan, "han": howHan, "日期": howDate, "date": howDate, "月日": howMonthDay, "month-day": howMonthDay, "月份": howMonth, "month": howMonth, "年份": howYear, "year": howYear,
	"列举": howList, "list": howList,
}

// formatNames are offered where one is unknown.
var formatNames = model.W("精确 多 余 近 元 万元 大写 汉数 日期 月日 月份 年份 列举 等2个 含零", "exact more more-yu nearly yuan money capitals han date month-day month year list first2 even-zero")

// formatted splits a tag at |.
func (p *parser) formatted(t token, ws []word) (args []word, f format, even0, ok bool) {
	i := slices.IndexFunc(ws, func(w word) bool { return w.text == "|" && !w.quoted })
	if i < 0 {
		return ws, f, false, true
	}
	for _, w := range ws[i+1:] {
		low := strings.ToLower(w.text)
		h, known := formats[low]
		switch {
		case w.text == "|":
		case low == "含零" || low == "even-zero":
			even0 = true
		case low == "；" || low == ";":
			f.join = "；"
		case known:
			f.how, f.given = h, true
		case first(low, &f):
			f.how, f.given = howFirst, true
		default:
			names := strings.Fields(formatNames.ZH + " " + formatNames.EN)
			p.fail(t.at, model.Sayf("%s 可用的格式：%s", "%s The formats: %s", unknown(model.W("格式", "format"), w.text, names), formatNames))
			return nil, f, false, false
		}
	}
	return ws[:i], f, even0, true
}

// first reads 等2个, first2.
func first(s string, f *format) bool {
	rest, ok := strings.CutPrefix(s, "等")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "first"); !ok {
			return false
		}
	}
	n := 0
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	v, err := strconv.Atoi(rest[:n])
	if err != nil || v < 1 || v > 100 {
		return false
	}
	f.first, f.unit = v, rest[n:]
	return true
}

// unfit says why a format cannot be that of a value; blank: it can.
func (f format) unfit(q *query) model.Words {
	money, number, date := false, q.measure != nil, false
	if q.measure != nil {
		money = q.reg.Tally(&model.Context{}, q.measure, nil).Type == model.TypeMoney
	}
	return f.unfitFor(money, number, date, q.field)
}

func (f format) unfitFor(money, number, date bool, field *model.Field) model.Words {
	if field != nil {
		money, number, date = field.Type == model.TypeMoney, field.Numeric(), field.Type == model.TypeDate
	}
	switch f.how {
	case howYuan, howWan, howCapital:
		if !money {
			return model.W("这个格式只用于金额", "this format is for money only")
		}
	case howMore, howYu, howNear, howHan:
		if !number || money {
			return model.W("这个格式只用于数目", "this format is for counts only")
		}
	case howDate, howMonthDay, howMonth, howYear:
		if !date {
			return model.W("这个格式只用于日期", "this format is for dates only")
		}
	case howList, howFirst:
		if number && field == nil {
			return model.W("这个格式只用于列举，不用于数", "this format is for lists, not for numbers")
		}
	}
	return model.Words{}
}

// number writes what was counted.
func (f format) number(t model.Type, v int64, l model.Lang) string {
	switch {
	case t == model.TypeMoney && f.how == howYuan:
		if l == model.EN {
			return "yuan " + strings.TrimSuffix(model.Money(v).Text(), ".00")
		}
		return model.Money(v).Yuan() + "元"
	case t == model.TypeMoney && f.how == howWan:
		return model.Money(v).Prose(l)
	case t == model.TypeMoney && f.how == howCapital:
		return model.Money(v).Capitals()
	case t == model.TypeMoney:
		if l == model.EN {
			return strings.TrimSuffix(model.Money(v).Text(), ".00")
		}
		return model.Money(v).Yuan()
	case t == model.TypeDec && f.how == howPlain:
		return model.Dec(v).String()
	case t == model.TypeDec:
		v /= 1000
	}
	if v < 0 {
		return strconv.FormatInt(v, 10)
	}
	switch f.how {
	case howMore:
		return model.ProseNumber(v, model.MoreThan, l)
	case howYu:
		return model.ProseNumber(v, model.Upwards, l)
	case howNear:
		return model.ProseNumber(v, model.Nearly, l)
	case howHan:
		return model.HanNumber(int(min(v, 1<<31)))
	}
	return model.ProseNumber(v, model.Exactly, l)
}

// date writes a date as prose has it.
func (f format) date(d model.Date, l model.Lang) string {
	if f.how == howMonth && d.Precision == model.ByDay {
		d = model.Date{Year: d.Year, Month: d.Month, Precision: model.ByMonth}
	}
	switch {
	case f.how == howYear:
		return model.Sayf("%d年", "%d", d.Year).In(l)
	case l == model.EN:
		if f.how == howPlain {
			return d.String()
		}
		return d.String()
	case f.how == howMonthDay || f.how == howMonth:
		if rest := strings.TrimPrefix(d.Prose(), strconv.Itoa(int(d.Year))+"年"); rest != "" {
			return rest
		}
	}
	return d.Prose()
}

// list joins values: all of them, or the first few and how many there are.
func (f format) list(values []string, l model.Lang) string {
	sep := model.W("、", ", ").In(l)
	if f.join != "" {
		sep = model.W("；", "; ").In(l)
	}
	if f.how != howFirst || len(values) <= f.first {
		return strings.Join(values, sep)
	}
	head := strings.Join(values[:f.first], sep)
	if l == model.EN {
		return head + " and " + strconv.Itoa(len(values)-f.first) + " more"
	}
	return head + "等" + strconv.Itoa(len(values)) + f.unit
}

// ordinal numbers a round.
func ordinal(style string, n int) string {
	switch style {
	case "", "一是":
		return model.HanNumber(n) + "是"
	case "一":
		return model.HanNumber(n) + "、"
	case "第一":
		return "第" + model.HanNumber(n) + "，"
	case "1":
		return strconv.Itoa(n)
	case "1.":
		return strconv.Itoa(n) + "."
	case "（1）":
		return "（" + strconv.Itoa(n) + "）"
	case "(1)":
		return "(" + strconv.Itoa(n) + ") "
	case "①":
		if n <= 20 {
			return string(rune('①' + n - 1))
		}
	}
	return strconv.Itoa(n)
}
