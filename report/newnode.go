package report

import (
	"warder/vault"
	"warder/vault/rules"
)

// nodes are all that have a row: a server that is one of those asked, only not told which, is not counted twice.
func nodes(s rules.Scene) []Node {
	out := []Node{}
	for _, m := range s.Members {
		switch {
		case m.Asked:
		case m.Node == nil:
			out = append(out, Node{Name: m.Name, State: unaddressed})
		default:
			out = append(out, nodeOf(s, m))
		}
	}
	return out
}

func nodeOf(s rules.Scene, m vault.Member) Node {
	n := m.Node
	out := Node{
		Name: m.Name, Address: n.Address, Learnt: n.Learnt, State: states[n.State()],
		Version: n.Version(), Product: n.Product().String(), Withheld: n.Withheld, Balanced: n.Balanced(),
		Seal: sealOf(n),
	}
	if n.Health.Err != nil && n.State() != vault.Recovering {
		out.Reason = vault.Reason(n.Health.Err)
	}
	if n.Witnessed {
		out.Since = utc(n.Since)
	}
	if n.Health.Known() {
		out.AnsweredAt, out.AgeS = utc(n.Health.At), seconds(n.Health.Age(s.Now))
		if n.RTT > 0 && n.Health.Err == nil {
			out.LatencyMS = ms(n.RTT)
		}
		if !n.Health.Value.ServerTime.IsZero() && n.Health.Err == nil {
			out.SkewS = seconds(n.Skew)
		}
	}
	if c := n.Certificate; c != nil {
		out.TLS = &TLS{utc(c.NotAfter), c.Names, c.Issuer}
	}
	if b := n.Backends; b.Known() {
		out.Backends = backendsOf(b.Value)
		if rewrap, _ := s.Rewrap(); rewrap.Known() {
			out.Wrapped = new(b.Value.FullyWrapped)
		}
	}
	return out
}

func sealOf(n *vault.Node) *Seal {
	if !n.Seal.Known() {
		return nil
	}
	v := n.Seal.Value
	out := &Seal{Type: v.Type, Sealed: v.Sealed, Recovery: v.RecoverySeal, Migration: v.Migration}
	if v.Threshold > 0 {
		out.Threshold, out.Shares = new(v.Threshold), new(v.Shares)
		if v.Sealed && !v.RecoverySeal {
			out.Progress = new(v.Progress)
		}
	}
	return out
}

func backendsOf(v vault.SealBackendStatus) []Backend {
	var out []Backend
	for _, b := range v.Backends {
		out = append(out, Backend{b.Name, b.Healthy, utc(b.UnhealthySince), b.Configured, b.Disabled})
	}
	return out
}
