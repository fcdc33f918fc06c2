//go:build race

package db

// checkptr is on under the race detector: it ends the process where bbolt makes
// a slice of what a damaged page says, before the panic that the ordinary
// program recovers from.
const checkptr = true
