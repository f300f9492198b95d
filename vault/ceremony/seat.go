package ceremony

import (
	"slices"
	"time"

	"warder/vault"
)

// seat is the active node as a ceremony deals with it: it is found, confirmed, and its endpoints are tried, before anything
// is asked of it; and found again when it is another.
type seat struct {
	at       approach
	snapshot vault.Snapshot
	skip     bool              // TLS is not verified
	makes    vault.RootVariant // what generate-root makes, and so which node is sought
	agreed   recipients
	asks     confirmation
	node     Node
	doors    vault.Doors
	tried    []vault.Doors
	refusals []error // of the doors tried
	trouble  error   // why it could not be asked
	moved    bool    // it is not the node that it was at first
	polled   time.Time
	read     func(Node, vault.Doors) Effect // asks how far the ceremony is
}

type approach int

const (
	seeking  approach = iota // no active node is known that can be asked
	agreeing                 // nobody confirmed it yet
	knocking                 // its endpoints are tried
	shut                     // none of them is open to us
	seated
)

// How often the state of a ceremony is read while a person thinks. Reads with a token land in audit logs.
const (
	pollOpen  = 2 * time.Second
	pollToken = 10 * time.Second
)

// seek looks for the active node and approaches it.
func (s *seat) seek() []Effect {
	found, ok := s.find(s.snapshot)
	if !ok {
		s.at = seeking
		return nil
	}
	if s.node.Address != "" && s.node.Address != found.Address {
		s.moved = true
	}
	s.node = found
	if s.agreed.has(found) {
		return s.knock()
	}
	s.at = seeking
	if found.identified() {
		s.at, s.asks = agreeing, confirmation{nodes: []Node{found}, text: askedOf(found, s.moved)}
	}
	return nil
}

// active is the node to ask: the active one, or one of Vault's given nodes that hands requests on to it where it cannot be
// reached itself. OpenBao's would keep them to themselves.
func active(s vault.Snapshot, skipVerify bool) (Node, bool) {
	var leads, forwards *vault.Member
	members := s.Members()
	for i := range members {
		m := &members[i]
		switch {
		case m.Node == nil:
		case m.Node.State() == vault.Active && (leads == nil || m.Node.Leader.Value.ActiveSince.After(leads.Node.Leader.Value.ActiveSince)):
			leads = m
		case forwards == nil && handsOn(m.Node):
			forwards = m
		}
	}
	switch {
	case leads != nil:
		return NodeOf(leads.Node, leads.Name, skipVerify), true
	case forwards != nil:
		n := NodeOf(forwards.Node, forwards.Name, skipVerify)
		n.Forwards = true
		return n, true
	}
	return Node{}, false
}

func handsOn(n *vault.Node) bool {
	state := n.State()
	return !n.Learnt && (state == vault.Standby || state == vault.PerfStandby) && n.Product() == vault.HashiCorpVault &&
		n.Leader.Fresh() && n.Leader.Value.Address != ""
}

// confirmed takes one typed sentence.
func (s *seat) confirmed() []Effect {
	if s.asks.at++; s.asks.open() {
		return nil
	}
	for _, n := range s.asks.nodes {
		s.agreed = append(s.agreed.without(n.Address), n)
	}
	s.asks = confirmation{}
	return s.seek()
}

// knock finds out which endpoints are open.
func (s *seat) knock() []Effect {
	s.at, s.tried, s.refusals = knocking, nil, nil
	return []Effect{FindDoors{Node: s.node}}
}

func (s *seat) doorsFound(e DoorsFound) []Effect {
	if s.at != knocking {
		return nil
	}
	if e.Err != nil {
		s.at, s.trouble = seeking, e.Err
		return nil
	}
	return s.try(e.Doors)
}

func (s *seat) try(d vault.Doors) []Effect {
	s.doors, s.tried = d, append(slices.Clip(s.tried), d)
	return []Effect{s.read(s.node, d)}
}

// refused tries the next endpoints: how one ceremony is kept does not tell how another is. It is false for an error that no
// other endpoint can mend.
func (s *seat) refused(err error) ([]Effect, bool) {
	switch {
	case s.at != knocking:
		return nil, false
	case !closed(err):
		s.at, s.trouble = seeking, err
		return nil, !vault.Is(err, vault.Refused)
	}
	s.refusals = append(slices.Clip(s.refusals), err)
	for _, d := range doorsOf(s.makes) {
		if !slices.Contains(s.tried, d) {
			return s.try(d), true
		}
	}
	s.at = shut
	return nil, true
}

// sit says that the node answered.
func (s *seat) sit() { s.at, s.trouble = seated, nil }

// lose says that the node is not the active one, or did not say so.
func (s *seat) lose(e NotActive) { s.at, s.trouble = seeking, e.Err }

// observed takes a snapshot. It seeks where nobody is found yet or somebody else leads now, and reads from time to time.
// idle says that no answer is awaited.
func (s *seat) observed(snapshot vault.Snapshot, idle bool) (effects []Effect, reads bool) {
	s.snapshot = snapshot
	found, ok := s.find(snapshot)
	due := snapshot.At().Sub(s.polled) >= s.pause()
	switch {
	case !idle || s.at != seated && s.at != seeking:
		return nil, false
	case s.at == seated && ok && !found.same(s.node), s.at == seeking && due:
		s.polled = snapshot.At()
		return s.seek(), false
	case s.at == seated && due:
		s.polled = snapshot.At()
		return []Effect{s.read(s.node, s.doors)}, true
	}
	return nil, false
}

func (s *seat) pause() time.Duration {
	if s.at == seated && s.doors != vault.DoorsOpen {
		return pollToken
	}
	return pollOpen
}
