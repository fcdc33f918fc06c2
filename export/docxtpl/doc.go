// Package docxtpl fills a Word document that an office laid out itself
// (documents.md §3). The tags in it are those of package report, which counts;
// here they are found in the document and what they say is put in their place.
// It stands beside package docx, which writes documents of the program's own
// look and knows nothing of tags.
//
//	t, err := docxtpl.Parse(file, schema, docxtpl.Options{Body: texts}) // no data: this is the check
//	f, err := t.Fill(source, report.Job{…})
//	err = f.Write(w, docxtpl.Finish{…})
//
// Only the main part, headers and footers are read. Of them everything that no
// tag touches is copied byte for byte; every other part is copied as it lies in
// the file, unopened. Nothing outside the file is ever read, whatever the file
// says. Same template and same ledger give the same bytes.
//
// # Where tags stand
//
// In the text of paragraphs and cells, in one run or cut over several: what a
// tag says has the look of the run it begins in. Loops, groups and conditions
// begin and end in one paragraph, or each alone in a paragraph of the same cell
// or page: then what lies between comes again, tables with it. From the first
// cell of a row to the last one of that or a later row they repeat rows. Two tags
// are of documents only: {{插入 正文 summary}} alone puts in the text of a text
// template, {{节号 1}} at the head of a paragraph numbers it as a heading. In
// text boxes nothing is filled, and a tag there is a fault.
//
// A paragraph in which nothing is left disappears, unless it holds a picture or
// the layout of a section.
package docxtpl

// Bounds of a template. What is larger was not laid out by hand.
const (
	MostFile  = 32 << 20  // bytes of the file
	mostPart  = 64 << 20  // bytes of the parts that are read, all together
	mostAll   = 256 << 20 // bytes of all parts, as the file says and archive/zip holds it to
	mostParts = 2_000
	mostDeep  = 200      // elements inside each other
	mostOut   = 32 << 20 // bytes of the parts that are written
)
