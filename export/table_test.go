package export

import (
	"strings"
	"testing"

	"taizhang/model"
)

func TestTable(t *testing.T) {
	var b strings.Builder
	err := Table(&b, []Column{{Head: "编号"}, {Head: "名称", Most: 8}, {Head: "人次", Right: true}}, [][]string{
		{"A-2026-0001", "春节联欢晚会", "1500"},
		{"A-2026-0002", "ab\x1b[31mc\nd", "7"},
		{"A-2026-0003"},
	})
	want := "编号         名称      人次\n" +
		"A-2026-0001  春节联…   1500\n" +
		"A-2026-0002  ab[31mc…     7\n" +
		"A-2026-0003\n"
	if err != nil || b.String() != want {
		t.Errorf("%v\n%s\nwant\n%s", err, b.String(), want)
	}
	b.Reset()
	if err := Table(&b, make([]Column, 2), [][]string{{"姓名", "name"}}); err != nil || b.String() != "姓名  name\n" {
		t.Errorf("%v %q", err, b.String())
	}
}

func TestListColumns(t *testing.T) {
	d := newDesk(t)
	fields, cols := ListColumns(model.Person, model.ZH)
	row := ListRow(d.c, d.Record("P-2026-0001"), fields, model.Inside, model.ZH)
	if len(cols) != len(row) || cols[0].Head != "编号" || row[0] != "P-2026-0001" || row[1] != "张小明" || row[len(row)-1] != "138****5678" {
		t.Errorf("%v %q", cols, row)
	}
}
