package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Custom is what an office adds to the built-in registers: fields of its own,
// whole registers, vocabularies and terms. It is plain data, kept in the ledger
// and exchanged as a file; NewSchemaWith turns it into declarations.
//
// Nothing is ever taken out of it: what the office no longer wants is marked
// removed or retired, so that old records keep their meaning.
type Custom struct {
	Fields    []CustomField    `json:"fields,omitempty"`    // of built-in registers
	Registers []CustomRegister `json:"registers,omitempty"` // with their fields
	Vocabs    []CustomVocab    `json:"vocabs,omitempty"`
	Terms     []CustomTerm     `json:"terms,omitempty"` // of built-in vocabularies that are the office's to change
	Templates []CustomTemplate `json:"templates,omitempty"`
	Office    Office           `json:"office,omitempty"`    // how many people share the steps of an approval; blank: three
	Notice    *Notice          `json:"notice,omitempty"`    // what stands at the foot of every poster; nil: nothing said
	Fonts     Fonts            `json:"fonts,omitempty"`     // that documents for Word name; blank: those of the standard
	Deadlines *Deadlines       `json:"deadlines,omitempty"` // the office's own times; nil: as built in
}

// CustomField declares a field of the office's own; see Field for the meaning
// of each part.
type CustomField struct {
	Register string        `json:"register,omitempty"` // key; blank inside a CustomRegister and in Sub
	Key      string        `json:"key"`                // x_…; in Sub without the prefix
	ZH       string        `json:"zh"`
	EN       string        `json:"en,omitempty"` // blank: as ZH
	Type     string        `json:"type"`         // one of FieldTypes
	Max      int           `json:"max,omitempty"`
	Required bool          `json:"required,omitempty"`
	Vocab    string        `json:"vocab,omitempty"`
	Refs     []string      `json:"refs,omitempty"`
	OrText   bool          `json:"or_text,omitempty"`
	Sub      []CustomField `json:"sub,omitempty"`
	Class    string        `json:"class,omitempty"` // blank: internal
	Mask     string        `json:"mask,omitempty"`
	Carry    bool          `json:"carry,omitempty"`
	Col      int           `json:"col,omitempty"`
	Cells    int           `json:"cells,omitempty"` // 0: by the type
	Hint     string        `json:"hint,omitempty"`
	HintEN   string        `json:"hint_en,omitempty"`
	Removed  bool          `json:"removed,omitempty"`
}

// CustomRegister declares a register of the office's own.
type CustomRegister struct {
	Key       string        `json:"key"`    // x_…
	Letter    string        `json:"letter"` // X and one or two letters
	ZH        string        `json:"zh"`
	EN        string        `json:"en,omitempty"`
	NameField string        `json:"name_field,omitempty"`
	DateField string        `json:"date_field,omitempty"`
	Fields    []CustomField `json:"fields"`
	Removed   bool          `json:"removed,omitempty"`
}

// CustomVocab is a vocabulary of the office's own.
type CustomVocab struct {
	Code    string       `json:"code"` // X_…
	ZH      string       `json:"zh"`
	EN      string       `json:"en,omitempty"`
	Terms   []CustomTerm `json:"terms"`
	Removed bool         `json:"removed,omitempty"` // offered to no new field
}

// CustomTerm is a term of the office's own, or, retired, one of a built-in
// vocabulary that it does not use.
type CustomTerm struct {
	Vocab    string `json:"vocab,omitempty"` // code; blank inside a CustomVocab
	ZH       string `json:"zh"`
	EN       string `json:"en,omitempty"`
	Initials string `json:"initials,omitempty"` // blank: by pinyin
	Retired  bool   `json:"retired,omitempty"`
}

// CustomTemplate is a template of the office's own; see Template.
type CustomTemplate struct {
	Key      string               `json:"key"` // x_…
	ZH       string               `json:"zh"`
	EN       string               `json:"en,omitempty"`
	Register string               `json:"register"`
	Texts    []CustomTemplateText `json:"texts"`
	Removed  bool                 `json:"removed,omitempty"`
}

// CustomTemplateText is what a template puts into a field: what a person would
// type, with slots in braces.
type CustomTemplateText struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}

// ActSettings changes the office's own fields, registers and terms; asked without
// a register.
const ActSettings Action = "settings"

// fieldTypes names every type in the settings and in their file.
var fieldTypes = [...]Words{
	TypeText: {"文字", "text"}, TypeNote: {"长文字", "note"}, TypeInt: {"整数", "int"}, TypeDec: {"小数", "dec"},
	TypeBool: {"是否", "bool"}, TypeMoney: {"金额", "money"}, TypeDate: {"日期", "date"}, TypeTime: {"时间", "time"},
	TypePick: {"单选", "pick"}, TypePicks: {"多选", "picks"}, TypeRef: {"引用一条", "ref"}, TypeRefs: {"引用多条", "refs"},
	TypeList: {"列表", "list"}, TypeOccasion: {"节日（带年份）", "occasion"}, TypePeriod: {"公开期次", "period"},
}

// fieldClasses are the privacy classes an office may give; the one for a named
// handler needs a procedure behind it and is not among them.
var fieldClasses = [...]Words{
	Open: {"可公开", "open"}, Internal: {"内部", "internal"}, Personal: {"个人信息", "personal"}, Sensitive: {"敏感", "sensitive"},
}

// fieldMasks are the kinds of datum an office may name.
var fieldMasks = map[string]Mask{
	"name": MaskName, "id_number": MaskIDNumber, "birth": MaskBirth, "phone": MaskPhone, "address": MaskAddress,
	"bank": MaskBank, "health": MaskHealth, "category": MaskCategory, "story": MaskStory, "party": MaskParty, "photo": MaskPhoto,
}

// FieldTypes lists the types in order; EN is what CustomField.Type holds.
func FieldTypes() []Words { return slices.Clone(fieldTypes[:]) }

// FieldClasses lists the privacy classes; EN is what CustomField.Class holds.
func FieldClasses() []Words { return slices.Clone(fieldClasses[:]) }

func named(list []Words, en string) int {
	return slices.IndexFunc(list, func(w Words) bool { return w.EN == en })
}

func typeNamed(name string) (Type, bool) {
	i := slices.IndexFunc(fieldTypes[:], func(w Words) bool { return w.EN == name })
	return Type(max(i, 0)), i >= 0
}

func classNamed(name string) (Class, bool) {
	if name == "" {
		return Internal, true
	}
	i := slices.IndexFunc(fieldClasses[:], func(w Words) bool { return w.EN == name })
	return Class(max(i, 0)), i >= 0
}

// Bounds of the settings: far above what an office needs, far below what would
// make a form or a start slow.
const (
	mostCustomFile = 1 << 20 // bytes
	mostFields     = 100     // of one register
	mostRegisters  = 50
	mostVocabs     = 100
	mostTerms      = 500 // of one vocabulary
	mostTemplates  = 200
	mostColumns    = 12 // of a list
	mostLabel      = 20 // characters
	mostLabelEN    = 40
	mostHint       = 60
	mostTerm       = 30
)

// customFormat is the version of the settings file.
const customFormat = 1

// customFile is the file as it is written.
type customFile struct {
	Format int `json:"taizhang_settings"`
	Custom
}

// JSON writes the settings as a file: always the same bytes for the same
// settings, indented to be read and compared.
func (c Custom) JSON() []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(customFile{customFormat, c}); err != nil {
		panic(err) // plain data
	}
	return b.Bytes()
}

// ReadCustom reads a settings file. It refuses, by the name of the entry, what
// it cannot read; whether the entries make sense is for NewSchemaWith.
func ReadCustom(b []byte) (Custom, error) {
	var c Custom
	if len(b) > mostCustomFile {
		return c, Problemf("设置文件超过 1 MB", "the settings file is larger than 1 MB")
	}
	if err := CheckText(strings.NewReplacer("\r", "", "\t", "").Replace(string(b)), true); err != nil {
		return c, Problemf("设置文件：%s", "the settings file: %s", AsWords(err))
	}
	var file map[string]json.RawMessage
	if err := strictJSON(b, &file); err != nil {
		return c, Problemf("设置文件不是 JSON：%s", "the settings file is not JSON: %s", Shorten(err.Error()))
	}
	var format int
	if err := json.Unmarshal(file["taizhang_settings"], &format); err != nil || format < 1 {
		return c, Problemf("这不是设置文件：缺少 taizhang_settings", "this is no settings file: taizhang_settings is missing")
	} else if format > customFormat {
		return c, Problemf("设置文件是新版程序写的（%d），请升级本程序", "the settings file was written by a newer program (%d); upgrade this one", format)
	}
	var err error
	for _, key := range sortedKeys(file) {
		part := file[key]
		switch key {
		case "taizhang_settings":
		case "fields":
			c.Fields, err = readEntries[CustomField](part, EntryField)
		case "registers":
			c.Registers, err = readEntries[CustomRegister](part, EntryRegister)
		case "vocabs":
			c.Vocabs, err = readEntries[CustomVocab](part, EntryVocab)
		case "terms":
			c.Terms, err = readEntries[CustomTerm](part, EntryTerm)
		case "templates":
			c.Templates, err = readEntries[CustomTemplate](part, EntryTemplate)
		case "office":
			if json.Unmarshal(part, &c.Office) != nil || c.Office != "" && named(Offices(), string(c.Office)) < 0 {
				err = Problemf("设置文件里的 office 只能是 three、two、one", "office in the settings file must be three, two or one")
			}
		case "notice":
			c.Notice, err = readNotice(part)
		case "fonts":
			if json.Unmarshal(part, &c.Fonts) != nil || c.Fonts != "" && named(FontChoices(), string(c.Fonts)) < 0 {
				err = Problemf("设置文件里的 fonts 只能是 gb2312、windows", "fonts in the settings file must be gb2312 or windows")
			}
		case "deadlines":
			c.Deadlines, err = readDeadlines(part)
		default:
			err = Problemf("设置文件里的“%s”不认识，可用 fields、registers、vocabs、terms、templates、office、notice、fonts、deadlines", "the settings file holds %q; it may hold fields, registers, vocabs, terms, templates, office, notice, fonts, deadlines", Shorten(key))
		}
		if err != nil {
			return Custom{}, err
		}
	}
	return c, nil
}

func sortedKeys(m map[string]json.RawMessage) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// strictJSON reads one JSON value with nothing after it and no unknown names.
func strictJSON(b []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if dec.More() {
		return fmt.Errorf("text after the end")
	}
	return nil
}

// readEntries reads a list one by one, so that a bad one can be named.
func readEntries[T any](b []byte, kind Words) ([]T, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return nil, Problemf("“%s”应是一个列表", "the part %s must be a list", kind)
	}
	var out []T
	for i, r := range raw {
		var one T
		if err := strictJSON(r, &one); err != nil {
			var known struct{ Register, Key, Code, Vocab, ZH string }
			_ = json.Unmarshal(r, &known)
			name := entryName(known.Register, known.Key)
			if name == "" {
				name = entryName(known.Vocab, known.Code+known.ZH)
			}
			return nil, Problemf("第%d个%s %s：读不懂：%s", "entry %d, %s %s: cannot be read: %s", i+1, kind, Shorten(name), jsonWords(err))
		}
		out = append(out, one)
	}
	return out, nil
}

// jsonWords says in both languages what the decoder found.
func jsonWords(err error) Words {
	if e, ok := err.(*json.UnmarshalTypeError); ok {
		return Sayf("%s 的值不对（不能是 %s）", "the value of %s is wrong (it cannot be %s)", Shorten(e.Field), e.Value)
	}
	if _, name, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return Sayf("%s 不认识", "%s is not known", Shorten(name))
	}
	return W(Shorten(err.Error()), Shorten(err.Error()))
}

// The kinds of entry, as messages call them.
var (
	EntryField    = W("项目", "field")
	EntryRegister = W("台账", "register")
	EntryVocab    = W("词表", "vocabulary")
	EntryTerm     = W("词", "term")
	EntryTemplate = W("模板", "template")
	entryOffice   = W("办公室人数", "office")
)

// entryName is how an entry is called in messages and in the journal:
// activity.x_weather, x_dogs, X_KIND, LINE.夜校.
func entryName(in, key string) string {
	if in == "" || key == "" {
		return in + key
	}
	return in + "." + key
}

// field finds a declared field; register "" inside lists of its own.
func fieldAt(fs []CustomField, register, key string) int {
	return slices.IndexFunc(fs, func(f CustomField) bool { return f.Register == register && f.Key == key })
}

// Field returns the office's field of a register, also of its own ones; nil
// when there is none.
func (c *Custom) Field(register, key string) *CustomField {
	if i := fieldAt(c.Fields, register, key); i >= 0 {
		return &c.Fields[i]
	}
	if reg := c.Register(register); reg != nil {
		if i := fieldAt(reg.Fields, "", key); i >= 0 {
			return &reg.Fields[i]
		}
	}
	return nil
}

// Register returns the office's register with that key, nil when there is none.
func (c *Custom) Register(key string) *CustomRegister {
	if i := slices.IndexFunc(c.Registers, func(r CustomRegister) bool { return r.Key == key }); i >= 0 {
		return &c.Registers[i]
	}
	return nil
}

// Vocab returns the office's vocabulary with that code, nil when there is none.
func (c *Custom) Vocab(code string) *CustomVocab {
	if i := slices.IndexFunc(c.Vocabs, func(v CustomVocab) bool { return v.Code == code }); i >= 0 {
		return &c.Vocabs[i]
	}
	return nil
}

// Term returns the office's entry for a term of any vocabulary, nil when there
// is none.
func (c *Custom) Term(vocab, zh string) *CustomTerm {
	terms, in := c.Terms, vocab
	if v := c.Vocab(vocab); v != nil {
		terms, in = v.Terms, ""
	}
	if i := slices.IndexFunc(terms, func(t CustomTerm) bool { return t.Vocab == in && t.ZH == zh }); i >= 0 {
		return &terms[i]
	}
	return nil
}

// Template returns the office's template with that key, nil when there is none.
func (c *Custom) Template(key string) *CustomTemplate {
	if i := slices.IndexFunc(c.Templates, func(t CustomTemplate) bool { return t.Key == key }); i >= 0 {
		return &c.Templates[i]
	}
	return nil
}

// Clone copies the settings so that changing the copy leaves these alone.
func (c Custom) Clone() Custom {
	out := Custom{Fields: cloneFields(c.Fields), Registers: slices.Clone(c.Registers), Vocabs: slices.Clone(c.Vocabs), Terms: slices.Clone(c.Terms), Templates: slices.Clone(c.Templates), Office: c.Office, Notice: c.Notice, Fonts: c.Fonts, Deadlines: c.Deadlines}
	for i := range out.Templates {
		out.Templates[i].Texts = slices.Clone(out.Templates[i].Texts)
	}
	for i := range out.Registers {
		out.Registers[i].Fields = cloneFields(out.Registers[i].Fields)
	}
	for i := range out.Vocabs {
		out.Vocabs[i].Terms = slices.Clone(out.Vocabs[i].Terms)
	}
	return out
}

func cloneFields(fs []CustomField) []CustomField {
	out := slices.Clone(fs)
	for i := range out {
		out[i].Refs, out[i].Sub = slices.Clone(out[i].Refs), cloneFields(out[i].Sub)
	}
	return out
}
