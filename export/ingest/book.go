package ingest

import (
	"taizhang/db"
)

// book remembers who is named what: rows name the same people over and over.
type book struct {
	*db.Book
	named map[string][]string
}

// Named implements model.Book.
func (b *book) Named(register, name string) []string {
	key := register + "\x00" + name
	ids, ok := b.named[key]
	if !ok {
		ids = b.Book.Named(register, name)
		b.named[key] = ids
	}
	return ids
}
