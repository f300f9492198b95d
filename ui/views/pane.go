// Package views draws the regions of the console.
//
// Its rules: what is on the screen some server said, and its age is told when it is not of now; a state is always also a word;
// what jitters is shown in bands; a pane that cannot show what it is for says why and what it would need.
package views

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault/rules"
)

// Picture is what the panes draw: a scene and what is concluded from it, at one moment. It is never changed.
type Picture struct {
	rules.Scene
	Findings []rules.Finding
	Verdict  rules.Health
	Theme    theme.Theme
	Keys     map[string]string // of the remedies that findings name
	Where    Where
}

// NewPicture concludes from a scene. Own are findings that no scene shows, such as what this console itself left behind.
func NewPicture(scene rules.Scene, t theme.Theme, own ...rules.Finding) *Picture {
	findings := append(scene.Judge(), own...)
	rules.Rank(findings)
	return &Picture{Scene: scene, Findings: findings, Verdict: rules.Verdict(scene.Snapshot, findings), Theme: t}
}

// Pane is one region. The root draws its frame.
type Pane interface {
	Title() string
	Note() components.Cell // stands at the right of the title
	SetSize(w, h int)      // of what is within the frame
	SetPicture(*Picture)
	Line() string              // the pane folded to one line
	Need() int                 // how many lines show all of it
	View(focused bool) string  // as much as SetSize allows
	Key(tea.KeyPressMsg) bool  // whether the key was of use
	Detail() (Detail, bool)    // of what is selected
	Bindings() []key.Binding   // beside moving and opening the detail
	Filter(text string) string // narrows the rows, and says "3 of 50" when it does
}

// Detail is all that is known of one thing.
type Detail struct {
	Title string
	Facts []Fact
}

// Fact is one line of a detail. One without a label is a heading, or a sentence of its own.
type Fact struct {
	Label string
	Value components.Cell
}

func fact(label, text string) Fact { return Fact{label, components.Cell{Text: text}} }

func toned(label, text string, tone theme.Tone) Fact {
	return Fact{label, components.Cell{Text: text, Tone: tone}}
}

// Say is a fact of whoever stands outside the panes.
func Say(label, text string, tone theme.Tone) Fact { return toned(label, text, tone) }

func cell(text string, tone theme.Tone) components.Cell {
	return components.Cell{Text: text, Tone: tone}
}
