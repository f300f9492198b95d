package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
)

// Keys are the bindings as a person wants them. The zero Keys are the console's own.
type Keys struct{ keyMap }

// KeyError says which binding cannot be had, and why.
type KeyError struct{ Name, Why string }

func (e *KeyError) Error() string { return e.Name + ": " + e.Why }

// ParseKeys makes bindings of names and keys; what is not named keeps its key. Nil is no error.
func ParseKeys(own map[string]string) (Keys, *KeyError) {
	k := newKeyMap()
	bindings := k.byName()
	for _, name := range slices.Sorted(maps.Keys(own)) {
		b, press := bindings[name], own[name]
		switch {
		case b == nil:
			return Keys{}, &KeyError{name, "nothing of that name has a key; there are " + strings.Join(slices.Sorted(maps.Keys(bindings)), ", ")}
		case !pressable(press):
			return Keys{}, &KeyError{name, "not a key: want one sign, or one such as ctrl+e, alt+e, f5, space or tab"}
		}
		keys := []string{press}
		if name == "quit" {
			keys = append(keys, "ctrl+c") // which always ends
		}
		b.SetKeys(keys...)
		b.SetHelp(press, b.Help().Desc)
	}
	return Keys{k}, k.collision(own)
}

// orDefaults are the bindings, or the console's own where none were made.
func (k Keys) orDefaults() keyMap {
	if len(k.Help.Keys()) == 0 {
		return newKeyMap()
	}
	return k.keyMap
}

// byName are the bindings that can be changed.
func (k *keyMap) byName() map[string]*key.Binding {
	return map[string]*key.Binding{
		"next": &k.Next, "previous": &k.Prev, "detail": &k.Detail, "zoom": &k.Zoom, "filter": &k.Filter, "refresh": &k.Refresh,
		"pause": &k.Pause, "repaint": &k.Repaint, "theme": &k.Theme, "unseal": &k.Unseal, "initialise": &k.Init, "rekey": &k.Rekey,
		"generate_root": &k.Root, "rewrap": &k.Rewrap, "rotate": &k.Rotate, "backup": &k.Backup, "migrate": &k.Migrate, "node": &k.Node,
		"cluster": &k.Whole, "snapshot": &k.Snapshot, "inventory": &k.Inventory, "logs": &k.Logs, "acknowledge": &k.Acknowledge,
		"export": &k.Export, "copy": &k.Copy, "contexts": &k.Contexts, "help": &k.Help, "quit": &k.Quit,
	}
}

// collision finds a key that would mean two things, and blames a binding that was changed.
func (k *keyMap) collision(own map[string]string) *KeyError {
	taken := map[string]string{"esc": "leaving", "ctrl+[": "leaving"}
	for _, press := range k.Move.Keys() {
		taken[press] = "selecting"
	}
	bindings := k.byName()
	names := slices.Sorted(maps.Keys(bindings))
	// Those that nobody changed claim their keys first.
	slices.SortStableFunc(names, func(a, b string) int { return rank(own, a) - rank(own, b) })
	for _, name := range names {
		for _, press := range bindings[name].Keys() {
			if other, is := taken[press]; is {
				return &KeyError{name, fmt.Sprintf("the key %s is that of %s already", press, other)}
			}
			taken[press] = name
		}
	}
	return nil
}

func rank(own map[string]string, name string) int {
	if _, changed := own[name]; changed {
		return 1
	}
	return 0
}

// named are the keys that have a name of their own.
var named = []string{"tab", "enter", "space", "backspace", "delete", "insert"}

// pressable says whether a terminal can send the key under that name.
func pressable(s string) bool {
	rest := s
	for _, mod := range []string{"ctrl+", "alt+", "shift+"} {
		rest = strings.TrimPrefix(rest, mod)
	}
	number, isF := strings.CutPrefix(rest, "f")
	switch r, size := utf8.DecodeRuneInString(rest); {
	case slices.Contains(named, rest):
		return true
	case isF && slices.Contains([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}, number):
		return true
	case size != len(rest) || size == 0 || r == utf8.RuneError || r <= ' ' || r == 0x7f:
		return false
	}
	return !strings.HasPrefix(s, "shift+") // a sign with shift is another sign
}
