package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sampleOffice is the sample community, made by demo.
func sampleOffice(t *testing.T, args ...string) *office {
	t.Helper()
	o := &office{t: t, path: filepath.Join(t.TempDir(), "ledger.db"), env: map[string]string{}}
	if out := o.ok(append([]string{"demo", "--no-ui", "--ledger", o.path}, args...)...); !strings.Contains(out, o.path) {
		t.Errorf("demo says %s", out)
	}
	return o
}

// The sample community is the same each time, and its figures are those of
// domain.md §3.3.
func TestDemo(t *testing.T) {
	a, b := sampleOffice(t), sampleOffice(t)
	for _, register := range []string{"activity", "visit", "person", "issue"} {
		if a.ok("list", register, "--format", "json") != b.ok("list", register, "--format", "json") {
			t.Errorf("two samples differ in %s", register)
		}
	}
	type count struct {
		Events, Attendances, Households int64
	}
	fig := decode[struct {
		Activity count
		Visit    struct {
			ByOccasion map[string]count `json:"by_occasion"`
		}
		Disclosure struct {
			ByClass map[string]int64 `json:"by_class"`
		}
	}](t, a.ok("figures", "--period", "2026", "--format", "json"))
	if fig.Activity.Events != 73 || fig.Activity.Attendances != 12604 {
		t.Errorf("%+v, want 73 activities and 12,604 attendances", fig.Activity)
	}
	if v := fig.Visit.ByOccasion; v["2026春节"].Households != 61 || v["2026七一"].Households != 23 {
		t.Errorf("%+v, want 61 households at 春节 and 23 at 七一", v)
	}
	if c := fig.Disclosure.ByClass; c["党务"] != 6 || c["居务"] != 4 || c["财务"] != 4 {
		t.Errorf("%+v, want 6, 4 and 4 issues", c)
	}
	if n := len(a.list("activity", "--period", "2026")); n != 73 {
		t.Errorf("%d activities", n)
	}
	a.head()
	if line := a.refused(1, "", "demo", "--no-ui", "--ledger", a.path); !strings.Contains(line, a.path) {
		t.Error(line)
	}
	big, again := sampleOffice(t, "--scale", "3000"), sampleOffice(t, "--scale", "3000")
	list := big.ok("list", "activity", "--format", "json")
	if n := len(decode[[]record](t, list)); n < 300 || list != again.ok("list", "activity", "--format", "json") {
		t.Errorf("%d activities in a sample of 3000, or another sample each time", n)
	}
	if fig := decode[map[string]any](t, big.ok("figures", "--period", "2026", "--format", "json")); fig["activity"] == nil {
		t.Error("no figures")
	}
	big.head()
}

// One byte changed inside a stored title: verify names the record.
func TestVerifyNamesWhatWasChanged(t *testing.T) {
	o := newOffice(t)
	o.event("title=别的活动")
	id := o.event("title=庆五一劳动者之歌晚会")
	o.event("title=又一个活动")
	raw, err := os.ReadFile(o.path)
	if err != nil {
		t.Fatal(err)
	}
	title := []byte("庆五一劳动者之歌晚会")
	at := bytes.Index(raw, title)
	if at < 0 {
		t.Fatal("the title does not stand in the file")
	}
	for ; at >= 0; at = bytes.Index(raw, title) { // wherever a page holds it
		raw[at+len("庆五")+2] ^= 1
	}
	if err := os.WriteFile(o.path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, l := range []string{"zh", "en"} {
		out, errs, code := o.runIn("", "verify", "--lang", l)
		if code != 1 || out != "" || !strings.Contains(errs, id) || strings.Contains(errs, "A-2027-0001") {
			t.Errorf("code %d, %q, %s", code, out, errs)
		}
	}
	if n := len(o.list("activity")); n != 3 { // still readable
		t.Errorf("%d records", n)
	}
}
