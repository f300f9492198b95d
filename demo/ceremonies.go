package demo

// ceremonyKind tells the operations apart that collect shares.
type ceremonyKind int

const (
	barrierRekey ceremonyKind = iota
	recoveryRekey
)

// ceremonies is what the active node remembers of operations under way.
type ceremonies struct{}

func (c *ceremonies) lost() {}

type rekey struct{}
