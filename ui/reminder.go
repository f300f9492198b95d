package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/views"
	"warder/vault/ceremony"
	"warder/vault/rules"
)

// remindEvery is how often a root token that was made here is looked for. The look-up lands in the audit log.
const remindEvery = time.Minute

// reminder is a root token that was made here and is not known to be gone. The token itself is forgotten; its accessor finds it.
// Where that is not known nobody can look, and only a person ends the reminder.
type reminder struct {
	context  string // in which it was made, as Session.called names it
	accessor string
	made     time.Time
	asked    time.Time
	unknown  time.Time // since when nobody could say whether it is still there; zero: it is
}

type remindedMsg struct {
	accessor string
	there    bool
	err      error
}

// remind notes what a ceremony that is over leaves alive.
func (a *App) remind(z *views.Wizard) {
	g, ok := ceremony.Unwrapped(z.Machine()).(interface {
		Accessor() (accessor string, gone bool)
	})
	if !ok {
		return
	}
	born := a.born
	a.born = birth{}
	switch accessor, gone := g.Accessor(); {
	case gone:
	case accessor != "":
		now := a.opts.Now()
		a.reminders = append(a.reminders, reminder{context: a.opts.called(), accessor: accessor, made: now, asked: now})
	case !born.at.IsZero():
		a.reminders = append(a.reminders, reminder{context: a.opts.called(), made: born.at, unknown: born.at})
	}
}

// remindCmds looks for the tokens whose turn it is.
func (a *App) remindCmds() tea.Cmd {
	active := a.snap.Active()
	if len(active) != 1 || a.opts.LookupAccessor == nil {
		return nil
	}
	var cmds []tea.Cmd
	for i := range a.reminders {
		r := &a.reminders[i]
		if r.accessor == "" || r.context != a.opts.called() || a.opts.Now().Sub(r.asked) < remindEvery {
			continue
		}
		r.asked = a.opts.Now()
		ctx, look, node, accessor := a.polls, a.opts.LookupAccessor, active[0], r.accessor
		cmds = append(cmds, func() tea.Msg {
			there, err := look(ctx, node.Address, node.Learnt, accessor)
			return remindedMsg{accessor, there, err}
		})
	}
	return tea.Batch(cmds...)
}

// onReminded drops a token that is gone, and says so; whether one is there that cannot be looked up is unknown, and stays told.
func (a *App) onReminded(m remindedMsg) {
	for i := range a.reminders {
		r := &a.reminders[i]
		switch {
		case r.accessor != m.accessor:
			continue
		case m.err == nil && !m.there:
			a.reminders = append(a.reminders[:i], a.reminders[i+1:]...)
			a.toast.Show(a.opts.Now(), theme.OK, "The root token that was made here is gone.", warningLife)
		case m.err == nil:
			r.unknown = time.Time{}
		case r.unknown.IsZero():
			r.unknown = a.opts.Now()
		}
		break
	}
	a.repicture()
}

// reminded are the findings that are ours and no server's.
func (a *App) reminded(now time.Time) []rules.Finding {
	var out []rules.Finding
	for _, r := range a.reminders {
		f := rules.Finding{Rule: "root-token-alive", Severity: rules.Degraded, Follows: "it may do everything, and never expires"}
		args, operand := "token revoke -accessor", r.accessor
		switch {
		case r.accessor == "":
			args, operand = "list", "auth/token/accessors"
			f.What = fmt.Sprintf("Root token made %s, accessor unknown: unknown since %s whether it still lives", moment(r.made, now), moment(r.unknown, now))
			f.Do = "list the accessors, look each one up, and revoke the one of path auth/token/root and of that creation time; key " + a.keys.Acknowledge.Help().Key + " ends this reminder"
		case !r.unknown.IsZero():
			f.What = fmt.Sprintf("Unknown since %s: whether the root token that was made here still lives", moment(r.unknown, now))
			f.Do = "revoke it when it has done its work"
		default:
			f.What = fmt.Sprintf("A root token that was made here %s ago still lives", rules.Span(now.Sub(r.made)))
			f.Do = "revoke it when it has done its work"
		}
		if r.context != a.opts.called() {
			f.What = "In " + r.context + ": " + lowered(f.What)
			f.Do += "; open that context to see it"
		} else if active := a.snap.Active(); len(active) > 0 {
			f.Command = rules.Command(active[0], args, operand)
		}
		out = append(out, f)
	}
	return out
}

// lowered begins within a sentence.
func lowered(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// moment is a time of the day, with the day where that is not the last one.
func moment(t, now time.Time) string {
	if now.Sub(t) < 24*time.Hour {
		return t.UTC().Format("15:04 UTC")
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}
