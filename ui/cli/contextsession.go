package cli

import (
	"context"
	"fmt"
	"os"
	"time"

	"warder/config"
	"warder/theme"
	"warder/ui"
	"warder/vault"
	"warder/vault/ceremony"
)

// tones are the colours of the configuration file. They are the theme's, so that each is legible on every background.
var tones = map[string]theme.Tone{"blue": theme.Accent, "green": theme.OK, "yellow": theme.Warn, "red": theme.Bad, "grey": theme.Muted}

// session is what the console needs to have of a target.
func (o *opener) session(t target, idle time.Duration) ui.Session {
	clients := vault.NewClients(t.Settings)
	s := ui.Session{
		Context: t.Context, Name: t.Name, Tone: tones[t.Known.Color], Production: t.Known.Production,
		Cluster: clients, Given: t.Addresses, Recalled: t.Recalled, Remember: t.Remember, Warnings: t.Warnings,
		Ceremonies: ceremony.Runner{Clients: clients, State: o.rosters()}.Do, SkipVerify: t.SkipVerify,
		Release: func() { release(clients) }, Idle: idle, Stores: t.Stores, Close: clients.Close,
		LookupAccessor: func(ctx context.Context, address string, learnt bool, accessor string) (bool, error) {
			_, there, err := clients.Client(address, learnt).LookupAccessor(ctx, accessor)
			return there, err
		},
	}
	if s.Context == "" && len(o.file.Contexts) > 0 {
		s.Context = asStarted
	}
	return s
}

// rosters is the directory below which custodians are remembered. Those of a simulated cluster are nobody.
func (o *opener) rosters() string {
	if o.flags.demo != "" {
		return ""
	}
	return vault.StateDir(os.Getenv)
}

// reopen opens a context for the console. It may take a while, and is done off its loop.
func (o *opener) reopen(idle func(config.Context) time.Duration) func(context.Context, string) (ui.Session, error) {
	return func(ctx context.Context, key string) (ui.Session, error) {
		t, err := o.again(ctx, key)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return ui.Session{}, err
		}
		return o.session(t, idle(t.Known)), nil
	}
}

// choices are the contexts to choose from, and the cluster that warder was started on where it is none of them.
func (o *opener) choices() []ui.Choice {
	if o.flags.demo != "" || len(o.file.Contexts) == 0 {
		return nil
	}
	var out []ui.Choice
	if o.first.Context == "" {
		out = append(out, ui.Choice{Key: asStarted, Addresses: o.first.Addresses, ReadOnly: o.flags.readOnly})
	}
	for _, c := range o.file.Contexts {
		out = append(out, ui.Choice{
			Key: c.Key, Name: c.Name, Tone: tones[c.Color], Addresses: c.Addresses, Production: c.Production,
			ReadOnly: c.ReadOnly || o.flags.readOnly,
		})
	}
	return out
}

// keys are the bindings of the file.
func (o *opener) keys() (ui.Keys, error) {
	own := map[string]string{}
	for _, b := range o.file.Keys {
		own[b.Name] = b.Key
	}
	k, err := ui.ParseKeys(own)
	if err == nil {
		return k, nil
	}
	for _, b := range o.file.Keys {
		if b.Name == err.Name {
			return k, fmt.Errorf("%s: line %d: keys.%s: %s", o.file.Path, b.Line, b.Name, err.Why)
		}
	}
	return k, fmt.Errorf("%s: keys: %w", o.file.Path, err)
}
