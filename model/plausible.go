package model

// Plausible says in which proportion two measures of the same records stand:
// outside of it something was probably entered wrong (domain.md §6). A report
// asks before it is issued.
type Plausible struct {
	Of, Per     string // keys of measures
	Least, Most int64  // of Of for each of Per; Most 0: no bound
	Words       Words  // what is odd
}
