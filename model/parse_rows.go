package model

import (
	"strings"
)

// parseRows reads the rows of a list; rowtext.go says how they are written.
func (c *Context) parseRows(f *Field, text string) (any, error) {
	var rows []Row
	for _, cells := range f.SplitRows(text) {
		for len(cells) > len(f.Sub) && cells[len(cells)-1] == "" { // 棉被 | 1 | 床 | |
			cells = cells[:len(cells)-1]
		}
		if len(cells) > len(f.Sub) {
			return nil, Problemf("每行最多%d格（%s），“%s”有%d格", "a row has at most %d cells (%s); %q has %d",
				len(f.Sub), subNames(f), Shorten(strings.Join(cells, " ")), len(cells))
		}
		row := Row{}
		for i, cell := range cells {
			v, err := c.Parse(f.Sub[i], cell)
			if err != nil {
				return nil, subError(f.Sub[i], err)
			}
			if !Blank(v) {
				row[f.Sub[i].Key] = v
			}
		}
		rows = append(rows, row)
	}
	return f.checkRows(rows)
}

func (c *Context) acceptRows(f *Field, list []any) (any, error) {
	var rows []Row
	for _, e := range list {
		obj, ok := e.(map[string]any)
		if !ok {
			return nil, Problemf("列表的每一行应是对象", "each row of the list must be an object")
		}
		row := Row{}
		for k, v := range obj {
			sub := f.sub(k)
			if sub == nil {
				return nil, Problemf("列表没有“%s”这一格，可用的有：%s", "the list has no cell %q; it has: %s", Shorten(k), subNames(f))
			}
			val, err := c.Accept(sub, v)
			if err != nil {
				return nil, subError(sub, err)
			}
			if !Blank(val) {
				row[sub.Key] = val
			}
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	return f.checkRows(rows)
}

func subError(sub *Field, err error) error {
	return Problemf("%s：%s", "%s: %s", sub.Words, AsWords(err))
}

func (f *Field) checkRows(rows []Row) (any, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	if f.One && len(rows) > 1 {
		return nil, Problemf("只能有一行", "only one row is allowed")
	}
	for i, row := range rows {
		for _, sub := range f.Sub {
			if sub.Need == Required && Blank(row[sub.Key]) {
				return nil, Problemf("第%d行缺少“%s”", "row %d lacks %s", i+1, sub.Words)
			}
		}
	}
	return rows, nil
}

func (f *Field) sub(name string) *Field {
	for _, s := range f.Sub {
		if s.Key == name || nameKey(s.Words.ZH) == nameKey(name) || nameKey(s.Words.EN) == nameKey(name) {
			return s
		}
	}
	return nil
}

func subNames(f *Field) Words {
	var zh, en []string
	for _, s := range f.Sub {
		zh, en = append(zh, s.Words.ZH), append(en, s.Words.EN)
	}
	return Words{strings.Join(zh, " "), strings.Join(en, " ")}
}

func (f *Field) cells(line string) []string {
	line = strings.TrimSpace(oneBar.Replace(line))
	if line == "" {
		return nil
	}
	if strings.Contains(line, "|") {
		parts := strings.Split(line, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		return parts
	}
	cells := strings.Fields(line)
	if q := f.quantity(); q >= 0 {
		cells = counted(cells, q)
	}
	if n := len(f.Sub); len(cells) > n && f.Sub[n-1].Type == TypeText {
		cells = append(cells[:n-1:n-1], strings.Join(cells[n-1:], " "))
	}
	return cells
}

// Counts reports whether the list counts things in units: 4户, 米2袋.
func (f *Field) Counts() bool { return f.quantity() >= 0 }

// quantity is the place of the number in a list that counts things in units
// (4户, 米2袋), -1 in other lists.
func (f *Field) quantity() int {
	for i := 1; i < len(f.Sub); i++ {
		if f.Sub[i].Key == "unit" && f.Sub[i-1].Numeric() {
			return i - 1
		}
	}
	return -1
}

// counted takes numbers and units apart that are written together, and puts the
// number first where the list wants it so: 4户 五好家庭, 节目3个 and 米 2袋 are all
// ways people write.
func counted(words []string, quantity int) []string {
	var cells []string
	for _, w := range words {
		digit := strings.IndexAny(halfWidth(w)[:1], "0123456789") == 0
		if len(words) == 1 || digit {
			cells = append(cells, splitDigits(w)...)
		} else {
			cells = append(cells, w)
		}
	}
	number := func(i int) bool {
		if i >= len(cells) {
			return false
		}
		_, err := ParseDec(cells[i])
		return err == nil
	}
	if quantity == 0 && !number(0) && number(1) {
		label := cells[0]
		cells = append(cells[1:min(3, len(cells)):min(3, len(cells))], append([]string{label}, cells[min(3, len(cells)):]...)...)
		if len(cells) == 2 { // no unit was written
			cells = []string{cells[0], "", cells[1]}
		}
	}
	return cells
}

// splitDigits cuts between digits and other characters: 米2袋 → 米 2 袋.
func splitDigits(s string) []string {
	var out []string
	start, wasDigit := 0, false
	for i, r := range s {
		digit := r >= '0' && r <= '9' || r >= '０' && r <= '９' || (wasDigit && r == '.')
		if i > 0 && digit != wasDigit {
			out = append(out, s[start:i])
			start = i
		}
		wasDigit = digit
	}
	return append(out, s[start:])
}
