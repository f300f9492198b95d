package views

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"warder/theme"
	"warder/vault"
	"warder/vault/rules"
)

// age is how long ago something was, without a word around it.
func age(d time.Duration) string { return rules.Span(d) }

// nodeDetail tells all that is known of a member, each fact with the source that told it.
func nodeDetail(p *Picture, m vault.Member) Detail {
	return Detail{m.Name, slices.Concat(nodeFacts(p, m), raftFacts(p, m), haFacts(p, m), whatIfFacts(p, m))}
}

// peerDetail is for who asks after the peer: what the cluster loses with it comes before the node itself.
func peerDetail(p *Picture, m vault.Member) Detail {
	head := []Fact{toned("", "The node", theme.Strong)}
	return Detail{m.Name, slices.Concat(raftFacts(p, m), whatIfFacts(p, m), head, nodeFacts(p, m), haFacts(p, m))}
}

func nodeFacts(p *Picture, m vault.Member) []Fact {
	n := m.Node
	switch {
	case m.Asked:
		return []Fact{fact("", "It is one of the nodes that are asked; which one, no server has told yet.")}
	case n == nil:
		return []Fact{fact("", "No server told its API address, so it cannot be asked itself. Give it with --address.")}
	}
	c := state(p, m)
	out := []Fact{toned("state", c.Text, c.Tone), fact("address", n.Address+origin(n))}
	if n.Witnessed {
		out = append(out, fact("for", age(p.Now.Sub(n.Since))))
	}
	switch {
	case n.State() == vault.Recovering:
		out = append(out, recoveryFacts(n)...)
	case n.Health.Err != nil:
		out = append(out, toned("because", vault.Reason(n.Health.Err), theme.Bad))
	}
	h := n.Health.Value
	if n.Health.Known() {
		if n.Health.Err != nil {
			out = append(out, toned("last answer", age(n.Health.Age(p.Now))+" ago; what follows is of then", theme.Warn))
		}
		out = append(out, fact("version", strings.TrimSpace(n.Product().String()+" "+n.Version()+edition(h))),
			fact("cluster", strings.TrimSpace(h.ClusterName+"  "+h.ClusterID)))
		if n.Health.Err == nil {
			out = append(out, fact("round trip", n.RTT.Round(100*time.Microsecond).String()), fact("clock skew", cmp.Or(skew(n.Skew).Text, "none")+", to the second"))
		}
		out = append(out, latencyFacts(p, n)...)
	}
	if n.Balanced() {
		out = append(out, toned("", "Answers from here come from different nodes: this is a load balancer, or the leader changes.", theme.Warn))
	}
	out = append(out, sealFacts(n)...)
	out = append(out, tlsFacts(p, n)...)
	out = append(out, clusterFacts(p, n)...)
	if n.Health.Known() && h.ReplicationPerf != "" {
		out = append(out, fact("replication", "performance "+h.ReplicationPerf+", DR "+h.ReplicationDR))
	}
	return out
}

// recoveryFacts are what a node in recovery mode says, which is little.
func recoveryFacts(n *vault.Node) []Fact {
	r, token := n.Recovery.Value, "none yet"
	switch {
	case r.Opened:
		token = "made; another takes a restart"
	case r.Started:
		token = fmt.Sprintf("is being made: %d of %d shares given", r.Progress, r.Required)
	case r.Required > 0:
		token = fmt.Sprintf("none yet; %d shares make it", r.Required)
	}
	return []Fact{
		fact("because", "it was started with -recovery: it serves sys/raw to whoever makes a recovery token, and nothing else"),
		fact("recovery token", token),
	}
}

// clusterFacts are what this node told of the whole cluster.
func clusterFacts(p *Picture, n *vault.Node) []Fact {
	var out []Fact
	if n.Doors.Known() {
		out = append(out, fact("ceremonies", n.Doors.Value.String()))
	}
	if k := n.Keys; k.Known() {
		out = append(out, fact("barrier key", fmt.Sprintf("term %d, %s old, %s encryptions counted here",
			k.Value.Term, age(p.Now.Sub(k.Value.Installed)), grouped(k.Value.Encryptions))))
	}
	if t := n.Token; t.Known() {
		life := "does not expire"
		if left, ok := p.TokenLeft(p.Now); ok {
			life = "expires in " + age(left)
		}
		out = append(out, fact("our token", strings.Join(t.Value.Policies, ", ")+"; "+life))
	}
	return out
}

func origin(n *vault.Node) string {
	if n.Learnt {
		return "  (a server named it)"
	}
	return ""
}

func edition(h vault.Health) string {
	if h.Enterprise {
		return " Enterprise"
	}
	return ""
}

func sealFacts(n *vault.Node) []Fact {
	if !n.Seal.Known() {
		return nil
	}
	s := n.Seal.Value
	text := fmt.Sprintf("%s, any %d of %d shares", shamirName(s.Type), s.Threshold, s.Shares)
	if s.RecoverySeal {
		text = fmt.Sprintf("automatic (%s); recovery key: any %d of %d shares, which do not unseal", s.Type, s.Threshold, s.Shares)
	}
	if !s.Initialised {
		text = s.Type
	}
	out := []Fact{fact("seal", text)}
	if s.Sealed && s.Initialised {
		out = append(out, fact("progress", fmt.Sprintf("%d of %d shares entered", s.Progress, s.Threshold)))
	}
	if s.Migration {
		out = append(out, toned("", "A seal migration is under way.", theme.Warn))
	}
	return append(out, fact("storage", s.StorageType))
}

func tlsFacts(p *Picture, n *vault.Node) []Fact {
	c := n.Certificate
	if c == nil {
		return nil
	}
	e := expiry(c, p.Now)
	return []Fact{
		toned("certificate", "valid until "+c.NotAfter.Format("2006-01-02 15:04 UTC")+" ("+e.Text+")", e.Tone),
		fact("for names", c.Names), fact("issued by", c.Issuer), fact("SHA-256", c.Fingerprint),
	}
}

func raftFacts(p *Picture, m vault.Member) []Fact {
	if m.Raft == nil {
		return nil
	}
	section, from := p.Raft()
	out := []Fact{
		toned("", "Raft, as "+p.nameOf(from)+" told "+age(section.Age(p.Now))+" ago", theme.Strong),
		fact("node id", m.Raft.ID), fact("cluster address", m.Raft.Address), fact("role", role(m).Text),
	}
	a := m.Autopilot
	if a == nil {
		return out
	}
	out = append(out, appliedFacts(p, m.Node)...)
	health := peerHealth(a)
	out = append(out, toned("autopilot", health.Text, health.Tone))
	if !m.Raft.Leader {
		out = append(out, fact("last contact", a.LastContact.Round(100*time.Millisecond).String()))
	}
	out = append(out, fact("last index", grouped(a.LastIndex)+", term "+grouped(a.LastTerm)))
	if !a.StableSince.IsZero() {
		out = append(out, fact("stable since", a.StableSince.Format("2006-01-02 15:04:05 UTC")))
	}
	if c, _ := p.AutopilotConfig(); c.Known() {
		out = append(out, fact("judged by", fmt.Sprintf("contact within %v, at most %s entries behind",
			c.Value.ContactThreshold, grouped(c.Value.MaxTrailing))))
	}
	return out
}

func haFacts(p *Picture, m vault.Member) []Fact {
	if m.HA == nil {
		return nil
	}
	out := []Fact{toned("", "The active node's list", theme.Strong), fact("hostname", m.HA.Hostname), fact("API address", m.HA.Address)}
	if !m.HA.LastEcho.IsZero() {
		out = append(out, fact("last echo", age(p.Now.Sub(m.HA.LastEcho))+" ago"))
	}
	return out
}

// nameOf is the name of the member that a node is.
func (p *Picture) nameOf(n *vault.Node) string {
	for _, m := range p.Members {
		if n != nil && m.Node != nil && m.Node.Address == n.Address {
			return m.Name
		}
	}
	return "a node"
}

func backendDetail(p *Picture, name string) Detail {
	d := Detail{Title: name}
	for _, m := range p.Members {
		if m.Node == nil || !m.Node.Backends.Known() {
			continue
		}
		b, err := m.Node.Backends.Value.Backend(name)
		if err != nil {
			d.Facts = append(d.Facts, toned(m.Name, "does not have this backend", theme.Muted))
			continue
		}
		d.Facts = append(d.Facts, backendFact(p, m, b))
	}
	return Detail{d.Title, append(d.Facts, fact("", ""),
		fact("", "Each server tests its own seals, a healthy one every 10 minutes: until then an outage does not show. An unhealthy one it tests every minute."))}
}

func backendFact(p *Picture, m vault.Member, b vault.SealBackend) Fact {
	text, tone := "healthy", theme.OK
	if !b.Healthy {
		text, tone = "unhealthy", theme.Bad
		switch {
		case !b.UnhealthySince.IsZero():
			text += " since " + b.UnhealthySince.Format("2006-01-02 15:04:05 UTC")
		case b.SinceText != "":
			text += " since " + b.SinceText
		}
	}
	if b.Disabled != nil && *b.Disabled {
		text += ", disabled"
	}
	if b.Configured != nil && !*b.Configured {
		text += ", not configured"
	}
	text += "; told " + age(m.Node.Backends.Age(p.Now)) + " ago"
	if err := m.Node.Backends.Err; err != nil {
		text += ", since then: " + vault.Reason(err)
	}
	return toned(m.Name, text, tone)
}

func rewrapDetail(p *Picture, s vault.Section[vault.Rewrap]) Detail {
	_, from := p.Rewrap()
	running := "no"
	if s.Value.Running {
		running = "yes"
	}
	return Detail{"Rewrap", []Fact{
		fact("running", running), fact("processed", grouped(s.Value.Processed)), fact("succeeded", grouped(s.Value.Succeeded)),
		fact("failed", grouped(s.Value.Failed)), fact("told by", p.nameOf(from)+", "+age(s.Age(p.Now))+" ago"),
		fact("", ""),
		fact("", "A rewrap encrypts the seal-wrapped entries anew with the current seals. The server tells no total, so no share of the whole can be told here."),
	}}
}
