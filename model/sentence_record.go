package model

import "strings"

// What reports say of single meetings, honours, commendations, contributions,
// rules and items of the catalogue (domain.md §3.1).

var meetingSentences = []Sentence{{Key: "outside_sentence", Words: W("参会句", "outside sentence"), Say: func(t *Telling) string {
	topic := t.Text("topic")
	if topic == "" {
		return ""
	}
	s := t.Say("参加%s", "took part in %s", topic)
	if host := t.Text("host"); host != "" {
		s = t.Say("参加%s召开的%s", "took part in %[2]s, called by %[1]s", host, topic)
	}
	if as := t.Text("capacity"); as != "" {
		if strings.HasPrefix(as, "作") && t.Lang == ZH {
			s += "，并" + as
		} else {
			s += t.Say("（%s）", " (%s)", as)
		}
	}
	return t.after(commaMark, t.prose("date"), s)
}}}

var honourSentences = []Sentence{{Key: "title_sentence", Words: W("称号句", "title sentence"), Say: func(t *Telling) string {
	title := t.Text("title")
	if title == "" {
		return ""
	}
	if t.Lang == ZH {
		title = "“" + strings.NewReplacer("“", "‘", "”", "’").Replace(title) + "”"
	}
	if giver := t.Text("giver"); giver != "" && HonourPrintsGiver.Of(t.Record) {
		title += t.Say("（%s授予）", " (given by %s)", giver)
	}
	return title
}}}

var commendationSentences = []Sentence{{Key: "winners_sentence", Words: W("表彰句", "winners sentence"), Say: func(t *Telling) string {
	title, n := t.Text("title"), CommendationN.Of(t.Record)
	if title == "" || n == 0 {
		return ""
	}
	return t.Say("%s%d%s", "%s: %d %s", title, n, t.Text("unit"))
}}}

var contributionSentences = []Sentence{{Key: "contribution_sentence", Words: W("贡献句", "contribution sentence"), Say: func(t *Telling) string {
	partner, content := t.Text("partner"), endless(t.Text("content"))
	if partner == "" || content == "" {
		return ""
	}
	s := t.Say("%s%s", "%s: %s", partner, content)
	if v := ContributionValue.Of(t.Record); v > 0 && ContributionKind.Of(t.Record) == "资金" && t.Text("value") != "" {
		s += t.Say("，出资%s", ", with %s", v.Prose(t.Lang))
	}
	return s
}}}

var ruleSentences = []Sentence{{Key: "book_title", Words: W("书名", "book title"), Say: func(t *Telling) string {
	title := strings.Trim(t.Text("title"), "《》")
	if title == "" || t.Lang == EN {
		return title
	}
	return "《" + title + "》"
}}}

// cadences say how often, by vocabulary CAD.
var cadences = map[string]Words{
	"即时": W("即时公开", "at once"), "月": W("每月公开一次", "every month"), "2月": W("每两个月公开一次", "every two months"),
	"季": W("每季度公开一次", "every quarter"), "半年": W("每半年公开一次", "every half-year"), "年": W("每年公开一次", "every year"),
	"逐段": W("逐段公开", "stage by stage"), "长期": W("长期公开", "permanently"),
}

var catalogueSentences = []Sentence{{Key: "cadence_sentence", Words: W("周期句", "cadence sentence"), Say: func(t *Telling) string {
	cad := CatalogueCadence.Of(t.Record)
	if w, ok := cadences[cad]; ok {
		return w.In(t.Lang)
	}
	return t.Text("cadence")
}}}
