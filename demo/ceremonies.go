package demo

// ceremonyKind tells apart whose shares a rekey replaces.
type ceremonyKind int

const (
	barrierRekey ceremonyKind = iota
	recoveryRekey
	ceremonyKinds
)

// ceremonies is what the active node holds of operations under way, in memory alone, and the backups, which are in
// storage.
type ceremonies struct {
	rekeys  [ceremonyKinds]*rekey
	root    *rootAttempt
	backups [ceremonyKinds]*backup
}

// lost forgets what goes with the active node.
func (c *ceremonies) lost() {
	c.rekeys = [ceremonyKinds]*rekey{}
	c.root = nil
}

// layAside is what becomes of the operations when nobody leads any more. Vault discards them. OpenBao's node keeps them in
// its memory, shares and all, and has them again when it leads again.
func (c *Cluster) layAside(old *node) {
	if c.product.bao() && old != nil && old.process != down {
		old.attempt = c.ceremonies.root
	}
	c.ceremonies.lost()
}

// backup is the shares of a rekey as their PGP keys hide them, by fingerprint.
type backup struct {
	nonce       string
	hex, base64 map[string][]string
}

func newBackup(nonce string, handed handedOut) *backup {
	b := &backup{nonce: nonce, hex: map[string][]string{}, base64: map[string][]string{}}
	for i, print := range handed.fingerprints {
		b.hex[print] = append(b.hex[print], handed.hex[i])
		b.base64[print] = append(b.base64[print], handed.base64[i])
	}
	return b
}

// slot is where a rekey is held: with the active node, or with the node that was asked.
func (q *request) slot(kind ceremonyKind) **rekey {
	if !q.c.product.bao() {
		return &q.c.ceremonies.rekeys[kind]
	}
	return &q.at.rotation[kind]
}

// supports says whether there are shares of this kind to replace: recovery shares only under auto-unseal.
func (c *Cluster) supports(kind ceremonyKind) bool { return kind == barrierRekey || c.seal.auto() }
