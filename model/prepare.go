package model

// Prepare makes a record ready to be stored: defaults for a new one, the
// automatic fields, then every rule. It runs inside the write transaction; what
// it accepts is what the file gets. before is the stored version, nil for a new
// record.
func (c *Context) Prepare(r *Record, before *Record) error {
	if before == nil {
		c.Defaults(r)
	}
	revised := c.revise(r, before)
	c.tidy(r)
	if r.Register.Fill != nil {
		r.Register.Fill(r, c)
	}
	if r.Register.Amend != nil && before != nil {
		r.Register.Amend(r, before, c)
	}
	if revised != nil {
		return revised
	}
	if errs := keptRaw(c.Check(r), r, before); len(errs) > 0 {
		return errs
	}
	return nil
}

// Defaults fills the blanks of a new record with what its fields offer.
func (c *Context) Defaults(r *Record) {
	for _, f := range r.Register.Fields {
		if f.Default != nil && Blank(r.Values[f.Key]) {
			r.Set(f.Key, f.Default(c))
		}
	}
}

// tidy brings texts that follow a rule into their normal form, also those that
// did not come through Parse. What it cannot read is left for Check.
func (c *Context) tidy(r *Record) {
	for _, f := range r.Register.Fields {
		if s, ok := r.Values[f.Key].(string); ok && f.Tidy != nil {
			if t, err := f.Tidy(s); err == nil {
				r.Set(f.Key, t)
			}
		}
	}
}

// Check applies every rule of the register to a whole record.
func (c *Context) Check(r *Record) Errors {
	var errs Errors
	for _, f := range r.Register.Fields {
		if !f.Stored() {
			continue
		}
		v := r.Values[f.Key]
		missing, lacks := f.Lacks(r)
		switch {
		case lacks:
			errs = append(errs, FieldError{f, missing})
		case !Blank(v) && !f.Holds(v):
			errs = errs.Refuse(f, "值的类型不对", "the value is of the wrong type")
		case !Blank(v):
			errs = c.checkTargets(errs, f, v)
			if s, ok := v.(string); ok && f.Tidy != nil {
				if _, err := f.Tidy(s); err != nil {
					errs = append(errs, FieldError{f, AsWords(err)})
				}
			}
		}
	}
	if r.Register.Check != nil {
		errs = append(errs, r.Register.Check(r, c)...)
	}
	return errs
}

// Lacks reports a field that must be filled on this record and is blank, with
// the sentence that says so.
func (f *Field) Lacks(r *Record) (Words, bool) {
	switch {
	case !Blank(r.Values[f.Key]):
	case f.Need == Required:
		return W("必须填写", "must be filled"), true
	case f.Need == Either && f.When(r):
		return Sayf("必须填写：%s", "must be filled: %s", f.Why), true
	}
	return Words{}, false
}

// checkTargets refuses references to records that are not there (any more).
func (c *Context) checkTargets(errs Errors, f *Field, v any) Errors {
	for _, ref := range RefsIn(f, v) {
		if ref.ID != "" && c.Book.Record(ref.ID) == nil {
			errs = errs.Refuse(f, "没有编号 %s", "there is no %s", ref.ID)
		}
	}
	return errs
}

// RefsIn lists the references a value holds, those inside list rows included.
func RefsIn(f *Field, v any) []Ref {
	switch x := v.(type) {
	case Ref:
		return []Ref{x}
	case []Ref:
		return x
	case []Row:
		var out []Ref
		for _, row := range x {
			for _, s := range f.Sub {
				out = append(out, RefsIn(s, row[s.Key])...)
			}
		}
		return out
	}
	return nil
}

// Own is the prefix of keys an office uses for its own undeclared values; such
// keys are accepted on input and kept as they are.
const Own = "x_"

// Read turns named inputs (command line pairs, a JSON object) into values.
// Unknown names and refused values are all reported together.
func (c *Context) Read(reg *Register, in []Input) (Values, error) {
	vals := Values{}
	var errs Errors
	for _, p := range in {
		if own := reg.Field(p.Name); own != nil && own.Removed {
			return nil, Problemf("“%s”这一项已停用，请管理员在设置里恢复", "the field %s is no longer used; an administrator can bring it back in the settings", own.Words)
		} else if own == nil && len(p.Name) > len(Own) && p.Name[:len(Own)] == Own {
			if s, ok := p.Value.(string); ok {
				if err := CheckText(s, true); err != nil {
					return nil, err
				}
			}
			vals[p.Name] = p.Value
			continue
		}
		f, err := reg.FindField(p.Name)
		if err != nil {
			return nil, err
		}
		if !f.Editable() {
			errs = errs.Refuse(f, "由程序填写，不能输入", "is filled by the program and cannot be entered")
			continue
		}
		v, err := c.Accept(f, p.Value)
		if err != nil {
			errs = append(errs, FieldError{f, AsWords(err)})
			continue
		}
		vals[f.Key] = v // nil stands for "cleared" in an edit
	}
	if len(errs) > 0 {
		return nil, errs
	}
	return vals, nil
}

// Input is one named value as it came in: text, or a JSON value.
type Input struct {
	Name  string
	Value any
}
