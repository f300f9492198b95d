package ceremony

import "warder/keys"

// Prompt is what is asked of the person. The form is only how it is asked: the machine checks every answer again.
type Prompt interface{ prompt() }

// The prompts. Text is sentences; a screen wraps them.
type (
	// Tell explains, and goes on with Continue. Go is the button's verb. Lines stand below the text as they are, for what is
	// copied; Copy is what a key takes to the clipboard, and no secret.
	Tell struct {
		Title string
		Text  []string
		Go    string
		Lines []string
		Copy  string
	}
	// Pick asks for one of several ways. Answered by Picked.
	Pick struct {
		Title   string
		Text    []string
		Options []Option
	}
	// Fill asks for values. Answered by Filled; Problem is what was wrong with the values given last.
	Fill struct {
		Title   string
		Text    []string
		Fields  []Field
		Problem string
		Turn    int // which custodian it is about, from 1; 0: none
	}
	// TypeOut asks for Want to be typed, for what must not happen by habit. Nodes are listed with their certificates.
	// Answered by Confirmed.
	TypeOut struct {
		Title string
		Text  []string
		Nodes []Node
		Want  string
	}
	// EnterShare asks for one share. Answered by GaveShare. After says what follows from this very share: that it reaches the
	// threshold, and that its answer comes to this console only. Options are what else can be done here, answered by Picked.
	EnterShare struct {
		Title  string
		Text   []string
		Number int // which share of those that are needed it will be
		Needed int
		After  string
		Grid   Grid // who has what, where several nodes are given shares

		Options []Option
	}
	// EnterSecret asks for another secret. Answered by GaveSecret, or by Picked where there are options.
	EnterSecret struct {
		Title   string
		Text    []string
		Options []Option
	}
	// Reveal shows a secret to one person, hidden until a deliberate key, and hidden again by one. Answered by Shown.
	Reveal struct {
		Title  string
		Text   []string
		Holder string
		Secret keys.Secret
		Binary bool // shown as base64
	}
	// TypeBack asks for some characters of what was revealed, by their positions from 1. Answered by GaveSecret.
	TypeBack struct {
		Title     string
		Text      []string
		Positions []int
	}
	// Wait says what is awaited; no answer is asked. With Hold an answer is under way that would be lost for good if the
	// ceremony were left now.
	Wait struct {
		Title string
		Text  []string
		Grid  Grid
		Hold  bool
	}
	// End says how it ended. Options may offer what can still be done. Good is false when not all is as it was meant to be.
	End struct {
		Title   string
		Text    []string
		Good    bool
		Options []Option
		Grid    Grid
	}
)

// Option is one way to go on.
type Option struct{ Key, Label, Hint string }

// Field is one value to be filled in.
type Field struct {
	Key, Label, Hint string
	Default          string
	Choices          []string // empty: free text

	Refuse func(string) (why string) // what must not even be drawn; nil: nothing
}

// Grid is nodes by shares: how far each node is.
type Grid struct {
	Rows []GridRow
}

// GridRow is one node. Cells tell, share by share of those typed here, whether the node took it.
type GridRow struct {
	Name     string
	State    string // in words
	Cells    []Cell
	Progress int // the server's word
	Needed   int
}

// Cell is what became of one share at one node.
type Cell int

// The cells.
const (
	NotNeeded Cell = iota // the node needed no share any more
	Sending
	Taken
	Refused
	Lost    // the answer was lost; the status tells how far the node is
	Unsent  // the node could not be reached, or the share was held back because it failed elsewhere
	Dropped // taken, and gone since with its set
)

func (Tell) prompt()        {}
func (Pick) prompt()        {}
func (Fill) prompt()        {}
func (TypeOut) prompt()     {}
func (EnterShare) prompt()  {}
func (EnterSecret) prompt() {}
func (Reveal) prompt()      {}
func (TypeBack) prompt()    {}
func (Wait) prompt()        {}
func (End) prompt()         {}
