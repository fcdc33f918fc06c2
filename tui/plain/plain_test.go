package plain

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// talk runs one dialogue through a pipe and returns what was said.
func talk(t *testing.T, led *db.Ledger, l model.Lang, answers ...string) (said string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	actor, err := led.Actor(ctx)
	if err != nil {
		t.Fatal(err)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	go func() {
		_, _ = io.WriteString(w, strings.Join(answers, "\n"))
		_ = w.Close()
	}()
	var out bytes.Buffer
	err = Run(ctx, Options{Ledger: led, Actor: actor, Name: "张敏", Lang: l}, r, &out)
	for i, c := range out.Bytes() {
		if c < 0x20 && c != '\n' || c == 0x7f {
			t.Fatalf("byte %#x at %d of the output", c, i)
		}
	}
	if box := regexp.MustCompile(`[\x{2500}-\x{25ff}\x{80}-\x{9f}]`).FindString(out.String()); box != "" {
		t.Errorf("%q is drawn", box)
	}
	return out.String(), err
}

func expect(t *testing.T, said string, parts ...string) {
	t.Helper()
	rest := said
	for _, p := range parts {
		i := strings.Index(rest, p)
		if i < 0 {
			t.Fatalf("not said, or not after what goes before: %q\n%s", p, said)
		}
		rest = rest[i+len(p):]
	}
}

func get(t *testing.T, led *db.Ledger, id string) *model.Record {
	t.Helper()
	r, err := led.Get(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func drafts(t *testing.T, led *db.Ledger) []db.Draft {
	t.Helper()
	actor, err := led.Actor(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	list, err := led.Drafts(context.Background(), actor)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// answersTo are the answers for the fields of a register in their order; what
// is not named is kept as it is.
func answersTo(led *db.Ledger, register string, named map[string][]string) (answers []string) {
	for _, f := range led.Schema().Register(register).Fields {
		switch a, ok := named[f.Key]; {
		case !f.InForm():
		case ok:
			answers = append(answers, a...)
		default:
			answers = append(answers, "")
		}
	}
	return answers
}

func TestEnterInChinese(t *testing.T) {
	led := dbtest.New(t)
	fields := answersTo(led, "activity", map[string][]string{
		"date":         {"？", "明明", "昨"},
		"title":        {"", "庆“三八”趣味运动会"},
		"lines":        {"?wt", "１", "<", "+ fnet"},
		"venue":        {"文化广场"},
		"attend_total": {"八十六人", "86"},
		"summary":      {`第一段\`, "第二段"},
	})
	said, err := talk(t, led, model.ZH, append(append([]string{"活动", "1"}, fields...), "s", "", "<", "q")...)
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "示例社区，张敏，今天 2026-03-08 周日。", "1 活动", "0 数字与汇总",
		"新增活动", "日期，必填", "没有采用：", "记下：2026-03-07 周六",
		"名称，必填", "“名称”必须填写。", "相近的：1 文体", "记下：文体、妇女儿童", "没有采用：看不懂数目", "填写完了，请核对：",
		"名称：庆“三八”趣味运动会", "已保存，编号 A-2026-0001。", "再见。")
	r := get(t, led, "A-2026-0001")
	if d, _ := r.Values["date"].(model.Date); d.String() != "2026-03-07" {
		t.Errorf("date %v", r.Values["date"])
	}
	if n := r.Values["attend_total"]; n != int64(86) {
		t.Errorf("attendance %v", n)
	}
	if len(drafts(t, led)) != 0 {
		t.Error("the draft of what was saved is still there")
	}
}

func TestEnterInEnglish(t *testing.T) {
	led := dbtest.New(t)
	fields := answersTo(led, "activity", map[string][]string{"title": {"Lantern walk"}, "lines": {"1"}, "venue": {"square"}, "attend_total": {"40"}})
	said, err := talk(t, led, model.EN, append(append([]string{"activity", "1"}, fields...), "s", "", "a-2026-0001", "h", "<", "<", "q")...)
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "Field 1 of ", "required", "Saved as A-2026-0001.", "A-2026-0001 ", "Lantern walk", "version 1", "entered", "Goodbye.")
}

// Input that ends inside a form loses nothing but the line that was not ended,
// and the next run goes on with it at the same field.
func TestHangup(t *testing.T) {
	led := dbtest.New(t)
	_, err := talk(t, led, model.ZH, "1", "1", "昨", "", "", "植树", "")
	if err == nil || !strings.Contains(model.Say(err, model.ZH), "留作草稿") {
		t.Fatalf("%v", err)
	}
	list := drafts(t, led)
	if len(list) != 1 || list[0].Key != "activity" || list[0].Texts["title"] != "植树" || list[0].Texts["date"] != "昨" {
		t.Fatalf("%+v", list)
	}
	said, err := talk(t, led, model.ZH, "1", "1", "1", ">>", "s")
	if err == nil {
		t.Fatal(said)
	}
	expect(t, said, "没写完的草稿", "填写完了，请核对：", "日期：2026-03-07 周六", "名称：植树", "必须填写")
	said, err = talk(t, led, model.ZH, "1", "1", "2", "<<", "<", "q")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, said, "没有改动。")
}

// Going back, and leaving with the draft kept or thrown away.
func TestBackAndLeave(t *testing.T) {
	led := dbtest.New(t)
	said, err := talk(t, led, model.ZH, "1", "1", "昨", "《", "前", "<", ".", ">>", "x", "x", "<", "q")
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "第2项", "第1项", "日期 [2026-03-07 周六]：", "记下：2026-03-06 周五", "记下：2026-03-08 周日", "确定丢弃", "已丢弃。")
	if len(drafts(t, led)) != 0 {
		t.Error("a draft was thrown away and is there")
	}
	said, err = talk(t, led, model.ZH, "1", "1", "昨", "<<", "<", "q")
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "草稿已保留")
	if len(drafts(t, led)) != 1 {
		t.Error("no draft was kept")
	}
}

func TestListShowEditSearch(t *testing.T) {
	led := dbtest.New(t)
	actor, _ := led.Actor(context.Background())
	day, _ := model.ReadDate("0307", model.DateOf(led.Now()))
	for range 12 {
		if _, err := led.Write(context.Background(), actor, db.RequestID{}, db.Op{Kind: db.Add, Register: "activity", Values: model.Values{
			"date": day, "title": "义诊", "lines": []string{"文体"}, "venue": model.Ref{Text: "文化广场"}, "attend_total": int64(30)}}); err != nil {
			t.Fatal(err)
		}
	}
	titleAt := "" // the number of the field in the form
	for _, line := range strings.Split(func() string {
		said, _ := talk(t, led, model.ZH, "A-2026-0001", "e", "<<", "", "q")
		return said
	}(), "\n") {
		if before, ok := strings.CutSuffix(line, " 名称：义诊"); ok {
			titleAt = before
		}
	}
	said, err := talk(t, led, model.ZH, "1", "2", "", "12", "e", titleAt, "健康义诊", "s", "<", "<", "<",
		"/", "jkyz", "", "", "0", "2026-03", "q")
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "共12条，从第1条起：", "1 A-2026-0012，日期 2026-03-07", "从第11条起", "A-2026-0001 活动", "名称：义诊",
		"修改 A-2026-0001。", "已保存，编号 A-2026-0001。", "名称：健康义诊", "1 A-2026-0001，活动，健康义诊", "期间", "12 场")
	if r := get(t, led, "A-2026-0001"); r.Version != 2 || r.Values["title"] != "健康义诊" || r.Values["attend_total"] != int64(30) {
		t.Errorf("%d %v", r.Version, r.Values)
	}
}

// A person is found by half a name, by initials or by number of what was told,
// and nothing is told unasked.
func TestReferences(t *testing.T) {
	led := dbtest.New(t)
	actor, _ := led.Actor(context.Background())
	for _, name := range []string{"欧阳明月", "欧阳明", "𠮷田"} {
		if _, err := led.Write(context.Background(), actor, db.RequestID{}, db.Op{Kind: db.Add, Register: "person", Values: model.Values{"name": name, "birth": model.NewDate(1941, 5, 6)}}); err != nil {
			t.Fatal(err)
		}
	}
	var answers []string
	for _, f := range led.Schema().Register("visit").Fields {
		if f.Key == "person" {
			break
		}
		if f.Editable() {
			answers = append(answers, "")
		}
	}
	said, err := talk(t, led, model.ZH, append(append([]string{"3", "1"}, answers...), "", "oym", "2", "<", "?𠮷", "1", "<<", "<", "q")...)
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "可选：", "“对象”必须填写。", "对象：", "没有采用", "相近的：1 欧阳明 ", "2 欧阳明月 ", "记下：欧阳明月", "对象 [欧阳明月]：", "相近的：1 𠮷田", "记下：𠮷田")
	if n := strings.Count(said, "相近的："); n != 2 {
		t.Errorf("told %d times", n)
	}
}

// Someone else changes the same field meanwhile: both sides are said, nothing
// is overwritten unasked.
func TestConflict(t *testing.T) {
	led := dbtest.New(t)
	ctx := context.Background()
	actor, _ := led.Actor(ctx)
	day, _ := model.ReadDate("0307", model.DateOf(led.Now()))
	edit := func(title string, op db.OpKind) {
		_, err := led.Write(ctx, actor, db.RequestID{}, db.Op{Kind: op, Register: "activity", ID: map[db.OpKind]string{db.Edit: "A-2026-0001"}[op], Base: map[db.OpKind]int{db.Edit: 1}[op],
			Values: model.Values{"date": day, "title": title, "lines": []string{"文体"}, "venue": model.Ref{Text: "文化广场"}, "attend_total": int64(30)}})
		if err != nil {
			t.Fatal(err)
		}
	}
	edit("义诊", db.Add)
	r, w, _ := os.Pipe()
	defer r.Close()
	var out bytes.Buffer
	done := make(chan error, 1)
	go func() {
		done <- Run(ctx, Options{Ledger: led, Actor: actor, Name: "张敏", Lang: model.ZH}, r, &out)
	}()
	n := 0
	for i, f := range led.Schema().Register("activity").Fields {
		if f.Key == "title" {
			for _, g := range led.Schema().Register("activity").Fields[:i+1] {
				if g.InForm() {
					n++
				}
			}
		}
	}
	_, _ = io.WriteString(w, "A-2026-0001\ne\n"+string(rune('0'+n))+"\n健康义诊\n")
	for end := time.Now().Add(5 * time.Second); len(drafts(t, led)) == 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("no draft of the edit")
		}
	}
	edit("口腔义诊", db.Edit)
	_, _ = io.WriteString(w, "s\n<<\n<\nq\n")
	_ = w.Close()
	if err := <-done; err != nil {
		t.Fatal(err, out.String())
	}
	expect(t, out.String(), "已被 张敏 修改", "名称：现在是“口腔义诊”，您填的是“健康义诊”", "草稿已保留")
	if rec := get(t, led, "A-2026-0001"); rec.Values["title"] != "口腔义诊" {
		t.Errorf("overwritten: %v", rec.Values["title"])
	}
}

// Every register can be entered: each field is asked, and what is kept blank is
// refused where it must be filled.
func TestEveryRegisterIsAsked(t *testing.T) {
	led := dbtest.New(t)
	for _, l := range []model.Lang{model.ZH, model.EN} {
		for _, reg := range led.Schema().Registers {
			said, err := talk(t, led, l, reg.Words.In(l), "1", "?", ">>", "<<", "<", "q")
			if err != nil {
				t.Fatal(reg.Key, err)
			}
			for _, f := range reg.Fields {
				if f.InForm() {
					expect(t, said, f.Words.In(l))
					break
				}
			}
		}
	}
}

// Hostile and overlong lines change nothing and break nothing.
func TestBadInput(t *testing.T) {
	led := dbtest.New(t)
	for _, bad := range []string{"\x1b[2J", "\xff\xfe", strings.Repeat("社", 50_000), "\u202e活动", "\x00", "99999999999999999999", "A-2026-9999", "1\x1b[A"} {
		said, err := talk(t, led, model.ZH, bad, "1", "1", bad, "<<", "<", "q")
		var cut *cutOff
		if err != nil && !errors.As(err, &cut) {
			t.Fatalf("%.20q: %v", bad, err)
		}
		if strings.Contains(said, "\x1b") || len(said) > 20_000 {
			t.Errorf("%.20q: %d bytes said", bad, len(said))
		}
	}
}

// The money of a signed payment is changed with a reason, asked for when it is
// saved; a blank one saves nothing and loses nothing.
func TestReasonOfAChange(t *testing.T) {
	led := dbtest.New(t)
	ctx := context.Background()
	actor, _ := led.Actor(ctx)
	if _, err := led.Write(ctx, actor, db.RequestID{}, db.Op{Kind: db.Add, Register: "person", Values: model.Values{"name": "张桂英", "birth": model.NewDate(1950, 1, 1)}},
		db.Op{Kind: db.Add, Register: "visit", Values: model.Values{"date": model.NewDate(2026, 3, 5), "person": model.Ref{ID: "P-2026-0001"}, "household": model.Ref{Text: "和平小区"},
			"visitors": []model.Ref{{Text: "李敏"}}, "amount": model.Money(80000), "fund": "党费", "receipt": "已签"}}); err != nil {
		t.Fatal(err)
	}
	at, n := "", 0
	for _, f := range led.Schema().Register("visit").Fields {
		if f.Editable() {
			if n++; f.Key == "amount" {
				at = strconv.Itoa(n)
			}
		}
	}
	said, err := talk(t, led, model.ZH, "V-2026-0001", "e", at, "500", "s", "", "s", "账上记错", "<", "q")
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "V-2026-0001 已签领，改“慰问金”要写明原因，没有保存", "已保存，编号 V-2026-0001。", "慰问金：500.00")
	hist, err := led.History(ctx, "V-2026-0001")
	if err != nil || len(hist) != 2 || hist[1].Entry.Reason != "账上记错" {
		t.Errorf("%v %+v\n%s", err, hist, said)
	}
}

// Under a household stand its members and what it was given.
func TestHouseholdInWords(t *testing.T) {
	led := dbtest.New(t)
	compound := dbtest.Add(t, led, "compound", model.Values{"name": "和平小区"})
	home := dbtest.Add(t, led, "household", model.Values{"head": model.Ref{Text: "王秀兰"}, "compound": model.Ref{ID: compound}, "building": "3"})
	person := dbtest.Add(t, led, "person", model.Values{"name": "王秀兰", "birth": model.NewDate(1941, 5, 6), "household": model.Ref{ID: home}})
	visit := dbtest.Add(t, led, "visit", model.Values{"date": model.NewDate(2026, 2, 1), "person": model.Ref{ID: person}, "amount": model.Money(500_00), "fund": "党费"})
	said, err := talk(t, led, model.ZH, home, "<", "q")
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "家庭成员：1条", person+"，姓名 王秀兰", "年龄 84", "本年走访慰问：1条", visit+"，实际日期 2026-02-01", "2026年：1条  慰问金 500.00元")
}

// In a text // and initials become the full text of a phrase; where several are
// like it, it is asked which.
func TestPhrases(t *testing.T) {
	led := dbtest.Filled(t, 0)
	fields := answersTo(led, "meeting", map[string][]string{
		"type":      {"两委会"},
		"org":       {"和平社区党委"},
		"topic":     {"// ", "", "学习//zzzz", "见 http://example.org/a"},
		"slogan":    {"//ndkh"},
		"expected":  {"7"},
		"present":   {"7"},
		"summary":   {"坚持／／stj，做到//三保。"},
		"decisions": {"?", "学习//san。", "2"},
	})
	said, err := talk(t, led, model.ZH, append(append([]string{"会议学习", "1"}, fields...), "s", "", "<", "q")...)
	if err != nil {
		t.Fatal(err, said)
	}
	expect(t, said, "相近的：1 ", "没有像“zzzz”的用语", "记下：服务再贴心，邻里更和谐", "文字里写 //首字母", "相近的：1 ", "哪一条？写序号", "已保存，编号 M-2026-")
	id := said[strings.LastIndex(said, "M-2026-"):][:11]
	r := get(t, led, id)
	for key, want := range map[string]string{
		"topic": "见 http://example.org/a", "slogan": "服务再贴心，邻里更和谐",
		"summary": "坚持贴近居民所盼、贴近楼院实情、贴近日常小事，做到保楼院平安、保老幼安心、保邻里和气。",
	} {
		if r.Get(key) != want {
			t.Errorf("%s: %v", key, r.Get(key))
		}
	}
	second := regexp.MustCompile(`相近的：1 .*?，2 (三\S+)  (\S+?)，3 `).FindStringSubmatch(said[strings.Index(said, "文字里写"):])
	if second == nil || r.Get("decisions") != "学习"+second[2]+"。" {
		t.Errorf("decisions: %v, of %q", r.Get("decisions"), second)
	}
}
