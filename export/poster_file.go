package export

import (
	"context"
	"fmt"

	"taizhang/db"
	"taizhang/model"
)

// PosterForm is a form in which the dialogues write a poster.
type PosterForm struct {
	ID, Ending string
	Format     Format
	Paper      Paper
	Words      model.Words
}

// PosterForms are the forms of a poster in the order in which they are offered.
var PosterForms = []PosterForm{
	{"a4", ".html", HTML, A4, model.W("A4 网页，浏览器打印", "page to print on A4")},
	{"a3", ".html", HTML, A3, model.W("A3 网页，浏览器打印", "page to print on A3")},
	{"txt", ".txt", Text, "", model.W("纯文本，发微信群", "plain text, to send")},
}

// PosterFile writes the poster of the issue that was read into the folder of
// exports beside the ledger, in the ledger's language, and returns its path. The
// privacy check comes before the file appears: *Blocked tells what it found, and
// reasons, one for each thing found, are an approver's to give.
func PosterFile(ctx context.Context, l *db.Ledger, actor model.Actor, r *model.Record, form PosterForm, reasons []string) (string, error) {
	if err := model.Can(actor, model.ActExport, r.Register); err != nil {
		return "", err
	}
	folder, err := Exports(l.Path())
	if err != nil {
		return "", err
	}
	f, err := CreateFree(folder, fmt.Sprintf("poster-%s-%s-%s", r.ID, form.ID, l.Now().In(model.Zone).Format("20060102")), form.Ending)
	if err != nil {
		return "", err
	}
	defer f.Abort()
	src, err := FromLedger(ctx, l, actor)
	if err != nil {
		return "", err
	}
	if _, err := WritePoster(f, src, PosterJob{Issue: r, Format: form.Format, Paper: form.Paper, Lang: l.Info().Lang}); err != nil {
		return "", err
	}
	if err := src.Err(); err != nil {
		return "", err
	}
	slip := Slip{Register: r.Register, ID: r.ID, Of: r, Audience: model.Public, Template: TemplateSheet, Rows: 1, Overrides: reasons}
	return f.Path(), Send(ctx, l, src, f, slip)
}
