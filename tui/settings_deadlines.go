package tui

import (
	"strconv"

	"taizhang/model"
	"taizhang/tui/words"
)

// deadlinesTask sets the office's own times: petitions, calling back, meetings. A
// blank is as built in.
type deadlinesTask struct {
	declaration
	was   model.Deadlines // as they were
	times []deadline
}

// deadline is one number of the form: what is in force, what is built in, and
// where it stands in the settings.
type deadline struct {
	field       *model.Field
	now, usual  int
	put         func(d *model.Deadlines, n int)
	noneAllowed bool // 0 is an answer: not asked for
}

func (t *deadlinesTask) again() bool { return false }

func (t *deadlinesTask) form() (*model.Register, model.Values) {
	var built model.Deadlines
	t.times = nil
	add := func(key string, name, section, hint model.Words, now, usual int, put func(*model.Deadlines, int)) *deadline {
		t.times = append(t.times, deadline{field: &model.Field{Key: key, Words: name, Type: model.TypeInt, Section: section, Hint: hint}, now: now, usual: usual, put: put})
		return &t.times[len(t.times)-1]
	}
	blank := func(n int) model.Words { return model.Sayf("空着：%d", "blank: %d", n) }
	none := model.Words{}
	add("notice", model.W("信访书面告知（天）", "Notice of petitions (days)"), words.DeadlinesOwn,
		model.Sayf("1至%[1]d天，空着：%[1]d（信访工作条例第二十二条）", "1 to %[1]d, blank: %[1]d (Regulations on petitions, art. 22)", model.MostNoticeDays),
		t.was.NoticeDays(), built.NoticeDays(), func(d *model.Deadlines, n int) { d.PetitionNotice = n })
	add("revisit", model.W("需求办结后回访（天）", "Calling back (days)"), none, blank(built.RevisitDays()),
		t.was.RevisitDays(), built.RevisitDays(), func(d *model.Deadlines, n int) { d.NeedRevisit = n })
	section := model.Sayf(words.DeadlinesClose.ZH, words.DeadlinesClose.EN, model.MostCloseDays)
	for i, kind := range model.NewSchema().Vocab("PKIND").Terms {
		add("close_"+strconv.Itoa(i), kind.Words(), section, blank(built.CloseDays(kind.ZH)), t.was.CloseDays(kind.ZH), built.CloseDays(kind.ZH),
			func(d *model.Deadlines, n int) { d.PetitionClose = with(d.PetitionClose, kind.ZH, n) })
		section = none
	}
	section = words.DeadlinesMeet
	for i, rule := range model.MeetingRules {
		name, _ := model.NewSchema().Vocab("MTYPE").Term(rule.Type)
		add("meet_"+strconv.Itoa(i), name.Words(), section, model.Sayf("至少%[1]d次，空着：%[1]d", "%[1]d at least, blank: %[1]d", rule.Times), t.was.MeetingTimes(rule), rule.Times,
			func(d *model.Deadlines, n int) { d.Meetings = with(d.Meetings, rule.Type, n) }).noneAllowed = true
		section = none
	}
	t.reg = &model.Register{}
	v := model.Values{}
	for _, d := range t.times {
		t.reg.Fields = append(t.reg.Fields, d.field)
		v[d.field.Key] = int64(d.now)
	}
	return t.reg, v
}

func with(m map[string]int, key string, n int) map[string]int {
	if m == nil {
		m = map[string]int{}
	}
	m[key] = n
	return m
}

// deadlinesAbout says how the office's times stand.
func deadlinesAbout(d model.Deadlines) model.Words {
	return model.Sayf(words.DeadlinesAbout.ZH, words.DeadlinesAbout.EN, d.NoticeDays(), d.RevisitDays())
}

// read takes what was typed; what is as built in is left out. Each number is
// checked by itself, so that a refusal stands at its field.
func (t *deadlinesTask) read(v model.Values) (model.Deadlines, error) {
	var out model.Deadlines
	var errs model.Errors
	for _, d := range t.times {
		typed, ok := v[d.field.Key].(int64)
		n := int(min(typed, 1<<20))
		switch {
		case !ok || n == d.usual:
			continue
		case n == 0 && d.noneAllowed:
			n = model.NoMeetings
		case n <= 0: // 0 in the settings is as built in, -1 none
			n = -2
		}
		var one model.Deadlines
		d.put(&one, n)
		if err := one.Check(); err != nil {
			errs = append(errs, model.FieldError{Field: d.field, Words: model.AsWords(err)})
			continue
		}
		d.put(&out, n)
	}
	if len(errs) > 0 {
		return out, errs
	}
	return out, nil
}

func (t *deadlinesTask) save(s *session, v model.Values) (string, error) {
	next, err := t.read(v)
	if err != nil {
		return "", err
	}
	return words.DeadlinesFor.In(s.lang), s.changeSettings(func(c *model.Custom) error {
		var now model.Deadlines
		if c.Deadlines != nil {
			now = *c.Deadlines
		}
		if !now.Equal(&t.was) {
			return changedMeanwhile()
		}
		if !next.Equal(&now) {
			c.Deadlines = &next
		}
		return nil
	})
}
