package report

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/sample/sampletest"
)

// A paragraph that a loop repeats is rewritten once for all its rounds; its rounds
// keep their names, and a broken rewrite is refused.
func TestEditInLoop(t *testing.T) {
	s := newShelf(t)
	s.Held(sampletest.Day(3, 1), "义诊", 10, nil)
	s.Held(sampletest.Day(4, 1), "讲座", 20, nil)
	src := "# 标题\n{{每条 活动}}\n办了{{名称}}。\n{{完}}\n尾。"
	doc := fill(t, s, src, Job{})
	var ids []string
	base := ""
	for _, b := range doc.Blocks {
		if id, _, ok := strings.Cut(b.ID, "/"); ok {
			if b.Source != "办了{{名称}}。" {
				t.Errorf("source %q", b.Source)
			}
			ids, base = append(ids, b.ID), id
		}
	}
	if len(ids) != 2 || ids[0] == ids[1] {
		t.Fatalf("%v", ids)
	}
	tpl, err := ParseText(src, s.C.Schema, Edits{base: "举办{{名称}}，{{人次}}人。\n居民满意。"})
	if err != nil {
		t.Fatal(err)
	}
	if doc, err = tpl.Fill(s, Job{Period: year2026, Lang: model.ZH}); err != nil {
		t.Fatal(err)
	}
	if text := doc.Text(); !strings.Contains(text, "举办义诊，10人。\n居民满意。\n") || !strings.Contains(text, "举办讲座，20人。\n居民满意。\n") || strings.Contains(text, "办了") {
		t.Error(text)
	}
	for _, id := range ids {
		found := false
		for _, b := range doc.Blocks {
			found = found || b.ID == id && b.Edited
		}
		if !found {
			t.Errorf("%s is gone", id)
		}
	}
	if _, err := ParseText(src, s.C.Schema, Edits{base: "{{完}}"}); err == nil {
		t.Error("a rewrite that ends the loop twice was taken")
	}
}
