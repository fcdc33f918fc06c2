package model

// Mask is the kind of datum a field holds, for the matrix audience × kind of
// domain.md §10. The zero value follows the field's privacy class alone.
type Mask uint8

// Kinds of data.
const (
	MaskNone     Mask = iota
	MaskName          // a resident's name
	MaskIDNumber      // 身份证号
	MaskBirth         // birth date, age
	MaskPhone
	MaskAddress // below the compound: building, unit, room
	MaskBank
	MaskHealth   // disease, disability
	MaskCategory // aid category 困难类别
	MaskStory    // cause, family, need, free text
	MaskParty    // Party membership data
	MaskHandler  // petitioner, accused: the handler only
	MaskPhoto
)

// Audience is who will read what is written 导出对象 (domain.md §10).
type Audience uint8

// The four audiences.
const (
	Inside   Audience = iota // internal 内部: working list
	Superior                 // superior 上报: street office, civil affairs
	Public                   // public 公示: notice board, web, poster
	Accounts                 // finance 财务: payout, audit
)
