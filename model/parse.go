package model

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Parse reads what a person typed into a field. Blank text gives nil. The error
// is a sentence in both languages without the field's name.
func (c *Context) Parse(f *Field, text string) (any, error) {
	if err := CheckText(text, f.Type == TypeNote || f.Type == TypeList); err != nil {
		return nil, err
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	switch f.Type {
	case TypeText, TypeNote:
		clean, _ := Clean(text)
		if f.Tidy != nil {
			tidy, err := f.Tidy(clean)
			if err != nil {
				return nil, err
			}
			clean = tidy
		}
		if n := Characters(clean); n > f.Limit() {
			return nil, Problemf("最多%d个字，现在有%d个", "at most %d characters, this has %d", f.Limit(), n)
		}
		return clean, nil
	case TypeInt:
		n, err := ReadInt(text)
		if err != nil {
			return nil, err
		}
		return n, f.bounds(n)
	case TypeDec:
		d, err := ParseDec(text)
		if err != nil {
			return nil, err
		}
		if d < 0 && f.Min >= 0 {
			return nil, Problemf("不能是负数", "must not be negative")
		}
		return d, nil
	case TypeMoney:
		m, err := ParseMoney(text)
		if err != nil {
			return nil, err
		}
		return m, nil
	case TypeBool:
		return parseBool(text)
	case TypeDate:
		d, err := ReadDate(text, c.Today())
		if err != nil {
			return nil, err
		}
		return d, nil
	case TypeTime:
		return parseTime(text)
	case TypePick:
		v, err := c.Schema.Vocab(f.Vocab).Find(text)
		if err != nil {
			return nil, err
		}
		return v, nil
	case TypePicks:
		return c.parsePicks(f, splitTerms(text))
	case TypeRef:
		r, err := c.ParseRef(f, text)
		if err != nil {
			return nil, err
		}
		return r, nil
	case TypeRefs:
		return c.parseRefs(f, splitNames(text))
	case TypeList:
		return c.parseRows(f, text)
	case TypeOccasion:
		return c.parseOccasion(f, text)
	case TypePeriod:
		p, err := ParsePeriodKey(text)
		if err != nil {
			return nil, err
		}
		return p, nil
	}
	panic(fmt.Sprintf("field type %d cannot be read", f.Type))
}

// Accept reads a value from JSON: what Parse reads as a string, and the
// natural JSON form of every type.
func (c *Context) Accept(f *Field, v any) (any, error) {
	switch x := v.(type) {
	case nil:
		return nil, nil
	case string:
		return c.Parse(f, x)
	case json.Number:
		return c.Parse(f, x.String())
	case bool:
		return c.Parse(f, strconv.FormatBool(x))
	case map[string]any:
		if f.Type == TypeList && f.One {
			return c.acceptRows(f, []any{x})
		}
	case []any:
		switch f.Type {
		case TypeList:
			return c.acceptRows(f, x)
		case TypePicks, TypeRefs:
			texts := make([]string, len(x))
			for i, e := range x {
				s, ok := e.(string)
				if !ok {
					return nil, Problemf("列表里只能是文字", "the list may hold texts only")
				}
				if err := CheckText(s, false); err != nil {
					return nil, err
				}
				texts[i] = s
			}
			if f.Type == TypePicks {
				return c.parsePicks(f, texts)
			}
			return c.parseRefs(f, texts)
		}
	}
	return nil, Problemf("这种JSON值放不进这一项", "this kind of JSON value does not fit the field")
}

func (f *Field) bounds(n int64) error {
	switch {
	case n < f.Min && f.Min == 0:
		return Problemf("不能是负数", "must not be negative")
	case n < f.Min:
		return Problemf("不能小于%d", "must be at least %d", f.Min)
	case f.Most > 0 && n > f.Most:
		return Problemf("不能大于%d", "must be at most %d", f.Most)
	}
	return nil
}

func parseBool(text string) (any, error) {
	switch nameKey(text) {
	case "是", "有", "对", "√", "true", "yes", "y", "1", "s":
		return true, nil
	case "否", "无", "不", "×", "false", "no", "n", "0", "f":
		return false, nil
	}
	return nil, Problemf("请填“是”或“否”", "answer yes or no")
}

// parseTime reads hh:mm, also 1430, 9点, 9点半, 14：30.
func parseTime(text string) (any, error) {
	t := halfWidth(strings.TrimSpace(text))
	t = strings.NewReplacer("点半", ":30", "点", ":", "时", ":", "分", "").Replace(t)
	h, m, found := strings.Cut(strings.TrimSuffix(t, ":"), ":")
	if !found && len(h) > 2 {
		h, m = h[:len(h)-2], h[len(h)-2:]
	}
	if m == "" {
		m = "0"
	}
	hh, err1 := strconv.Atoi(h)
	mm, err2 := strconv.Atoi(m)
	if err1 != nil || err2 != nil || hh < 0 || hh > 23 || mm < 0 || mm > 59 {
		return nil, Problemf("“%s”不是时间，请写如 14:30", "%q is not a time; write it like 14:30", Shorten(text))
	}
	return fmt.Sprintf("%02d:%02d", hh, mm), nil
}

// splitTerms splits several vocabulary values: they contain no spaces in
// Chinese, so every separator people use is taken. English terms may contain
// spaces, so spaces separate only when no other separator is there and the
// text is not ASCII.
func splitTerms(text string) []string {
	if parts := splitNames(text); len(parts) > 1 || isASCII(text) {
		return parts
	}
	return strings.Fields(text)
}

// splitNames splits several names: a name may hold a space (John Smith), so
// only commas, 顿号 and semicolons separate.
func splitNames(text string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) }) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func isASCII(s string) bool {
	for _, r := range s {
		if r > unicode.MaxASCII {
			return false
		}
	}
	return true
}

func (c *Context) parsePicks(f *Field, texts []string) (any, error) {
	if len(texts) == 1 { // initials with spaces between: dj wt
		if _, err := c.Schema.Vocab(f.Vocab).Find(texts[0]); err != nil {
			texts = strings.Fields(texts[0])
		}
	}
	var out []string
	for len(texts) > 0 {
		v, used, err := findLongest(c.Schema.Vocab(f.Vocab), texts)
		if err != nil {
			return nil, err
		}
		if texts = texts[used:]; !contains(out, v) {
			out = append(out, v)
		}
	}
	if out == nil {
		return nil, nil
	}
	return out, nil
}

// findLongest finds the term that the first texts make together, since English
// terms may hold the comma that separates them: women, children.
func findLongest(v *Vocab, texts []string) (value string, used int, err error) {
	for n := min(len(texts), 3); n > 0; n-- {
		if value, err = v.Find(strings.Join(texts[:n], ",")); err == nil {
			return value, n, nil
		}
	}
	return "", 0, err
}

func contains[T comparable](list []T, v T) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

// ParseRef finds the record a person means by id or exact name. Several of one
// name are refused with their ids; an unknown name is taken as text only where
// the field allows it.
func (c *Context) ParseRef(f *Field, text string) (Ref, error) {
	text, _ = Clean(strings.TrimSpace(text))
	if id := TidyID(text); c.Schema.OfID(id) != nil {
		reg := c.Schema.OfID(id)
		if !contains(f.Refs, reg.Key) {
			return Ref{}, Problemf("%s是“%s”，这里要的是%s", "%s is of register %s; wanted here: %s", id, reg.Words, c.targets(f))
		}
		if r := c.Book.Record(id); r == nil {
			return Ref{}, Problemf("没有编号 %s", "there is no %s", id)
		}
		return Ref{ID: id}, nil
	}
	var ids []string
	for _, key := range f.Refs {
		ids = append(ids, c.Book.Named(key, text)...)
	}
	switch {
	case len(ids) == 1:
		return Ref{ID: ids[0]}, nil
	case len(ids) > 1:
		return Ref{}, Problemf("“%s”有%d个（%s），请填编号", "%q is the name of %d records (%s); give the id",
			Shorten(text), len(ids), strings.Join(ids[:min(len(ids), 5)], " "))
	case f.OrText:
		if n := Characters(text); n > f.Limit() {
			return Ref{}, Problemf("最多%d个字，现在有%d个", "at most %d characters, this has %d", f.Limit(), n)
		}
		return Ref{Text: text}, nil
	}
	return Ref{}, Problemf("在%s里没有“%s”，请先登记，或填编号", "no record of %s is named %q; enter it first, or give an id", c.targets(f), Shorten(text))
}

// targets names the registers a reference may point to.
func (c *Context) targets(f *Field) Words {
	var zh, en []string
	for _, key := range f.Refs {
		if reg := c.Schema.Register(key); reg != nil {
			zh, en = append(zh, "“"+reg.Words.ZH+"”"), append(en, reg.Words.EN)
		}
	}
	return Words{strings.Join(zh, "、"), strings.Join(en, ", ")}
}

func (c *Context) parseRefs(f *Field, texts []string) (any, error) {
	var out []Ref
	for _, t := range texts {
		r, err := c.ParseRef(f, t)
		if err != nil {
			return nil, err
		}
		if !r.IsZero() && !contains(out, r) {
			out = append(out, r)
		}
	}
	if out == nil {
		return nil, nil
	}
	return out, nil
}

// parseOccasion reads a festival's instance and checks its name against the
// vocabulary.
func (c *Context) parseOccasion(f *Field, text string) (any, error) {
	name, _ := SplitOccasion(text)
	full, err := c.Schema.Vocab(f.Vocab).Find(name)
	if err != nil {
		return nil, err
	}
	o, err := ParseOccasion(strings.Replace(halfWidth(text), halfWidth(name), full, 1), c.Today())
	if err != nil {
		return nil, err
	}
	return o, nil
}

// rows of a list as text: rows apart by ；or a new line, cells by spaces or, so
// that a cell may be blank or hold spaces, by |. "4户" is two cells, 4 and 户,
// where the list counts things.
func (c *Context) parseRows(f *Field, text string) (any, error) {
	var rows []Row
	if f.quantity() >= 0 && !strings.ContainsAny(text, "|｜") { // 米2袋，油1桶
		text = strings.NewReplacer("，", "；", "、", "；").Replace(text)
	}
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '；' || r == ';' || r == '\n' }) {
		cells := f.cells(line)
		if len(cells) == 0 {
			continue
		}
		if len(cells) > len(f.Sub) {
			return nil, Problemf("每行最多%d格（%s），“%s”有%d格", "a row has at most %d cells (%s); %q has %d",
				len(f.Sub), subNames(f), Shorten(line), len(cells))
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
	line = strings.TrimSpace(strings.ReplaceAll(line, "｜", "|"))
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
