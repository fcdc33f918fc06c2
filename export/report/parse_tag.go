package report

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// tag reads a tag without a body.
func (p *parser) tag(t token, ws []word, s scope) node {
	if len(ws) == 0 {
		p.fail(t.at, model.W("{{}} 里是空的", "{{}} is empty"))
		return nil
	}
	args, f, even0, ok := p.formatted(t, ws)
	if !ok {
		return nil
	}
	rest := func() string {
		var out []string
		for _, w := range args[1:] {
			out = append(out, w.text)
		}
		return strings.Join(out, " ")
	}
	switch {
	case len(args) == 0:
		p.fail(t.at, model.W("“|”前面没有名称", "nothing stands before the |"))
		return nil
	case keyword(args, kwGap), keyword(args, kwPhrase):
		what := rest()
		if what == "" {
			p.fail(t.at, model.Sayf("{{%s}} 后面要写名称", "a name must follow in {{%s}}", args[0].text))
			return nil
		}
		if keyword(args, kwPhrase) {
			return phrase{at(t.at), what}
		}
		return gap{at(t.at), what}
	case keyword(args, kwRate):
		return p.rate(t, args[1:], even0, s)
	case keyword(args, kwMore):
		if q := p.counted(t, args[1:], s); q != nil {
			return compare{at(t.at), q}
		}
		return nil
	case keyword(args, kwYearly):
		return p.yearly(t, args[1:], f, s)
	case keyword(args, kwTable):
		return p.table(t, args[1:], s)
	}
	if n := p.name(t, args, f, s); n != nil {
		return *n
	}
	q := p.slot(t, args, s)
	if q == nil {
		return nil
	}
	if w := f.unfit(q); w != (model.Words{}) {
		p.fail(t.at, w)
		return nil
	}
	return figure{at(t.at), q, f, even0}
}

func (p *parser) rate(t token, args []word, even0 bool, s scope) node {
	i := slices.IndexFunc(args, func(w word) bool { return w.text == "/" && !w.quoted })
	if i < 0 {
		// 会议.实到/会议.应到 without spaces
		if len(args) > 0 {
			if a, b, ok := strings.Cut(args[0].text, "/"); ok {
				args = append([]word{{text: a}, {text: "/"}, {text: b}}, args[1:]...)
				i = 1
			}
		}
	}
	if i <= 0 || i == len(args)-1 {
		p.fail(t.at, model.W("率要写两个统计项，例 {{率 公开.按期 / 公开.已公开}}", "a rate needs two measures, such as {{rate Disclosure.on_time / Disclosure.posted}}"))
		return nil
	}
	part, whole := p.counted(t, args[:i], s), p.counted(t, args[i+1:], s)
	if part == nil || whole == nil {
		return nil
	}
	return rate{at(t.at), part, whole, even0}
}

func (p *parser) yearly(t token, args []word, f format, s scope) node {
	n := yearly{at: at(t.at), format: f}
	args = slices.DeleteFunc(slices.Clone(args), func(w word) bool {
		digits := strings.TrimSuffix(strings.TrimPrefix(w.text, "近"), "年")
		v, err := strconv.Atoi(digits)
		if w.quoted || err != nil || digits == w.text || v < 1 || v > 100 {
			return false
		}
		n.last = v
		return true
	})
	if n.query = p.counted(t, args, s); n.query == nil {
		return nil
	}
	if w := f.unfit(n.query); w != (model.Words{}) {
		p.fail(t.at, w)
		return nil
	}
	return n
}

// counted reads a slot that must be a measure.
func (p *parser) counted(t token, args []word, s scope) *query {
	if len(args) == 0 {
		p.fail(t.at, model.W("要写统计项，例 活动.场次", "a measure is needed, such as Activity.events"))
		return nil
	}
	q := p.slot(t, args, s)
	if q != nil && q.measure == nil {
		p.fail(t.at, model.Sayf("“%s”不是能统计的数", "%q cannot be counted", model.Shorten(args[0].text)))
		return nil
	}
	return q
}

// languages are the words for the language a template is written in.
var languages = map[string]model.Lang{"中文": model.ZH, "zh": model.ZH, "英文": model.EN, "en": model.EN}

// language reads {{语言 中文}}: the template is written in that language alone,
// so its figures, dates and lists are too, whatever was asked for.
func (p *parser) language(t token, ws []word) {
	if len(ws) == 2 {
		if l, ok := languages[strings.ToLower(ws[1].text)]; ok {
			p.lang = &l
			return
		}
	}
	p.fail(t.at, model.W("{{语言}} 后面写 中文 或 英文", "zh or en must follow in {{language}}"))
}
