package part

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// press makes the message of a key by its name, or of typed text.
func press(name string) tea.KeyPressMsg {
	keys := map[string]tea.Key{
		"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown},
		"home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
		"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown},
		"enter": {Code: tea.KeyEnter}, "backspace": {Code: tea.KeyBackspace},
		"delete": {Code: tea.KeyDelete}, "space": {Code: ' ', Text: " "},
	}
	mod := tea.KeyMod(0)
	rest, ctrl := strings.CutPrefix(name, "ctrl+")
	if ctrl {
		mod, name = tea.ModCtrl, rest
	}
	k, ok := keys[name]
	if !ok {
		r := []rune(name)
		k = tea.Key{Code: r[0]}
		if !ctrl {
			k.Text = name
		}
	}
	k.Mod = mod
	return tea.KeyPressMsg(k)
}

// words types text key by key, as an input method commits it.
func words(update func(tea.Msg) bool, s string) {
	for _, r := range s {
		update(press(string(r)))
	}
}
