package ingest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/export"
	"taizhang/export/ingest"
	"taizhang/model"
)

var ctx = context.Background()

// all writes the whole of a ledger.
func all(t *testing.T, l *db.Ledger) []byte {
	t.Helper()
	src, err := export.FromLedger(ctx, l, dbtest.Actor(t, l))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := export.All(&out, src); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// records are the records of an export by id, without their versions, which a new
// ledger begins anew.
func records(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	var list []map[string]any
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range list {
		delete(r, "version")
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		out[r["id"].(string)] = string(b)
	}
	return out
}

func file(t *testing.T, name string, raw []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func look(t *testing.T, j ingest.Job) *ingest.Plan {
	t.Helper()
	p, err := j.Look(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// All of it out and in again: the sample community, signatures, drafts, voided
// records and keys nobody knows among it.
func TestWholeLedger(t *testing.T) {
	from := dbtest.Filled(t, 0)
	actor := dbtest.Actor(t, from)
	id := dbtest.Add(t, from, "venue", model.Values{"category": "活动室", "name": "旧活动室", "x_来源": map[string]any{"页": int64(3), "注": []any{"甲", true}}})
	if _, err := from.Write(ctx, actor, db.RequestID{}, db.Op{Kind: db.Void, ID: id, Reason: "拆了"}); err != nil {
		t.Fatal(err)
	}
	raw := all(t, from)
	want := records(t, raw)
	if !strings.Contains(want[id], `"state":"void"`) || len(want) < 600 {
		t.Fatalf("%d records, %s", len(want), want[id])
	}

	to := dbtest.New(t)
	job := ingest.Job{Ledger: to, Actor: dbtest.Actor(t, to), Path: file(t, "all.json", raw)}
	p := look(t, job)
	if !p.Whole || p.Entries() != len(want) || p.Count(ingest.Look) != strings.Count(string(raw), `"restricted":true`) || len(p.Issues) != p.Count(ingest.Look) {
		t.Fatalf("%v %d %v", p.Whole, p.Entries(), p.Issues)
	}
	done, err := p.Write(ctx, false, true, nil)
	if err != nil || done.Records != len(want) || done.Backup == "" {
		t.Fatalf("%+v %v", done, err)
	}
	got := records(t, all(t, to))
	for id, r := range want {
		if got[id] != r && !strings.Contains(r, `"restricted":true`) { // of these there was only the cover
			t.Errorf("%s\n was %s\n is  %s", id, r, got[id])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d records became %d", len(want), len(got))
	}
	if _, err := to.Verify(ctx, nil); err != nil {
		t.Error(err)
	}
	// The next id follows, histories can be read, and nothing is taken over twice.
	if next := dbtest.Add(t, to, "venue", model.Values{"category": "活动室", "name": "新活动室"}); want[next] != "" {
		t.Errorf("%s was given twice", next)
	}
	if _, err := to.History(ctx, id); err != nil {
		t.Error(err)
	}
	if _, err := job.Look(ctx); db.ExitCode(err) != db.ExitUsage {
		t.Errorf("taken over twice: %v", err)
	}
}

// One register after another, in the order in which they refer to each other.
func TestWholeRegisters(t *testing.T) {
	from := dbtest.New(t)
	p := dbtest.Add(t, from, "person", model.Values{"name": "张小明", "birth": model.NewDate(1949, 5, 16)})
	dbtest.Add(t, from, "visit", model.Values{"person": model.Ref{ID: p}, "household": model.Ref{Text: "3号楼"}, "date": model.NewDate(2026, 2, 1)})
	raw := records(t, all(t, from))
	to := dbtest.New(t)
	job := func(key, id string) ingest.Job {
		return ingest.Job{Ledger: to, Actor: dbtest.Actor(t, to), Register: to.Schema().Register(key), Path: file(t, key+".json", []byte("["+raw[id]+"]"))}
	}
	if p := look(t, job("visit", "V-2026-0001")); p.Count(ingest.Bad) != 1 {
		t.Errorf("a visit to nobody: %v", p.Issues)
	}
	for _, one := range []struct{ key, id string }{{"person", "P-2026-0001"}, {"visit", "V-2026-0001"}} {
		plan := look(t, job(one.key, one.id))
		if _, err := plan.Write(ctx, false, false, nil); err != nil || len(plan.Issues) > 0 {
			t.Fatalf("%s: %v %v", one.key, err, plan.Issues)
		}
	}
	if got := records(t, all(t, to)); got["V-2026-0001"] != raw["V-2026-0001"] {
		t.Errorf("%s", got["V-2026-0001"])
	}
}

// Nobody brings records with signatures into a ledger at work.
func TestWholeIsRefused(t *testing.T) {
	from := dbtest.Filled(t, 0)
	raw := all(t, from)
	var list []map[string]any
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	var issue map[string]any
	for _, r := range list {
		if v, ok := r["values"].(map[string]any); ok && r["register"] == "issue" && v["approved"] != nil {
			issue = r
		}
	}
	one, _ := json.Marshal([]any{issue})
	l := dbtest.New(t)
	dbtest.Add(t, l, "venue", model.Values{"name": "活动室", "category": "活动室"})
	actor := dbtest.Actor(t, l)
	if _, err := (ingest.Job{Ledger: l, Actor: actor, Path: file(t, "all.json", raw)}).Look(ctx); db.ExitCode(err) != db.ExitUsage {
		t.Errorf("a ledger at work: %v", err)
	}
	p := look(t, ingest.Job{Ledger: from, Actor: dbtest.Actor(t, from), Register: model.NewSchema().Register("issue"), Path: file(t, "issue.json", one), Repeat: true})
	if p.Whole {
		t.Error("taken over")
	}
	for _, row := range p.Rows {
		if row.Values["approved"] != nil || row.Values["state"] != nil {
			t.Errorf("signed by a file: %v", row.Values)
		}
	}
	r := model.NewRecord(l.Schema().Register("venue"))
	r.ID, r.Values = "L-2026-0009", model.Values{"name": "亭"}
	if err := l.TakeOver(ctx, actor, []*model.Record{r}, func(string) bool { return true }); db.ExitCode(err) != db.ExitUsage {
		t.Errorf("the store took it: %v", err)
	}
	actor.Roles = []model.Role{model.Clerk}
	if _, err := (ingest.Job{Ledger: l, Actor: actor, Path: file(t, "all.json", raw)}).Look(ctx); db.ExitCode(err) != db.ExitDenied {
		t.Errorf("a clerk: %v", err)
	}
}
