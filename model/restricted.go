package model

import "slices"

// What was said in confidence 检举控告 is for whoever handles it (信访工作条例
// Art. 22, 30). A register declares Handlers, and with them
//
//   - what stands in its fields of class Handler, such as a petitioner's name, is
//     for the handlers of the record alone, always;
//   - a record of which Restricted is true is so as a whole: everybody else sees
//     its cover, which is id, register, state, and the fields marked Cover.
//
// The store gives a reader no more than that (Record.Seen), so that lists, search,
// pages, histories, pickers and files, which all read from it, have nothing to
// leave out. Administrators are no exception. In files even of a handler there are
// no fields of class Handler, and for any audience but Inside there are covers.
//
// Only handlers change such a record (CanOn, Confide): whoever entered it keeps
// nothing once it is someone else's. Where no handler works here any more, an
// approver hands it over, unread and with a reason, to somebody else.

// RestrictedWords stand for what a reader must not see.
var RestrictedWords = W("检举控告（限经办人）", "accusation (handler only)")

// TitleIn puts a title, as Context.Title and NameOf give it, into a language: it is
// data and stays as it is, but for the words that stand for what is not shown.
func TitleIn(title string, l Lang) string {
	if title == RestrictedWords.ZH {
		return RestrictedWords.In(l)
	}
	return title
}

// Shown says how much of a record is here.
type Shown uint8

const (
	Whole  Shown = iota // everything
	Veiled              // all but the values of class Handler, of which there are some
	Sealed              // the cover of a restricted record
)

// Guarded reports whether records of the register may hold what only their
// handlers may see.
func (reg *Register) Guarded() bool { return reg.Handlers != nil }

// checkGuard panics on a declaration that would let out what it guards: a fault
// of the program, met at start.
func (reg *Register) checkGuard() {
	bad := ""
	switch date := reg.byKey[reg.DateField]; {
	case !reg.Guarded():
		if reg.Restricted != nil {
			bad = "restricts records to nobody"
		}
	case reg.NameField != "" || reg.Twins || reg.Chain != nil:
		bad = "guards records that others find by name, merge or sign" // names lie in an index of their own
	case date != nil && !date.Cover:
		bad = "lists guarded records by a date that is not on their cover"
	case reg.Restricted != nil && (reg.byKey[reg.Veil] == nil || reg.byKey[reg.Veil].Cover || reg.byKey[reg.Veil].Type > TypeNote):
		bad = "has no place to say that a record is restricted"
	}
	if bad != "" {
		panic("register " + reg.Key + " " + bad)
	}
}

// HandledBy reports whether a member of staff handles the record.
func (r *Record) HandledBy(staff string) bool {
	return staff != "" && r.Register.Guarded() && slices.Contains(r.Register.Handlers(r), Ref{ID: staff})
}

// IsRestricted reports whether the record is for its handlers alone.
func (r *Record) IsRestricted() bool {
	return r.Shown == Sealed || r.Register.Restricted != nil && r.Register.Restricted(r)
}

// confides reports whether the record holds what only its handlers may see.
func (r *Record) confides() bool {
	return r.IsRestricted() || r.Shown == Veiled || slices.ContainsFunc(r.Register.AllFields(), func(f *Field) bool {
		return f.Class == Handler && !Blank(r.Values[f.Key])
	})
}

// Seen is the record as a member of staff may see it, the record itself where
// that is all of it. now is the version in force, of which r may be a former one:
// what is restricted now was so from the beginning, and whoever handed it over
// keeps nothing of it.
func (r *Record) Seen(staff string, now *Record) *Record {
	if !r.Register.Guarded() {
		return r
	}
	judge := r
	if now.IsRestricted() || !r.IsRestricted() {
		judge = now
	}
	switch {
	case judge.HandledBy(staff):
		return r
	case judge.IsRestricted():
		return r.OnlyCover()
	case !r.confides():
		return r
	}
	v := r.Clone()
	v.Shown = Veiled
	for _, f := range r.Register.AllFields() {
		if f.Class == Handler {
			delete(v.Values, f.Key)
		}
	}
	return v
}

// OnlyCover is what everybody sees of a restricted record.
func (r *Record) OnlyCover() *Record {
	if r.Shown == Sealed {
		return r
	}
	v := *r
	v.Shown, v.Values = Sealed, Values{}
	for _, f := range r.Register.Fields {
		if f.Cover && f.Stored() {
			v.Set(f.Key, r.Values[f.Key])
		}
	}
	v.Set(r.Register.Veil, RestrictedWords.ZH)
	return &v
}

// For is the record as files for an audience have it.
func (r *Record) For(a Audience) *Record {
	if a != Inside && r.IsRestricted() {
		return r.OnlyCover()
	}
	return r
}

// Types reports whether a member of staff may type into a field of the record:
// what only handlers may see nobody else overwrites.
func (r *Record) Types(f *Field, a Actor) bool {
	return f.Class != Handler || !r.Register.Guarded() || r.ID == "" || r.HandledBy(a.Staff)
}

// SeenText writes a field of a record for the screen of the actor: as MaskField
// does for inside, and what only handlers may see for them.
func (c *Context) SeenText(r *Record, f *Field, v any, l Lang) string {
	if f.Class == Handler && r.HandledBy(c.Actor.Staff) {
		return c.Text(f, v, l)
	}
	return c.MaskField(r, f, v, Inside, l, c.Today())
}

// CanOn is Can for a record that is there: a restricted one is for its handlers.
func CanOn(a Actor, act Action, r *Record) error {
	if err := Can(a, act, r.Register); err != nil {
		return err
	}
	if act == ActView || !r.IsRestricted() || r.HandledBy(a.Staff) {
		return nil
	}
	return Problemf("%s 是检举控告，只有经办人能看内容、修改和办理", "%s is an accusation: only its handler sees what it holds, changes and answers it", r.ID)
}

// Confide decides on changes of a stored record that holds what only its
// handlers may see. works says whether a member of staff works here. The store
// asks it before it compares anything, so that a refusal tells nothing.
func Confide(a Actor, stored *Record, changes Values, reason string, works func(staff string) bool) error {
	if !stored.Register.Guarded() || stored.HandledBy(a.Staff) || !stored.confides() {
		return nil
	}
	after := stored.Clone()
	for k, v := range changes {
		after.Set(k, v)
		if f := stored.Register.Field(k); f != nil && f.Class == Handler && !stored.IsRestricted() {
			return Problemf("%s 的“%s”只有经办人能看和修改", "%s: only its handler sees and changes “%s”", stored.ID, f.Words)
		}
	}
	from, to := stored.Register.Handlers(stored), stored.Register.Handlers(after)
	moved := !Equal(from, to)
	switch {
	case !moved && !stored.IsRestricted():
		return nil
	case !moved || len(changes) > 1 && stored.IsRestricted():
		return CanOn(a, ActEdit, stored)
	case slices.ContainsFunc(from, func(h Ref) bool { return works(h.ID) }):
		return Problemf("%s 由经办人自己移交；经办人不在岗的，由审批人写明原因移交", "%s is handed over by its handler, or by an approver with a reason where the handler no longer works here", stored.ID)
	case !a.Is(Approver) || reason == "" || slices.Contains(to, Ref{ID: a.Staff}):
		return Problemf("%s 的经办人不在岗，由审批人写明原因移交给别人", "the handler of %s no longer works here: an approver hands it over to somebody else, with a reason", stored.ID)
	}
	return nil
}

// Accusation is the term of vocabulary PKIND for a complaint about persons.
const Accusation = "检举控告"

// fillHandler fills the handler of a record where it is blank, but never with one
// of those it complains of.
func fillHandler(r *Record, handler, about string, who Ref) {
	accused, _ := r.Get(about).([]Ref)
	if !who.IsZero() && !slices.Contains(accused, who) {
		fill(r, handler, who)
	}
}

// checkHandler refuses to let those complained of handle the complaint (信访工作条例
// Art. 30).
func checkHandler(errs Errors, r *Record, handler, about string) Errors {
	who, _ := r.Get(handler).(Ref)
	accused, _ := r.Get(about).([]Ref)
	if who.ID != "" && slices.Contains(accused, who) {
		return refuse(errs, r, handler, "被检举控告的人不能经办，请换别人", "whoever is complained of cannot handle it; choose somebody else")
	}
	return errs
}
