package ui

import (
	"io"
	"os"
	"strings"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
)

const (
	fieldLeader = "leader"
	fieldCA     = "ca"
)

// mostPEM bounds the file of a CA.
const mostPEM = 1 << 20

// join has an uninitialised node take part in the cluster.
func (n nodeActs) join() act {
	known := ""
	if n.active != nil {
		known = n.active.Address
	}
	x := act{
		name: "Join the cluster", hint: "the node becomes a Raft peer",
		fields: []components.Field{
			components.Input{Key: fieldLeader, Title: "Address of a member, as " + n.name + " reaches it", Default: known, Check: checkMember},
			components.Input{Key: fieldCA, Title: "File of the CA that proves it", Hint: "PEM; empty where the node knows the CA, or the member has no TLS", Check: checkCA},
		},
		follows: func(v map[string]string) []views.Fact {
			out := []views.Fact{
				views.Say("node", n.name+" at "+n.node.Address, theme.Plain),
				views.Say("does", "It asks "+strings.TrimSpace(v[fieldLeader])+" to be let in, gets all that the cluster stores, and votes once autopilot finds it healthy for long enough.", theme.Plain),
				views.Say("then", "With a Shamir seal it has to be unsealed with the cluster's shares; until then it is no peer.", theme.Plain),
			}
			if strings.HasPrefix(strings.TrimSpace(v[fieldLeader]), "http://") {
				out = append(out, views.Say("plain HTTP", "Nothing proves who answers there. The data itself goes over the cluster's own TLS.", theme.Warn))
			}
			return out
		},
		line: func(v map[string]string) string {
			words := []string{strings.TrimSpace(v[fieldLeader])}
			if ca := strings.TrimSpace(v[fieldCA]); ca != "" {
				words = append([]string{"-leader-ca-cert=@" + ca}, words...)
			}
			return rules.Command(n.node, "operator raft join", words...)
		},
		do: func(v map[string]string) error {
			cfg := vault.JoinConfig{Leader: strings.TrimSpace(v[fieldLeader])}
			if path := strings.TrimSpace(v[fieldCA]); path != "" {
				pem, err := readPEM(path)
				if err != nil {
					return &vault.Error{Kind: vault.Refused, Says: "the CA's file cannot be read (" + vault.Reason(err) + "); nothing was sent"}
				}
				cfg.CACert = string(pem)
			}
			return n.client().Join(n.ctx, cfg)
		},
		prove: func(map[string]string) (bool, []views.Fact, error) {
			var now vault.SealStatus
			done, err := soon(n.ctx, func() (_ bool, err error) {
				now, err = n.client().SealStatus(n.ctx)
				return err == nil && now.Initialised, err
			})
			if !done {
				return false, nil, err
			}
			next := views.Say("now", "initialised and unsealed", theme.OK)
			switch {
			case now.Sealed && now.RecoverySeal:
				next = views.Say("now", "initialised, and still sealed: its automatic seal opens it, which may take a while", theme.Warn)
			case now.Sealed:
				next = views.Say("now", "initialised, and sealed: it becomes a peer when it is unsealed"+n.opens(), theme.Warn)
			}
			return true, []views.Fact{next}, nil
		},
	}
	switch m := n.member.Node; {
	case m == nil:
		x.refuse = "nobody told its API address"
	case m.State() != vault.Uninitialised:
		x.refuse = "it is initialised: to join, its storage has to be empty"
	case n.active == nil:
		x.refuse = "there is not one active node that it could join"
	}
	return x
}

func checkMember(text string) error {
	_, err := vault.ParseAddress(strings.TrimSpace(text))
	return err
}

// readPEM takes in a file of certificates.
func readPEM(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, mostPEM))
}

// checkCA takes nothing, too.
func checkCA(text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return readable(text)
}
