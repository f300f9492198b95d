package ceremony

import (
	"cmp"
	"strings"

	"warder/vault"
)

// askJoin asks how the others find the cluster.
func (i Initialise) askJoin() Fill {
	leader := cmp.Or(i.joining.Config.Leader, i.seat.node.Address)
	p := Fill{Title: "Let " + namesOf(i.joinable()) + " join", Problem: i.problem, Text: []string{
		"Each node is asked to join the cluster at the address below, as that node reaches it. It brings no data and no keys, and gets those of the cluster.",
	}, Fields: []Field{{Key: "leader", Label: "Address of " + i.seat.node.Name, Default: leader}}}
	if strings.HasPrefix(leader, "https://") {
		p.Fields = append(p.Fields, Field{
			Key: "ca", Label: "CA certificates", Hint: "a PEM file here that proves " + i.seat.node.Name + " to them; empty where the nodes' machines trust its CA",
		})
	}
	return p
}

// leaderNamed takes the address, and reads the certificates first where a file is named.
func (i *Initialise) leaderNamed(leader, ca string) []Effect {
	address, err := vault.ParseAddress(strings.TrimSpace(leader))
	if err != nil {
		i.problem = err.Error()
		return nil
	}
	i.problem, i.joining = "", JoinNode{Config: vault.JoinConfig{Leader: address}}
	if ca = strings.TrimSpace(ca); ca != "" {
		return i.do(callFile, ReadCertificates{Path: ca})
	}
	return i.confirmJoin()
}

func (i *Initialise) certificatesRead(e CertificatesRead) {
	if i.awaits != callFile {
		return
	}
	i.awaits = callNone
	if e.Err != nil {
		i.problem = e.Err.Error()
		return
	}
	i.joining.Config.CACert = e.PEM
	i.confirmJoin()
}

// confirmJoin asks for the nodes, all of them: whoever joins gets the data.
func (i *Initialise) confirmJoin() []Effect {
	nodes := i.joinable()
	if len(nodes) == 0 {
		i.stage = initHub
		i.notices.say("No node is left that has not joined.")
		return nil
	}
	i.stage = initJoinAgreeing
	i.seat.asks = confirmation{nodes: nodes, title: "Who joins", text: []string{
		"Whoever joins gets the cluster's data, and the shares that unseal it: be sure that these are the nodes you mean.",
	}}
	return nil
}

// joinNext asks the nodes one after the other.
func (i *Initialise) joinNext() []Effect {
	if len(i.joins) == 0 {
		i.stage = initHub
		return nil
	}
	i.joining.Node, i.joins = i.joins[0], i.joins[1:]
	return i.do(callJoin, i.joining)
}

func (i *Initialise) nodeJoined(e NodeJoined) []Effect {
	if i.awaits != callJoin || e.Address != i.joining.Address {
		return nil
	}
	i.awaits = callNone
	switch name := i.joining.Name; {
	case e.Err == nil && i.automatic():
		i.notices.say("%s has joined; its seal unseals it.", name)
	case e.Err == nil:
		i.notices.say("%s has joined; it is to be unsealed.", name)
	case unsent(e.Err):
		i.notices.say("%s was not asked: %s.", name, vault.Reason(e.Err))
	case lost(e.Err):
		i.notices.say("%s: the answer was lost. If it goes on saying that it has no keys, it did not join: let it join again.", name)
	default:
		i.notices.say("%s did not join: %s.", name, vault.Reason(e.Err))
	}
	return i.joinNext()
}
