package model

import (
	"strconv"
	"strings"
)

// What reports say of single records of the registers behind (domain.md §3.1).

// prose is a date field as sentences have it, in the precision it was entered.
func (t *Telling) prose(key string) string {
	d, _ := t.Get(key).(Date)
	if t.Text(key) == "" || d.IsZero() {
		return ""
	}
	if t.Lang == EN {
		return d.String()
	}
	return d.Prose()
}

// after joins what is said, leaving out what is blank.
func (t *Telling) after(sep Words, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep.In(t.Lang))
}

// endless is a text without a mark at its end: the sentence around it has one.
func endless(s string) string { return strings.TrimRight(strings.TrimSpace(s), "。；，、.;,") }

var commaMark = W("，", ", ")

var profileSentences = []Sentence{{Key: "whereabouts", Words: W("位置句", "whereabouts"), Say: func(t *Telling) string {
	name, place := t.Text("name"), t.Text("place")
	if name == "" {
		return ""
	}
	above := t.Text("district") + t.Text("street")
	if t.Lang == EN {
		above = t.after(commaMark, t.Text("street"), t.Text("district"))
	}
	var parts []string
	if above != "" {
		parts = append(parts, t.Say("%s隶属%s", "%s belongs to %s", name, above))
	} else {
		parts = append(parts, name)
	}
	if place != "" {
		parts = append(parts, t.Say("位于%s", "lies %s", place))
	}
	if ProfileArea.Has(t.Record) {
		parts = append(parts, t.Say("面积%s平方公里", "covers %s km²", ProfileArea.Of(t.Record)))
	}
	return t.after(commaMark, parts...)
}}}

var orgSentences = []Sentence{{Key: "guidance", Words: W("指导句", "guidance"), Say: func(t *Telling) string {
	name := t.Text("name")
	switch {
	case name == "":
		return ""
	case strings.Contains(t.Text("relation"), "指导"):
		return t.Say("%s的指导", "the guidance of %s", name)
	}
	return t.Say("%s的领导", "the leadership of %s", name)
}}}

var orgEventSentences = []Sentence{{Key: "event_sentence", Words: W("沿革句", "event sentence"), Say: func(t *Telling) string {
	org, kind, method := t.Text("org"), t.Text("kind"), t.Text("method")
	if org == "" || kind == "" {
		return ""
	}
	if t.Lang == EN {
		return t.after(commaMark, t.prose("date"), strings.TrimSpace(org+" "+lowerFirst(kind)), method)
	}
	if method != "" {
		method = "经" + method
	}
	if OrgEventKind.Of(t.Record) == "成立" {
		return t.after(commaMark, t.prose("date"), method+kind+org)
	}
	return t.after(commaMark, t.prose("date"), org+method+kind)
}}}

var leadingGroupSentences = []Sentence{{Key: "founding_sentence", Words: W("成立句", "founding sentence"), Say: func(t *Telling) string {
	name := t.Text("name")
	head := t.Context.at(LeadingGroupHead.Of(t.Record))
	if name == "" {
		return ""
	}
	var s string
	if who := t.official(head); who != "" {
		s = t.Say("成立了由%s任组长的%s", "the %[2]s was set up under %[1]s", who, name)
	} else {
		s = t.Say("成立了%s", "the %s was set up", name)
	}
	return t.after(commaMark, t.prose("date"), s)
}}}

// official names a member of staff after the posts held on the day it is told of;
// whoever is not staff is a private person and is not named.
func (t *Telling) official(r *Record) string {
	if r == nil || r.Register.Key != Staff.Key {
		return ""
	}
	name, posts := StaffName.Of(r), PostsOn(r, t.day())
	if len(posts) == 0 {
		return name
	}
	return t.Say("社区%s%s", "the %s %s", PostLine{Posts: posts}.Words(), name)
}

var venueSentences = []Sentence{{Key: "rooms_sentence", Words: W("内设句", "rooms sentence"), Say: func(t *Telling) string {
	var rooms []string
	for _, row := range VenueRooms.Of(t.Record) {
		if name, _ := row["name"].(string); name != "" {
			rooms = append(rooms, name)
		}
	}
	if len(rooms) == 0 || t.Text("rooms") == "" {
		return ""
	}
	return t.Say("设有%s", "has a %s", strings.Join(rooms, listMark(t.Lang)))
}}}

var equipmentSentences = []Sentence{{Key: "set_sentence", Words: W("设备句", "set sentence"), Say: func(t *Telling) string {
	name, n := t.Text("name"), EquipmentQty.Of(t.Record)
	if name == "" || n == 0 {
		return ""
	}
	return t.Say("%s%d%s", "%[2]d %[3]s of %[1]s", name, n, t.Text("unit"))
}}}

var programmeSentences = []Sentence{{Key: "programme_sentence", Words: W("项目句", "programme sentence"), Say: func(t *Telling) string {
	name := t.Text("full")
	if name == "" {
		name = t.Text("short")
	}
	if name == "" {
		return ""
	}
	if body := t.Text("body"); body != "" {
		name += t.Say("由%s组织", " is run by %s", body)
	}
	target := t.Text("target")
	if target != "" {
		target = t.Say("面向%s", "for %s", target)
	}
	return t.after(commaMark, name, target, endless(t.Text("purpose")))
}}}

var phaseSentences = []Sentence{{Key: "phase_sentence", Words: W("阶段句", "phase sentence"), Say: func(t *Telling) string {
	if t.Text("name") == "" {
		return ""
	}
	return t.Say("%d年为%s", "%d is the %s", PhaseYear.Of(t.Record).Year, t.Text("name"))
}}}

var campaignSentences = []Sentence{{Key: "stage_sentence", Words: W("环节句", "stage sentence"), Say: func(t *Telling) string {
	stage := t.Text("stage")
	if stage == "" {
		return ""
	}
	from, to := CampaignFrom.Of(t.Record), CampaignTo.Of(t.Record)
	switch {
	case t.Lang == EN || from.IsZero() || from.Month == 0:
		return stage
	case to.IsZero() || to.Month == 0 || to.Year == from.Year && to.Month == from.Month:
		return stage + "（" + strconv.Itoa(int(from.Month)) + "月）"
	}
	return stage + "（" + strconv.Itoa(int(from.Month)) + "月至" + strconv.Itoa(int(to.Month)) + "月）"
}}}
