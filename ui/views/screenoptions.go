package views

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault/ceremony"
)

// options are ways to go on, each with a number. The number marks one and enter takes it: a share that is pasted at the wrong
// moment begins with a digit, but is no digit and enter.
type options struct {
	list   []ceremony.Option
	marked string // by its key: options come and go
}

// now are newer options; one that is gone is marked no more.
func (o options) now(list []ceremony.Option) options {
	o.list = list
	if !slices.ContainsFunc(list, func(x ceremony.Option) bool { return x.Key == o.marked }) {
		o.marked = ""
	}
	return o
}

// key gives the option that was taken.
func (o *options) key(k tea.KeyPressMsg) ceremony.Event {
	if k.String() == "enter" && o.marked != "" {
		return ceremony.Picked{Key: o.marked}
	}
	if i := o.index(k.Text); i >= 0 {
		o.marked = o.list[i].Key
	}
	return nil
}

func (o *options) takes(letter string) bool { return o.index(letter) >= 0 }

func (o *options) index(letter string) int {
	if len(letter) != 1 || letter[0] < '1' || int(letter[0]-'1') >= len(o.list) {
		return -1
	}
	return int(letter[0] - '1')
}

func (o *options) keys() string {
	for _, x := range o.list {
		if x.Key == o.marked {
			return "enter " + strings.ToLower(x.Label)
		}
	}
	if len(o.list) > 0 {
		return "number mark, enter take it"
	}
	return ""
}

// lines list them by their numbers.
func (o *options) lines(t theme.Theme, w int) []string {
	var out []string
	for i, x := range o.list {
		mark, label := " ", x.Label
		if x.Key == o.marked {
			mark, label = t.Text(theme.Accent, t.Glyphs().Select), t.Text(theme.Strong, x.Label)
		}
		out = append(out, mark+t.Text(theme.Accent, string(rune('1'+i)))+" "+label)
		for _, l := range components.Wrap(x.Hint, w-4) {
			out = append(out, "    "+t.Text(theme.Muted, l))
		}
	}
	return out
}
