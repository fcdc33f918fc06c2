package export

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"taizhang/model"
)

// MeetingsJob says of which period the meetings of the branches are set against
// the rules, for whom and how.
type MeetingsJob struct {
	Period   model.Period
	Format   Format // DOCX, XLSX, HTML, CSV, Markdown or Text
	Audience model.Audience
	Lang     model.Lang
	AsTyped  bool // in Word, punctuation stays as it was typed
}

// MeetingStrip reads the branches and their meetings of a period, up to a day. It
// costs the organisations and the meetings from the beginning of that year on.
func MeetingStrip(src Source, p model.Period, on model.Date) ([]model.MeetingRow, error) {
	var orgs, meetings []*model.Record
	keep := func(to *[]*model.Record) func(*model.Record) error {
		return func(r *model.Record) error {
			*to = append(*to, r)
			return nil
		}
	}
	if err := src.Scan(model.Org.Key, model.Period{}, keep(&orgs)); err != nil {
		return nil, err
	}
	year := model.Period{From: model.NewDate(int(p.From.Year), 1, 1), To: p.To}
	if err := src.Scan(model.Meeting.Key, year, keep(&meetings)); err != nil {
		return nil, err
	}
	return src.Context().MeetingStrip(orgs, meetings, p, on), nil
}

// Days before the end of a period in which a meeting not yet held is due, by how
// often a year it is held; and for how long it is spoken of afterwards.
const (
	monthlyAhead = 7
	yearlyAhead  = 30
	missedFor    = 31
)

// meetingTodos are the meetings that a branch has not held in the period that
// runs, towards its end, and in the one before it. Nothing is missed before the
// first meeting on file.
func meetingTodos(src Source, on model.Date, within int, l model.Lang) ([]Todo, error) {
	span := model.Period{From: model.NewDate(int(on.Year)-1, 1, 1), To: model.NewDate(int(on.Year), 12, 31)}
	rows, err := MeetingStrip(src, span, on)
	if err != nil {
		return nil, err
	}
	var first model.Date
	for _, row := range rows {
		for _, cell := range row.Cells {
			for _, m := range cell.All() {
				if day := model.MeetingDate.Of(m).First(); first.IsZero() || day.Before(first) {
					first = day
				}
			}
		}
	}
	if first.IsZero() {
		return nil, nil
	}
	c := src.Context()
	var out []Todo
	for _, row := range rows {
		for _, cell := range row.Cells {
			ahead := monthlyAhead
			if cell.Rule.Times < 12 {
				ahead = yearlyAhead
			}
			if within >= 0 {
				ahead = within
			}
			for _, p := range cell.Missing {
				if left := on.DaysUntil(p.To); left > ahead || left < -missedFor || p.To.Before(first) {
					continue
				}
				branch := row.Branch
				d := Todo{Register: model.Meeting, Tag: model.W("三会一课", "Meetings"), Key: "hold", Due: p.To, Words: model.W("未开", "not held"), Clock: model.DaysLeft(on.DaysUntil(p.To)),
					Late: on.After(p.To), Who: model.OrgSecretary.Of(branch), Record: branch, View: model.Meeting.Views[0].Key, Type: cell.Rule.Type,
					Text: oneLine(c.Title(branch)) + " " + p.Text(l) + " " + c.Schema.Vocab("MTYPE").Text(cell.Rule.Type, l)}
				d.name(c)
				out = append(out, d)
			}
		}
	}
	return out, nil
}

// Meetings writes 三会一课: branch × type × required, held, turnout.
func Meetings(w io.Writer, src Source, job MeetingsJob) error {
	c := src.Context()
	rows, err := MeetingStrip(src, job.Period, c.Today())
	if err != nil {
		return err
	}
	t := func(zh, en string) string { return model.W(zh, en).In(job.Lang) }
	s := &sheet{lang: job.Lang, unit: clean(src.Unit()), asTyped: job.AsTyped, title: clean(src.Unit()) + t("三会一课统计表", ": meetings of the branches"),
		about: []string{t("期间：", "Period: ") + periodText(job.Period, job.Lang), t("制表日期：", "Drawn up: ") + c.Today().String()}}
	p := part{columns: []sheetColumn{{Column{Head: t("支部", "Branch")}, 26}, {Column{Head: t("类型", "Type")}, 16}, {Column{Head: t("应开", "Required"), Right: true}, 10},
		{Column{Head: t("已开", "Held"), Right: true}, 10}, {Column{Head: t("到会率", "Turnout"), Right: true}, 12}, {Column{Head: t("缺的期", "Missing")}, 0}}}
	required, held := 0, 0
	for _, row := range rows {
		for _, cell := range row.Cells {
			p.rows = append(p.rows, sheetRow{rowLine, []string{clean(c.Title(row.Branch)), c.Schema.Vocab("MTYPE").Text(cell.Rule.Type, job.Lang), dashZero(cell.Required),
				strconv.Itoa(len(cell.Held)), orDash(model.Percent(cell.Present, cell.Expected)), orDash(missingText(&cell, c.Today(), job.Lang))}})
			required, held = required+cell.Required, held+len(cell.Held)
		}
	}
	p.rows = append(p.rows, sheetRow{rowTotal, []string{totalWords.In(job.Lang), "", strconv.Itoa(required), strconv.Itoa(held), "", ""}})
	s.parts = []part{p}
	s.notes = append(MeetingNotes(c, rows, job.Lang), t("应开次数依据：", "Required by: ")+model.MeetingRules[0].Basis.In(job.Lang)+t("；党小组会只对登记了党小组的支部要求；到会率是实到除以应到。", "; meetings of groups are asked only of branches with groups on file; turnout is present of expected. ")+model.MeetingsCount.In(job.Lang),
		t("导出对象：", "For: ")+job.Audience.Words().In(job.Lang)+" · "+witness(src, job.Lang))
	return s.write(w, job.Format)
}

func dashZero(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

// missingText names the periods that are over without a meeting.
func missingText(cell *model.MeetingCell, on model.Date, l model.Lang) string {
	var out []string
	for _, p := range cell.Missing {
		if on.After(p.To) {
			out = append(out, p.Text(l))
		}
	}
	return strings.Join(out, model.W("、", ", ").In(l))
}

// MeetingsTable writes the strip for people: branch × type, held of required, ! for
// what is missing though its period is over.
func MeetingsTable(w io.Writer, c *model.Context, rows []model.MeetingRow, on model.Date, l model.Lang) error {
	if len(rows) == 0 {
		_, err := io.WriteString(w, model.W("没有登记党支部。", "No Party branch is on file.").In(l)+"\n")
		return err
	}
	columns := []Column{{Head: model.W("支部", "Branch").In(l), Most: 24}}
	for _, cell := range rows[0].Cells {
		columns = append(columns, Column{Head: c.Schema.Vocab("MTYPE").Text(cell.Rule.Type, l), Right: true})
	}
	var lines [][]string
	for _, row := range rows {
		line := []string{oneLine(c.Title(row.Branch))}
		for _, cell := range row.Cells {
			text := fmt.Sprintf("%d/%d", len(cell.Held), cell.Required)
			switch {
			case cell.Required == 0:
				text = dashZero(len(cell.Held))
			case cell.Late(on):
				text = model.W("!缺 ", "!missing ").In(l) + text
			}
			line = append(line, text)
		}
		lines = append(lines, line)
	}
	if err := Table(w, columns, lines); err != nil {
		return err
	}
	for _, note := range MeetingNotes(c, rows, l) {
		if _, err := io.WriteString(w, note+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// MeetingNotes names the meetings that do not count, a line each, and why.
func MeetingNotes(c *model.Context, rows []model.MeetingRow, l model.Lang) (out []string) {
	for _, row := range rows {
		for _, cell := range row.Cells {
			for i, list := range [][]*model.Record{cell.Short, cell.Others} {
				for _, m := range list {
					why := model.Sayf("应到%d人只到了%d人，不超过半数", "%[2]d of %[1]d came, not more than half", model.MeetingExpected.Of(m), model.MeetingPresent.Of(m))
					if i == 1 {
						why = model.W("不是书记讲的", "not given by a secretary")
					}
					out = append(out, model.Sayf("不算已开：%s %s %s %s，%s", "not counted: %s %s %s %s: %s", m.ID, m.Date(), oneLine(c.Title(row.Branch)),
						c.Schema.Vocab("MTYPE").Text(cell.Rule.Type, l), why).In(l))
				}
			}
		}
	}
	return out
}

// meetingJSON is a cell of the strip as scripts read it.
type meetingJSON struct {
	Branch   string   `json:"branch"`
	Name     string   `json:"name"`
	Type     string   `json:"type"`
	Required int      `json:"required"`
	Held     int      `json:"held"`
	Expected int64    `json:"expected"`
	Present  int64    `json:"present"`
	Missing  []string `json:"missing"`
	IDs      []string `json:"ids"`
	Short    []string `json:"short"`     // not more than half came: not counted
	Others   []string `json:"by_others"` // lectures of no secretary: not counted
}

// idsOf are the ids of records, never nil.
func idsOf(records []*model.Record) []string {
	out := make([]string, len(records))
	for i, r := range records {
		out[i] = r.ID
	}
	return out
}

// MeetingsJSON writes the strip for scripts.
func MeetingsJSON(w io.Writer, c *model.Context, rows []model.MeetingRow, on model.Date) error {
	out := []meetingJSON{}
	for _, row := range rows {
		for _, cell := range row.Cells {
			m := meetingJSON{Branch: row.Branch.ID, Name: c.Title(row.Branch), Type: cell.Rule.Type, Required: cell.Required, Held: len(cell.Held),
				Expected: cell.Expected, Present: cell.Present, Missing: []string{}, IDs: idsOf(cell.Held), Short: idsOf(cell.Short), Others: idsOf(cell.Others)}
			for _, p := range cell.Missing {
				if on.After(p.To) {
					m.Missing = append(m.Missing, p.String())
				}
			}
			out = append(out, m)
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
