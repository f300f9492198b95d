package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
)

// askCluster opens what can be done to the cluster as a whole, and with the token that does it.
func (a *App) askCluster() tea.Cmd {
	s, why := a.staged()
	if why != "" {
		a.refuse(why)
		return nil
	}
	return a.openAct("Act on the cluster", s, func() ([]views.Fact, []act) {
		p := pilot{stage: s}
		p.now, p.err = s.client().AutopilotConfig(s.ctx)
		t := ownToken{stage: s}
		t.now, t.err = s.client().LookupSelf(s.ctx)
		leases := s.leaseRevocation()
		if vault.Is(t.err, vault.NoToken) {
			leases.refuse = vault.Reason(t.err)
		}
		return nil, []act{p.settings(), t.renewal(), t.revocation(), leases}
	})
}

// ownToken is the token that warder uses, as the server told of it just before an act.
type ownToken struct {
	stage
	now vault.TokenInfo
	err error
}

func (t ownToken) renewal() act {
	x := act{
		name: "Renew our token", hint: "it lives on for its period",
		path: "auth/token/renew-self", needs: []string{"update"},
		follows: func(map[string]string) []views.Fact {
			return []views.Fact{
				views.Say("now", t.life(t.now), theme.Plain),
				views.Say("does", "It lives on for its period, or for as long as at first; its longest life bounds that.", theme.Plain),
			}
		},
		line: func(map[string]string) string { return rules.Command(t.node, "token renew") },
		do:   func(map[string]string) error { return t.client().RenewSelf(t.ctx) },
		prove: func(map[string]string) (bool, []views.Fact, error) {
			after, err := t.client().LookupSelf(t.ctx)
			return err == nil && after.TTL >= t.now.TTL, []views.Fact{views.Say("before", t.life(t.now), theme.Plain), views.Say("now", t.life(after), theme.Plain)}, err
		},
	}
	switch {
	case t.err != nil:
		x.refuse = "it cannot be looked up (" + vault.Reason(t.err) + ")"
	case !t.now.Expires:
		x.refuse = "it does not expire"
	case !t.now.Renewable:
		x.refuse = "it is not renewable"
	}
	return x
}

func (t ownToken) revocation() act {
	x := act{
		name: "Revoke our token", hint: "warder goes on without one",
		path: "auth/token/revoke-self", needs: []string{"update"}, word: "revoke our token",
		follows: func(map[string]string) []views.Fact {
			return []views.Fact{
				views.Say("token", t.called(), theme.Plain),
				views.Say("does", "It is void at once, and so is every token and lease that was made with it. Others who use the same one lose it, too.", theme.Warn),
				views.Say("then", "warder goes on without a token and shows what needs none. What is on disk or in the environment of it is of no use any more.", theme.Plain),
			}
		},
		line: func(map[string]string) string { return rules.Command(t.node, "token revoke -self") },
		do:   func(map[string]string) error { return t.client().RevokeSelf(t.ctx) },
		prove: func(map[string]string) (bool, []views.Fact, error) {
			_, err := t.client().LookupSelf(t.ctx)
			if vault.Is(err, vault.Denied) {
				return true, []views.Fact{views.Say("token", "the server does not know it any more", theme.OK)}, nil
			}
			return false, nil, err
		},
	}
	if t.err != nil {
		x.refuse = "it cannot be looked up (" + vault.Reason(t.err) + ")"
	}
	return x
}

func (t ownToken) called() string {
	out := t.now.DisplayName
	if out == "" {
		out = "without a name"
	}
	if len(t.now.Policies) > 0 {
		out += ", of the policies " + strings.Join(t.now.Policies, ", ")
	}
	return out
}

func (t ownToken) life(i vault.TokenInfo) string {
	if !i.Expires {
		return "it does not expire"
	}
	return i.TTL.Round(time.Second).String() + " to live"
}
