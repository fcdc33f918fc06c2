package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/model/sample"
)

// listed reads a report back as rows of CSV.
func listed(t *testing.T, b *bytes.Buffer) (rows [][]string) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff")))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestHandoverCounts: the handover list has every register that holds anything,
// with as many records as the ledger counts, and their first and last day.
func TestHandoverCounts(t *testing.T) {
	ctx := context.Background()
	com := openCommunity(t)
	if _, err := com.l.Write(ctx, com.actor, db.RequestID{}, db.Op{Kind: db.Void, ID: "A-2027-0001", Base: 1, Reason: "登记错了"}); err != nil {
		t.Fatal(err)
	}
	src, err := FromLedger(ctx, com.l, com.actor)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []model.Period{{}, model.HalfOf(day(8, 1))} {
		var b bytes.Buffer
		if err := Handover(&b, src, HandoverJob{Period: p, Format: CSV, Audience: model.Inside, Lang: model.ZH}); err != nil {
			t.Fatal(err)
		}
		got := map[string][]string{}
		for _, row := range listed(t, &b) {
			if len(row) > 4 {
				if _, err := strconv.Atoi(row[0]); err == nil || row[1] == "合计" {
					got[row[1]] = row
				}
			}
		}
		total := 0
		for _, reg := range src.Context().Schema.Registers {
			n := 0
			var first, last model.Date
			list, err := inLedger(ctx, com, reg.Key)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range list {
				d := r.Date()
				if r.State != model.Final || !p.IsZero() && !reg.Lasts() && !p.Contains(d) {
					continue
				}
				n++
				if reg.DateField == "" || d.IsZero() {
					continue
				}
				if first.IsZero() || d.First().Before(first.First()) {
					first = d
				}
				if last.IsZero() || last.Last().Before(d.Last()) {
					last = d
				}
			}
			row := got[reg.Words.ZH]
			switch total += n; {
			case n == 0 && row != nil:
				t.Errorf("%s: %v, but it is empty", reg.Key, row)
			case n == 0:
			case row == nil || row[2] != strconv.Itoa(n):
				t.Errorf("%s: %v, the ledger has %d", reg.Key, row, n)
			case !first.IsZero() && (!strings.HasPrefix(row[3], onPaper(first)) || !strings.HasSuffix(row[3], onPaper(last))):
				t.Errorf("%s: %v, from %s to %s", reg.Key, row, first, last)
			}
		}
		if sum := got["合计"]; sum == nil || sum[2] != strconv.Itoa(total) || total < 300 {
			t.Errorf("in all %v, counted %d", sum, total)
		}
		if p.IsZero() && got["活动"][2] != "72" {
			t.Errorf("a void activity is handed over: %v", got["活动"])
		}
	}
}

// TestColumnsForTheHand: what is filled in by hand is there in a workbook though
// no line has anything, what is blank otherwise is hidden.
func TestColumnsForTheHand(t *testing.T) {
	s := &sheet{lang: model.ZH, title: "清册", parts: []part{{columns: []sheetColumn{{Column{Head: "题名"}, 0}, {Column{Head: "文号"}, 9}, {Column{Head: "页数", Hand: true}, 9}},
		rows: []sheetRow{{rowLine, []string{"会议", "", ""}}}}}}
	var b bytes.Buffer
	if err := s.write(&b, XLSX); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for col, want := range map[string]bool{"A": true, "B": false, "C": true} {
		if got, err := f.GetColVisible(f.GetSheetName(0), col); err != nil || got != want {
			t.Errorf("column %s is shown: %v, %v", col, got, err)
		}
	}
}

// inLedger reads all records of a register from the store itself.
func inLedger(ctx context.Context, com community, register string) (out []*model.Record, err error) {
	err = com.l.View(ctx, func(s *db.Snapshot) error {
		out, err = s.List(db.Query{Register: register})
		return err
	})
	return out, err
}

// TestArchiveCatalogue: every minute, rule and honour of the year is a line, rosters
// and routine are volumes; what the office says of a term comes before what the
// program does; the public reads no name of a resident.
func TestArchiveCatalogue(t *testing.T) {
	ctx := context.Background()
	com := openCommunity(t)
	year := model.YearOf(model.NewDate(sample.Year, 1, 1))
	catalogue := func(a model.Audience) ([][]string, string, *Ledger) {
		src, err := FromLedger(ctx, com.l, com.actor)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := Archive(&b, src, ArchiveJob{Period: year, Format: CSV, Audience: a, Lang: model.ZH}); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		return listed(t, &b), text, src
	}
	rows, text, src := catalogue(model.Inside)
	terms, volumes := map[string]int{}, map[string]string{}
	next := 1
	for _, row := range rows {
		if _, err := strconv.Atoi(row[0]); err != nil || len(row) < 7 {
			continue
		}
		if row[0] != strconv.Itoa(next) || row[1] == "" || row[3] == "" {
			t.Errorf("line %d is %v", next, row)
		}
		next++
		terms[row[6]]++
		if name, rest, ok := strings.Cut(strings.TrimPrefix(row[3], "2026年"), "（"); ok && strings.HasSuffix(rest, "条）") {
			volumes[name] = row[6] + rest
		}
	}
	meetings, rules, honours, rosters := 146, 1, 3, 0
	for name := range volumes {
		if strings.HasPrefix(volumes[name], "永久") {
			rosters++
		}
	}
	if want := meetings + honours + rosters + 3; terms["永久"] != want { // and three commendations
		t.Errorf("%d kept for good, want %d", terms["永久"], want)
	}
	if volumes["走访慰问"] != "10年150条）" || volumes["文体队伍"] != "永久6条）" || !strings.HasPrefix(volumes["捐赠"], "30年4") {
		t.Errorf("volumes %v", volumes)
	}
	if !strings.Contains(text, "党风廉政建设责任制") || !strings.Contains(text, "和平党委发〔2026〕1号") || strings.Contains(text, "值班制度") {
		t.Errorf("rules of the year: want %d", rules)
	}
	var page bytes.Buffer
	if err := Archive(&page, src, ArchiveJob{Period: year, Format: Text, Audience: model.Inside, Lang: model.ZH}); err != nil || !strings.Contains(page.String(), "归档期限：2027-06-30") {
		t.Error("the day it is due is not told", err)
	}

	if _, err := com.l.Write(ctx, com.actor, db.RequestID{}, db.Op{Kind: db.Add, Register: "retention",
		Values: model.Values{"register": "走访", "term": model.Keep30, "basis": "省社区档案保管期限表第四条"}},
		db.Op{Kind: db.Add, Register: "retention", Values: model.Values{"register": "activity", "term": model.KeepNone, "basis": "区里通知"}}); err != nil {
		t.Fatal(err)
	}
	rows, text, src = catalogue(model.Public)
	activities := 0
	for _, row := range rows {
		if len(row) > 6 && strings.HasPrefix(row[2], "A-") {
			activities++
		}
		if len(row) > 6 && strings.Contains(row[3], "走访慰问（") && row[6] != "30年" {
			t.Errorf("kept for %s against the office's word", row[6])
		}
	}
	if activities != 0 {
		t.Errorf("%d activities that are not archived", activities)
	}
	err := src.Scan("person", model.Period{}, func(r *model.Record) error {
		if n := model.PersonName.Of(r); strings.Contains(text, n) {
			t.Errorf("%s stands in the public catalogue", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := com.l.Write(ctx, com.actor, db.RequestID{}, db.Op{Kind: db.Add, Register: "retention",
		Values: model.Values{"register": "没有这个台账", "term": model.Keep30, "basis": "无"}}); err == nil {
		t.Error("a term of no register is kept")
	}
}

// onPaper is a date as a reader of the paper takes it: halves and quarters in words.
func onPaper(d model.Date) string {
	switch d.Precision {
	case model.ByHalf, model.ByQuarter:
		return d.Prose()
	}
	return d.String()
}
