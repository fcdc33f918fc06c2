package export

import (
	"bytes"
	"html/template"
	"io"
	"strings"

	"taizhang/model"
)

// Paper is the size a poster is printed on.
type Paper string

// The papers.
const (
	A4 Paper = "A4"
	A3 Paper = "A3"
)

// PosterJob says which issue is printed as a poster and how.
type PosterJob struct {
	Issue  *model.Record
	Format Format // HTML or Text
	Paper  Paper  // of HTML; "" is A4
	Draft  bool   // it is known to be a draft: no mark across it
	Lang   model.Lang
}

// WritePoster writes the poster 公示单 of an issue: one file that needs nothing else,
// masked for the public. It returns the SHA-256 of what it says, which does not
// change with form, paper, day or witness.
func WritePoster(w io.Writer, src Source, job PosterJob) (sum string, err error) {
	p, err := src.Context().Poster(job.Issue, src.Unit(), job.Lang)
	if err != nil {
		return "", err
	}
	s := &poster{Poster: p, job: job, Witness: witness(src, job.Lang)}
	if job.Paper == "" {
		s.job.Paper = A4
	}
	s.clean()
	switch job.Format {
	case HTML:
		err = posterPage.Execute(w, s)
	case Text:
		_, err = io.WriteString(w, s.text())
	default:
		err = model.Problemf("公示单只能写成 html 或 txt", "a poster is written as html or txt")
	}
	return p.Sum(), err
}

type poster struct {
	*model.Poster
	job     PosterJob
	Witness string
}

// clean drops from every text what a printer or a browser might take for a
// command. The ledger holds none; a file that was tampered with might.
func (s *poster) clean() {
	for _, part := range []*string{&s.Unit, &s.Class, &s.Code, &s.Title, &s.Approval, &s.Override, &s.Standing} {
		*part = clean(*part)
	}
	for _, list := range [][]string{s.Tags, s.Lead, s.Body} {
		for i := range list {
			list[i] = clean(list[i])
		}
	}
	for i := range s.Facts {
		s.Facts[i].Text = clean(s.Facts[i].Text)
	}
	for _, t := range s.Tables {
		for _, rows := range [][][]string{t.Rows, t.Foot, {t.Notes}} {
			for _, row := range rows {
				for i := range row {
					row[i] = clean(row[i])
				}
			}
		}
	}
}

func (s *poster) t(zh, en string) string { return model.W(zh, en).In(s.job.Lang) }

// Lang is the language for the browser.
func (s *poster) Lang() string { return model.W("zh-CN", "en").In(s.job.Lang) }

// Mark is what is printed across a poster that must not hang.
func (s *poster) Mark() string {
	switch {
	case s.Standing != "":
		return s.Standing
	case !s.Approved && !s.job.Draft:
		return s.t("草稿　不得张贴", "DRAFT: DO NOT POST")
	}
	return ""
}

// Hanging is from when until when it hangs.
func (s *poster) Hanging() string {
	switch {
	case !s.Hang.From.IsZero() && !s.Hang.To.IsZero() && s.job.Lang == model.ZH:
		return s.Hang.From.Prose() + "至" + s.Hang.To.Prose()
	case !s.Hang.From.IsZero() && !s.Hang.To.IsZero():
		return s.Hang.From.String() + " to " + s.Hang.To.String()
	case s.Days > 0:
		return model.Sayf("自张贴之日起不少于%d天", "at least %d days from the posting", s.Days).In(s.job.Lang)
	}
	return ""
}

// HangingLabel names that line.
func (s *poster) HangingLabel() string { return s.t("张贴时间", "Posted") }

// Head is the line above the title.
func (s *poster) Head() string {
	return strings.Join(nonBlank(s.Unit, s.Class+model.W("公开", " disclosure").In(s.job.Lang)), "　")
}

// Number is the line of the code.
func (s *poster) Number() string {
	if s.Code == "" {
		return ""
	}
	return s.t("编号：", "No. ") + s.Code
}

// ApprovalLabel names the line of signatures.
func (s *poster) ApprovalLabel() string { return s.t("审批", "Approval") }

// Colon follows a label.
func (s *poster) Colon() string { return s.t("：", ": ") }

// Style is the print style for the paper; texts are 22 points and more.
func (s *poster) Style() template.CSS {
	sizes := map[Paper][2]string{A4: {"A4 portrait", "22pt"}, A3: {"A3 portrait", "24pt"}}[s.job.Paper]
	return template.CSS(strings.NewReplacer("{PAPER}", sizes[0], "{SIZE}", sizes[1]).Replace(posterStyle))
}

const posterStyle = `
@page { size: {PAPER}; margin: 22mm 18mm 20mm 18mm; @bottom-center { content: "— " counter(page) " —"; font: 14pt SimSun, "Songti SC", "Noto Serif CJK SC", serif; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 40em; color: #000; background: #fff; font: {SIZE}/1.5 FangSong, "仿宋", FangSong_GB2312, STFangsong, "Songti SC", "Noto Serif CJK SC", "Noto Sans CJK SC", serif; overflow-wrap: anywhere; }
.head { text-align: center; letter-spacing: .05em; }
h1 { margin: .3em 0 .2em; font: bold 1.45em/1.35 "方正小标宋简体", SimSun, "宋体", "Songti SC", "Noto Serif CJK SC", serif; text-align: center; text-wrap: balance; }
.tags, .no { margin: 0; text-align: center; }
.tags b { border: 2px solid #000; padding: 0 .4em; }
p { margin: .3em 0; text-indent: 2em; text-align: justify; }
.lead { font-weight: bold; }
table { width: calc(100% - 3px); border-collapse: collapse; margin: .6em 0 .3em; line-height: 1.3; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 1.5px solid #000; padding: .15em .25em; vertical-align: middle; text-align: left; }
th { font-family: SimHei, "黑体", "Heiti SC", "Noto Sans CJK SC", sans-serif; text-align: center; }
.n { text-align: right; white-space: nowrap; font-family: "Times New Roman", "Liberation Serif", serif; }
.d { white-space: nowrap; }
.sum td { font-weight: bold; }
.note { text-indent: 0; }
footer { margin-top: .6em; border-top: 2px solid #000; padding-top: .3em; line-height: 1.3; break-inside: avoid; }
dl { margin: 0; }
dl div { display: flex; }
dt { flex: none; font-weight: bold; } dd { margin: 0; }
.witness { margin: .3em 0 0; text-indent: 0; text-align: right; }
.mark { position: fixed; top: 42%; left: 0; right: 0; text-align: center; font: bold 3em/1.2 SimHei, "黑体", "Noto Sans CJK SC", sans-serif; color: transparent; -webkit-text-stroke: 1.5px #000; opacity: .55; transform: rotate(-24deg); pointer-events: none; }
`

// posterPage escapes whatever it is given; no part of a record becomes markup.
var posterPage = template.Must(template.New("poster").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{.Title}}</title>
<style>{{.Style}}</style>
</head>
<body>
{{with .Mark}}<div class="mark">{{.}}</div>
{{end}}<div class="head">{{.Head}}</div>
<h1>{{.Title}}</h1>
{{if .Tags}}<div class="tags">{{range .Tags}}<b>{{.}}</b> {{end}}</div>
{{end}}{{with .Number}}<div class="no">{{.}}</div>
{{end}}{{range .Lead}}<p class="lead">{{.}}</p>
{{end}}{{range .Body}}<p>{{.}}</p>
{{end}}{{range .Tables}}{{$right := .Right}}<table>
<thead><tr>{{range .Heads}}<th>{{.}}</th>{{end}}</tr></thead>
<tbody>
{{range .Rows}}<tr>{{range $i, $c := .}}<td{{if index $right $i}} class="n"{{else if eq $i 0}} class="d"{{end}}>{{$c}}</td>{{end}}</tr>
{{end}}{{range .Foot}}<tr class="sum">{{range $i, $c := .}}<td{{if index $right $i}} class="n"{{end}}>{{$c}}</td>{{end}}</tr>
{{end}}</tbody>
</table>
{{range .Notes}}<p class="note">{{.}}</p>
{{end}}{{end}}<footer>
<dl>
{{with .Hanging}}<div><dt>{{$.HangingLabel}}{{$.Colon}}</dt><dd>{{.}}</dd></div>
{{end}}{{range .Facts}}<div><dt>{{.Label}}{{$.Colon}}</dt><dd>{{.Text}}</dd></div>
{{end}}{{with .Approval}}<div><dt>{{$.ApprovalLabel}}{{$.Colon}}</dt><dd>{{.}}</dd></div>
{{end}}{{with .Override}}<div><dd>{{.}}</dd></div>
{{end}}</dl>
<p class="witness">{{.Witness}}</p>
</footer>
</body>
</html>
`))

// text is the poster as plain lines, tables with a bar between cells.
func (s *poster) text() string {
	var b bytes.Buffer
	line := func(text string) {
		if text != "" {
			b.WriteString(text + "\n")
		}
	}
	if mark := s.Mark(); mark != "" {
		line("*** " + mark + " ***")
	}
	line(s.Head())
	line(s.Title)
	for _, tag := range s.Tags {
		line(s.t("【", "[") + tag + s.t("】", "]"))
	}
	line(s.Number())
	b.WriteString("\n")
	indent := ""
	if s.job.Lang == model.ZH { // a paragraph begins two characters in
		indent = "　　"
	}
	for _, list := range [][]string{s.Lead, s.Body} {
		for _, p := range list {
			line(indent + p)
		}
	}
	for _, t := range s.Tables {
		b.WriteString("\n")
		for _, rows := range [][][]string{{t.Heads}, t.Rows, t.Foot} {
			for _, row := range rows {
				line(strings.Join(row, " | "))
			}
		}
		for _, note := range t.Notes {
			line(note)
		}
	}
	b.WriteString("\n")
	if text := s.Hanging(); text != "" {
		line(s.HangingLabel() + s.Colon() + text)
	}
	for _, f := range s.Facts {
		line(f.Label + s.Colon() + f.Text)
	}
	if s.Approval != "" {
		line(s.ApprovalLabel() + s.Colon() + s.Approval)
	}
	line(s.Override)
	line(s.Witness)
	return b.String()
}

func nonBlank(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
