package model

// What a role sees of a person (domain.md §10): numbers are masked for everybody
// inside. Whoever enters records may ask for one in full, says why, and stands in
// the journal with it; bank cards are for finance.

// Actions on what is masked.
const (
	ActReveal Action = "reveal" // a masked number in full, for a moment
	ActWho    Action = "who"    // who looked at, exported or changed a record
)

// Revealable lists the filled fields of a record that are masked and that the
// actor may see in full on request.
func (c *Context) Revealable(r *Record) (out []*Field) {
	if Can(c.Actor, ActReveal, r.Register) != nil {
		return nil
	}
	for _, f := range r.Register.Fields {
		if !Blank(r.Values[f.Key]) && f.Stored() && f.show(Inside) == masked && (f.Mask != MaskBank || c.Actor.Is(Finance)) {
			out = append(out, f)
		}
	}
	return out
}
