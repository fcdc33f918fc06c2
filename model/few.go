package model

import "slices"

// fewest is how many people must share a figure before it is public: of one or
// two, neighbours know who.
const fewest = 3

// TooFew reports whether a count of people is too small to be public.
func TooFew(n int64) bool { return n > 0 && n < fewest }

// FewerWords stand in public in the place of so small a count.
var FewerWords = W("不足3", "fewer than 3")

// ConcernsPeople says whether each record of the register is about a resident.
func (reg *Register) ConcernsPeople() bool {
	return reg.Key == "person" || slices.ContainsFunc(reg.Fields, func(f *Field) bool {
		return f.Type == TypeRef && f.Mask == MaskName && slices.Contains(f.Refs, "person")
	})
}
