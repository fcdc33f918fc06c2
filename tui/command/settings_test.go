package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// settingsFile is what an office writes by hand.
const settingsFile = `{"taizhang_settings": 1,
 "fields": [{"register": "activity", "key": "x_tq", "zh": "天气", "en": "Weather", "type": "pick", "vocab": "X_TQ", "class": "open", "col": 3},
            {"register": "activity", "key": "x_bz", "zh": "布置情况", "type": "text"}],
 "registers": [{"key": "x_yq", "letter": "XA", "zh": "养犬登记", "en": "Dog", "name_field": "x_qm", "date_field": "x_rq", "fields": [
    {"key": "x_qm", "zh": "犬名", "en": "Name", "type": "text", "required": true, "col": 1, "class": "open"},
    {"key": "x_rq", "zh": "登记日期", "type": "date", "col": 2, "class": "open"},
    {"key": "x_qz", "zh": "犬主", "type": "ref", "refs": ["person"], "or_text": true, "col": 3},
    {"key": "x_dh", "zh": "犬主电话", "type": "text", "class": "personal", "mask": "phone"},
    {"key": "x_zh", "zh": "犬证号", "type": "text", "class": "sensitive"},
    {"key": "x_fy", "zh": "登记费", "type": "money", "class": "internal"},
    {"key": "x_ym", "zh": "免疫", "type": "list", "class": "open", "sub": [{"key": "on", "zh": "日期", "type": "date"}, {"key": "what", "zh": "疫苗", "type": "text"}]}]}],
 "vocabs": [{"code": "X_TQ", "zh": "天气情况", "terms": [{"zh": "晴", "en": "sunny"}, {"zh": "小雨"}]}],
 "terms": [{"vocab": "LINE", "zh": "养老服务"}, {"vocab": "LINE", "zh": "民防", "retired": true}]}`

// write puts a settings file into a folder of the test's.
func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Out and back in again are the same bytes; the differences are listed, and a
// trial stores nothing.
func TestSettingsFile(t *testing.T) {
	o := newOffice(t)
	before := o.head()
	file := write(t, settingsFile)
	if out := o.ok("settings", "import", file, "--dry-run"); !strings.Contains(out, "+ 项目 activity.x_tq 天气（单选）") || !strings.Contains(out, "- 词 LINE.民防") || o.head() != before {
		t.Errorf("%s", out)
	}
	if out := o.ok("settings", "import", file); !strings.Contains(out, "+ 台账 x_yq 养犬登记") || !strings.HasSuffix(out, "已存为设置第 1 版") {
		t.Errorf("%s", out)
	}
	if out := o.okIn(settingsFile, "settings", "import", "-", "--lang", "en"); out != "nothing differs" {
		t.Errorf("%s", out)
	}
	one := filepath.Join(t.TempDir(), "one.json")
	if out := o.ok("settings", "export", "--out", one); out != one {
		t.Error(out)
	}
	first, err := os.ReadFile(one)
	if err != nil || o.ok("settings", "show", "--json")+"\n" != string(first) {
		t.Errorf("%v %s", err, first)
	}
	other := newOffice(t)
	other.ok("settings", "import", one)
	if again := other.ok("settings", "show", "--json") + "\n"; again != string(first) {
		t.Errorf("not the same:\n%s\n%s", first, again)
	}
	o.refused(1, "", "settings", "export", "--out", one)
	if out := o.ok("settings", "show"); !strings.Contains(out, "项目 activity.x_tq 天气（单选）") || !strings.Contains(out, "停用") {
		t.Error(out)
	}
	if out := o.ok("fields"); !strings.Contains(out, "x_yq") {
		t.Error(out)
	}
	if out := o.ok("fields", "活动"); !strings.Contains(out, "x_tq") || !strings.Contains(out, "X_TQ") {
		t.Error(out)
	}
	// A file without an entry puts it aside; the same file brings it back.
	if out := o.okIn(`{"taizhang_settings":1}`, "settings", "import", "-"); !strings.Contains(out, "- 台账 x_yq") || !strings.Contains(out, "^ 词 LINE.民防") {
		t.Error(out)
	}
	o.ok("settings", "import", one)
	if again := o.ok("settings", "show", "--json") + "\n"; again != string(first) {
		t.Errorf("not the same after coming back:\n%s", again)
	}
	o.head()
}

// A bad file is refused by the name of the entry and stores nothing.
func TestBadSettingsFile(t *testing.T) {
	o := newOffice(t)
	before := o.head()
	for in, say := range map[string]string{
		`nothing`: "不是 JSON",
		`{"taizhang_settings":1,"fields":[{"register":"activity","key":"x_a","zh":"甲","type":"colour"}]}`:         "项目 activity.x_a：类型“colour”不认识",
		`{"taizhang_settings":1,"fields":[{"register":"activity","key":"x_a","zh":"地点","type":"text"}]}`:          "activity.x_a：“地点”已是 venue 的名称",
		`{"taizhang_settings":1,"registers":[{"key":"x_r","letter":"A","zh":"乙","fields":[]}]}`:                   "台账 x_r：编号字母“A”",
		`{"taizhang_settings":1,"fields":[{"register":"activity","key":"x_a","zh":"甲\u202e","type":"text"}]}`:     "双向控制符",
		`{"taizhang_settings":1,"fields":[{"register":"activity","key":"x_a","zh":"甲","type":"text","col":"x"}]}`: "第1个项目 activity.x_a：读不懂：col",
		`{"taizhang_settings":1,"terms":[{"vocab":"LEVEL","zh":"楼"}]}`:                                            "词 LEVEL.楼：词表 LEVEL",
		strings.Repeat(" ", 2<<20): "1 MB",
	} {
		if line := o.refused(2, in, "settings", "import", "-"); !strings.Contains(line, say) {
			t.Errorf("%.60s: %s", in, line)
		}
	}
	o.refused(2, "", "settings", "import", filepath.Join(t.TempDir(), "nothing.json"))
	o.refused(2, "", "settings", "import", t.TempDir())
	o.refused(2, "", "settings", "import")
	o.refused(2, "", "settings", "export")
	if o.head() != before {
		t.Error("something was stored")
	}
}

func TestSettingsAreTheAdministrators(t *testing.T) {
	o := newOffice(t)
	o.ok("add", "staff", "name=吴平", "login=wup", "roles=管理", "--reason", "换届") // somebody must be
	o.ok("edit", "S-2027-0001", "权限=录入")
	before := o.head()
	o.refused(7, settingsFile, "settings", "import", "-")
	o.ok("settings", "show", "--json")
	if o.head() != before {
		t.Error("something was stored")
	}
}

// A field of the office's own, named in Chinese, from add to the files.
func TestOwnField(t *testing.T) {
	o := newOffice(t)
	raw := o.event("x_tq=晴转多云") // before anyone declared it
	o.okIn(settingsFile, "settings", "import", "-")
	id := o.event("天气=xy", "布置情况=挂了横幅", "lines=养老服务")
	rec := o.show(id)
	if rec.Values["x_tq"] != "小雨" || rec.Values["x_bz"] != "挂了横幅" {
		t.Errorf("%v", rec.Values)
	}
	if line := o.refused(2, "", "edit", id, "天气=大风"); !strings.Contains(line, "天气（x_tq）：“大风”不在可选范围内：晴、小雨") {
		t.Error(line)
	}
	o.ok("edit", id, "weather=sunny")
	if line := o.refused(2, "", "edit", id, "天气=晴", "x_tq=晴"); !strings.Contains(line, "写了两次") {
		t.Error(line)
	}
	if rec := o.show(id); rec.Values["x_tq"] != "晴" || strings.Join(rec.History[1].Fields, " ") != "x_tq" {
		t.Errorf("%+v", rec)
	}
	if out := o.ok("list", "活动"); !strings.Contains(out, "天气") || !strings.Contains(out, "晴转多云") {
		t.Error(out)
	}
	if out := o.list("活动", "--where", "天气=晴"); len(out) != 1 || out[0].ID != id {
		t.Errorf("%+v", out)
	}
	if out := o.list("活动", "--search", "横幅"); len(out) != 1 || out[0].ID != id {
		t.Errorf("%+v", out)
	}
	o.ok("edit", raw, "名称=改过名") // the raw value outlives an edit
	if rec := o.show(raw); rec.Values["x_tq"] != "晴转多云" {
		t.Errorf("%v", rec.Values)
	}
	out := filepath.Join(t.TempDir(), "a.csv")
	o.ok("export", "活动", "--format", "csv", "--audience", "public", "--out", out)
	if b, _ := os.ReadFile(out); !strings.Contains(string(b), "天气") || strings.Contains(string(b), "布置情况") || strings.Contains(string(b), "横幅") {
		t.Errorf("%s", b)
	}
	// Put aside: hidden, not found, refused by name, and kept.
	o.okIn(`{"taizhang_settings":1}`, "settings", "import", "-")
	if out := o.ok("show", id); strings.Contains(out, "横幅") || strings.Contains(out, "天气") {
		t.Error(out)
	}
	if line := o.refused(2, "", "edit", id, "x_bz=换了"); !strings.Contains(line, "停用") {
		t.Error(line)
	}
	o.refused(2, "", "edit", id, "布置情况=换了")
	o.ok("edit", id, "名称=又改")
	if out := o.list("活动", "--search", "横幅"); len(out) != 0 {
		t.Errorf("%+v", out)
	}
	o.okIn(settingsFile, "settings", "import", "-")
	if rec := o.show(id); rec.Values["x_bz"] != "挂了横幅" {
		t.Errorf("%v", rec.Values)
	}
	o.head()
}

// A whole register of the office's own has the rights of a built-in one.
func TestOwnRegister(t *testing.T) {
	o := newOffice(t)
	o.okIn(settingsFile, "settings", "import", "-")
	owner := o.ok("add", "人员", "姓名=王秀兰", "出生日期=1941-05-06")
	id := o.ok("add", "养犬登记", "犬名=旺财", "登记日期=昨", "犬主=王秀兰", "犬主电话=13812345678", "犬证号=ZQ-007", "登记费=1,200", "免疫=2027-03-01 狂犬；2027-02-01 五联")
	if id != "XA-2027-0001" {
		t.Fatal(id)
	}
	o.refused(2, "", "add", "x_yq", "登记日期=今")
	same(t, "values", o.show(id).Values, `{"x_qm":"旺财","x_rq":"2027-03-09","x_qz":"`+owner+`","x_dh":"13812345678","x_zh":"ZQ-007","x_fy":"1200.00",
		"x_ym":[{"on":"2027-03-01","what":"狂犬"},{"on":"2027-02-01","what":"五联"}]}`)
	if out := o.ok("show", id); !strings.Contains(out, "养犬登记") || !strings.Contains(out, "王秀兰") {
		t.Error(out)
	}
	if out := o.ok("list", "dog", "--period", "2027-03"); !strings.Contains(out, "旺财") || !strings.Contains(out, "登记日期") {
		t.Error(out)
	}
	if out := o.list("养犬登记", "--period", "2027-02"); len(out) != 0 {
		t.Errorf("%+v", out)
	}
	for _, text := range []string{"旺财", "wc", "王秀兰", "五联"} {
		if out := o.list("养犬登记", "--search", text); len(out) != 1 {
			t.Errorf("%s: %+v", text, out)
		}
	}
	dir := t.TempDir()
	for _, c := range []struct{ format, audience, has, lacks string }{
		{"csv", "internal", "王秀兰 138****5678 ZQ-007 1,200.00", ""},
		{"md", "superior", "王秀兰 13812345678 1,200.00", "ZQ-007"},
		{"csv", "public", "旺财 2027-03-09 王*兰", "王秀兰 13812345678 138**** ZQ-007 1,200.00 XA-2027"},
		{"json", "public", "旺财 王*兰", "王秀兰 13812345678 ZQ-007 1200 XA-2027"},
		{"json", "finance", "138****5678 1,200.00", "13812345678 ZQ-007"},
		{"md", "public", "旺财", "王秀兰 ZQ-007"},
	} {
		out := filepath.Join(dir, c.audience+"."+c.format)
		o.ok("export", "养犬登记", "--format", c.format, "--audience", c.audience, "--out", out)
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(b), `\*`, "*")
		for _, w := range strings.Fields(c.has) {
			if !strings.Contains(text, w) {
				t.Errorf("%s %s lacks %s:\n%s", c.format, c.audience, w, text)
			}
		}
		for _, w := range strings.Fields(c.lacks) {
			if strings.Contains(text, w) {
				t.Errorf("%s %s holds %s:\n%s", c.format, c.audience, w, text)
			}
		}
	}
	// Put aside: in no list of registers, its records stay readable.
	o.okIn(`{"taizhang_settings":1}`, "settings", "import", "-")
	if out := o.ok("fields"); strings.Contains(out, "x_yq") {
		t.Error(out)
	}
	if out := o.ok("show", id); !strings.Contains(out, "旺财") {
		t.Error(out)
	}
	o.refused(7, "", "add", "x_yq", "犬名=来福")
	o.okIn(settingsFile, "settings", "import", "-")
	if id := o.ok("add", "x_yq", "犬名=来福"); id != "XA-2027-0002" {
		t.Error(id)
	}
	o.head()
}
