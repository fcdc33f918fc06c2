package export

import (
	"context"
	"encoding/hex"

	"taizhang/db"
	"taizhang/model"
)

// Log enters in the journal that a file is about to appear: of which register,
// for whom, and the hash of its bytes. It comes before File.Commit: no entry, no
// file. reg is nil for a summary.
func Log(ctx context.Context, l *db.Ledger, actor model.Actor, f *File, reg *model.Register, who model.Audience) error {
	sum, err := f.Sum()
	if err != nil {
		return err
	}
	ev := db.Event{Action: "export", Reason: who.String() + " sha256:" + hex.EncodeToString(sum[:])}
	if reg != nil {
		ev.Register = reg.Key
	}
	_, err = l.Note(ctx, actor, ev)
	return err
}
