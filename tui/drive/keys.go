package drive

import (
	"strings"
	"unicode/utf8"
)

// named are the bytes of keys as an xterm sends them.
var named = map[string]string{
	"enter": "\r", "tab": "\t", "esc": "\x1b", "space": " ", "backspace": "\x7f",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
	"home": "\x1b[H", "end": "\x1b[F", "insert": "\x1b[2~", "delete": "\x1b[3~",
	"pgup": "\x1b[5~", "pgdown": "\x1b[6~", "shift+tab": "\x1b[Z",
	"ctrl+up": "\x1b[1;5A", "ctrl+down": "\x1b[1;5B", "ctrl+right": "\x1b[1;5C", "ctrl+left": "\x1b[1;5D",
	"ctrl+home": "\x1b[1;5H", "ctrl+end": "\x1b[1;5F",
	"shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B", "shift+right": "\x1b[1;2C", "shift+left": "\x1b[1;2D",
	"f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~",
	"f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~",
	"f11": "\x1b[23~", "f12": "\x1b[24~",
}

func sequence(key string) (string, bool) {
	if s, ok := named[key]; ok {
		return s, true
	}
	if c, ok := strings.CutPrefix(key, "ctrl+"); ok && len(c) == 1 {
		switch c := c[0]; {
		case 'a' <= c && c <= 'z', '[' <= c && c <= '_', c == '@':
			return string(rune(c & 0x1f)), true
		}
		return "", false
	}
	if c, ok := strings.CutPrefix(key, "alt+"); ok {
		s, ok := sequence(c)
		return "\x1b" + s, ok
	}
	return key, utf8.RuneCountInString(key) == 1
}
