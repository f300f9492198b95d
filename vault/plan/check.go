package plan

import (
	"errors"
	"fmt"
	"slices"
	"unicode"
)

// Bounds of what people can carry out in a room.
const (
	maxShares = 255
	maxList   = 300
	maxText   = 500
)

// check says what cannot be meant.
func (p Plan) check() error {
	for _, find := range []func() error{p.badKind, p.badText, p.badSizes, p.badChoices, p.badCustodians} {
		if err := find(); err != nil {
			return err
		}
	}
	return nil
}

func (p Plan) badKind() error {
	if p.Kind.Words() == "" {
		return fmt.Errorf("kind is %q, and has to be unseal, rekey, generate-root or initialise", p.Kind)
	}
	return nil
}

// badText refuses what would trick a terminal or a printed script, and entries without words.
func (p Plan) badText() error {
	texts := []string{p.Title, p.Cluster.Name, p.Cluster.ID, p.Parameters.File}
	var needed []string
	for _, c := range p.Custodians {
		needed, texts = append(needed, c.Name), append(texts, c.PGPKey)
	}
	for _, r := range p.Roles {
		needed = append(needed, r.Role, r.Name)
	}
	needed = append(append(needed, p.Witnesses...), p.Checks...)
	if slices.Contains(needed, "") {
		return errors.New("a custodian, role, witness or check has no words")
	}
	if len(needed) > maxList {
		return fmt.Errorf("more than %d custodians, roles, witnesses and checks", maxList)
	}
	for _, t := range append(texts, needed...) {
		switch {
		case len(t) > maxText:
			return fmt.Errorf("a text is longer than %d bytes", maxText)
		case slices.ContainsFunc([]rune(t), func(r rune) bool { return !unicode.IsPrint(r) }):
			return fmt.Errorf("%q holds a character that does not print", t)
		}
	}
	return nil
}

func (p Plan) makesShares() bool { return p.Kind == Rekey || p.Kind == Initialise }

func (p Plan) badSizes() error {
	n, t := p.Parameters.Shares, p.Parameters.Threshold
	switch {
	case n == 0 && t == 0:
		return nil
	case !p.makesShares():
		return fmt.Errorf("shares and threshold belong to a plan that makes shares, and this one is of kind %s", p.Kind)
	case n < 1 || n > maxShares:
		return fmt.Errorf("shares is %d, and there can be 1 to %d", n, maxShares)
	case t < 1 || t > n:
		return fmt.Errorf("threshold is %d, and has to be between 1 and the number of shares, %d", t, n)
	case t == 1 && n > 1:
		return errors.New("threshold is 1: the servers refuse that for more than one share, since each would be the whole key")
	}
	return nil
}

func (p Plan) badChoices() error {
	q := p.Parameters
	switch {
	case !slices.Contains([]string{"", "barrier", "recovery"}, q.Key):
		return fmt.Errorf("key is %q, and has to be barrier or recovery", q.Key)
	case !slices.Contains([]string{"", "screen", "pgp"}, q.HandOut):
		return fmt.Errorf("hand_out is %q, and has to be screen or pgp", q.HandOut)
	case q.Key != "" && p.Kind != Rekey:
		return errors.New("key belongs to a plan of kind rekey")
	case (q.Verification != nil || q.Backup != nil) && p.Kind != Rekey:
		return errors.New("verification and backup belong to a plan of kind rekey")
	case q.Verification != nil && !*q.Verification && (q.Backup == nil || !*q.Backup || q.HandOut != "pgp"):
		return errors.New("verification is false: that is safe only with hand_out = \"pgp\" and backup = true")
	case q.Backup != nil && *q.Backup && q.HandOut != "pgp":
		return errors.New("backup is true: the server keeps one only with hand_out = \"pgp\"")
	case q.File != "" && q.HandOut != "pgp":
		return errors.New("file is where encrypted shares go: it needs hand_out = \"pgp\"")
	}
	return nil
}

func (p Plan) badCustodians() error {
	if len(p.Custodians) == 0 {
		return nil
	}
	if !p.makesShares() {
		return fmt.Errorf("custodians are who gets a new share, and a plan of kind %s makes none", p.Kind)
	}
	if n := p.Parameters.Shares; n != len(p.Custodians) {
		return fmt.Errorf("there are %d custodians and %d shares: each custodian gets one", len(p.Custodians), n)
	}
	seen, keys := map[string]bool{}, map[string]bool{}
	for _, c := range p.Custodians {
		switch {
		case seen[c.Name]:
			return fmt.Errorf("%s is named twice: whoever has two shares counts twice", c.Name)
		case c.PGPKey != "" && p.Parameters.HandOut != "pgp":
			return fmt.Errorf("%s has a pgp_key: that needs hand_out = \"pgp\"", c.Name)
		case c.PGPKey == "" && p.Parameters.HandOut == "pgp":
			return fmt.Errorf("%s has no pgp_key", c.Name)
		case c.PGPKey != "" && keys[c.PGPKey]:
			return fmt.Errorf("%s has the pgp_key of somebody else", c.Name)
		}
		seen[c.Name], keys[c.PGPKey] = true, true
	}
	return nil
}
