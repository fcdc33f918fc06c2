package model

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// lintDay is the day by which the tests tell children from adults.
var lintDay = NewDate(2027, 3, 10)

func lintPerson(name, birth, id, phone string) *Record {
	r := NewRecord(Person)
	on, _ := ParseDate(birth)
	PersonName.Set(r, name)
	PersonBirth.Set(r, on)
	PersonIDNo.Set(r, id)
	PersonPhone.Set(r, phone)
	return r
}

// vectorLint knows the people of the privacy vectors.
func vectorLint() *Lint {
	l := NewLint(lintDay)
	l.AddPerson(lintPerson("张小明", "1949-12-31", "11010519491231002X", "13812345678"))
	l.AddPerson(lintPerson("欧阳修", "1960-02-03", "", ""))
	l.AddPerson(lintPerson("阿依古丽·买买提", "1970-06-07", "", ""))
	l.AddPerson(lintPerson("John Smith", "1970-06-07", "", ""))
	l.AddPerson(lintPerson("赵小宝", "2018-05-01", "", ""))
	l.AddAddress("和平小区3号楼2单元501室")
	l.Allow("0531-82345678")
	return l
}

func kinds(found []Finding) string {
	var out []string
	for _, f := range found {
		out = append(out, f.Kind.Words().EN)
	}
	return strings.Join(out, "; ")
}

func TestLintFinds(t *testing.T) {
	l := vectorLint()
	for _, c := range []struct{ text, want string }{
		{"11010519491231002X", "ID number"},
		{"身份证 110105 19491231 002x 。", "ID number"},
		{"１１０１０５１９４９１２３１００２Ｘ", "ID number"},
		{"110105-1949-12-31-002X", "ID number"},
		{"证号110105491231002登记", "ID number"},
		{"13812345678", "mobile number"},
		{"联系人 138-1234-5678", "mobile number"},
		{"+8613912345678", "mobile number"},
		{"１３８ １２３４ ５６７８", "mobile number"},
		{"138\u200b1234\u200b5678", "mobile number"},
		{"座机 0531-88776655", "landline"},
		{"电话：88776655", "landline"},
		{"卡号 6222021234567890128", "bank card"},
		{"6222 0212 3456 7890 128", "bank card"},
		{"住3号楼501", "building and room"},
		{"3号楼2单元501室", "building and room"},
		{"甲栋12层1203室", "building and room"},
		{"幸福路12号楼一单元二零一室", "building and room"},
		{"和平小区 3号楼2单元501室", "number or address on file"},
		{"张小明", "name on file"},
		{"张 小 明", "name on file"},
		{"张　小明", "name on file"},
		{"欧阳修同志", "name on file"},
		{"阿依古丽·买买提", "name on file"},
		{"given to JOHN SMITH.", "name on file"},
		{"赵小宝", "about a minor"},
		{"赵*宝，8岁", "about a minor"},
		{"李*华，实验小学三年级", "about a minor"},
		{"张小明住3号楼501，电话13812345678", "name on file; building and room; mobile number"},
		{"3号楼501\n3号楼502", "building and room; building and room"},
		{"肝癌晚期，二级肢体残疾", "illness or disability"},
		{"困难党员一人患癌症", "illness or disability"},
		{"户主的父亲患上白血病", "illness or disability"},
		{"王*兰身患糖尿病", "illness or disability"},
		{"张*明 高血压 500元", "illness or disability"},
		{"肢体残疾二级", "illness or disability"},
		{"患有尿毒症", "illness or disability"},
		{"110101201805010019", "about a minor"},
	} {
		if c.text == "110101201805010019" { // a child's number: the check digit is worked out
			first := "11010120180501001"
			c.text = first + string(CheckDigit(first))
		}
		found := l.Check(c.text)
		if got := kinds(found); got != c.want {
			t.Errorf("%q: found %q, not %q", c.text, got, c.want)
		}
		for _, f := range found {
			if strings.Contains(f.Masked, "13812345678") || strings.Contains(f.Masked, "张小明") || strings.Contains(f.Masked, "002X") && !strings.Contains(f.Masked, "*") {
				t.Errorf("%q is told unmasked: %q", c.text, f.Masked)
			}
		}
	}
}

// No one may let pass what tells of children and of illness.
func TestLintOverridable(t *testing.T) {
	for k := range LintKind(len(lintWords)) {
		if k.Overridable() != (k != LintHealth && k != LintMinor) {
			t.Error(k.Words())
		}
	}
}

// Everything that the masks write passes the check.
func TestLintLeavesMasksAlone(t *testing.T) {
	l := vectorLint()
	for _, text := range []string{StarName("张小明"), StarName("欧阳修"), StarName("司马相如"), StarName("阿依古丽·买买提"), StarName("John Smith"),
		StarID("11010519491231002X"), StarPhone("13812345678"), StarPhone("0531-88776655"), lastFour("6222021234567890123", ZH),
		compoundOf("和平小区3号楼2单元501室"), "80岁以上", "患大病的困难居民可以申请", "患高血压、糖尿病的老人可参加义诊", "不足3人", "张*明 和平小区 80岁以上 500.00元", "监督电话：0531-82345678", "0531 8234 5678"} {
		if found := l.Check(text); len(found) > 0 {
			t.Errorf("%q: %s", text, kinds(found))
		}
	}
}

// Some hundred notices as offices write them raise nothing.
func TestLintLeavesNoticesAlone(t *testing.T) {
	l := vectorLint()
	raw, err := os.ReadFile("testdata/notices.txt")
	if err != nil {
		t.Fatal(err)
	}
	notices := strings.Split(strings.TrimSpace(string(raw)), "\n")
	if len(notices) < 200 {
		t.Fatalf("only %d notices", len(notices))
	}
	for _, text := range append(notices, string(raw)) {
		for _, f := range l.Check(text) {
			t.Errorf("%q: %s %q", text[:min(len(text), 120)], f.Kind.Words().EN, text[f.At:f.To])
		}
	}
}

// embeddings is how many disguised numbers are hidden in notices.
var embeddings = 20_000

// 20,000 numbers of people, spaced, dashed and widened at random, in ordinary
// sentences: every one is found, where it stands.
func TestLintFindsEveryEmbedding(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 7))
	l := NewLint(lintDay)
	raw, err := os.ReadFile("testdata/notices.txt")
	if err != nil {
		t.Fatal(err)
	}
	notices := strings.Split(strings.TrimSpace(string(raw)), "\n")
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	missed := 0
	for range embeddings {
		number, what := randomMobile(r), "mobile"
		if r.IntN(2) == 0 {
			number, what = randomID(r), "id"
		}
		text := disguise(r, number)
		notice := []rune(notices[r.IntN(len(notices))])
		at := r.IntN(len(notice) + 1)
		for at < len(notice) && (notice[at] < 0x80 || at > 0 && notice[at-1] < 0x80) { // not into a number that stands there
			at++
		}
		before := string(notice[:at]) + pick("，", "：", "号码", "（", "电话 ")
		whole := before + text + pick("。", "）", "，", "\n", "请联系") + string(notice[at:])
		from := len(before)
		ok := false
		for _, f := range l.Check(whole) {
			ok = ok || f.At <= from && f.To >= from+len(text)
		}
		if !ok {
			if missed++; missed < 5 {
				t.Errorf("%s %q missed in %q: %v", what, text, whole, l.Check(whole))
			}
		}
	}
	if missed > 0 {
		t.Errorf("%d missed", missed)
	}
}

func randomMobile(r *rand.Rand) string { return fmt.Sprintf("1%d%09d", 3+r.IntN(7), r.IntN(1e9)) }

func randomID(r *rand.Rand) string {
	codes := strings.Fields(provinces)
	on := NewDate(1930+r.IntN(70), 1, 1).AddDays(r.IntN(364))
	first := fmt.Sprintf("%s%04d%04d%02d%02d%03d", codes[r.IntN(len(codes)-3)], r.IntN(10000), on.Year, on.Month, on.Day, r.IntN(1000))
	return first + string(CheckDigit(first))
}

// disguise puts spaces and dashes into a number, widens digits, lowers the X.
func disguise(r *rand.Rand, number string) string {
	often := r.IntN(4) // in a quarter of the cases nowhere
	wide := r.IntN(3) == 0
	var b strings.Builder
	for i, c := range number {
		if i > 0 && r.IntN(8) < often {
			b.WriteString([]string{" ", "-", "  ", "　", "—", "－", " - ", "\u00a0", "\u200b"}[r.IntN(9)])
		}
		switch {
		case c == 'X' && r.IntN(2) == 0:
			c = 'x'
		case wide && r.IntN(2) == 0:
			c += 0xFEE0
		}
		b.WriteRune(c)
	}
	return b.String()
}

// A long text is looked at in pieces, and what is found in it is what is found
// in the whole, in the same places.
func TestLintInPieces(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 8))
	l := vectorLint()
	raw, err := os.ReadFile("testdata/notices.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(raw), "\n")
	says := []string{"张小明，13812345678", "赵小宝，8岁", "住3号楼501", "3号楼2单元501室", "张*明 高血压", "和平小区 3号楼2单元501室", "john smith\r", "电话：88776655", "2026-03-08", "0531-82345678", "110105\t19491231 002x"}
	var b strings.Builder
	for b.Len() < 5*pieceSize {
		line := lines[r.IntN(len(lines))]
		if r.IntN(5) == 0 {
			line = says[r.IntN(len(says))]
			if r.IntN(2) == 0 {
				line = disguise(r, randomMobile(r)) + line
			}
		}
		b.WriteString(line + "\n")
	}
	text := b.String()
	found, whole := l.Check(text), l.check(text)
	if len(found) < 500 || found[len(found)-1].At < 4*pieceSize {
		t.Fatalf("only %d found", len(found))
	}
	if !slices.Equal(found, whole) {
		t.Errorf("%d found in pieces, %d in the whole", len(found), len(whole))
	}
	l.AddAddress("育才路甲1号\n5室") // on two lines, wherever the text is cut
	at := strings.Index(text[pieceSize:], "\n") + pieceSize
	text = text[:at] + "育才路甲1号\n5室" + text[at:]
	if !slices.ContainsFunc(l.Check(text), func(f Finding) bool { return f.At == at && f.Kind == LintValue }) {
		t.Error("an address on two lines is not found")
	}
}

// Twelve thousand names cost no more than a few, rune by rune.
func BenchmarkLint(b *testing.B) {
	l := NewLint(lintDay)
	given := []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红")
	for i := range 12_000 {
		name := string([]rune("王李张刘陈杨赵黄周吴")[i%10]) + string(given[i/10%len(given)]) + string(given[i/300%len(given)])
		l.AddPerson(lintPerson(name, "1960-01-01", "", fmt.Sprintf("138%08d", i)))
	}
	raw, _ := os.ReadFile("testdata/notices.txt")
	text := string(raw)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		l.Check(text)
	}
}

// The head of the journal at the foot of a file may look like a number of a
// person; that head stands, and nothing else that looks so.
func TestWitnessIsNoNumber(t *testing.T) {
	for _, head := range []string{"6375744968324027", "d351864770523773", "6108407759516219"} {
		l, text := NewLint(lintDay), "台账流水第1234条 "+head
		if len(l.Check(text)) == 0 {
			t.Errorf("%s looks like nothing", head)
		}
		l.Witness(head)
		if found := l.Check(text + "\n电话 13912345678"); len(found) != 1 || found[0].Kind != LintMobile || found[0].Masked != "13*********" {
			t.Errorf("%s: %v", head, found)
		}
	}
}

// A file of many lines costs as much a byte as one of few.
func BenchmarkLintLines(b *testing.B) {
	for _, lines := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			text := strings.Repeat("12,张*明,65岁以上,和平小区,春节,500.00,张小明\n", lines)
			l := vectorLint()
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				l.Check(text)
			}
		})
	}
}
