package model

import (
	"slices"
	"testing"
)

func recalled(t *testing.T, reg *Register, by string, pairs ...any) *Record {
	t.Helper()
	r := NewRecord(reg)
	r.Created.By = by
	for i := 0; i < len(pairs); i += 2 {
		key := pairs[i].(string)
		if f := reg.Field(key); f == nil || !f.Holds(pairs[i+1]) {
			t.Fatalf("%s does not hold %v", key, pairs[i+1])
		}
		r.Set(key, pairs[i+1])
	}
	return r
}

func TestLastAlike(t *testing.T) {
	recent := []*Record{ // newest first
		recalled(t, Activity, "S-2027-0002", "form", "讲座", "venue", Ref{Text: "会议室"}, "role", "协办", "host", "街道"),
		recalled(t, Activity, "S-2027-0001", "form", "讲座", "programmes", []string{"读书社"}, "venue", Ref{Text: "阅览室"}, "cost_source", "办公经费"),
		recalled(t, Activity, "S-2027-0001", "form", "义诊", "venue", Ref{Text: "广场"}),
	}
	get := func(key string, pairs ...any) any {
		return LastAlike(Activity.Field(key), recalled(t, Activity, "", pairs...), recent, "S-2027-0001")
	}
	for _, c := range []struct {
		name string
		got  any
		want any
	}{
		{"the newest of the form", get("venue", "form", "讲座"), Ref{Text: "会议室"}},
		{"form and programme beat the newest", get("venue", "form", "讲座", "programmes", []string{"读书社"}), Ref{Text: "阅览室"}},
		{"nothing is alike", get("venue", "form", "展览"), nil},
		{"blank is like nothing", get("venue"), nil},
		{"not needed", get("host", "role", "主办"), nil},
		{"needed", get("host", "role", "协办"), "街道"},
		{"a source without a cost", get("cost_source", "form", "讲座"), nil},
		{"a source for a cost", get("cost_source", "form", "讲座", "cost", Money(500)), "办公经费"},
		{"a field without Last", get("title", "form", "讲座"), nil},
	} {
		if !Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
	visits := []*Record{
		recalled(t, Visit, "S-2027-0002", "visitors", []Ref{{ID: "S-2027-0002"}}, "occasion", Occasion{"春节", 2027}, "fund", "工会"),
		recalled(t, Visit, "S-2027-0001", "visitors", []Ref{{ID: "S-2027-0001"}, {ID: "S-2027-0003"}}, "occasion", Occasion{"七一", 2026}, "fund", "党费"),
	}
	r := recalled(t, Visit, "", "occasion", Occasion{"七一", 2026}, "amount", Money(50000))
	if v := LastAlike(Visit.Field("fund"), r, visits, "S-2027-0001"); v != "党费" {
		t.Errorf("fund: %v", v)
	}
	if v := LastAlike(Visit.Field("visitors"), r, visits, "S-2027-0001"); !Equal(v, []Ref{{ID: "S-2027-0001"}, {ID: "S-2027-0003"}}) {
		t.Errorf("visitors: %v", v)
	}
}

// A copy takes what makes sense to repeat, in every register, and no register's
// counts, dates, signatures or receipts.
func TestCopied(t *testing.T) {
	for _, reg := range NewSchema().Registers {
		for _, f := range reg.Fields {
			switch f.Type {
			case TypeInt, TypeDec, TypeDate, TypeOccasion, TypePeriod:
				// A catalogue item's rules are numbers that repeat; nothing counted does.
				if f.Repeats() && reg.Key != "catalogue" && f.Key != "hours" {
					t.Errorf("%s.%s would be copied", reg.Key, f.Key)
				}
			case TypeList:
				if f.Repeats() && f.Key != "goods" {
					t.Errorf("%s.%s would be copied", reg.Key, f.Key)
				}
			}
			if f.Completes() && f.Class > Internal {
				t.Errorf("%s.%s would complete personal data", reg.Key, f.Key)
			}
			for _, key := range f.Like {
				if reg.Field(key) == nil || !f.Last {
					t.Errorf("%s.%s is like %s, which is not there", reg.Key, f.Key, key)
				}
			}
		}
	}
	old := recalled(t, Activity, "S-2027-0001", "date", NewDate(2026, 3, 8), "title", "趣味运动会", "attend_total", int64(86), "results",
		[]Row{{"n": int64(4)}}, "venue", Ref{Text: "广场"}, "edition", "第四届", "owner", Ref{ID: "S-2027-0001"}, "cost", Money(100), "held", "已举办")
	got := Copied(old, NewDate(2027, 3, 8))
	if len(got) != 3 || got["title"] != "趣味运动会" || got["venue"] != (Ref{Text: "广场"}) || got["owner"] != (Ref{ID: "S-2027-0001"}) {
		t.Errorf("%v", got)
	}
}

func TestReplaceYear(t *testing.T) {
	for _, c := range [][2]string{
		{"2026年春节慰问", "2027年春节慰问"}, {"2026-2026 两年", "2027-2027 两年"}, {"文号〔2026〕3号", "文号〔2027〕3号"},
		{"12026人", "12026人"}, {"20261", "20261"}, {"2025年", "2025年"}, {"", ""}, {"2026", "2027"},
	} {
		if got := replaceYear(c[0], NewDate(2026, 2, 1), "2027"); got != c[1] {
			t.Errorf("%s: %s", c[0], got)
		}
	}
}

func TestWrittenAndUsed(t *testing.T) {
	var recent []*Record
	for _, title := range []string{"甲", "乙", "乙", "丙", "", "甲"} {
		recent = append(recent, recalled(t, Activity, "S-2027-0002", "title", title, "form", "讲座"))
	}
	recent = append(recent, recalled(t, Activity, "S-2027-0001", "title", "丙", "form", "义诊", "lines", []string{"文体", "党建"}))
	title := Activity.Field("title")
	if got := Written(title, "", recent, "S-2027-0001"); !slices.Equal(got, []string{"丙", "乙", "甲"}) {
		t.Errorf("%v", got) // her own counts double
	}
	if got := Used(Activity.Field("form"), recent, "S-2027-0001", 5); !slices.Equal(got, []string{"义诊", "讲座"}) {
		t.Errorf("%v", got)
	}
	if got := Used(Activity.Field("lines"), recent, "S-2027-0001", 1); !slices.Equal(got, []string{"文体"}) {
		t.Errorf("%v", got)
	}
	goods := []*Record{recalled(t, Visit, "", "goods", []Row{{"item": "米"}, {"item": "油"}}), recalled(t, Visit, "", "goods", []Row{{"item": "油"}})}
	if got := Written(Visit.Field("goods"), "item", goods, ""); !slices.Equal(got, []string{"油", "米"}) {
		t.Errorf("%v", got)
	}
}

func TestYearAgo(t *testing.T) {
	show := func(d Date) (out []string) {
		for _, p := range YearAgo(d) {
			out = append(out, p.From.String()+".."+p.To.String())
		}
		return out
	}
	for _, c := range []struct {
		day  Date
		want []string
	}{
		// Ten days before 春节 2027 (02-06) answers to ten days before 春节 2026 (02-17).
		{NewDate(2027, 1, 27), []string{"2026-02-04..2026-02-10", "2026-01-25..2026-01-31"}},
		// 七一 is the same day every year: the weeks overlap, and no day comes twice.
		{NewDate(2027, 7, 1), []string{"2026-06-28..2026-07-04", "2026-07-05..2026-07-05"}},
		{NewDate(2027, 5, 19), []string{"2026-05-17..2026-05-23"}},
	} {
		if got := show(c.day); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.day, got, c.want)
		}
	}
}
