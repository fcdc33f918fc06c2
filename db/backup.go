package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// Manifest lies beside a backup, under its name with .json at the end, and says
// what it is without opening it. Seq and Hash are a witness of the ledger's
// state outside the file.
type Manifest struct {
	Ledger     string    `json:"ledger"` // id
	Community  string    `json:"community"`
	Created    time.Time `json:"created"` // UTC
	Seq        uint64    `json:"seq"`     // head of the journal
	Hash       string    `json:"hash"`
	Format     int       `json:"format"`
	Records    int       `json:"records"`
	Versions   int       `json:"versions"` // of all records, former ones included
	File       string    `json:"file"`     // without folder
	Size       int64     `json:"size"`
	SHA256     string    `json:"sha256"` // of the file as it lies there
	Program    string    `json:"program,omitempty"`
	Recipients []string  `json:"recipients,omitempty"` // of an encrypted one
	Decrypted  bool      `json:"decrypted,omitempty"`  // the encrypted file was opened again and compared
}

// backupName is the name of a backup: moment, serial when several fell into one
// second, and no word of whose it is.
var backupName = regexp.MustCompile(`^ledger-\d{8}T\d{6}Z(-\d+)?\.db(\.age)?$`)

const manifestEnd = ".json"

// stampLayout writes a moment into a file name.
const stampLayout = "20060102T150405Z"

// BackupOptions says where a backup goes and for whom.
type BackupOptions struct {
	Dir        string      // "": BackupDir
	Recipients []Recipient // none: not encrypted
	Identity   *Identity   // opens the encrypted copy once more, to compare it
	Program    string      // version, for the manifest
	Progress   Progress    // of the verification

	step func(string) error // tests make a step fail
}

// Backup is a backup that was made or found.
type Backup struct {
	Manifest
	Path string
	Held time.Duration // how long others waited for the copy
}

// BackupDir is the folder of backups beside a ledger.
func BackupDir(ledger string) string { return filepath.Join(filepath.Dir(ledger), "backups") }

// Backup copies the ledger as it is at one moment, while others work: they wait
// for no longer than copying the bytes beside the ledger takes. The copy is then
// proved like a ledger, in full, taken to its folder, encrypted if asked, read
// back, and only then given its name, together with its manifest. A failure
// leaves no file behind.
func (l *Ledger) Backup(ctx context.Context, actor model.Actor, opt BackupOptions) (b Backup, err error) {
	step := stepper(opt.step)
	if opt.Dir == "" {
		opt.Dir = BackupDir(l.path)
	}
	opt.Recipients = distinct(opt.Recipients)
	if err := l.may(ctx, actor, model.ActBackup); err != nil {
		return b, err
	}
	if err := backupFolder(opt.Dir); err != nil {
		return b, err
	}
	if len(opt.Recipients) == 0 {
		if err := checkFolder(filepath.Join(opt.Dir, "x")); err != nil {
			return b, err
		}
	}
	w, err := newWork(l.path)
	if err != nil {
		return b, err
	}
	defer w.close()
	copied := w.file("ledger.db")
	b.Created = l.opt.Clock().UTC().Truncate(time.Second)
	b.Program = opt.Program
	if err := step("copy"); err != nil {
		return b, err
	}
	if err := l.copyTo(ctx, copied, &b); err != nil {
		return b, err
	}
	if err := step("verify"); err != nil {
		return b, err
	}
	trial, rep, err := l.prove(ctx, copied, opt.Progress)
	if err != nil {
		return b, refuse(ExitCode(err), "备份核对不符，没有保留：%s", "the backup failed its verification and was not kept: %s", model.AsWords(err))
	}
	b.Ledger, b.Community, b.Format = trial.info.ID, trial.info.Community, trial.info.Format
	b.Records, b.Versions = rep.Records, rep.Versions
	if rep.Seq != b.Seq || rep.Hash.String() != b.Hash || trial.info.ID != l.info.ID {
		return b, refuse(ExitFailed, "备份与台账不符，没有保留", "the backup is not what the ledger was; it was not kept")
	}
	if err := b.place(ctx, copied, opt, step); err != nil {
		var r *Refusal
		if errors.As(err, &r) || gaveUp(ctx) != nil {
			return b, err
		}
		return b, refuse(ExitFailed, "备份没有写成，没有留下文件。请检查 %s 的空间和权限", "the backup could not be written and nothing was left behind. Check room and rights in %s", opt.Dir).because(err)
	}
	return b, nil
}

// may asks the policy with the roles of this moment.
func (l *Ledger) may(ctx context.Context, actor model.Actor, act model.Action) error {
	return l.View(ctx, func(s *Snapshot) error {
		now, err := s.staff(actor.Login)
		if err == nil {
			err = allow(now, act)
		}
		return err
	})
}

func allow(a model.Actor, act model.Action) error {
	if err := model.Can(a, act, nil); err != nil {
		return &Refusal{Code: ExitDenied, Words: model.AsWords(err), Cause: err}
	}
	return nil
}

func stepper(step func(string) error) func(string) error {
	if step == nil {
		return func(string) error { return nil }
	}
	return step
}

// copyTo copies the ledger into a new file and notes the head it then had.
func (l *Ledger) copyTo(ctx context.Context, path string, b *Backup) error {
	return filled(path, func(f io.Writer) error {
		start := time.Now()
		defer func() { b.Held = time.Since(start) }()
		return l.visit(ctx, false, func(tx *bolt.Tx) error {
			start = time.Now()
			last, err := lastEntry(tx)
			if err != nil {
				return err
			}
			b.Seq, b.Hash = last.Seq, last.Hash.String()
			if _, err := tx.WriteTo(f); err != nil {
				return refuse(ExitFailed, "备份没有写成，没有留下文件。请检查磁盘空间", "the backup could not be written and nothing was left behind. Check the room on the disk").because(err)
			}
			return nil
		})
	})
}

// prove opens a copy as a ledger and verifies it in full: the records and their
// proof, then the pages of the file, which a copy made while others wrote has
// mixed up even where every record is whole.
func (l *Ledger) prove(ctx context.Context, path string, progress Progress) (*Ledger, Report, error) {
	trial := &Ledger{path: path, opt: l.opt, lock: newLocker(path), opening: true} // the pages are followed as in Open
	err := trial.visit(ctx, false, func(tx *bolt.Tx) (err error) {
		trial.info, err = readInfo(tx)
		return err
	})
	trial.opening = false
	if err != nil {
		return nil, Report{}, err
	}
	rep, err := trial.Verify(ctx, progress)
	if err != nil {
		return trial, rep, err
	}
	return trial, rep, trial.visit(ctx, false, func(tx *bolt.Tx) error {
		var first error
		for err := range tx.Check() { // to its end: it runs beside us
			if first == nil {
				first = err
			}
		}
		if first != nil {
			return damaged("数据页 page", first)
		}
		return nil
	})
}

// place takes a proved copy to its folder and gives it its name.
func (b *Backup) place(ctx context.Context, copied string, opt BackupOptions, step func(string) error) error {
	plain, _, err := sumOf(ctx, copied)
	if err != nil {
		return err
	}
	part, err := stranger(opt.Dir)
	if err != nil {
		return err
	}
	defer os.Remove(part) // fails once it has its own name
	if err := step("write"); err != nil {
		return err
	}
	if len(opt.Recipients) > 0 || os.Rename(copied, part) != nil { // another disk
		err := filled(part, func(f io.Writer) error {
			src, err := os.Open(copied)
			if err != nil {
				return err
			}
			defer src.Close()
			return encrypt(f, reader{ctx, src}, opt.Recipients)
		})
		if err != nil {
			return err
		}
	}
	if err := step("read back"); err != nil {
		return err
	}
	if b.SHA256, b.Size, err = sumOf(ctx, part); err != nil {
		return err
	}
	switch {
	case len(opt.Recipients) == 0 && b.SHA256 != plain:
		return badBackup(errors.New("read back differs"))
	case len(opt.Recipients) == 0 && !secret(part):
		return refuse(ExitUnsafe, "%s 上的文件不能只归自己，别人也能读，没有备份。请用 --to 加密，或换一个地方",
			"files in %s cannot be kept from others; no backup was made. Encrypt it with --to, or take another place", opt.Dir)
	case len(opt.Recipients) > 0 && opt.Identity != nil:
		if err := compare(ctx, part, opt.Identity, plain); err != nil {
			return err
		}
		b.Decrypted = true
	}
	for _, r := range opt.Recipients {
		b.Recipients = append(b.Recipients, r.String())
	}
	if err := step("name"); err != nil {
		return err
	}
	return b.name(part, opt.Dir, step)
}

// compare decrypts a file and compares it with the SHA-256 of what went into it.
func compare(ctx context.Context, path string, id *Identity, plain string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in, err := decrypt(reader{ctx, f}, id)
	if err != nil {
		return err
	}
	sum, err := sumFrom(in)
	if err == nil && sum != plain {
		err = errors.New("decrypted differs")
	}
	if err != nil {
		return badBackup(err)
	}
	return nil
}

// name gives a finished backup the next free name and its manifest.
func (b *Backup) name(part, dir string, step func(string) error) error {
	end := ".db"
	if len(b.Recipients) > 0 {
		end = ".db.age"
	}
	for serial := 1; ; serial++ {
		b.File = "ledger-" + b.Created.Format(stampLayout) + end
		if serial > 1 {
			b.File = fmt.Sprintf("ledger-%s-%d%s", b.Created.Format(stampLayout), serial, end)
		}
		b.Path = filepath.Join(dir, b.File)
		if _, err := os.Lstat(b.Path + manifestEnd); err == nil {
			continue
		}
		err := moveNew(part, b.Path)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		break
	}
	err := step("manifest")
	if err == nil {
		err = b.describe(dir)
	}
	if err != nil { // without a manifest it would never be found or removed
		_ = os.Remove(b.Path)
	}
	return err
}

// describe writes the manifest.
func (b *Backup) describe(dir string) error {
	text, err := json.MarshalIndent(b.Manifest, "", "  ")
	if err != nil {
		return err
	}
	part, err := stranger(dir)
	if err != nil {
		return err
	}
	defer os.Remove(part)
	err = filled(part, func(f io.Writer) error {
		_, err := f.Write(append(text, '\n'))
		return err
	})
	if err != nil {
		return err
	}
	return moveNew(part, b.Path+manifestEnd)
}

// mostManifest bounds what is read of a manifest.
const mostManifest = 1 << 20

// readManifest reads the manifest beside a backup; ok is false when there is
// none that speaks of this file.
func readManifest(backup string) (m Manifest, ok bool) {
	f, err := os.Open(backup + manifestEnd)
	if err != nil {
		return m, false
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostManifest))
	if err != nil || json.Unmarshal(text, &m) != nil {
		return m, false
	}
	return m, m.File == filepath.Base(backup) && m.Ledger != "" && m.SHA256 != ""
}

// Backups lists the backups of one ledger in a folder, newest first: those with
// a manifest and a file of the size it names. Everything else in the folder is
// passed over.
func Backups(dir, ledgerID string) ([]Backup, error) {
	list, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, refuse(ExitUnsafe, "读不了文件夹 %s", "the folder %s cannot be read", dir).because(err)
	}
	var out []Backup
	for _, e := range list {
		if !e.Type().IsRegular() || !backupName.MatchString(e.Name()) {
			continue
		}
		path := filepath.Join(dir, e.Name())
		info, err := e.Info()
		m, ok := readManifest(path)
		if err == nil && ok && m.Ledger == ledgerID && m.Size == info.Size() {
			out = append(out, Backup{Manifest: m, Path: path})
		}
	}
	slices.SortFunc(out, func(a, b Backup) int {
		if c := b.Created.Compare(a.Created); c != 0 {
			return c
		}
		if len(a.File) != len(b.File) { // -10 after -9
			return len(b.File) - len(a.File)
		}
		return strings.Compare(b.File, a.File)
	})
	return out, nil
}

// stage brings a backup into the work folder, decrypted, and compares what was
// read with its manifest.
func stage(ctx context.Context, backup string, w *workFolder, id *Identity) (copied string, m *Manifest, err error) {
	src, err := os.OpenFile(backup, os.O_RDONLY|noFollow, 0)
	if err != nil {
		return "", nil, noFile(backup, err)
	}
	defer src.Close()
	if info, err := src.Stat(); err != nil || !info.Mode().IsRegular() {
		return "", nil, refuse(ExitUnsafe, "%s 不是普通文件，内容没有变动", "%s is not a regular file; nothing changed", backup)
	}
	if found, ok := readManifest(backup); ok {
		m = &found
	}
	h := sha256.New()
	raw := io.TeeReader(reader{ctx, src}, h)
	// A file that is not the one the manifest speaks of says so, whatever went
	// wrong with it.
	whole := func(err error) error {
		if _, e := io.Copy(io.Discard, raw); e == nil && m != nil && hex.EncodeToString(h.Sum(nil)) != m.SHA256 {
			return badBackup(errors.New("SHA-256 differs from the manifest"))
		}
		return err
	}
	in, err := decrypt(raw, id)
	if err != nil {
		return "", nil, whole(err)
	}
	copied = w.file("ledger.db")
	err = filled(copied, func(f io.Writer) error {
		if _, err := io.Copy(onDisk{f}, in); err != nil {
			var full diskError
			switch {
			case gaveUp(ctx) != nil:
				return err
			case errors.As(err, &full):
				return refuse(ExitFailed, "写不下备份的副本，现有台账没有变动。请腾出空间", "there is no room for a copy of the backup; the ledger was not touched. Free some space").because(full.error)
			}
			return whole(badBackup(err))
		}
		return whole(nil)
	})
	return copied, m, err
}

// onDisk marks errors of writing, to tell them from those of decrypting.
type onDisk struct{ w io.Writer }

type diskError struct{ error }

// Write implements io.Writer.
func (d onDisk) Write(p []byte) (int, error) {
	n, err := d.w.Write(p)
	if err != nil {
		err = diskError{err}
	}
	return n, err
}

// fits compares a staged and proved backup with its manifest: age does not sign,
// so that anyone who knows the public keys can make a file that opens.
func fits(m *Manifest, l *Ledger, rep Report) error {
	if m == nil || m.Ledger == l.info.ID && m.Seq == rep.Seq && m.Hash == rep.Hash.String() && m.Records == rep.Records {
		return nil
	}
	return refuse(ExitFailed, "备份的内容与它的说明文件（%s）不符，不能用。现有台账没有变动",
		"the backup is not what its manifest (%s) says and of no use. The ledger was not touched", m.File+manifestEnd)
}
