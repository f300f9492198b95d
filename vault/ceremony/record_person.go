package ceremony

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"warder/keys"
	"warder/vault/record"
)

// person is what a record says of what somebody did at a prompt, before the machine takes it. It is false for answers of
// servers, which are told where they come in. Shares are named by their fingerprints, which are salted anew each time.
func person(e Event, at Prompt, prints *keys.Fingerprinter) (record.Line, bool) {
	l := record.Line{Kind: record.Person}
	title := titleOf(at)
	switch e := e.(type) {
	case Continue:
		l.Text = "Read and went on: " + title
	case Back:
		l.Text = "Went a step back from: " + title
	case Picked:
		l.Text = title + ": " + labelOf(at, e.Key)
	case Filled:
		l.Text, l.Facts = title, filledFacts(at, e.Values)
	case Confirmed:
		l.Text, l.Facts = "Confirmed: "+title, confirmedFacts(at)
	case GaveShare:
		l.Text = "Entered a share: " + title
		l.Facts = shareFact(e.Share.Secret(), prints)
	case GaveSecret:
		l.Text = "Entered: " + title
	case Shown:
		l.Text = "Was shown and hid again: " + title
		if r, ok := at.(Reveal); ok {
			l.Who = r.Holder
			if r.Binary {
				l.Facts = shareFact(r.Secret, prints)
			}
		}
	case Cancelled:
		l.Text = "Confirmed the wish to end it on the server: " + title
	case Noted:
		l.Kind, l.Text = record.Exception, e.Text
	case Left:
		l.Text = "Left the ceremony at: " + title
	default:
		if !fromPerson(e) {
			return record.Line{}, false
		}
		l.Text = undescribed(e)
	}
	return l, true
}

func shareFact(s keys.Secret, prints *keys.Fingerprinter) []record.Fact {
	if s.Empty() {
		return nil
	}
	return []record.Fact{{Name: "fingerprint (salted)", Value: prints.Fingerprint(s).String()}}
}

// titleOf is the heading of a prompt.
func titleOf(p Prompt) string {
	switch p := p.(type) {
	case Tell:
		return p.Title
	case Pick:
		return p.Title
	case Fill:
		return p.Title
	case TypeOut:
		return p.Title
	case EnterShare:
		if p.Needed > 0 {
			return fmt.Sprintf("%s (%d of %d)", p.Title, p.Number, p.Needed)
		}
		return p.Title
	case EnterSecret:
		return p.Title
	case Reveal:
		return p.Title
	case TypeBack:
		return p.Title
	case Wait:
		return p.Title
	case End:
		return p.Title
	}
	return undescribed(p)
}

// optionsOf are the ways that a prompt offers.
func optionsOf(p Prompt) []Option {
	switch p := p.(type) {
	case Pick:
		return p.Options
	case EnterShare:
		return p.Options
	case EnterSecret:
		return p.Options
	case End:
		return p.Options
	}
	return nil
}

func labelOf(p Prompt, key string) string {
	for _, o := range optionsOf(p) {
		if o.Key == key {
			return o.Label
		}
	}
	return "something that is not offered"
}

// longestValue is as much of a value as a record takes: a public key can be pasted into a field.
const longestValue = 200

func filledFacts(p Prompt, values map[string]string) []record.Fact {
	fill, _ := p.(Fill)
	var out []record.Fact
	for _, f := range fill.Fields {
		v := strings.TrimSpace(values[f.Key])
		switch {
		case Unfit(v) != nil:
			v = "(not written down: it reads as a secret)"
		case len(v) > longestValue:
			v = fmt.Sprintf("(%d characters)", len(v))
		}
		out = append(out, record.Fact{Name: f.Label, Value: v})
	}
	return out
}

func confirmedFacts(p Prompt) []record.Fact {
	t, ok := p.(TypeOut)
	if !ok {
		return nil
	}
	out := []record.Fact{{Name: "typed", Value: t.Want}}
	for _, n := range t.Nodes {
		out = append(out, record.Fact{Name: n.Name, Value: n.Address + ", certificate " + proof(n)})
	}
	return out
}

func proof(n Node) string {
	if n.Certificate == "" {
		return "none (no TLS)"
	}
	return n.Certificate
}

var (
	errReadsAsShare = errors.New("this reads as a key share, and a record takes none")
	errReadsAsToken = errors.New("this reads as a token, and a record takes none")
	tokenLike       = regexp.MustCompile(`\b(hv[sbr]|[sbr])\.[A-Za-z0-9_-]{20,}`)
)

// Unfit says why a text that somebody typed has no place in a record: it, or a part of it, reads as a share or a token.
func Unfit(text string) error {
	if tokenLike.MatchString(text) {
		return errReadsAsToken
	}
	if keys.ResemblesShare([]byte(text)) {
		return errReadsAsShare
	}
	return nil
}
