package model

import (
	"slices"
	"strings"
)

// Chain is the way of a record through several hands: a register that has one
// names its steps in a table. What a step writes is entered in no other way.
type Chain struct {
	Steps []*Step
	// Revise runs before Register.Fill on every version that no step makes: it
	// refuses what only a step may enter, and takes back what a change voids.
	// before is the stored version, nil for a new record.
	Revise func(r, before *Record, c *Context) error
	// Seal completes every version, whoever makes it: who had a hand in it.
	Seal func(r, before *Record, c *Context)
	// Free reports that the chained fields may be entered directly, because no
	// step could have been taken for this record.
	Free func(r *Record, c *Context) bool
	// Under reports a record that is on its way and must not be deleted.
	Under func(r *Record) bool
	// State says in words where the record stands.
	State func(r *Record, c *Context) Words
	// Public is all that the public will read of it, for the privacy check.
	Public func(r *Record, c *Context) (string, error)
	// Stand is what the last approval let stand of the privacy check.
	Stand func(r *Record) string
	// MayStand says why the actor must not let anything stand, in a file as in a
	// step; nil: she may.
	MayStand func(r *Record, c *Context) error
	// Approved says why the record is not, to the letter, what was approved.
	Approved func(r *Record, c *Context) error
	// Members says that a record is read by members of the Party only, whose names
	// may stand in it.
	Members func(r *Record) bool
	// Sheet lists who signed, in order; nil: there is no such list.
	Sheet func(r *Record, c *Context) []Row
}

// Step is one line of the table: who may bring a record from where to where.
type Step struct {
	Key    string   // on the command line and in the journal: submit, approve
	Words  Words    // what the button says
	From   []string // states in which it can be taken; nil: Open decides alone
	To     string   // "": it stays, or Take decides
	Who    Words    // who may, in words, for lists and refusals
	Roles  []Role   // one of these is needed
	Reason bool     // demands a reason
	Sees   bool     // signs what was read: the version read must be named
	Asks   []string // keys of the fields that are asked for
	Needs  []string // those among them that must be filled; a bool must be yes
	Public bool     // the public sees it: never taken back
	Aside  bool     // is not the usual way on

	Privacy Privacy // what it does about the privacy check

	// May says why the actor must not, whatever her roles; nil: no more than Roles.
	May func(r *Record, c *Context) error
	// Open says why it cannot be taken now; nil: no more than From.
	Open func(r *Record, c *Context) error
	// Take carries it out on r, which then gets To as its state. What it returns
	// is entered as new records in the same transaction.
	Take func(r *Record, c *Context, in StepInput) ([]*Record, error)
}

// StepInput is what a person gives with a step.
type StepInput struct {
	Reason string
	Values Values // by the keys of Step.Asks
	stand  string // what the privacy check found and this signature lets stand
}

// StepFault is the kind of a refusal of a step.
type StepFault uint8

// The kinds of refusal.
const (
	StepDenied  StepFault = iota + 1 // this person may not
	StepClosed                       // nobody can now: it stands elsewhere in the chain, or its text changed
	StepLacking                      // a reason or a version is missing
)

// StepError is a refusal of a step.
type StepError struct {
	Words
	Fault StepFault
}

// Error implements error in English.
func (e *StepError) Error() string { return e.EN }

func stepError(fault StepFault, zh, en string, args ...any) error {
	return &StepError{Sayf(zh, en, args...), fault}
}

// ReasonLeast is how many characters the reason must have with which one person
// does what the rules give to several.
const ReasonLeast = 10

// StepOf returns the step of that key or name, nil when there is none.
func (reg *Register) StepOf(name string) *Step {
	if reg.Chain == nil {
		return nil
	}
	for _, st := range reg.Chain.Steps {
		if goesBy(name, st.Key, st.Words) {
			return st
		}
	}
	return nil
}

// CanStep is the policy of every step of every chain: may this actor take it on
// this record as it stands; nil means yes. The store asks it inside the write
// transaction with the roles read there, screens and commands ask it to say why
// not. The error is a *StepError.
func CanStep(st *Step, r *Record, c *Context) error {
	if !c.Actor.Is(st.Roles...) {
		names := make([]string, len(st.Roles))
		english := make([]string, len(st.Roles))
		for i, role := range st.Roles {
			names[i], english[i] = string(role), c.termWords("ROLES", string(role)).EN
		}
		return stepError(StepDenied, "“%s”须有%s权限，您没有。请管理员在工作人员登记中添加", "%s needs the role %s, which you do not have; ask an administrator",
			st.Words, Words{strings.Join(names, "或"), strings.Join(english, " or ")})
	}
	if r.State != Final {
		return stepError(StepClosed, "%s 现在是“%s”，不能%s", "%s is %s: %s is not possible", r.ID, r.State.Words(), st.Words)
	}
	if st.From != nil {
		if state := r.Register.Chain.State(r, c); !contains(st.From, state.ZH) {
			return stepError(StepClosed, "%s 现在是“%s”，不能%s", "%s is %q now: %s is not possible", r.ID, state, st.Words)
		}
	}
	for _, ask := range []func(*Record, *Context) error{st.Open, st.May} {
		if ask != nil {
			if err := ask(r, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// Step takes a step on r, a copy of the stored record: the policy, what must be
// given, then the step itself. The records returned are to be entered with it.
func (c *Context) Step(st *Step, r *Record, in StepInput) ([]*Record, error) {
	if err := CanStep(st, r, c); err != nil {
		return nil, err
	}
	in.Reason = strings.TrimSpace(in.Reason)
	if st.Reason && in.Reason == "" {
		return nil, stepError(StepLacking, "“%s”要写明理由", "%s needs a reason", st.Words)
	}
	var errs Errors
	for key := range in.Values {
		if !contains(st.Asks, key) {
			errs = append(errs, FieldError{r.Register.Field(key), Sayf("不是“%s”这一步要填的", "is not asked for by %s", st.Words)})
		}
	}
	for _, key := range st.Needs {
		v := in.Values[key]
		if ok, isBool := v.(bool); Blank(v) || isBool && !ok {
			errs = refuse(errs, r, key, "“%s”须确认或填写", "must be confirmed or filled for %s", st.Words)
		}
	}
	if len(errs) > 0 {
		return nil, errs
	}
	for key, v := range in.Values {
		r.Set(key, v)
	}
	var err error
	if in.stand, err = c.checkStep(st, r, in.Reason); err != nil {
		return nil, err
	}
	return st.Take(r, c, in)
}

// Overrides reports whether the step would be refused to this actor but for the
// office of one, so that a reason of ReasonLeast characters must be given.
func Overrides(st *Step, r *Record, c *Context) bool {
	if st.May == nil || c.Schema.Office() != OfficeOne {
		return false
	}
	strict := *c
	schema := *c.Schema
	schema.office = OfficeThree
	strict.Schema = &schema
	return st.May(r, &strict) != nil
}

// overridden demands the reason of an office of one; it returns it, "" where
// nothing was overridden.
func overridden(st *Step, r *Record, c *Context, reason string) (string, error) {
	if !Overrides(st, r, c) {
		return "", nil
	}
	if Characters(reason) < ReasonLeast {
		return "", stepError(StepLacking, "一人办理“%s”要写明理由，至少%d个字，会印在审批单上", "%s by one person needs a reason of at least %d characters; it is printed on the sheet", st.Words, ReasonLeast)
	}
	return reason, nil
}

// Way is how a version comes about.
type Way uint8

// The ways.
const (
	Typed    Way = iota // entered by a person, in a form or by a command
	ByStep              // made by a step of the chain
	Backdate            // the sample, entered under its own dates
)

// revise applies the chain's rules to a version that is about to be stored.
func (c *Context) revise(r, before *Record) (err error) {
	ch := r.Register.Chain
	if ch == nil {
		return nil
	}
	if c.Way == Typed && ch.Revise != nil {
		err = ch.Revise(r, before, c)
	}
	if ch.Seal != nil {
		ch.Seal(r, before, c)
	}
	return err
}

// Direct reports that the chained fields of a record may be entered directly.
func (reg *Register) Direct(r *Record, c *Context) bool {
	return reg.Chain == nil || reg.Chain.Free != nil && reg.Chain.Free(r, c)
}

// Chained lists the keys that only steps of the register enter.
func (reg *Register) Chained() (keys []string) {
	for _, f := range reg.Fields {
		if f.Chained {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// ChainTouched lists those of the keys that only steps enter.
func (reg *Register) ChainTouched(keys []string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool {
		f := reg.Field(key)
		return f == nil || !f.Chained
	})
}

// Office is how many people an office has for the steps of a chain.
type Office string

// The kinds of office (domain.md §8.5). The zero value counts as three.
const (
	OfficeThree Office = "three" // drafter, reviewer and approver are three people
	OfficeTwo   Office = "two"   // drafter and approver are two
	OfficeOne   Office = "one"   // one person may do all, with a reason that is printed
)

// Offices names the kinds in order; EN is what the settings hold.
func Offices() []Words {
	return []Words{{"三人以上", string(OfficeThree)}, {"两人", string(OfficeTwo)}, {"一人", string(OfficeOne)}}
}

// Office is the kind of this office, by its settings.
func (s *Schema) Office() Office {
	if s == nil {
		return OfficeThree
	}
	switch s.office {
	case OfficeTwo, OfficeOne:
		return s.office
	}
	return OfficeThree
}

// stepMeans names what a signature was given for: a step, or the field of a
// signature that was copied from paper.
func (reg *Register) stepMeans(key string) Words {
	if st := reg.StepOf(key); st != nil {
		return st.Words
	}
	if f := reg.Field(key); f != nil {
		return f.Words
	}
	return W(key, key)
}

// StepOffer is a step as it stands for an actor: open to her, or why not.
type StepOffer struct {
	Step *Step
	Off  error // a *StepError; nil: she may take it now
	Why  bool  // demands a reason of this actor
}

// StepOffers lists every step of a record's chain for the actor.
func (c *Context) StepOffers(r *Record) []StepOffer {
	if r.Register.Chain == nil {
		return nil
	}
	var out []StepOffer
	for _, st := range r.Register.Chain.Steps {
		out = append(out, StepOffer{st, CanStep(st, r, c), st.Reason || Overrides(st, r, c)})
	}
	return out
}

// Signed is the approval sheet in words: step, who, when, the beginning of the
// hash of what was signed, and what was said with it.
func (c *Context) Signed(r *Record, l Lang) (rows [][]string) {
	if r.Register.Chain == nil || r.Register.Chain.Sheet == nil {
		return nil
	}
	for _, row := range r.Register.Chain.Sheet(r, c) {
		cell := func(key string) string { s, _ := row[key].(string); return s }
		name := r.Register.stepMeans(cell("step")).In(l)
		by, _ := row["by"].(Ref)
		on, _ := row["on"].(Date)
		when := on.String()
		if at := cell("at"); at != "" {
			when += " " + at
		}
		sum := cell("sha256")
		said := cell("reason")
		if stand := cell("stand"); stand != "" {
			said = Sayf("%s（放行：%s）", "%s (let stand: %s)", said, stand).In(l)
		}
		rows = append(rows, []string{name, c.NameOf(by), when, sum[:min(len(sum), 16)], said})
	}
	return rows
}
