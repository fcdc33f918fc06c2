package db

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"

	"taizhang/model"
)

// everyType is a register with a field of each type, and what each may hold.
var everyType = func() *model.Register {
	sub := []*model.Field{{Key: "item", Type: model.TypeText}, {Key: "qty", Type: model.TypeDec}, {Key: "price", Type: model.TypeMoney},
		{Key: "on", Type: model.TypeDate}, {Key: "by", Type: model.TypeRef}}
	reg := *model.Venue
	reg.Fields = nil
	for key, typ := range map[string]model.Type{"text": model.TypeText, "note": model.TypeNote, "int": model.TypeInt, "dec": model.TypeDec,
		"bool": model.TypeBool, "money": model.TypeMoney, "date": model.TypeDate, "time": model.TypeTime, "pick": model.TypePick,
		"picks": model.TypePicks, "ref": model.TypeRef, "refs": model.TypeRefs, "list": model.TypeList, "occasion": model.TypeOccasion,
		"period": model.TypePeriod} {
		f := &model.Field{Key: key, Type: typ}
		if typ == model.TypeList {
			f.Sub = sub
		}
		reg.Fields = append(reg.Fields, f)
	}
	return &reg
}()

func field(key string) *model.Field {
	for _, f := range everyType.Fields {
		if f.Key == key {
			return f
		}
	}
	return nil
}

func TestEveryTypeComesBack(t *testing.T) {
	for _, c := range []struct {
		key string
		v   any
	}{
		{"text", "和平社区"}, {"text", "𠮷·a"}, {"note", "一\n二"}, {"int", int64(0)}, {"int", int64(-1)}, {"int", int64(1) << 62},
		{"int", int64(-1) << 63}, {"dec", model.Dec(0)}, {"dec", model.Dec(12500)}, {"dec", model.Dec(-1)}, {"dec", model.Dec(1000)},
		{"bool", true}, {"bool", false}, {"money", model.Money(123456)}, {"money", model.Money(-5)},
		{"date", model.NewDate(2026, 3, 8)}, {"date", model.Date{Year: 2026, Month: 1, Day: 1, Precision: model.ByHalf}},
		{"date", model.Date{Year: 2026, Month: 7, Day: 1, Precision: model.ByQuarter}}, {"time", "09:30"}, {"pick", "室内"},
		{"picks", []string{"党建", "文体"}}, {"ref", model.Ref{ID: "P-2026-0001"}}, {"ref", model.Ref{Text: "P-2026-0001"}},
		{"refs", []model.Ref{{ID: "S-2026-0001"}, {Text: "王某"}}},
		{"list", []model.Row{{"item": "米", "qty": model.Dec(1500), "price": model.Money(990), "on": model.NewDate(2026, 1, 2), "by": model.Ref{ID: "S-2026-0001"}, "own": int64(3)}}},
		{"occasion", model.Occasion{Name: "春节", Year: 2027}}, {"occasion", model.Occasion{Name: "日常走访"}},
		{"occasion", model.Occasion{Name: "80岁生日", Year: 2027}}, {"occasion", model.Occasion{Name: "年货节", Year: 2027}},
		{"period", model.PeriodKey("2027-B1")},
	} {
		b, err := appendValue(nil, c.v)
		if err != nil {
			t.Fatal(err)
		}
		if err := cbor.Wellformed(b); err != nil {
			t.Errorf("%s %v: %v", c.key, c.v, err)
		}
		got := decodeAs(field(c.key), b)
		if !reflect.DeepEqual(got, c.v) {
			t.Errorf("%s: stored %#v, read %#v", c.key, c.v, got)
		}
		again, err := appendValue(nil, decodeAny(b, 0))
		if err != nil || !bytes.Equal(again, b) {
			t.Errorf("%s: a program that does not know the field writes %x for %x", c.key, again, b)
		}
	}
}

// What an office or a newer program put under keys of its own keeps its bytes.
func TestUnknownKeysKeepTheirBytes(t *testing.T) {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]any{
		"x_any":   []any{int64(1), -2, "三", true, nil, 1.5, 1e300, []byte{1, 2}, map[string]any{"a": nil, "b": []any{}}},
		"x_big":   uint64(1) << 63,
		"x_map":   map[string]any{"k": "", "zz": map[string]any{"n": 1}},
		"x_tag":   cbor.Tag{Number: 4711, Content: "t"},
		"x_empty": "", "x_null": nil, "x_dec": cbor.Tag{Number: 4, Content: []any{5, 3}},
		"x_map2": map[int]string{1: "one"},
	}
	val, err := mode.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	r := &model.Record{ID: "L-2026-0001", Register: everyType, Version: 1, Values: model.Values{}}
	if err := eachPair(val, func(k, v []byte) bool {
		r.Values[string(k)] = decodeField(everyType, string(k), v)
		return true
	}); err != nil {
		t.Fatal(err)
	}
	again, err := appendMap(nil, r.Values)
	if err != nil || !bytes.Equal(again, val) {
		t.Errorf("came back as\n%x, was\n%x (%v)", again, val, err)
	}
	if !model.Equal(r.Values["x_any"], decodeField(everyType, "x_any", mustAppend(t, r.Values["x_any"]))) {
		t.Error("the same undeclared value is not equal to itself")
	}
	if _, err := json.Marshal(model.Plain(map[string]any(r.Values))); err != nil {
		t.Error(err)
	}
}

func mustAppend(t *testing.T, v any) []byte {
	b, err := appendValue(nil, v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A value of another type than declared is shown as it is, not lost.
func TestWrongTypeIsKept(t *testing.T) {
	for _, key := range []string{"int", "money", "date", "bool", "dec", "picks", "list", "refs"} {
		b := mustAppend(t, "不对")
		if got := decodeAs(field(key), b); got != "不对" {
			t.Errorf("%s: %#v", key, got)
		}
	}
	b := mustAppend(t, []any{"一", int64(2)})
	if got := decodeAs(field("picks"), b); !bytes.Equal(mustAppend(t, got), b) {
		t.Errorf("mixed list became %#v", got)
	}
}

// The encoder against a complete library, both ways.
func TestEncodingIsCoreDeterministic(t *testing.T) {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	leaf := rapid.OneOf(rapid.Int64().AsAny(), rapid.StringN(0, 40, -1).AsAny(), rapid.Bool().AsAny(), rapid.Float64().AsAny())
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.MapOfN(rapid.StringN(0, 30, -1), rapid.OneOf(leaf,
			rapid.SliceOfN(leaf, 1, 5).AsAny(), rapid.MapOfN(rapid.StringN(1, 3, -1), leaf, 1, 4).AsAny()), 0, 30).Draw(t, "m")
		for k, v := range m {
			if model.Blank(v) {
				delete(m, k)
			}
			if sub, ok := v.(map[string]any); ok {
				for k, v := range sub {
					if model.Blank(v) {
						delete(sub, k)
					}
				}
			}
		}
		want, err := mode.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		got, err := appendMap(nil, m)
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%x, the library writes %x (%v)", got, want, err)
		}
		if again := mustMap(t, decodeAny(want, 0)); !bytes.Equal(again, want) {
			t.Fatalf("read and written again: %x, was %x", again, want)
		}
	})
}

func mustMap(t *rapid.T, v any) []byte {
	b, err := appendValue(nil, v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Damaged bytes give errors, never a panic or a hang.
func FuzzDecode(f *testing.F) {
	f.Add(benchRecord(f))
	f.Add([]byte{0xBF, 0xFF})
	f.Add([]byte{0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF})
	f.Fuzz(func(t *testing.T, b []byte) {
		_, _, _ = decodeRecord(model.Activity, b)
		_, _ = decodeEntry(b)
		_ = decodeDraft(b)
		_ = fields(b, nil, "date", "title")
		for _, fd := range everyType.Fields {
			if len(b) > 0 {
				_ = decodeAs(fd, b)
			}
		}
	})
}

func benchRecord(t testing.TB) []byte {
	r := &model.Record{ID: "A-2026-0317", Register: model.Activity, Version: 1,
		Created: model.Stamp{By: "S-2026-0001", At: time.UnixMilli(1772933400000)}, Updated: model.Stamp{By: "S-2026-0001", At: time.UnixMilli(1772933400000)},
		Values: model.Values{
			"date": model.NewDate(2026, 3, 8), "time_from": "09:00", "time_to": "11:00", "title": "庆三八手工活动", "lines": []string{"妇联", "文体"},
			"form": "手工", "role": "主办", "venue": model.Ref{ID: "L-2026-0003"}, "audience": []string{"妇女"}, "attend_total": int64(42),
			"attend_party": int64(8), "owner": model.Ref{ID: "S-2026-0002"}, "recorder": model.Ref{ID: "S-2026-0001"},
			"occasion": model.Occasion{Name: "三八", Year: 2026}, "cost": model.Money(35000), "cost_source": "党建经费",
			"summary": "邀请非遗传承人现场教学，居民动手制作团扇，现场气氛热烈，共完成作品四十余件。",
			"results": []model.Row{{"n": int64(42), "unit": "件", "label": "作品"}}, "held": "已举办",
		}}
	b, err := encodeRecord(r, 12345, make([]byte, saltLength))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFieldsReadsOnlyWhatIsAsked(t *testing.T) {
	got := fields(benchRecord(t), nil, "attend_total", "nothing", "date")
	if n, _ := decodeInt(got[0]); n != 42 || got[1] != nil {
		t.Errorf("got %x", got)
	}
	if s, _ := decodeText(got[2]); s != "2026-03-08" {
		t.Errorf("got %s", s)
	}
}

func BenchmarkDecodeWhole(b *testing.B) {
	raw := benchRecord(b)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := decodeRecord(model.Activity, raw); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeThreeFields(b *testing.B) {
	raw := benchRecord(b)
	b.ReportAllocs()
	var out [3][]byte
	for b.Loop() {
		fields(raw, out[:], "date", "lines", "attend_total")
	}
}

func BenchmarkEncode(b *testing.B) {
	r, seq, err := decodeRecord(model.Activity, benchRecord(b))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := encodeRecord(r, seq, make([]byte, saltLength)); err != nil {
			b.Fatal(err)
		}
	}
}
