package db

import "time"

// SetPatience shortens the wait for a ledger in tests.
func SetPatience(l *Ledger, d time.Duration) { l.lock.wait = d }
