package report

import (
	"strconv"

	"taizhang/model"
)

// kindOf names the kind of a period; "" for one of no kind.
func kindOf(p model.Period) string {
	switch p {
	case model.YearOf(p.To):
		return "年"
	case model.HalfOf(p.To):
		return "半年"
	case model.QuarterOf(p.To):
		return "季"
	case model.MonthOf(p.To):
		return "月"
	}
	return ""
}

func (f *filler) periodText() string {
	if f.job.Lang == model.ZH && kindOf(f.job.Period) == "" {
		return model.Period{From: f.job.Period.From, To: f.job.Period.From}.Text(model.ZH) + "至" + model.Period{From: f.job.Period.To, To: f.job.Period.To}.Text(model.ZH)
	}
	return f.job.Period.Text(f.job.Lang)
}

// spanText begins a sentence.
func (f *filler) spanText() string {
	p := f.job.Period
	switch kindOf(p) {
	case "年":
		return f.say("一年来", "Over the year")
	case "半年":
		return f.say("半年来", "Over the half-year")
	case "季":
		return f.say("本季度", "In the quarter")
	case "月":
		return f.say("%s", "%s", model.Words{ZH: strconv.Itoa(int(p.To.Month)) + "月份", EN: "In the month"})
	}
	if twelveMonths(p) { // awards often ask from July to June
		return f.say("一年来", "Over the year")
	}
	return f.say("%s", "%s", model.Words{ZH: f.periodText(), EN: "From " + p.From.String() + " to " + p.To.String()})
}

// twelveMonths reports whether a period is a year that begins off the calendar.
func twelveMonths(p model.Period) bool {
	first, last := p.From, p.To
	return first.Day == 1 && last == model.MonthOf(last).To && int(last.Year-first.Year)*12+int(last.Month-first.Month) == 11
}
