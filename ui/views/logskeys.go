package views

import (
	"slices"
	"strings"
	"time"

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
		i := slices.Index(vault.LogLevels, l.level)
		return l.listen((i + len(vault.LogLevels) - 1) % len(vault.LogLevels))
	case "+", "=":
		return l.listen(max(0, slices.Index(vault.LogLevels, l.level)-1))
	case "-":
		return l.listen(min(len(vault.LogLevels)-1, slices.Index(vault.LogLevels, l.level)+1))
	case "n", "tab":
		return l.turn(1)
	case "N", "shift+tab":
		return l.turn(-1)
	case "r":
		return l.again()
	case "/":
		l.typing = true
	case "p", "space":
		l.pause()
	case "e":
		return l.export()
	case "enter":
		if len(l.shown) > 0 && !l.following() {
			return components.Open{Dialog: NewLeaf(logLeaf(l.ring.at(l.shown[l.cursor])))}
		}
	default:
		l.moved(k.String())
	}
	return nil
}

func (l *Logs) moved(name string) {
	switch name {
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
}

// move selects a line. Going to the last one follows those that come; going up never does, where there is one line only.
func (l *Logs) move(to int) {
	l.follow = to >= len(l.shown)-1
	l.cursor = to
	l.scroll()
}

func (l *Logs) leave() components.Action {
	l.feeds.Close()
	return components.Close{}
}

// listen asks for another level. It is another stream.
func (l *Logs) listen(level int) components.Action {
	if vault.LogLevels[level] == l.level {
		l.note = "There is no level beyond " + l.level + "."
		return nil
	}
	l.level = vault.LogLevels[level]
	l.cut()
	l.tries = 0
	l.aside("from here on: " + l.level)
	return components.Run{Cmd: l.open(0)}
}

// turn asks another node. What was kept of the one before goes: lines of two nodes are never mixed.
func (l *Logs) turn(by int) components.Action {
	if len(l.nodes) < 2 {
		l.note = "No other node is known."
		return nil
	}
	l.node = (l.node + by + len(l.nodes)) % len(l.nodes)
	l.ring, l.shown, l.seen, l.unseen = logRing{}, nil, 0, 0
	l.paused, l.follow, l.tries, l.failed, l.broke = false, true, 0, false, time.Time{}
	l.refresh()
	return components.Run{Cmd: l.open(0)}
}

// again asks now where it waits or has given up.
func (l *Logs) again() components.Action {
	if l.state != logWaiting && l.state != logEnded {
		return nil
	}
	l.tries = 0
	return components.Run{Cmd: l.open(0)}
}

// pause holds the screen; lines go on being kept.
func (l *Logs) pause() {
	l.paused, l.unseen = !l.paused, l.ring.told
	if !l.paused {
		l.follow = true
	}
	l.refresh()
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

// export gives out all that is kept, whatever is shown of it.
func (l *Logs) export() components.Action {
	if l.ring.len() == 0 {
		l.note = "Nothing is kept yet."
		return nil
	}
	x := LogExport{Node: l.nodes[l.node].Name}
	for n := l.ring.lost; n < l.ring.came(); n++ {
		e := l.ring.at(n)
		if e.more {
			continue // the first part gave the whole
		}
		line := LogExportLine{LogLine: e.LogLine}
		if e.aside {
			line.Warder, line.Message = e.whole, ""
		}
		x.Lines = append(x.Lines, line)
	}
	return components.Run{Cmd: l.feeds.Export(x)}
}

// logLeaf is the whole of an entry.
func logLeaf(e *logEntry) Leaf {
	if e.aside {
		return Leaf{Title: "warder says", Facts: []Fact{fact("at", clockText(e.Time)+" UTC by this machine's clock"), fact("", e.whole)}}
	}
	out := Leaf{Title: "Log line"}
	if !e.Time.IsZero() {
		out.Facts = append(out.Facts, fact("at", e.Time.UTC().Format("2006-01-02 15:04:05.000 UTC")))
	}
	for _, f := range []Fact{toned("level", e.Level, levelTone(e.Level)), fact("module", e.Module), fact("message", e.Message)} {
		if f.Value.Text != "" {
			out.Facts = append(out.Facts, f)
		}
	}
	for _, f := range e.Fields {
		name, value, _ := strings.Cut(f, "=")
		out.Facts = append(out.Facts, fact(name, value))
	}
	return out
}
