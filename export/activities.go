package export

import (
	"io"
	"maps"
	"slices"
	"strconv"

	"taizhang/model"
)

// ActivitiesJob says of which period the activities are listed, for whom and how.
type ActivitiesJob struct {
	Period   model.Period
	Format   Format // DOCX, XLSX, HTML, CSV, Markdown or Text
	Audience model.Audience
	Lang     model.Lang
	AsTyped  bool // in Word, punctuation stays as it was typed
	Choice
}

// Choice narrows a list of activities, and says how it is laid out.
type Choice struct {
	Only map[string]bool // ids; nil: all
	By   string          // by what they were chosen, as it stands under the title
	Log  bool            // as the log of a line of work: with summary and recorder
}

// activityColumns are the columns of 活动一览表 and their shares of the width.
var activityColumns = []activityColumn{
	{model.ActivityDate, 9, model.Words{}},
	{model.ActivityTitle, 24, model.Words{}},
	{model.ActivityVenue, 13, model.Words{}},
	{model.ActivityAudience, 11, model.W("对象", "For")},
	{model.ActivityAttendTotal, 7, model.Words{}},
	{model.ActivityRole, 6, model.W("角色", "Role")},
	{model.ActivityOwner, 8, model.Words{}},
	{model.ActivityResults, 0, model.W("备注", "Remarks")},
}

type activityColumn struct {
	field interface{ Key() string }
	width int
	head  model.Words // where the sheet calls it otherwise
}

// logColumns are those of 活动记录: what logs of volunteering, publicity and handed
// out material have.
var logColumns = []activityColumn{
	{model.ActivityDate, 9, model.W("时间", "When")},
	{model.ActivityTitle, 18, model.Words{}},
	{model.ActivityVenue, 12, model.Words{}},
	{model.ActivityAttendTotal, 7, model.W("参加人数", "Present")},
	{model.ActivityOwner, 8, model.Words{}},
	{model.ActivityAudience, 11, model.Words{}},
	{model.ActivitySummary, 0, model.Words{}},
	{model.ActivityRecorder, 8, model.Words{}},
}

// Activities writes 活动一览表: what was held in a period, oldest first, with what
// each month and all come to, and the same by programme. Rows is how many there
// are.
func Activities(w io.Writer, src Source, job ActivitiesJob) (Result, error) {
	c := src.Context()
	var held []*model.Record
	res := Result{}
	figures := model.NewFigures(job.Period, c)
	err := src.Scan(model.Activity.Key, job.Period, func(r *model.Record) error {
		switch {
		case model.ActivityHeld.Of(r) != model.HeldDone || !job.Period.Contains(r.Date()):
		case job.Only != nil && !job.Only[r.ID]:
		case c.Withheld(r, job.Audience):
			res.Withheld++
		default:
			held = append(held, r)
			figures.Add(r)
		}
		return nil
	})
	if err != nil {
		return res, err
	}
	slices.Reverse(held)
	res.Rows = len(held)
	figures.Finish()
	a := &activitySheet{ActivitiesJob: job, c: c, figures: figures}
	s := a.sheet(src, held)
	res.Left = a.left
	if foot := res.Foot(job.Lang); foot != "" {
		s.notes = slices.Insert(s.notes, 0, foot)
	}
	return res, s.write(w, job.Format)
}

type activitySheet struct {
	ActivitiesJob
	c       *model.Context
	figures *model.Figures
	total   int // the column of attendances, 0 where it is not shown
	left    []string
}

func (a *activitySheet) t(zh, en string) string { return model.W(zh, en).In(a.Lang) }

func (a *activitySheet) sheet(src Source, held []*model.Record) *sheet {
	period := periodText(a.Period, a.Lang)
	s := &sheet{lang: a.Lang, unit: clean(src.Unit()), fonts: src.Context().Schema.Fonts(), asTyped: a.AsTyped, title: clean(src.Unit()) + a.t(" 活动一览表", ": activities"),
		about: []string{a.t("期间：", "Period: ") + period, model.Sayf("共%d场", "%d activities", len(held)).In(a.Lang), a.t("制表日期：", "Drawn up: ") + a.c.Today().String()}}
	columns := activityColumns
	if a.Log {
		columns, s.title = logColumns, clean(src.Unit())+a.t(" 活动记录", ": log of activities")
	}
	if a.By != "" {
		s.about = append(s.about, a.t("条件：", "Chosen by: ")+clean(a.By))
	}
	p := part{columns: []sheetColumn{{Column{Head: noWords.In(a.Lang), Right: true}, 5}}}
	var fields []*model.Field
	for _, col := range columns {
		f := model.Activity.Field(col.field.Key())
		if !f.ShownTo(a.Audience) {
			a.left = append(a.left, f.Key)
			continue
		}
		if f.Key == model.ActivityAttendTotal.Key() {
			a.total = len(p.columns)
		}
		head := col.head
		if head.ZH == "" {
			head = f.Words
		}
		fields = append(fields, f)
		p.columns = append(p.columns, sheetColumn{Column{Head: head.In(a.Lang), Right: f.Numeric()}, col.width})
	}
	var month model.EventCount
	for i, r := range held {
		cells := []string{strconv.Itoa(i + 1)}
		for _, f := range fields {
			cells = append(cells, clean(a.c.MaskField(r, f, a.c.Value(r, f), a.Audience, a.Lang, a.c.Today())))
		}
		p.rows = append(p.rows, sheetRow{rowLine, cells})
		month.Events++
		month.Attendances += model.ActivityAttendTotal.Of(r)
		if label := monthOf(r.Date().String()); i+1 == len(held) || monthOf(held[i+1].Date().String()) != label {
			p.rows = append(p.rows, a.sum(rowGroup, len(p.columns), a.monthWords(label), month))
			month = model.EventCount{}
		}
	}
	p.rows = append(p.rows, a.sum(rowTotal, len(p.columns), totalWords.In(a.Lang), a.figures.Activity.EventCount))
	s.parts = []part{p}
	if by := a.figures.Activity.ByProgramme; len(by) > 0 {
		s.parts = append(s.parts, a.byProgramme(by))
	}
	s.notes = []string{a.t("导出对象：", "For: ") + a.Audience.Words().In(a.Lang) + " · " + witness(src, a.Lang)}
	return s
}

func (a *activitySheet) monthWords(label string) string {
	if label == "" {
		return a.t("无月份的小计", "without a month")
	}
	d, _ := model.ParseDate(label)
	return model.W(d.Prose()+"小计", label).In(a.Lang)
}

// sum is a row that says what activities come to.
func (a *activitySheet) sum(kind rowKind, columns int, label string, n model.EventCount) sheetRow {
	row := sheetRow{kind, make([]string, columns)}
	at := min(2, columns-1) // under the titles
	row.cells[at] = label + model.Sayf(" %d场", ", %d", n.Events).In(a.Lang)
	if a.total > 0 {
		row.cells[a.total] = strconv.FormatInt(n.Attendances, 10)
	}
	return row
}

// byProgramme adds up by programme; an activity of two counts in both.
func (a *activitySheet) byProgramme(by map[string]*model.EventCount) part {
	p := part{head: a.t("按品牌项目", "By programme"), columns: []sheetColumn{{Column{Head: a.t("品牌项目", "Programme")}, 40}, {Column{Head: a.t("场次", "Activities"), Right: true}, 30}, {Column{Head: a.t("人次", "Attendances"), Right: true}, 0}}}
	for _, tag := range slices.SortedFunc(maps.Keys(by), model.ComparePinyin) {
		p.rows = append(p.rows, sheetRow{rowLine, []string{clean(a.c.Schema.Vocab("PROG").Text(tag, a.Lang)), count(by[tag].Events), count(by[tag].Attendances)}})
	}
	return p
}
