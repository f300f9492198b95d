package ceremony

import (
	"cmp"
	"slices"
	"strings"

	"warder/vault"
)

// Sealed are the nodes of a snapshot that are sealed, in the order in which people name them.
func Sealed(s vault.Snapshot, skipVerify bool) []Node {
	var out []Node
	for _, m := range s.Members() {
		if m.Node != nil && m.Node.State() == vault.SealedState {
			out = append(out, NodeOf(m.Node, m.Name, skipVerify))
		}
	}
	return out
}

// NodeOf is a node as it has to be confirmed: with the certificate that it last showed. skipVerify says that TLS is not verified.
func NodeOf(n *vault.Node, name string, skipVerify bool) Node {
	out := Node{Name: name, Address: n.Address, Learnt: n.Learnt, Unverified: vault.Unverified(n.Address, skipVerify)}
	if n.Certificate != nil {
		out.Certificate = n.Certificate.Fingerprint
	}
	return out
}

// identified says that there is something to confirm: over TLS a node is nothing without its certificate.
func (n Node) identified() bool {
	return n.Certificate != "" || !strings.HasPrefix(n.Address, "https://")
}

// same says that a person who confirmed o confirmed n, too.
func (n Node) same(o Node) bool {
	return n.Address == o.Address && n.Certificate == o.Certificate && n.Unverified == o.Unverified && n.Forwards == o.Forwards
}

// recipients are whom shares may be sent to.
type recipients []Node

func (r recipients) has(n Node) bool { return slices.ContainsFunc(r, n.same) }

// changed says that the address was confirmed with another certificate.
func (r recipients) changed(n Node) bool {
	return !r.has(n) && slices.ContainsFunc(r, func(o Node) bool { return o.Address == n.Address && o.Certificate != n.Certificate })
}

// without drops what was confirmed of an address.
func (r recipients) without(address string) recipients {
	return slices.DeleteFunc(slices.Clone(r), func(o Node) bool { return o.Address == address })
}

// confirmation asks for some nodes: the risks first, each with a sentence of its own, then the nodes. It keeps them as they
// are shown, so that what is confirmed is what was read.
type confirmation struct {
	nodes []Node
	at    int
	title string   // "" where shares are sent
	text  []string // what has to be known of these nodes beside their names
}

// open says that something is still to be typed.
func (c confirmation) open() bool { return c.at < len(c.prompts()) }

// prompts are all that has to be typed, in order.
func (c confirmation) prompts() []TypeOut {
	if len(c.nodes) == 0 {
		return nil
	}
	var out []TypeOut
	plain := slices.DeleteFunc(slices.Clone(c.nodes), func(n Node) bool { return !vault.Plain(n.Address) })
	if len(plain) > 0 {
		out = append(out, TypeOut{
			Title: "Shares would travel unencrypted", Nodes: plain, Want: "anyone on the way can read the shares",
			Text: []string{
				"These addresses are plain HTTP beyond this machine: whoever can listen on the way reads every share that is given.",
				"As many shares as the threshold are the key of the cluster. Leave, and use an https:// address, unless you know the whole way.",
			},
		})
	}
	unproved := slices.DeleteFunc(slices.Clone(c.nodes), func(n Node) bool { return !n.Unverified || vault.Plain(n.Address) })
	if len(unproved) > 0 {
		out = append(out, TypeOut{
			Title: "Nobody proves who answers", Nodes: unproved, Want: "nobody has proved who answers there",
			Text: []string{
				"TLS is not verified (skip-verify): whoever stands in between can show another certificate and read every share that is given.",
				"The fingerprints below are all that protects: compare them with those of the nodes' certificates, by another way than this connection.",
			},
		})
	}
	text := append([]string{
		"Shares are sent to these nodes and to no other, and to no other certificate. Compare the addresses and the fingerprints (SHA-256) with what you know of them.",
	}, c.text...)
	if c.title != "" {
		text = append(c.text[:len(c.text):len(c.text)], "It goes to no other node, and to no other certificate: compare the addresses and the fingerprints (SHA-256) with what you know of them.")
	}
	return append(out, TypeOut{Title: cmp.Or(c.title, "To whom shares are sent"), Nodes: c.nodes, Want: "yes", Text: text})
}

func (c confirmation) prompt() TypeOut { return c.prompts()[c.at] }
