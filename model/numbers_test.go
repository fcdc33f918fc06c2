package model

import "testing"

// Numbers as people write them into a form, with the input method on or off.
func TestNumbersAsWritten(t *testing.T) {
	c := &Context{Schema: NewSchema(), Book: noBook{}}
	for _, x := range []struct {
		field *Field
		text  string
		want  any // nil: refused
	}{
		{Activity.Field("attend_total"), "２５人", int64(25)},
		{Activity.Field("attend_total"), "0.5万人次", int64(5000)},
		{Activity.Field("attend_total"), "１，０４５", int64(1045)},
		{Activity.Field("attend_total"), "三打", nil},
		{Activity.Field("attend_total"), "3打", nil},
		{Activity.Field("attend_total"), "三十来人", nil},
		{Activity.Field("attend_total"), "25.5", nil},
		{Activity.Field("volunteer_hours"), "3.5小时", Dec(3500)},
		{Activity.Field("volunteer_hours"), "２．５", Dec(2500)},
		{Activity.Field("volunteer_hours"), "半小时", nil},
		{Visit.Field("amount"), "0.5万", Money(5000_00)},
		{Visit.Field("amount"), "1.2万元", Money(12000_00)},
		{Visit.Field("amount"), "￥１，３５０．００", Money(1350_00)},
		{Visit.Field("amount"), "500块", Money(500_00)},
		{Visit.Field("amount"), "1350元整", Money(1350_00)},
		{Visit.Field("amount"), "1,35", nil},
		{Visit.Field("amount"), "五百", nil},
		{Visit.Field("amount"), "元", nil},
	} {
		got, err := c.Parse(x.field, x.text)
		if x.want == nil && err == nil || x.want != nil && (err != nil || got != x.want) {
			t.Errorf("%s %q: %v, %v, want %v", x.field.Key, x.text, got, err, x.want)
		}
	}
}
