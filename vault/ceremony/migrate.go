package ceremony

import (
	"slices"

	"warder/keys"
	"warder/vault"
)

// Migrate leads through a change of the seal, node by node: those that were restarted with the new seal stanza are given shares,
// each with the flag that says so; then the leader steps down, the first of them that leads changes the seal, and the node that
// led comes last. Who restarts the servers' processes is not here: it is told what is to be restarted, and waited for.
type Migrate struct {
	safe     *safe
	prints   *keys.Fingerprinter
	skip     bool // TLS is not verified
	snapshot vault.Snapshot
	way      direction
	stage    migrateStage
	unseal   Unseal // of those that wait for shares, while it is under way
	leader   Node   // who is to step down
	awaits   bool   // the answer of a step-down
	dated    bool   // a step-down was sent, and nobody has looked since
	notices  remarks
}

type migrateStage int

const (
	migrateTold   migrateStage = iota // what will happen
	migrateNodes                      // how each node is, and what is next
	migrateShares                     // shares are given
	migrateDown                       // the step-down is to be confirmed
)

// NewMigrate begins with how the nodes were last seen.
func NewMigrate(s vault.Snapshot, skipVerify bool, prints *keys.Fingerprinter) Migrate {
	m := Migrate{safe: &safe{}, prints: prints, skip: skipVerify, snapshot: s}
	m.way.learn(s)
	return m
}

// Migrating says that the nodes tell of a change of the seal.
func Migrating(s vault.Snapshot) bool {
	var d direction
	d.learn(s)
	return d.known()
}

// Apply implements Machine.
func (m Migrate) Apply(e Event) (Machine, []Effect) {
	if m.safe.shut {
		discard(e)
		return m, nil
	}
	if fromPerson(e) {
		m.notices = nil
	}
	return m, m.apply(e)
}

func (m *Migrate) apply(e Event) []Effect {
	switch e := e.(type) {
	case Observed:
		m.snapshot, m.dated = e.Snapshot, false
		m.way.learn(e.Snapshot)
		if m.stage == migrateDown && !m.awaits && !m.plan().stepsDown() {
			m.notices.alarm("Another node leads now, or a node has changed: nobody was told to step down.")
			m.stage = migrateNodes
		}
	case SteppedDown:
		m.steppedDown(e.Err)
		return nil
	case NotActive:
		if m.awaits {
			m.awaits = false
			m.notices.say("Nobody was told to step down: %s is not the active node any more, or did not say so.", m.leader.Name)
		}
		return nil
	}
	if m.stage == migrateShares {
		return m.share(e)
	}
	if m.person(e) {
		return m.act(e)
	}
	return nil
}

// person says that somebody did what belongs to the stage. What does not is wiped.
func (m *Migrate) person(e Event) bool {
	ok := false
	switch e := e.(type) {
	case Continue:
		ok = m.stage == migrateTold
	case Picked:
		for _, o := range m.options() {
			ok = ok || m.stage == migrateNodes && !m.awaits && !m.dated && o.Key == e.Key
		}
	case Confirmed:
		ok = m.stage == migrateDown && m.plan().stepsDown()
	case Back:
		ok = m.stage == migrateDown
	}
	if ok {
		return true
	}
	discard(e)
	if fromPerson(e) {
		m.notices.say("Nothing was done: that does not belong here.")
	}
	return false
}

func (m *Migrate) act(e Event) []Effect {
	switch e := e.(type) {
	case Picked:
		if e.Key == pickShares {
			return m.begin()
		}
		m.leader = NodeOf(m.plan().leader.Node, m.plan().leader.Name, m.skip)
		m.stage = migrateDown
		return nil
	case Confirmed:
		m.awaits, m.stage = true, migrateNodes
		return []Effect{StepDown{m.leader}}
	}
	m.stage = migrateNodes
	return nil
}

// begin gives shares to all that wait for them. What an unseal tells first was told already.
func (m *Migrate) begin() []Effect {
	var nodes []Node
	for _, n := range m.plan().waiting {
		nodes = append(nodes, NodeOf(n.Node, n.Name, m.skip))
	}
	m.unseal = NewUnseal(nodes, m.snapshot, m.prints)
	m.unseal.safe = m.safe // what it holds is wiped with the rest
	m.stage = migrateShares
	return m.share(Continue{})
}

// share hands an event to the unseal, which is over when no node waits for a share any more.
func (m *Migrate) share(e Event) []Effect {
	next, effects := m.unseal.Apply(e)
	m.unseal = next.(Unseal)
	if len(effects) == 0 && m.unseal.stage == unsealGiving && !m.unseal.asks.open() && m.unseal.ended() {
		m.notices = append(m.notices, m.unseal.notices...)
		m.stage = migrateNodes
		m.catchUp()
	}
	return effects
}

// catchUp lays what the nodes answered to the shares over the snapshot, which is older. The next one replaces it.
func (m *Migrate) catchUp() {
	m.snapshot.Nodes = slices.Clone(m.snapshot.Nodes)
	for i, n := range m.snapshot.Nodes {
		if u := m.unseal.node(n.Address); u != nil && u.known && u.trouble == nil {
			now := *n
			now.Seal.Value = u.status
			m.snapshot.Nodes[i] = &now
		}
	}
}

func (m *Migrate) steppedDown(err error) {
	if !m.awaits {
		return
	}
	m.awaits, m.dated = false, true
	switch {
	case err == nil:
		m.notices.say("%s was told to step down, and said that it does. Who leads then is read from the nodes.", m.leader.Name)
	case lost(err):
		m.notices.alarm("The answer to the step-down was lost (%s). Who leads is read from the nodes; nothing is sent again by itself.", vault.Reason(err))
	default:
		m.notices.say("%s did not step down: %s. A token with update and sudo on sys/step-down is needed.", m.leader.Name, vault.Reason(err))
	}
}

// Cancel implements Canceller: while shares are given, it is the reset of an unseal.
func (m Migrate) Cancel() (Option, bool) {
	if m.stage != migrateShares {
		return Option{}, false
	}
	return m.unseal.Cancel()
}

// Backs implements Backer.
func (m Migrate) Backs() bool { return m.stage == migrateDown }

// Wipe implements Machine.
func (m Migrate) Wipe() { m.safe.close() }

// Notices implements Machine.
func (m Migrate) Notices() []Notice {
	if m.stage == migrateShares {
		return append(m.notices[:len(m.notices):len(m.notices)], m.unseal.notices...)
	}
	return m.notices
}
