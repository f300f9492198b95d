package demo

import "fmt"

// Product is whose server the demo speaks as, and of which era.
type Product int

// The three eras of the API that are met in the field.
const (
	Vault   Product = iota // Vault 1.21: ceremony endpoints open, a cancel needs the nonce
	Vault2                 // Vault 2.0: the same endpoints, each with a token
	OpenBao                // OpenBao 2.6: rotate/* and generate-root-token/*, answers under data
	products
)

// era is everything about a product that is a constant; what it does differently is asked of Product where it is done.
type era struct {
	word        string // as ParseProduct reads it
	version     string
	before      string // the version that a node may still run midway in an upgrade
	suffix      string // After the documentation: what the enterprise edition adds to the version
	nodes       string // first half of the node names
	tokenPrefix string
	otpLength   int
}

var eras = [products]era{
	Vault: {
		word: "vault", version: "1.21.0", before: "1.20.4", suffix: "+ent",
		nodes: "vault", tokenPrefix: "hvs.", otpLength: 28,
	},
	Vault2: {
		word: "vault2", version: "2.0.0", before: "1.21.4", suffix: "+ent",
		nodes: "vault", tokenPrefix: "hvs.", otpLength: 28,
	},
	OpenBao: {
		word: "openbao", version: "2.6.2", before: "2.5.3",
		nodes: "bao", tokenPrefix: "s.", otpLength: 26,
	},
}

// ParseProduct reads "vault", "vault2" or "openbao".
func ParseProduct(word string) (Product, error) {
	for p, e := range eras {
		if e.word == word {
			return Product(p), nil
		}
	}
	return 0, fmt.Errorf("unknown product %q: want vault, vault2 or openbao", word)
}

// String is the word that ParseProduct reads.
func (p Product) String() string { return p.era().word }

func (p Product) era() era { return eras[p] }

func (p Product) bao() bool { return p == OpenBao }
