package report

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"taizhang/model"
)

// wordName is the name of a report by that of a Word document.
func wordName(file string) (string, bool) {
	name, ok := strings.CutSuffix(file, ".docx")
	if !ok {
		return "", false
	}
	return reportName(name + ".txt")
}

// Word is the office's own Word document for a report in a language, and the
// file it comes from; nil where there is none.
func (s Shelf) Word(name string, l model.Lang, most int64) (raw []byte, file string, err error) {
	if s.Own == nil || !goodName(name) {
		return nil, "", nil
	}
	for _, file := range []string{name + "." + l.String() + ".docx", name + ".docx", name + ".zh.docx", name + ".en.docx"} {
		raw, err := ReadWord(s.Own, file, most)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return raw, path.Join(Folder, file), err
	}
	return nil, "", nil
}

// ReadWord reads a Word document, and a byte more than the most it may have.
func ReadWord(dir fs.FS, name string, most int64) ([]byte, error) {
	f, err := dir.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil {
		return nil, unreadable(name, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, model.Problemf("%s 不是普通文件", "%s is not a regular file", model.Shorten(name))
	}
	raw, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, unreadable(name, err)
	}
	return raw, nil
}
