package export

import (
	"bufio"
	"fmt"
	"html"
	"strings"

	"taizhang/model"
)

// sheetStyle prints on A4 across: each page of the table on a sheet of its own,
// with its head again should its rows run over. Fonts are named, not embedded.
const sheetStyle = `@page { size: A4 landscape; margin: 10mm 12mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 273mm; color: #000; background: #fff; font: 10pt/1.25 "FangSong", "仿宋", "Noto Serif CJK SC", "Songti SC", serif; }
section { padding: 4mm 0; }
h1 { margin: 0 0 2mm; text-align: center; font: bold 16pt/1.3 "SimSun", "宋体", "Noto Serif CJK SC", "Songti SC", serif; }
h2 { margin: 4mm 0 1mm; font-size: 11pt; break-after: avoid; }
.about { display: flex; flex-wrap: wrap; gap: 0 8mm; margin: 0 0 1.5mm; }
table { width: calc(100% - 0.5mm); border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; height: 8mm; }
th, td { border: 0.25mm solid #000; padding: 0.4mm 1mm; text-align: left; overflow-wrap: anywhere; }
th { text-align: center; font-weight: bold; }
.r { text-align: right; font-variant-numeric: tabular-nums; }
.sum td { font-weight: bold; }
.struck td:not(:last-child) { text-decoration: line-through; }
.signs { display: flex; justify-content: space-between; margin: 4mm 10mm 2mm; }
figure { margin: 2mm 0 4mm; break-inside: avoid; }
figcaption { text-align: center; font-size: 10pt; }
svg { display: block; width: 100%; height: auto; }
.foot { margin: 1mm 0 0; font-size: 8.5pt; color: #333; break-inside: avoid; }
@media print { section { padding: 0; } section.page + section.page { break-before: page; } }
`

// uprightStyle is for documents: the page of GB/T 9704.
const uprightStyle = `@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { max-width: 156mm; font-size: 12pt; line-height: 1.5; }
h1 { font-size: 22pt; }
h2 { font: bold 16pt/1.5 "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; }
.prose { margin: 0; text-indent: 2em; text-align: justify; font-size: 16pt; line-height: 29pt; }
h3, h4, h5 { margin: 0; text-indent: 2em; font: 16pt/29pt "FangSong", "仿宋", "Noto Serif CJK SC", serif; break-after: avoid; }
h2.told { margin: 0; text-indent: 2em; line-height: 29pt; font-weight: normal; }
h3 { font-family: "KaiTi", "楷体", "Noto Serif CJK SC", serif; }
.signed { margin: 29pt 4em 29pt 0; text-align: right; font-size: 16pt; line-height: 29pt; break-inside: avoid; }
sup { font-size: 9pt; line-height: 0; }
`

// html writes one file that needs nothing else, to look at and to print. Pages
// are sections; a part with a head of its own follows on the same page.
func (s *sheet) html(w *bufio.Writer) {
	e := html.EscapeString
	style := sheetStyle
	if s.up {
		style += uprightStyle
	}
	w.WriteString("<!DOCTYPE html>\n<html lang=\"" + map[model.Lang]string{model.ZH: "zh-CN", model.EN: "en"}[s.lang] + "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
		e(s.title) + "</title>\n<style>\n" + style + "</style>\n</head>\n<body>\n")
	pages := 0
	for _, p := range s.parts {
		if p.head == "" {
			pages++
		}
	}
	page, open, drawings := 0, false, 0
	draw := func(c *chart) {
		drawings++
		c.html(w, drawings)
	}
	end := func(last bool) {
		if !open {
			return
		}
		s.htmlFoot(w, page, pages, last)
		w.WriteString("</section>\n")
		open = false
	}
	parts := s.parts
	if len(parts) == 0 { // a text alone
		parts = []part{{}}
	}
	for _, p := range parts {
		if p.head == "" || !open {
			end(false)
			page++
			w.WriteString("<section class=\"page\">\n<h1>" + s.heading(e) + "</h1>\n<p class=\"about\">")
			for _, a := range s.about {
				w.WriteString("<span>" + e(a) + "</span>")
			}
			w.WriteString("</p>\n")
			if page == 1 {
				s.told.html(w)
				if !s.drawn.IsZero() {
					w.WriteString("<p class=\"signed\">" + e(s.unit) + "<br>" + e(s.day()) + "</p>\n")
				}
			}
			open = true
		}
		if p.head != "" {
			w.WriteString("<h2>" + e(p.head) + "</h2>\n")
		}
		if c := s.chart; c != nil && c.under == p.head {
			draw(c)
		}
		if len(p.columns) > 0 {
			p.html(w)
		}
		if c := p.picture(); c != nil {
			draw(c)
		}
	}
	end(true)
	w.WriteString("</body>\n</html>\n")
}

func (s *sheet) htmlFoot(w *bufio.Writer, page, pages int, last bool) {
	if len(s.signs) > 0 {
		w.WriteString("<p class=\"signs\">")
		for _, who := range s.signs {
			w.WriteString("<span>" + html.EscapeString(who+model.W("：", ": ").In(s.lang)) + "</span>")
		}
		w.WriteString("<span></span></p>\n")
	}
	foot := s.notes
	if !last && len(foot) > 1 {
		foot = foot[len(foot)-1:] // the witness
	}
	text := strings.Join(foot, " · ")
	if pages > 1 {
		text = model.Sayf("第 %d 页 共 %d 页", "page %d of %d", page, pages).In(s.lang) + " · " + text
	}
	w.WriteString("<p class=\"foot\">" + html.EscapeString(text) + "</p>\n")
}

func (p *part) html(w *bufio.Writer) {
	w.WriteString("<table>\n<colgroup>")
	for _, c := range p.columns {
		if c.width > 0 {
			fmt.Fprintf(w, "<col style=\"width:%d%%\">", c.width)
		} else {
			w.WriteString("<col>")
		}
	}
	w.WriteString("</colgroup>\n<thead><tr>")
	for _, c := range p.columns {
		w.WriteString("<th>" + html.EscapeString(c.Head) + "</th>")
	}
	w.WriteString("</tr></thead>\n<tbody>\n")
	for _, r := range p.rows {
		class := map[rowKind]string{rowPage: "sum", rowGroup: "sum", rowTotal: "sum", rowSpread: "sum", rowStruck: "struck"}[r.kind]
		if class != "" {
			class = " class=\"" + class + "\""
		}
		w.WriteString("<tr" + class + ">")
		if r.kind == rowSpread {
			fmt.Fprintf(w, "<td colspan=\"%d\">%s</td>", len(p.columns), html.EscapeString(r.cells[0]))
		} else {
			for i, c := range r.cells {
				class := ""
				if p.columns[i].Right {
					class = " class=\"r\""
				}
				w.WriteString("<td" + class + ">" + strings.ReplaceAll(html.EscapeString(c), "\n", "<br>") + "</td>")
			}
		}
		w.WriteString("</tr>\n")
	}
	w.WriteString("</tbody>\n</table>\n")
}

// heading is the title, broken after the unit's name where it is too long for a
// line; elsewhere the browser breaks it.
func (s *sheet) heading(e func(string) string) string {
	if unit, rest, ok := strings.Cut(broken(s.title, s.unit, s.up), "\n"); ok && unit == s.unit {
		return e(unit) + "<br>" + e(rest)
	}
	return e(s.title)
}
