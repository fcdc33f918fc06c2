package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Every table names a register, a reference of it to this register, and fields
// that it has.
func TestRelatedDeclarations(t *testing.T) {
	s := NewSchema()
	tables := 0
	for _, reg := range s.Registers {
		keys := map[string]bool{}
		for _, decl := range reg.Related {
			tables++
			of := s.Register(decl.Register)
			if of == nil || keys[decl.Key] || decl.Words.ZH == "" || decl.Words.EN == "" {
				t.Fatalf("%s: table %q", reg.Key, decl.Key)
			}
			keys[decl.Key] = true
			if f := of.Field(decl.Field); f == nil || !slices.Contains(f.Refs, reg.Key) {
				t.Errorf("%s %s: %s.%s does not refer here", reg.Key, decl.Key, of.Key, decl.Field)
			}
			for _, key := range decl.Columns {
				if of.Field(key) == nil {
					t.Errorf("%s %s: no field %s", reg.Key, decl.Key, key)
				}
			}
		}
	}
	if tables < 7 {
		t.Errorf("%d tables", tables)
	}
}

// A household shows its members with age and categories, and all it was given,
// whoever of it was visited and from whatever source; void visits do not count.
func TestHouseholdPage(t *testing.T) {
	d := newDesk(t)
	home := d.add(Household, "head", "张明", "compound", d.add(Compound, "name", "和平小区").ID, "building", "3")
	other := d.add(Household, "head", "李四", "compound", "和平小区", "building", "4")
	old := d.add(Person, "name", "张明", "birth", "1940-01-01", "household", home.ID, "cats", "低保户 2024-03")
	d.add(Person, "name", "张小明", "birth", "1970-01-01", "household", home.ID, "ended", "迁出 2026-05-01")
	d.add(Person, "name", "李四", "birth", "1970-01-01", "household", other.ID)
	d.add(Visit, "person", old.ID, "amount", "500", "fund", "df", "date", "2027-01-20", "goods", "米 1 袋；油 2 桶")
	d.add(Visit, "person", old.ID, "household", home.ID, "amount", "300.50", "fund", "慈善会", "date", "2027-02-20", "goods", "米 2 袋")
	void := d.add(Visit, "person", old.ID, "amount", "9999", "fund", "df", "date", "2027-02-21")
	void.State = Void
	d.add(Visit, "person", old.ID, "amount", "200", "fund", "df", "date", "2026-12-31")
	d.add(Visit, "person", old.ID, "household", other.ID, "amount", "70", "fund", "df", "date", "2027-01-21") // given to another household

	tables := d.Related(home)
	if len(tables) != 2 || tables[0].Key != "people" || tables[1].Key != "given" {
		t.Fatalf("%+v", tables)
	}
	columns, rows := tables[0].Cells(d.Context, ZH)
	var heads []string
	for _, f := range columns {
		heads = append(heads, f.Key)
	}
	if text := fmt.Sprint(heads, rows); text != "[name age cats_now ended] [[张小明 57  迁出 2026-05-01] [张明 87 低保户、高龄 ]]" {
		t.Errorf("members: %s", text)
	}
	given := tables[1]
	if len(given.Rows) != 2 || given.More != 1 || len(given.Years) != 2 {
		t.Fatalf("given: %d rows, %d more, %+v", len(given.Rows), given.More, given.Years)
	}
	for i, want := range []string{"2条  慰问金 800.50元  慰问品 米 3 袋、油 2 桶", "1条  慰问金 200.00元"} {
		if got := given.Years[i].Text(d.Context, ZH); got != want {
			t.Errorf("%d: %s, want %s", given.Years[i].Year, got, want)
		}
	}
	if _, rows := given.Cells(d.Context, ZH); !strings.HasPrefix(strings.Join(rows[0], " "), "2027-02-20 ") {
		t.Errorf("the newest does not stand first: %v", rows)
	}
	// Who may only look sees no full names, and the money, which is shown to all.
	d.Actor.Roles = []Role{Viewer}
	if _, rows := tables[0].Cells(d.Context, ZH); rows[1][0] != "张*" {
		t.Errorf("a viewer sees %v", rows)
	}
	if tables := d.Related(old); len(tables) != 1 || len(tables[0].Rows) != 4 || tables[0].Years[0].Text(d.Context, EN) != "3 records  Money 870.50 yuan  Goods 米 3 袋, 油 2 桶" {
		t.Errorf("the person's visits: %+v", tables)
	}
}

// More rows than a page holds are counted.
func TestRelatedIsBounded(t *testing.T) {
	d := newDesk(t)
	p := d.add(Person, "name", "张明", "birth", "1940-01-01")
	for range mostRelated + 5 {
		d.add(Visit, "person", p.ID, "household", "广场", "date", "2026-01-01")
	}
	if table := d.Related(p)[0]; len(table.Rows) != mostRelated || table.More != 5 || table.Years[0].Count != mostRelated+5 {
		t.Errorf("%d rows, %d more", len(table.Rows), table.More)
	}
}
