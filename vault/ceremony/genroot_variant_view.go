package ceremony

import (
	"fmt"

	"warder/vault"
)

// makes is what this ceremony makes: until it begins, what the nodes say.
func (g GenerateRoot) makes() vault.RootVariant {
	if g.stage == rootTold {
		return variantOf(g.seat.snapshot, g.seat.skip)
	}
	return g.seat.makes
}

// noun names it.
func (g GenerateRoot) noun() string { return g.makes().String() }

// whom is the step in which the node is found that is asked.
func (g GenerateRoot) whom() string {
	if g.makes() == vault.RecoveryToken {
		return "Node"
	}
	return "Active node"
}

// ordinary says that the token is one of the token store, that can be looked up, wrapped and revoked.
func (g GenerateRoot) ordinary() bool { return g.makes() == vault.RootToken }

// seal is that of the node that will be asked.
func (g GenerateRoot) seal() vault.SealStatus {
	s := g.seat
	if s.makes = g.makes(); s.makes == vault.RootToken {
		return sealOf(s)
	}
	s.node, _ = s.find(s.snapshot)
	return sealOf(s)
}

// outcome is what is told of the token before it is made.
func (g GenerateRoot) outcome() []string {
	switch g.makes() {
	case vault.DRToken:
		return []string{
			"These nodes are of a disaster-recovery secondary, which there is in Vault Enterprise only. It makes no root token but a DR operation token.",
			"The outcome authorises the operations of the secondary, such as to promote it or to give it another primary, and does nothing else. Give it to nobody who may not fail over.",
			"The shares are those of the primary: replication replaced the ones that the secondary had.",
			"It is no token of the token store: it cannot be looked up or revoked here as a root token is. " + endsDR,
		}
	case vault.RecoveryToken:
		return []string{
			"No node serves, and " + g.recovering().Name + " is in recovery mode: it was started with -recovery." + g.madeAlready(),
			"The outcome is a recovery token. It reads and writes the raw storage (sys/raw) of that one node, in recovery mode, and does nothing else. What is written there is checked by nobody.",
			"On Raft storage the node makes itself a cluster of one when the last share comes, and the other nodes are no members of it. " +
				"Do not start them on their old storage: they would elect one of themselves, and the repaired node would serve no more. Empty it, and have them join.",
			"It is no token of the token store: it cannot be looked up or revoked. " + endsRecovery,
		}
	}
	return append(secondaries(g.seat.snapshot), "The outcome is a token that may do everything and never expires. Use it for what cannot be done otherwise, and revoke it at once: this ceremony offers to.")
}

// recovering is the node in recovery mode.
func (g GenerateRoot) recovering() Node {
	s := g.seat
	s.makes = vault.RecoveryToken
	n, _ := s.find(s.snapshot)
	return n
}

// madeAlready says so of the token.
func (g GenerateRoot) madeAlready() string {
	if n := g.seat.snapshot.Node(g.recovering().Address); n != nil && n.Recovery.Value.Opened {
		return " Its token was made already: it makes no other until it is restarted."
	}
	return ""
}

// holders are those whose shares a node in recovery mode takes. It says how many it takes, and not of which kind they are.
func (g GenerateRoot) holders() string {
	who := "as many custodians as the threshold"
	if n := g.seat.snapshot.Node(g.recovering().Address); n != nil && n.Recovery.Value.Required > 0 {
		who = fmt.Sprintf("any %d custodians", n.Recovery.Value.Required)
	}
	return who + " of the unseal shares, or of the recovery shares where a seal backend unseals the node"
}

// whileCompleting is what is said while the last share is on its way.
func (g GenerateRoot) whileCompleting() []string {
	if g.makes() != vault.RecoveryToken {
		return nil
	}
	return []string{"A node on Raft storage elects itself before it answers, which takes 5 to 10 seconds."}
}

// How the tokens end that cannot be revoked as others are.
const (
	endsDR       = "When it has done its work, delete it at the secondary: vault write sys/replication/dr/secondary/operation-token/delete dr_operation_token=- (after the documentation)."
	endsRecovery = "It ends when the node is restarted; to make another takes a restart, too."
)

// unlisted says what cannot be said of the token, and how it ends.
func (g GenerateRoot) unlisted() string {
	if g.makes() == vault.RecoveryToken {
		return "It has no accessor and cannot be looked up or revoked. It works at this node only, while it is in recovery mode, on sys/raw. " + endsRecovery
	}
	return "It cannot be looked up or revoked as other tokens are: a secondary has no token store to ask. It authorises the operations of the secondary and nothing else. " + endsDR
}

// whatItIs is what is known of the token that is here.
func (g GenerateRoot) whatItIs() string {
	if g.ordinary() {
		return g.known()
	}
	return g.unlisted()
}

// toldNow is what is said as long as the token is here.
func (g GenerateRoot) toldNow() []string {
	if g.ordinary() {
		return []string{g.known(), "Revoke it as soon as it has done its work."}
	}
	return []string{g.unlisted()}
}

// toFind is how a token that nobody can read is got rid of.
func (g GenerateRoot) toFind() string {
	switch g.makes() {
	case vault.DRToken:
		return "A DR operation token cannot be found by an accessor, and is deleted only by whoever has it."
	case vault.RecoveryToken:
		return "It ends when the node is restarted."
	}
	return toFind
}

func (g GenerateRoot) unreadable() string {
	return fmt.Sprintf("If it was completed and its encoded token is lost, a %s exists that nobody can read. %s", g.noun(), g.toFind())
}

func (g GenerateRoot) andNoAccessor() string {
	if g.ordinary() {
		return ", so that it knows no accessor."
	}
	return "."
}

// file is what the file of the token is called, if it is called nothing else.
func (g GenerateRoot) file() string {
	switch g.makes() {
	case vault.DRToken:
		return "dr-operation-token.txt"
	case vault.RecoveryToken:
		return "recovery-token.txt"
	}
	return "root-token.txt"
}

// mayBeMistyped says that nobody can tell whether the encoded token was typed well: no server knows what came out of it.
func (g GenerateRoot) mayBeMistyped() bool { return !g.ordinary() && g.copied && !g.otp.Empty() }

func (g GenerateRoot) retypeOption() []Option {
	if g.stage != rootHandover || !g.mayBeMistyped() {
		return nil
	}
	return []Option{{Key: "again", Label: "Type the encoded token again", Hint: "no server can say whether what came out of it is the token"}}
}

// Accessor has nothing to remind of where the token has none.
func (g GenerateRoot) Accessor() (accessor string, gone bool) {
	if !g.ordinary() {
		return "", true
	}
	return g.madeToken.Accessor()
}

// goesTo says whom this ceremony asks.
func (s seat) goesTo() string {
	switch s.makes {
	case vault.DRToken:
		return "Every request of this ceremony goes to the active node of the disaster-recovery secondary."
	case vault.RecoveryToken:
		return "Every request of this ceremony goes to the one node in recovery mode. If a recovery token was made there already, it refuses until it is restarted."
	}
	return "Every request of this ceremony goes to the active node."
}

// endpoints are those of what is made.
func (g GenerateRoot) endpoints() endpoints {
	out := rootEndpoints
	if v := g.makes(); v != vault.RootToken {
		out.vault, out.bao = v.Base(vault.DoorsOpen)+"/*", v.Base(vault.DoorsOpen)+"/*"
	}
	if g.makes() == vault.DRToken {
		out.opens = "generate-operation-token"
		out.note = "At a secondary only a batch token that the primary made before is of use: no other is known there. "
	}
	return out
}
