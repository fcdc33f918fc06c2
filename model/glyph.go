package model

// Glyph tells what Pinyin.Match makes of a character, for whoever keeps an
// index of texts: the character itself in lower case and half width, its
// syllables without tone (none for what is not Han; not to be changed), and
// whether it is skipped inside a name.
func Glyph(r rune) (self rune, readings []string, silent bool) {
	g := glyphOf(r)
	return g.r, g.readings, g.silent
}

// InFull reports whether an actor sees the values of the field in full where
// they are shown to an audience.
func (f *Field) InFull(a Actor, to Audience) bool {
	switch f.show(to) {
	case full:
		return true
	case byRight:
		return a.Is(Clerk, Reviewer, Approver, Finance)
	}
	return false
}
