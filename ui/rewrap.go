package ui

import (
	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
)

// askRewrap asks before a rewrap is started, or says why none can be.
func (a *App) askRewrap() tea.Cmd {
	section, _ := a.snap.Rewrap()
	s, why := a.staged()
	switch {
	case section.Fresh() && section.Value.Running:
		why = "A rewrap is running already."
	case vault.Is(section.Err, vault.Unsupported):
		why = "Seal rewrap is not supported here."
	case !section.Known():
		why = "Seal rewrap cannot be seen here, so it is not started: " + reason(section.Err) + "."
	}
	if why != "" {
		a.refuse(why)
		return nil
	}
	return a.openAct("Start a rewrap on "+s.name+"?", s, func() ([]views.Fact, []act) { return nil, []act{s.rewrap()} })
}

func (s stage) rewrap() act {
	return act{
		name: "Start rewrap", path: "sys/sealwrap/rewrap", needs: []string{"update"},
		follows: func(map[string]string) []views.Fact {
			return []views.Fact{views.Say("", "Every seal-wrapped entry is encrypted anew with the current seals. It loads the active node and its seals' key "+
				"services for as long as it runs, and it cannot be stopped.", theme.Plain)}
		},
		line: func(map[string]string) string { return rules.Command(s.node, "write -f", "sys/sealwrap/rewrap") },
		do: func(map[string]string) error {
			started, err := s.client().StartRewrap(s.ctx)
			if err == nil && !started {
				err = &vault.Error{Op: "sys/sealwrap/rewrap", Kind: vault.Refused, Says: "a rewrap was running already"}
			}
			return err
		},
		prove: func(map[string]string) (bool, []views.Fact, error) {
			c, err := s.leader()
			if err != nil {
				return false, nil, err
			}
			now, err := c.Rewrap(s.ctx)
			text := "not running"
			if now.Running {
				text = "running"
			}
			return now.Running, []views.Fact{views.Say("rewrap", text, theme.Plain)}, err
		},
	}
}

func reason(err error) string {
	if err == nil {
		return "no answer yet"
	}
	return vault.Reason(err)
}

// nameOf is how the member at an address is called.
func (a *App) nameOf(address string) string {
	for _, m := range a.pic.Members {
		if m.Node != nil && m.Node.Address == address {
			return m.Name
		}
	}
	return address
}
