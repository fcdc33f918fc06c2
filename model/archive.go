package model

import "strings"

// Terms of keeping papers (vocabulary KEEP), the longest first.
const (
	KeepForever = "永久"
	Keep30      = "30年"
	Keep10      = "10年"
	KeepNone    = "不归档"
)

// Archive says how the records of a register go into the archive of their year
// (城市社区档案管理办法; which papers are kept for how long is the province's, so
// an office may say otherwise in the register retention).
type Archive struct {
	Term string // of vocabulary KEEP
	Each bool   // every record is a paper of its own; else the year's are one volume
	// By and No are the keys of the fields that name who issued it and under which
	// number; "": the office itself, none.
	By, No string
	// Title are the keys of the fields that make its title; nil: its name.
	Title []string
}

// archiveBasis is why papers are kept as long as their registers declare.
var archiveBasis = W("城市社区档案管理办法；会议记录和名册永久，制度30年，一般材料10年，省里另有规定的照规定",
	"rules on the archives of urban communities: minutes and rosters for good, rules 30 years, routine 10; the province's own rules come first")

// Keeping is how long the papers of a register are kept, and by what rule.
type Keeping struct {
	Archive
	Basis Words
}

// Keepings are the terms of all registers: what the office said of one by its
// retention records, else what the register declares. Those of neither are not
// archived.
func (c *Context) Keepings(said []*Record) map[string]Keeping {
	out := map[string]Keeping{}
	for _, reg := range c.Schema.Registers {
		if reg.Archive != nil {
			out[reg.Key] = Keeping{*reg.Archive, archiveBasis}
		}
	}
	for _, r := range said {
		reg, err := c.Schema.FindRegister(RetentionRegister.Of(r))
		if err != nil || r.State != Final {
			continue
		}
		k := out[reg.Key]
		k.Term = RetentionTerm.Of(r)
		basis := RetentionBasis.Of(r)
		k.Basis = Words{ZH: basis, EN: basis}
		out[reg.Key] = k
	}
	return out
}

// ArchiveDue is the day by which the papers of a year are filed: 30 June of the
// next.
func ArchiveDue(year int) Date { return NewDate(year+1, 6, 30) }

// Paper is a record as the catalogue of the archive has it, masked.
func (k *Keeping) Paper(r *Record, c *Context, a Audience, l Lang) (by, no, title string) {
	text := func(key string) string {
		f := r.Register.Field(key)
		if f == nil || !f.ShownTo(a) {
			return ""
		}
		return c.MaskField(r, f, c.Value(r, f), a, l, c.Today())
	}
	keys := k.Title
	if keys == nil {
		keys = []string{r.Register.NameField}
	}
	var parts []string
	for _, key := range keys {
		if s := text(key); s != "" {
			parts = append(parts, s)
		}
	}
	return text(k.By), text(k.No), strings.Join(parts, W("：", ": ").In(l))
}
