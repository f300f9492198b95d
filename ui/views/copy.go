package views

import "strings"

// Copy is what is worth taking away of the selected one: a finding's command line, or else its words; an event's words.
func (f *Findings) Copy() (text string, ok bool) {
	x, e := f.selected()
	switch {
	case x != nil && x.Command != "":
		return x.Command, true
	case x != nil:
		return strings.TrimSpace(sentence(x.What) + " " + sentence(x.Follows) + " " + sentence(x.Do)), true
	case e != nil:
		return strings.TrimSpace(e.At.UTC().Format("2006-01-02 15:04:05 UTC") + " " + e.Node + " " + e.Text), true
	}
	return "", false
}
