package report

import "taizhang/model"

// tooFew reports that a figure must not stand in public as it is: few where
// "fewer than 3" is said for it, hidden where nothing is. What is left of the
// whole is as telling as the part.
func (f *filler) tooFew(q *query, p model.Period, records []*model.Record, tally model.Tally) (hidden, few bool) {
	if f.job.Audience != model.Public || !q.reg.ConcernsPeople() {
		return false, false
	}
	heads := people(records)
	plain := q.measure.Sum == "" && q.measure.Amount == nil
	if model.TooFew(heads) {
		return !plain, plain && tally.Value > 0
	}
	_, grouped := f.env.only[q.reg.Key]
	if len(q.where) > 0 || grouped {
		told := map[string]bool{}
		for _, r := range records {
			told[r.ID] = true
		}
		var rest []*model.Record
		for _, r := range f.in(q.reg, p, q.asOf) {
			if r.Counted() && !told[r.ID] {
				rest = append(rest, r)
			}
		}
		f.work += len(records)
		return model.TooFew(people(rest)), false
	}
	return false, false
}

// people counts the residents that records are about; none where no record names
// anybody, such as honours of the community.
func people(records []*model.Record) int64 {
	seen, named := map[string]bool{}, false
	for _, r := range records {
		key := r.ID
		for _, field := range r.Register.Fields {
			ref, ok := r.Get(field.Key).(model.Ref)
			if !ok || field.Mask != model.MaskName {
				continue
			}
			if named = true; ref.ID != "" {
				key = ref.ID
				break
			}
		}
		seen[key] = true
	}
	if len(records) > 0 && !named && records[0].Register != model.Person {
		return 0
	}
	return int64(len(seen))
}
