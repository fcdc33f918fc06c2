package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/part"
	"taizhang/tui/words"
)

// joining is a merge being prepared on the page of the record that is kept: the
// other is chosen, then the sides of what differs, then the reason is typed.
type joining struct {
	other  *model.Record
	base   int // the version of the kept record that was compared
	differ []db.FieldConflict
	texts  [][2]string // of both sides of each, as the person may see them
}

type (
	// twinsMsg brings the records that may be of the same thing.
	twinsMsg struct {
		detail  *detail
		options []part.Option
		err     error
	}
	// comparedMsg brings how the two differ.
	comparedMsg struct {
		detail *detail
		join   *joining
		err    error
	}
	// mergedMsg answers the merge.
	mergedMsg struct {
		detail *detail
		other  string
		turned int
		err    error
	}
)

// pickTwin offers the records of the register, the likely ones first.
func (d *detail) pickTwin(s *session) tea.Cmd {
	reg, r := d.reg, d.record // another login may bring newer ones meanwhile
	return func() tea.Msg {
		msg := twinsMsg{detail: d}
		msg.err = s.view(func(sn *db.Snapshot) error {
			c := s.context(sn)
			var likely []string
			if reg.Doubts != nil {
				for _, doubt := range reg.Doubts(r, c) {
					likely = append(likely, doubt.Found...)
				}
			}
			title := &model.Field{Type: model.TypeRef, Mask: model.MaskName}
			for _, o := range sn.Options(reg.Key) {
				if o.ID == d.id {
					continue
				}
				name := clean(c.MaskText(title, model.Ref{ID: o.ID}, model.Inside, s.lang, c.Today()))
				at := len(msg.options)
				if slices.Contains(likely, o.ID) {
					at = 0
				}
				msg.options = slices.Insert(msg.options, at, part.Option{ID: o.ID, Text: name, Extra: o.ID})
			}
			return nil
		})
		return msg
	}
}

// choose opens the choice.
func (d *detail) choose(s *session, msg twinsMsg) tea.Cmd {
	if msg.err != nil {
		return complain(msg.err)
	}
	d.pick = newPick(s, model.Sayf(words.MergeAsk.ZH, words.MergeAsk.EN, d.id), msg.options, func(id, typed string) tea.Cmd {
		if id == "" {
			return complain(model.Problemf(words.NoSuch.ZH, words.NoSuch.EN, typed))
		}
		return d.compare(s, id)
	})
	d.pick.picker.Numbers = false // ids are typed too
	return nil
}

// compare reads both records as they are now.
func (d *detail) compare(s *session, id string) tea.Cmd {
	return func() tea.Msg {
		msg := comparedMsg{detail: d, join: &joining{}}
		msg.err = s.view(func(sn *db.Snapshot) error {
			keep, err := sn.Get(d.id)
			if err != nil {
				return err
			}
			other, err := sn.Get(id)
			if err != nil {
				return err
			}
			c := s.context(sn)
			msg.join.other, msg.join.base = other, keep.Version
			for _, key := range model.Join(keep, other).Differ {
				f := keep.Register.Field(key)
				msg.join.differ = append(msg.join.differ, db.FieldConflict{Field: f, Key: key, Mine: keep.Get(key), Theirs: other.Get(key)})
				var texts [2]string
				for i, v := range []any{keep.Get(key), other.Get(key)} {
					texts[i] = sideText(f, v, s.lang, func(f *model.Field, v any, l model.Lang) string {
						if f == nil {
							return c.Text(nil, v, l)
						}
						return c.MaskText(f, v, model.Inside, l, c.Today())
					})
				}
				msg.join.texts = append(msg.join.texts, texts)
			}
			return nil
		})
		return msg
	}
}

// compared shows where the two differ, or asks for the reason at once.
func (d *detail) compared(s *session, msg comparedMsg) tea.Cmd {
	if msg.err != nil {
		return complain(msg.err)
	}
	d.join = msg.join
	if len(d.join.differ) == 0 {
		d.askMerge(s, nil)
		return nil
	}
	join := d.join
	c := compare(d, &db.Conflict{ID: d.id, Fields: join.differ})
	c.intro = model.Sayf(words.MergeIntro.ZH, words.MergeIntro.EN, join.other.ID, d.id)
	c.mine, c.other = model.W(d.id, d.id), join.other.ID
	c.read = func(_ *session, f db.FieldConflict, v any) string {
		i := slices.IndexFunc(join.differ, func(o db.FieldConflict) bool { return o.Key == f.Key })
		if model.Equal(v, f.Mine) {
			return join.texts[i][0]
		}
		return join.texts[i][1]
	}
	return s.push(c)
}

// settled takes the sides chosen.
func (d *detail) settled(s *session, c *conflict) {
	values := model.Values{}
	for i, f := range c.with.Fields {
		if c.theirs[i] {
			values[f.Key] = f.Theirs
		}
	}
	d.askMerge(s, values)
}

// askMerge asks why, and merges.
func (d *detail) askMerge(s *session, values model.Values) {
	join := d.join
	d.why = newAsking(s, model.Sayf(words.MergeReason.ZH, words.MergeReason.EN, join.other.ID, d.id), func(reason string) tea.Cmd {
		op := db.Op{Kind: db.Merge, Register: d.reg.Key, ID: d.id, Base: join.base, Other: join.other.ID, OtherBase: join.other.Version, Values: values, Reason: reason}
		req := s.newRequest()
		return func() tea.Msg {
			res, err := s.write(req, op)
			msg := mergedMsg{detail: d, other: join.other.ID, err: err}
			if err == nil {
				msg.turned = len(res.Records[0].Also)
			}
			return msg
		}
	})
}

// merged says what came of it.
func (d *detail) merged(s *session, msg mergedMsg) tea.Cmd {
	d.join = nil
	if msg.err != nil {
		return tea.Batch(complain(msg.err), d.load(s))
	}
	return tea.Batch(say(model.Sayf(words.MergeDone.ZH, words.MergeDone.EN, msg.other, d.id, msg.turned)), d.load(s))
}
