package export

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/model"
	"taizhang/model/sample"
)

// community enters the sample community into a ledger file.
type community struct {
	l     *db.Ledger
	actor model.Actor
}

func (c community) Add(register string, entries []sample.Entry) ([]string, error) {
	ops := make([]db.Op, len(entries))
	for i, e := range entries {
		ops[i] = db.Op{Kind: db.Add, Register: register, Values: e.Values, Reason: "建账"}
	}
	res, err := c.l.Write(context.Background(), c.actor, db.RequestID{}, ops...)
	var ids []string
	for _, s := range res.Records {
		ids = append(ids, s.ID)
	}
	return ids, err
}

func openCommunity(t testing.TB) community {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "ledger.db")
	clock := func() time.Time { return time.Date(2027, 1, 20, 10, 0, 0, 0, model.Zone) }
	if err := db.Init(path, db.InitOptions{Name: sample.Name, Login: "demo", Clock: clock}); err != nil {
		t.Fatal(err)
	}
	l, err := db.Open(path, db.Options{Clock: clock, User: func() (string, error) { return "demo", nil }})
	if err != nil {
		t.Fatal(err)
	}
	actor, err := l.Actor(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	c := community{l, actor}
	if err := sample.Fill(c, model.NewDate(2027, 1, 20), 0); err != nil {
		t.Fatal(err)
	}
	return c
}

// The sample community through a ledger file: the figures known of it, and no
// raw value of any person in what the public gets.
func TestSampleThroughALedger(t *testing.T) {
	ctx := context.Background()
	com := openCommunity(t)
	src, err := FromLedger(ctx, com.l, com.actor)
	if err != nil {
		t.Fatal(err)
	}
	year := model.YearOf(model.NewDate(sample.Year, 1, 1))
	fig, err := Figures(src, year)
	if err != nil {
		t.Fatal(err)
	}
	if fig.Activity.Events != 73 || fig.Activity.Attendances != 12604 || fig.Visit.ByOccasion["2026春节"].Households != 61 ||
		fig.Visit.ByOccasion["2026七一"].Households != 23 || fig.Disclosure.ByClass["党务"] != 6 {
		t.Errorf("%+v", fig)
	}
	var b bytes.Buffer
	if err := Summary(&b, src, SummaryJob{Period: year, Format: Markdown, Audience: model.Superior, Lang: model.ZH, Finish: Finish{Draft: true}}); err != nil {
		t.Fatal(err)
	}
	if want := "活动·场次，2026年：73（73条："; !strings.Contains(b.String(), want) {
		t.Errorf("no %s in\n%.600s", want, b.String())
	}

	var secrets []string
	err = src.Scan("person", model.Period{}, func(r *model.Record) error {
		secrets = append(secrets, model.PersonName.Of(r), model.PersonIDNo.Of(r), model.PersonBirth.Of(r).String(), r.ID)
		if p := model.PersonPhone.Of(r); p != "" {
			secrets = append(secrets, p)
		}
		return nil
	})
	if err != nil || len(secrets) < 800 {
		t.Fatal(len(secrets), err)
	}
	staff := map[string]bool{} // of the same name by chance
	err = src.Scan("staff", model.Period{}, func(r *model.Record) error {
		staff[model.StaffName.Of(r)] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"person", "household", "visit", "need"} {
		b.Reset()
		res, err := Register(&b, src, Job{Register: src.Context().Schema.Register(key), Format: CSV, Audience: model.Public})
		if err != nil {
			t.Fatal(err)
		}
		if res.Rows < 10 || key == "person" && res.Withheld < 10 {
			t.Errorf("%s: %+v", key, res)
		}
		for _, s := range secrets {
			if !staff[s] && strings.Contains(b.String(), s) {
				t.Errorf("%s for the public holds %s", key, s)
			}
		}
	}
	if err := src.Err(); err != nil {
		t.Error(err)
	}
}

func TestLogComesBeforeTheFile(t *testing.T) {
	ctx := context.Background()
	com := openCommunity(t)
	f, err := Create(filepath.Join(t.TempDir(), "x.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Abort()
	f.Write([]byte("x"))
	before, _, err := com.l.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	src, err := FromLedger(ctx, com.l, com.actor)
	if err != nil {
		t.Fatal(err)
	}
	slip := Slip{Register: model.Visit, Audience: model.Public, Template: TemplateRegister, Purpose: "公示", Filter: []string{"amount"}, Rows: 3, Left: []string{"need_text"}}
	if err := Send(ctx, com.l, src, f, slip); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(f.Path()); err != nil {
		t.Error(err)
	}
	entries, err := com.l.EntriesSince(ctx, before, 5)
	if err != nil || len(entries) != 1 {
		t.Fatal(entries, err)
	}
	e := entries[0]
	if e.Action != "export" || e.Register != "visit" ||
		!strings.HasPrefix(e.Reason, "public sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 template=register/1 rows=3 purpose=\"公示\" filter=amount masked=need_text head="+strconv.FormatUint(before, 10)+"/") {
		t.Errorf("%+v", e)
	}
}

func TestLedgerGone(t *testing.T) {
	com := openCommunity(t)
	src, err := FromLedger(context.Background(), com.l, com.actor)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(com.l.Path()); err != nil {
		t.Fatal(err)
	}
	src.Context().NameOf(model.Ref{ID: "P-2027-0001"})
	if src.Err() == nil {
		t.Error("a question the ledger could not answer left no error")
	}
	if _, err := Register(new(bytes.Buffer), src, Job{Register: model.Visit, Format: CSV, Audience: model.Public}); err == nil {
		t.Error("a file was written without the ledger")
	}
}
