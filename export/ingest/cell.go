package ingest

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"taizhang/model"
)

// blanks are what people write into a cell that has nothing to say.
var blanks = map[string]bool{"—": true, "——": true, "-": true, "－": true, "–": true, "/": true, "／": true, "\\": true, "无": true, "N/A": true, "空": true}

// yes and no as ticks and crosses.
var ticks = map[string]string{"√": "是", "✓": "是", "✔": "是", "☑": "是", "×": "否", "✗": "否", "☐": "否", "X": "否", "x": "否"}

// numberText writes a number as people do: what a spreadsheet stores is 0.1 with
// sixteen digits of dust, or 1.2E+3. It has fifteen digits that count.
func numberText(raw string) string {
	f, ok := new(big.Float).SetString(raw)
	if !ok {
		return raw
	}
	if f.IsInt() {
		return f.Text('f', 0)
	}
	x, _ := f.Float64()
	s, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	if err != nil {
		return raw
	}
	return strconv.FormatFloat(s, 'f', -1, 64)
}

// lostDigits reports a number of more digits than a spreadsheet keeps: an id or a
// card entered as a number, whose last digits are gone.
func lostDigits(raw string) bool {
	f, ok := new(big.Float).SetString(raw)
	return ok && f.IsInt() && len(strings.TrimLeft(f.Text('f', 0), "-0")) > 15
}

// input is the text of a cell as a form would take it, "" where it is blank. The
// error is a sentence without the field's name; look is what is to be checked
// though it can be read.
func input(c *model.Context, f *model.Field, cell Cell, t *Table, year int) (text string, look model.Words, err error) {
	if text = strings.TrimSpace(cell.Text); text == "" {
		return "", look, nil
	}
	if cell.Number && lostDigits(cell.Text) {
		return "", look, model.Problemf("号码在表格里存成了数字，最后几位已经丢失（%s），不能导入。请在原表里把这一列改成文本，重新填写号码",
			"the number is stored as a number in the spreadsheet and has lost its last digits (%s); it cannot be imported. Make the column text there and enter it again", numberText(cell.Text))
	}
	switch f.Type {
	case model.TypeText, model.TypeNote, model.TypePick, model.TypePicks:
		if blanks[text] && (text != "无" || f.Type != model.TypeText && f.Type != model.TypeNote && !hasTerm(c, f, text)) {
			return "", look, nil
		}
	case model.TypeBool:
		if t, ok := ticks[text]; ok {
			return t, look, nil
		}
	case model.TypeDate:
		if blanks[text] {
			return "", look, nil
		}
		return dateText(c, cell, t.Date1904, year)
	default:
		if blanks[text] {
			return "", look, nil
		}
	}
	if cell.Number {
		text = numberText(cell.Text)
	}
	if cell.Filled && f.Numeric() {
		look = model.W("合并单元格的数填到了每一行，请核对是每行都有还是合起来的", "a merged cell's number was repeated on every row; check whether each has it, or all together")
	}
	if f.Type != model.TypeNote && f.Type != model.TypeList && f.Type != model.TypeRefs {
		text = strings.Join(strings.Fields(text), " ") // a line broken inside a cell
	}
	return text, look, nil
}

func hasTerm(c *model.Context, f *model.Field, text string) bool {
	_, ok := c.Schema.Vocab(f.Vocab).Term(text)
	return ok
}

var (
	serialDay = regexp.MustCompile(`^\d{5}(\.\d+)?$`)
	noYear    = regexp.MustCompile(`^(\d{1,2})[.\-/．月](\d{1,2})[日号]?$`)
	withYear  = regexp.MustCompile(`^(?:(?:19|20)\d\d|\d\d[.\-/．年]\d{1,2}[.\-/．月]\d)`)
	clockTime = regexp.MustCompile(`\s+\d{1,2}:\d\d(:\d\d)?$`)
)

// The days a spreadsheet's number may stand for: 1927 to 2100. Number 61 is 1 March
// 1900, since spreadsheets believe in a 29 February of that year.
const (
	firstSerial = 10_000
	lastSerial  = 73_000
	from1904    = 1462 // days between the two ways of counting
)

// dateText turns a cell of a date into a form that names its year. A day without
// one gets that of the title; without that it is asked for, never guessed from
// today, and so is what could be two days.
func dateText(c *model.Context, cell Cell, date1904 bool, year int) (string, model.Words, error) {
	var look model.Words
	text := clockTime.ReplaceAllString(strings.TrimSpace(cell.Text), "")
	if serialDay.MatchString(text) {
		whole, _, _ := strings.Cut(text, ".")
		n, _ := strconv.Atoi(whole)
		if date1904 && cell.Number {
			n += from1904
		}
		if n < firstSerial || n > lastSerial {
			return "", look, model.Problemf("看不懂日期“%s”", "cannot read %q as a date", text)
		}
		return model.NewDate(1900, 1, 1).AddDays(n - 2).String(), look, nil
	}
	if cell.Number {
		text = numberText(cell.Text)
		if _, day, ok := strings.Cut(text, "."); ok && len(day) == 1 && day[0] <= '3' {
			return "", look, model.Problemf("“%s”在表格里是数字，可能是%s日，也可能是%s0日，请在原表里改成文本或日期", "%q is a number in the spreadsheet: it may be day %s or day %s0; make it text or a date there", text, day, day)
		}
	}
	if m := noYear.FindStringSubmatch(text); m != nil {
		if year == 0 {
			return "", look, model.Problemf("“%s”没有年份。请写全，如 2025-03-12；整张表同一年的，在标题里写年份或用 --year 写明", "%q has no year. Write it out, such as 2025-03-12, or name the year of the whole table in its title or with --year", text)
		}
		return strconv.Itoa(year) + "-" + m[1] + "-" + m[2], look, nil
	}
	if !withYear.MatchString(text) {
		return "", look, model.Problemf("看不懂日期“%s”，请写成 2025-03-12、2025.3.12 或 2025年3月12日", "cannot read %q as a date; write 2025-03-12 or 2025.3.12", model.Shorten(text))
	}
	if year != 0 {
		if d, err := model.ReadDate(text, c.Today()); err == nil && int(d.Year) != year {
			look = model.Sayf("日期 %s 不在标题所写的%d年", "the date %s is not in the year of the title, %d", d, year)
		}
	}
	return text, look, nil
}
