package ingest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// What is fetched ahead for many rows is what the ledger answers one by one, and
// rows cost some visits together and none each.
func TestBookFetchesAhead(t *testing.T) {
	l := dbtest.New(t)
	ctx := context.Background()
	compound := model.Ref{ID: dbtest.Add(t, l, "compound", model.Values{"name": "和平小区"})}
	day := model.NewDate(1950, 1, 2)
	var people, homes []string
	for i := range 120 {
		name := fmt.Sprintf("王%c", '一'+i/2) // two of each name
		home := dbtest.Add(t, l, "household", model.Values{"head": model.Ref{Text: name}, "compound": compound, "building": fmt.Sprint(i), "unit": "1", "room": "101"})
		first := fmt.Sprintf("11010519500102%03d", i)
		v := model.Values{"name": name, "birth": day, "id_no": first + string(model.CheckDigit(first)), "household": model.Ref{ID: home}}
		id := dbtest.Add(t, l, "person", v)
		people, homes = append(people, id), append(homes, home)
		for j := range i % 3 {
			dbtest.Add(t, l, "visit", model.Values{"person": model.Ref{ID: id}, "date": model.NewDate(2026, 2, 1+j), "occasion": model.Occasion{Name: "春节", Year: 2026}, "mode": "入户", "visitors": []model.Ref{{Text: "周慧敏"}}})
		}
	}
	b, plain := newBook(ctx, l), l.Book(ctx)
	visits := 0
	b.view = func(ctx context.Context, fn func(*db.Snapshot) error) error {
		visits++
		return l.View(ctx, fn)
	}
	schema := l.Schema()
	visit, person := schema.Register("visit"), schema.Register("person")
	var cells []cell
	for i, id := range people {
		text := id
		if i%2 == 0 {
			text = fmt.Sprintf(" 王%c", '一'+i/2)
		}
		cells = append(cells, cell{visit.Field("person"), text}, cell{person.Field("id_no"), plain.Record(id).Values["id_no"].(string)})
	}
	b.ready(visit, cells)
	for i, id := range people {
		name := fmt.Sprintf("王%c", '一'+i/2)
		if got, want := b.Named("person", name), plain.Named("person", name); len(want) != 2 || !slices.Equal(got, want) {
			t.Fatalf("%s: %v, not %v", name, got, want)
		}
		for _, id := range []string{id, homes[i], compound.ID} {
			if got, want := b.Record(id), plain.Record(id); want == nil || got == nil || !reflect.DeepEqual(got.Values, want.Values) {
				t.Fatalf("%s: %v, not %v", id, got, want)
			}
		}
		got, want := b.Referring("visit", id), plain.Referring("visit", id)
		if len(want) != i%3 || !slices.Equal(got, want) {
			t.Fatalf("visits of %s: %v, not %v", id, got, want)
		}
		if got, want := b.Referring("person", homes[i]), plain.Referring("person", homes[i]); len(want) != 1 || !slices.Equal(got, want) {
			t.Fatalf("people of %s: %v, not %v", homes[i], got, want)
		}
		number := plain.Record(id).Values["id_no"].(string)
		if got, want := b.Holding("person", "id_no", number, 9), plain.Holding("person", "id_no", number, 9); len(want) != 1 || !slices.Equal(got, want) {
			t.Fatalf("%s: %v, not %v", number, got, want)
		}
	}
	if visits > 30 {
		t.Errorf("%d visits for %d rows", visits, len(people))
	}
	if b.Named("person", "无此人") != nil || b.Record("P-2026-9999") != nil || b.Referring("visit", "P-2026-9999") != nil {
		t.Error("there is somebody who is not")
	}
	if b.Err() != nil {
		t.Error(b.Err())
	}
}

// What cannot be read stops the import; it is no absence.
func TestBookTellsFaults(t *testing.T) {
	l := dbtest.New(t)
	ctx, cancel := context.WithCancel(context.Background())
	b := newBook(ctx, l)
	cancel()
	if b.Record("P-2026-0001") != nil || b.Err() == nil || !strings.Contains(b.Err().Error(), "cancel") {
		t.Errorf("a ledger that was not read says %v", b.Err())
	}
}
