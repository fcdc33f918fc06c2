package docxtpl

import (
	"errors"
	"strings"

	"taizhang/export/report"
	"taizhang/model"
)

// Options say what a document may put in.
type Options struct {
	// Body finds the text template that {{插入 正文 name}} puts in; "" is the
	// report's own.
	Body func(name string) (*report.Template, error)
}

// Template is a Word document ready to be filled. It holds no data and may be
// filled many times.
type Template struct {
	pack   *pack
	text   *report.Template
	lines  []*para
	bodies map[string]*report.Template
	names  styleNames
}

// Fault is what is wrong with a template, and where.
type Fault struct {
	Part      string // document, header or footer
	Paragraph string // its beginning
	Tag       string // as written; "" where it is none
	model.Words
}

const mostFaults = 50

var partNames = map[string]model.Words{
	"document": model.W("正文", "text"), "header": model.W("页眉", "header"), "footer": model.W("页脚", "footer"),
}

// Error implements error in English.
func (f *Fault) Error() string { return f.In(model.EN) }

// In says it with the tag and the paragraph.
func (f *Fault) In(l model.Lang) string {
	where := model.Sayf("%s“%s”这一段", "%s, paragraph %q", partNames[f.Part], f.Paragraph)
	if f.Tag != "" {
		where = model.Sayf("%s，%s", "%s, %s", where, model.Shorten(f.Tag))
	}
	return model.Sayf("%s：%s", "%s: %s", where, f.Words).In(l)
}

// Faults are all that is wrong with a template, in its order.
type Faults []*Fault

// Error implements error in English.
func (fs Faults) Error() string { return fs.In(model.EN) }

// In joins them, one a line.
func (fs Faults) In(l model.Lang) string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.In(l)
	}
	return strings.Join(lines, "\n")
}

// Parse reads a Word document as a template. It needs the declarations only, no
// data. What is wrong with its tags is returned whole, as Faults.
func Parse(file []byte, schema *model.Schema, o Options) (*Template, error) {
	p, err := open(file)
	if err != nil {
		return nil, err
	}
	b := &builder{}
	for _, part := range p.filled {
		b.part = part
		if part.root.kids != nil {
			b.children(part.root)
		}
	}
	t := &Template{pack: p, lines: b.lines, bodies: map[string]*report.Template{}}
	src := b.src.String()
	var bad report.Faults
	t.text, err = report.Parse(src, schema)
	switch {
	case errors.As(err, &bad):
		for _, f := range bad {
			if p := b.at(f.Line); p != nil {
				b.part = p.part
				b.fail(p, report.TagAt(src, f.At), f.Words)
			}
		}
	case err != nil:
		return nil, err
	}
	if err := t.insertions(b, o); err != nil {
		return nil, err
	}
	if len(b.faults) > 0 {
		return nil, b.faults
	}
	return t, nil
}

func (b *builder) at(line int) *para {
	if line < 1 || line > len(b.lines) {
		return nil
	}
	return b.lines[line-1]
}

// insertions reads the texts that are put in, and the styles they are set in.
func (t *Template) insertions(b *builder, o Options) error {
	for _, p := range b.lines {
		if p.insert == nil || t.bodies[p.insert.name] != nil {
			continue
		}
		if o.Body == nil {
			return nil
		}
		body, err := o.Body(p.insert.name)
		if err != nil {
			b.part = p.part
			b.fail(p, p.insert.tag, model.AsWords(err))
			continue
		}
		t.bodies[p.insert.name] = body
	}
	if t.pack.styles == "" {
		return nil
	}
	left := int64(mostPart)
	raw, err := t.pack.read(t.pack.styles, &left)
	if err != nil {
		return err
	}
	t.names, err = readStyles(raw)
	return err
}
