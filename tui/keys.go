package tui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
)

// namedKeys are the keys without a character of their own.
var namedKeys = map[string]struct {
	code  rune
	words model.Words
}{
	"enter": {tea.KeyEnter, model.W("回车", "Enter")}, "esc": {tea.KeyEscape, model.W("Esc", "Esc")}, "tab": {tea.KeyTab, model.W("Tab", "Tab")},
	"left": {tea.KeyLeft, model.W("←", "Left")}, "right": {tea.KeyRight, model.W("→", "Right")},
	"up": {tea.KeyUp, model.W("↑", "Up")}, "down": {tea.KeyDown, model.W("↓", "Down")},
	"pgup": {tea.KeyPgUp, model.W("PgUp", "PgUp")}, "pgdown": {tea.KeyPgDown, model.W("PgDn", "PgDn")},
	"home": {tea.KeyHome, model.W("Home", "Home")}, "end": {tea.KeyEnd, model.W("End", "End")},
	"delete": {tea.KeyDelete, model.W("Delete", "Delete")}, "insert": {tea.KeyInsert, model.W("Insert", "Insert")},
	"space": {tea.KeySpace, model.W("空格", "Space")}, "f1": {tea.KeyF1, model.W("F1", "F1")},
}

// keyName writes a key as footer, help and README show it.
func keyName(k string, l model.Lang) string {
	if n, ok := namedKeys[k]; ok {
		return n.words.In(l)
	}
	if rest, ok := strings.CutPrefix(k, "ctrl+"); ok {
		return "Ctrl-" + strings.ToUpper(rest)
	}
	if rest, ok := strings.CutPrefix(k, "shift+"); ok {
		return "Shift-" + keyName(rest, l)
	}
	return k
}

// keyPress is the press of a key of the action table, as the terminal would
// report it: its String is the name again.
func keyPress(name string) tea.KeyPressMsg {
	var key tea.KeyPressMsg
	rest := name
	for {
		if r, ok := strings.CutPrefix(rest, "ctrl+"); ok {
			key.Mod, rest = key.Mod|tea.ModCtrl, r
		} else if r, ok := strings.CutPrefix(rest, "shift+"); ok {
			key.Mod, rest = key.Mod|tea.ModShift, r
		} else {
			break
		}
	}
	if n, ok := namedKeys[rest]; ok {
		key.Code = n.code
		return key
	}
	key.Code, _ = utf8.DecodeRuneInString(rest)
	if key.Mod == 0 {
		key.Text = rest
	}
	return key
}
