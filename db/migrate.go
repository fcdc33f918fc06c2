package db

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/sys/unix"

	"taizhang/model"
)

// Formats of the ledger. The bucket meta holds three numbers: format, the one
// the ledger is in; min_reader and min_writer, the least that a program must
// know to read and to write it. An older program that a change cannot mislead
// goes on reading; one whose writing would leave something out is refused with
// exit code 4 before it touches the file.
//
// Worked example: format 2 added filters to the search (docs/search.md). A
// program of format 1 does not know the bucket and reads past it, so min_reader
// stayed 1. It would not keep the filters up to what it writes, and a record it
// entered could then not be found, so min_writer became 2. What format 3 takes:
// a line in steps, Format = 3, a ledger of format 2 kept in testdata, and the
// tests over it; no reader for format 2 is written twice, because everything
// that reads must accept both until the step is done.

// step takes a ledger from one format to the next.
type step struct {
	From, To             int
	MinReader, MinWriter int
	Why                  model.Words

	// Run does a part of the work that fits into one short transaction, and
	// reports whether there is more. Programs of the old format may write between
	// two parts. The transaction of the last part also sets the numbers.
	Run func(s *Snapshot, at *position) (more bool, err error)
}

// position is how far a step has come in this process. Another begins anew and
// finds what is done.
type position struct {
	register int
	block    uint64
}

// steps lead from the first format to the present one.
var steps = []step{
	{From: 1, To: 2, MinReader: 1, MinWriter: 2, Why: model.W("查找用的过滤器", "filters for searching"), Run: buildFilters},
}

// errOutdated makes a write end that needs a later format; see upgrading.
var errOutdated = errors.New("the ledger is of an earlier format")

// The most that one part of a step writes, and reads of others' doings; tests
// lower it.
var (
	partBytes   = 512 << 10
	partEntries = 2000
)

// Migrate brings the ledger to the present format. The first write does so of
// itself; calling it at a quiet time spares whoever saves next the wait. Before
// anything changes, a copy as of this moment is laid beside the ledger, under
// its name with .before-2 (-2 and so on if that is taken). The work is cut into
// short transactions, so that others wait for none of it; broken off, it leaves
// the former format, which older programs still use, and is taken up where it
// stopped. The number of the format is written last.
//
// In a ledger of the present format it makes the filters that are missing.
func (l *Ledger) Migrate(ctx context.Context, progress Progress) (m Migration, err error) {
	now, err := l.format(ctx)
	if err != nil {
		return m, err
	}
	m.From, m.To = now, now
	for _, st := range steps {
		if st.From < now {
			continue
		}
		kept, err := l.keepBefore(ctx, st)
		if err != nil {
			return m, err
		}
		if kept != "" {
			m.Kept = append(m.Kept, kept)
		}
		if err := l.advance(ctx, st, progress); err != nil {
			return m, err
		}
		now, m.To = st.To, st.To
	}
	var at position
	return m, l.allParts(ctx, progress, func(s *Snapshot) (bool, error) { return missingFilters(s, &at) })
}

// Migration says what Migrate did.
type Migration struct {
	From, To int      // the formats before and after; the same when nothing was to do
	Kept     []string // the copies that lie beside the ledger now; none when it had been begun before
}

func (l *Ledger) format(ctx context.Context) (n int, err error) {
	err = l.visit(ctx, false, func(tx *bolt.Tx) error {
		n = formatOf(tx)
		return nil
	})
	return n, err
}

// advance carries out a step.
func (l *Ledger) advance(ctx context.Context, st step, progress Progress) error {
	var at position
	return l.allParts(ctx, progress, func(s *Snapshot) (bool, error) {
		if formatOf(s.tx) != st.From { // someone else was faster
			return false, errUnchanged
		}
		if more, err := st.Run(s, &at); more || err != nil {
			return more, err
		}
		b := s.tx.Bucket(bucketMeta)
		for mark, n := range map[string]int{"format": st.To, "min_reader": st.MinReader, "min_writer": st.MinWriter} {
			if err := b.Put([]byte(mark), []byte(strconv.Itoa(n))); err != nil {
				return false, err
			}
		}
		return false, nil
	})
}

// allParts runs part in one transaction after another until nothing is left.
func (l *Ledger) allParts(ctx context.Context, progress Progress, part func(*Snapshot) (more bool, err error)) error {
	for done, more := 0, true; more; done++ {
		err := l.visit(ctx, true, func(tx *bolt.Tx) (err error) {
			if l.opt.trouble != nil {
				if err := l.opt.trouble(done); err != nil {
					return err
				}
			}
			more, err = part(l.snapshot(tx))
			return err
		})
		if errors.Is(err, errUnchanged) {
			err = nil
		}
		if err != nil {
			return err
		}
		if progress != nil {
			progress(done, 0)
		}
	}
	return nil
}

// upgrading runs a write and, if it needs a later format, migrates and runs it
// again.
func (l *Ledger) upgrading(ctx context.Context, write func() error) error {
	err := write()
	if !errors.Is(err, errOutdated) {
		return err
	}
	if _, err := l.Migrate(ctx, nil); err != nil {
		return err
	}
	return write()
}

// buildFilters is the step to format 2. What programs of format 1 write while
// it is under way stands in the journal: keySeq says up to where the filters
// made so far are right, and each part first makes up for what came since.
func buildFilters(s *Snapshot, at *position) (more bool, err error) {
	b, err := s.tx.CreateBucketIfNotExists(bucketSearch)
	if err != nil {
		return false, err
	}
	last, err := lastEntry(s.tx)
	if err != nil {
		return false, err
	}
	seq := last.Seq
	if v := b.Get(keySeq); len(v) == 8 {
		seq = binary.BigEndian.Uint64(v)
	}
	entries, err := s.EntriesSince(seq, partEntries)
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		reg, raw := s.findStored(e.ID)
		if raw != nil {
			key, _ := KeyOf(e.ID)
			if _, err := extend(s.tx, b, reg, key, raw); err != nil {
				return false, err
			}
		}
		seq = e.Seq
	}
	if err := b.Put(keySeq, seqKey(seq)); err != nil {
		return false, err
	}
	if seq < last.Seq {
		return true, nil
	}
	if _, more, err = sealAll(s, b, at); more || err != nil {
		return more, err
	}
	return false, b.Delete(keySeq)
}

// missingFilters makes some of the filters that should be there and are not.
func missingFilters(s *Snapshot, at *position) (more bool, err error) {
	b := s.tx.Bucket(bucketSearch)
	if formatOf(s.tx) < 2 || b == nil {
		return false, errUnchanged
	}
	changed, more, err := sealAll(s, b, at)
	if err == nil && !changed {
		err = errUnchanged
	}
	return more, err
}

// sealAll makes filters for as long as a part may take.
func sealAll(s *Snapshot, b *bolt.Bucket, at *position) (changed, more bool, err error) {
	stop := time.Now().Add(visitTime)
	written := 0
	for all := s.schema.All(); at.register < len(all); at.register, at.block = at.register+1, 0 {
		reg := all[at.register]
		adopted, err := adopt(b, reg)
		if err != nil {
			return true, false, err
		}
		n, next, err := sealMissing(s.tx, b, reg, at.block, func(now int) bool {
			return written+now > 0 && (written+now > partBytes || time.Now().After(stop))
		})
		written += n
		changed = changed || adopted || n > 0
		if err != nil || next != 0 {
			at.block = next
			return changed, next != 0, err
		}
	}
	return changed, false, nil
}

// keepBefore lays a copy of the ledger beside it before a step changes its
// format: complete, synced, opened once, and never over another file.
func (l *Ledger) keepBefore(ctx context.Context, st step) (kept string, err error) {
	suffix := make([]byte, 6)
	if _, err := rand.Read(suffix); err != nil {
		return "", err
	}
	name := l.path + ".before-" + strconv.Itoa(st.To)
	temp := filepath.Join(filepath.Dir(l.path), "."+filepath.Base(name)+".new-"+hex.EncodeToString(suffix))
	f, err := os.OpenFile(temp, os.O_RDWR|os.O_CREATE|os.O_EXCL|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0o600)
	if err != nil {
		return "", noCopy(name, err)
	}
	defer os.Remove(temp) // fails once it has its own name
	defer f.Close()
	var head Entry
	begun, old := false, false
	err = l.visit(ctx, false, func(tx *bolt.Tx) (err error) {
		if old = formatOf(tx) == st.From; !old {
			return nil
		}
		if head, err = lastEntry(tx); err != nil {
			return err
		}
		b := tx.Bucket(bucketSearch)
		if begun = b != nil; begun { // the copy was made before the first part
			return nil
		}
		if _, err = tx.WriteTo(f); err != nil {
			return noCopy(name, err)
		}
		return nil
	})
	if err != nil || begun || !old {
		return "", err
	}
	if err := f.Chmod(0o600); err != nil {
		return "", noCopy(name, err)
	}
	if err := f.Sync(); err != nil {
		return "", noCopy(name, err)
	}
	f.Close()
	if !l.isCopy(ctx, temp, head) {
		return "", noCopy(name, fs.ErrInvalid)
	}
	for n := 1; n < 100; n++ {
		to := name
		if n > 1 {
			to = fmt.Sprintf("%s-%d", name, n)
		}
		err := unix.Renameat2(unix.AT_FDCWD, temp, unix.AT_FDCWD, to, unix.RENAME_NOREPLACE)
		if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) { // old kernel or file system
			if err = os.Link(temp, to); err == nil {
				err = os.Remove(temp)
			}
		}
		switch {
		case err == nil:
			return to, syncFile(filepath.Dir(l.path))
		case !errors.Is(err, fs.ErrExist):
			return "", noCopy(to, err)
		case l.isCopy(ctx, to, head): // another process is about the same
			return to, nil
		}
	}
	return "", noCopy(name, fs.ErrExist)
}

// isCopy reports whether a file is this ledger as it was at an entry of the
// journal.
func (l *Ledger) isCopy(ctx context.Context, path string, head Entry) bool {
	defer os.Remove(path + ".queue")
	c, err := Open(path, l.opt)
	if err != nil || c.info.ID != l.info.ID {
		return false
	}
	seq, hash, err := c.Head(ctx)
	return err == nil && seq == head.Seq && hash == head.Hash
}

func noCopy(path string, err error) error {
	return refuse(ExitFailed,
		"台账要先升级格式，而升级前的副本 %s 没有写成，因此未保存，台账没有变动。请腾出空间、检查权限后再试",
		"the ledger must be brought to a newer format first, and the copy %s of what it was could not be made; nothing was saved and the ledger is as it was. Free some space, check the rights, then try again", path).because(err)
}
