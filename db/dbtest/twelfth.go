package dbtest

import (
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// Twelfth is the built-in schema with one register more, which nothing in the
// program knows but by this declaration. Every call declares it anew.
func Twelfth() *model.Schema {
	return model.NewSchema().And(&model.Register{
		Key: "garden", Letter: "GD", Words: model.W("共享菜园", "Shared garden"), Group: model.Behind, Shelf: model.ShelfVenues, Rank: 5000,
		Aliases: []string{"菜园"}, NameField: "name", DateField: "date",
		Parts: []string{"line"},
		Measures: []model.Measure{
			{Key: "beds", Words: model.W("块数", "beds"), Unit: model.W("块", "beds")},
			{Key: "area", Words: model.W("面积", "area"), Unit: model.W("平方米", "m²"), Sum: "area"},
		},
		Fields: []*model.Field{
			{Key: "date", Words: model.W("认领日期", "Taken on"), Type: model.TypeDate, Need: model.Required, Col: 1, Cells: 10},
			{Key: "name", Words: model.W("菜地", "Bed"), Type: model.TypeText, Max: 40, Need: model.Required, Col: 2, Cells: 20},
			{Key: "line", Words: model.W("条线", "Line of work"), Type: model.TypePick, Vocab: "LINE", Col: 3, Cells: 8},
			{Key: "area", Words: model.W("面积㎡", "Area m²"), Type: model.TypeDec, Col: 4, Cells: 8},
			{Key: "venue", Words: model.W("地点", "Venue"), Type: model.TypeRef, Refs: []string{"venue"}, OrText: true, Col: 5, Cells: 16},
			{Key: "phone", Words: model.W("电话", "Phone"), Type: model.TypeText, Class: model.Personal, Mask: model.MaskPhone},
		},
	})
}

// NewTwelfth is New with that schema.
func NewTwelfth(t testing.TB) *db.Ledger {
	t.Helper()
	clock := NewClock(Start)
	plain := NewAt(t, clock)
	l, err := db.Open(plain.Path(), db.Options{Clock: clock.Now, User: func() (string, error) { return Login, nil }, Schema: Twelfth()})
	if err != nil {
		t.Fatal(err)
	}
	return l
}
