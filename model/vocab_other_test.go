package model

import "testing"

// What people call a term elsewhere is accepted, is shown where it is chosen, and
// names no other term of its list.
func TestOtherNamesOfTerms(t *testing.T) {
	for code, names := range map[string]map[string]string{
		"OCH":   {"电话": "热线", "来电": "热线", "Phone": "热线", "当面": "来访", "in person": "来访", "热线": "热线"},
		"ROLES": {"居监委": "监督", "管理员": "管理", "admin": "管理", "录入员": "录入", "审核人": "审核", "审批人": "审批"},
		"MTYPE": {"支部委员会": "支委会", "支部党员大会": "党员大会", "理论学习": "专题学习"},
		"LEVEL": {"市级": "市", "省级": "省", "国家级": "国家", "区县级": "区"},
		"PKIND": {"求决": "申诉求决", "举报": "检举控告", "咨询": "咨询求助"},
	} {
		for typed, want := range names {
			if got, err := vocabularies[code].Find(typed); err != nil || got != want {
				t.Errorf("%s %q: %q, %v", code, typed, got, err)
			}
		}
	}
	for code, v := range vocabularies {
		for _, term := range v.Terms {
			for _, o := range term.Other {
				if got, err := v.Find(o); err != nil || got != term.ZH {
					t.Errorf("%s: %q finds %q, %v", code, o, got, err)
				}
			}
		}
	}
	term, _ := vocabularies["OCH"].Term("热线")
	if zh, en := term.Offered(ZH), term.Offered(EN); zh != "热线（电话、来电）" || en != "hotline (phone)" {
		t.Errorf("%q, %q", zh, en)
	}
}
