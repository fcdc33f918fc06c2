package command

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"taizhang/model"
)

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

// oneOf refuses an option's value outside its choices.
func oneOf(name, value string, choices ...string) error {
	if slices.Contains(choices, value) {
		return nil
	}
	return usage("%s 只能是 %s", "%s must be one of %s", name, strings.Join(choices, ", "))
}
