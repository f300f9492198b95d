package ceremony

import (
	"fmt"
	"slices"
	"strings"

	"warder/keys"
)

// What is asked while shares are handed out. what is how the shares are called, note what is true of the keys meanwhile.

// nameProblem says why no share can be handed to that name: two of one name could not be told apart afterwards.
func (h handout) nameProblem(name string) string {
	switch {
	case name == "":
		return "the custodian has to be named"
	case noName(name) != "":
		return noName(name)
	case slices.Contains(h.names, name):
		return name + " has a share already: whoever has two counts twice"
	}
	return ""
}

// noName says why text is not taken for a name: names are drawn, and a share must not be.
func noName(text string) string {
	if keys.ResemblesShare([]byte(text)) {
		return "that looks like a share, which is no name: it was not taken and is not shown"
	}
	return ""
}

func (h handout) askName(what, problem, note string) Fill {
	return Fill{
		Title: fmt.Sprintf("Who gets %s %d of %d?", what, h.at+1, len(h.shares)), Problem: problem, Turn: h.at + 1,
		Text: []string{
			"One custodian at a time. The others look away; the screen is blank until the one named here is in front of it.",
			note,
		},
		Fields: []Field{{Key: "name", Label: "Name", Refuse: noName}},
	}
}

func (h handout) reveal(what, holder, path string) Reveal {
	at, n := h.at+1, len(h.shares)
	p := Reveal{Title: fmt.Sprintf("%s %d of %d", capital(what), at, n), Holder: holder, Secret: h.shares[h.at], Binary: true}
	if h.encrypted {
		p.Title = fmt.Sprintf("Encrypted share %d of %d", at, n)
		line := at
		if h.noted {
			line = notedLine(h.at)
		}
		p.Text = []string{"It is in " + path + " already. Only " + holder + " can read it, by this line:", gpgLine(path, line)}
		if !h.saved {
			p.Text = []string{"It is in no file and not shown again. Only " + holder + " can read it, and takes it down now. To read it, give it to this line, without gaps, and end with ctrl+d:", gpgPaste}
		}
		return p
	}
	p.Text = []string{"For the eyes of " + holder + " alone. Write it down: it is not shown again once it is proved that it was. Blanking the screen does not use it up."}
	return p
}

func (h handout) typeBack(what, holder string) TypeBack {
	return TypeBack{Title: fmt.Sprintf("%s %d of %d: is it written down?", capital(what), h.at+1, len(h.shares)), Positions: h.positions, Text: []string{
		holder + " types these characters of the share, from what was written down, without blanks between them.",
	}}
}

func (h handout) acknowledge(what, path, note string) TypeOut {
	p := TypeOut{Title: "All " + what + "s are handed out", Want: "all shares are written down", Text: []string{
		"They went to " + list(h.names) + ". This console has forgotten them.",
	}}
	if h.encrypted {
		p.Want = "all shares are handed out"
		p.Text = []string{"They are in " + path + ", encrypted for " + list(h.names) + "."}
		if !h.saved {
			p.Text = []string{"They were shown, encrypted, to " + list(h.names) + ", and are in no file."}
		}
	}
	p.Text = append(p.Text, note)
	return p
}

// slipped says that what was typed back is not what was shown.
func slipped(holder string) string {
	return "Those are not the characters. The share is shown to " + holder + " again: compare it letter by letter, capitals too."
}

// askSharesFile asks where ciphertexts go that are here and in no file.
func askSharesFile(what, problem string) Fill {
	return Fill{
		Title: "To which file", Problem: problem, Fields: []Field{{Key: "path", Label: "File", Default: fileOf(what)}},
		Text: []string{"The " + what + "s are here, each encrypted to a PGP key. They are written before they are shown: to a new file, for its owner only (mode 0600)."},
	}
}

// planSharesFile asks the same before there are any.
func planSharesFile(what, problem string) Fill {
	return Fill{
		Title: "Where the encrypted shares go", Problem: problem, Fields: []Field{{Key: "path", Label: "File", Default: fileOf(what)}},
		Text: []string{"They are written before anything is shown: to a file that must not exist yet, for its owner only (mode 0600)."},
	}
}

func fileOf(what string) string { return strings.ReplaceAll(what, " ", "-") + "s.txt" }

func askUnsaved(note string) TypeOut {
	return TypeOut{Title: "Show the encrypted shares unsaved", Want: "show them unsaved", Text: []string{
		"They are shown one custodian at a time, and then forgotten. Nothing is written.",
		"Each is some hundred characters of base64: whoever cannot take them down without a mistake has no share.",
		note,
	}}
}

// waysOut are what becomes of ciphertexts that could not be written.
func (h handout) waysOut(path, problem, note string) Pick {
	p := Pick{Title: "The encrypted shares are not written", Text: []string{"They are in this console only: leaving loses them.", note}}
	if problem != "" {
		p.Text = append([]string{fmt.Sprintf("Not written to %s: %s.", path, problem)}, p.Text...)
	}
	for _, path := range h.elsewhere {
		p.Options = append(p.Options, Option{Key: path, Label: "Write them to " + path, Hint: "a new file, for its owner only"})
	}
	p.Options = append(p.Options,
		Option{Key: "path", Label: "Write them to another file", Hint: "of a name to be typed; as often as it takes"},
		Option{Key: "show", Label: "Show them unsaved", Hint: "one custodian at a time, after a confirmation"})
	return p
}

func capital(what string) string { return strings.ToUpper(what[:1]) + what[1:] }
