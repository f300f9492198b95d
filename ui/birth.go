package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
	"warder/vault/ceremony"
)

// birth is what the answers of an open ceremony say of a new root token, whether or not its accessor becomes known.
type birth struct {
	at    time.Time // zero: none was made
	given bool      // a server said that it is made; otherwise only something was decoded
}

// hears takes an answer. What was decoded from a typed text and is then not known to the server was no token.
func (b birth) hears(e ceremony.Event, now time.Time) birth {
	switch e := e.(type) {
	case ceremony.RootGiven:
		if e.Err == nil && (e.Attempt.Complete || !e.Attempt.EncodedToken.Empty()) {
			return birth{at: now, given: true}
		}
	case ceremony.KeysMade:
		if e.Err == nil && !e.Result.RootToken.Empty() {
			return birth{at: now, given: true}
		}
	case ceremony.TokenLooked:
		if !b.given && vault.Is(e.Err, vault.Denied) {
			return birth{}
		}
	}
	return b
}

// asks takes an effect: a token that is looked up was decoded here.
func (b birth) asks(e ceremony.Effect, now time.Time) birth {
	if _, ok := e.(ceremony.LookupToken); ok && b.at.IsZero() {
		return birth{at: now}
	}
	return b
}

// tooLate notes a token whose answer came when nobody waited for it any more: it exists, and nobody can read it.
func (a *App) tooLate(e ceremony.Event) {
	now := a.opts.Now()
	if b := (birth{}).hears(e, now); b.given {
		a.reminders = append(a.reminders, reminder{context: a.opts.called(), made: b.at, unknown: b.at})
		a.repicture()
	}
}

// askAcknowledge asks before a reminder ends that nothing else can end.
func (a *App) askAcknowledge() {
	i := slices.IndexFunc(a.reminders, func(r reminder) bool { return r.accessor == "" })
	if i < 0 {
		a.refuse("Nothing waits to be acknowledged.")
		return
	}
	r := a.reminders[i]
	text := "Nobody has said that the token is gone: without its accessor no server can be asked for it.\n\n" +
		"Say yes when it is revoked, or when somebody else has it in hand. The reminder ends here; on the server nothing changes."
	dialog := components.NewConfirm("Root token made "+moment(r.made, a.opts.Now())+": end the reminder?", text, "End it", "Keep reminding",
		func() tea.Cmd {
			a.acknowledge(r)
			return nil
		})
	a.overlay.Open(dialog, a.opts.Now(), false)
}

func (a *App) acknowledge(r reminder) {
	if i := slices.Index(a.reminders, r); i >= 0 {
		a.reminders = slices.Delete(a.reminders, i, i+1)
		a.toast.Show(a.opts.Now(), theme.Muted, "No reminder of it any more.", noticeLife)
		a.repicture()
	}
}
