package report

import (
	"cmp"
	"embed"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"taizhang/model"
)

//go:embed templates/*.txt
var builtin embed.FS

// Builtin are the reports the program brings, by name.
var Builtin = map[string]model.Words{
	"summary":     model.W("工作总结", "work summary"),
	"application": model.W("申报材料", "award application"),
}

// Folder is where an office keeps templates of its own, beside the ledger:
// NAME.txt, or NAME.zh.txt and NAME.en.txt. A file of the name of a built-in
// report takes its place.
const Folder = "templates"

// Shelf finds templates: the office's own before the built-in ones.
type Shelf struct {
	Own fs.FS // the folder; nil: none
}

// Entry is a report that can be made from a template.
type Entry struct {
	Name  string
	Words model.Words // what it is called; of the office's own its name
	Own   bool        // by the office's own template
	Text  bool        // there is a text template: any format
	Word  bool        // there is a Word document of the office: it is what is written as docx
}

// List names the reports there are, built-in ones first.
func (s Shelf) List() ([]Entry, error) {
	var out []Entry
	own, word := map[string]bool{}, map[string]bool{}
	if s.Own != nil {
		files, err := fs.ReadDir(s.Own, ".")
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, unreadable(Folder, err)
		}
		for _, f := range files {
			if name, ok := reportName(f.Name()); ok && !f.IsDir() {
				own[name] = true
			}
			if name, ok := wordName(f.Name()); ok && !f.IsDir() {
				word[name] = true
			}
		}
	}
	for name, words := range Builtin {
		out = append(out, Entry{Name: name, Words: words, Own: own[name], Text: true, Word: word[name]})
		delete(own, name)
		delete(word, name)
	}
	slices.SortFunc(out, func(a, b Entry) int { return cmp.Compare(a.Name, b.Name) })
	first := len(out)
	for name := range own {
		out = append(out, Entry{Name: name, Words: model.W(name, name), Own: true, Text: true, Word: word[name]})
		delete(word, name)
	}
	for name := range word {
		out = append(out, Entry{Name: name, Words: model.W(name, name), Own: true, Word: true})
	}
	slices.SortFunc(out[first:], func(a, b Entry) int { return cmp.Compare(a.Name, b.Name) })
	return out, nil
}

// reportName is the name of a report by that of its file.
func reportName(file string) (string, bool) {
	name, ok := strings.CutSuffix(file, ".txt")
	if !ok {
		return "", false
	}
	for _, l := range []string{".zh", ".en"} {
		name = strings.TrimSuffix(name, l)
	}
	return name, goodName(name)
}

// goodName accepts letters, digits, - and _: a name is never a way.
func goodName(name string) bool {
	return name != "" && len(name) <= 90 && !strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_'
	})
}

// Find returns the report a person means, by its name or what it is called.
func (s Shelf) Find(name string) (Entry, error) {
	list, err := s.List()
	if err != nil {
		return Entry{}, err
	}
	name = strings.TrimSpace(name)
	var zh, en []string
	for _, e := range list {
		if e.Name == name || e.Words.ZH == name || strings.EqualFold(e.Words.EN, name) {
			return e, nil
		}
		zh, en = append(zh, e.Name+" "+e.Words.ZH), append(en, e.Name)
	}
	return Entry{}, model.Problemf("没有“%s”这个报告模板，现有：%s", "there is no report template %q; there are: %s", model.Shorten(name),
		model.W(strings.Join(zh, "、"), strings.Join(en, ", ")))
}

// Source is the text of a report's template in a language, and the file it
// comes from; "" for a built-in one.
func (s Shelf) Source(name string, l model.Lang) (src, file string, err error) {
	if !goodName(name) {
		return "", "", model.Problemf("“%s”不是报告的名称", "%q is no name of a report", model.Shorten(name))
	}
	if s.Own != nil {
		for _, file := range []string{name + "." + l.String() + ".txt", name + ".txt", name + ".zh.txt", name + ".en.txt"} {
			src, err := ReadFile(s.Own, file)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			return src, path.Join(Folder, file), err
		}
	}
	for _, file := range []string{name + "." + l.String() + ".txt", name + ".zh.txt"} {
		raw, err := builtin.ReadFile(path.Join(Folder, file))
		if err == nil {
			return string(raw), "", nil
		}
	}
	return "", "", model.Problemf("没有“%s”这个报告模板", "there is no report template %q", model.Shorten(name))
}

// ReadFile reads a template, and no more of it than a template may have.
func ReadFile(dir fs.FS, name string) (string, error) {
	f, err := dir.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if err != nil {
		return "", unreadable(name, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return "", model.Problemf("%s 不是普通文件", "%s is not a regular file", model.Shorten(name))
	}
	raw, err := io.ReadAll(io.LimitReader(f, mostSource+1))
	if err != nil {
		return "", unreadable(name, err)
	}
	return string(raw), nil
}

func unreadable(name string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return model.Problemf("没有权限读 %s", "no permission to read %s", model.Shorten(name))
	}
	return model.Problemf("%s 读不出来：%s", "%s cannot be read: %s", model.Shorten(name), model.Shorten(err.Error()))
}
