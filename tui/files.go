package tui

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

// How a file that was written gets to the person: its path, the command that
// fetches it where the login came over SSH, and, of a short text, a key that puts
// it on the clipboard of the person's own computer (OSC 52). What is copied is the
// file, so it was masked, checked and logged like every other.

// mostClip is how many bytes go to a clipboard: some terminals drop what is
// longer than 74,994 when encoded, without a word.
const mostClip = 48 << 10

// texts are the endings of files that are read as they stand.
var texts = []string{".txt", ".md", ".csv"}

// wroteFile remembers a file as the one written last and tells where it is, a
// line each.
func (s *session) wroteFile(path string) []string {
	s.mu.Lock()
	s.written = path
	s.mu.Unlock()
	return s.whereFile(path)
}

// whereFile says where a file is.
func (s *session) whereFile(path string) []string {
	lines := []string{model.Sayf(words.Written.ZH, words.Written.EN, path).In(s.lang)}
	if s.fetch != nil {
		if line := s.fetch(path); line != "" {
			lines = append(lines, model.Sayf(words.FetchBy.ZH, words.FetchBy.EN, line).In(s.lang))
		}
	}
	if isText(path) {
		lines = append(lines, model.Sayf(words.CopyBy.ZH, words.CopyBy.EN, keyName(clipKey, s.lang)).In(s.lang))
	}
	return lines
}

func isText(path string) bool { return slices.Contains(texts, filepath.Ext(path)) }

// clip puts the file written last on the clipboard.
func (s *session) clip() tea.Cmd {
	s.mu.Lock()
	path := s.written
	s.mu.Unlock()
	if path == "" || !isText(path) {
		return complain(&model.Problem{Words: words.NothingToCopy})
	}
	f, err := os.Open(path)
	if err != nil {
		return complain(&model.Problem{Words: words.NothingToCopy})
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, mostClip+1))
	if err != nil {
		return complain(&model.Problem{Words: words.NothingToCopy})
	}
	if len(raw) > mostClip {
		return complain(model.Problemf(words.TooLongToCopy.ZH, words.TooLongToCopy.EN, mostClip>>10))
	}
	text := clean(strings.TrimPrefix(string(raw), "\uFEFF"))
	return tea.Batch(tea.SetClipboard(text), say(model.Sayf(words.Copied.ZH, words.Copied.EN, model.Characters(text))))
}
