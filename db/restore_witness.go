package db

import (
	"context"
	"strings"
	"time"

	"taizhang/model"
)

// Disagreement is a witness that the journal does not bear out.
type Disagreement struct {
	Witness
	model.Words // since when, as far as it can be told
}

// Since tells of each witness that is not in the journal since when the file
// disagrees with it: from the restore that brought an older file in, where the
// journal tells of one, else from the last of the other witnesses that agrees, or
// the end of the journal. It trusts the chain; Verify proves it.
func (l *Ledger) Since(ctx context.Context, witnesses []Witness) ([]Disagreement, error) {
	var head, agreed Entry // the last entry, and the last one that a witness bears out
	var wrong []Witness
	err := l.View(ctx, func(s *Snapshot) (err error) {
		if head, err = lastEntry(s.tx); err != nil {
			return err
		}
		for _, w := range witnesses {
			e, ok, err := s.Entry(w.Seq)
			switch {
			case err != nil:
				return err
			case !ok || w.Hash == "" || !strings.HasPrefix(e.Hash.String(), strings.ToLower(w.Hash)):
				wrong = append(wrong, w)
			case e.Seq > agreed.Seq:
				agreed = e
			}
		}
		return nil
	})
	if err != nil || len(wrong) == 0 {
		return nil, err
	}
	restores, err := l.restores(ctx)
	if err != nil {
		return nil, err
	}
	var out []Disagreement
	for _, w := range wrong {
		out = append(out, Disagreement{w, since(w, head, agreed, restores)})
	}
	return out, nil
}

// restored is a restore entry with the one before it, the last of the backup.
type restored struct{ base, entry Entry }

// restores finds the restores that the journal tells of, oldest first.
func (l *Ledger) restores(ctx context.Context) (out []restored, err error) {
	var last Entry
	err = l.each(ctx, bucketJournal, func(val []byte) error {
		e, err := decodeEntry(val)
		if err != nil {
			return damaged("流水 journal", err)
		}
		if e.Action == ActRestore {
			out = append(out, restored{last, e})
		}
		last = e
		return nil
	})
	return out, err
}

func since(w Witness, head, agreed Entry, restores []restored) model.Words {
	when := func(t time.Time) string { return t.In(model.Zone).Format("2006-01-02 15:04") }
	for _, r := range restores {
		// The replaced file went at least so far, and the backup not.
		var former uint64
		for i := 0; i < len(r.entry.Reason) && r.entry.Reason[i] >= '0' && r.entry.Reason[i] <= '9'; i++ {
			former = former*10 + uint64(r.entry.Reason[i]-'0')
		}
		if w.Seq > r.base.Seq && w.Seq <= former {
			return model.Sayf("第%d条在 %s 的恢复（第%d条）中被换掉：恢复的备份止于第%d条（%s），此后的内容在当时留下的 .replaced- 文件里",
				"entry %d went with the restore of %s (entry %d): the backup restored ends at entry %d (%s), what came after is in the .replaced- file kept then",
				w.Seq, when(r.entry.At), r.entry.Seq, r.base.Seq, when(r.base.At))
		}
	}
	switch {
	case w.Seq > head.Seq:
		return model.Sayf("流水止于第%d条（%s），此后的内容被截去，或放回了旧文件",
			"the journal ends at entry %d (%s); what came after was cut off, or an older file put back", head.Seq, when(head.At))
	case agreed.Seq > 0 && agreed.Seq < w.Seq:
		return model.Sayf("第%d条（%s）仍与另一处纸面记录相符，此后、至迟第%d条起被改写",
			"entry %d (%s) still agrees with another witness; it was rewritten after that, from entry %d at the latest", agreed.Seq, when(agreed.At), w.Seq)
	}
	return model.Sayf("至迟第%d条起与纸面记录不符；再给一个更早的 --head，可以缩小范围",
		"it disagrees from entry %d at the latest; an earlier --head would narrow that down", w.Seq)
}
