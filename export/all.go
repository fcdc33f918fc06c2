package export

import (
	"bufio"
	"io"

	"taizhang/db"
	"taizhang/model"
)

// All writes the records of every register as one JSON array, in the order of
// the registers: drafts and what was made void too, with their state, so that
// nothing refers to what is not there. It is for those who may see records in
// full; what does not go into their files is left out here as well.
func All(w io.Writer, src *Ledger) (res Result, err error) {
	c := src.Context()
	if !seesWhole(c.Actor) {
		return res, model.Problemf("您不能导出完整的记录", "you may not export records in full")
	}
	out := &jsonWriter{w: bufio.NewWriterSize(w, 64<<10)}
	for i, reg := range c.Schema.All() {
		t := newTable(c, Job{Register: reg, Format: JSON, Audience: model.Inside}, &Result{})
		t.src = src
		for _, f := range reg.Fields {
			if f.Stored() && !inFile(f, c.Actor) {
				res.Left = append(res.Left, reg.Key+"."+f.Key)
			}
		}
		if i == 0 {
			if err := out.begin(t); err != nil {
				return res, err
			}
		}
		out.t = t
		q := db.Query{Register: reg.Key, States: []model.State{model.Final, model.Draft, model.Void}}
		err := src.l.Scan(src.ctx, q, src.Progress, func(r *model.Record) error {
			res.Rows++
			return out.row(line{rec: r})
		})
		if err != nil {
			return res, err
		}
	}
	return res, out.end(res)
}
