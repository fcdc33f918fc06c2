package export

import (
	"context"

	"taizhang/db"
	"taizhang/model"
)

// Deed is something done with a record: a change, a look at what is masked, a
// file.
type Deed struct {
	db.Entry
	Whole bool // a file of a whole register, in which the record may stand
}

// whoPage is how many journal entries are read while the ledger is held.
const whoPage = 2000

// Who lists who entered, changed, revealed or exported a record, the newest
// first: the changes and looks that name it, and, since it was entered, the
// files of its register and of those that refer to it. It reads the whole
// journal, some tenths of a second for a hundred thousand entries, in short
// visits.
func Who(ctx context.Context, l *db.Ledger, actor model.Actor, id string) (deeds []Deed, err error) {
	registers := map[string]bool{}
	sealed := false
	err = l.View(ctx, func(sn *db.Snapshot) error {
		r, err := sn.Get(id)
		if err != nil {
			return err
		}
		if err := model.Can(actor, model.ActWho, r.Register); err != nil {
			return &db.Refusal{Code: db.ExitDenied, Words: model.AsWords(err), Cause: err}
		}
		sealed = r.Shown == model.Sealed
		for _, reg := range sn.Schema().All() {
			registers[reg.Key] = reg == r.Register || len(sn.Referring(reg.Key, id)) > 0
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for seq := uint64(0); ; {
		page, err := l.EntriesSince(ctx, seq, whoPage)
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			seq = e.Seq
			whole := e.Version == 0 && e.ID == "" && e.Register != "" && registers[e.Register] && e.Action != db.ActSettings
			if e.ID == id && sealed { // what was typed with it is not for everybody
				e.Reason, e.Fields = "", nil
			}
			if e.ID == id || whole && len(deeds) > 0 { // before it was entered no file held it
				deeds = append(deeds, Deed{e, whole})
			}
		}
		if len(page) < whoPage {
			break
		}
	}
	for i, j := 0, len(deeds)-1; i < j; i, j = i+1, j-1 {
		deeds[i], deeds[j] = deeds[j], deeds[i]
	}
	return deeds, nil
}

// Text writes what was done: 改动 电话；看了完整的 身份证号：核对低保
func (d *Deed) Text(schema *model.Schema, what model.Words, l model.Lang) string {
	text := what.In(l)
	reg := schema.Register(d.Register)
	if d.Whole && reg != nil {
		text = model.Sayf("%s %s（整个台账，可能包含本条）", "%s: the register %s, in which this may stand", what, reg.Words).In(l)
	}
	if len(d.Fields) > 0 && d.Action != string(model.ActAdd) {
		names := make([]model.Words, len(d.Fields))
		for i, key := range d.Fields {
			if names[i] = model.W(key, key); reg != nil && reg.Field(key) != nil {
				names[i] = reg.Field(key).Words
			}
		}
		text += " " + joinWords(names, l)
	}
	if why := d.Why(l); why != "" {
		text += model.W("：", ": ").In(l) + why
	}
	return oneLine(text)
}

func joinWords(list []model.Words, l model.Lang) (out string) {
	for i, w := range list {
		if i > 0 {
			out += model.W("、", ", ").In(l)
		}
		out += w.In(l)
	}
	return out
}
