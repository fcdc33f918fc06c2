package model

import (
	"maps"
	"slices"
)

// Preferences are how one member of staff wants the screens. The zero value is
// what everyone begins with. They belong to the person, not to the office: the
// journal and the settings know nothing of them.
type Preferences struct {
	Lang    string              // "zh" or "en"; "" follows the environment and the ledger
	Start   string              // StartSearch, or the key of the register whose list comes first; "" is the home screen
	Glyphs  string              // GlyphsNarrow or GlyphsWide; "" asks the terminal
	Redraw  bool                // every change draws the whole screen, for terminals that lose cells
	Columns map[string][]string // register → keys of the fields its list shows, in order; none: as declared
	Recent  []string            // what was last chosen in the palette, the latest first; see Chose
	Heads   map[string][]Head   // register → what columns of files to be imported are, the latest first; see SetHead
	Other   map[string]any      // what newer programs keep here, untouched

	Templates []Template // her own, which nobody else sees; see SetTemplate
}

// How wide the terminal draws characters of ambiguous width.
const (
	GlyphsNarrow = "narrow"
	GlyphsWide   = "wide"
)

// StartSearch starts with the search over all registers.
const StartSearch = "search"

// Language returns the preferred language, if there is one.
func (p *Preferences) Language() (Lang, bool) { return ParseLang(p.Lang) }

// Ambiguous is how many cells an ambiguous character takes, 0 to ask the terminal.
func (p *Preferences) Ambiguous() int {
	switch p.Glyphs {
	case GlyphsNarrow:
		return 1
	case GlyphsWide:
		return 2
	}
	return 0
}

// SetColumns chooses the columns of a register's list; none goes back to the
// declared ones.
func (p *Preferences) SetColumns(register string, keys []string) {
	p.Columns = maps.Clone(p.Columns)
	if p.Columns == nil {
		p.Columns = map[string][]string{}
	}
	if len(keys) == 0 {
		delete(p.Columns, register)
		return
	}
	p.Columns[register] = keys
}

// Head says what a column of a file is, by what stands above it.
type Head struct {
	Text  string // as the file has it
	Field string // key of the field; "" leaves the column out
}

// mostHeads bounds how many columns of one register are remembered.
const mostHeads = 200

// SetHead remembers of a register's files what a column is.
func (p *Preferences) SetHead(register string, h Head) {
	list := []Head{h}
	for _, old := range p.Heads[register] {
		if old.Text != h.Text && len(list) < mostHeads {
			list = append(list, old)
		}
	}
	p.Heads = maps.Clone(p.Heads)
	if p.Heads == nil {
		p.Heads = map[string][]Head{}
	}
	p.Heads[register] = list
}

// mostRecent bounds what the palette remembers.
const mostRecent = 24

// Chose puts what was chosen in the palette before everything chosen earlier.
func (p *Preferences) Chose(id string) {
	recent := []string{id}
	for _, r := range p.Recent {
		if r != id && len(recent) < mostRecent {
			recent = append(recent, r)
		}
	}
	p.Recent = recent
}

// PersonalTemplate is the key of templates that belong to one person.
const PersonalTemplate = "personal"

// SetTemplate keeps a template of the person's own; one of the same name and
// register is replaced.
func (p *Preferences) SetTemplate(t Template) {
	t.Key = PersonalTemplate
	p.DropTemplate(t.Register, t.Words.ZH)
	p.Templates = append(p.Templates, t)
}

// DropTemplate takes a template of the person's own away.
func (p *Preferences) DropTemplate(register, name string) {
	p.Templates = slices.DeleteFunc(slices.Clone(p.Templates), func(t Template) bool {
		return t.Register == register && t.Words.ZH == name
	})
}

// TemplatesOf lists the person's own templates of a register.
func (p *Preferences) TemplatesOf(register string) (out []Template) {
	for _, t := range p.Templates {
		if t.Register == register {
			out = append(out, t)
		}
	}
	return out
}
