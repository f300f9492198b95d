package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
)

// askNode opens what can be done to the node or peer that is selected: in the pane in focus, or in that of the nodes.
func (a *App) askNode() tea.Cmd {
	m, ok := a.chosen()
	if !ok {
		a.refuse("No node is selected.")
		return nil
	}
	on := m.Node
	if on == nil {
		on = &vault.Node{}
	}
	n := nodeActs{stage: stage{ctx: a.ctx, cluster: a.opts.Cluster, node: on, name: m.Name, others: a.snap.Nodes}, member: m, scene: a.pic.Scene}
	if active := a.snap.Active(); len(active) == 1 {
		n.active, n.judge = active[0], active[0]
	}
	if n.active == nil && m.Node == nil {
		a.refuse("Nobody told the API address of " + m.Name + ", and there is not one active node to ask about it.")
		return nil
	}
	if m.Node == nil {
		n.node = n.active
	}
	return a.openAct("Act on "+m.Name, n.stage, func() ([]views.Fact, []act) { return nil, n.all() })
}

// chooser is a pane whose rows are members.
type chooser interface{ Member() (vault.Member, bool) }

func (a *App) chosen() (vault.Member, bool) {
	for _, p := range append([]views.Pane{a.panes[a.focus]}, a.panes...) {
		if c, ok := p.(chooser); ok {
			return c.Member()
		}
	}
	return vault.Member{}, false
}

// nodeActs are the acts on one member as it was when the key was pressed.
type nodeActs struct {
	stage
	member vault.Member
	scene  rules.Scene
	active *vault.Node // nil where there is not one
}

// all are the acts, whether or not they can be done now: what cannot be says why.
func (n nodeActs) all() []act {
	out := []act{n.stepDown(), n.seal(), n.remove()}
	if m := n.member.Node; m != nil && m.State() == vault.Uninitialised {
		return append(out, n.join())
	}
	if n.onBao() {
		out = append(out, n.promote(), n.demote())
	}
	return out
}

func (n nodeActs) onBao() bool {
	return n.active != nil && n.active.Product() == vault.OpenBao || n.node.Product() == vault.OpenBao
}

// whatIf tells what is concluded to follow.
func (n nodeActs) whatIf(label string, of rules.Act) []views.Fact {
	o, ok := rules.WhatIf(n.scene, n.member, of)
	if !ok {
		return nil
	}
	tone := theme.Plain
	if o.Grave() {
		tone = theme.Warn
	}
	return []views.Fact{views.Say(label, strings.Join(o.Says, ". ")+".", tone)}
}

// soon asks until it is so: an election and a change of the configuration take some seconds. Reading may be repeated, the
// write that it follows never is.
func soon(ctx context.Context, read func() (bool, error)) (done bool, err error) {
	const every, most = 500 * time.Millisecond, 30
	for range most {
		if done, err = read(); done && err == nil {
			return true, nil
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(every):
		}
	}
	return done, err
}

// stepDown has the active node hand its place on.
func (n nodeActs) stepDown() act {
	x := act{
		name: "Step down", hint: "another node becomes the active one",
		path: "sys/step-down", needs: []string{"update", "sudo"}, word: "step down",
		follows: func(map[string]string) []views.Fact {
			return append(n.whatIf("what follows", rules.StepsDown),
				views.Say("ceremonies", "A rekey or generate-root under way is lost, or waits at this node until it leads again.", theme.Plain))
		},
		line: func(map[string]string) string { return rules.Command(n.node, "operator step-down") },
		do:   func(map[string]string) error { return n.client().StepDown(n.ctx) },
	}
	x.prove = func(map[string]string) (bool, []views.Fact, error) {
		var now vault.Leader
		done, err := soon(n.ctx, func() (done bool, err error) {
			now, err = n.client().Leader(n.ctx)
			return err == nil && !now.IsSelf && now.Address != "", err
		})
		if !done {
			return false, nil, err
		}
		return true, []views.Fact{views.Say("active now", now.Address, theme.Plain)}, nil
	}
	switch o, _ := rules.WhatIf(n.scene, n.member, rules.StepsDown); {
	case n.member.Node == nil || n.member.Node.State() != vault.Active:
		x.refuse = "only the active node steps down, and " + n.name + " is not active"
	case len(o.Heirs) == 0:
		x.refuse = "no other node could lead then"
	}
	return x
}

// seal throws the node's key away.
func (n nodeActs) seal() act {
	x := act{
		name: "Seal", hint: "it serves nobody until it is unsealed",
		path: "sys/seal", needs: []string{"update", "sudo"}, word: "seal " + n.name,
		follows: func(map[string]string) []views.Fact {
			return append(n.whatIf("what follows", rules.Stops),
				views.Say("back", "It stays sealed until it is unsealed"+n.opens()+".", theme.Warn))
		},
		line: func(map[string]string) string { return rules.Command(n.node, "operator seal") },
		do:   func(map[string]string) error { return n.client().Seal(n.ctx) },
		prove: func(map[string]string) (bool, []views.Fact, error) {
			done, err := soon(n.ctx, func() (bool, error) {
				s, err := n.client().SealStatus(n.ctx)
				return err == nil && s.Sealed, err
			})
			return done, nil, err
		},
	}
	switch m := n.member.Node; {
	case m == nil:
		x.refuse = "nobody told its API address"
	case m.State() == vault.SealedState:
		x.refuse = "it is sealed"
	case m.State() == vault.Active:
	case n.onBao() && m.State() == vault.Standby:
	case m.State() == vault.Standby || m.State() == vault.PerfStandby:
		x.refuse = "Vault seals its active node only; to take a standby out, stop its process"
	default:
		x.refuse = "it is not in service"
	}
	return x
}

// opens says what the node waits for once it is sealed.
func (n nodeActs) opens() string {
	if s := n.node.Seal; s.Known() && s.Value.RecoverySeal {
		return ", or its process is started again, by its automatic seal"
	} else if s.Known() && s.Value.Threshold > 0 {
		return " with " + count(s.Value.Threshold, "share", "shares")
	}
	return ""
}
