package docxtpl

// node is a piece of a part: a stretch of bytes, an element that holds
// paragraphs, a paragraph, or a tag that stands for itself.
type node struct {
	name             string // local name of an element, "" for a stretch
	from, to         int
	openTo, shutFrom int // of an element: behind its start tag, before its end tag
	kids             []*node
	para             *para
	ctl              *control
	follows          bool // a table directly behind another
}

// para is a paragraph: the runs and texts in it.
type para struct {
	part             *part
	from, to         int
	openTo, shutFrom int
	propsTo          int // behind its properties; openTo where it has none
	runs             []run
	segs             []seg
	text             string // of all segs
	holds            bool   // what must not be lost: a picture, a field, the layout of a section
	section          bool
	hidden           string // text that is not filled: in text boxes

	line       int // of the source, from 1; 0: none
	lead       int // bytes of text before what stands in the line
	lineAt     int // offset of the line in the source
	copied     bool
	gone       bool // held nothing but tags of its row
	insert     *insertion
	level      int    // of a heading numbered by the program; 0: none
	ownControl bool   // tags of its row were taken out of it
	rowText    string // what they left
}

// run is a run with its properties.
type run struct {
	openTo           int // behind its start tag
	propsFrom, props int // its properties; empty where it has none
}

// seg is a piece of text: a w:t, a line break or a tab.
type seg struct {
	from, to int // the whole element
	at       int // in para.text
	text     string
	run      int
}

// lineBreak is how a line break stands in the text of a paragraph.
const lineBreak = "\u2028"
