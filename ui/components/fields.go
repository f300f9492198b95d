package components

import (
	"fmt"
	"strings"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// Field describes one question of a form: YesNo, Choice, Input or Retype.
type Field interface {
	build(a *Answers) huh.Field
}

// YesNo lets choose between two buttons. Default false stands on No, as it must where Yes destroys.
type YesNo struct {
	Key, Title string
	Yes, No    string // verbs: "Start rewrap", "Keep waiting"
	Default    bool
}

// Choice lets choose one of several. Default is the key of the option to stand on, the first where there is no such.
type Choice struct {
	Key, Title string
	Options    []Option
	Default    string
}

// Option is one answer of a Choice. Hint is what follows from it, and may be missing.
type Option struct {
	Key, Label, Hint string
}

// Input takes one line that is no secret. Check, where there is one, gets it without the blanks around it and says what
// is wrong with it.
//
// Refuse, where there is one, says why text must not stand in the field even for a moment. It is asked before the text is drawn.
type Input struct {
	Key, Title, Hint, Default string
	Check                     func(string) error
	Refuse                    func(string) (why string)
}

// Retype accepts nothing but Want, typed out: for what must not happen by habit.
type Retype struct {
	Key, Title, Want string
}

func (f YesNo) build(a *Answers) huh.Field {
	value := f.Default
	a.yes[f.Key] = &value
	return huh.NewConfirm().Key(f.Key).Title(bare(f.Title)).Affirmative(bare(f.Yes)).Negative(bare(f.No)).
		Value(&value).WithButtonAlignment(lipgloss.Left)
}

func (f Choice) build(a *Answers) huh.Field {
	start := ""
	for i, o := range f.Options {
		if i == 0 || o.Key == f.Default {
			start = o.Key
		}
	}
	return huh.NewSelect[string]().Key(f.Key).Title(bare(f.Title)).Value(a.hold(f.Key, start)).Options(f.options(true)...)
}

// options are those that huh lists, with their hints or without.
func (f Choice) options(hints bool) []huh.Option[string] {
	out := make([]huh.Option[string], len(f.Options))
	for i, o := range f.Options {
		if !hints {
			o.Hint = ""
		}
		out[i] = huh.NewOption(o.lines(), o.Key)
	}
	return out
}

// lines are the option as huh lists it: the hint below the label.
func (o Option) lines() string {
	if o.Hint == "" {
		return bare(o.Label)
	}
	return bare(o.Label) + "\n  " + bare(o.Hint)
}

func (f Input) build(a *Answers) huh.Field {
	input := huh.NewInput().Key(f.Key).Title(bare(f.Title)).Description(bare(f.Hint)).Value(a.hold(f.Key, f.Default))
	if f.Check == nil {
		return input
	}
	return input.Validate(func(s string) error { return f.Check(strings.TrimSpace(s)) })
}

func (f Retype) build(a *Answers) huh.Field {
	want := strings.TrimSpace(bare(f.Want))
	return huh.NewInput().Key(f.Key).Title(bare(f.Title)).Value(a.hold(f.Key, "")).Validate(func(s string) error {
		if strings.TrimSpace(s) != want {
			return fmt.Errorf("type %s, or press esc", want)
		}
		return nil
	})
}

// want is the word as it can be typed.
func (f Retype) want() string { return strings.TrimSpace(bare(f.Want)) }
