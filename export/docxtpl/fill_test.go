package docxtpl

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/sample/sampletest"
)

func two(t testing.TB) *shelf {
	s := newShelf(t)
	s.Held(sampletest.Day(3, 8), "<义诊> & 讲座", 20, nil)
	s.Held(sampletest.Day(4, 8), "乙", 30, nil)
	return s
}

// TestParagraphs: what stands in paragraphs, in whichever form it was typed.
func TestParagraphs(t *testing.T) {
	s := two(t)
	for _, c := range []struct{ body, want string }{
		{p("活动{{活动.场次}}场。"), "活动2场。"},
		{p("活动｛｛活动．场次　｜　精确｝｝场，“{{ 社区名称 }}”。"), "活动2场，“和平社区”。"},
		{p("共{{活动.场次 名称=“乙”}}场"), "共1场"},
		{p("办了{{活动.名称}}。"), "办了<义诊> & 讲座、乙。"},
		{p("　　活动", "*{{活动.场次}}", "场，  "), "　　活动*2*场，  "},
		{p("*{{每条 活动 排序=日期}}{{名称}}", "有{{人次}}人；", "*{{完}}") + p("末"), "*<义诊> & 讲座*有20人；*乙*有30人。\n末"},
		{p("走访{{走访.户次}}户。") + p("活动{{活动.场次}}场，走访{{走访.户次}}户。"), "活动2场。"},
		{p("走访{{走访.户次 | 含零}}户。"), "走访0户。"},
		{p("{{待补 感想}}，好"), "*【待补：感想】*，好"},
		{p("{{循环 活动 排序=日期}}") + p("名称：", "*{{名称}}") + p("人次") + p("{{结束}}") + p("末"), "名称：*<义诊> & 讲座*\n人次\n名称：*乙*\n人次\n末"},
		{p("{{如果 走访.户次}}") + p("走访") + p("{{否则}}") + p("没有走访") + p("{{结束}}"), "没有走访"},
		{p("{{如果 活动.场次}}") + p("有") + p("{{否则}}") + p("没有") + p("{{结束}}"), "有"},
		{p("{{循环 走访}}") + p("{{序}}") + p("{{结束}}") + p("末"), "末"},
		{p("{{循环 活动 排序=日期}}") + p("{{如果 名称=乙}}") + p("是{{名称}}") + p("{{否则}}") + p("不是") + p("{{结束}}") + p("{{结束}}"), "不是\n是乙"},
		{p("{{注 不印出来}}") + p("印{{注 不印}}出来"), "印出来"},
		{`<w:p><w:r><w:t>甲</w:t><w:br/><w:t>{{活动.场次}}</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>`, "甲/2乙"},
		{`<w:p><w:r><w:t>{{每条 活动 排序=日期}}{{名称}}</w:t><w:br/><w:t>{{完}}</w:t></w:r></w:p>`, "<义诊> & 讲座/乙/"},
		{`<w:p><w:hyperlink r:id="x"><w:r><w:t>链{{活动</w:t></w:r></w:hyperlink><w:r><w:t>.场次}}接</w:t></w:r></w:p>`, "链2接"},
		{`<w:p><w:r><w:t>走访{{走访.户次}}户。</w:t><w:drawing/></w:r></w:p>`, "◇"},
		{`<w:p><w:r><w:t>{{如果 走访.户次}}</w:t></w:r></w:p>` + p("甲") + `<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{{结束}}</w:t></w:r></w:p>` + p("乙"), "\n乙"},
		{p("{{节号 1}}走访") + p("走访{{走访.户次}}户。") + p("{{节号 1}}活动") + p("{{节号 2}}场次") + p("活动{{活动.场次}}场。"), "一、活动\n（一）场次\n活动2场。"},
		{p("{{表 活动 日期 名称}}"), "*日期*\n|*名称*\n|‖\n2026-03-08\n|<义诊> & 讲座\n|‖\n2026-04-08\n|乙\n|‖"},
	} {
		if got := body(t, s, c.body); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.body, got, c.want)
		}
	}
}

// TestRows: loops over rows of a table, of none, of one and of many records.
func TestRows(t *testing.T) {
	table := tbl(row("序号", "名称", "人次"), row("{{循环 活动 排序=日期 序=1}}{{序}}", "{{名称}}", "*{{人次}}{{结束}}"), row("合计", "", "{{活动.人次 | 含零}}"))
	for _, n := range []int{0, 1, 40} {
		s := newShelf(t)
		want, sum := "序号\n|名称\n|人次\n|‖\n", 0
		for i := range n {
			s.Held(sampletest.Day(1+i/28, 1+i%28), fmt.Sprintf("活动%d", i), int64(i+1), nil)
			want += fmt.Sprintf("%d\n|活动%d\n|*%d*\n|‖\n", i+1, i, i+1)
			sum += i + 1
		}
		want += fmt.Sprintf("合计\n|\n|%d\n|‖\n末", sum)
		if got := body(t, s, table, p("末")); got != want {
			t.Errorf("%d records: %q, want %q", n, got, want)
		}
	}
}

// TestTables: rows under a condition, of several rows together, groups, loops in
// cells, tables that come again, and tables nothing is left of.
func TestTables(t *testing.T) {
	s := two(t)
	for _, c := range []struct{ body, want string }{
		{tbl(row("{{如果 走访.户次}}走访", "{{走访.户次}}{{结束}}"), row("活动", "{{活动.场次}}")), "活动\n|2\n|‖"},
		{tbl(row("{{循环 活动 排序=日期}}{{名称}}", "甲"), row("{{人次}}", "乙{{结束}}")), "<义诊> & 讲座\n|甲\n|‖\n20\n|乙\n|‖\n乙\n|甲\n|‖\n30\n|乙\n|‖"},
		{tbl(row("{{分组 活动 按 条线}}{{组}}", "{{活动.场次}}{{完}}")), "文体\n|2\n|‖"},
		{tbl(row(p("{{循环 活动 排序=日期}}")+p("{{名称}}")+p("{{结束}}"), "乙")), "<义诊> & 讲座\n乙\n|乙\n|‖"},
		{tbl(row(p("{{循环 活动 排序=日期}}") + p("{{名称}}") + p("{{结束}}"))), "<义诊> & 讲座\n乙\n|‖"},
		{tbl(row(p("{{循环 活动 排序=日期}}")+p("{{名称}}"), p("{{人次}}")+p("{{结束}}"))), "<义诊> & 讲座\n|20\n|‖\n乙\n|30\n|‖"},
		{p("{{循环 活动 排序=日期}}") + tbl(row("{{名称}}")) + p("{{结束}}"), "<义诊> & 讲座\n|‖\n\n乙\n|‖"},
		{tbl(row("{{循环 走访}}{{序}}", "{{结束}}")) + p("末"), "末"},
		{tbl(row("走访{{走访.户次}}户。", "空")), "\n|空\n|‖"},
	} {
		if got := body(t, s, c.body); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.body, got, c.want)
		}
	}
}

// TestCutRuns: a tag cut at every place, into two and three runs with proofing
// marks between them, says the same in the look of the run it begins in.
func TestCutRuns(t *testing.T) {
	s := two(t)
	text := "在{{社区名称}}办了{{活动.场次 名称=“乙” | 汉数}}场"
	runs := func(parts ...string) string {
		out := `<w:p>`
		for i, part := range parts {
			props := ""
			if i == 1 {
				props = `<w:rPr><w:b/></w:rPr>`
			}
			out += `<w:proofErr w:type="spellStart"/><w:r w:rsidR="00A1">` + props + `<w:t xml:space="preserve">` + part + `</w:t></w:r>`
		}
		return out + `</w:p>`
	}
	plain := strings.NewReplacer("*", "")
	for i := range text {
		if got := plain.Replace(body(t, s, runs(text[:i], text[i:]))); got != "在和平社区办了一场" {
			t.Fatalf("cut at %d: %s", i, got)
		}
		for j := range text {
			if j <= i {
				continue
			}
			got := body(t, s, runs(text[:i], text[i:j], text[j:]))
			if plain.Replace(got) != "在和平社区办了一场" {
				t.Fatalf("cut at %d and %d: %s", i, j, got)
			}
			tag := strings.Index(text, "{{社区")
			if in := strings.Count(got[:strings.Index(got, "和平")], "*")%2 == 1; in != (i <= tag && tag < j) {
				t.Fatalf("cut at %d and %d: %s", i, j, got)
			}
		}
	}
}

// TestLossless: what no tag touches is copied byte for byte; other parts lie in
// the file as they lay in the template.
func TestLossless(t *testing.T) {
	s := two(t)
	odd := `<w:p w14:paraId="00AB" ><w:pPr><w:jc  w:val='center'/></w:pPr><w:r><w:t>a &#x4e2d; &amp;b</w:t></w:r><!-- kept --><w:bookmarkStart w:id="1" w:name="x"/></w:p>` +
		`<w:p><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent></mc:Choice></mc:AlternateContent></w:r></w:p>`
	header := `<w:hdr xmlns:w="` + nsWord + `"><w:p><w:r><w:t>{{社区名称}}</w:t></w:r></w:p></w:hdr>`
	footer := `<w:ftr xmlns:w="` + nsWord + `"><w:p><w:r><w:t>— 1 —</w:t></w:r></w:p></w:ftr>`
	other := `<not even xml & never read`
	file := word(odd+p("活动{{活动.场次}}场")+odd, "word/header1.xml", header, "word/footer1.xml", footer, "customXml/item1.xml", other)
	out := filled(t, s, file, Finish{})
	main := partOf(t, out, "word/document.xml")
	if strings.Count(main, odd) != 2 || !strings.Contains(main, "活动2场") && !strings.Contains(main, ">2<") {
		t.Errorf("%s", main)
	}
	if got := partOf(t, out, "word/header1.xml"); told(t, got) != "和平社区\n" {
		t.Error(got)
	}
	for _, name := range []string{"word/footer1.xml", "customXml/item1.xml", "_rels/.rels", contentTypes} {
		if partOf(t, out, name) != partOf(t, file, name) {
			t.Errorf("%s is not what it was", name)
		}
	}
	if !bytes.Equal(out, filled(t, s, file, Finish{})) {
		t.Error("the same template and ledger gave other bytes")
	}
	whole := word(odd + p("无标记") + tbl(row("甲", "乙")))
	if got := partOf(t, filled(t, s, whole, Finish{}), "word/document.xml"); got != partOf(t, whole, "word/document.xml") {
		t.Errorf("without a tag it changed: %s", got)
	}
	// A copy of a paragraph has no id of its own.
	twice := partOf(t, filled(t, s, word(p("{{循环 活动}}")+odd+p("{{结束}}")), Finish{}), "word/document.xml")
	if strings.Count(twice, "paraId") != 1 || strings.Count(twice, "a &#x4e2d; &amp;b") != 2 {
		t.Error(twice)
	}
}

// TestLook: quotation marks get the hint that makes them Chinese, and what the
// schema orders stays ordered.
func TestLook(t *testing.T) {
	s := newShelf(t)
	s.Held(sampletest.Day(3, 8), "“三八”表彰", 20, nil)
	for props, want := range map[string]string{
		``: `<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>`,
		`<w:rPr><w:rStyle w:val="a"/><w:sz w:val="32"/></w:rPr>`:                         `<w:rPr><w:rStyle w:val="a"/><w:rFonts w:hint="eastAsia"/><w:sz w:val="32"/></w:rPr>`,
		`<w:rPr><w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/></w:rPr>`:                   `<w:rPr><w:rFonts w:eastAsia="仿宋" w:hint="eastAsia"/><w:sz w:val="32"/></w:rPr>`,
		`<w:rPr><w:rFonts w:eastAsia="仿宋" w:hint="eastAsia"/><w:sz w:val="32"/></w:rPr>`: `<w:rPr><w:rFonts w:eastAsia="仿宋" w:hint="eastAsia"/><w:sz w:val="32"/></w:rPr>`,
		`<w:rPr/>`: `<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>`,
	} {
		got := partOf(t, filled(t, s, word(`<w:p><w:r>`+props+`<w:t>{{活动.名称}}</w:t></w:r></w:p>`), Finish{}), "word/document.xml")
		if !strings.Contains(got, `<w:r>`+want+`<w:t xml:space="preserve">“三八”表彰</w:t></w:r>`) {
			t.Errorf("%s: %s", props, got)
		}
		gap := partOf(t, filled(t, s, word(`<w:p><w:r>`+props+`<w:t>{{待补 甲}}</w:t></w:r></w:p>`), Finish{}), "word/document.xml")
		if !strings.Contains(gap, `<w:b/><w:bCs/>`) || strings.Contains(gap, `<w:sz w:val="32"/><w:b/>`) {
			t.Error(gap)
		}
	}
}

// TestFaults: the tag, its paragraph, what it may have been and where names are
// listed; in both languages, all at once.
func TestFaults(t *testing.T) {
	schema := model.NewSchema()
	header := []string{"word/header1.xml", `<w:hdr xmlns:w="` + nsWord + `"><w:p><w:r><w:t>{{社区名陈}}</w:t></w:r></w:p></w:hdr>`}
	for _, c := range []struct {
		file []byte
		want []string
	}{
		{word(p("好") + p("共开展", "{{活动.场", "刺}}场")), []string{"正文“共开展{{活动.场刺}}场”这一段，{{活动.场刺}}：没有“场刺”", "是不是“场次”？", "taizhang template names"}},
		{word(p("甲"), header...), []string{"页眉“{{社区名陈}}”", "是不是“社区名称”？"}},
		{word(tbl(row("{{循环 话动}}{{序}}", "{{名称}}{{结束}}"))), []string{"{{循环 话动}}", "没有“话动”这个台账，是不是“活动”？"}},
		{word(p("{{循环 活动}}") + p("甲")), []string{"没有成对"}},
		{word(p("{{循环 活动}}甲") + p("{{结束}}")), []string{"各自单独成段"}},
		{word(p("{{循环 活动}}") + tbl(row("甲{{结束}}", "乙"))), []string{"没有成对"}},
		{word(p("{{活动.场次")), []string{"没有在同一行用 }} 结束"}},
		{word(p("见{{插入 正文 summary}}")), []string{"要单独成段"}},
		{word(p("{{插入 正文 没有}}")), []string{"没有“没有”这个报告模板"}},
		{word(p("{{插入 附件}}")), []string{"{{插入 正文}}"}},
		{word(p("{{节号 7}}甲{{活动.场次}}")), []string{"1 至 4"}},
		{word(`<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{{社区名称}}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>`), []string{"文本框", "{{社区名称}}"}},
	} {
		_, err := Parse(c.file, schema, bodies(schema))
		said := ""
		if err != nil {
			said = model.Say(err, model.ZH)
			if en := model.Say(err, model.EN); en == said {
				t.Errorf("not in English: %s", en)
			}
		}
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%q, want %q", said, want)
			}
		}
	}
	_, err := Parse(word(p("{{活动.场刺}}")+p("{{话动.场次}}")), schema, Options{})
	if faults, ok := err.(Faults); !ok || len(faults) != 2 {
		t.Errorf("%v, want two faults", err)
	}
}
