package conformance

import (
	"slices"
	"testing"

	"warder/vault"
)

// kind is a sort of server, as far as two may answer differently.
type kind int

const (
	vault1   kind = iota // Vault 1.x: open ceremony endpoints
	vault2               // Vault 2: the same with a token
	openBao              // OpenBao as it comes
	reopened             // OpenBao whose listener opens the old endpoints again
	kinds
)

func (k kind) String() string {
	return [kinds]string{"Vault 1", "Vault 2", "OpenBao", "OpenBao with the old endpoints"}[k]
}

func (k kind) doors() vault.Doors {
	return [kinds]vault.Doors{vault.DoorsOpen, vault.DoorsToken, vault.DoorsClosed, vault.DoorsOpen}[k]
}

func (k kind) product() vault.Product {
	if k < openBao {
		return vault.HashiCorpVault
	}
	return vault.OpenBao
}

// difference is a call that ends in other ways on other servers.
type difference struct {
	why      string
	outcomes [kinds]outcome
}

// differences are all expectations in which one kind of server is not as another. What is not in it is expected of all.
var differences = map[string]difference{
	"seal backends of a sealed node": {
		"OpenBao has no such endpoint, and says first that it is sealed",
		[kinds]outcome{accepted, accepted, sealed, sealed},
	},
	"seal backends": {
		"OpenBao has no such endpoint, and asks for a token first",
		[kinds]outcome{accepted, accepted, denied, denied},
	},
	"seal a standby": {
		"Vault's standbys refuse; OpenBao's are sealed",
		[kinds]outcome{failed, failed, accepted, accepted},
	},
	"a rekey's state without a token": {
		"only Vault 1, and an OpenBao that is told to, ask for no token",
		[kinds]outcome{accepted, denied, unsupported, accepted},
	},
	"cancel a rekey with another nonce": {
		"Vault protects a young rekey from those who do not know its nonce",
		[kinds]outcome{refused, refused, accepted, accepted},
	},
	"a rekey's share at a standby": {
		"Vault's standbys forward it; OpenBao's rotation is known to the asked node only",
		[kinds]outcome{accepted, accepted, refused, accepted},
	},
	"backup without PGP keys": {
		"OpenBao's rotation takes it and makes none",
		[kinds]outcome{refused, refused, accepted, refused},
	},
	"a rekey to a threshold above the shares": {
		"only OpenBao's old endpoint calls it an internal error",
		[kinds]outcome{refused, refused, refused, failed},
	},
	"a wrong share completes a rekey": {
		"the old endpoints call it an internal error",
		[kinds]outcome{failed, failed, refused, failed},
	},
	"a threshold of one for several shares": {
		"the old endpoints call it an internal error",
		[kinds]outcome{failed, failed, refused, failed},
	},
	"another nonce for generate-root": {
		"OpenBao's own endpoint calls what it does not take an internal error",
		[kinds]outcome{refused, refused, failed, refused},
	},
	"a share given twice to generate-root": {
		"OpenBao's own endpoint calls what it does not take an internal error",
		[kinds]outcome{refused, refused, failed, refused},
	},
	"a wrong share completes generate-root": {
		"OpenBao's own endpoint calls what it does not take an internal error",
		[kinds]outcome{refused, refused, failed, refused},
	},
	raftWithoutQuorum: {
		"OpenBao's standbys answer reads themselves",
		[kinds]outcome{noActive, noActive, accepted, accepted},
	},
	"the Raft configuration without a leader": {
		"OpenBao's standbys answer reads themselves",
		[kinds]outcome{redirected, redirected, accepted, accepted},
	},
	"an audit device by the API": {
		"OpenBao takes them from its configuration only",
		[kinds]outcome{accepted, accepted, refused, refused},
	},
	"the log of a standby": {
		"OpenBao's standbys tell their own; Vault's send the caller to the active node",
		[kinds]outcome{redirected, redirected, accepted, accepted},
	},
	"namespaces": {
		"Vault's community edition has none",
		[kinds]outcome{unsupported, unsupported, accepted, accepted},
	},
	"capabilities without a leader": {
		"OpenBao's standbys answer reads themselves, also such as are POSTs",
		[kinds]outcome{redirected, redirected, accepted, accepted},
	},
	"a rekey's state without a leader": {
		"OpenBao's rotation is asked of the node's own memory; the old endpoints are the active node's",
		[kinds]outcome{redirected, redirected, accepted, redirected},
	},
}

func TestDifferencesDiffer(t *testing.T) {
	t.Parallel()
	for what, d := range differences {
		if all := slices.Compact(slices.Clone(d.outcomes[:])); len(all) == 1 || d.why == "" {
			t.Errorf("%s: %v of all, because %q", what, all, d.why)
		}
	}
}
