package model

import "strings"

// activitySentences are what reports say of an activity (domain.md §11).
var activitySentences = []Sentence{
	{Key: "role_sentence", Words: W("角色句", "role sentence"), Say: roleSentence},
	{Key: "result_sentence", Words: W("成果句", "result sentence"), Say: resultSentence},
}

// roleSentence says what our part in it was: 举办了X, 协办了X, 与{单位}联合开展了X,
// 组织{队伍}参加X，报送节目3个, 接待{单位}30人; and what came of it.
func roleSentence(t *Telling) string {
	title := t.Text("title")
	if title == "" {
		return ""
	}
	s, told := "", false
	switch partners := t.Text("partners"); ActivityRole.Of(t.Record) {
	case "承办":
		s = t.Say("承办了%s", "organised %s", title)
	case "协办":
		s = t.Say("协办了%s", "co-organised %s", title)
	case "参加":
		s = t.Say("参加了%s", "took part in %s", title)
	case "报送":
		s, told = t.entries(title)
	case "接待":
		s = t.received(title)
	default:
		switch {
		case partners != "" && t.Lang == ZH:
			s = "与" + partners + "联合开展了" + title
		case partners != "":
			s = "held " + title + " together with " + partners
		case ActivityScale.Of(t.Record):
			s = t.Say("举办了大型活动%s", "held the major event %s", title)
		default:
			s = t.Say("举办了%s", "held %s", title)
		}
	}
	if r := resultSentence(t); r != "" && !told {
		s += W("，", ", ").In(t.Lang) + r
	}
	return s
}

// entries says what we sent in; told: the results are in it.
func (t *Telling) entries(title string) (s string, told bool) {
	results := t.results(true)
	teams := t.Text("teams")
	if t.Lang == EN {
		if s = "took part in " + title; teams != "" {
			s = "sent " + teams + " to " + title
		}
		if results != "" {
			s += ", with " + results + " submitted"
		}
		return s, results != ""
	}
	if s = "参加" + title; teams != "" {
		s = "组织" + teams + "参加" + title
	}
	if results != "" {
		s += "，报送" + results
	}
	return s, results != ""
}

// received says who came.
func (t *Telling) received(title string) string {
	who := t.Text("visitors")
	if who == "" {
		who = title
	}
	if n := ActivityAttendTotal.Of(t.Record); n > 0 {
		return t.Say("接待%[1]s%[2]d人", "received %[2]d from %[1]s", who, n)
	}
	return t.Say("接待%s", "received %s", who)
}

// results lists what came of it: 节目3个, 4户家庭, 9人; with or without what
// they are.
func (t *Telling) results(labels bool) string {
	f := t.Register.Field("results")
	rows, _ := t.Get("results").([]Row)
	if f == nil || !f.ShownTo(t.Audience) {
		return ""
	}
	var out []string
	for _, row := range rows {
		n, _ := row["n"].(int64)
		unit, _ := row["unit"].(string)
		label, _ := row["label"].(string)
		if n <= 0 {
			continue
		}
		if !labels {
			label = ""
		}
		count := ProseNumber(n, Exactly, t.Lang)
		switch {
		case t.Lang == EN:
			out = append(out, strings.TrimSpace(count+" "+unit+" "+label))
		case unit == "户" && label == "":
			out = append(out, count+"户家庭")
		case unit == "人" || unit == "户":
			out = append(out, count+unit+label)
		default:
			out = append(out, label+count+unit)
		}
	}
	return strings.Join(out, listMark(t.Lang))
}

// resultSentence says what came of it: of awards who was honoured.
func resultSentence(t *Telling) string {
	awards := ActivityForm.Of(t.Record) == "评选表彰"
	results := t.results(!awards)
	switch {
	case results == "":
		return ""
	case awards:
		return t.Say("有%s受到表彰", "%s were honoured", results)
	case ActivityForm.Of(t.Record) == "文艺演出":
		return t.Say("演出%s", "with %s", results)
	}
	return t.Say("成果有%s", "with %s", results)
}
