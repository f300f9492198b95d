package ceremony

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"warder/keys"
	"warder/vault"
)

// maxShares is how many shares there can be: their x-coordinates are bytes that are not 0.
const maxShares = 255

// back goes to the stage before, while nothing was begun.
func (r *Rekey) back() bool {
	switch r.stage {
	case rekeyKind:
		r.stage = rekeyTold
	case rekeyForgetting:
		r.stage = rekeyDone
	case rekeyEnding:
		r.stage = rekeyJoining
	case rekeySized, rekeyHiding:
		r.stage = rekeySizing
	case rekeyChallenging:
		if !r.check.back() {
			r.stage, r.plan.owners = rekeyHiding, owners{}
		}
	case rekeyKeying, rekeyKeysShown, rekeyComparing, rekeyBacking, rekeyVerifying, rekeyFiling:
		r.stage, r.plan.owners = rekeyHiding, owners{}
	case rekeyStoring, rekeyUnsaved:
		r.stage = rekeyUnstored
	case rekeyReady:
		if r.fixed() {
			return false
		}
		r.stage, r.plan.owners = rekeySizing, owners{}
	default:
		return false
	}
	r.problem = ""
	return true
}

// Backs implements Backer.
func (r Rekey) Backs() bool {
	return (r.awaits == callNone || r.polls()) && !r.approaching() && r.back()
}

// fixed says that there is nothing to choose: where the seal keeps the barrier's key, it has one share, which nobody gets.
func (r Rekey) fixed() bool { return r.plan.kind == vault.BarrierKey && r.old.RecoverySeal }

// safeToStart says that one lost answer cannot lose the cluster: verification is off only with PGP keys and a backup, or
// where no share is handed out.
func (r Rekey) safeToStart() bool {
	c := r.plan.config
	return c.Verification && !r.fixed() || c.Backup && len(c.PGPKeys) == c.Shares || r.fixed() && c.Shares == 1 && len(c.PGPKeys) == 0
}

// configure begins the choices.
func (r *Rekey) configure() {
	r.stage, r.problem = rekeySizing, ""
	if r.fixed() {
		r.plan.config = vault.RekeyConfig{Shares: 1, Threshold: 1}
		r.stage = rekeyReady
	}
}

func (r *Rekey) filled(v map[string]string) ([]Effect, bool) {
	switch r.stage {
	case rekeySizing:
		shares, threshold, err := sizes(v["shares"], v["threshold"])
		if r.problem = ""; err != nil {
			r.problem = err.Error()
			return nil, true
		}
		r.plan.config = vault.RekeyConfig{Shares: shares, Threshold: threshold, Verification: true}
		r.stage = rekeySized
	case rekeyKeying:
		if r.problem = r.plan.reached(v["contact"]); r.problem != "" {
			return nil, true
		}
		return r.custodianNamed(v["name"], v["key"]), true
	case rekeyChallenging:
		return r.challenged(Filled{v})
	case rekeyFiling:
		if path, ok := r.fileNamed(v["path"]); ok {
			r.plan.path, r.stage = path, rekeyReady
		}
	case rekeyStoring:
		if path, ok := r.fileNamed(v["path"]); ok {
			r.plan.path = path
			return r.store(), true
		}
	case rekeyNaming:
		r.named(strings.TrimSpace(v["name"]))
	default:
		return nil, false
	}
	return nil, true
}

// sizes checks n and t as the servers do, and says why.
func sizes(shares, threshold string) (n, t int, err error) {
	n, errN := strconv.Atoi(strings.TrimSpace(shares))
	t, errT := strconv.Atoi(strings.TrimSpace(threshold))
	switch {
	case errN != nil || errT != nil:
		return 0, 0, errors.New("both have to be numbers")
	case n < 1 || n > maxShares:
		return 0, 0, fmt.Errorf("there can be 1 to %d shares", maxShares)
	case t < 1 || t > n:
		return 0, 0, fmt.Errorf("the threshold has to be between 1 and the number of shares, %d", n)
	case t == 1 && n > 1:
		return 0, 0, errors.New("with a threshold of 1 every share is the whole key: the servers refuse that for more than one share")
	}
	return n, t, nil
}

// meaning says what n and t come to.
func meaning(c vault.RekeyConfig) []string {
	n, t := c.Shares, c.Threshold
	switch {
	case n == 1:
		return []string{"One share is the whole key: one person can do everything alone, and if that share is lost the cluster is lost."}
	case t == n:
		return []string{fmt.Sprintf("All %d custodians have to come together. If one share is lost, the cluster is lost at the next restart.", n)}
	}
	return []string{
		fmt.Sprintf("Any %d of the %d custodians can act together; fewer cannot, and learn nothing.", t, n),
		fmt.Sprintf("You can lose %s. Lose one more and nobody can unseal or rekey any longer.", count(n-t, "share")),
	}
}

// custodianNamed takes the key of one custodian.
func (r *Rekey) custodianNamed(name, text string) []Effect {
	if r.problem = r.plan.named(name); r.problem != "" {
		return nil
	}
	return r.keyNamed(r, text)
}

// keyFound takes the key of the custodian named last.
func (r *Rekey) keyFound(key keys.PublicKey) {
	if r.problem = r.plan.found(key); r.problem != "" || len(r.plan.keys) < r.plan.config.Shares {
		return
	}
	r.plan.config.PGPKeys = r.plan.forms()
	r.stage = rekeyKeysShown
}

// protectionPicked takes what keeps the new shares from being lost: verification is off only with PGP keys and a backup.
func (r *Rekey) protectionPicked(key string) ([]Effect, bool) {
	c := &r.plan.config
	switch {
	case r.stage == rekeyHiding && key == "open":
		c.PGPKeys, r.plan.owners = nil, owners{}
		c.Backup, c.Verification = false, true
		r.stage = rekeyReady
	case r.stage == rekeyHiding && key == "pgp":
		c.PGPKeys, r.plan.owners = nil, owners{}
		return r.asksOwners(), true
	case r.stage == rekeyBacking && key == "backup":
		c.Backup, r.stage = true, rekeyVerifying
	case r.stage == rekeyBacking && key == "none":
		c.Backup, c.Verification, r.stage = false, true, rekeyFiling
	case r.stage == rekeyVerifying && key == "verify":
		c.Verification, r.stage = true, rekeyFiling
	case r.stage == rekeyVerifying && key == "trust" && len(r.check.excepted) == 0:
		c.Verification, r.stage = false, rekeyFiling
	default:
		return nil, false
	}
	return nil, true
}
