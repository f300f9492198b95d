package ceremony

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"warder/keys"
	"warder/vault"
)

var errNoShare = errors.New("nothing was entered")

// examine says why a share should not be sent as one of n, beside those given before. n is 0 where it is not known.
func examine(s keys.Share, n int, t keys.Trace, earlier []keys.Trace) error {
	if s.Secret().Empty() {
		return errNoShare
	}
	if n > 0 {
		if err := s.Fits(n); err != nil {
			return err
		}
	}
	return t.Examine(earlier)
}

// unsent says that a write surely did not reach the server.
func unsent(err error) bool { return vault.Unsent(err) }

// lost says that it is not known whether a write was carried out.
func lost(err error) bool { return vault.Lost(err) }

// closed says that the endpoint is not open to us: no token, one that may not, or no such endpoint.
func closed(err error) bool {
	return vault.Is(err, vault.Denied) || vault.Is(err, vault.NoToken) || vault.Is(err, vault.Unsupported)
}

// remarks collects notices.
type remarks []Notice

func (r *remarks) say(format string, args ...any) { r.add(false, format, args...) }

func (r *remarks) alarm(format string, args ...any) { r.add(true, format, args...) }

func (r *remarks) add(alarm bool, format string, args ...any) {
	*r = append(slices.Clip(*r), Notice{Alarm: alarm, Text: fmt.Sprintf(format, args...)})
	if over := len(*r) - maxNotices; over > 0 {
		*r = (*r)[over:]
	}
}

// unread says that a status could not be read. What was written before it is on the server or not: nobody has said yet.
func (r *remarks) unread(name string, why reason, err error) {
	said := vault.Reason(err)
	if err == nil {
		said = "it is not the active node any more"
	}
	switch why {
	case afterLost, afterRefusal:
		r.alarm("%s: what became of the share could not be read (%s). It is not sent again; it is read when the node answers.", name, said)
	case afterCancel:
		r.alarm("%s: whether it was ended could not be read (%s). It is read when the node answers.", name, said)
	default:
		r.say("%s could not be asked how far it is (%s).", name, said)
	}
}

// maxNotices bounds what gathers while nobody is at the keyboard.
const maxNotices = 12

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// list joins names as a sentence does.
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// clashError names the earlier share that one clashes with.
type clashError struct {
	err         error
	number      int
	fingerprint string
	node        string
}

func (e clashError) Error() string {
	return fmt.Sprintf("%v; the earlier one is share %d (%s), which %s has. If that one was mistyped, reset and give all again", e.err, e.number, e.fingerprint, e.node)
}

func (e clashError) Unwrap() error { return e.err }

// givenHere names the shares given here in a set.
func givenHere(typed []keys.Trace) string {
	if len(typed) == 0 {
		return "None of them was given here."
	}
	var names []string
	for i, t := range typed {
		names = append(names, numbered(i+1, t.Fingerprint))
	}
	return "Given here: share " + list(names) + "."
}

var errStranger = errors.New("it is none of the new shares handed out here, and may be an old one")

// nearError is of a share that resembles one handed out.
type nearError struct{ name string }

func (e nearError) Error() string {
	return "it resembles the new share of " + e.name + ", but some characters are others: compare what was written down"
}
