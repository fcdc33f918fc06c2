package export

import (
	"bytes"
	"strings"
	"testing"

	"taizhang/model"
)

func summed(t *testing.T, d *desk, period string, f Format, a model.Audience, l model.Lang) string {
	t.Helper()
	p, err := model.ParsePeriod(period)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Summary(&b, d, SummaryJob{Period: p, Format: f, Audience: a, Lang: l, Finish: Finish{Draft: true}}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSummaryGolden(t *testing.T) {
	d := newDesk(t)
	for _, l := range []model.Lang{model.ZH, model.EN} {
		for _, a := range []model.Audience{model.Superior, model.Public} {
			golden(t, "summary-"+a.String()+"."+l.String()+".md", summed(t, d, "2026H1", Markdown, a, l))
		}
		golden(t, "summary-superior."+l.String()+".csv", summed(t, d, "2026H1", CSV, model.Superior, l))
	}
}

func TestSummarySaysOnlyWhatHappened(t *testing.T) {
	d := newDesk(t)
	for period, want := range map[string][]string{
		"2026H1":                 {"半年来，共开展各类活动2\\[", "走访慰问5\\[", "发放慰问金6400元"},
		"2026H2":                 {"半年来，共开展各类活动1"},
		"2026-02-03..2026-02-05": {"2026年2月3日至2026年2月5日，共走访慰问3", "发放慰问金4800元"},
	} {
		text := summed(t, d, period, Markdown, model.Superior, model.ZH)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks %s:\n%s", period, w, text)
			}
		}
	}
	if text := summed(t, d, "2025", Markdown, model.Superior, model.ZH); strings.Contains(strings.Split(text, "草稿")[0], "共开展") || strings.Contains(strings.Split(text, "草稿")[0], "0户") {
		t.Error(text)
	}
	if text := summed(t, d, "2026H2", Markdown, model.Inside, model.EN); !strings.Contains(text, "Over the half-year: activities held 1") {
		t.Error(text)
	}
}

func TestPublicSummaryHidesPeople(t *testing.T) {
	d := newDesk(t)
	for _, l := range []model.Lang{model.ZH, model.EN} {
		for _, f := range []Format{CSV, Markdown} {
			text := summed(t, d, "2026", f, model.Public, l)
			for _, s := range []string{"张小明", "赵小宝", "肝癌", "13812345678", "501", "李敏", "600.00", "转为正式"} {
				if strings.Contains(text, s) {
					t.Errorf("%s in %s holds %q:\n%s", f, l, s, text)
				}
			}
		}
	}
	if text := summed(t, d, "2026-06", Markdown, model.Public, model.ZH); !strings.Contains(text, "共走访慰问不足3\\[") || strings.Contains(text, "发放慰问金6") || strings.Contains(text, "1100") {
		t.Error(text)
	}
}

// What one household was given must not stand in public, though goods are no
// count of people.
func TestPublicSummaryHidesGoodsOfFew(t *testing.T) {
	d := newDesk(t)
	d.add("visit", model.Values{"date": day(11, 5), "person": model.Ref{ID: "P-2026-0001"}, "goods": []model.Row{{"item": "棉被", "qty": model.Dec(2000), "unit": "床"}}, "fund": "党费"})
	if text := summed(t, d, "2026-11", Markdown, model.Superior, model.ZH); !strings.Contains(text, "棉被") {
		t.Errorf("the superior office needs the goods:\n%s", text)
	}
	if text := summed(t, d, "2026-11", Markdown, model.Public, model.ZH); strings.Contains(text, "棉被") {
		t.Errorf("the public reads what one household was given:\n%s", text)
	}
}

func TestSmallCells(t *testing.T) {
	row := func(section, label, unit, value string) model.FigureRow {
		return model.FigureRow{Section: section, Label: label, Unit: unit, Value: value}
	}
	rows := []model.FigureRow{
		row("活动", "合计", "场", "1"), row("活动", "合计", "人次", "2"),
		row("走访", "合计", "户", "66"), row("走访", "合计", "元", "99.00"),
		row("类别", "低保户", "户", "40"), row("类别", "低保户", "元", "4.00"),
		row("类别", "大病", "户", "1"), row("类别", "大病", "户次", "12"), row("类别", "大病", "元", "3,000.00"),
		row("类别", "特困", "户", "25"), row("类别", "特困", "元", "2.00"),
		row("场合", "春节", "户", "2"), row("场合", "七一", "户", "1"), row("场合", "重阳", "户", "9"),
		row("队", "一", "户", "1"), row("队", "二", "户", "1"), row("队", "三", "户", "5"), row("队", "四", "户", "4"), row("队", "五", "户", "0"),
	}
	var got []string
	for _, r := range hideSmall(rows, model.ZH) {
		got = append(got, r.Value)
	}
	want := "1 2 66 99.00 40 4.00 不足3人 不公布 不公布 不公布 不公布 不足3人 不足3人 9 不足3人 不足3人 5 不公布 0"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
	if rows[6].Value != "1" {
		t.Error("the rows given were changed")
	}
}
