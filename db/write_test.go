package db_test

import (
	"context"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

func TestAddAndRead(t *testing.T) {
	l := dbtest.New(t)
	id := dbtest.Add(t, l, "venue", model.Values{"name": "多功能厅", "category": "室内"})
	r, err := l.Get(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	if r.ID != "L-2026-0001" || r.Version != 1 || r.Created.By != "S-2026-0001" {
		t.Errorf("got %+v", r)
	}
	opts, err := l.Options(context.Background(), "venue")
	if err != nil || len(opts) != 1 || opts[0] != (db.Option{ID: id, Name: "多功能厅"}) {
		t.Errorf("options %v, %v", opts, err)
	}
	list, err := l.List(context.Background(), db.Query{Register: "venue", Text: "功能"})
	if err != nil || len(list) != 1 {
		t.Errorf("list %v, %v", list, err)
	}
}
