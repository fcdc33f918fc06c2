package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/model"
)

// The settings are what the office adds to the built-in registers. They lie in
// the ledger, so that a copy of the file is complete, with all their former
// versions. Each version is proven by a journal entry as a record version is.
// Every visit looks whether they changed: one key is read for that.

// bucketSettings holds them: version (4 bytes) → at, by, seq, v, and set, the
// bytes of model.Custom.JSON. It is made by the first save.
var bucketSettings = []byte("settings")

// ActSettings is the journal's word for a change of the settings. Such an entry
// has their version, and as fields the names of the entries changed.
const ActSettings = "settings"

// Settings are the office's own fields, registers and terms.
type Settings struct {
	Version  int // 0: nothing was ever added
	Custom   model.Custom
	At       time.Time
	By       string         // staff id
	Problems model.Problems // entries this program cannot use: a newer one wrote them
}

// SettingsChange is what SaveSettings does.
type SettingsChange struct {
	Base   int // the version the person saw
	Custom model.Custom
	Reason string // kept in the journal
}

// current is what a process knows of a ledger's settings.
type current struct {
	raw    []byte // as they lie in the file
	schema *model.Schema
	fault  error // why they are not followed
}

// refreshSettings makes the schema that of the file; it runs at the start of
// every transaction. Settings that cannot be trusted are not followed, as they
// might show what they should hide: then the built-in registers can be read and
// nothing written.
func (l *Ledger) refreshSettings(tx *bolt.Tx) error {
	if l.opt.fixedSchema {
		return nil
	}
	var k, raw []byte
	if b := tx.Bucket(bucketSettings); b != nil {
		k, raw = b.Cursor().Last()
	}
	if now := l.now.Load(); now != nil && bytes.Equal(now.raw, raw) {
		return now.fault
	}
	next := &current{raw: bytes.Clone(raw), schema: l.opt.Schema}
	if raw != nil {
		var set Settings
		if set, next.fault = provenSettings(tx, k, raw); next.fault == nil {
			next.schema, _ = model.NewSchemaWith(set.Custom)
		}
	}
	l.now.Store(next)
	return next.fault
}

// hashSettings is the hash of a version of the settings in the journal.
func hashSettings(raw []byte) Hash {
	return sha256.Sum256(append([]byte("taizhang settings 1\x00"), raw...))
}

// provenSettings reads a version that the journal confirms.
func provenSettings(tx *bolt.Tx, k, raw []byte) (Settings, error) {
	set, seq, text, err := decodeSettings(raw)
	bad := func(cause error) error {
		return damaged(fmt.Sprintf("设置第%d版与流水不符 settings version does not match the journal", set.Version), cause)
	}
	if err != nil || !bytes.Equal(k, settingsKey(set.Version)) {
		return Settings{}, bad(err)
	}
	e, ok, err := (&Snapshot{tx: tx}).Entry(seq)
	if err != nil {
		return Settings{}, err
	}
	if !ok || e.Action != ActSettings || e.Version != set.Version || e.Record != hashSettings(raw) {
		return Settings{}, bad(nil)
	}
	if set.Custom, err = model.ReadCustom([]byte(text)); err != nil {
		return Settings{}, refuse(ExitNewer, "设置第%d版本程序读不懂，没有写入任何内容，内置台账仍可查看。请升级本程序",
			"this program cannot read version %d of the settings; nothing was written, the built-in registers can be read. Upgrade this program", set.Version).because(err)
	}
	return set, nil
}

func settingsKey(version int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(version)) }

func encodeSettings(s Settings, seq uint64) ([]byte, error) {
	return appendMap(nil, map[string]any{
		"v": s.Version, "at": s.At.UnixMilli(), "by": s.By, "seq": seq, "set": string(s.Custom.JSON()),
	})
}

func decodeSettings(raw []byte) (s Settings, seq uint64, text string, err error) {
	ok := true
	num := func(b []byte) int64 {
		n, fits := decodeInt(b)
		ok = ok && fits
		return n
	}
	err = eachPair(raw, func(key, value []byte) bool {
		switch string(key) {
		case "v":
			s.Version = int(num(value))
		case "at":
			s.At = time.UnixMilli(num(value)).UTC()
		case "by":
			s.By, _ = decodeText(value)
		case "seq":
			seq = uint64(num(value))
		case "set":
			var fits bool
			text, fits = decodeText(value)
			ok = ok && fits
		}
		return true
	})
	if err == nil && !ok {
		err = errMalformed
	}
	return s, seq, text, err
}

// Schema is the schema records are read by: the built-in registers with what
// the office added, as of the last visit of the file.
func (l *Ledger) Schema() *model.Schema {
	if now := l.now.Load(); now != nil {
		return now.schema
	}
	return l.opt.Schema
}

// Schema is the schema of this moment.
func (s *Snapshot) Schema() *model.Schema { return s.schema }

// Settings reads the office's own fields, registers and terms.
func (l *Ledger) Settings(ctx context.Context) (set Settings, err error) {
	err = l.View(ctx, func(s *Snapshot) error {
		set, err = s.settings()
		return err
	})
	set.Custom = set.Custom.Clone()
	return set, err
}

func (s *Snapshot) settings() (set Settings, err error) {
	b := s.tx.Bucket(bucketSettings)
	if b == nil {
		return Settings{}, nil
	}
	k, raw := b.Cursor().Last()
	if set, err = provenSettings(s.tx, k, raw); err == nil {
		_, set.Problems = model.NewSchemaWith(set.Custom)
	}
	return set, err
}

// SaveSettings stores settings in place of version change.Base, in one
// transaction with a journal entry. What they leave out is kept as removed.
// Only an administrator may (exit code 7); when someone else saved meanwhile
// the error is a *Conflict, and model.Problems name entries that are wrong.
// Settings equal to the stored ones change nothing.
func (l *Ledger) SaveSettings(ctx context.Context, actor model.Actor, change SettingsChange) (set Settings, err error) {
	if l.opt.fixedSchema {
		return Settings{}, errors.New("a ledger opened with a schema of its own has no settings")
	}
	err = l.visit(ctx, true, func(tx *bolt.Tx) error {
		w, err := l.newWriter(tx, actor)
		if err != nil {
			return err
		}
		if err := model.Can(w.actor, model.ActSettings, nil); err != nil {
			return &Refusal{Code: ExitDenied, Words: model.AsWords(err), Cause: err}
		}
		if set, err = w.settings(); err != nil {
			return err
		}
		if change.Base != set.Version {
			return &Conflict{ID: "settings", Base: change.Base, Current: set.Version, By: set.By}
		}
		return w.saveSettings(&set, change)
	})
	if errors.Is(err, errUnchanged) {
		err = nil
	}
	if err != nil {
		return Settings{}, err
	}
	set.Custom = set.Custom.Clone()
	// The next visit would find the new version too; whoever saved need not wait.
	return set, l.visit(ctx, false, func(*bolt.Tx) error { return nil })
}

// saveSettings changes set to what was stored.
func (w *writer) saveSettings(set *Settings, change SettingsChange) error {
	if err := model.CheckText(change.Reason, true); err != nil {
		return err
	}
	now := change.Custom.Keep(set.Custom)
	if _, problems := model.NewSchemaWith(now); len(problems) > 0 {
		return problems
	}
	conditions, problems := set.Custom.Conditions(now)
	if len(problems) > 0 {
		return problems
	}
	for _, c := range conditions {
		if w.standsAgainst(c) {
			return model.Problems{c.EntryProblem}
		}
	}
	changes := set.Custom.ChangesTo(now)
	if len(changes) == 0 {
		return errUnchanged
	}
	var names []string
	for _, c := range changes {
		names = append(names, c.Entry)
	}
	*set = Settings{Version: set.Version + 1, Custom: now, At: w.clock, By: w.actor.Staff}
	raw, err := encodeSettings(*set, w.last.Seq+1)
	if err != nil {
		return err
	}
	if err := put(w.tx, bucketSettings, settingsKey(set.Version), raw); err != nil {
		return err
	}
	w.last, err = appendEntry(w.tx, w.last, Entry{
		At: w.clock, By: w.actor.Staff, Action: ActSettings, Version: set.Version,
		Reason: change.Reason, Fields: names, Record: hashSettings(raw),
	})
	return err
}

// standsAgainst looks for a record that a change of the settings would make
// unreadable. It reads the one register, without taking records apart.
func (w *writer) standsAgainst(c model.Condition) bool {
	b := w.tx.Bucket(bucketRecords(c.Register))
	reg := w.schema.Register(c.Register)
	if b == nil || reg == nil {
		return false
	}
	if c.Key == "" {
		k, _ := b.Cursor().First()
		return k != nil
	}
	f := reg.Field(c.Key)
	var one [1][]byte
	found := false
	eachWithPrefix(b, nil, func(_, raw []byte) bool {
		if value := fields(raw, one[:], c.Key)[0]; value != nil {
			fits := f == nil
			if !fits {
				_, fits = decodeTyped(f, value)
			}
			found = fits
		}
		return !found
	})
	return found
}

// settingsProof compares a version of the settings with the entry that made it.
func (v *verifier) settingsProof(s *Snapshot, e Entry) {
	var raw []byte
	if b := s.tx.Bucket(bucketSettings); b != nil {
		raw = b.Get(settingsKey(e.Version))
	}
	at := Fault{Seq: e.Seq, ID: ActSettings, Version: e.Version}
	switch {
	case raw == nil:
		v.fault(at, "设置第%d版不见了", "settings version %d is missing", e.Version)
	case hashSettings(raw) != e.Record:
		v.fault(at, "设置第%d版的内容被改动过", "settings version %d was altered", e.Version)
	}
}

// settings looks for versions of the settings that no journal entry made.
func (v *verifier) settings() error {
	return v.each(bucketSettings, func(s *Snapshot, k, raw []byte) error {
		set, err := provenSettings(s.tx, k, raw)
		known := func(f Fault) bool { return f.ID == ActSettings && bytes.Equal(settingsKey(f.Version), k) }
		if err != nil && !slices.ContainsFunc(v.rep.Faults, known) {
			v.fault(Fault{ID: ActSettings, Version: set.Version}, "设置中有一版与流水不符", "a version of the settings does not agree with the journal")
		}
		return nil
	})
}
