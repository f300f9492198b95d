package ceremony

import (
	"warder/keys"
	"warder/vault"
)

// The effects of an initialisation.
type (
	// MakeKeys initialises the cluster at a node. Its answer is the only one that holds the shares.
	MakeKeys struct {
		Node
		Config vault.InitConfig
	}
	// JoinNode has a node that has no keys join the cluster.
	JoinNode struct {
		Node
		Config vault.JoinConfig
	}
	// ReadCertificates reads the certificates of a CA from a file.
	ReadCertificates struct {
		here
		Path string
	}
	// ReadRaft asks the active node who is in the Raft configuration, with the new token.
	ReadRaft struct {
		Node
		Token keys.Secret
	}
)

func (e ReadRaft) carried() []keys.Secret { return []keys.Secret{e.Token} }

// What answers them.
type (
	// KeysMade answers MakeKeys.
	KeysMade struct {
		Result vault.InitResult
		Err    error
	}
	// NodeJoined answers JoinNode.
	NodeJoined struct {
		Address string
		Err     error
	}
	// CertificatesRead answers ReadCertificates.
	CertificatesRead struct {
		PEM string
		Err error
	}
	// RaftRead answers ReadRaft.
	RaftRead struct {
		Servers []vault.RaftServer
		Err     error
	}
)

func (KeysMade) event()         {}
func (NodeJoined) event()       {}
func (CertificatesRead) event() {}
func (RaftRead) event()         {}
