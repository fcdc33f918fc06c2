package docxtpl

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"

	"taizhang/model"
)

// Names of WordprocessingML: as Word writes it, and its strict form.
const (
	nsWord   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsStrict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
)

type scanner struct {
	part    *part
	dec     *xml.Decoder
	at      int // behind the token in hand
	from    int // where it begins
	deep    int
	tracked bool
	foreign bool // no root yet, or of another kind
}

func (s *scanner) fail(zh, en string, args ...any) error {
	return model.Problemf("模板里的 %s %s", "%s in the template %s", s.part.name, model.Sayf(zh, en, args...))
}

func (s *scanner) damaged() error {
	return s.fail("已损坏，请用 Word 或 WPS 打开后重新保存", "is damaged; open it in Word or WPS and save it again")
}

// next is the next token. Declarations of a document type, and with them all
// entities, are refused.
func (s *scanner) next() (xml.Token, error) {
	s.from = s.at
	tok, err := s.dec.RawToken()
	if err == io.EOF {
		return nil, errEnd
	}
	if err != nil {
		return nil, s.damaged()
	}
	s.at = int(s.dec.InputOffset())
	switch e := tok.(type) {
	case xml.Directive:
		return nil, s.fail("带有文档类型声明（DTD），不能用", "declares a document type (DTD) and cannot be used")
	case xml.StartElement:
		if s.deep++; s.deep > mostDeep {
			return nil, s.fail("套得太深，最多%d层", "nests too deep; %d at most", mostDeep)
		}
		if s.word(e.Name) {
			switch e.Name.Local {
			case "ins", "del", "moveFrom", "moveTo":
				s.tracked = true
			}
		}
	case xml.EndElement:
		s.deep--
	}
	return tok, nil
}

func (s *scanner) word(n xml.Name) bool { return n.Space == s.part.w && !s.foreign }

// scan reads the part into its tree.
func (p *part) scan() error {
	s := &scanner{part: p, dec: xml.NewDecoder(bytes.NewReader(p.data)), foreign: true}
	for {
		tok, err := s.next()
		if err == errEnd && p.root != nil {
			if s.tracked {
				return s.fail("有修订（插入或删除的痕迹）。请先在“审阅”里接受所有修订，保存后再用", "has tracked changes; accept them all under Review first, and save it again")
			}
			return nil
		}
		if err == errEnd {
			return s.damaged()
		}
		if err != nil {
			return err
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if p.root != nil {
			return s.damaged()
		}
		for _, a := range e.Attr {
			if a.Value == nsWord || a.Value == nsStrict {
				switch {
				case a.Name.Space == "xmlns":
					p.w, s.foreign = a.Name.Local, false
				case a.Name.Space == "" && a.Name.Local == "xmlns":
					p.w, s.foreign = "", false
				}
			}
		}
		if s.foreign {
			return s.damaged()
		}
		if p.root, err = s.block(e); err != nil {
			return err
		}
	}
}

// block reads an element outside of paragraphs.
func (s *scanner) block(e xml.StartElement) (*node, error) {
	n := &node{from: s.from, openTo: s.at}
	if s.word(e.Name) {
		n.name = e.Name.Local
	}
	any := false
	for {
		tok, err := s.next()
		if err != nil {
			return nil, s.inside(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			var kid *node
			if s.word(t.Name) && t.Name.Local == "p" {
				p, err := s.para(t)
				if err != nil {
					return nil, err
				}
				kid = &node{name: "p", from: p.from, to: p.to, para: p}
			} else if kid, err = s.block(t); err != nil {
				return nil, err
			}
			if kid.para != nil || kid.kids != nil {
				any = true
			}
			n.kids = append(n.kids, kid)
		case xml.EndElement:
			if t.Name != e.Name {
				return nil, s.damaged()
			}
			n.shutFrom, n.to = s.from, s.at
			if !any {
				n.kids = nil // nothing in it is filled: it is copied whole
			}
			return n, nil
		}
	}
}

func (s *scanner) inside(err error) error {
	if err == errEnd {
		return s.damaged()
	}
	return err
}

// para reads a paragraph. What holds runs, such as a link, is passed through.
func (s *scanner) para(e xml.StartElement) (*para, error) {
	p := &para{part: s.part, from: s.from, openTo: s.at, propsTo: s.at}
	open := []xml.Name{e.Name}
	var b strings.Builder
	for len(open) > 0 {
		tok, err := s.next()
		if err != nil {
			return nil, s.inside(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch {
			case !s.word(t.Name):
				open = append(open, t.Name)
			case t.Name.Local == "pPr" && len(open) == 1:
				if err := s.skip(t, p); err != nil {
					return nil, err
				}
				p.propsTo = s.at
			case t.Name.Local == "r":
				if err := s.run(t, p, &b); err != nil {
					return nil, err
				}
			case t.Name.Local == "p":
				return nil, s.damaged()
			default:
				open = append(open, t.Name)
			}
		case xml.EndElement:
			if t.Name != open[len(open)-1] {
				return nil, s.damaged()
			}
			open = open[:len(open)-1]
		}
	}
	p.shutFrom, p.to, p.text = s.from, s.at, b.String()
	p.holds = p.holds || p.section
	return p, nil
}

func (s *scanner) run(e xml.StartElement, p *para, b *strings.Builder) error {
	r := run{openTo: s.at, propsFrom: s.at, props: s.at}
	n := len(p.runs)
	p.runs = append(p.runs, r)
	for {
		tok, err := s.next()
		if err != nil {
			return s.inside(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			from := s.from
			add := func(text string) {
				p.segs = append(p.segs, seg{from: from, to: s.at, at: b.Len(), text: text, run: n})
				b.WriteString(text)
			}
			local := t.Name.Local
			if !s.word(t.Name) {
				local = ""
			}
			switch {
			case local == "t":
				text, err := s.chars(t)
				if err != nil {
					return err
				}
				if text != "" {
					add(text)
				}
				continue
			case local == "br" && plainBreak(t):
				if err := s.skip(t, p); err != nil {
					return err
				}
				add(lineBreak)
				continue
			case local == "tab":
				if err := s.skip(t, p); err != nil {
					return err
				}
				add("\t")
				continue
			}
			if err := s.skip(t, p); err != nil {
				return err
			}
			switch local {
			case "rPr":
				p.runs[n].propsFrom, p.runs[n].props = from, s.at
			case "lastRenderedPageBreak":
			default:
				p.holds = true
			}
		case xml.EndElement:
			if t.Name != e.Name {
				return s.damaged()
			}
			return nil
		}
	}
}

func plainBreak(e xml.StartElement) bool {
	for _, a := range e.Attr {
		if a.Name.Local == "type" && a.Value != "textWrapping" {
			return false
		}
	}
	return true
}

// oneLine takes line breaks out of a text: in XML they are spaces.
var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", lineBreak, " ")

// chars is the text of an element that holds nothing else.
func (s *scanner) chars(e xml.StartElement) (string, error) {
	var b strings.Builder
	for {
		tok, err := s.next()
		if err != nil {
			return "", s.inside(err)
		}
		switch t := tok.(type) {
		case xml.CharData:
			b.WriteString(oneLine.Replace(string(t)))
		case xml.StartElement:
			return "", s.damaged()
		case xml.EndElement:
			if t.Name != e.Name {
				return "", s.damaged()
			}
			return b.String(), nil
		}
	}
}

// skip passes an element by and keeps what its texts say, and whether it has the
// layout of a section.
func (s *scanner) skip(e xml.StartElement, p *para) error {
	open := []xml.Name{e.Name}
	text := false
	for len(open) > 0 {
		tok, err := s.next()
		if err != nil {
			return s.inside(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			open = append(open, t.Name)
			text = s.word(t.Name) && t.Name.Local == "t"
			if s.word(t.Name) && t.Name.Local == "sectPr" {
				p.section = true
			}
			if s.word(t.Name) && t.Name.Local == "p" {
				p.hidden += "\n"
			}
		case xml.CharData:
			if text {
				p.hidden += string(t)
			}
		case xml.EndElement:
			if t.Name != open[len(open)-1] {
				return s.damaged()
			}
			open = open[:len(open)-1]
			text = false
		}
	}
	return nil
}
