//go:build !race

package db

const checkptr = false
