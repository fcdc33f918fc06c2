package export

import (
	"bytes"
	"html"
	"strings"
	"testing"

	"taizhang/model"
)

// financeIssue is an account with its lines, approved and posted.
func financeIssue(d *desk) *model.Record {
	staff, boss := model.Ref{ID: "S-2026-0001"}, model.Ref{ID: "S-2026-0002"}
	item := d.add("catalogue", model.Values{"no": int64(1), "class": "财务", "topic1": "居委会工作经费收支", "body_org": model.Ref{Text: "和平社区居民委员会"},
		"basis": "街道财务管理规定", "cadence": "季", "min_days": int64(7), "drafter": staff, "reviewer": boss, "approver": boss})
	line := func(on model.Date, kind, what string, fen int64) model.Row {
		return model.Row{"date": on, "kind": kind, "item": what, "amount": model.Money(fen), "fund": "居委会经费", "handler": "李敏", "witness": "王外人", "approver": "周慧"}
	}
	by := func(who model.Ref, on model.Date) []model.Row { return []model.Row{{"by": who, "on": on}} }
	ref := d.add("issue", model.Values{"item": item, "period": model.PeriodKey("2026-Q1"), "state": "公开中", "code": "财务-2026-Q1-01", "due": day(4, 15),
		"finance": []model.Row{line(day(1, 5), "收", "街道拨付工作经费", 3600000), line(day(1, 12), "支", "办公用品<b>、印刷", 286000), line(day(2, 8), "支", "水电", 431550)},
		"drafted": by(staff, day(4, 2)), "reviewed": by(boss, day(4, 4)), "approved": by(boss, day(4, 6)), "posted": by(staff, day(4, 8)), "up_until": day(4, 15),
		"chk_secret": true, "chk_masked": true, "chk_need": true, "chk_accurate": true})
	return d.Record(ref.ID)
}

func printed(t *testing.T, d *desk, job PosterJob) (string, string) {
	t.Helper()
	var b bytes.Buffer
	sum, err := WritePoster(&b, d, job)
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), sum
}

func TestPosterOfAccounts(t *testing.T) {
	d := newDesk(t)
	d.c.Schema, _ = model.NewSchemaWith(model.Custom{Notice: &model.Notice{Phone: "0531-82345678", Box: "一楼大厅意见箱", Approval: true}})
	r := financeIssue(d)
	text, sum := printed(t, d, PosterJob{Issue: r, Format: Text})
	golden(t, "poster.txt", text)
	page, same := printed(t, d, PosterJob{Issue: r, Format: HTML, Paper: A3})
	golden(t, "poster.html", page)
	if sum != same || len(sum) != 64 {
		t.Errorf("the content is %s as text and %s as HTML", sum, same)
	}
	for _, want := range []string{"36,000.00", "7,175.50", "28,824.50", "收入叁万陆仟元整；支出柒仟壹佰柒拾伍元伍角整", "2026年4月8日至2026年4月15日", "王*人", "经办 李敏",
		"0531-82345678", "和平社区居民委员会", "第417条 0123456789abcdef", "审核 周慧 2026-04-04；审批 周慧 2026-04-06", "@page { size: A3", "display: table-header-group", "办公用品&lt;b&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, never := range []string{"<script", "http://", "https://", "src=", "草稿", "王外人", "凭证"} {
		if strings.Contains(page, never) {
			t.Errorf("the page holds %s", never)
		}
	}
}

// The content is bound to what the issue says, and to nothing else.
func TestPosterSumFollowsTheContent(t *testing.T) {
	d := newDesk(t)
	r := financeIssue(d)
	_, sum := printed(t, d, PosterJob{Issue: r, Format: Text})
	later := r.Clone()
	later.Set("state", "已撤下")
	later.Set("removed", []model.Row{{"by": model.Ref{ID: "S-2026-0001"}, "on": day(4, 20)}})
	later.Set("photo_no", "GK1")
	d.c.Now = d.c.Now.AddDate(0, 1, 0)
	if _, again := printed(t, d, PosterJob{Issue: later, Format: HTML, Paper: A3}); again != sum {
		t.Error("the sum changed with the state, the day or the paper")
	}
	for key, v := range map[string]any{"title": "另一题目", "body": "另有说明。", "kind": "本期无变动", "scope": "党内", "finance": model.IssueFinance.Of(r)[:2]} {
		other := r.Clone()
		other.Set(key, v)
		if _, s := printed(t, d, PosterJob{Issue: other, Format: Text}); s == sum {
			t.Errorf("the sum is the same with another %s", key)
		}
	}
}

func TestPosterKinds(t *testing.T) {
	d := newDesk(t)
	was := financeIssue(d)
	draft := was.Clone()
	for _, key := range []string{"reviewed", "approved", "posted", "up_until"} {
		draft.Set(key, nil)
	}
	draft.Set("state", "草稿")
	page, _ := printed(t, d, PosterJob{Issue: draft, Format: HTML})
	if !strings.Contains(page, `<div class="mark">草稿　不得张贴</div>`) || !strings.Contains(page, "自张贴之日起不少于7天") {
		t.Errorf("a draft:\n%s", page)
	}
	if page, _ = printed(t, d, PosterJob{Issue: draft, Format: HTML, Draft: true}); strings.Contains(page, "草稿") {
		t.Error("a draft known to be one is marked")
	}
	draft.Set("kind", "更正")
	draft.Set("corrects", model.Ref{ID: was.ID})
	if text, _ := printed(t, d, PosterJob{Issue: draft, Format: Text, Lang: model.ZH}); !strings.Contains(text, "【更正】") || !strings.Contains(text, "更正此前公开的 财务-2026-Q1-01") {
		t.Errorf("a correction:\n%s", text)
	}
	none := was.Clone()
	none.Set("kind", "本期无变动")
	none.Set("finance", nil)
	none.Set("body", "本季度没有新的收支。")
	if text, _ := printed(t, d, PosterJob{Issue: none, Format: Text, Lang: model.EN}); !strings.Contains(text, "[no change]") || !strings.Contains(text, "Nothing changed in this period") {
		t.Errorf("no change:\n%s", text)
	}
	old := was.Clone()
	old.Set("state", "已更正")
	if page, _ := printed(t, d, PosterJob{Issue: old, Format: HTML}); !strings.Contains(page, `<div class="mark">已更正</div>`) {
		t.Error("what was corrected is not marked")
	}
}

// Rows named by an issue are listed for the public: as each person agreed, by
// amount, children and who did not agree only counted.
func TestPosterRows(t *testing.T) {
	d := newDesk(t)
	r := financeIssue(d).Clone()
	r.Set("finance", nil)
	r.Set("rows", "走访 2026上 慰问金=1000")
	text, _ := printed(t, d, PosterJob{Issue: r, Format: Text})
	if !strings.Contains(text, "张**") || !strings.Contains(text, "1,000.00") || strings.Contains(text, "800.00") {
		t.Error(text)
	}
	r.Set("rows", "走访 2026上")
	text, _ = printed(t, d, PosterJob{Issue: r, Format: Text})
	if !strings.Contains(text, "另有1条") || strings.Contains(text, "赵") || strings.Contains(text, "600.00") {
		t.Error(text)
	}
	for _, wrong := range []string{"没有的台账", "走访 何时", "走访 没有=1"} {
		r.Set("rows", wrong)
		if _, err := WritePoster(new(bytes.Buffer), d, PosterJob{Issue: r, Format: Text}); err == nil {
			t.Errorf("rows %q were read", wrong)
		}
	}
}

// What is taken back out of a file is what its reader sees.
func TestTextOf(t *testing.T) {
	d := newDesk(t)
	page, _ := printed(t, d, PosterJob{Issue: financeIssue(d), Format: HTML})
	text := textOf(".html", []byte(page))
	for _, want := range []string{"街道拨付工作经费", "办公用品<b>、印刷", "36,000.00"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if strings.Contains(text, "font") {
		t.Error("the style counts as text")
	}
	for _, c := range []struct{ ext, raw, want string }{
		{".html", "<p>张<b>小</b>明&#x31;</p><td>a</td><td>b</td>", "张小明1"},
		{".HTML", html.EscapeString("<138>"), "<138>"},
		{".md", `138\-1234<br>x`, "138-1234\nx"},
		{".json", `[{"a":"\u5f20\u5c0f\u660e"}]`, "张小明"},
		{".json", `{"a": broken`, "broken"},
		{".csv", "张小明,1", "张小明,1"},
	} {
		if got := textOf(c.ext, []byte(c.raw)); !strings.Contains(got, c.want) {
			t.Errorf("%s %q: %q", c.ext, c.raw, got)
		}
	}
}
