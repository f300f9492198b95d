package ceremony

import (
	"fmt"
	"strings"

	"warder/vault"
)

// The ways on from the nodes.
const (
	pickShares = "shares"
	pickDown   = "down"
)

// Steps implements Machine.
func (m Migrate) Steps() ([]string, int) {
	names := []string{"What happens", "Nodes but the leader", "Step-down", "The last node", "Migrated"}
	p := m.plan()
	switch {
	case m.stage == migrateTold:
		return names, 0
	case p.done():
		return names, 4
	case m.stage == migrateDown, m.awaits, p.stepsDown():
		return names, 2
	case p.leader != nil && p.at[p.leader.Node.Address] == finished:
		return names, 3
	}
	return names, 1
}

// Prompt implements Machine.
func (m Migrate) Prompt() Prompt {
	p := m.plan()
	switch {
	case m.safe.shut:
		return End{Title: "Left", Text: m.Account()}
	case m.stage == migrateTold:
		return Tell{Title: "Seal migration: " + m.way.String(), Text: append(m.told(), m.lines(p)...), Go: "Go on"}
	case m.stage == migrateShares:
		return m.shareHead(m.unseal.Prompt())
	case m.awaits:
		return Wait{Title: "Waiting for " + m.leader.Name, Text: []string{"It was told to step down. Its answer is awaited."}}
	case m.dated:
		return Wait{Title: "Node by node", Text: []string{"It is read from the nodes who leads now."}}
	case m.stage == migrateDown:
		return m.confirmDown()
	case p.done():
		return End{Title: "Migrated: " + m.way.String(), Good: true, Text: append(m.lines(p), m.afterwards()...)}
	case len(m.options()) > 0:
		return Pick{Title: "Node by node", Text: append(m.lines(p), m.next(p)), Options: m.options()}
	}
	return Wait{Title: "Node by node", Text: append(m.lines(p), m.next(p), "It goes on by itself when the nodes say so.")}
}

// shareHead says above each share of which kind it has to be.
func (m Migrate) shareHead(p Prompt) Prompt {
	if e, ok := p.(EnterShare); ok {
		e.Text = append([]string{m.which()}, e.Text...)
		return e
	}
	return p
}

// String says the direction in words.
func (d direction) String() string {
	return fmt.Sprintf("%s → %s", sealName(d.from, d.fromAuto), sealName(d.to, d.toAuto))
}

func sealName(kind string, auto bool) string {
	switch {
	case kind == "" && auto:
		return "an automatic seal"
	case kind == "":
		return "the seal before"
	case kind == "shamir":
		return "Shamir"
	}
	return kind
}

// which shares are wanted, and what they are afterwards.
func (m Migrate) which() string {
	switch {
	case m.way.toAuto && m.way.from == "shamir":
		return "Wanted are the unseal shares in force. They become the recovery shares of the new seal."
	case m.way.toAuto && m.way.from == "":
		return "Wanted are the shares of the seal before: its unseal shares if that was Shamir, its recovery shares if it was automatic. They are the recovery shares of the new seal."
	case m.way.toAuto:
		return "Wanted are the recovery shares in force. They stay the recovery shares."
	}
	return "Wanted are the recovery shares in force. They become the unseal shares."
}

func (m Migrate) told() []string {
	text := []string{m.which()}
	if w := m.way.wanted; w[0] > 0 {
		text[0] += fmt.Sprintf(" Any %d of %s.", w[0], count(w[1], "share"))
	}
	stanza := "a seal stanza of the new seal"
	if !m.way.toAuto {
		stanza = "disabled = \"true\" in the stanza of the old seal, which stays in the file and has to be reachable"
	}
	return append(
		text,
		"Before: save a snapshot. Both seals' key services have to be reachable from every node until the end.",
		"First every node but the leader, one at a time so that the quorum stays: its configuration gets "+stanza+", its process is restarted, and it is given shares here, each with migrate set.",
		"Then the leader steps down, and the first of the others that leads changes the seal. The node that led comes last.",
	)
}

// lines say how each node is.
func (m Migrate) lines(p migratePlan) []string {
	var out []string
	for _, n := range p.members {
		v := n.Node.Seal.Value
		text := map[standing]string{
			unheard:   "does not answer, or says nothing of its seal",
			oldSeal:   "runs with the old seal, " + sealName(v.Type, v.RecoverySeal),
			waits:     fmt.Sprintf("was restarted, is sealed and waits for shares (%d of %d)", v.Progress, v.Threshold),
			ready:     "is unsealed, and ready to migrate",
			reopening: "is sealed, and the change is done: its new seal unseals it after a restart",
			finished:  "runs with the new seal, " + sealName(v.Type, v.RecoverySeal),
		}[p.at[n.Node.Address]]
		if p.leader != nil && p.leader.Node.Address == n.Node.Address {
			text += "; it leads"
		}
		out = append(out, n.Name+" "+text+".")
	}
	return []string{strings.Join(out, "\n")}
}

// next is what has to be done now, here or at the machines.
func (m Migrate) next(p migratePlan) string {
	led := p.leader != nil && p.at[p.leader.Node.Address] == finished
	switch {
	case len(p.waiting) > 0:
		return "Next: shares for " + list(memberNames(p.waiting)) + "."
	case p.stepsDown():
		return "Next: " + p.leader.Name + " steps down. All others are ready."
	case p.leader == nil:
		return "Next: a leader has to be elected. More than half of the nodes have to be unsealed for that."
	case len(p.absent) > 0:
		return "Next: " + list(memberNames(p.absent)) + " has to come back, restarted with the new stanza."
	case len(p.old) > 0 && led:
		return "Next: restart " + list(memberNames(p.old)) + " with the new stanza. The seal is changed already."
	case len(p.old) > 0:
		return "Next: restart " + p.old[0].Name + " with the new stanza, and no other meanwhile."
	}
	return "Next: the leader changes the seal."
}

func (m Migrate) options() []Option {
	p := m.plan()
	switch {
	case len(p.waiting) > 0:
		return []Option{{Key: pickShares, Label: "Give shares", Hint: "to " + list(memberNames(p.waiting))}}
	case p.stepsDown() && !NodeOf(p.leader.Node, p.leader.Name, m.skip).identified():
		return nil
	case p.stepsDown():
		return []Option{{Key: pickDown, Label: "Have " + p.leader.Name + " step down", Hint: "another node leads, and changes the seal"}}
	}
	return nil
}

func memberNames(members []vault.Member) []string {
	var out []string
	for _, m := range members {
		out = append(out, m.Name)
	}
	return out
}

func (m Migrate) confirmDown() TypeOut {
	return TypeOut{
		Title: "Have the leader step down", Nodes: []Node{m.leader}, Want: "step down",
		Text: []string{
			"For some seconds nobody leads, and requests fail. What only the leader remembered is gone: ceremonies under way on Vault.",
			"The node that leads then changes the seal. From there on there is no way back but another migration.",
			"Our token goes to this node. It needs update and sudo on sys/step-down. The same as: operator step-down.",
		},
	}
}

// afterwards is what is left to do at the machines.
func (m Migrate) afterwards() []string {
	if m.way.toAuto {
		return []string{"All nodes say that they run with the new seal and that no migration is under way. The shares are recovery shares now: they do not unseal."}
	}
	return []string{
		"All nodes say that they run under Shamir and that no migration is under way. The shares unseal now.",
		"The stanza of the old seal can be taken out of the configuration files now.",
	}
}

// Account implements Machine.
func (m Migrate) Account() []string {
	p := m.plan()
	return append(m.lines(p), "The shares have not changed. Leaving changes nothing on the nodes: a node that is ready stays so, and the migration can be taken up again.")
}
