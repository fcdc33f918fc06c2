package ingest

import "taizhang/model"

// Remember keeps what the person said of columns, for files to come.
func (j Job) Remember(p *model.Preferences) {
	for head, name := range j.Map {
		key := ""
		if name != "" {
			f, err := j.Register.FindField(name)
			if err != nil {
				continue
			}
			key = f.Key
		}
		p.SetHead(j.Register.Key, model.Head{Text: head, Field: key})
	}
}

// Free are the fields that a column may be made into: those of the form that no
// other column fills.
func (p *Plan) Free(c Column) (out []*model.Field) {
	taken := map[*model.Field]bool{}
	for _, other := range p.Columns {
		if other.Use == Filled && other.Place != c.Place {
			taken[other.Field] = true
		}
	}
	for _, f := range p.Register.Fields {
		if f.InForm() && !taken[f] {
			out = append(out, f)
		}
	}
	return out
}
