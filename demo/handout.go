package demo

import (
	"errors"

	"warder/keys"
)

// handOut encodes shares for their custodians: plain, or each under its PGP key.
func (c *Cluster) handOut(shares []keys.Secret, pgpKeys []string) (handedOut, error) {
	var out handedOut
	if len(pgpKeys) > 0 {
		return out, errors.New("error parsing PGP key")
	}
	for _, share := range shares {
		share.Use(out.add)
	}
	return out, nil
}
