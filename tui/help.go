package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/words"
)

// help shows what the screen below can do, from the action table.
type help struct {
	under   screen
	heading string     // of what the screen says of the place of the cursor
	about   []helpPart // that
	offset  int
}

func newHelp(s *session, under screen) *help {
	h := &help{under: under}
	if e, ok := under.(explainer); ok {
		h.heading, h.about = e.explain(s)
	}
	return h
}

func (h *help) overlay() {}

func (h *help) init(*session) tea.Cmd     { return nil }
func (h *help) refresh(*session) tea.Cmd  { return nil }
func (h *help) title(s *session) string   { return words.Help.In(s.lang) }
func (h *help) place() place              { return onHelp }
func (h *help) register() *model.Register { return nil }
func (h *help) typing() bool              { return false }

func (h *help) update(s *session, msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	if a := find(onHelp, key.String()); a != nil && a.id == actBack {
		return s.pop()
	}
	switch key.String() {
	case "up":
		h.offset--
	case "down":
		h.offset++
	case "pgup":
		h.offset -= 10
	case "pgdown":
		h.offset += 10
	case "home":
		h.offset = 0
	case "end":
		h.offset = 1 << 20 // drawing knows where the end is
	}
	return nil
}

func (h *help) view(s *session, w, height int) frame {
	lines := append(h.aboutLines(s, w), bold.Render(words.KeysHelp.In(s.lang)))
	for i := range actions {
		a := &actions[i]
		if a.on&h.under.place() == 0 {
			continue
		}
		keys := make([]string, len(a.keys))
		for i, k := range a.keys {
			keys[i] = keyName(k, s.lang)
		}
		head := "  " + s.metric.Fit(strings.Join(keys, " "), 22) + " "
		for _, l := range s.metric.Wrap(a.help.In(s.lang), w-s.metric.Width(head)) {
			lines = append(lines, head+l)
			head = s.metric.Fit("", s.metric.Width(head))
		}
		if err := s.whyOff(a, h.under); err != nil {
			off := model.Sayf(words.OffNow.ZH, words.OffNow.EN, model.AsWords(err)).In(s.lang)
			for _, l := range s.metric.Wrap(off, w-s.metric.Width(head)) {
				lines = append(lines, head+faint.Render(l))
			}
		}
	}
	if h.under.place()&(onForm|onRows|onList) != 0 {
		for _, part := range [][2]model.Words{{words.DateHelp, words.DateLines}, {words.PickHelp, words.PickLines}} {
			lines = append(lines, "", bold.Render(part[0].In(s.lang)))
			for _, l := range s.metric.Wrap(part[1].In(s.lang), w-2) {
				lines = append(lines, "  "+l)
			}
		}
	}
	if h.under.place()&onSearch != 0 {
		lines = append(lines, "", bold.Render(words.Search.In(s.lang)))
		lines = append(lines, s.metric.Wrap(words.SearchIntro.In(s.lang), w)...)
		lines = append(lines, searchWays(s, w)...)
	}
	h.offset = max(0, min(h.offset, len(lines)-height))
	lines = lines[h.offset:min(len(lines), h.offset+height)]
	for i := range lines {
		lines[i] = s.metric.Cut(lines[i], w)
	}
	return frame{lines: lines}
}

// aboutLines are what the screen below says of the field with the cursor.
func (h *help) aboutLines(s *session, w int) []string {
	if len(h.about) == 0 {
		return nil
	}
	lines := []string{bold.Render(s.metric.Cut(h.heading, w))}
	room := 0
	for _, p := range h.about {
		room = max(room, s.metric.Width(p.head))
	}
	for _, p := range h.about {
		head := "  " + s.metric.Fit(p.head, room) + "  "
		for _, l := range s.metric.Wrap(p.text, w-s.metric.Width(head)) {
			lines = append(lines, head+l)
			head = s.metric.Fit("", s.metric.Width(head))
		}
	}
	return append(lines, "")
}
