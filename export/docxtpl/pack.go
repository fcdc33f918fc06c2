package docxtpl

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"taizhang/model"
)

// pack is the file: its parts, and those of them that are filled.
type pack struct {
	zip    *zip.Reader
	filled []*part // the main part first
	styles string  // name of the part; "" for none
}

// part is a part whose text is filled.
type part struct {
	name string
	kind string // document, header, footer
	data []byte
	w    string // prefix of the names of WordprocessingML
	root *node
}

var notWord = model.W("不是能用的 Word 文件（.docx）", "this is no Word document (.docx) that can be used")

const contentTypes = "[Content_Types].xml"

// open reads the directory of the file and the parts that may hold tags.
func open(file []byte) (*pack, error) {
	if len(file) > MostFile {
		return nil, model.Problemf("模板太大，最多%d MB", "the template is too large; %d MB at most", MostFile>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		if bytes.HasPrefix(file, []byte("\xd0\xcf\x11\xe0")) {
			return nil, model.Problemf("这是旧的 .doc 文件，或设了密码。请用 WPS 或 Word 打开，去掉密码，另存为 .docx 后再用", "this is an old .doc file, or one with a password. Open it in Word or WPS, take the password off and save it as .docx")
		}
		return nil, problem(notWord)
	}
	if len(z.File) > mostParts {
		return nil, model.Problemf("模板里的部件太多，最多%d个", "the template has too many parts; %d at most", mostParts)
	}
	p := &pack{zip: z}
	seen, all := map[string]bool{}, uint64(0)
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		if seen[name] || strings.Contains(name, `\`) || strings.HasPrefix(name, "/") || slices.Contains(strings.Split(name, "/"), "..") {
			return nil, problem(notWord)
		}
		seen[name] = true
		if f.UncompressedSize64 > mostAll || all+f.UncompressedSize64 > mostAll {
			return nil, model.Problemf("模板解开后太大，最多%d MB", "unpacked, the template is too large; %d MB at most", mostAll>>20)
		}
		all += f.UncompressedSize64
		if strings.HasSuffix(name, "vbaproject.bin") {
			return nil, model.Problemf("模板里有宏，不能用。请另存为不带宏的 .docx", "the template holds macros and cannot be used; save it as .docx without them")
		}
	}
	left := int64(mostPart)
	raw, err := p.read(contentTypes, &left)
	if err != nil {
		return nil, err
	}
	var types struct {
		Override []struct {
			PartName    string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
	}
	if err := xml.Unmarshal(raw, &types); err != nil {
		return nil, problem(notWord)
	}
	const prefix = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	for _, kind := range []string{"document", "header", "footer"} {
		for _, o := range types.Override {
			name, of := strings.TrimPrefix(o.PartName, "/"), strings.TrimSuffix(strings.TrimPrefix(o.ContentType, prefix), "+xml")
			if of == "styles" {
				p.styles = name
			}
			if of == kind+".main" || of == kind && kind != "document" {
				p.filled = append(p.filled, &part{name: name, kind: kind})
			}
		}
	}
	if len(p.filled) == 0 || p.filled[0].kind != "document" {
		return nil, problem(notWord)
	}
	for _, f := range p.filled {
		if f.data, err = p.read(f.name, &left); err != nil {
			return nil, err
		}
		if err := f.scan(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// read unpacks a part, and no more than is left of what may be read.
func (p *pack) read(name string, left *int64) ([]byte, error) {
	i := slices.IndexFunc(p.zip.File, func(f *zip.File) bool { return f.Name == name })
	if i < 0 {
		return nil, problem(notWord)
	}
	r, err := p.zip.File[i].Open()
	if err != nil {
		return nil, problem(notWord)
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, *left+1))
	if err != nil {
		return nil, model.Problemf("模板里的 %s 已损坏，请用 Word 或 WPS 打开后重新保存", "%s in the template is damaged; open it in Word or WPS and save it again", model.Shorten(name))
	}
	if *left -= int64(len(raw)); *left < 0 {
		return nil, model.Problemf("模板里的文字部分太大，最多%d MB", "the text parts of the template are too large; %d MB at most", mostPart>>20)
	}
	return raw, nil
}

// write packs the file again: the texts given by name, all else as it lies in
// the template.
func (p *pack) write(w io.Writer, texts map[string][]byte) error {
	z := zip.NewWriter(w)
	for _, f := range p.zip.File {
		text, filled := texts[f.Name]
		if !filled {
			if err := z.Copy(f); err != nil {
				return err
			}
			continue
		}
		out, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate}) // without a time
		if err == nil {
			_, err = out.Write(text)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

func problem(w model.Words) error { return model.Problemf("%s", "%s", w) }

var errEnd = errors.New("end of the part")
