package export

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"taizhang/db"
	"taizhang/model"
)

// Slip goes with every file that leaves the office: what the export log keeps
// of it, and with which reasons an approver lets stand what the privacy check
// found.
type Slip struct {
	Register  *model.Register // nil: no single one
	ID        string          // of the record printed; "" for many
	Of        *model.Record   // that record, of a poster: what its approval let stand needs no further reason
	Audience  model.Audience
	Template  string   // what made the file: one of the Template constants
	Purpose   string   // what it is for, in the person's words; no values
	Filter    []string // keys of the fields the records were chosen by; no values
	Rows      int
	Left      []string // keys of the fields masked away
	Named     []string // who agreed to be named in full
	Overrides []string // one reason for each thing found, in their order
	AsIs      string   // why a text goes out though something is missing or looks wrong
}

// What makes files, as the export log calls it. The number goes up when the
// form changes.
const (
	TemplateRegister = "register/1"
	TemplateSummary  = "summary/1"
	TemplateSheet    = "sheet/1"
)

// Blocked is the refusal of a public file that says too much. Nothing was
// written.
type Blocked struct {
	Found []model.Finding
	Words model.Words
	Asks  bool // the actor may let it stand, with a reason for each
}

// Error implements error in English.
func (b *Blocked) Error() string { return b.Words.EN }

// In says it in a language.
func (b *Blocked) In(l model.Lang) string { return b.Words.In(l) }

// Lines are the things found, masked, one a line.
func (b *Blocked) Lines(l model.Lang) []string {
	out := make([]string, len(b.Found))
	for i, f := range b.Found {
		out[i] = strconv.Itoa(i+1) + ". " + f.Kind.Words().In(l) + model.W("：", ": ").In(l) + f.Masked
		if !f.Kind.Overridable() {
			out[i] += model.W("（不能放行）", " (nobody may let it pass)").In(l)
		}
	}
	return out
}

// Overridable reports whether an approver could let all of it stand.
func (b *Blocked) Overridable() bool {
	return !slices.ContainsFunc(b.Found, func(f model.Finding) bool { return !f.Kind.Overridable() })
}

// LeastReason is how many characters the reason of an override has.
const LeastReason = 10

// Send gives a written file its name. A public file is read back first, and
// what it says is checked: its final bytes, not what was meant. Then its entry
// is made in the journal, and only then it appears: no entry, no file.
func Send(ctx context.Context, l *db.Ledger, src *Ledger, f *File, slip Slip) error {
	actor := src.Context().Actor
	var stand []model.Finding
	approved := false
	if slip.Audience == model.Public {
		var err error
		if stand, approved, err = check(src, f, slip); err != nil {
			return err
		}
	}
	if approved {
		slip.Overrides = nil
	}
	if err := note(ctx, l, actor, f, slip, stand); err != nil {
		return err
	}
	return f.Commit()
}

// check reads the file back and finds what must not be in it. What may stand is
// returned: an approver let it, now or (approved) when it was approved.
func check(src *Ledger, f *File, slip Slip) (stand []model.Finding, approved bool, err error) {
	raw, err := f.bytes()
	if err != nil {
		return nil, false, err
	}
	all, err := FromLedger(src.ctx, src.l, src.Context().Actor) // src may see some records only
	if err != nil {
		return nil, false, err
	}
	lint, err := Lint(all)
	if err != nil {
		return nil, false, err
	}
	_, head := src.Head() // of when the file was made; others may have written since
	lint.Witness(head)
	lint = lint.For(slip.Of)
	for _, name := range slip.Named {
		lint.Allow(name)
	}
	found := lint.Check(textOf(filepath.Ext(f.name), raw))
	if len(found) == 0 {
		return nil, false, nil
	}
	b := &Blocked{Found: found}
	if b.Overridable() && slip.Of != nil && all.Context().Stood(slip.Of, found) {
		return found, true, nil
	}
	refusal := all.Context().MayLetStand(slip.Of)
	b.Asks = refusal == nil && b.Overridable()
	switch {
	case !b.Overridable():
		b.Words = model.Sayf("隐私检查：发现%d处不能公开，其中有未成年人或健康信息，不能放行，没有写出文件。请改好内容再试", "privacy check: %d things must not be public, and no one may let pass what tells of a minor or of somebody's health; no file was written. Change the content first", len(found))
	case len(slip.Overrides) == 0:
		b.Words = model.Sayf("隐私检查：发现%d处不能公开，没有写出文件。请改好内容；确实要公开的，由审批人逐处写明理由放行，每处至少%d个字", "privacy check: %d things must not be public; no file was written. Change the content; or an approver lets each stand with a reason of its own, of at least %d characters", len(found), LeastReason)
	case refusal != nil:
		b.Words = model.Sayf("隐私检查：%s。没有写出文件", "privacy check: %s; no file was written", model.AsWords(refusal))
	case len(slip.Overrides) != len(found):
		b.Words = model.Sayf("隐私检查：发现%d处，要逐处写明理由，现有%d个理由，没有写出文件", "privacy check: %d things were found and each needs its reason; %d were given, no file was written", len(found), len(slip.Overrides))
	default:
		for _, why := range slip.Overrides {
			if model.Characters(strings.TrimSpace(why)) < LeastReason {
				b.Words = model.Sayf("隐私检查：放行的理由每处至少%d个字，没有写出文件", "privacy check: each reason has at least %d characters; no file was written", LeastReason)
				return nil, false, b
			}
			if len(lint.Check(why)) > 0 {
				b.Words = model.W("隐私检查：理由里不要写姓名、号码和住址，没有写出文件", "privacy check: a reason must hold no name, number or address; no file was written")
				return nil, false, b
			}
		}
		return found, false, nil
	}
	return nil, false, b
}

// Lint is the privacy check with everybody on file: it reads the people, their
// households and the staff once.
func Lint(src Source) (*model.Lint, error) {
	lint, err := src.Context().Lint(func(register string, fn func(*model.Record) error) error {
		return src.Scan(register, model.Period{}, fn)
	})
	if err != nil {
		return nil, err
	}
	lint.Allow(src.Unit())
	_, head := src.Head()
	lint.Witness(head)
	return lint, nil
}

var (
	htmlHidden = regexp.MustCompile(`(?s)<style>.*?</style>|<!--.*?-->`)
	htmlBlock  = regexp.MustCompile(`</?(?:p|div|h[1-6]|t[dhr]|thead|tbody|table|dl|dt|dd|li|br|title|html|head|body|meta|footer|section)\b[^>]*>`)
	htmlInline = regexp.MustCompile(`<[^>]*>`)
)

// textOf takes the text out of a file as its reader sees it: cells and blocks
// apart, and no escape or tag between the characters of one word.
func textOf(ext string, raw []byte) string {
	if text, ok := officeText(raw); ok { // by what it is, whatever its name
		return text
	}
	s := string(raw)
	if strings.HasPrefix(s, "BEGIN:VCALENDAR") { // a fold may stand inside a number
		return icsPlain.Replace(strings.ReplaceAll(s, "\r\n ", ""))
	}
	switch strings.ToLower(ext) {
	case ".html":
		s = htmlHidden.ReplaceAllString(s, "")
		s = htmlBlock.ReplaceAllString(s, "\n")
		s = html.UnescapeString(htmlInline.ReplaceAllString(s, ""))
	case ".md":
		s = html.UnescapeString(markdownBreak.ReplaceAllString(s, "\n"))
		s = strings.ReplaceAll(s, `\`, "")
	case ".json":
		var b strings.Builder
		dec := json.NewDecoder(strings.NewReader(s))
		dec.UseNumber()
		for {
			token, err := dec.Token()
			if err != nil {
				if err != io.EOF { // not as it was written: look at all of it
					return s
				}
				break
			}
			fmt.Fprintln(&b, token)
		}
		s = b.String()
	}
	return s
}

var markdownBreak = regexp.MustCompile(`<br ?/?>`)

// note enters in the journal that a file is about to appear.
func note(ctx context.Context, l *db.Ledger, actor model.Actor, f *File, slip Slip, stand []model.Finding) error {
	sum, err := f.Sum()
	if err != nil {
		return err
	}
	seq, head, err := l.Head(ctx)
	if err != nil {
		return err
	}
	parts := []string{slip.Audience.String(), "sha256:" + hex.EncodeToString(sum[:]), "template=" + slip.Template, "rows=" + strconv.Itoa(slip.Rows)}
	if slip.Purpose != "" {
		parts = append(parts, fmt.Sprintf("purpose=%q", slip.Purpose))
	}
	if slip.AsIs != "" {
		parts = append(parts, fmt.Sprintf("as-is=%q", strings.TrimSpace(slip.AsIs)))
	}
	if len(slip.Filter) > 0 {
		parts = append(parts, "filter="+strings.Join(slip.Filter, ","))
	}
	if len(slip.Left) > 0 {
		parts = append(parts, "masked="+strings.Join(slip.Left, ","))
	}
	for i, found := range stand {
		if len(slip.Overrides) == 0 { // the reasons stand with the signatures
			parts = append(parts, "approved="+found.Kind.Words().ZH)
			continue
		}
		parts = append(parts, fmt.Sprintf("override=%s:%q", found.Kind.Words().ZH, strings.TrimSpace(slip.Overrides[i])))
	}
	parts = append(parts, fmt.Sprintf("head=%d/%s", seq, head.Short()))
	ev := db.Event{Action: "export", ID: slip.ID, Reason: strings.Join(parts, " ")}
	if slip.Register != nil {
		ev.Register = slip.Register.Key
	}
	_, err = l.Note(ctx, actor, ev)
	return err
}
