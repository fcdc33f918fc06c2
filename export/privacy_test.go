package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
)

var chineseDay = regexp.MustCompile(`\d{4}年\d+月\d+日`)

// write exports one register and returns the file as text, Markdown without its
// escapes so that the masks can be looked for.
func write(t *testing.T, d *desk, register string, f Format, a model.Audience, l model.Lang) (string, Result) {
	t.Helper()
	var b bytes.Buffer
	res, err := Register(&b, d, Job{Register: d.c.Schema.Register(register), Format: f, Audience: a, Lang: l})
	if err != nil {
		t.Fatalf("%s %s %s: %v", register, f, a, err)
	}
	text := b.String()
	if f == XLSX {
		book, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		text = cellText(t, book)
		text += chineseDay.ReplaceAllStringFunc(text, func(day string) string { // a day by whatever name
			var y, m, d int
			fmt.Sscanf(day, "%d年%d月%d日", &y, &m, &d)
			return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
		})
	}
	if f == Markdown {
		text = strings.ReplaceAll(text, `\`, "")
	}
	return text, res
}

// raw is what must never stand in a public file: the vectors of domain.md §10
// and what else the records of the fixture hold.
var raw = []string{"张小明", "张明", "欧阳修", "司马相如", "阿依古丽", "买买提", "赵小宝",
	"11010519491231002X", "110105", "002X", "13812345678", "5678", "6222021234567890123", "0123456789012", "尾号",
	"3号楼", "2单元", "501", "肝癌", "肢体", "1949-12-31", "2018-05-01", "困难党员", "低保", "困境儿童", "因病",
	"助听器", "失业", "中共党员", "1971", "PZ1", "HD-001", "孙建议", "转为正式党员"}

func TestPublicFilesHoldNoRawValue(t *testing.T) {
	d := newDesk(t)
	for _, reg := range d.c.Schema.Registers {
		for _, f := range []Format{CSV, JSON, Markdown, XLSX} {
			for _, l := range []model.Lang{model.ZH, model.EN} {
				text, _ := write(t, d, reg.Key, f, model.Public, l)
				for _, s := range raw {
					if strings.Contains(strings.ReplaceAll(text, "0123456789abcdef", ""), s) {
						t.Errorf("%s as %s for the public in %s holds %q:\n%s", reg.Key, f, l, s, text)
					}
				}
				for _, r := range d.records {
					if r.Register == reg && strings.Contains(text, r.ID) {
						t.Errorf("%s as %s for the public holds the id %s", reg.Key, f, r.ID)
					}
				}
			}
		}
	}
}

func TestMasksByAudience(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		a     model.Audience
		has   []string
		hasnt []string
	}{
		{model.Public, []string{"张*明", "张*", "欧阳*", "司马**", "阿*", "和平小区", "岁以上"}, []string{"P-2026"}},
		{model.Superior, []string{"张小明", "欧阳修", "110105********002X", "13812345678", "尾号0123", "和平小区3号楼2单元501室", "1949-12-31", "赵小宝"},
			[]string{"11010519491231002X", "6222021234567890123", "肝癌"}},
		{model.Accounts, []string{"张小明", "尾号0123", "110105********002X"}, []string{"肝癌", "肢体", "1971-07-01", "13812345678"}},
		{model.Inside, []string{"张小明", "110105********002X", "138****5678"}, []string{"11010519491231002X", "6222021234567890123"}},
	} {
		for _, f := range []Format{CSV, Markdown, XLSX} {
			text, _ := write(t, d, "person", f, c.a, model.ZH)
			for _, s := range c.has {
				if !strings.Contains(text, s) {
					t.Errorf("%s for %s lacks %q:\n%s", f, c.a, s, text)
				}
			}
			for _, s := range c.hasnt {
				if strings.Contains(text, s) {
					t.Errorf("%s for %s holds %q:\n%s", f, c.a, s, text)
				}
			}
		}
	}
}

func TestMinorsAreCountedNotListed(t *testing.T) {
	d := newDesk(t)
	text, res := write(t, d, "person", CSV, model.Public, model.ZH)
	if res.Rows != 5 || res.Withheld != 1 || !strings.Contains(text, "另有未成年人1名，不列出") {
		t.Errorf("%+v:\n%s", res, text)
	}
	if foot := res.Foot(model.EN); foot != "1 more under age, not listed" {
		t.Error(foot)
	}
	if _, res = write(t, d, "visit", JSON, model.Public, model.ZH); res.Withheld != 1 || res.Minors {
		t.Errorf("visits: %+v", res)
	}
	// What is withheld for another reason is not called a child.
	if text, res = write(t, d, "issue", Markdown, model.Public, model.ZH); res.Withheld != 1 || !strings.Contains(text, "另有1条，不列出") {
		t.Errorf("issues: %+v\n%s", res, text)
	}
	if _, res = write(t, d, "person", CSV, model.Superior, model.ZH); res.Rows != 6 || res.Withheld != 0 {
		t.Errorf("superior: %+v", res)
	}
}

// A public list in the order of entry would tell who is who.
func TestPublicListsAreSortedByAmount(t *testing.T) {
	text, _ := write(t, newDesk(t), "visit", CSV, model.Public, model.ZH)
	last := -1
	for _, amount := range []string{"3,000.00", "1,000.00", "800.00", "500.00"} {
		at := strings.Index(text, amount)
		if at <= last {
			t.Errorf("%s out of order:\n%s", amount, text)
		}
		last = at
	}
}

func TestJSONIsLossless(t *testing.T) {
	d := newDesk(t)
	if text, _ := write(t, d, "person", JSON, model.Inside, model.EN); strings.Contains(text, "6222021234567890123") || !strings.Contains(text, "11010519491231002X") {
		t.Error("a clerk's file holds a bank card, or not the rest")
	}
	d.c.Actor.Roles = []model.Role{model.Clerk, model.Finance} // bank cards are for finance
	for _, reg := range d.c.Schema.Registers {
		text, res := write(t, d, reg.Key, JSON, model.Inside, model.EN)
		dec := json.NewDecoder(strings.NewReader(text))
		dec.UseNumber()
		var list []JSONRecord
		if err := dec.Decode(&list); err != nil || len(list) != res.Rows {
			t.Fatalf("%s: %v, %d of %d", reg.Key, err, len(list), res.Rows)
		}
		for _, j := range list {
			was := d.Record(j.ID)
			if was == nil || j.Register != reg.Key || j.Version != was.Version {
				t.Fatalf("%+v", j)
			}
			var in []model.Input
			for k, v := range j.Values {
				if f := reg.Field(k); f == nil || f.Editable() {
					in = append(in, model.Input{Name: k, Value: v})
				}
			}
			back, err := d.c.Read(reg, in)
			if err != nil {
				t.Fatalf("%s %v: %v", j.ID, j.Values, err)
			}
			for _, f := range reg.Fields {
				if ref, ok := was.Get(f.Key).(model.Ref); ok && ref.ID == "" && d.c.NameOf(back[f.Key].(model.Ref)) == ref.Text {
					continue // by now there is a record of that name
				}
				if f.Editable() && f.Class != model.Handler && !model.Equal(was.Get(f.Key), back[f.Key]) {
					t.Errorf("%s.%s: %v came back as %v", j.ID, f.Key, was.Get(f.Key), back[f.Key])
				}
			}
			if j.Values["person"] == "孙建议" {
				t.Error("the file names who gave an opinion")
			}
		}
	}
}

func TestReadersGetMaskedJSON(t *testing.T) {
	d := newDesk(t)
	d.c.Actor.Roles = []model.Role{model.Viewer}
	text, _ := write(t, d, "person", JSON, model.Inside, model.ZH)
	for _, s := range []string{"11010519491231002X", "13812345678", "肝癌", "张小明", "501"} {
		if strings.Contains(text, s) {
			t.Errorf("someone who may only look gets %q", s)
		}
	}
	one := RecordFor(d.c, d.Record("P-2026-0001"), model.Inside, model.ZH)
	if one.Values["name"] != "张*明" || one.ID != "P-2026-0001" {
		t.Errorf("%+v", one)
	}
}
