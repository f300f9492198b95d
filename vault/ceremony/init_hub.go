package ceremony

import (
	"fmt"
	"strings"

	"warder/vault"
)

// sealedNodes are those that wait for shares. The node where the keys were made is one of them before any snapshot says so.
func (i Initialise) sealedNodes() []Node {
	if i.automatic() {
		return nil
	}
	out := Sealed(i.seat.snapshot, i.seat.skip)
	if n := i.seat.snapshot.Node(i.seat.node.Address); n != nil && n.State() == vault.Uninitialised {
		out = append([]Node{i.seat.node}, out...)
	}
	return out
}

// joinable are the other nodes without keys, where the storage is Raft's: with any other they are members by sharing it.
func (i Initialise) joinable() []Node {
	var out []Node
	for _, n := range i.field().blank {
		if n.Address != i.seat.node.Address && n.identified() && (i.status.StorageType == "raft" || i.status.StorageType == "") {
			out = append(out, n)
		}
	}
	return out
}

// hub says how the nodes are, and what can be done next, the next step first.
func (i Initialise) hub() Pick {
	p := Pick{Title: "The nodes of the new cluster", Text: append(i.nodesNow(), i.raftNow()...)}
	offer := func(o Option) { p.Options = append(p.Options, o) }
	sealed, others := i.sealedNodes(), i.joinable()
	if i.holdsToken() && i.leads() {
		offer(Option{Key: "token", Label: "Hand the root token over", Hint: "it is in this console only"})
	}
	if len(sealed) > 0 {
		offer(Option{Key: "unseal", Label: "Unseal " + namesOf(sealed), Hint: fmt.Sprintf("any %d custodians give the shares that they wrote down or decrypted", i.plan.threshold)})
	}
	if len(others) > 0 && i.leads() {
		offer(Option{Key: "join", Label: "Let " + namesOf(others) + " join", Hint: "for nodes whose configuration has no retry_join"})
	}
	if !i.token.Empty() && i.leads() {
		offer(Option{Key: "check", Label: "Check that all are in", Hint: "reads the Raft configuration with the root token"})
		offer(revokeToken)
	}
	if i.holdsToken() && !i.leads() {
		offer(Option{Key: "token", Label: "Hand the root token over", Hint: "it is in this console only"})
	}
	if len(p.Options) == 0 && !i.leads() {
		offer(Option{Key: "wait", Label: "Wait", Hint: "what can be done appears here by itself"})
	}
	offer(Option{Key: "done", Label: "Done", Hint: "this console forgets what it still holds"})
	return p
}

func namesOf(nodes []Node) string {
	var names []string
	for _, n := range nodes {
		names = append(names, n.Name)
	}
	return list(names)
}

// nodesNow says how the nodes are and what they wait for, those alike together.
func (i Initialise) nodesNow() []string {
	var said []string
	who := map[string][]string{}
	for _, m := range i.seat.snapshot.Members() {
		if m.Node == nil {
			continue
		}
		now := i.nodeNow(m.Node)
		if who[now] == nil {
			said = append(said, now)
		}
		who[now] = append(who[now], m.Name)
	}
	for at, now := range said {
		said[at] = list(who[now]) + ": " + now
	}
	return said
}

func (i Initialise) nodeNow(n *vault.Node) string {
	state, own := n.State(), n.Address == i.seat.node.Address
	switch {
	case state == vault.Active:
		return "active."
	case state.Serving():
		return "unsealed."
	case (state == vault.SealedState || own && state == vault.Uninitialised) && i.automatic():
		return "sealed; the " + i.status.Type + " seal unseals it within seconds."
	case state == vault.SealedState, own && state == vault.Uninitialised:
		return "sealed, until " + count(i.plan.threshold, "custodian") + " give their shares."
	case state == vault.Uninitialised && i.leads():
		return "not joined. With retry_join in the configuration that comes by itself within seconds."
	case state == vault.Uninitialised:
		return "not joined; that can be done once " + i.seat.node.Name + " is active."
	}
	return "no answer."
}

// raftNow says who is in, by the word of the active node.
func (i Initialise) raftNow() []string {
	switch {
	case !i.checked && i.token.Empty():
		return []string{"Whether all are voters is told to a token only: vault operator raft list-peers, or bao operator raft list-peers."}
	case !i.checked:
		return nil
	}
	var in, voteless []string
	for _, s := range i.raft {
		in = append(in, s.ID)
		if !s.Voter {
			voteless = append(voteless, s.ID)
		}
	}
	text := []string{fmt.Sprintf("In the Raft configuration: %s.", list(in))}
	switch known := len(i.seat.snapshot.Nodes); {
	case len(voteless) > 0:
		text = append(text, fmt.Sprintf("No voter yet: %s. A node gets its vote after it has been steady for some seconds (10 s as a rule): check again.", list(voteless)))
	case len(i.raft) < known:
		text = append(text, fmt.Sprintf("%d of the %d nodes known here are in; those that are, vote.", len(i.raft), known))
	default:
		text = append(text, fmt.Sprintf("All %s are in, and all vote.", count(len(i.raft), "node")))
	}
	return text
}

// whole says that all nodes are in, as voters, as far as that was asked.
func (i Initialise) whole() bool {
	voters := 0
	for _, s := range i.raft {
		if s.Voter {
			voters++
		}
	}
	return i.checked && voters == len(i.raft) && voters >= len(i.seat.snapshot.Nodes)
}

func (i *Initialise) hubPicked(key string) ([]Effect, bool) {
	switch {
	case key == "wait":
	case key == "token" && i.holdsToken():
		i.toToken()
	case key == "unseal" && len(i.sealedNodes()) > 0:
		i.beginUnseal()
	case key == "join" && len(i.joinable()) > 0 && i.leads():
		i.stage, i.problem = initJoining, ""
	case key == "check" && !i.token.Empty() && i.leads():
		return i.do(callRaft, ReadRaft{Node: i.seat.node, Token: i.token}), true
	case key == "revoke" && !i.token.Empty() && i.leads():
		return i.do(callRevoke, RevokeToken{Node: i.seat.node, Token: i.token}), true
	case key == "done" && i.holdsToken():
		i.toToken()
		i.notices.alarm("The root token is in this console only, and was handed to nobody yet.")
	case key == "done":
		i.safe.wipe()
		i.stage = initDone
	default:
		return nil, false
	}
	return nil, true
}

// raftRead takes who is in, and has the token looked up for its accessor, once.
func (i *Initialise) raftRead(e RaftRead) []Effect {
	if i.awaits != callRaft {
		return nil
	}
	i.awaits = callNone
	if e.Err != nil {
		i.notices.say("Who is in the Raft configuration could not be read: %s.", strings.TrimSuffix(vault.Reason(e.Err), "."))
		return nil
	}
	i.raft, i.checked = e.Servers, true
	if i.looked || i.token.Empty() {
		return nil
	}
	return i.do(callLook, LookupToken{Node: i.seat.node, Token: i.token})
}
