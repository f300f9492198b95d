package components

import "strings"

// Answers are the values of a form's fields by their keys.
type Answers struct {
	yes   map[string]*bool
	text  map[string]*string
	start map[string]string // of text, before anybody touched it
}

func newAnswers() *Answers {
	return &Answers{yes: map[string]*bool{}, text: map[string]*string{}, start: map[string]string{}}
}

// Yes is the answer of a YesNo.
func (a *Answers) Yes(key string) bool {
	v, ok := a.yes[key]
	return ok && *v
}

// Text is what was typed into a field, without blanks around it, or the key of the option that was chosen.
func (a *Answers) Text(key string) string {
	if v, ok := a.text[key]; ok {
		return strings.TrimSpace(*v)
	}
	return ""
}

// changed says that something would be lost if the form went away.
func (a *Answers) changed() bool {
	for key, v := range a.text {
		if *v != a.start[key] {
			return true
		}
	}
	return false
}

// hold keeps the text of a field, which begins as start.
func (a *Answers) hold(key, start string) *string {
	value := &start
	a.text[key], a.start[key] = value, start
	return value
}

// Values are all texts by the keys of their fields, as Text gives them.
func (a *Answers) Values() map[string]string {
	out := map[string]string{}
	for key := range a.text {
		out[key] = a.Text(key)
	}
	return out
}
