package plain

import (
	"strings"

	"taizhang/model"
)

// field asks one field until its answer is taken.
func (f *form) field(i int) (step, error) {
	fd := f.fields[i]
	if fd.Section != (model.Words{}) {
		f.sayf(wSection, fd.Section)
	}
	need := wOptional
	switch fd.Need {
	case model.Required:
		need = wRequired
	case model.Either:
		need = model.Sayf(wEither.ZH, wEither.EN, fd.Why)
	}
	f.sayf(wField, i+1, len(f.fields), fd.Words, need)
	if fd.Hint != (model.Words{}) {
		f.say(fd.Hint)
	}
	told, err := f.offer(fd)
	if err != nil {
		return leave, err
	}
	for {
		text, err := f.answer(fd)
		if err != nil {
			return leave, err
		}
		cmd, expanded := command(text), false
		switch {
		case cmd == "<<":
			return leave, nil
		case cmd == "<":
			return back, nil
		case cmd == ">>":
			return finish, nil
		case cmd == "?":
			f.help(fd)
			if told, err = f.offer(fd); err != nil {
				return leave, err
			}
			continue
		case strings.HasPrefix(cmd, "?") && hasChoices(fd):
			list, err := f.choices(f.c, fd)
			if err != nil {
				return leave, err
			}
			told = f.suggest(list, cmd[1:])
			continue
		case cmd == "", cmd == "." && fd.Type != model.TypeDate: // there it is today
			cmd, text = "", f.text(fd)
		case cmd == "-":
			text = ""
		case hasChoices(fd):
			text = f.chosenText(fd, told, text)
		case fd.TakesPhrases():
			full, ok, err := f.expand(fd, text)
			if err != nil {
				return leave, err
			}
			if !ok {
				continue
			}
			expanded, text = full != text, full
		}
		if f.take(fd, text, cmd != "") {
			if expanded { // what was typed is not what is there
				f.sayf(wTaken, f.shown(fd))
			}
			f.keep(i + 1)
			return next, nil
		}
		if len(fd.Refs) > 0 && cmd != "" && cmd != "-" { // perhaps it was half a name
			list, err := f.choices(f.c, fd)
			if err != nil {
				return leave, err
			}
			if hits := like(list, cmd); len(hits) > 0 {
				told = f.suggest(list, cmd)
			}
		}
	}
}

// answer reads what is typed for a field: one line, and more where the field
// takes several.
func (f *form) answer(fd *model.Field) (string, error) {
	question := model.Sayf(wEmpty.ZH, wEmpty.EN, fd.Words)
	if now := f.shown(fd); now != "" {
		question = model.Sayf(wNowShort.ZH, wNowShort.EN, fd.Words, now)
	}
	text, err := f.ask(question)
	if err != nil {
		return "", err
	}
	switch cmd := command(text); {
	case fd.Type == model.TypeNote:
		for strings.HasSuffix(text, `\`) {
			more, err := f.ask(model.Sayf(wEmpty.ZH, wEmpty.EN, fd.Words))
			if err != nil {
				return "", err
			}
			text = strings.TrimSuffix(text, `\`) + "\n" + more
		}
	case fd.Type == model.TypeList && !fd.One && cmd != "" && cmd != "." && cmd != "-" && cmd != "?" && cmd != ">>" && !strings.HasPrefix(cmd, "<"):
		for n := 2; ; n++ {
			more, err := f.ask(model.Sayf(wRow.ZH, wRow.EN, n))
			if err != nil {
				return "", err
			}
			if more == "" {
				break
			}
			text += "\n" + more
		}
	}
	return text, nil
}

// chosenText is an answer with numbers resolved, and after + with what stands
// in the field before it.
func (f *form) chosenText(fd *model.Field, told []choice, text string) string {
	if rest, more := strings.CutPrefix(strings.ReplaceAll(text, "＋", "+"), "+"); more && several(fd) {
		rest = numbered(fd, told, strings.TrimSpace(rest))
		if now := f.text(fd); now != "" {
			return now + "、" + rest
		}
		return rest
	}
	return numbered(fd, told, text)
}

// take reads an answer into the record, or says why not. answered tells that
// something was typed, so that what was understood is said back.
func (f *form) take(fd *model.Field, text string, answered bool) bool {
	v, err := f.c.Parse(fd, text)
	if err != nil {
		f.sayf(wWrong, model.AsWords(err))
		return false
	}
	before := f.rec.Values[fd.Key]
	f.rec.Set(fd.Key, v)
	if model.Blank(v) && f.needed(fd) {
		f.rec.Set(fd.Key, before)
		f.sayf(wMust, fd.Words)
		return false
	}
	f.texts[fd.Key] = text
	if said := f.shown(fd); answered && said != "" && said != text {
		f.sayf(wTaken, said)
	}
	return true
}

// needed reports whether a field left blank would be refused: it must be filled
// now, and the program does not fill it itself.
func (f *form) needed(fd *model.Field) bool {
	r := f.rec.Clone()
	if f.reg.Fill != nil {
		f.reg.Fill(r, f.c)
	}
	return model.Blank(r.Values[fd.Key]) && (fd.Need == model.Required || fd.Need == model.Either && fd.When(r))
}

// offer tells the choices of a field if they are few.
func (f *form) offer(fd *model.Field) ([]choice, error) {
	if !hasChoices(fd) {
		return nil, nil
	}
	list, err := f.choices(f.c, fd)
	switch {
	case err != nil:
		return nil, err
	case len(list) > few:
		f.sayf(wMany, len(list))
		return nil, nil
	case len(list) > 0:
		f.sayf(wChoices, f.told(list))
	}
	return list, nil
}

// suggest tells the choices that are like a query, which can then be chosen by
// their numbers.
func (f *form) suggest(list []choice, query string) []choice {
	hits := like(list, strings.TrimSpace(query))
	hits = hits[:min(len(hits), mostLike)]
	if len(hits) == 0 {
		f.say(wNoLike)
		return nil
	}
	f.sayf(wLike, f.told(hits))
	return hits
}

// help says what a field is and how it is written.
func (f *form) help(fd *model.Field) {
	if fd.Hint != (model.Words{}) {
		f.say(fd.Hint)
	}
	switch {
	case fd.Type == model.TypeDate:
		f.say(dateHelp)
	case fd.Type == model.TypeNote:
		f.say(wNoteHelp)
	case fd.Type == model.TypeList:
		var zh, en []string
		for _, sub := range fd.Sub {
			zh, en = append(zh, sub.Words.ZH), append(en, sub.Words.EN)
		}
		f.sayf(wRowsHelp, model.W(strings.Join(zh, "、"), strings.Join(en, ", ")))
	case hasChoices(fd):
		f.say(wNumbers)
	}
	if fd.TakesPhrases() {
		f.say(wPhraseHelp)
	}
	if several(fd) {
		f.say(wSeveral)
	}
}
