package plain

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/width"

	"taizhang/model"
)

// longest is the longest line that is read, in bytes: a note at its limit of
// 4,000 characters.
const longest = 64 << 10

// errEnd says that input ended or the line is gone.
var errEnd = errors.New("plain: no more input")

// dialogue asks and answers line by line. Only whole lines of clean text go
// out: no escape sequence, no control character but the line feed.
type dialogue struct {
	in   *bufio.Reader
	out  *bufio.Writer
	lang model.Lang
	echo bool // who types sees it, and ends the line of the question
}

func (d *dialogue) say(w model.Words) { d.line(w.In(d.lang)) }

// line writes one line, or several where the text has line feeds.
func (d *dialogue) line(text string) {
	clean, _ := model.Clean(text)
	_, _ = d.out.WriteString(clean + "\n") // the writer keeps its error
}

// sayf is say with arguments; words among them are put into the language.
func (d *dialogue) sayf(w model.Words, args ...any) { d.say(model.Sayf(w.ZH, w.EN, args...)) }

// ask writes a question and reads one line, trimmed. errEnd when there is none.
func (d *dialogue) ask(question model.Words) (string, error) {
	clean, _ := model.Clean(question.In(d.lang))
	_, _ = d.out.WriteString(clean)
	if err := d.out.Flush(); err != nil {
		return "", err
	}
	text, err := d.read()
	if !d.echo || err != nil {
		_ = d.out.WriteByte('\n')
	}
	return text, err
}

// read takes one line. What is longer than a line may be is an answer that no
// field takes, so it is refused there and not cut.
func (d *dialogue) read() (string, error) {
	var b []byte
	for {
		part, err := d.in.ReadSlice('\n')
		if len(b) <= longest {
			b = append(b, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == nil, errors.Is(err, io.EOF) && len(b) > 0:
			return strings.TrimSpace(strings.ToValidUTF8(string(b), "\uFFFD")), nil
		case errors.Is(err, io.EOF):
			return "", errEnd
		}
		return "", errors.Join(errEnd, err) // a terminal that is gone
	}
}

// command is what was typed as a command sees it: full-width twins as ASCII,
// small letters.
func command(text string) string {
	text = strings.ToLower(width.Fold.String(text))
	return strings.NewReplacer("。", ".", "｡", ".", "《", "<", "〈", "<", "》", ">", "〉", ">").Replace(text)
}
