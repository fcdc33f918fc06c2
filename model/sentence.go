package model

// Sentence is what a report says of one record: 举办了庆七一文艺演出. It is
// declared with the register and named in templates like a field.
type Sentence struct {
	Key   string
	Words Words
	// Say writes it, without an end mark; "" where there is nothing to say. It
	// takes the texts of fields from the telling, so that they are masked.
	Say func(*Telling) string
}

// Telling is a record as a report tells of it.
type Telling struct {
	*Record
	Context  *Context
	Audience Audience
	Lang     Lang
	Day      Date // on which posts are asked for, the end of the report's period; zero: today
}

func (t *Telling) day() Date {
	if t.Day.IsZero() {
		return t.Context.Today()
	}
	return t.Day
}

// Text is a field's value as the audience may see it; "" where it is blank or
// must not appear.
func (t *Telling) Text(key string) string {
	f := t.Register.Field(key)
	if f == nil {
		return ""
	}
	return t.Context.MaskField(t.Record, f, t.Context.Value(t.Record, f), t.Audience, t.Lang, t.Context.Today())
}

// Say chooses the language, as Sayf.
func (t *Telling) Say(zh, en string, args ...any) string { return Sayf(zh, en, args...).In(t.Lang) }

// FindSentence returns the sentence with that key or name, nil when there is
// none.
func (reg *Register) FindSentence(name string) *Sentence {
	for i := range reg.Sentences {
		s := &reg.Sentences[i]
		if goesBy(name, s.Key, s.Words) {
			return s
		}
	}
	return nil
}
