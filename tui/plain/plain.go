// Package plain is taizhang without a screen: questions and answers, one line
// each, for screen readers, for terminals that can do no more, and through a
// pipe. Fields, hints, defaults, checks and rights come from the declarations,
// as on the screens.
package plain

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"taizhang/db"
	"taizhang/model"
)

// Options of one run.
type Options struct {
	Ledger *db.Ledger
	Actor  model.Actor
	Name   string // of the person
	Lang   model.Lang
	// Terminal tells that a person types and sees what she types.
	Terminal bool
}

// patience is how long one action waits for the ledger before it says "busy",
// and scanPatience how long a look through a whole register may take.
const (
	patience     = 5 * time.Second
	scanPatience = 60 * time.Second
)

// desk is one run.
type desk struct {
	dialogue
	ctx    context.Context
	ledger *db.Ledger
	actor  model.Actor
	name   string
}

// Run talks until the person leaves or input ends. Input that ends inside a
// form is an error: what was filled in is a draft then.
func Run(ctx context.Context, o Options, in io.Reader, out io.Writer) error {
	d := &desk{dialogue{bufio.NewReader(in), bufio.NewWriter(out), o.Lang, o.Terminal}, ctx, o.Ledger, o.Actor, o.Name}
	err := d.menu()
	if errors.Is(err, errEnd) {
		d.say(wEnded)
		err = nil
	}
	if e := d.out.Flush(); err == nil {
		err = e
	}
	return err
}

// visit runs one action on the ledger.
func (d *desk) visit(f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(d.ctx, patience)
	defer cancel()
	return f(ctx)
}

func (d *desk) scan(f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(d.ctx, scanPatience)
	defer cancel()
	return f(ctx)
}

// context is the setting in which the rules of the model run.
func (d *desk) context() *model.Context {
	return &model.Context{Schema: d.ledger.Schema(), Book: d.ledger.Book(d.ctx), Now: d.ledger.Now(), Actor: d.actor}
}

// complain says an error and goes on. Only the end of input and a line that is
// gone end the dialogue.
func (d *desk) complain(err error) error {
	if err == nil || errors.Is(err, errEnd) || d.ctx.Err() != nil {
		return err
	}
	var cut *cutOff
	if errors.As(err, &cut) {
		return err
	}
	d.line(model.Say(err, d.lang))
	return nil
}

// chosen finds what was meant: a key of the menu, a register by its name, or a
// record by its id.
func (d *desk) chosen(list []entry, text string) (open func() error, found bool) {
	cmd := command(text)
	for _, e := range list {
		if cmd == e.key || cmd == command(e.words.ZH) || cmd == command(e.words.EN) {
			return e.open, true
		}
	}
	if id, reg, ok := d.idOf(text); ok {
		return func() error { return d.record(reg, id) }, true
	}
	if reg, err := d.ledger.Schema().FindRegister(text); err == nil && cmd != "" {
		return func() error { return d.register(reg) }, true
	}
	return nil, false
}

// idOf reads the id of a record, in whatever case and width.
func (d *desk) idOf(text string) (id string, reg *model.Register, ok bool) {
	id = strings.ToUpper(command(text))
	if reg = d.ledger.Schema().OfID(id); reg == nil {
		return "", nil, false
	}
	return id, reg, true
}
