package ceremony

import "warder/vault"

// direction is from which seal to which, as far as the nodes have told. What was learnt stays: at the end no node tells of the
// old one any more.
type direction struct {
	from, to         string // the types; "" where nobody told
	fromAuto, toAuto bool
	wanted           [2]int // threshold and number of the shares, which stay the same
}

func (d direction) known() bool { return d.to != "" }

// learn reads the seals of the nodes. One that says it migrates tells the new seal. Where none does and they differ, the change
// is done, and the leader has the new one.
func (d *direction) learn(s vault.Snapshot) {
	var seals, active []vault.SealStatus
	for _, n := range s.Nodes {
		if !n.Seal.Known() || !n.Seal.Value.Initialised || n.Seal.Value.Type == "" {
			continue
		}
		seals = append(seals, n.Seal.Value)
		if n.State() == vault.Active {
			active = append(active, n.Seal.Value)
		}
	}
	for _, v := range seals {
		if v.Migration {
			d.to, d.toAuto = v.Type, v.RecoverySeal
			d.wanted = [2]int{v.Threshold, v.Shares}
		}
	}
	if d.to == "" && len(active) == 1 {
		for _, v := range seals {
			if v.Type != active[0].Type {
				d.to, d.toAuto = active[0].Type, active[0].RecoverySeal
			}
		}
	}
	for _, v := range seals {
		if d.to != "" && v.Type != d.to {
			d.from, d.fromAuto = v.Type, v.RecoverySeal
		}
	}
	if d.to != "" && !d.toAuto {
		d.fromAuto = true // there is no way from Shamir to Shamir
	}
}

// standing is what a node is in the migration.
type standing int

const (
	unheard   standing = iota // it does not answer
	oldSeal                   // it runs with the stanza of the old seal
	waits                     // restarted, sealed, and waits for shares
	ready                     // unsealed with the new stanza; the change itself is still to come
	reopening                 // sealed, the change is done, and its new seal should open it
	finished                  // it runs with the new seal
)

func (d direction) standing(n *vault.Node) standing {
	v := n.Seal.Value
	switch {
	case vault.BetweenSeals(n.Seal.Err):
		return ready
	case !n.Seal.Fresh(), !v.Initialised, n.State() == vault.Down, v.Removed:
		return unheard
	case v.Type != d.to:
		return oldSeal
	case v.Sealed && !v.Migration && d.toAuto:
		return reopening
	case v.Sealed:
		return waits
	case v.Migration:
		return ready
	}
	return finished
}

// migratePlan is where the nodes are on the way.
type migratePlan struct {
	members []vault.Member
	at      map[string]standing // by address
	waiting []vault.Member      // for shares
	old     []vault.Member      // with the old seal, but for the leader
	absent  []vault.Member
	joined  []vault.Member // unsealed with the new stanza, before the change or after
	leader  *vault.Member
}

func (m Migrate) plan() migratePlan {
	p := migratePlan{at: map[string]standing{}}
	for _, member := range m.snapshot.Members() {
		if member.Node == nil {
			continue
		}
		p.members = append(p.members, member)
		at := m.way.standing(member.Node)
		p.at[member.Node.Address] = at
		leads := member.Node.State() == vault.Active
		if leads {
			p.leader = &member
		}
		switch {
		case at == waits:
			p.waiting = append(p.waiting, member)
		case at == oldSeal && !leads:
			p.old = append(p.old, member)
		case at == unheard || at == reopening:
			p.absent = append(p.absent, member)
		case at == ready || at == finished:
			p.joined = append(p.joined, member)
		}
	}
	return p
}

// stepsDown says that it is the leader's turn: all others are unsealed with the new stanza.
func (p migratePlan) stepsDown() bool {
	return p.leader != nil && p.at[p.leader.Node.Address] == oldSeal && len(p.joined) > 0 &&
		len(p.waiting)+len(p.old)+len(p.absent) == 0
}

// done says that every node runs with the new seal, and one leads.
func (p migratePlan) done() bool {
	for _, at := range p.at {
		if at != finished {
			return false
		}
	}
	return p.leader != nil
}
