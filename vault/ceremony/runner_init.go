package ceremony

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
)

// doInit does what an initialisation asks of nodes that lead nothing yet. It is nil for all else.
func (r Runner) doInit(ctx context.Context, e Effect) Event {
	switch e := e.(type) {
	case MakeKeys:
		made, err := r.client(e.Node).Init(ctx, e.Config)
		return KeysMade{Result: made, Err: err}
	case JoinNode:
		return NodeJoined{Address: e.Node.Address, Err: r.client(e.Node).Join(ctx, e.Config)}
	case ReadCertificates:
		text, err := readCertificates(e.Path)
		return CertificatesRead{PEM: text, Err: err}
	}
	return nil
}

// readCertificates reads a file of certificates, and of nothing else: what it holds travels to a node.
func readCertificates(path string) (string, error) {
	b, err := readBounded(path)
	if err != nil {
		return "", err
	}
	found := 0
	for block, rest := pem.Decode(b); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			clear(b)
			return "", fmt.Errorf("%s holds a %s: only certificates are sent to a node", path, block.Type)
		}
		if _, err := x509.ParseCertificate(block.Bytes); err != nil {
			return "", fmt.Errorf("%s: %w", path, err)
		}
		found++
	}
	if found == 0 {
		return "", fmt.Errorf("%s holds no certificate in PEM", path)
	}
	return string(b), nil
}
