package db

import (
	"errors"
	"fmt"
)

// Values are stored in CBOR (RFC 8949) in its core deterministic form, a
// standard that describes itself: the same value is always the same bytes, and
// what this program does not know keeps its bytes. The encoder and reader are
// written out here because records are read field by field, by a declaration;
// the tests hold them against a complete CBOR library.
//
//	text, note, pick, time      text string
//	date, period, occasion      text string, the stored form (2026-03-08, 2027-B1, 2027春节)
//	int, money (分)             integer
//	dec                         tag 4, [exponent, mantissa], exponent -3 to 0, the largest possible
//	bool                        true, false
//	ref                         tag 39 on the id; plain text string where it is text
//	picks, refs                 array
//	list                        array of maps by the keys of the columns

// Raw is one CBOR item this program has no plain form for (a byte string, a
// foreign tag). It is kept and written back as it came.
type Raw string

// MarshalJSON writes the item in hexadecimal.
func (r Raw) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, `"%x"`, string(r)), nil }

const (
	majorUint = iota
	majorNeg
	majorBytes
	majorText
	majorArray
	majorMap
	majorTag
	majorSimple
)

const (
	tagDecimal    = 4
	tagIdentifier = 39
	mostDepth     = 16 // of arrays in arrays; records have 3
)

var errMalformed = errors.New("malformed CBOR")
