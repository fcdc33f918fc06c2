package docxtpl

import (
	"encoding/xml"
	"strings"

	"taizhang/model"
)

// styleNames gives the ids of styles by kind and name: "paragraph/heading 1".
// Programs number ids as they like; names they keep.
type styleNames map[string]string

func readStyles(raw []byte) (styleNames, error) {
	var part struct {
		Style []struct {
			Type string `xml:"type,attr"`
			ID   string `xml:"styleId,attr"`
			Name struct {
				Val string `xml:"val,attr"`
			} `xml:"name"`
		} `xml:"style"`
	}
	if err := xml.Unmarshal(raw, &part); err != nil {
		return nil, model.Problemf("模板里的样式读不出来，请用 Word 或 WPS 打开后重新保存", "the styles of the template cannot be read; open it in Word or WPS and save it again")
	}
	out := styleNames{}
	for _, s := range part.Style {
		if key := s.Type + "/" + strings.ToLower(s.Name.Val); s.ID != "" && out[key] == "" {
			out[key] = s.ID
		}
	}
	return out, nil
}

// find is the id of the first style there is; "" for none.
func (n styleNames) find(kind string, names ...string) string {
	for _, name := range names {
		if id := n[kind+"/"+strings.ToLower(name)]; id != "" {
			return id
		}
	}
	return ""
}

// Names under which styles of inserted texts are looked for: those of the
// program's own documents, then those of Word.
var (
	bodyStyles    = []string{"公文正文", "Body GB"}
	headingStyles = [4][]string{{"heading 1", "标题 1"}, {"heading 2", "标题 2"}, {"heading 3", "标题 3"}, {"heading 4", "标题 4"}}
	tableStyles   = []string{"公文表格", "Table GB", "Table Grid", "网格型"}
	headStyles    = []string{"表头", "Table Head"}
	cellStyles    = []string{"表格文字", "Table Text"}
	numberStyles  = []string{"表格数字", "Table Number"}
	noteStyles    = []string{"表注", "Note GB"}
)
