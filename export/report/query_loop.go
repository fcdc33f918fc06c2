package report

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// loop reads {{每条 活动 重点 限5 序=一是 排序=人次 倒序}}.
func (p *parser) loop(t token, ws []word, s scope) *loop {
	if len(ws) < 2 {
		p.fail(t.at, model.W("{{循环}} 后面要写台账，例 {{循环 活动}}", "a register must follow in {{each}}, such as {{each Activity}}"))
		return nil
	}
	q := p.register(t, ws[1].text)
	if q == nil {
		return nil
	}
	q.source = model.Shorten(t.text)
	n := &loop{at: at(t.at), query: q, depth: s.depth}
	ok := true
	if !p.conditions(t, q, ws[2:], s, func(w string) bool {
		key, value, _ := strings.Cut(w, "=")
		num := func(text string) bool {
			v, err := strconv.Atoi(text)
			if err != nil || v < 1 || v > mostItems {
				return false
			}
			n.limit = v
			return true
		}
		switch low := strings.ToLower(key); {
		case strings.HasPrefix(w, "限") && num(strings.TrimPrefix(strings.TrimPrefix(w, "限"), "=")), low == "limit" && num(value):
		case low == "倒序" || low == "down":
			n.down = true
		case low == "序" || low == "no":
			if !slices.Contains(styles, value) {
				p.fail(t.at, model.Sayf("没有“%s”这种序号，可写：%s", "there is no numbering %q; write %s", model.Shorten(value), model.W(strings.Join(styles, " "), strings.Join(styles, " "))))
				ok = false
			}
			n.style = value
		case low == "排序" || low == "sort":
			f, err := q.reg.FindField(value)
			if err != nil {
				p.fail(t.at, unknown(model.Sayf("“%s”的字段", "field of %q", q.reg.Words), value, fieldNames(q.reg)))
				ok = false
			}
			n.order = f
		default:
			return false
		}
		return true
	}) || !ok {
		return nil
	}
	return n
}

// styles are the ways to number the rounds of a loop.
var styles = []string{"一是", "一", "第一", "1", "1.", "（1）", "(1)", "①"}

// group reads {{分组 荣誉 按 级别 倒序}}.
func (p *parser) group(t token, ws []word, s scope) *group {
	if len(ws) < 4 || ws[2].text != "按" && !strings.EqualFold(ws[2].text, "by") {
		p.fail(t.at, model.W("分组写作 {{分组 荣誉 按 级别}}", "a group is written {{group Honour by level}}"))
		return nil
	}
	q := p.register(t, ws[1].text)
	if q == nil {
		return nil
	}
	q.source = model.Shorten(t.text)
	n := &group{at: at(t.at), query: q}
	f, err := q.reg.FindField(ws[3].text)
	if err != nil {
		p.fail(t.at, unknown(model.Sayf("“%s”的字段", "field of %q", q.reg.Words), ws[3].text, fieldNames(q.reg)))
		return nil
	}
	n.by = f
	if !p.conditions(t, q, ws[4:], s, func(w string) bool {
		key, value, _ := strings.Cut(w, "=")
		switch {
		case w == "倒序" || strings.EqualFold(w, "down"):
			n.down = true
		case (key == "序" || key == "no") && slices.Contains(styles, value):
			n.style = value
		default:
			return false
		}
		return true
	}) {
		return nil
	}
	return n
}

// kinds are the periods a condition may ask for.
var kinds = map[string]string{"年": "年", "半年": "半年", "季": "季", "季度": "季", "月": "月", "year": "年", "half": "半年", "quarter": "季", "month": "月"}

// condition reads {{如果 活动.场次 条线=文体}}, {{如果 地点}}, {{如果 期间=年}}.
func (p *parser) condition(t token, args []word, s scope) *branch {
	n := &branch{at: at(t.at)}
	if keyword(args, kwNot) {
		n.not = true
		args = args[1:]
	}
	if len(args) == 0 {
		p.fail(t.at, model.W("{{如果}} 后面要写条件", "a condition must follow in {{if}}"))
		return n
	}
	key, value, _ := strings.Cut(args[0].text, "=")
	if k := kinds[strings.ToLower(value)]; k != "" && (key == "期间" || strings.EqualFold(key, "period")) {
		n.kind = k
		return n
	}
	if reg := s.reg(); reg != nil && len(args) == 1 {
		before := len(p.faults)
		if c := p.cond(t, reg, args[0].text, s); c != nil {
			n.cond = c
			return n
		}
		if strings.Contains(args[0].text, ".") {
			p.faults = p.faults[:before] // a slot, perhaps
		} else {
			return n
		}
	}
	n.query = p.slot(t, args, s)
	return n
}

// table reads {{表 活动 日期 名称 人次 | 级别>=区}}: columns, then conditions.
func (p *parser) table(t token, args []word, s scope) node {
	if len(args) == 0 {
		p.fail(t.at, model.W("{{表}} 后面要写台账，例 {{表 活动 日期 名称}}", "a register must follow in {{table}}"))
		return nil
	}
	q := p.register(t, args[0].text)
	if q == nil {
		return nil
	}
	q.source = model.Shorten(t.text)
	n := table{at: at(t.at), query: q}
	var conds []word
	for _, w := range args[1:] {
		if f, err := q.reg.FindField(w.text); err == nil && !w.quoted {
			n.columns = append(n.columns, f)
		} else {
			conds = append(conds, w)
		}
	}
	if len(n.columns) == 0 {
		p.fail(t.at, model.W("{{表}} 要写出列，例 {{表 活动 日期 名称}}", "a table names its columns, such as {{table Activity date title}}"))
		return nil
	}
	if !p.conditions(t, q, conds, s, nil) {
		return nil
	}
	return n
}
