// Package export writes records and figures to files: registers as CSV, JSON
// and Markdown, the summary of a period, and plain tables for the command line.
// What a reader may not see is taken out here, where the bytes are made.
package export

import "taizhang/model"

// Source is what export reads of a ledger.
type Source interface {
	// Context answers what records refer to, as of today.
	Context() *model.Context
	// Unit is the community's name.
	Unit() string
	// Head is the sequence of the last journal entry and the first 16
	// hexadecimal digits of its hash. It goes to the foot of what is printed, as
	// a witness outside the ledger.
	Head() (seq uint64, hash string)
	// Scan gives fn the final records of a register whose date lies in the
	// period, newest first; the zero period is all time. It holds no lock while
	// fn runs and ends with fn's error.
	Scan(register string, period model.Period, fn func(*model.Record) error) error
	// Reversed gives fn the payments of a register that were reversed 冲销, in no
	// promised order, with the reason.
	Reversed(register string, fn func(r *model.Record, reason string) error) error
}
