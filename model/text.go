package model

import (
	"encoding/json"
	"strings"
)

// Text writes a value for people, in a language; references by name.
func (c *Context) Text(f *Field, v any, l Lang) string {
	if Blank(v) {
		return ""
	}
	switch x := v.(type) {
	case string:
		if f != nil && f.Type == TypePick {
			return c.Schema.Vocab(f.Vocab).Text(x, l)
		}
		if f != nil && f.Means != nil {
			return f.Means(x).In(l)
		}
		return x
	case []string:
		out := make([]string, len(x))
		for i, s := range x {
			out[i] = c.Schema.Vocab(f.Vocab).Text(s, l)
		}
		return strings.Join(out, listMark(l))
	case bool:
		if x {
			return W("是", "yes").In(l)
		}
		return W("否", "no").In(l)
	case Money:
		return x.Text()
	case Ref:
		return TitleIn(c.NameOf(x), l)
	case []Ref:
		out := make([]string, len(x))
		for i, r := range x {
			out[i] = TitleIn(c.NameOf(r), l)
		}
		return strings.Join(out, listMark(l))
	case []Row:
		out := make([]string, len(x))
		for i, row := range x {
			var cells []string
			for _, s := range f.Sub {
				if t := c.Text(s, row[s.Key], l); t != "" {
					cells = append(cells, t)
				}
			}
			out[i] = strings.Join(cells, " ")
		}
		return strings.Join(out, W("；", "; ").In(l))
	case PeriodKey:
		return string(x)
	case interface{ String() string }:
		return x.String()
	}
	b, err := json.Marshal(Plain(v))
	if err != nil {
		return ""
	}
	return string(b)
}

func listMark(l Lang) string { return W("、", ", ").In(l) }

// Input writes a value so that Parse reads it back: what a form shows for
// correction. References are ids where the name is not unique.
func (c *Context) Input(f *Field, v any, l Lang) string {
	switch x := v.(type) {
	case Money:
		return x.String()
	case Ref:
		return c.refInput(f, x)
	case []Ref:
		out := make([]string, len(x))
		for i, r := range x {
			out[i] = c.refInput(f, r)
		}
		return strings.Join(out, listMark(l))
	case []Row:
		rows := make([][]string, len(x))
		for i, row := range x {
			rows[i] = make([]string, len(f.Sub))
			for j, s := range f.Sub {
				rows[i][j] = c.Input(s, row[s.Key], l)
			}
		}
		return f.JoinRows(rows, l)
	}
	return c.Text(f, v, l)
}

func (c *Context) refInput(f *Field, r Ref) string {
	if r.ID == "" {
		return r.Text
	}
	name := c.NameOf(r)
	if back, err := c.ParseRef(f, name); err != nil || back != r || strings.ContainsAny(name, "、，,；;|\n") {
		return r.ID
	}
	return name
}

// Plain turns a value into what encoding/json writes for files and scripts:
// dates YYYY-MM-DD or coarser, counts as numbers, money as a string of yuan
// with two decimals, references by id, terms in Chinese.
func Plain(v any) any {
	switch x := v.(type) {
	case Dec:
		return json.Number(x.String())
	case Money:
		return x.String()
	case Ref:
		return x.String()
	case []Ref:
		out := make([]string, len(x))
		for i, r := range x {
			out[i] = r.String()
		}
		return out
	case []Row:
		out := make([]any, len(x))
		for i, row := range x {
			out[i] = Plain(row)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(x))
		for k, e := range x {
			out[k] = Plain(e)
		}
		return out
	case Date:
		return x.String()
	case Occasion:
		return x.String()
	case PeriodKey:
		return string(x)
	}
	return v
}
