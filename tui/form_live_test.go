package tui

import (
	"testing"

	"taizhang/model"
)

// What the program makes of what is typed shows at once: birth, sex and age from
// the ID number, before anything is saved.
func TestLiveAge(t *testing.T) {
	d, led := office(t, model.ZH, 80, 24)
	d.Press("4").Idle().Press("ctrl+n").Expect("*姓名").Type("王秀兰").Press("enter").Type("11010519491231002X").Expect("1949-12-31（自动）").Expect("女（自动）").Expect("76（自动）")
	d.Press("backspace").ExpectNot("76（自动）").Type("Ｘ").Press("enter").Expect("11010519491231002X").Expect("76（自动）")
	if n, err := led.Count(t.Context(), "person", nil); err != nil || n != 0 {
		t.Errorf("%d stored, %v", n, err)
	}
}

// A visit finds its occasion by the date, and household and categories with the
// person, who is read from the ledger meanwhile; a field that must now be filled
// is marked.
func TestLiveVisit(t *testing.T) {
	d, led := office(t, model.ZH, 120, 40)
	add(t, led, "compound", "name", "和平小区")
	home := add(t, led, "household", "head", "王秀兰", "compound", "和平小区", "building", "3", "room", "501")
	add(t, led, "person", "name", "王秀兰", "birth", "1941-05-06", "household", home, "cats", "低保户 2024-03")
	d.Press("3").Idle().Press("ctrl+n").Expect("*实际日期").Type("0210").Press("enter").Expect("空着自动填：2026春节").Press("tab").Type("wxl").Expect("P-2026-0001").Press("enter")
	d.Expect("空着自动填：王秀兰 3-501").Press("tab").Expect("王秀兰 3-501（自动）").Press("tab").Expect("低保户、高龄（自动）").Expect(" 资金来源").ExpectNot("*资金来源").Press("pgdown").Type("500").Expect("*资金来源").Expect("未签（自动）")
	d.Press("enter", "enter").Expect("必填：发了慰问金或慰问品").Type("df").Press("enter").Press("ctrl+s").Expect("已保存 V-2026-0001")
	v := get(t, led, "V-2026-0001")
	if model.VisitHousehold.Of(v) != (model.Ref{ID: home}) || model.VisitOccasion.Of(v) != (model.Occasion{Name: "春节", Year: 2026}) {
		t.Errorf("stored %v", v.Values)
	}
}

// Parts against their whole: what is left is worked out, a contradiction is
// named beside the field while typing and gone when it is.
func TestLiveSum(t *testing.T) {
	d, _ := office(t, model.EN, 120, 40)
	d.Press("1").Idle().Press("ctrl+n").Expect("*Date").Press("pgdown", "enter", "enter").Type("45").Press("enter").Type("20").Expect("25 (automatic)").Press("enter").Type("26").Expect("! 45 is not the sum of 20 members and 26 others")
	d.Press("backspace").Type("5").ExpectNot("is not the sum").Press("backspace", "backspace").ExpectNot("is not the sum")
}

// PgDn and PgUp go by sections; the rule below names the one with the cursor.
func TestSections(t *testing.T) {
	d, _ := office(t, model.ZH, 80, 24)
	d.Press("1").Idle().Press("ctrl+n").Expect("── 基本情况 ─").Press("pgdown").Expect("地点和人数  第15/").Expect("── 地点和人数 ─").Press("pgdown").Expect("人员和经费  第").Press("pgdown").Expect("内容和结果  第")
	d.Press("pgdown").Expect("[保存]").Press("pgup").Expect("内容和结果  第").Press("pgup").Expect("人员和经费  第").Press("tab", "tab", "pgup").Expect("人员和经费  第").Press("pgup", "pgup").Expect("基本情况  第1/")
	// In a pick list that is being used they page the list.
	d.Press("pgdown", "pgup", "pgdown").Expect("地点和人数  第15/").Press("tab").Type("w").Press("pgdown").Expect("地点和人数  第16/")
}

// F1 says what the field with the cursor is for, from its declaration, and comes
// back to it.
func TestFieldHelp(t *testing.T) {
	d, _ := office(t, model.ZH, 80, 24)
	d.Press("4").Idle().Press("ctrl+n").Expect("*姓名").Expect("必填  个人信息，公示时打码").Type("王").Press("tab").Press("f1").Expect("这一项：身份证号").Expect("“身份和住址”部分").Expect("谁看得到").Expect("个人信息；内部、上报、财务：打码；公示：不出现")
	d.Press("esc").Press("tab", "tab", "tab", "tab").Type("n").Press("f1").Expect("这一项：性别").Expect("可选的词  男、女").Expect("从词表里选一个").Press("esc").CursorAfter("n")
}

// A long text grows while it has the cursor, wraps by the rules of Chinese
// printing, and gives the room back.
func TestLongText(t *testing.T) {
	d, _ := office(t, model.ZH, 80, 24)
	d.Press("1").Idle().Press("ctrl+n").Expect("*日期").Press("pgdown", "pgdown", "pgdown").Expect("内容和结果  第")
	d.Paste("活动由社区党委主办，社区党群服务中心协办，共45人参加。\r\n居民说：“办得好！”taizhang2026版记录了全部过程，并且照片已经归档，编号A-2026-0001，今后每年的这一天都要举办一次，请各楼组长提前一周通知到户，不要漏掉一户。")
	d.CursorAfter("不要漏掉一户。").Expect("共45人参加。")
	for _, l := range d.Lines()[1:16] {
		text := []rune(l)
		if len(text) < 15 {
			continue
		}
		for _, r := range "，。、；：！？」”）" {
			if text[8] == r && text[7] == ' ' {
				t.Errorf("a line begins with %c: %s", r, l)
			}
		}
	}
	d.Press("home").Press("pgup").Press("tab").Expect("活动由社区党委主办，社区党群服务中心协办，共45人参加。 居民说")
}
