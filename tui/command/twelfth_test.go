package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/db/dbtest"
)

// A register that is no more than a declaration is entered, listed, changed,
// searched, exported in every form and counted by the same commands as the rest.
func TestTwelfthRegister(t *testing.T) {
	o := newOffice(t)
	o.schema = dbtest.Twelfth()
	o.ok("add", "菜园", "认领日期=2027-03-05", "菜地=一号菜地", "条线=zyfw", "area=12.5", "venue=小区北门", "phone=13800005678")
	o.ok("add", "garden", "date=2027-03-06", "name=二号菜地", "area=7.5")
	o.ok("edit", "GD-2027-0002", "area=8")
	o.refused(2, "", "add", "garden", "name=没有日期")
	if out := o.ok("list", "garden"); !strings.Contains(out, "一号菜地") || !strings.Contains(out, "二号菜地") {
		t.Errorf("list: %s", out)
	}
	if out := o.ok("search", "xqbm"); !strings.Contains(out, "GD-2027-0001") {
		t.Errorf("search: %s", out)
	}
	export := func(format, audience string) string {
		path := filepath.Join(t.TempDir(), "garden."+format)
		o.ok("export", "garden", "--format", format, "--audience", audience, "--out", path)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, format := range []string{"csv", "json", "md"} {
		if out := export(format, "internal"); !strings.Contains(out, "一号菜地") || !strings.Contains(out, "12.5") {
			t.Errorf("export as %s: %s", format, out)
		}
	}
	if out := export("csv", "public"); !strings.Contains(out, "一号菜地") || strings.Contains(out, "13800005678") {
		t.Errorf("the phone stands in a public file: %s", out)
	}
	figures := o.ok("figures", "--period", "2027")
	for _, want := range []string{"共享菜园", "20.5"} {
		if !strings.Contains(figures, want) {
			t.Errorf("no %s among the figures:\n%s", want, figures)
		}
	}
}
