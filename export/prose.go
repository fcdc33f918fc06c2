package export

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// prose is the summary in a sentence. The numbers are exact; what did not
// happen is not mentioned.
func (s *summary) prose(period string) string {
	a, v := s.figures.Activity, s.figures.Visit
	money := amount{}
	if !s.hides(v.Households) {
		money = amount{"发放慰问金%s元", "yuan given %s", strings.TrimSuffix(v.Amount.Text(), ".00"), v.Amount > 0}
	}
	var issues []amount
	for _, class := range s.c.Schema.Vocab("DCLASS").Terms {
		n := s.posted[class.ZH]
		issues = append(issues, amount{class.ZH + "公开%s期", "disclosures (" + class.EN + ") %s", count(n), n > 0})
	}
	clauses := slices.DeleteFunc([]string{
		s.clause(
			amount{"共开展各类活动%s场", "activities %s", count(a.Events), a.Events > 0},
			amount{"参加%s人次", "attendances %s", count(a.Attendances), a.Attendances > 0}),
		s.clause(
			amount{"走访慰问%s户", "households visited %s", s.people(v.Households), v.Households > 0},
			amount{"%s户次", "household visits %s", s.people(v.HouseholdVisits), v.HouseholdVisits > 0}, money),
		s.clause(issues...),
	}, func(c string) bool { return c == "" })
	if len(clauses) == 0 {
		clauses = []string{s.t("没有可以统计的记录", "nothing to count")}
	}
	return capital(period) + s.t("，", ": ") + strings.Join(clauses, s.t("；", "; ")) + s.t("。", ".")
}

// amount is a number in a sentence; one that says nothing is left out.
type amount struct {
	zh, en, n string
	says      bool
}

// clause joins the amounts that say something.
func (s *summary) clause(amounts ...amount) string {
	var out []string
	for _, a := range amounts {
		if a.says {
			out = append(out, model.Sayf(a.zh, a.en, a.n).In(s.Lang))
		}
	}
	return strings.Join(out, s.t("，", ", "))
}

// people writes a count of people, too small a one not.
func (s *summary) people(n int64) string {
	if s.hides(n) {
		return s.t("不足3", "fewer than 3")
	}
	return count(n)
}

func (s *summary) hides(n int64) bool { return s.Audience == model.Public && small(n) }

func count(n int64) string { return strconv.FormatInt(n, 10) }

// capital begins an English sentence.
func capital(s string) string {
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return s
}
