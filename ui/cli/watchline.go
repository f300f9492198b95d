package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"warder/vault/timeline"
)

// moodWords are the moods in the lines, and moodNames in JSON.
var (
	moodWords = map[timeline.Mood]string{timeline.Neutral: "NOTE", timeline.Better: "BETTER", timeline.Worse: "WORSE"}
	moodNames = map[timeline.Mood]string{timeline.Neutral: "neutral", timeline.Better: "better", timeline.Worse: "worse"}
)

// said is how a line begins whose text does not tell its kind.
var said = map[timeline.Kind]string{
	kindVerdict: "verdict ", kindFinding: "finding ", kindFindingBegins: "finding begins: ", kindFindingEnds: "finding ends: ",
	kindFindingTurns: "finding turns: ",
}

// writeText writes a line in one call, so that whoever reads it has it at once and whole.
func writeText(w io.Writer, l line) error {
	told := ""
	if l.Told {
		told = " [the server's time]"
	}
	text := fmt.Sprintf("%s  %-6s  %-10s  %s%s%s", l.At.UTC().Format("2006-01-02T15:04:05Z"), moodWords[l.Mood], cmp.Or(l.Node, "-"),
		said[l.Kind], l.Text, told)
	// The servers' words were cleaned when they were read; what is on a terminal's way is looked at once more.
	_, err := io.WriteString(w, strings.Map(printable, text)+"\n")
	return err
}

func printable(r rune) rune {
	if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
		return -1
	}
	return r
}

// jsonLine is a line of --output json. docs/watch.md tells of its fields.
type jsonLine struct {
	Time    string `json:"time"`
	Told    bool   `json:"told"`
	Kind    string `json:"kind"`
	Node    string `json:"node"`
	Text    string `json:"text"`
	Mood    string `json:"mood"`
	Cluster string `json:"cluster"`
}

func writeJSON(w io.Writer, l line) error {
	text, err := json.Marshal(jsonLine{
		Time: l.At.UTC().Format("2006-01-02T15:04:05.000Z"), Told: l.Told, Kind: string(l.Kind), Node: l.Node, Text: l.Text,
		Mood: moodNames[l.Mood], Cluster: l.Cluster,
	})
	if err == nil {
		_, err = w.Write(append(text, '\n'))
	}
	return err
}
