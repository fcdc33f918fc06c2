package report

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// periods are the words for another period than the report's own.
var periods = []string{"本期", "上年", "上期", "本年", "全部", "年初以来"}

var periodEN = map[string]string{"this": "本期", "last-year": "上年", "previous": "上期", "year": "本年", "all": "全部", "year-to-date": "年初以来"}

// slot reads 活动.场次 条线=文体 …: a register, one of its measures or fields,
// and conditions. nil after a fault.
func (p *parser) slot(t token, args []word, s scope) *query {
	head := args[0].text
	first, second, dotted := strings.Cut(head, ".")
	if !dotted {
		p.fail(t.at, unknown(model.W("名称", "name"), head, p.names(s)))
		return nil
	}
	q := p.register(t, first)
	if q == nil {
		return nil
	}
	q.source = model.Shorten(t.text)
	if !p.measure(t, q, second) || !p.conditions(t, q, args[1:], s, nil) {
		return nil
	}
	return q
}

func (p *parser) register(t token, name string) *query {
	reg, err := p.schema.FindRegister(name)
	if err != nil {
		var known []string
		for _, r := range p.schema.Registers {
			known = append(known, r.Key, r.Words.ZH, r.Words.EN)
			known = append(known, r.Aliases...)
		}
		p.fail(t.at, unknown(model.W("台账", "register"), name, known))
		return nil
	}
	return &query{reg: reg}
}

// recordsMeasure counts the records of any register.
var recordsMeasure = &model.Measure{Key: "records", Words: model.W("条数", "records")}

// measure finds what is counted: a measure by name, or by the field it adds up;
// a field whose values may be added up; else a field whose values are listed.
func (p *parser) measure(t token, q *query, name string) bool {
	if m, err := q.reg.Measure(name); err == nil {
		q.measure = m
		return true
	}
	if q.roundup = q.reg.FindRoundup(name); q.roundup != nil {
		return true
	}
	f, err := q.reg.FindField(name)
	if err != nil && (name == recordsMeasure.Words.ZH || strings.EqualFold(name, recordsMeasure.Key)) {
		q.measure = recordsMeasure
		return true
	}
	if err != nil {
		if q.said = q.reg.FindSentence(name); q.said != nil {
			return true
		}
	}
	if err != nil {
		known := []string{recordsMeasure.Words.ZH, recordsMeasure.Key}
		for _, m := range q.reg.Measures {
			known = append(known, m.Key, m.Words.ZH, m.Words.EN)
		}
		for _, s := range q.reg.Sentences {
			known = append(known, s.Key, s.Words.ZH, s.Words.EN)
		}
		for _, s := range q.reg.Roundups {
			known = append(known, s.Key, s.Words.ZH, s.Words.EN)
		}
		for _, f := range q.reg.Fields {
			known = append(known, f.Key, f.Words.ZH, f.Words.EN)
		}
		p.fail(t.at, unknown(model.Sayf("“%s”的统计项或字段", "measure or field of %q", q.reg.Words), name, known))
		return false
	}
	if i := slices.IndexFunc(q.reg.Measures, func(m model.Measure) bool { return m.Sum == f.Key }); i >= 0 {
		q.measure = &q.reg.Measures[i]
		return true
	}
	if f.Summed() && f.Stored() {
		q.measure = &model.Measure{Key: f.Key, Words: f.Words, Sum: f.Key}
		return true
	}
	q.field = f
	return true
}

// conditions reads what follows. other takes words that are no condition, such
// as 限5.
func (p *parser) conditions(t token, q *query, args []word, s scope, other func(string) bool) bool {
	or, ok := false, true
	for _, w := range args {
		key, value, _ := strings.Cut(w.text, "=")
		switch low := strings.ToLower(w.text); {
		case w.quoted && startsOp(w.text) == "" && !strings.ContainsAny(w.text, "=<>含"):
			p.fail(t.at, model.Sayf("“%s”不是条件", "%q is no condition", model.Shorten(w.text)))
			ok = false
		case low == "条件" || low == "where" || low == "且" || low == "and":
		case low == "或" || low == "or":
			or = true
		case low == "截至" || low == "as-of":
			q.asOf = true
		case low == "最新" || low == "latest":
			q.asOf, q.latest = true, true
		case low == "不论状态" || low == "any-state":
			q.any = true
		case key == "最新" || strings.ToLower(key) == "latest":
			f, err := q.reg.FindField(value)
			if err != nil {
				p.fail(t.at, unknown(model.Sayf("“%s”的字段", "field of %q", q.reg.Words), value, fieldNames(q.reg)))
				ok = false
				break
			}
			q.asOf, q.latestBy = true, f
		case (key == "期间" || strings.ToLower(key) == "period") && value != "":
			if en := periodEN[strings.ToLower(value)]; en != "" {
				value = en
			}
			if !slices.Contains(periods, value) {
				if _, err := model.ParsePeriod(value); err != nil {
					p.fail(t.at, model.Sayf("看不懂期间“%s”，可写：%s，或 2026、2026H1、2026-03", "cannot read the period %q; write %s, or 2026, 2026H1, 2026-03",
						model.Shorten(value), model.W(strings.Join(periods, "、"), "this, last-year, previous, year, all, year-to-date")))
					ok = false
				}
			}
			q.period = value
		case other != nil && other(w.text):
		default:
			c := p.cond(t, q.reg, w.text, s)
			if c == nil {
				ok = false
				break
			}
			if or && len(q.where) > 0 {
				last := len(q.where) - 1
				q.where[last] = append(q.where[last], c)
			} else {
				q.where = append(q.where, []*cond{c})
			}
			or = false
		}
	}
	return ok
}

// cond reads one condition: 重点, 非重点, 级别>=区, 类别=低保户、特困, 事项.类别=党务.
func (p *parser) cond(t token, reg *model.Register, text string, s scope) *cond {
	c := &cond{}
	field, rest := text, ""
	cut := len(text)
	for _, op := range operators {
		if i := strings.Index(text, op); i > 0 && (i < cut || i == cut && len(op) > len(c.op)) {
			cut, c.op = i, op
		}
	}
	if c.op == "含" {
		if c.path = findPath(p.schema, reg, text); c.path != nil { // 含 stands in the name
			c.op = ""
			return c
		}
	}
	if c.op != "" {
		field, rest = text[:cut], text[cut+len(c.op):]
	}
	if c.path = findPath(p.schema, reg, field); c.path == nil && c.op == "" {
		for _, no := range []string{"非", "未", "!", "not-"} {
			if name, ok := strings.CutPrefix(field, no); ok {
				if c.path = findPath(p.schema, reg, name); c.path != nil {
					c.not = true
					break
				}
			}
		}
	}
	if c.path == nil {
		p.fail(t.at, unknown(model.Sayf("“%s”的字段", "field of %q", reg.Words), field, fieldNames(reg)))
		return nil
	}
	if c.op == "" {
		return c
	}
	if name, ok := strings.CutPrefix(rest, "@"); ok {
		if w := p.refers(name, s); w != (model.Words{}) {
			p.fail(t.at, w)
			return nil
		}
		c.refer = name
		return c
	}
	if rest == "" {
		p.fail(t.at, model.Sayf("条件“%s”没有写值", "the condition %q has no value", model.Shorten(text)))
		return nil
	}
	last := c.path[len(c.path)-1]
	for _, v := range strings.FieldsFunc(rest, func(r rune) bool { return r == '、' || r == ',' }) {
		v, w := p.value(last, strings.TrimSpace(v), c.op)
		if w != (model.Words{}) {
			p.fail(t.at, model.Sayf("条件“%s”：%s", "condition %q: %s", model.Shorten(text), w))
			return nil
		}
		c.texts = append(c.texts, v)
	}
	return c
}

// value reads what a field is compared with, in the form match expects.
func (p *parser) value(f *model.Field, text, op string) (string, model.Words) {
	var err error
	switch f.Type {
	case model.TypePick, model.TypePicks:
		if op != "含" {
			text, err = p.schema.Vocab(f.Vocab).Find(text)
		}
	case model.TypeInt:
		var n int64
		if n, err = model.ReadInt(text); err == nil {
			text = strconv.FormatInt(n, 10)
		}
	case model.TypeDec:
		var d model.Dec
		if d, err = model.ParseDec(text); err == nil {
			text = strconv.FormatInt(int64(d), 10)
		}
	case model.TypeMoney:
		var m model.Money
		if m, err = model.ParseMoney(text); err == nil {
			text = strconv.FormatInt(int64(m), 10)
		}
	case model.TypeDate:
		if en := periodEN[strings.ToLower(text)]; en != "" {
			text = en
		}
		if !slices.Contains(periods, text) {
			_, err = model.ParsePeriod(text)
		}
	case model.TypeBool:
		switch strings.ToLower(text) {
		case "是", "yes", "1":
			text = "是"
		case "否", "no", "0":
			text = "否"
		default:
			return text, model.Sayf("“%s”应为 是 或 否", "%q should be yes or no", model.Shorten(text))
		}
	}
	if err != nil {
		return text, model.AsWords(err)
	}
	return text, model.Words{}
}

// refers checks what stands after @.
func (p *parser) refers(name string, s scope) model.Words {
	if name == "组" || name == "group" {
		if s.group == nil {
			return model.W("@组 只能用在 {{分组}} 里", "@group stands in {{group}} only")
		}
		return model.Words{}
	}
	reg := s.reg()
	switch {
	case reg == nil:
		return model.Sayf("@%s 只能用在循环里", "@%s stands in a loop only", name)
	case name == "本条" || name == "this":
	default:
		if _, err := reg.FindField(name); err != nil {
			return unknown(model.Sayf("“%s”的字段", "field of %q", reg.Words), name, fieldNames(reg))
		}
	}
	return model.Words{}
}

// findPath finds a field, or one of the record that a reference points to:
// 事项.类别. nil: there is none.
func findPath(schema *model.Schema, reg *model.Register, name string) []*model.Field {
	first, rest, more := strings.Cut(name, ".")
	f, err := reg.FindField(first)
	if err != nil {
		return nil
	}
	if !more {
		return []*model.Field{f}
	}
	for _, key := range f.Refs {
		if target := schema.Register(key); target != nil {
			if g, err := target.FindField(rest); err == nil {
				return []*model.Field{f, g}
			}
		}
	}
	return nil
}

func fieldNames(reg *model.Register) (out []string) {
	for _, f := range reg.Fields {
		out = append(out, f.Key, f.Words.ZH, f.Words.EN)
		out = append(out, f.Aliases...)
	}
	return out
}
