package report

import (
	"warder/vault"
	"warder/vault/rules"
)

func raftOf(s rules.Scene) *Raft {
	config, _ := s.Raft()
	if !config.Known() {
		return nil
	}
	judge, _ := s.Autopilot()
	out := &Raft{At: utc(config.At), Peers: []Peer{}}
	if judge.Known() {
		out.Tolerance = new(judge.Value.Tolerance)
	}
	judged := map[string]vault.AutopilotServer{}
	for _, a := range judge.Value.Servers {
		judged[a.ID] = a
	}
	ahead := judged[judge.Value.Leader].LastIndex
	for _, p := range config.Value {
		if p.Voter {
			out.Voters++
		}
		peer := Peer{ID: p.ID, Address: p.Address, Role: roleOf(p)}
		if a, ok := judged[p.ID]; ok {
			peer.judge(a, ahead, p.ID == judge.Value.Leader)
		}
		out.Peers = append(out.Peers, peer)
	}
	return out
}

func roleOf(p vault.RaftServer) Role {
	switch {
	case p.Leader:
		return leader
	case p.Voter:
		return voter
	}
	return nonVoter
}

// judge adds autopilot's word. Of the leader neither contact nor lag means anything.
func (p *Peer) judge(a vault.AutopilotServer, ahead uint64, leads bool) {
	p.Healthy, p.Status, p.Stable, p.Version = new(a.Healthy), a.NodeStatus, utc(a.StableSince), a.Version
	if leads {
		return
	}
	p.ContactMS = ms(a.LastContact)
	if ahead > 0 {
		p.Lag = new(ahead - min(ahead, a.LastIndex))
	}
}

func rewrapOf(s rules.Scene) *Rewrap {
	r, _ := s.Rewrap()
	if !r.Known() {
		return nil
	}
	return &Rewrap{utc(r.At), r.Value.Running, r.Value.Processed, r.Value.Succeeded, r.Value.Failed}
}

func barrierKey(s rules.Scene) *BarrierKey {
	k, _ := s.Keys()
	if !k.Known() {
		return nil
	}
	return &BarrierKey{utc(k.At), k.Value.Term, utc(k.Value.Installed), k.Value.Encryptions}
}

func ceremoniesOf(s rules.Scene) *Ceremonies {
	c, _ := s.Snapshot.Ceremonies()
	if !c.Known() {
		return nil
	}
	v := c.Value
	return &Ceremonies{utc(c.At), underway(v.Rekey), underway(v.Recovery), underway(v.Root)}
}

func underway(u vault.Underway) *Underway {
	if !u.Started {
		return nil
	}
	return &Underway{u.Progress, u.Required, u.Verifying}
}

func tokenOf(s rules.Scene) *Token {
	t, _ := s.Token()
	if !t.Known() {
		return nil
	}
	out := &Token{At: utc(t.At), Policies: append([]string{}, t.Value.Policies...), Root: t.Value.Root()}
	if left, ok := s.TokenLeft(s.Now); ok {
		out.TTLS = seconds(left)
	}
	return out
}

// unseen tells what was asked for and not told. Of a node that was not heard at all its state says enough.
func unseen(s rules.Scene) []Unseen {
	out := []Unseen{}
	out = missed(out, "", "sys/ha-status", first(s.HA()))
	out = missed(out, "", "sys/storage/raft/configuration", first(s.Snapshot.Raft()))
	out = missed(out, "", "sys/storage/raft/autopilot/state", first(s.Autopilot()))
	out = missed(out, "", "sys/storage/raft/autopilot/configuration", first(s.AutopilotConfig()))
	out = missed(out, "", "sys/sealwrap/rewrap", first(s.Snapshot.Rewrap()))
	out = missed(out, "", "sys/key-status", first(s.Keys()))
	out = missed(out, "", "auth/token/lookup-self", first(s.Snapshot.Token()))
	out = missed(out, "", "sys/generate-root/attempt", first(s.Snapshot.Ceremonies()))
	for _, m := range s.Members {
		if n := m.Node; n != nil && n.Health.Err == nil {
			out = missed(out, m.Name, "sys/seal-status", n.Seal)
			out = missed(out, m.Name, "sys/leader", n.Leader)
			out = missed(out, m.Name, "sys/seal-backend-status", backends(n))
		}
	}
	return out
}

// backends are as the node told them. OpenBao, which has none to tell, refuses who asks without a token instead of saying so.
func backends(n *vault.Node) vault.Section[vault.SealBackendStatus] {
	b := n.Backends
	if n.Product() == vault.OpenBao && vault.Is(b.Err, vault.Denied) {
		b.Err = &vault.Error{Op: "sys/seal-backend-status", Address: n.Address, Kind: vault.Unsupported}
	}
	return b
}

func first[T any](s vault.Section[T], _ *vault.Node) vault.Section[T] { return s }

func missed[T any](to []Unseen, node, source string, s vault.Section[T]) []Unseen {
	if s.Err == nil {
		return to
	}
	return append(to, Unseen{source, node, vault.Reason(s.Err), vault.Is(s.Err, vault.Unsupported), s.Known()})
}
