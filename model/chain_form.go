package model

// stepReason is the key of the reason in the form of a step; it is no field of a
// record.
const stepReason = "step_reason"

// StepReasonWords name the reason that is given with a step.
var StepReasonWords = W("理由", "Reason")

// Form declares what the step asks for on r, the reason last, and what stands
// there already. Screen and dialogue ask by it.
func (o StepOffer) Form(r *Record) (*Register, Values) {
	form := &Register{Key: "step/" + r.ID + "/" + o.Step.Key, Words: o.Step.Words}
	values := Values{}
	for _, key := range o.Step.Asks {
		f := *r.Register.Field(key)
		f.Chained, f.Need, f.Default, f.Section = false, Optional, nil, Words{}
		if contains(o.Step.Needs, key) {
			f.Need = Required
		}
		form.Fields = append(form.Fields, &f)
		if v := r.Get(key); !Blank(v) {
			values[key] = v
		}
	}
	reason := &Field{Key: stepReason, Words: StepReasonWords, Type: TypeText, Max: 200, Hint: W("可不写；写了会留在审批单上", "may be blank; it stays on the sheet")}
	if o.Why {
		reason.Need, reason.Hint = Required, W("要写；留在审批单和流水里", "needed; it stays on the sheet and in the journal")
	}
	form.Fields = append(form.Fields, reason)
	return form, values
}

// Filled reads the step's form: what was given, and the reason.
func (st *Step) Filled(v Values) (values Values, reason string) {
	values = Values{}
	for _, key := range st.Asks {
		if x := v[key]; !Blank(x) {
			values[key] = x
		}
	}
	reason, _ = v[stepReason].(string)
	return values, reason
}
