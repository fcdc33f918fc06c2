package tui

import (
	"context"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/db"
	"taizhang/model"
	"taizhang/tui/words"
)

// command is one line of the palette: something that can be done from wherever
// the person is.
type command struct {
	id    string // by which it is remembered as chosen; stays the same in later programs
	words model.Words
	extra model.Words // on the right: the key, what kind of thing it is
	off   error       // why it can do nothing now; nil: it can
	run   func(s *session) tea.Cmd
}

// recentRecords is how many records of the person's own the palette offers.
const recentRecords = 40

// commandsOn lists everything that can be done on a screen and from it: its own
// actions first, then where one can go, then the records worked on last.
func commandsOn(s *session, on screen) []command {
	out := actionsOn(s, on)
	out = append(out, elsewhere(s, out)...)
	for _, reg := range s.declared().Registers {
		out = append(out, command{
			id: "go " + reg.Key, words: reg.Words, extra: words.OfRegister, off: model.Can(s.actor, model.ActView, reg),
			run: func(s *session) tea.Cmd { return s.jump(newList(s, s.latest(reg))) },
		})
	}
	for _, reg := range s.declared().Registers {
		out = append(out, command{
			id: "new " + reg.Key, words: model.Sayf(words.GoNew.ZH, words.GoNew.EN, reg.Words), extra: words.OfRegister, off: s.cannotAdd(reg),
			run: func(s *session) tea.Cmd {
				f := newForm(s.latest(reg), nil)
				f.slot = reg.Key + "/" + s.newRequest().String() // another form of the register may lie beneath
				return s.jump(f)
			},
		})
	}
	for _, reg := range s.declared().Registers {
		for _, v := range reg.Views {
			out = append(out, command{
				id: "view " + reg.Key + " " + v.Key, words: v.Words, extra: reg.Words, off: model.Can(s.actor, model.ActView, reg),
				run: func(s *session) tea.Cmd { return s.jump(views[v.Key](s)) },
			})
		}
	}
	for _, r := range s.lately.Records {
		reg := s.declared().Register(r.Register)
		if reg == nil {
			continue
		}
		title := clean(model.TitleIn(r.Title, s.lang))
		out = append(out, command{
			id: "record " + r.ID, words: model.Sayf(words.GoRecord.ZH, words.GoRecord.EN, r.ID, title), extra: reg.Words,
			run: func(s *session) tea.Cmd { return s.jump(newDetail(s.latest(reg), r.ID)) },
		})
	}
	return out
}

// cannotAdd says why no record of a register can be entered.
func (s *session) cannotAdd(reg *model.Register) error {
	if err := model.Can(s.actor, model.ActAdd, reg); err != nil {
		return err
	}
	return s.unwritable()
}

// actionsOn lists the actions of the table that do something on a screen. They
// are run by their key, so that nothing can be done here that the screen itself
// would not do.
func actionsOn(s *session, on screen) (out []command) {
	for i := range actions {
		a := &actions[i]
		if a.on&on.place() == 0 || !a.isCommand() {
			continue
		}
		key := keyPress(a.keys[0])
		out = append(out, command{
			id: "do " + a.words.EN, words: spell(a), extra: sameWords(keyName(a.keys[0], s.lang)), off: s.whyOff(a, on),
			run: func(s *session) tea.Cmd {
				s.pressed = append(s.pressed, key)
				return nil
			},
		})
	}
	return out
}

// isCommand reports whether the action is one to choose by name. Moving about
// and typing are not, nor is the palette itself.
func (a *action) isCommand() bool {
	switch a.id {
	case actNone, actMove, actDigit, actNext, actPrev, actTake, actPalette:
		return false
	}
	return true
}

// irreversible reports whether the action throws something away for good; the
// screen asks before it does.
func (a *action) irreversible() bool { return a.id == actDiscard }

// spell is the action as the palette names it.
func spell(a *action) model.Words {
	w := model.Sayf("%s：%s", "%s: %s", a.words, a.help)
	if a.irreversible() {
		w = model.Sayf("%s（不能撤销）", "%s (for good)", w)
	}
	return w
}

func sameWords(text string) model.Words { return model.W(text, text) }

// elsewhere lists what does not depend on the screen and is not among its own
// actions.
func elsewhere(s *session, own []command) (out []command) {
	has := map[string]bool{}
	for _, c := range own {
		has[c.id] = true
	}
	add := func(id string, w model.Words, off error, run func(s *session) tea.Cmd) {
		if !has[id] {
			out = append(out, command{id: id, words: w, extra: words.MoreCommands, off: off, run: run})
		}
	}
	to := func(open func(s *session) screen) func(*session) tea.Cmd {
		return func(s *session) tea.Cmd { return s.jump(open(s)) }
	}
	can := func(a model.Action) error { return model.Can(s.actor, a, nil) }
	add("home", words.GoHome, nil, func(s *session) tea.Cmd { return s.jump(nil) })
	add("do search", words.SearchMenu, can(model.ActView), to(func(s *session) screen { return newSearch(s) }))
	add("figures", words.MenuSummary, can(model.ActView), to(func(s *session) screen { return newFigures(s) }))
	add("reports", words.Reports, can(model.ActView), to(func(s *session) screen { return newReports(s) }))
	add("summary", words.GoSummary, can(model.ActExport), func(s *session) tea.Cmd {
		s.pressed = append(s.pressed, keyPress("ctrl+s"))
		return s.jump(newFigures(s))
	})
	undo := func(again bool) func(*session) tea.Cmd { return func(s *session) tea.Cmd { return s.undo(again) } }
	add("do undo", words.GoUndo, firstOf(can(model.ActUndo), s.unwritable(), s.lately.Undo), undo(false))
	add("do redo", words.GoRedo, firstOf(can(model.ActRedo), s.unwritable(), s.lately.Redo), undo(true))
	add("bin", words.Bin, can(model.ActView), to(func(*session) screen { return &bin{} }))
	add("registers", words.OtherBooks, nil, to(func(*session) screen { return &home{other: true} }))
	add("settings", words.Settings, can(model.ActSettings), to(func(*session) screen { return newSettings() }))
	add("preferences", words.Preferences, nil, to(func(*session) screen { return newPreferences() }))
	add("language", words.SwitchLang, nil, func(s *session) tea.Cmd { return s.speak(model.EN - s.lang) })
	add("backup", words.BackUpNow, can(model.ActBackup), (*session).backUp)
	add("verify", words.VerifyNow, can(model.ActVerify), (*session).verify)
	add("do quit", words.QuitProgram, nil, func(*session) tea.Cmd { return func() tea.Msg { return hangupMsg{} } })
	return out
}

// firstOf is the first reason there is.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// jump goes to a screen, nil for the home screen, as soon as the update is over.
func (s *session) jump(to screen) tea.Cmd {
	s.moves = append(s.moves, func(a *App) tea.Cmd { return a.jump(to) })
	return nil
}

// mostScreens bounds how many screens lie on each other.
const mostScreens = 12

// jump leaves what only shows something and puts a screen onto the rest; with
// something half filled beneath, onto everything.
func (a *App) jump(to screen) tea.Cmd {
	var cmds []tea.Cmd
	filling := false
	for _, sc := range a.stack {
		_, keeps := sc.(keeper)
		filling = filling || keeps
	}
	switch {
	case to == nil:
		cmds = a.keepAll()
		a.stack = a.stack[:1]
		return tea.Batch(append(cmds, a.top().refresh(a.s))...)
	case filling && len(a.stack) >= mostScreens:
		return complain(&model.Problem{Words: words.TooDeep})
	case !filling:
		a.stack = a.stack[:1]
	}
	return tea.Batch(append(cmds, a.open(to))...)
}

// speak changes the language, for this person from now on.
func (s *session) speak(l model.Lang) tea.Cmd {
	s.become(func(next *session) { next.lang = l })
	return tea.Batch(s.prefer(func(p *model.Preferences) { p.Lang = l.String() }), func() tea.Msg { return renewMsg{} })
}

// renewMsg asks the app to let all screens begin again: the language is another.
type renewMsg struct{}

// renew does; what is half filled stays as it is.
func (a *App) renew() tea.Cmd {
	var cmds []tea.Cmd
	for _, sc := range a.stack {
		if _, keeps := sc.(keeper); !keeps {
			cmds = append(cmds, sc.init(a.s))
		}
	}
	return tea.Batch(cmds...)
}

// latelyMsg tells what the person did last.
type latelyMsg struct {
	lately db.Lately
	err    error
}

// look reads what help and palette say of undo, redo and recent records.
func (s *session) look() tea.Cmd {
	if s.ledger == nil {
		return nil
	}
	s.lately.Undo, s.lately.Redo = nil, nil // until it is known again, the store decides
	return func() tea.Msg {
		var msg latelyMsg
		msg.err = s.ask(func(ctx context.Context) (err error) {
			msg.lately, err = s.ledger.Lately(ctx, s.actor, recentRecords)
			return err
		})
		return msg
	}
}

// backUp copies the ledger into the folder of backups beside it.
func (s *session) backUp() tea.Cmd {
	var b db.Backup
	return s.work(words.DoBackup, func(ctx context.Context, progress db.Progress) (err error) {
		b, err = s.ledger.Backup(ctx, s.actor, db.BackupOptions{Progress: progress})
		return err
	}, func(err error) tea.Msg {
		if err != nil {
			return toastMsg{text: model.AsWords(err), bad: true}
		}
		return toastMsg{text: model.Sayf(words.BackedUp.ZH, words.BackedUp.EN, filepath.Base(b.Path), b.Records)}
	})
}

// verify recomputes the proof of the whole ledger.
func (s *session) verify() tea.Cmd {
	var rep db.Report
	return s.work(words.DoVerify, func(ctx context.Context, progress db.Progress) (err error) {
		rep, err = s.ledger.Verify(ctx, progress)
		return err
	}, func(err error) tea.Msg {
		if err != nil {
			return toastMsg{text: model.AsWords(err), bad: true}
		}
		return toastMsg{text: model.Sayf(words.Verified.ZH, words.Verified.EN, rep.Records, rep.Entries)}
	})
}

// matcher answers to the words of both languages, whichever is spoken: each
// word of the query must be found in one of them.
type matcher struct {
	zh, en model.Pinyin
	same   bool // the two are one text
}

func newMatcher(w model.Words) *matcher {
	if w.ZH == w.EN {
		return &matcher{zh: model.NewPinyin(w.ZH), same: true}
	}
	return &matcher{zh: model.NewPinyin(w.ZH), en: model.NewPinyin(w.EN)}
}

// Match implements part.Matcher.
func (m *matcher) Match(query string) (score int, ok bool) {
	if n, ok := m.one(query); ok {
		return n, true
	}
	if !strings.Contains(query, " ") {
		return 0, false
	}
	words := strings.Fields(query)
	if len(words) < 2 {
		return 0, false
	}
	for _, w := range words {
		n, ok := m.one(w)
		if !ok {
			return 0, false
		}
		score += n
	}
	return score / (2 * len(words)), true // behind those that have it in one piece
}

func (m *matcher) one(query string) (score int, ok bool) {
	zh, inZH := m.zh.Match(query)
	if m.same {
		return zh, inZH
	}
	en, inEN := m.en.Match(query)
	return max(zh, en), inZH || inEN
}
