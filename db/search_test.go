package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// community is a small ledger in which everything refers to something.
type community struct {
	*office
	clerk                                     model.Actor
	hall, person, house, visit, activity, bad string
}

func newCommunity(t testing.TB) *community {
	o := newOffice(t)
	c := &community{office: o, clerk: o.actor}
	day := func(m, d int) model.Date { return model.NewDate(2026, m, d) }
	compound := o.add("compound", model.Values{"name": "和平小区"})
	c.hall = o.add("venue", venue("二楼多功能厅"))
	c.person = o.add("person", model.Values{"name": "欧阳秀英", "birth": model.NewDate(1941, 5, 2), "phone": "138-0000-5678", "health": "高血压，独居"})
	c.house = o.add("household", model.Values{"head": model.Ref{ID: c.person}, "compound": model.Ref{ID: compound}, "building": "3", "room": "501"})
	o.must(db.Op{Kind: db.Edit, ID: c.person, Values: model.Values{"household": model.Ref{ID: c.house}}})
	c.visit = o.add("visit", model.Values{"date": day(2, 10), "person": model.Ref{ID: c.person}, "amount": model.Money(50000),
		"goods": []model.Row{{"item": "米", "qty": model.Dec(1000), "unit": "袋"}}, "fund": "社区经费", "way": "入户",
		"consent_pub": []model.Row{{"consent": "无"}}, "change": "想在卫生间装一个扶手"})
	c.activity = o.add("activity", model.Values{"date": day(3, 5), "title": "学雷锋志愿服务集市ＡBC", "lines": []string{"志愿服务"}, "role": "主办",
		"venue": model.Ref{ID: c.hall}, "attend_total": int64(260), "held": "已举办"})
	c.bad = o.add("activity", model.Values{"date": day(3, 6), "title": "学雷锋重复登记", "lines": []string{"志愿服务"}, "role": "主办",
		"venue": model.Ref{Text: "小广场"}, "attend_total": int64(260), "held": "已举办"})
	o.must(db.Op{Kind: db.Void, ID: c.bad, Reason: "重复"})
	return c
}

func (o *office) search(q db.SearchQuery) []db.Hit {
	o.t.Helper()
	hits, _, err := o.Search(ctx, o.actor, q)
	if err != nil {
		o.t.Fatalf("%q: %v", q.Text, err)
	}
	for _, h := range hits {
		if !utf8.ValidString(h.Snippet) || h.From < 0 || h.From > h.To || h.To > len(h.Snippet) ||
			!utf8.ValidString(h.Snippet[:h.From]) || !utf8.ValidString(h.Snippet[h.From:h.To]) {
			o.t.Errorf("%q: snippet %q, %d to %d", q.Text, h.Snippet, h.From, h.To)
		}
		if h.To == h.From || h.Register == nil || h.Title == "" {
			o.t.Errorf("%q: nothing shown of %+v", q.Text, h)
		}
	}
	return hits
}

func TestSearchFindsEveryKind(t *testing.T) {
	for _, how := range []string{"without filters", "with filters", "by the index", "by single names"} {
		t.Run(how, func(t *testing.T) {
			c := newCommunity(t)
			switch how {
			case "with filters":
				defer db.SetSearchLimits(0, 2000, 4096)()
			case "by the index":
				defer db.SetSearchLimits(0, 2000, -1)()
			case "by single names":
				defer db.SetSearchLimits(0, 0, -1)()
			}
			if how != "without filters" {
				if err := db.SealAll(c.Ledger); err != nil {
					t.Fatal(err)
				}
			}
			type want struct{ id, field, shown string }
			for text, want := range map[string][]want{
				"扶手":           {{c.visit, "change", "扶手"}},
				"欧阳":           {{c.house, "head", "欧阳"}, {c.person, "name", "欧阳"}, {c.visit, "person", "欧阳"}},
				"oyxy":         {{c.house, "head", "欧阳秀英"}, {c.person, "name", "欧阳秀英"}, {c.visit, "person", "欧阳秀英"}},
				"ouyangxiu":    {{c.house, "head", "欧阳秀"}, {c.person, "name", "欧阳秀"}, {c.visit, "person", "欧阳秀"}},
				"集市abc":        {{c.activity, "title", "集市ＡBC"}},
				"Ａb":           {{c.activity, "title", "ＡB"}},
				"a-1":          {{c.activity, "", c.activity}},
				"V-2026-0001":  {{c.visit, "", c.visit}},
				"v1":           {{c.visit, "", c.visit}},
				"2026-1":       nil, // counted below: the first of each register
				"500":          {{c.visit, "amount", "500.00"}},
				"500.00":       {{c.visit, "amount", "500.00"}},
				"0.05万":        {{c.visit, "amount", "500.00"}},
				"￥500":         {{c.visit, "amount", "500.00"}},
				"500元":         {{c.visit, "amount", "500.00"}},
				"500块":         {{c.visit, "amount", "500.00"}},
				"５００元整":        {{c.visit, "amount", "500.00"}},
				"500 元":        {{c.visit, "amount", "500.00"}},
				"￥ 500.00":     {{c.visit, "amount", "500.00"}},
				"¥ 500 块":      {{c.visit, "amount", "500.00"}},
				"600元":         {},
				"499":          {},
				"0305":         {{c.activity, "date", "2026-03-05"}},
				"3月5日":         {{c.activity, "date", "2026-03-05"}},
				"2026-03-05":   {{c.activity, "date", "2026-03-05"}},
				"2026年2月":      {{c.visit, "date", "2026-02-10"}},
				"2026-02":      nil,
				"2026Q1":       {{c.activity, "date", "2026-03-05"}, {c.visit, "date", "2026-02-10"}},
				"1941-05-02":   {{c.person, "birth", "1941-05-02"}},
				"13800005678":  {{c.person, "phone", "138****5678"}},
				"5678":         {{c.person, "phone", "5678"}},
				"0000":         {},
				"1380000567":   {},
				c.hall:         {{c.hall, "", c.hall}, {c.activity, "venue", "二楼多功能厅"}},
				"学雷锋":          {{c.activity, "title", "学雷锋"}},
				"学雷锋 多功能":      {{c.activity, "title", "学雷锋"}},
				"学雷锋　扶手":       {},
				"春节 mi":        nil,
				"高血压":          {{c.person, "health", "高血压"}},
				"没有这样的字":       {},
				"":             {},
				"  ":           {},
				"小广场":          {},
				"志愿服务 学雷锋 260": {},
			} {
				hits := c.search(db.SearchQuery{Text: text})
				if want == nil {
					continue
				}
				ids := map[string]string{}
				for _, h := range hits {
					key := ""
					if h.Field != nil {
						key = h.Field.Key
					}
					ids[h.ID] = key + " " + h.Snippet[h.From:h.To]
				}
				for _, w := range want {
					if ids[w.id] != w.field+" "+w.shown {
						t.Errorf("%q: %s found by %q, want %q", text, w.id, ids[w.id], w.field+" "+w.shown)
					}
				}
				if len(hits) != len(want) {
					t.Errorf("%q: %d hits, want %d: %v", text, len(hits), len(want), ids)
				}
			}
			if n := len(c.search(db.SearchQuery{Text: "2026-1"})); n < 6 {
				t.Errorf("%d first records of the year", n)
			}
			void := []model.State{model.Final, model.Void}
			if hits := c.search(db.SearchQuery{Text: "学雷锋", States: void}); len(hits) != 2 || hits[0].ID != c.bad || hits[0].State != model.Void {
				t.Errorf("void ones: %+v", hits)
			}
			if hits := c.search(db.SearchQuery{Text: "欧阳", Registers: []string{"visit"}}); len(hits) != 1 || hits[0].Title != "欧阳秀英 2026春节" {
				t.Errorf("one register: %+v", hits)
			}
			if hits := c.search(db.SearchQuery{Text: "扶手", Except: []string{"visit.change"}}); len(hits) != 0 {
				t.Errorf("excepted: %+v", hits)
			}
			c.verify()
		})
	}
}

// What an actor does not see in full is neither found nor shown.
func TestSearchShowsWhatTheActorSees(t *testing.T) {
	c := newCommunity(t)
	issue := model.Values{"name": "王监督", "login": "wang", "roles": []string{"查看"}}
	c.add("staff", issue)
	viewer := model.Actor{Staff: "S-2026-0002", Login: "wang", Roles: []model.Role{model.Viewer}}
	for _, text := range []string{"欧阳", "oyxy", "13800005678", "5678", "高血压", "扶手", "1941-05-02"} {
		hits, _, err := c.Search(ctx, viewer, db.SearchQuery{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range hits {
			f := h.Field
			if f == nil || !f.InFull(viewer, model.Inside) {
				t.Errorf("%q found %+v", text, h)
			}
		}
		if (text == "欧阳" || text == "5678") && len(hits) > 0 {
			t.Errorf("%q: %+v", text, hits)
		}
	}
	hits, _, err := c.Search(ctx, viewer, db.SearchQuery{Text: c.visit})
	if err != nil || len(hits) != 1 || strings.Contains(hits[0].Title, "秀英") {
		t.Errorf("%+v, %v", hits, err)
	}
	if _, _, err := c.Search(ctx, model.Actor{}, db.SearchQuery{Text: "欧阳"}); db.ExitCode(err) != db.ExitDenied {
		t.Errorf("nobody: %v", err)
	}
}

func TestSearchEndsWithItsContext(t *testing.T) {
	c := newCommunity(t)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, _, err := c.Search(ended, c.actor, db.SearchQuery{Text: "欧阳"}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// The pages of an answer together are the answer, with filters and without.
func TestSearchPages(t *testing.T) {
	l := dbtest.Filled(t, 3000)
	o := &office{l, t, nil, dbtest.Actor(t, l)}
	for _, sealed := range []bool{false, true} {
		if sealed {
			if err := db.SealAll(l); err != nil {
				t.Fatal(err)
			}
		}
		defer db.SetSearchLimits(20, 2000, 300)()
		defer db.SetVisitTime(time.Nanosecond)()
		for _, text := range []string{"慰问", "张", "2026-03", "春节 米", "zx", "500", "烟花"} {
			restore := db.SetVisitTime(time.Hour)
			all := o.search(db.SearchQuery{Text: text, Limit: 100000})
			restore()
			if len(all) == 0 {
				t.Errorf("nothing for %q", text)
			}
			var paged []db.Hit
			var after *db.Hit
			for more := true; more; {
				var page []db.Hit
				var err error
				if page, more, err = l.Search(ctx, o.actor, db.SearchQuery{Text: text, Limit: 37, After: after}); err != nil {
					t.Fatal(err)
				}
				if paged = append(paged, page...); more && len(page) != 37 || !more && len(page) == 0 {
					t.Errorf("%q: a page of %d, more %v", text, len(page), more)
				}
				after = &paged[len(paged)-1]
			}
			if !slices.Equal(paged, all) {
				t.Errorf("%q: %d hits in pages, %d at once", text, len(paged), len(all))
			}
			if !slices.IsSortedFunc(all, func(a, b db.Hit) int { return int(b.Date.SortKey()) - int(a.Date.SortKey()) }) {
				t.Errorf("%q: not newest first", text)
			}
		}
	}
	o.verify()
}

// naive decides on a decoded record what Search should.
type naive struct {
	c     *model.Context
	actor model.Actor
}

func (n *naive) name(id string, depth int) string {
	r := n.c.Book.Record(id)
	if r == nil || r.State == model.Void || depth > 1 {
		return ""
	}
	switch v := r.Values[r.Register.NameField].(type) {
	case string:
		return v
	case model.Ref:
		if v.ID != "" {
			return n.name(v.ID, depth+1)
		}
		return v.Text
	}
	return ""
}

func flat(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - 0xFEE0
		}
		return r
	}, s))
}

// answers is whether any text in a value of a field holds one word.
func (n *naive) answers(f *model.Field, v any, word string, pinyin bool) bool {
	holds := func(s string) bool {
		if strings.Contains(flat(s), flat(word)) {
			return true
		}
		_, ok := model.NewPinyin(s).Match(word)
		return ok && pinyin && len(word) > 1 && strings.ContainsAny(flat(word), "abcdefghijklmnopqrstuvwxyz")
	}
	ref := func(r model.Ref) bool {
		if r.ID == "" {
			return holds(r.Text)
		}
		pinyin = true
		return r.ID == n.id(word) || n.name(r.ID, 0) != "" && holds(n.name(r.ID, 0))
	}
	switch x := v.(type) {
	case string:
		return holds(x)
	case []string:
		return slices.ContainsFunc(x, holds)
	case model.Ref:
		return ref(x)
	case []model.Ref:
		return slices.ContainsFunc(x, ref)
	case []model.Row:
		for _, row := range x {
			for _, sub := range f.Sub {
				if n.answers(sub, row[sub.Key], word, pinyin) {
					return true
				}
			}
		}
	case model.Occasion:
		return holds(x.String())
	case model.Money:
		m, err := model.ParseSignedMoney(word)
		return err == nil && m == x
	case model.Date:
		d, err := model.ReadDate(word, n.c.Today())
		return err == nil && len(word) >= 4 && d.Precision == model.ByDay && x == d
	}
	return false
}

// id is the whole id that a word means.
func (n *naive) id(word string) string {
	up := strings.ToUpper(word)
	if letter, serial, ok := strings.Cut(up, "-"); ok && len(letter) == 1 && len(serial) < 4 {
		var k int
		if _, err := fmt.Sscanf(serial, "%d", &k); err == nil {
			return model.FormatID(letter, 2026, k)
		}
	}
	return up
}

func (n *naive) finds(r *model.Record, text string) bool {
	for _, word := range strings.Fields(text) {
		found := r.ID == n.id(word)
		for _, f := range r.Register.Fields {
			shown := f.Col > 0 || f.Key == r.Register.NameField
			if f.Type == model.TypeDate {
				shown = false
			}
			found = found || f.InFull(n.actor, model.Inside) && f.Class != model.Handler && !model.Blank(r.Values[f.Key]) &&
				n.answers(f, r.Values[f.Key], word, shown)
		}
		if !found {
			return false
		}
	}
	return true
}

// On random ledgers with edits, renamings and voids, with and without filters,
// the answer is what looking at each record would give, and Query.Text finds at
// least that within a register.
func TestSearchAgainstLookingAtEachRecord(t *testing.T) {
	names := []string{"张秀英", "李敏", "王小明", "欧阳修", "重阳", "Ann Lee", "长孙无忌"}
	notes := []string{"想装扶手", "米已送到", "Ａ座电梯坏了", "张家有老人", "重阳节来过", "abc", "要长期照顾"}
	texts := append(slices.Concat(names, notes), "张", "zxy", "zhangxiuying", "xiaom", "cs", "zs", "cy", "zhongyang", "changyang", "a座", "AN", "an le",
		"扶手 张", "zxy 米", "p-1", "V-2026-0002", "500", "500.00", "0308", "2026-03-07", "量子", "qq", "入户", "rh", "长", "长孙无忌 500")
	rapid.Check(t, func(rt *rapid.T) {
		o := newOffice(t)
		clerk := o.actor
		draw := func(from []string, what string) string { return rapid.SampledFrom(from).Draw(rt, what) }
		var people, visits []string
		live := map[string]bool{}
		compound := o.add("compound", model.Values{"name": draw(notes, "compound")})
		rt.Repeat(map[string]func(*rapid.T){
			"person": func(*rapid.T) {
				id := o.add("person", model.Values{"name": draw(names, "name"), "birth": model.NewDate(1950, 3, 8), "health": draw(notes, "health")})
				people = append(people, id)
				live[id] = true
				if rapid.Bool().Draw(rt, "house") {
					o.add("household", model.Values{"head": model.Ref{ID: id}, "compound": model.Ref{ID: compound}, "building": "3"})
				}
			},
			"visit": func(*rapid.T) {
				if len(people) == 0 {
					rt.Skip()
				}
				p := draw(people, "person")
				if !live[p] {
					rt.Skip()
				}
				visits = append(visits, o.add("visit", model.Values{"date": model.NewDate(2026, 3, rapid.IntRange(1, 8).Draw(rt, "day")), "person": model.Ref{ID: p},
					"household": model.Ref{Text: draw(notes, "household")}, "amount": model.Money(rapid.SampledFrom([]int{50000, 60000}).Draw(rt, "amount")), "way": "入户", "fund": "社区经费",
					"consent_pub": []model.Row{{"consent": "无"}}, "change": draw(notes, "change")}))
			},
			"rename": func(*rapid.T) {
				if len(people) == 0 {
					rt.Skip()
				}
				if p := draw(people, "person"); live[p] {
					o.must(db.Op{Kind: db.Edit, ID: p, Values: model.Values{"name": draw(names, "name"), "health": draw(notes, "health")}})
				}
			},
			"edit": func(*rapid.T) {
				if len(visits) == 0 {
					rt.Skip()
				}
				if v := draw(visits, "visit"); !live["-"+v] {
					o.must(db.Op{Kind: db.Edit, ID: v, Values: model.Values{"change": draw(notes, "change"), "amount": model.Money(50000)}})
				}
			},
			"void": func(*rapid.T) {
				if len(people)+len(visits) == 0 {
					rt.Skip()
				}
				id := draw(slices.Concat(people, visits), "id")
				o.must(db.Op{Kind: db.Void, ID: id, Reason: "错"})
				live[id], live["-"+id] = false, true
			},
			"seal": func(*rapid.T) {
				if err := db.SealAll(o.Ledger); err != nil {
					rt.Fatal(err)
				}
			},
			"": func(*rapid.T) {
				if rep, err := o.Verify(ctx, nil); err != nil {
					rt.Fatalf("%v %+v", err, rep.Faults)
				}
				text := draw(texts, "text")
				defer db.SetSearchLimits(rapid.SampledFrom([]int{0, 1, 5, 200}).Draw(rt, "first look"),
					rapid.SampledFrom([]int{0, 2, 2000}).Draw(rt, "names"), rapid.SampledFrom([]int{-1, 4096}).Draw(rt, "direct"))()
				book := o.Book(ctx)
				n := &naive{&model.Context{Schema: o.Schema(), Book: book, Now: o.Now(), Actor: clerk}, clerk}
				want := map[string]bool{}
				for _, reg := range o.Schema().Registers {
					list, err := o.List(ctx, db.Query{Register: reg.Key})
					if err != nil {
						rt.Fatal(err)
					}
					for _, r := range list {
						if n.finds(r, text) {
							want[r.ID] = true
						}
					}
				}
				hits, more, err := o.Search(ctx, clerk, db.SearchQuery{Text: text, Limit: 1000})
				if err != nil || more {
					rt.Fatal(err)
				}
				for _, h := range hits {
					if !want[h.ID] {
						rt.Errorf("%q found %s, %q", text, h.ID, h.Snippet)
					}
					delete(want, h.ID)
				}
				for id := range want {
					rt.Errorf("%q did not find %s", text, id)
				}
				if !strings.Contains(text, " ") {
					plain, err := o.Keys(ctx, db.Query{Register: "person", Text: text}, nil)
					if err != nil {
						rt.Fatal(err)
					}
					got := 0
					for _, h := range hits {
						if h.Register.Key == "person" && h.Field != nil && h.Field.Type != model.TypeDate {
							got++
						}
					}
					if len(plain) < got {
						rt.Errorf("the list finds %d by %q, the search %d", len(plain), text, got)
					}
				}
			},
		})
	})
}

// Verify notices a filter that lacks what a record holds.
func TestVerifyChecksFilters(t *testing.T) {
	c := newCommunity(t)
	if err := db.SealAll(c.Ledger); err != nil {
		t.Fatal(err)
	}
	c.verify()
	if err := db.EmptyFilters(c.Ledger); err != nil {
		t.Fatal(err)
	}
	if rep, err := c.Verify(ctx, nil); err == nil || len(rep.Faults) < 5 {
		t.Errorf("%d faults, %v", len(rep.Faults), err)
	}
}

// A damaged filter hides nothing, and verify names it.
func TestDamagedFilters(t *testing.T) {
	c := newCommunity(t)
	if err := db.SealAll(c.Ledger); err != nil {
		t.Fatal(err)
	}
	if err := db.FlipFilters(c.Ledger); err != nil {
		t.Fatal(err)
	}
	defer db.SetSearchLimits(0, 2000, 4096)()
	if hits := c.search(db.SearchQuery{Text: "欧阳"}); len(hits) != 3 {
		t.Errorf("%+v", hits)
	}
	if list, err := c.List(ctx, db.Query{Register: "visit", Text: "扶手"}); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
	if rep, err := c.Verify(ctx, nil); err == nil || len(rep.Faults) < 5 {
		t.Errorf("%d faults, %v", len(rep.Faults), err)
	}
}

// Filters come by themselves when a block is full or the next year begins, and
// Migrate makes those that are missing.
func TestFiltersGrow(t *testing.T) {
	o := newOffice(t)
	add := func(n int) {
		ops := make([]db.Op, n)
		for i := range ops {
			ops[i] = addVenue(fmt.Sprintf("厅%d", i))
		}
		o.must(ops...)
	}
	for _, step := range []struct {
		add, want int
		later     bool
	}{{254, 0, false}, {1, 1, false}, {256, 2, false}, {10, 2, false}, {1, 3, true}} {
		if step.later {
			o.clock.Set(o.clock.Now().AddDate(1, 0, 0))
		}
		if add(step.add); db.Filters(o.Ledger) != step.want {
			t.Errorf("after %d more: %d filters, want %d", step.add, db.Filters(o.Ledger), step.want)
		}
	}
	for range 20 { // fills its filter over and over with what it did not hold
		text := strings.Map(func(r rune) rune { return r + rune(o.clock.Now().Second()) }, strings.Repeat("㐀㐁㐂㐃㐄㐅㐆㐇㐈㐉", 100))
		o.clock.Set(o.clock.Now().Add(7e9))
		o.must(db.Op{Kind: db.Edit, ID: "L-2026-0003", Values: model.Values{"note": text}})
	}
	o.verify()
	if err := db.DropFilters(o.Ledger); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Migrate(ctx, nil); err != nil || db.Filters(o.Ledger) != 3 {
		t.Errorf("%d filters, %v", db.Filters(o.Ledger), err)
	}
	before, _ := o.Revision()
	if _, err := o.Migrate(ctx, nil); err != nil {
		t.Error(err)
	}
	if now, _ := o.Revision(); now != before {
		t.Error("written although nothing was missing")
	}
	o.verify()
}
