package command

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"taizhang/db"
	"taizhang/export"
	"taizhang/model"
)

func (r *runner) addCmd() *cobra.Command {
	var asJSON bool
	var request string
	cmd := &cobra.Command{
		Use:   r.t("add 台账 项目=值 …", "add REGISTER key=value …"),
		Short: r.t("新增一条或多条记录", "enter one record or several"),
		Long: r.t("新增一条记录；写“-”则从标准输入读 JSON 对象（可每行一个，全部存入或全部不存）。\n台账和项目可以写中文或英文名。",
			"Enter a record; \"-\" reads JSON objects from standard input (one or one per line, all or none).\nRegisters and fields may be named in Chinese or English."),
		Example: "  taizhang add 活动 日期=昨 名称=庆三八趣味运动会 条线=文体、妇女儿童 地点=文化广场 人次=86\n  taizhang add activity - < activities.jsonl",
		Args:    r.atLeast(2, "add 台账 项目=值 …", "add REGISTER key=value …"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			reg, err := d.register(args[0])
			if err != nil {
				return err
			}
			var sets [][]model.Input
			if args[1] == "-" {
				if len(args) > 2 {
					return usage("“-”后面不能再写项目", "nothing may follow \"-\"")
				}
				sets, err = readObjects(r.In)
			} else {
				var set []model.Input
				set, err = pairs(args[1:])
				sets = [][]model.Input{set}
			}
			for i := 0; err == nil && i < len(sets); i++ {
				if err = distinct(reg, sets[i]); err != nil && len(sets) > 1 {
					err = usageError{&db.OpError{Index: i, Err: err}}
				}
			}
			if err != nil {
				return err
			}
			res, err := d.add(cmd.Context(), reg, sets, request)
			if err != nil {
				return err
			}
			for _, s := range res.Records {
				if asJSON {
					if err := json.NewEncoder(r.Out).Encode(savedJSON{s.ID, s.Version}); err != nil {
						return err
					}
				} else {
					fmt.Fprintln(r.Out, s.ID)
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, r.t("用 JSON 回答", "answer in JSON"))
	cmd.Flags().StringVar(&request, "request", "", r.t("请求号：同一请求号重试不会重复登记", "request id: a retry with the same id enters nothing twice"))
	return cmd
}

// savedJSON is how add and edit answer a script.
type savedJSON struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
}

// register finds a register by what a person calls it.
func (d *desk) register(name string) (*model.Register, error) {
	reg, err := d.ledger.Schema().FindRegister(name)
	if err != nil {
		return nil, usageError{err}
	}
	return reg, nil
}

// add reads and stores records of one register in one transaction.
func (d *desk) add(ctx context.Context, reg *model.Register, sets [][]model.Input, request string) (db.Result, error) {
	ops := make([]db.Op, len(sets))
	err := d.view(ctx, reg, func(_ *db.Snapshot, c *model.Context) error {
		for i, set := range sets {
			vals, err := c.Read(reg, set)
			if err != nil {
				if len(sets) > 1 {
					err = &db.OpError{Index: i, Err: err}
				}
				return usageError{err}
			}
			ops[i] = db.Op{Kind: db.Add, Register: reg.Key, Values: present(vals)}
		}
		return nil
	})
	if err != nil {
		return db.Result{}, err
	}
	return d.write(ctx, request, ops...)
}

// present drops the cleared fields: a new record has none to clear.
func present(vals model.Values) model.Values {
	for k, v := range vals {
		if model.Blank(v) {
			delete(vals, k)
		}
	}
	return vals
}

// pairs reads key=value words.
func pairs(args []string) ([]model.Input, error) {
	out := make([]model.Input, len(args))
	for i, a := range args {
		at := strings.IndexAny(a, "=＝") // an input method left on types ＝
		if at <= 0 {
			return nil, usage("“%s”应写成 项目=值", "%q should be key=value", model.Shorten(a))
		}
		_, size := utf8.DecodeRuneInString(a[at:])
		out[i] = model.Input{Name: a[:at], Value: a[at+size:]}
	}
	return out, nil
}

// mostInput bounds what is read from standard input, in bytes (safety.md §7:
// imports of 50 MB).
const mostInput = 50 << 20

// readObjects reads JSON objects, one after another.
func readObjects(in io.Reader) ([][]model.Input, error) {
	limited := &io.LimitedReader{R: in, N: mostInput + 1}
	buf := bufio.NewReader(limited)
	if mark, _ := buf.Peek(3); string(mark) == "\ufeff" { // Windows editors put it there
		_, _ = buf.Discard(3)
	}
	dec := json.NewDecoder(buf)
	dec.UseNumber()
	var sets [][]model.Input
	for {
		set, err := readObject(dec)
		switch {
		case limited.N <= 0:
			return nil, usage("输入超过 50 MB，没有保存任何内容，请分批", "the input is larger than 50 MB; nothing was saved, split it")
		case err == io.EOF && len(sets) == 0:
			return nil, usage("标准输入里没有 JSON 对象", "there is no JSON object on standard input")
		case err == io.EOF:
			return sets, nil
		case err != nil:
			return nil, usage("第%d个 JSON 对象读不懂：%s", "JSON object %d cannot be read: %s", len(sets)+1, jsonFault(err))
		}
		sets = append(sets, set)
	}
}

// readObject reads one JSON object with its keys as they stand, so that a key
// written twice is not lost unseen; io.EOF where there is none any more.
func readObject(dec *json.Decoder) ([]model.Input, error) {
	switch t, err := dec.Token(); {
	case err != nil:
		return nil, err
	case t != json.Delim('{'):
		return nil, model.Problemf("应是一个 JSON 对象 {…}，每条记录一个", "it should be a JSON object {…}, one for each record")
	}
	set := []model.Input{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, midway(err)
		}
		in := model.Input{Name: key.(string)} // the decoder lets nothing else stand here
		if err := dec.Decode(&in.Value); err != nil {
			return nil, midway(err)
		}
		set = append(set, in)
	}
	_, err := dec.Token()
	return set, midway(err)
}

// midway is the end of the input inside an object.
func midway(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// jsonFault says what is wrong with a JSON text.
func jsonFault(err error) model.Words {
	var syntax *json.SyntaxError
	switch {
	case err == io.ErrUnexpectedEOF:
		return model.W("没有写完", "it ends too early")
	case errors.As(err, &syntax):
		return model.Sayf("第%d个字节处写法不对（%s）", "wrong at byte %d (%s)", syntax.Offset, model.Shorten(syntax.Error()))
	}
	return model.AsWords(err)
}

func (r *runner) editCmd() *cobra.Command {
	var version int
	var asJSON bool
	var request string
	cmd := &cobra.Command{
		Use:   r.t("edit 编号 --version N 项目=值 …", "edit ID --version N key=value …"),
		Short: r.t("修改一条记录", "change a record"),
		Long: r.t("修改一条记录的几项；“项目=”清空该项。--version 是您看到的版本：别人已改了同一项时不保存，列出两边的值，退出码 6。",
			"Change fields of a record; \"key=\" clears one. --version is the version you saw: if someone changed the same field meanwhile nothing is saved, both values are printed and the exit code is 6."),
		Args: r.atLeast(2, "edit 编号 --version N 项目=值 …", "edit ID --version N key=value …"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			id, reg, err := d.id(args[0])
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("version") && version < 1 {
				return usage("--version 应是 1 以上的数", "--version must be 1 or more")
			}
			set, err := pairs(args[1:])
			if err == nil {
				err = distinct(reg, set)
			}
			if err != nil {
				return err
			}
			op := db.Op{Kind: db.Edit, Register: reg.Key, ID: id, Base: version}
			err = d.view(cmd.Context(), reg, func(_ *db.Snapshot, c *model.Context) error {
				op.Values, err = c.Read(reg, set)
				if err != nil {
					return usageError{err}
				}
				return nil
			})
			if err != nil {
				return err
			}
			res, err := d.write(cmd.Context(), request, op)
			if err != nil {
				var c *db.Conflict
				if errors.As(err, &c) {
					r.printConflict(cmd.Context(), d, c)
				}
				return err
			}
			if asJSON {
				return json.NewEncoder(r.Out).Encode(savedJSON{res.Records[0].ID, res.Records[0].Version})
			}
			fmt.Fprintln(r.Out, model.Sayf("%s 第%d版", "%s v%d", res.Records[0].ID, res.Records[0].Version).In(r.lang))
			return nil
		},
	}
	cmd.Flags().IntVar(&version, "version", 0, r.t("您看到的版本（不写则按现在的版本）", "the version you saw (default: the current one)"))
	cmd.Flags().BoolVar(&asJSON, "json", false, r.t("用 JSON 回答", "answer in JSON"))
	cmd.Flags().StringVar(&request, "request", "", r.t("请求号", "request id"))
	return cmd
}

// printConflict writes both sides of every field that both changed.
func (r *runner) printConflict(ctx context.Context, d *desk, c *db.Conflict) {
	reg := d.ledger.Schema().OfID(c.ID)
	var lines []string
	defer func() {
		for _, line := range lines {
			r.complain(line)
		}
	}()
	_ = d.view(ctx, reg, func(_ *db.Snapshot, mc *model.Context) error {
		c.By = mc.NameOf(model.Ref{ID: c.By})
		for _, f := range c.Fields {
			label, theirs, mine := f.Key, fmt.Sprint(model.Plain(f.Theirs)), fmt.Sprint(model.Plain(f.Mine))
			if f.Field != nil {
				label = f.Field.Words.In(r.lang) + " " + f.Key
				theirs, mine = mc.Text(f.Field, f.Theirs, r.lang), mc.Text(f.Field, f.Mine, r.lang)
			}
			lines = append(lines, model.Sayf("%s：现在是“%s”（%s，第%d版），您填的是“%s”", "%s: now %q (%s, v%d), yours %q",
				label, theirs, c.By, c.Current, mine).In(r.lang))
		}
		return nil
	})
}

// id reads an id as people type it.
func (d *desk) id(text string) (string, *model.Register, error) {
	id := model.TidyID(text)
	reg := d.ledger.Schema().OfID(id)
	if reg == nil {
		return "", nil, usage("“%s”不是编号，编号的样子是 A-2026-0317", "%q is not an id; ids look like A-2026-0317", model.Shorten(text))
	}
	return id, reg, nil
}

func (r *runner) voidCmd() *cobra.Command {
	var reason string
	var version int
	cmd := &cobra.Command{
		Use:   r.t("void 编号 --reason 原因", "void ID --reason TEXT"),
		Short: r.t("作废一条记录（仍可查）", "withdraw a record (it stays readable)"),
		Args:  r.exactly(1, "void 编号 --reason 原因", "void ID --reason TEXT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			id, reg, err := d.id(args[0])
			if err != nil {
				return err
			}
			if strings.TrimSpace(reason) == "" {
				return usage("作废要用 --reason 写明原因", "give the reason with --reason")
			}
			if err := model.CheckText(reason, false); err != nil {
				return usageError{err}
			}
			_, err = d.write(cmd.Context(), "", db.Op{Kind: db.Void, Register: reg.Key, ID: id, Base: version, Reason: reason})
			if err == nil {
				fmt.Fprintln(r.Out, id)
			}
			return err
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", r.t("原因，记入历史", "the reason, kept in the history"))
	cmd.Flags().IntVar(&version, "version", 0, r.t("您看到的版本", "the version you saw"))
	return cmd
}

func (r *runner) showCmd() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   r.t("show 编号", "show ID"),
		Short: r.t("显示一条记录和它的历史", "show a record with its history"),
		Args:  r.exactly(1, "show 编号 [--format table|json]", "show ID [--format table|json]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--format", format, "table", "json"); err != nil {
				return err
			}
			d, err := r.open(cmd.Context())
			if err != nil {
				return err
			}
			id, reg, err := d.id(args[0])
			if err != nil {
				return err
			}
			var page bytes.Buffer // the reader may be slow: see view
			err = d.view(cmd.Context(), reg, func(sn *db.Snapshot, c *model.Context) error {
				rec, err := sn.Get(id)
				if err != nil {
					return err
				}
				hist, err := sn.History(id)
				if err != nil {
					return err
				}
				if format == "json" {
					return showJSON(&page, c, rec, hist)
				}
				return r.showText(&page, c, rec, hist)
			})
			if err != nil {
				return err
			}
			_, err = r.Out.Write(page.Bytes())
			return err
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table, json")
	return cmd
}

// oneOf refuses an option's value outside its choices.
func oneOf(name, value string, choices ...string) error {
	if slices.Contains(choices, value) {
		return nil
	}
	return usage("%s 只能是 %s", "%s must be one of %s", name, strings.Join(choices, ", "))
}

// versionJSON is one entry of "history".
type versionJSON struct {
	Version int            `json:"version"`
	At      string         `json:"at"`
	By      string         `json:"by"`
	Action  string         `json:"action"`
	Reason  string         `json:"reason,omitempty"`
	Fields  []string       `json:"fields"`
	State   string         `json:"state"`
	Values  map[string]any `json:"values"`
}

// showJSON writes a record with its history, each version as the actor may see
// it.
func showJSON(w io.Writer, c *model.Context, rec *model.Record, hist []db.Version) error {
	out := struct {
		export.JSONRecord
		State   string        `json:"state"`
		History []versionJSON `json:"history"`
	}{JSONRecord: export.RecordFor(c, rec, model.Inside, model.ZH), State: rec.State.String()}
	for _, h := range hist {
		v := versionJSON{Version: h.Record.Version, At: h.Entry.At.In(model.Zone).Format("2006-01-02T15:04:05.000-07:00"), By: h.Entry.By,
			Action: h.Entry.Action, Reason: h.Entry.Reason, Fields: h.Entry.Fields, State: h.Record.State.String(),
			Values: export.RecordFor(c, h.Record, model.Inside, model.ZH).Values}
		if v.Fields == nil {
			v.Fields = []string{}
		}
		out.History = append(out.History, v)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// showText writes every filled field, computed ones too, as the inside may see
// it, and the history under it.
func (r *runner) showText(w io.Writer, c *model.Context, rec *model.Record, hist []db.Version) error {
	var rows [][]string
	for _, f := range rec.Register.Fields {
		v := rec.Values[f.Key]
		if f.Computed != nil {
			v = f.Computed(rec, c)
		}
		if !model.Blank(v) {
			rows = append(rows, []string{f.Words.In(r.lang), f.Key, c.MaskText(f, v, model.Inside, r.lang, c.Today())})
		}
	}
	for _, k := range rec.Values.Unknown(rec.Register) {
		rows = append(rows, []string{"", k, c.Text(nil, rec.Values[k], r.lang)})
	}
	fmt.Fprintf(w, "%s  %s  v%d  %s\n", rec.ID, rec.Register.Words.In(r.lang), rec.Version, rec.State.Words().In(r.lang))
	if err := export.Table(w, make([]export.Column, 3), rows); err != nil {
		return err
	}
	var past [][]string
	for _, h := range hist {
		past = append(past, []string{fmt.Sprintf("v%d", h.Record.Version), h.Entry.At.In(model.Zone).Format("2006-01-02 15:04"),
			c.NameOf(model.Ref{ID: h.Entry.By}), h.Entry.Action, strings.Join(h.Entry.Fields, " "), h.Entry.Reason})
	}
	fmt.Fprintln(w)
	return export.Table(w, make([]export.Column, 6), past)
}
