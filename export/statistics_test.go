package export

import (
	"bufio"
	"bytes"
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
)

func (c community) statistics(t *testing.T, period string, f Format, a model.Audience, l model.Lang) []byte {
	t.Helper()
	src, err := FromLedger(context.Background(), c.l, c.actor)
	if err != nil {
		t.Fatal(err)
	}
	p, err := model.ParsePeriod(period)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Statistics(&b, src, StatisticsJob{p, f, a, l, false}); err != nil {
		t.Fatal(err)
	}
	if err := src.Err(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The workbook holds every figure as a number; those of a month stand beside
// the year up to it.
func TestStatisticsWorkbook(t *testing.T) {
	town := openCommunity(t)
	for _, period := range []string{"2026", "2026-03"} {
		raw := town.statistics(t, period, XLSX, model.Superior, model.ZH)
		if !bytes.Equal(raw, town.statistics(t, period, XLSX, model.Superior, model.ZH)) {
			t.Errorf("%s: the same figures, other bytes", period)
		}
		book, err := excelize.OpenReader(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		src, err := FromLedger(context.Background(), town.l, town.actor)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := model.ParsePeriod(period)
		fig, err := FiguresBeside(src, p)
		if err != nil {
			t.Fatal(err)
		}
		rows := fig.Rows(src.Context(), model.ZH)
		keys, err := book.GetRows("关键数字", excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		at := 3
		for _, r := range rows {
			if r.Part != "" {
				continue
			}
			if at >= len(keys) || keys[at][0] != r.Section || keys[at][1] != r.Label || number(keys[at][2]) != numberOf(r) {
				t.Fatalf("%s: row %d is %v, the figure %+v", period, at, keys[at], r)
			}
			cell := "C" + strconv.Itoa(at+1)
			if kind, err := book.GetCellType("关键数字", cell); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
				t.Errorf("%s: %s is no number but %v, %v", period, cell, kind, err)
			}
			at++
		}
		visits, err := book.GetRows("走访慰问统计", excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		home := slices.IndexFunc(visits, func(r []string) bool { return len(r) > 1 && r[0] == "入户与否" && r[1] == "入户" })
		if home < 0 {
			t.Fatalf("%s: nothing of visits at home in %v", period, visits)
		}
		total := slices.IndexFunc(visits, func(r []string) bool { return len(r) > 1 && r[0] == "合计" })
		if got, want := visits[total][3], strconv.FormatInt(fig.Visit.HouseholdVisits, 10); got != want {
			t.Errorf("%s: %s household visits, not %s", period, got, want)
		}
		if month := period == "2026-03"; month != (slices.Index(visits[2], "累计 户次") > 0) {
			t.Errorf("%s: heads %v", period, visits[2])
		} else if month {
			q1, err := Figures(src, model.Period{From: model.NewDate(2026, 1, 1), To: model.NewDate(2026, 3, 31)})
			if err != nil {
				t.Fatal(err)
			}
			if got := visits[total][7]; got != strconv.FormatInt(q1.Visit.HouseholdVisits, 10) {
				t.Errorf("this year %s visits, not %d", got, q1.Visit.HouseholdVisits)
			}
		}
		rates, err := book.GetRows("三务公开：按期率", excelize.Options{RawCellValue: true})
		if err != nil || !slices.Equal(rates[2], []string{"项目", "应公开", "已公开", "按期", "逾期", "按期率", "意见", "答复"}) {
			t.Errorf("%s: %v, heads %v", period, err, rates)
		}
		for _, sheet := range []string{"活动统计", "志愿服务统计", "公开意见统计"} {
			if i, err := book.GetSheetIndex(sheet); sheet != "公开意见统计" && (err != nil || i < 0) {
				t.Errorf("%s has no %s: %v", period, sheet, book.GetSheetList())
			}
		}
		if parts := bytes.Count(raw, []byte("xl/charts/chart")); parts < 3 {
			t.Errorf("%s: %d charts", period, parts)
		}
		_ = book.Close()
	}
}

// numberOf is the value of a row as a spreadsheet holds it.
func numberOf(r model.FigureRow) float64 {
	n := number(strings.TrimSuffix(strings.ReplaceAll(r.Value, ",", ""), "%"))
	if r.Share {
		return number(strconv.FormatFloat(n/100, 'f', 6, 64))
	}
	return n
}

func number(s string) float64 {
	n, _ := strconv.ParseFloat(s, 64)
	return n
}

// The public reads no other period, from which what is hidden would follow, and
// none of what is confidential.
func TestStatisticsInPublic(t *testing.T) {
	town := openCommunity(t)
	for _, f := range []Format{CSV, HTML, Markdown, Text} {
		text := string(town.statistics(t, "2026-03", f, model.Public, model.ZH))
		for _, s := range []string{"累计", "上年同期", "走访人", "楼栋", "诉求：", "预算", "信访", "捐赠"} {
			if strings.Contains(text, s) {
				t.Errorf("%s holds %q", f, s)
			}
		}
		if !strings.Contains(text, "活动统计") {
			t.Errorf("%s says nothing of activities", f)
		}
	}
}

// Drawings begin at 0 and say their numbers to who hears the page.
func TestDrawings(t *testing.T) {
	text := string(openCommunity(t).statistics(t, "2026", HTML, model.Superior, model.ZH))
	from := strings.Index(text, "<svg")
	if from < 0 {
		t.Fatal("nothing is drawn")
	}
	svg := text[from : from+strings.Index(text[from:], "</svg>")]
	for _, s := range []string{`role="img"`, `aria-label="各月（活动 场）：2026-01 7；`, `<line x1="150" y1="0" x2="150"`, `fill="url(#hatch1)"`, `x="150" y="4" width="303.3"`} {
		if !strings.Contains(svg, s) {
			t.Errorf("no %s in\n%s", s, svg)
		}
	}
	if strings.Count(text, "id=\"hatch1\"") != 1 || !strings.Contains(text, "id=\"hatch2\"") || strings.Contains(text, "<script") {
		t.Error("the drawings share a name, or need a script")
	}
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	(&chart{caption: "<b>", labels: []string{`"&<script>`, "零"}, values: []int64{3, 0}}).html(w, 1)
	_ = w.Flush()
	if strings.Contains(b.String(), "<script") || strings.Count(b.String(), "<rect x=") != 1 {
		t.Error(b.String())
	}
}
