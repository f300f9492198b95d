package ceremony

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"warder/keys"
	"warder/vault"
)

// automatic says that a seal keeps the barrier's key, so that the shares are of the recovery key.
func (i Initialise) automatic() bool { return i.status.RecoverySeal }

// sized takes how many shares, and the threshold. OpenBao takes none of the recovery key.
func (i *Initialise) sized(shares, threshold string) {
	n, t, err := sizes(shares, threshold)
	if i.automatic() && i.bao && strings.TrimSpace(shares) == "0" {
		n, t, err = 0, 0, nil
	}
	if i.problem = ""; err != nil {
		i.problem = err.Error()
		return
	}
	i.plan.shares, i.plan.threshold, i.plan.owners = n, t, owners{}
	i.stage = initSized
}

// keyFound takes the key of a custodian, or of whom the root token is for. A key that cannot be encrypted to has been refused
// before: the servers look at the root token's last, when the cluster is initialised already.
func (i *Initialise) keyFound(key keys.PublicKey) {
	if i.stage == initRootKeying {
		i.plan.root, i.stage = key, initRootKeyShown
		return
	}
	if i.problem = i.plan.found(key); i.problem == "" && len(i.plan.keys) == i.plan.shares {
		i.stage = initKeysShown
	}
}

// config is what is sent.
func (i Initialise) config() vault.InitConfig {
	c := vault.InitConfig{Shares: i.plan.shares, Threshold: i.plan.threshold, PGPKeys: i.plan.forms()}
	if i.automatic() {
		c = vault.InitConfig{RecoveryShares: i.plan.shares, RecoveryThreshold: i.plan.threshold, RecoveryPGPKeys: i.plan.forms()}
	}
	if i.plan.root.Fingerprint != "" {
		c.RootTokenPGPKey = i.plan.root.ServerForm()
	}
	return c
}

// shareKind is what the shares are called.
func (i Initialise) shareKind() string {
	if i.automatic() {
		return "recovery share"
	}
	return "unseal share"
}

// askPlan is what is asked of the keys before they are made.
func (i Initialise) askPlan() Prompt {
	switch i.stage {
	case initSizing:
		return i.askSizes()
	case initSized:
		return Tell{Title: i.planned(), Text: i.meaning(), Go: "Go on"}
	case initHiding:
		return Pick{Title: "How are the shares handed out?", Options: []Option{
			{Key: "open", Label: "At this screen", Hint: "one custodian at a time, each proves that it is written down"},
			{Key: "pgp", Label: "Encrypted with PGP", Hint: "one public key for each custodian, and a file before anything is shown"},
		}}
	case initKeying:
		return i.askKey()
	case initKeysShown:
		return i.plan.show(i.seat.snapshot.At())
	case initChallenging:
		return i.check.prompt(i.desk)
	case initFiling:
		return planSharesFile(i.hand.what, i.problem)
	case initRooting:
		return Pick{Title: "The root token", Text: []string{
			"The same answer holds the first root token. It may do everything and never expires: it is for setting the cluster up, and for nothing else.",
		}, Options: []Option{
			{Key: "open", Label: "To this console", Hint: "shown once, written to a file, or handed on wrapped; it can check that all nodes are in, and be revoked here"},
			{Key: "pgp", Label: "Encrypted with PGP", Hint: "only the owner of that key can read it, and this console cannot"},
		}}
	case initRootKeying:
		return i.askKey()
	}
	return Tell{Title: "Is this the key?", Go: "This is the key", Text: append(describeKey(i.plan.root), "Compare the whole fingerprint with what its owner says. A token encrypted to another key is lost, or somebody else's.")}
}

func (i Initialise) askRootKey() Fill {
	return Fill{
		Title: "The PGP key for the root token", Problem: i.problem, Text: []string{"A key that the server refused would be fatal: it looks at this one last, when the keys are made and nobody has them. So it is examined here, before anything is sent."},
		Fields: []Field{{Key: "key", Label: "Public key", Hint: "a file, armoured or binary, or the key in base64"}},
	}
}

func (i Initialise) askSizes() Fill {
	p := Fill{Title: "How many shares", Problem: i.problem, Text: []string{
		"The seal is Shamir's: the shares open every node after each restart. As many custodians as the threshold can open everything together; as many shares as exceed it can be lost.",
	}, Fields: []Field{
		{Key: "shares", Label: "Shares", Default: strconv.Itoa(cmp.Or(i.plan.shares, 5))},
		{Key: "threshold", Label: "Threshold", Default: strconv.Itoa(cmp.Or(i.plan.threshold, 3))},
	}}
	if !i.automatic() {
		return p
	}
	p.Title = "How many recovery shares"
	p.Text = []string{
		fmt.Sprintf("The seal is automatic (%s): it keeps the barrier's key and unseals the nodes. That key has one stored share and nobody gets one, so that older instructions' stored_shares is not asked for.", i.status.Type),
		"What people get are recovery shares: they do not unseal, and are needed to make root tokens and to replace keys.",
	}
	if i.bao {
		p.Text = append(p.Text, "OpenBao takes 0 shares, too: then there is no recovery key, and whoever has a token that may can make one later.")
	}
	return p
}

// planned is the set in words.
func (i Initialise) planned() string {
	if i.plan.shares == 0 {
		return "No recovery shares"
	}
	return fmt.Sprintf("Any %d of %d", i.plan.threshold, i.plan.shares)
}

func (i Initialise) meaning() []string {
	n, t := i.plan.shares, i.plan.threshold
	switch {
	case !i.automatic():
		return meaning(vault.RekeyConfig{Shares: n, Threshold: t})
	case n == 0:
		return []string{
			"Nobody gets a share, and nobody can make a root token by shares: once the first one is revoked, only tokens that others got from it are left.",
			"Whoever has a token that may rotate the recovery key gets shares at once, without giving any: guard such tokens as you would guard shares.",
			"The seal alone opens the nodes, as it does with any number of recovery shares: if its key is lost, so is the data.",
		}
	case n == 1:
		return []string{"One recovery share is the whole recovery key: one person can make root tokens alone, and if that share is lost nobody can."}
	}
	text := fmt.Sprintf("You can lose %s. Lose one more and nobody can make a root token or replace the recovery key.", count(n-t, "share"))
	if t == n {
		text = "If one share is lost, nobody can make a root token or replace the recovery key any longer."
	}
	return []string{
		fmt.Sprintf("Any %d of the %d custodians can act together; fewer cannot, and learn nothing.", t, n), text,
		"The seal alone opens the nodes: if its key is lost, so is the data, whatever shares there are.",
	}
}

func (i Initialise) summary() []string {
	text := []string{fmt.Sprintf("Keys are made at %s: any %d of %d %ss.", i.seat.node.Name, i.plan.threshold, i.plan.shares, i.shareKind())}
	if i.plan.shares == 0 {
		text = []string{"Keys are made at " + i.seat.node.Name + ", without recovery shares."}
	}
	text = append(text, i.meaning()...)
	switch {
	case len(i.plan.keys) > 0:
		text = append(text, "They are encrypted for "+list(i.plan.names)+" and written to "+i.hand.path+".")
	case i.plan.shares > 0:
		text = append(text, "They are shown at this screen, one custodian at a time.")
	}
	if i.plan.root.Fingerprint != "" {
		text = append(text, "The root token is encrypted to "+strings.ToUpper(i.plan.root.Fingerprint)+".")
	} else {
		text = append(text, "The root token comes to this console.")
	}
	return append(text, "It is sent once. One answer holds everything, and no server says any of it again.")
}

// risk is confirmed where the answer holds what is not encrypted.
func (i Initialise) risk() TypeOut {
	return TypeOut{Title: "A dropped line loses the keys", Want: "a dropped line loses the keys", Text: []string{
		"What comes is in this console's memory only, until each share is written down. If the terminal's connection drops, or this machine goes down, it is gone.",
		"Run warder in tmux or screen on a machine near the cluster, so that a dropped line ends nothing. If you are not: leave now (esc), nothing was sent.",
		"Keys that are lost before there is data cost no data: the storage of " + i.seat.node.Name + " is wiped, and it is initialised anew.",
	}}
}
