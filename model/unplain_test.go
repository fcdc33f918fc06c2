package model

import (
	"bytes"
	"encoding/json"
	"testing"
)

// Every kind of value comes back from its exchange form as it was.
func TestUnplain(t *testing.T) {
	s := NewSchema()
	list := &Field{Key: "l", Type: TypeList, Sub: []*Field{{Key: "n", Type: TypeInt}, {Key: "m", Type: TypeMoney}, {Key: "r", Type: TypeRef}}}
	for _, c := range []struct {
		f *Field
		v any
	}{
		{&Field{Type: TypeText}, "A-2026-0001"}, {&Field{Type: TypeNote}, "一\n二"}, {&Field{Type: TypeTime}, "09:30"}, {&Field{Type: TypePick}, "早已停用的词"},
		{&Field{Type: TypeInt}, int64(1 << 60)}, {&Field{Type: TypeInt}, int64(-3)}, {&Field{Type: TypeDec}, Dec(-3125)}, {&Field{Type: TypeBool}, false},
		{&Field{Type: TypeMoney}, Money(123456)}, {&Field{Type: TypeMoney}, Money(-50)}, {&Field{Type: TypeDate}, NewDate(2026, 3, 8)},
		{&Field{Type: TypeDate}, spanOf(2026, 7, ByHalf)}, {&Field{Type: TypePicks}, []string{"文体", "a,b"}},
		{&Field{Type: TypeRef}, Ref{ID: "P-2026-0001"}}, {&Field{Type: TypeRef}, Ref{Text: "3号楼"}}, {&Field{Type: TypeRefs}, []Ref{{ID: "S-2026-0001"}, {Text: "老王"}}},
		{&Field{Type: TypeOccasion}, Occasion{"春节", 2027}}, {&Field{Type: TypePeriod}, PeriodKey("2027-B1")},
		{list, []Row{{"n": int64(2), "m": Money(150), "r": Ref{ID: "P-2026-0002"}}, {"n": int64(0)}}},
	} {
		b, err := json.Marshal(Plain(c.v))
		if err != nil {
			t.Fatal(err)
		}
		dec := json.NewDecoder(bytes.NewReader(b))
		dec.UseNumber()
		var in any
		if err := dec.Decode(&in); err != nil {
			t.Fatal(err)
		}
		if back, ok := s.Unplain(c.f, in); !ok || !Equal(back, c.v) {
			t.Errorf("%v (%s) came back as %v, %v", c.v, b, back, ok)
		}
	}
	for _, c := range []struct {
		f *Field
		v any
	}{
		{&Field{Type: TypeInt}, "12"}, {&Field{Type: TypeInt}, json.Number("1.5")}, {&Field{Type: TypeMoney}, json.Number("12")}, {&Field{Type: TypeDate}, "3月8日"},
		{&Field{Type: TypeBool}, "是"}, {&Field{Type: TypeText}, json.Number("3")}, {&Field{Type: TypePicks}, []any{json.Number("1")}}, {&Field{Type: TypePicks}, "文体"},
		{list, []any{map[string]any{"n": "二"}}}, {list, []any{"二"}}, {&Field{Type: TypeRef}, map[string]any{}},
	} {
		if v, ok := s.Unplain(c.f, c.v); ok {
			t.Errorf("%v was taken for %v", c.v, v)
		}
	}
}
