package rules

import (
	"fmt"
	"time"

	"warder/vault"
)

// Back is how a node that stopped serves again once it is started.
type Back struct {
	Way       Way
	Threshold int      // shares that it takes, where Way is ByShares
	Shares    int      // of so many
	Seal      string   // the automatic seal's type
	Healthy   []string // seal backends that would unseal it
	Broken    []string // those that would not
	// Told is when the node last said so of its backends, which it tests rarely; zero where it does not tell of them.
	Told time.Time
}

// Way is a road back to service.
type Way int

// The ways.
const (
	WayUnknown Way = iota
	ByItself       // its automatic seal unseals it
	ByShares       // custodians have to enter shares
	NoWay          // its automatic seal has no healthy backend left
)

// wayBack judges by the node's own seal, and by what it says of its backends. How many shares it takes the active node says:
// a standby goes on telling the old numbers after a rekey.
func wayBack(s Scene, m vault.Member, act Act) Back {
	if m.Node == nil || act == Removed || act == StepsDown || !m.Node.Seal.Known() {
		return Back{}
	}
	seal := m.Node.Seal.Value
	switch {
	case !seal.Initialised, seal.Migration:
		return Back{}
	case !seal.RecoverySeal && seal.Type == "shamir":
		for _, a := range s.Active() {
			if v := a.Seal.Value; a.Seal.Fresh() && v.Type == seal.Type && v.Threshold > 0 {
				seal = v
			}
		}
		return Back{Way: ByShares, Threshold: seal.Threshold, Shares: seal.Shares}
	}
	b := Back{Seal: seal.Type}
	if !m.Node.Backends.Known() {
		return b
	}
	status := m.Node.Backends.Value
	b.Told = m.Node.Backends.At
	for _, x := range status.InUse() {
		if x.Healthy {
			b.Healthy = append(b.Healthy, x.Name)
		} else {
			b.Broken = append(b.Broken, x.Name)
		}
	}
	switch {
	case len(b.Healthy) > 0:
		b.Way = ByItself
	case len(b.Broken) > 0:
		b.Way = NoWay
	}
	return b
}

// sentence says it; a node that is down already is spoken of as one to be started.
func (b Back) sentence(m vault.Member, act Act) string {
	again := "Started again, it "
	if act == Restarts {
		again = "It "
	}
	switch b.Way {
	case ByShares:
		return again + fmt.Sprintf("stays sealed until custodians enter %d of its %d shares", b.Threshold, b.Shares)
	case NoWay:
		return again + "would stay sealed: " + list(b.Broken) + " cannot unseal it"
	case ByItself:
		text := again + "should unseal itself by " + list(b.Healthy)
		if len(b.Broken) > 0 {
			text += ", not by " + list(b.Broken)
		}
		return text + fmt.Sprintf("; a healthy seal is tested only every %d min", int(vault.SealTestInterval/time.Minute))
	}
	switch {
	case b.Seal != "":
		return again + "unseals itself if its key service (" + b.Seal + ") answers, of which it tells nothing"
	case m.Node != nil && m.Node.Seal.Known() && m.Node.Seal.Value.Migration:
		return again + "needs shares with -migrate: a seal migration is under way"
	}
	return "Whether it comes back by itself is not known: its seal is not seen"
}
