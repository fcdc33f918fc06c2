package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"taizhang/model"
)

// JSONRecord is a record in JSON, one shape for files, scripts and import.
type JSONRecord struct {
	ID       string         `json:"id,omitempty"`
	Register string         `json:"register"`
	Version  int            `json:"version,omitempty"`
	State    string         `json:"state,omitempty"` // draft or void; "" of a final one
	Values   map[string]any `json:"values"`
	// Restricted says that all but the cover of the record is left out, because it
	// is for its handler alone.
	Restricted bool `json:"restricted,omitempty"`
}

// RecordJSON is a record in full: every stored value in its exchange form, keys
// the program does not know among them. It is for those who may see the record
// in full.
func RecordJSON(r *model.Record) JSONRecord {
	values := make(map[string]any, len(r.Values))
	for k, v := range r.Values {
		values[k] = cleanAll(model.Plain(v))
	}
	rec := JSONRecord{ID: r.ID, Register: r.Register.Key, Version: r.Version, Values: values}
	if r.Shown == model.Sealed {
		delete(values, r.Register.Veil)
		rec.Restricted = true
	}
	if r.State != model.Final {
		rec.State = r.State.String()
	}
	return rec
}

// RecordFor is a record as an audience may see it: in full for those inside who
// enter records, else the shown fields as masked text, and in public without
// the id by which the record could be found again.
func RecordFor(c *model.Context, r *model.Record, a model.Audience, l model.Lang) JSONRecord {
	t := newTable(c, Job{Register: r.Register, Format: JSON, Audience: a, Lang: l}, &Result{})
	if t.whole {
		return wholeJSON(r, c.Actor)
	}
	return t.maskedJSON(line{r, t.mask(c, r)})
}

// wholeJSON is RecordJSON without what does not go into the actor's files.
func wholeJSON(r *model.Record, a model.Actor) JSONRecord {
	rec := RecordJSON(r)
	for _, f := range r.Register.Fields {
		if !inFile(f, a) {
			delete(rec.Values, f.Key)
		}
	}
	return rec
}

// cleanAll cleans every text inside a plain value.
func cleanAll(v any) any {
	switch x := v.(type) {
	case string:
		return clean(x)
	case []string:
		for i, s := range x {
			if c := clean(s); c != s {
				x = append([]string(nil), x...)
				x[i] = c
			}
		}
		return x
	case []any:
		out := make([]any, len(x))
		for i, e := range x {
			out[i] = cleanAll(e)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(x))
		for k, e := range x {
			out[clean(k)] = cleanAll(e)
		}
		return out
	}
	return v
}

// JSONLine writes a value as one line of JSON, without the escapes that only
// web pages need.
func JSONLine(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// jsonWriter writes an array, a record on each line.
type jsonWriter struct {
	w     *bufio.Writer
	t     *table
	buf   bytes.Buffer
	lines int
}

func (j *jsonWriter) begin(t *table) error {
	j.t = t
	_, err := j.w.WriteString("[")
	return err
}

func (j *jsonWriter) row(l line) error {
	var rec JSONRecord
	if j.t.whole {
		rec = wholeJSON(l.rec, j.t.src.Context().Actor)
	} else {
		rec = j.t.maskedJSON(l)
	}
	j.buf.Reset()
	j.buf.WriteString(",\n")
	if j.lines++; j.lines == 1 {
		j.buf.Reset()
		j.buf.WriteString("\n")
	}
	if err := JSONLine(&j.buf, rec); err != nil {
		return err
	}
	_, err := j.w.Write(bytes.TrimSuffix(j.buf.Bytes(), []byte("\n")))
	return err
}

// maskedJSON holds what the audience may see, as text; in public there is no id
// to find the record again by.
func (t *table) maskedJSON(l line) JSONRecord {
	rec := JSONRecord{Register: l.rec.Register.Key, Values: map[string]any{}}
	if t.ids {
		rec.ID, rec.Version = l.rec.ID, l.rec.Version
	}
	rec.Restricted = l.rec.Shown == model.Sealed
	for i, f := range t.fields {
		if l.cells[i] != "" && !(rec.Restricted && f.Key == l.rec.Register.Veil) {
			rec.Values[f.Key] = l.cells[i]
		}
	}
	return rec
}

func (j *jsonWriter) end(Result) error {
	if _, err := j.w.WriteString("\n]\n"); err != nil {
		return err
	}
	return j.w.Flush()
}
