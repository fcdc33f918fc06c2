package export

import (
	"bytes"
	"strings"
	"testing"

	"taizhang/model"
)

func aided(t *testing.T, d *desk, f Format, a model.Audience, l model.Lang) string {
	t.Helper()
	var b bytes.Buffer
	if err := Aid(&b, d, AidJob{Period: model.YearOf(day(1, 1)), Format: f, Audience: a, Lang: l}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAidGolden(t *testing.T) {
	d := payoutDesk(t)
	year := day(1, 1)
	year.Precision = model.ByYear
	d.add("budget", model.Values{"fund": "街道民政", "from": year, "amount": model.Money(10_000_00)})
	d.add("budget", model.Values{"fund": "党费", "from": year, "amount": model.Money(300_00)})
	for _, l := range []model.Lang{model.ZH, model.EN} {
		for _, f := range []Format{HTML, CSV, Markdown, Text} {
			golden(t, "aid-superior."+l.String()+"."+string(f), aided(t, d, f, model.Superior, l))
		}
		golden(t, "aid-public."+l.String()+".md", aided(t, d, Markdown, model.Public, l))
	}
	if err := Aid(&bytes.Buffer{}, d, AidJob{Period: model.YearOf(day(1, 1)), Format: JSON}); err == nil {
		t.Error("written as JSON")
	}
}

// What fewer than three were given is in no public file, nor what would tell it.
func TestAidInPublic(t *testing.T) {
	d := payoutDesk(t)
	d.add("budget", model.Values{"fund": "党费", "amount": model.Money(9_999_00), "from": day(1, 1), "to": day(12, 31)})
	for _, f := range []Format{HTML, CSV, Markdown, Text} {
		got := aided(t, d, f, model.Public, model.ZH)
		for _, secret := range []string{"500.10", "9,999.00", "9,498.90", "600.00", "张", "3号楼"} {
			if strings.Contains(got, secret) {
				t.Errorf("%s: %q in public:\n%s", f, secret, got)
			}
		}
	}
}
