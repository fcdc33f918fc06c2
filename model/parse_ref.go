package model

import (
	"strings"
)

// ParseRef finds the record a person means by id or exact name. Several of one
// name are refused with their ids; an unknown name is taken as text only where
// the field allows it.
func (c *Context) ParseRef(f *Field, text string) (Ref, error) {
	text, _ = Clean(strings.TrimSpace(text))
	if id := TidyID(text); c.Schema.OfID(id) != nil {
		reg := c.Schema.OfID(id)
		if !contains(f.Refs, reg.Key) {
			return Ref{}, Problemf("%s是“%s”，这里要的是%s", "%s is of register %s; wanted here: %s", id, reg.Words, c.targets(f))
		}
		if r := c.Book.Record(id); r == nil {
			return Ref{}, Problemf("没有编号 %s", "there is no %s", id)
		}
		return Ref{ID: id}, nil
	}
	var ids []string
	for _, key := range f.Refs {
		ids = append(ids, c.Book.Named(key, text)...)
	}
	switch {
	case len(ids) == 1:
		return Ref{ID: ids[0]}, nil
	case len(ids) > 1:
		return Ref{}, Problemf("“%s”有%d个（%s），请填编号", "%q is the name of %d records (%s); give the id",
			Shorten(text), len(ids), strings.Join(ids[:min(len(ids), 5)], " "))
	case f.OrText:
		if n := Characters(text); n > f.Limit() {
			return Ref{}, Problemf("最多%d个字，现在有%d个", "at most %d characters, this has %d", f.Limit(), n)
		}
		return Ref{Text: text}, nil
	}
	return Ref{}, Problemf("在%s里没有“%s”，请先登记，或填编号", "no record of %s is named %q; enter it first, or give an id", c.targets(f), Shorten(text))
}

// targets names the registers a reference may point to.
func (c *Context) targets(f *Field) Words {
	var zh, en []string
	for _, key := range f.Refs {
		if reg := c.Schema.Register(key); reg != nil {
			zh, en = append(zh, "“"+reg.Words.ZH+"”"), append(en, reg.Words.EN)
		}
	}
	return Words{strings.Join(zh, "、"), strings.Join(en, ", ")}
}

func (c *Context) parseRefs(f *Field, texts []string) (any, error) {
	var out []Ref
	for _, t := range texts {
		r, err := c.ParseRef(f, t)
		if err != nil {
			return nil, err
		}
		if !r.IsZero() && !contains(out, r) {
			out = append(out, r)
		}
	}
	if out == nil {
		return nil, nil
	}
	return out, nil
}

// parseOccasion reads a festival's instance and checks its name against the
// vocabulary.
func (c *Context) parseOccasion(f *Field, text string) (any, error) {
	name, _ := SplitOccasion(text)
	full, err := c.Schema.Vocab(f.Vocab).Find(name)
	if err != nil {
		return nil, err
	}
	o, err := ParseOccasion(strings.Replace(halfWidth(text), halfWidth(name), full, 1), c.Today())
	if err != nil {
		return nil, err
	}
	return o, nil
}
