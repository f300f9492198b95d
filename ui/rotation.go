package ui

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
)

// askRotation opens what can be done with the key that encrypts what is stored.
func (a *App) askRotation() tea.Cmd {
	s, why := a.staged()
	if why != "" {
		a.refuse(why)
		return nil
	}
	now := a.opts.Now()
	return a.openAct("The barrier's key", s, func() ([]views.Fact, []act) {
		k := keyring{stage: s}
		k.read()
		return k.facts(now), []act{k.rotation(), k.settings()}
	})
}

// keyring is the barrier's key as it was just before an act.
type keyring struct {
	stage
	doors   vault.Doors
	key     vault.KeyStatus
	keyErr  error
	auto    vault.RotateConfig
	autoErr error
	sick    []string // seal backends that are unhealthy, where there are several
}

func (k *keyring) read() {
	c := k.client()
	k.key, k.keyErr = c.KeyStatus(k.ctx)
	k.auto, k.autoErr = c.RotateConfig(k.ctx)
	k.doors, _ = c.Doors(k.ctx) // where it is not known, sys/rotate is there for all
	if b, err := c.SealBackendStatus(k.ctx); err == nil && len(b.InUse()) > 1 {
		for _, one := range b.Unhealthy() {
			k.sick = append(k.sick, one.Name)
		}
	}
}

func (k *keyring) path() string {
	if k.doors == vault.DoorsClosed {
		return "sys/rotate/keyring"
	}
	return "sys/rotate"
}

// rotation replaces the key.
func (k *keyring) rotation() act {
	x := act{
		name: "Rotate the key", hint: "a new key encrypts what is written from then on",
		path: k.path(), needs: []string{"update", "sudo"},
		follows: k.rotates,
		line:    func(map[string]string) string { return rules.Command(k.node, "operator rotate") },
		do:      func(map[string]string) error { return k.client().RotateKey(k.ctx, k.doors) },
		prove: func(map[string]string) (bool, []views.Fact, error) {
			c, err := k.leader()
			if err != nil {
				return false, nil, err
			}
			after, err := c.KeyStatus(k.ctx)
			if err != nil {
				return false, nil, err
			}
			return after.Term > k.key.Term, k.compared(after), nil
		},
	}
	if k.keyErr != nil {
		x.refuse = "the key's status cannot be read (" + vault.Reason(k.keyErr) + "), so that the result could not be proved"
	}
	return x
}

func (k *keyring) rotates(map[string]string) []views.Fact {
	out := []views.Fact{
		views.Say("key now", fmt.Sprintf("term %d; it will be %d", k.key.Term, k.key.Term+1), theme.Plain),
		views.Say("does", "A new key joins the keyring and encrypts all that is written from then on, on every node.", theme.Plain),
		views.Say("does not", "Shares, recovery shares, seals and the root key stay as they are. What is stored is not encrypted anew: the old keys are kept, and it stays readable.", theme.Plain),
		views.Say("back", "It cannot be undone, and need not be.", theme.Plain),
	}
	return append(out, k.warned()...)
}

func (k *keyring) warned() []views.Fact {
	if len(k.sick) == 0 {
		return nil
	}
	return []views.Fact{views.Say("seals", "unhealthy on "+k.name+": "+strings.Join(k.sick, ", ")+". With several seals Vault 1.20.3 and later refuse to rotate then.", theme.Bad)}
}

func (k *keyring) compared(after vault.KeyStatus) []views.Fact {
	out := []views.Fact{
		views.Say("term", fmt.Sprintf("%d, before it was %d", after.Term, k.key.Term), theme.Plain),
		views.Say("installed", after.Installed.UTC().Format("2006-01-02 15:04:05 UTC"), theme.Plain),
		views.Say("encryptions", fmt.Sprint(after.Encryptions), theme.Plain),
	}
	if after.Term > k.key.Term+1 {
		out = append(out, views.Say("", "It rose by more than one: somebody else rotated, too, or the server by itself.", theme.Warn))
	}
	return out
}

// facts are how things are.
func (k *keyring) facts(now time.Time) []views.Fact {
	out := []views.Fact{views.Say("asked", k.name+"  "+k.node.Address, theme.Plain)}
	if k.keyErr != nil {
		out = append(out, views.Say("key", vault.Reason(k.keyErr), theme.Warn))
	} else {
		out = append(out,
			views.Say("key", fmt.Sprintf("term %d, installed %s (%d days ago)", k.key.Term, k.key.Installed.UTC().Format("2006-01-02 15:04 UTC"), int(now.Sub(k.key.Installed).Hours()/24)), theme.Plain),
			views.Say("encryptions", fmt.Sprintf("%d, as this node counts", k.key.Encryptions), theme.Plain))
	}
	text := cmp.Or(reasonOf(k.autoErr), rotates(k.auto))
	return append(append(out, views.Say("by itself", text, theme.Plain)), k.warned()...)
}

func reasonOf(err error) string {
	if err == nil {
		return ""
	}
	return "not known: " + vault.Reason(err)
}

// rotates says in words when the servers rotate by themselves.
func rotates(r vault.RotateConfig) string {
	if !r.Enabled {
		return "never: automatic rotation is off"
	}
	text := fmt.Sprintf("after %d encryptions", r.MaxOperations)
	if r.Interval > 0 {
		text += ", or when the key is " + spanText(r.Interval) + " old"
	}
	return text
}
