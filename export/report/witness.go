package report

import (
	"slices"

	"taizhang/model"
)

// witness is the book of a filler: it notes which records were looked at beside
// those that are counted, such as the partner that a sentence names or the
// branch by which its members were chosen. The text depends on them too.
type witness struct {
	model.Book
	seen []string
}

// Saw implements model.Witness.
func (w *witness) Saw(id string) {
	if id != "" && !slices.Contains(w.seen, id) && len(w.seen) < mostItems {
		w.seen = append(w.seen, id)
	}
}

// Record implements model.Book.
func (w *witness) Record(id string) *model.Record {
	w.Saw(id)
	return w.Book.Record(id)
}

// Name implements model.Namer.
func (w *witness) Name(id string) string {
	w.Saw(id)
	if n, ok := w.Book.(model.Namer); ok {
		return n.Name(id)
	}
	return ""
}

// Referring implements model.Book.
func (w *witness) Referring(register, id string) []string {
	out := w.Book.Referring(register, id)
	for _, other := range out {
		w.Saw(other)
	}
	return out
}

// Walk implements model.Walker. Going past a record is no use of it: who adds up
// says what it took.
func (w *witness) Walk(register string, p model.Period, fields []string, fn func(*model.Record)) bool {
	inner, ok := w.Book.(model.Walker)
	return ok && inner.Walk(register, p, fields, fn)
}

// watch puts the witness between the filler and its book.
func (f *filler) watch() {
	f.saw = &witness{}
	if f.c.Book != nil {
		c := *f.c
		f.saw.Book, c.Book = f.c.Book, f.saw
		f.c = &c
	}
}

// looked runs fn and returns the records it looked at.
func (f *filler) looked(fn func()) []string {
	before := f.saw.seen
	f.saw.seen = nil
	fn()
	mine := f.saw.seen
	f.saw.seen = before
	return mine
}

// credit runs the node of a slot and notes with the figures it wrote what they
// depend on besides the records they count.
func (f *filler) credit(fn func()) {
	from := len(f.out)
	also := f.looked(fn)
	for i := min(from, len(f.out)); i < len(f.out); i++ {
		if fig := f.out[i].fig; fig != nil {
			fig.Also = without(union(f.env.also, also), fig.IDs)
		}
	}
}

// union keeps what is in either list, in order, within bounds.
func union(a, b []string) []string {
	out := slices.Clip(a)
	for _, id := range b {
		if len(out) < mostItems && !slices.Contains(a, id) {
			out = append(out, id)
		}
	}
	return out
}

func without(in, taken []string) (out []string) {
	for _, id := range in {
		if !slices.Contains(taken, id) {
			out = append(out, id)
		}
	}
	return out
}

func idsOf(records []*model.Record) []string {
	out := make([]string, 0, len(records))
	for _, r := range records {
		out = append(out, r.ID)
	}
	return out
}
