package views

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/ui/components"
	"warder/vault"
)

func (l *Logs) key(k tea.KeyPressMsg) components.Action {
	switch k.String() {
	case "esc", "ctrl+[":
		if l.filter != "" {
			l.narrow("")
			return nil
		}
		return l.leave()
	case "q":
		return l.leave()
	case "l":
		return l.louder()
	case "r":
		if l.state != "live" {
			l.tries = 0
			return components.Run{Cmd: l.open(0)}
		}
	case "/":
		l.typing = true
	case "p", "space":
		l.pause()
	case "e":
		return components.Run{Cmd: l.feeds.Export(l.lines())}
	case "enter":
		if len(l.shown) > 0 {
			return components.Open{Dialog: NewLeaf(l.leaf(l.ring.at(l.shown[l.cursor])))}
		}
	case "up", "k":
		l.move(l.cursor - 1)
	case "down", "j":
		l.move(l.cursor + 1)
	case "pgup":
		l.move(l.cursor - l.rows())
	case "pgdown":
		l.move(l.cursor + l.rows())
	case "home":
		l.move(0)
	case "end":
		l.move(len(l.shown) - 1)
	}
	return nil
}

func (l *Logs) leave() components.Action {
	l.feeds.Close()
	return components.Close{}
}

// louder asks for the next level. It is another stream.
func (l *Logs) louder() components.Action {
	i := slices.Index(vault.LogLevels, l.level)
	l.level = vault.LogLevels[(i+len(vault.LogLevels)-1)%len(vault.LogLevels)]
	l.tries = 0
	l.aside("from here on: " + l.level + " and above")
	cmd := l.open(0)
	return components.Run{Cmd: cmd}
}

// pause holds the screen; lines go on being kept.
func (l *Logs) pause() {
	l.paused, l.until = !l.paused, l.ring.came()
	if !l.paused {
		l.follow = true
		l.refilter()
	}
}

// move selects a line. The last one is followed by those that come.
func (l *Logs) move(to int) {
	l.cursor = max(0, min(to, len(l.shown)-1))
	l.follow = l.cursor == len(l.shown)-1
	l.scroll()
}

func (l *Logs) typed(k tea.KeyPressMsg) {
	switch k.String() {
	case "esc", "ctrl+[":
		l.typing = false
		l.narrow("")
	case "enter":
		l.typing = false
	case "backspace":
		if r := []rune(l.filter); len(r) > 0 {
			l.narrow(string(r[:len(r)-1]))
		}
	case "ctrl+u":
		l.narrow("")
	default:
		l.narrow(l.filter + k.Text)
	}
}

func (l *Logs) narrow(text string) {
	l.filter, l.follow = text, true
	l.refilter()
}

// lines are all that are kept, without what warder said between them.
func (l *Logs) lines() []vault.LogLine {
	var out []vault.LogLine
	for n := range l.ring.len() {
		if e := l.ring.at(n); !e.aside {
			out = append(out, e.LogLine)
		}
	}
	return out
}

func (l *Logs) leaf(e logEntry) Leaf {
	if e.aside {
		return Leaf{Title: "warder says", Facts: []Fact{fact("at", clockText(e.Time)), fact("", e.Message)}}
	}
	out := Leaf{Title: "Log line"}
	if !e.Time.IsZero() {
		out.Facts = append(out.Facts, fact("at", e.Time.UTC().Format("2006-01-02 15:04:05.000 UTC")))
	}
	out.Facts = append(out.Facts, toned("level", e.Level, levelTone(e.Level)), fact("module", e.Module), fact("message", e.Message))
	for _, f := range e.Fields {
		name, value, _ := strings.Cut(f, "=")
		out.Facts = append(out.Facts, fact(name, value))
	}
	return out
}
