package model

import "strings"

// Notice is what the office has printed at the foot of every poster. It is a
// part of the settings.
type Notice struct {
	Phone    string `json:"phone,omitempty"`    // 监督电话
	Box      string `json:"box,omitempty"`      // where opinions are put in: 社区一楼大厅意见箱
	Approval bool   `json:"approval,omitempty"` // the line of who reviewed and approved
}

// mostNotice is how many characters each part may have.
const mostNotice = 60

var entryNotice = W("公示单落款", "foot of posters")

// readNotice reads the part of a settings file.
func readNotice(part []byte) (*Notice, error) {
	n := &Notice{}
	if err := strictJSON(part, n); err != nil {
		return nil, Problemf("设置文件里的 notice 看不懂，可写：{\"phone\": \"0531-82345678\", \"box\": \"一楼大厅意见箱\", \"approval\": true}",
			"the settings file's notice cannot be read; it may hold phone, box and approval")
	}
	return n, n.Check()
}

// Check refuses a phone that is none and texts that do not fit a poster.
func (n *Notice) Check() error {
	if n.Phone != "" {
		phone, err := tidyPhone(n.Phone)
		if err != nil {
			return Problemf("监督电话：%s", "supervision phone: %s", AsWords(err))
		}
		n.Phone = phone
	}
	n.Box = strings.TrimSpace(n.Box)
	for _, text := range []string{n.Phone, n.Box} {
		if err := CheckText(text, false); err != nil {
			return err
		}
		if Characters(text) > mostNotice {
			return Problemf("公示单落款的每一项最多%d个字", "each part of the foot of posters has at most %d characters", mostNotice)
		}
	}
	return nil
}

// Notice is what stands at the foot of posters.
func (s *Schema) Notice() Notice { return s.notice }
