package model

// Fonts is which fonts documents for Word name, by the settings. The two that the
// layout of official documents asks for exist in two editions: the older files of
// the standard, and those that come with Windows. A program that lacks one prints
// another in its place.
type Fonts string

// The editions. The zero value counts as the first.
const (
	FontsGB      Fonts = "gb2312"  // 仿宋_GB2312, 楷体_GB2312
	FontsWindows Fonts = "windows" // 仿宋, 楷体
)

var entryFonts = W("Word 字体", "fonts for Word")

// FontChoices names the editions in order; EN is what the settings hold.
func FontChoices() []Words {
	return []Words{{"仿宋_GB2312、楷体_GB2312", string(FontsGB)}, {"仿宋、楷体（Windows 自带）", string(FontsWindows)}}
}

// Fonts is the edition that the office's documents name.
func (s *Schema) Fonts() Fonts {
	if s.fonts == FontsWindows {
		return FontsWindows
	}
	return FontsGB
}
