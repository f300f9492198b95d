package components

import (
	"fmt"
	"strings"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// Field describes one question of a form: YesNo or Retype.
type Field interface {
	build(a *Answers) huh.Field
}

// YesNo lets choose between two buttons. Default false stands on No, as it must where Yes destroys.
type YesNo struct {
	Key, Title string
	Yes, No    string // verbs: "Start rewrap", "Keep waiting"
	Default    bool
}

// Retype accepts nothing but Want, typed out: for what must not happen by habit.
type Retype struct {
	Key, Title, Want string
}

// Answers are the values of a form's fields by their keys.
type Answers struct {
	yes  map[string]*bool
	text map[string]*string
}

func newAnswers() *Answers {
	return &Answers{yes: map[string]*bool{}, text: map[string]*string{}}
}

// Yes is the answer of a YesNo.
func (a *Answers) Yes(key string) bool {
	v, ok := a.yes[key]
	return ok && *v
}

// Text is what was typed into a field.
func (a *Answers) Text(key string) string {
	if v, ok := a.text[key]; ok {
		return *v
	}
	return ""
}

// typed says that something would be lost if the form went away.
func (a *Answers) typed() bool {
	for _, v := range a.text {
		if *v != "" {
			return true
		}
	}
	return false
}

func (f YesNo) build(a *Answers) huh.Field {
	value := f.Default
	a.yes[f.Key] = &value
	return huh.NewConfirm().Key(f.Key).Title(bare(f.Title)).Affirmative(bare(f.Yes)).Negative(bare(f.No)).
		Value(&value).WithButtonAlignment(lipgloss.Left)
}

func (f Retype) build(a *Answers) huh.Field {
	value, want := new(string), strings.TrimSpace(bare(f.Want))
	a.text[f.Key] = value
	return huh.NewInput().Key(f.Key).Title(bare(f.Title)).Value(value).Validate(func(s string) error {
		if strings.TrimSpace(s) != want {
			return fmt.Errorf("type %s, or press esc", want)
		}
		return nil
	})
}
