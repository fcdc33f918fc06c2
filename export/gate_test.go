package export

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
)

// send writes text to a file for an audience and tells what became of it.
func (c community) send(t *testing.T, name, text string, slip Slip) (string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Abort()
	if _, err := f.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	src, err := FromLedger(context.Background(), c.l, c.actor)
	if err != nil {
		t.Fatal(err)
	}
	return path, Send(context.Background(), c.l, src, f, slip)
}

// anAdult is somebody on file, with a number.
func (c community) anAdult(t *testing.T) *model.Record {
	t.Helper()
	src, err := FromLedger(context.Background(), c.l, c.actor)
	if err != nil {
		t.Fatal(err)
	}
	var out *model.Record
	err = src.Scan(model.Person.Key, model.Period{}, func(r *model.Record) error {
		if model.PersonIDNo.Has(r) && model.AgeOn(model.PersonBirth.Of(r), src.Context().Today()) > 30 {
			out = r
		}
		return nil
	})
	if err != nil || out == nil {
		t.Fatal("no adult on file", err)
	}
	return out
}

// A public file that names somebody on file is not written; for other readers
// it is. An approver lets each hit stand with a reason of its own.
func TestGate(t *testing.T) {
	com := openCommunity(t)
	com.actor.Roles = append(com.actor.Roles, model.Approver)
	p := com.anAdult(t)
	text := "走访了" + model.PersonName.Of(p) + "。\n电话13987654321。\n"
	public := Slip{Audience: model.Public, Template: TemplateSummary}

	path, err := com.send(t, "a.txt", text, public)
	var b *Blocked
	if !errors.As(err, &b) || len(b.Found) != 2 || !b.Overridable() {
		t.Fatalf("%v %+v", err, b)
	}
	for _, line := range append(b.Lines(model.ZH), b.Words.ZH) {
		if strings.Contains(line, model.PersonName.Of(p)) || strings.Contains(line, "13987654321") {
			t.Errorf("the refusal names them: %s", line)
		}
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error("the blocked file is there")
	}
	if _, err := com.send(t, "a.txt", text, Slip{Audience: model.Superior}); err != nil {
		t.Errorf("for the superior: %v", err)
	}
	for _, wrong := range [][]string{{"本人书面同意公开姓名"}, {"本人书面同意公开姓名", "太短"}, {"本人书面同意公开姓名", "电话13987654321是本人同意公开的"}} {
		public.Overrides = wrong
		if _, err := com.send(t, "a.txt", text, public); !errors.As(err, &b) {
			t.Errorf("with %q: %v", wrong, err)
		}
	}
	before, _, _ := com.l.Head(context.Background())
	public.Overrides = []string{"本人书面同意公开姓名全称", "是本人经营的理发店对外电话"}
	if path, err = com.send(t, "a.txt", text, public); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	entries, err := com.l.EntriesSince(context.Background(), before, 9)
	if err != nil || len(entries) != 1 || !strings.Contains(entries[0].Reason, `override=登记在册的姓名:"本人书面同意公开姓名全称" override=手机号:"是本人经营的理发店对外电话"`) {
		t.Errorf("%+v %v", entries, err)
	}

	clerk := com
	clerk.actor.Roles = []model.Role{model.Clerk}
	if _, err := clerk.send(t, "a.txt", text, public); !errors.As(err, &b) {
		t.Errorf("a clerk lets it stand: %v", err)
	}
	for _, never := range []string{"张*明患有糖尿病", "赵*宝，8岁，实验小学"} {
		public.Overrides = []string{"街道要求写明具体情况的"}
		if _, err := com.send(t, "b.txt", never, public); !errors.As(err, &b) || b.Overridable() {
			t.Errorf("%s: %v", never, err)
		}
	}
}

// Whatever disguise a number has, it is found in the final bytes of every form
// of public file. More of them: campaign_gate_test.go.
func TestGateFindsNumbersInFinalFiles(t *testing.T) { findNumbers(t, disguised) }

// disguised is how many finished posters hold a number.
var disguised = 2000

// findNumbers writes posters with a disguised number in each and reads the
// finished files back as the gate does; it returns how many of each form.
func findNumbers(t *testing.T, most int) (files map[Format]int) {
	d, files := newDesk(t), map[Format]int{}
	dir := t.TempDir()
	lint, err := Lint(d)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(8, 10))
	base := financeIssue(d)
	missed := 0
	for n := range most {
		number := fmt.Sprintf("1%d%09d", 3+r.IntN(7), r.IntN(1e9))
		if n%2 == 0 {
			first := fmt.Sprintf("110105%04d%02d%02d%03d", 1930+r.IntN(60), 1+r.IntN(12), 1+r.IntN(28), r.IntN(1000))
			number = first + string(model.CheckDigit(first))
		}
		var disguised strings.Builder
		for i, c := range number {
			if i > 0 && r.IntN(4) == 0 {
				disguised.WriteString([]string{" ", "-", "　", "—"}[r.IntN(4)])
			}
			if r.IntN(3) == 0 && c != 'X' {
				c += 0xFEE0
			} else if c == 'X' && r.IntN(2) == 0 {
				c = 'x'
			}
			disguised.WriteRune(c)
		}
		issue := base.Clone()
		key := []string{"title", "body"}[r.IntN(2)]
		issue.Set(key, "情况说明："+disguised.String()+"，请知悉。")
		format := []Format{HTML, Text}[r.IntN(2)]
		f, err := CreateIn(dir, fmt.Sprintf("%d.%s", n, format))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := WritePoster(f, d, PosterJob{Issue: issue, Format: format, Paper: []Paper{A4, A3}[r.IntN(2)], Lang: []model.Lang{model.ZH, model.EN}[r.IntN(2)]}); err != nil {
			t.Fatal(err)
		}
		raw, err := f.bytes()
		if err != nil {
			t.Fatal(err)
		}
		f.Abort()
		files[format]++
		if len(lint.Check(textOf(filepath.Ext(f.name), raw))) == 0 {
			if missed++; missed < 5 {
				t.Errorf("%s in the %s of a %s is missed", disguised.String(), key, format)
			}
		}
	}
	return files
}

// The public files of the sample community pass as they are.
func TestSamplePassesTheGate(t *testing.T) {
	com := openCommunity(t)
	src, err := FromLedger(context.Background(), com.l, com.actor)
	if err != nil {
		t.Fatal(err)
	}
	lint, err := Lint(src)
	if err != nil {
		t.Fatal(err)
	}
	look := func(what, ext string, text string) {
		for _, f := range lint.Check(textOf(ext, []byte(text))) {
			t.Errorf("%s%s: %s %s", what, ext, f.Kind.Words().ZH, f.Masked)
		}
	}
	for _, reg := range src.Context().Schema.Registers {
		for _, format := range []Format{CSV, Markdown, JSON} {
			var b strings.Builder
			res, err := Register(&b, src, Job{Register: reg, Format: format, Audience: model.Public})
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range res.Named {
				lint.Allow(name)
			}
			look(reg.Key, "."+string(format), b.String())
		}
	}
	var b strings.Builder
	if err := Summary(&b, src, SummaryJob{Format: Markdown, Audience: model.Public, Period: model.YearOf(model.NewDate(2026, 1, 1)), Finish: Finish{Draft: true}}); err != nil {
		t.Fatal(err)
	}
	look("summary", ".md", b.String())
	err = src.Scan(model.Issue.Key, model.Period{}, func(r *model.Record) error {
		var b strings.Builder
		_, err := WritePoster(&b, src, PosterJob{Issue: r, Format: HTML})
		look(r.ID, ".html", b.String())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
