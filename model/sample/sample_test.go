package sample

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"taizhang/model"
)

// shelf is a ledger in memory: it prepares every record as the store does.
type shelf struct {
	t       testing.TB
	ctx     *model.Context
	records map[string]*model.Record
	of      map[string][]*model.Record
	serial  map[string]int
}

func newShelf(t testing.TB) *shelf {
	s := &shelf{t: t, records: map[string]*model.Record{}, of: map[string][]*model.Record{}, serial: map[string]int{}}
	s.ctx = &model.Context{Schema: model.NewSchema(), Book: s, Now: time.Date(2026, 11, 20, 10, 0, 0, 0, model.Zone), Way: model.Backdate}
	return s
}

func (s *shelf) Record(id string) *model.Record    { return s.records[id] }
func (s *shelf) Named(string, string) []string     { return nil }
func (s *shelf) Referring(string, string) []string { return nil }

func (s *shelf) Add(register string, entries []Entry) ([]string, error) {
	if len(entries) > batch {
		s.t.Fatalf("%d records at once", len(entries))
	}
	reg := s.ctx.Schema.Register(register)
	var ids []string
	for _, e := range entries {
		r := model.NewRecord(reg)
		for k, v := range e.Values {
			if f := reg.Field(k); f == nil || !f.Stored() {
				s.t.Fatalf("%s has no stored field %s", register, k)
			}
			r.Set(k, v)
		}
		s.serial[reg.Letter]++
		r.ID = model.FormatID(reg.Letter, e.At.Year(), s.serial[reg.Letter])
		if err := s.ctx.Prepare(r, nil); err != nil {
			return nil, fmt.Errorf("%s %s: %w", r.ID, s.ctx.Title(r), err)
		}
		for _, f := range reg.Fields {
			if err := s.known(f, r.Values[f.Key]); err != nil {
				return nil, fmt.Errorf("%s %s %s: %w", register, s.ctx.Title(r), f.Key, err)
			}
		}
		s.records[r.ID] = r
		s.of[register] = append(s.of[register], r)
		ids = append(ids, r.ID)
	}
	return ids, nil
}

// known checks what Prepare takes for granted: that a typed value could have
// been entered by hand.
func (s *shelf) known(f *model.Field, v any) error {
	if model.Blank(v) {
		return nil
	}
	var terms []string
	switch x := v.(type) {
	case string:
		if f.Type == model.TypePick {
			terms = []string{x}
		}
		if n := model.Characters(x); n > f.Limit() {
			return fmt.Errorf("%d characters", n)
		}
		if err := model.CheckText(x, f.Type == model.TypeNote); err != nil {
			return err
		}
	case []string:
		terms = x
	case model.Occasion:
		terms = []string{x.Name}
	case []model.Row:
		for _, row := range x {
			for _, sub := range f.Sub {
				if w := row[sub.Key]; !model.Blank(w) && !sub.Holds(w) {
					return fmt.Errorf("%s holds %T", sub.Key, w)
				}
				if err := s.known(sub, row[sub.Key]); err != nil {
					return err
				}
			}
		}
	}
	for _, t := range terms {
		if _, ok := s.ctx.Schema.Vocab(f.Vocab).Term(t); !ok {
			return fmt.Errorf("%q is not in %s", t, f.Vocab)
		}
	}
	return nil
}

func filled(t testing.TB, n int) *shelf {
	t.Helper()
	s := newShelf(t)
	if err := Fill(s, s.ctx.Today(), n); err != nil {
		t.Fatal(err)
	}
	return s
}

// The figures that the sample application and the guides print.
func TestKnownFigures(t *testing.T) {
	s := filled(t, 0)
	year := model.YearOf(model.NewDate(Year, 1, 1))
	events, attendances, byLine, several := 0, int64(0), int64(0), 0
	programmes := map[string]int{}
	for _, r := range s.of["activity"] {
		if model.ActivityHeld.Of(r) != model.HeldDone || !year.Contains(r.Date()) {
			t.Errorf("%s is not an activity of the year: %v", r.ID, r.Values)
		}
		n, lines := model.ActivityAttendTotal.Of(r), model.ActivityLines.Of(r)
		events, attendances, byLine = events+1, attendances+n, byLine+n*int64(len(lines))
		if len(lines) > 1 {
			several++
		}
		for _, p := range model.ActivityProgrammes.Of(r) {
			programmes[p]++
		}
	}
	if events != 73 || attendances != 12604 {
		t.Errorf("%d activities with %d attendances, want 73 with 12,604", events, attendances)
	}
	if several < 10 || byLine <= attendances {
		t.Errorf("%d activities have several lines; the sum by line is %d", several, byLine)
	}
	for _, p := range s.ctx.Schema.Vocab("PROG").Live() {
		if programmes[p.ZH] == 0 {
			t.Errorf("no activity of %s", p.ZH)
		}
	}
	if n := len(s.of["programme"]); n != 6 {
		t.Errorf("%d programmes", n)
	}

	visits, homes := map[string]int{}, map[string]map[model.Ref]bool{}
	for _, r := range s.of["visit"] {
		o := model.VisitOccasion.Of(r).String()
		if homes[o] == nil {
			homes[o] = map[model.Ref]bool{}
		}
		visits[o]++
		homes[o][model.VisitHousehold.Of(r)] = true
		if m := model.VisitAmount.Of(r); m != 0 && (m < 500_00 || m > 3000_00) {
			t.Errorf("%s gives %s", r.ID, m)
		}
		if len(model.VisitCatsThen.Of(r)) == 0 {
			t.Errorf("%s: in no category", r.ID)
		}
	}
	for o, want := range map[string]int{"2026春节": 61, "2026七一": 23, "2026重阳": 18, "2026日常走访": 48} {
		if visits[o] != want || o != "2026日常走访" && len(homes[o]) != want {
			t.Errorf("%s: %d visits to %d households, want %d", o, visits[o], len(homes[o]), want)
		}
	}

	issues, late := map[string]int{}, 0
	for _, r := range s.of["issue"] {
		issues[model.CatalogueClass.Of(s.Record(model.IssueItem.Of(r).ID))]++
		if model.One(r.Get("posted"))["on"].(model.Date).After(model.IssueDue.Of(r)) {
			late++
		}
		income, expense := model.Money(0), model.Money(0)
		for _, row := range model.IssueFinance.Of(r) {
			if row["kind"] == "收" {
				income += row["amount"].(model.Money)
			} else {
				expense += row["amount"].(model.Money)
			}
		}
		if expense > income || expense < income/2 {
			t.Errorf("%s: income %s, expense %s", model.IssueCode.Of(r), income, expense)
		}
	}
	if issues["党务"] != 6 || issues["居务"] != 4 || issues["财务"] != 4 || late != 1 {
		t.Errorf("issues %v, %d late", issues, late)
	}
	for register, want := range map[string]int{"staff": 10, "compound": 15, "catalogue": 18, "household": 120, "person": 200, "team": 6,
		"opinion": 5, "need": 12, "petition": 31, "mediation": 3} {
		if n := len(s.of[register]); n != want {
			t.Errorf("%d records of %s, want %d", n, register, want)
		}
	}
}

func TestPeopleAreNobody(t *testing.T) {
	s := filled(t, 3000)
	seen := map[string]bool{}
	children := 0
	for _, r := range s.of["person"] {
		no := model.PersonIDNo.Of(r)
		if _, err := model.ParseIDNumber(no); err != nil || no[:6] != "999999" || seen[no] {
			t.Fatalf("identity number %s: %v, given before: %v", no, err, seen[no])
		}
		seen[no] = true
		if p := model.PersonPhone.Of(r); p != "" && p[:7] != "1990000" {
			t.Fatalf("phone %s", p)
		}
		if model.AgeOn(model.PersonBirth.Of(r), model.NewDate(Year, 12, 31)) < 18 {
			children++
		}
	}
	if children < 10 {
		t.Errorf("%d children", children)
	}
}

func TestSameEveryTime(t *testing.T) {
	sum := func(today model.Date) [32]byte {
		s := newShelf(t)
		if err := Fill(s, today, 1500); err != nil {
			t.Fatal(err)
		}
		h := sha256.New()
		for _, reg := range s.ctx.Schema.Registers {
			for _, r := range s.of[reg.Key] {
				b, err := json.Marshal(model.Plain(map[string]any(r.Values)))
				if err != nil {
					t.Fatal(err)
				}
				h.Write(b)
			}
		}
		return [32]byte(h.Sum(nil))
	}
	if sum(model.NewDate(2026, 11, 20)) != sum(model.NewDate(2031, 2, 3)) {
		t.Error("two calls on different days give different records")
	}
}

func TestNothingIsWrittenInTheFuture(t *testing.T) {
	today := model.NewDate(2026, 3, 8)
	if err := Fill(watch{func(e Entry) {
		if model.DateOf(e.At).After(today) {
			t.Errorf("stamped %v", e.At)
		}
	}}, today, 0); err != nil {
		t.Fatal(err)
	}
}

func TestErrorStopsFilling(t *testing.T) {
	s := newShelf(t)
	calls := 0
	err := Fill(failing{s, &calls}, s.ctx.Today(), 0)
	if err == nil || calls != 5 {
		t.Errorf("error %v after %d calls", err, calls)
	}
}

type failing struct {
	*shelf
	calls *int
}

func (f failing) Add(register string, entries []Entry) ([]string, error) {
	if *f.calls++; *f.calls == 5 {
		return nil, fmt.Errorf("disk full")
	}
	return f.shelf.Add(register, entries)
}

// watch looks at entries and throws them away.
type watch struct{ look func(Entry) }

var serial int

func (w watch) Add(_ string, entries []Entry) ([]string, error) {
	ids := make([]string, len(entries))
	for i, e := range entries {
		w.look(e)
		serial++
		ids[i] = model.FormatID("X", Year, serial)
	}
	return ids, nil
}

// More records keep the proportions and the known figures of the report year.
func TestScale(t *testing.T) {
	s := filled(t, 5000)
	if n := len(s.records); n < 4600 || n > 5400 {
		t.Errorf("%d records for 5,000", n)
	}
	perYear, codes := map[int16]int{}, map[string]bool{}
	for _, r := range s.of["activity"] {
		perYear[r.Date().Year]++
	}
	for _, r := range s.of["issue"] {
		if c := model.IssueCode.Of(r); codes[c] {
			t.Errorf("two issues %s", c)
		} else {
			codes[c] = true
		}
	}
	for y := int16(2020); y <= Year; y++ {
		if perYear[y]%73 != 0 || perYear[y] == 0 {
			t.Errorf("%d activities in %d", perYear[y], y)
		}
	}
}

func BenchmarkFill100000(b *testing.B) {
	for range b.N {
		n := 0
		if err := Fill(watch{func(Entry) { n++ }}, model.NewDate(2026, 11, 20), 100_000); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(n), "records")
	}
}

// The figures of what stands behind: meetings, honours, gifts, forms.
func TestKnownFiguresBehind(t *testing.T) {
	s := filled(t, 0)
	year := model.YearOf(model.NewDate(Year, 1, 1))
	tally := func(register, measure string, keep func(*model.Record) bool) int64 {
		t.Helper()
		reg := s.ctx.Schema.Register(register)
		m, err := reg.Measure(measure)
		if err != nil {
			t.Fatal(err)
		}
		var of []*model.Record
		for _, r := range s.of[register] {
			if keep == nil || keep(r) {
				of = append(of, r)
			}
		}
		return reg.Tally(s.ctx, m, of).Value
	}
	is := func(key, term string) func(*model.Record) bool {
		return func(r *model.Record) bool { return r.Get(key) == term }
	}
	for _, want := range []struct {
		register, measure string
		key, term         string
		n                 int64
	}{
		{"meeting", "次数", "type", "党员大会", 16}, {"meeting", "次数", "type", "支委会", 48}, {"meeting", "次数", "type", "主题党日", 48},
		{"meeting", "次数", "type", "党课", 4}, {"meeting", "次数", "type", "专题学习", 6}, {"meeting", "次数", "type", "外出参会", 1},
		{"honour", "项数", "level", "国家", 2}, {"honour", "项数", "level", "省", 5}, {"honour", "项数", "level", "市", 4}, {"honour", "项数", "level", "区", 4},
		{"honour", "有效", "", "", 15},
		{"commendation", "户数", "", "", 4}, {"commendation", "人数", "", "", 9},
		{"contribution", "家数", "", "", 2}, {"contribution", "金额", "", "", 30200_00},
		{"rule", "项数", "", "", 15}, {"rule", "责任书", "", "", 6}, {"phrase", "已批准", "", "", 12},
		{"opinion_form", "发放", "", "", 500}, {"opinion_form", "回收", "", "", 463}, {"opinion_form", "意见", "", "", 8}, {"opinion_form", "采纳", "", "", 7},
		{"donation", "金额", "", "", 33800_00},
	} {
		keep := is(want.key, want.term)
		if want.key == "" {
			keep = nil
		}
		if got := tally(want.register, want.measure, keep); got != want.n {
			t.Errorf("%s %s %s: %d, want %d", want.register, want.measure, want.term, got, want.n)
		}
	}
	if away := slices.IndexFunc(s.of["meeting"], is("type", model.MeetingElsewhere)); away < 0 || s.of["meeting"][away].Date().String() != "2026H1" {
		t.Error("no meeting elsewhere in the first half of the year")
	}
	// Every branch met as often as it must (domain.md §9).
	for _, b := range lines(branchTable) {
		for kind, n := range map[string]int64{"党员大会": 4, "支委会": 12, "主题党日": 12, "党课": 1, "组织生活会": 1, "民主评议": 1, "谈心谈话": 1} {
			got := tally("meeting", "次数", func(r *model.Record) bool {
				return s.ctx.NameOf(model.MeetingOrg.Of(r)) == b[0] && model.MeetingType.Of(r) == kind && year.Contains(r.Date())
			})
			if got != n {
				t.Errorf("%s: %d of %s, want %d", b[0], got, kind, n)
			}
		}
	}
	reg := s.ctx.Schema.Register("donation")
	amount, _ := reg.Measure("金额")
	least, ok := reg.LeastYear(s.ctx, amount, s.of["donation"], s.ctx.Today(), 0)
	if !ok || least.Value != 10_000_00 || least.Year != 2025 {
		t.Errorf("the least year is %d with %s", least.Year, least.Text())
	}
}

// Nobody is asked twice about what the sample tells.
func TestNothingBehindIsDoubtful(t *testing.T) {
	s := filled(t, 0)
	for _, register := range []string{"meeting", "honour", "commendation", "contribution", "rule", "phrase", "opinion_form", "donation"} {
		for _, r := range s.of[register] {
			for _, d := range r.Register.Doubts(r, s.ctx) {
				if r.Date().Last().Before(s.ctx.Today()) { // what is still to come on the day of the test is the sample's own
					t.Errorf("%s %s: %s", register, s.ctx.Title(r), d.ZH)
				}
			}
		}
	}
}
