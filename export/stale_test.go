package export

import (
	"testing"

	"taizhang/export/report"
	"taizhang/model"
)

// A number typed by hand over what the template counts there is told as soon as
// the ledger says otherwise, and not before; so is every figure that came, went or
// changed since a report was sent.
func TestStaleAndDeltas(t *testing.T) {
	q := model.W("活动·场次，2026年", "activities")
	fig := func(value string, ids ...string) *report.Figure {
		return &report.Figure{Text: value, Value: value, Query: q, Measure: "events", Register: "activity", IDs: ids, Block: "b"}
	}
	plain := &report.Document{Figures: []*report.Figure{fig("74")}}
	typed := func(n string) *report.Document { return &report.Document{Typed: []report.Note{{Block: "b", Text: n}}} }
	if got := StaleFigures(typed("73"), plain); len(got) != 1 || got[0].Block != "b" || got[0].Words.ZH != "活动·场次，2026年：现为 74" {
		t.Errorf("%+v", got)
	}
	if got := StaleFigures(typed("74"), plain); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	kept := typed("5")
	kept.Figures = []*report.Figure{fig("74")} // the slot is still there
	if got := StaleFigures(kept, plain); len(got) != 0 {
		t.Errorf("%+v", got)
	}

	frozen := Frozen(&report.Document{Figures: []*report.Figure{fig("2", "A-2026-0001", "A-2026-0002"), fig("9", "A-2026-0001")}})
	now := &report.Document{Figures: []*report.Figure{fig("2", "A-2026-0001", "A-2026-0003")}}
	got := Deltas(frozen, now)
	if len(got) != 2 || got[0].WasExactly != "2" || got[0].Added[0] != "A-2026-0003" || got[0].Gone[0] != "A-2026-0002" || got[1].Now != "" || got[1].WasExactly != "9" {
		t.Errorf("%+v", got)
	}
	if got := Deltas(frozen[:1], &report.Document{Figures: []*report.Figure{fig("2", "A-2026-0001", "A-2026-0002")}}); len(got) != 0 {
		t.Errorf("nothing changed: %+v", got)
	}
	many := frozen[0]
	many.Count, many.IDs = 5000, nil
	if got := Deltas([]model.FrozenFigure{many}, now); len(got) != 1 || !got[0].Unlisted || len(got[0].Added) != 0 {
		t.Errorf("%+v", got)
	}
}
