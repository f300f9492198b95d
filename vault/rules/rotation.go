package rules

import (
	"fmt"
	"time"

	"warder/vault"
)

// How long a key of the barrier may serve where nothing replaces it, and how often: NIST SP 800-38D bounds the encryptions
// under one AES-GCM key with random nonces to 2^32, and the servers' own default is nine tenths of that.
const (
	keyTooOld   = 365 * 24 * time.Hour
	keyTooUsed  = 3_865_470_566
	rotateDelay = time.Hour // the servers look for what is due every quarter of an hour
)

// rotation: the barrier's key should have been replaced.
func rotation(s Scene) []Finding {
	k, by := s.Keys()
	if !told(s, k) || k.Value.Installed.IsZero() {
		return nil
	}
	c, _ := s.Rotation()
	age := k.At.Sub(k.Value.Installed)
	why, follows, severity := overdue(k.Value, age, c)
	if why == "" {
		return nil
	}
	f := Finding{
		Rule: "key-rotation", Severity: severity, What: why, Follows: follows, Do: "rotate it; data stays readable",
		Command: s.cli(by, "operator rotate"), Evidence: keyEvidence(s),
	}
	if anyBackendIll(s) {
		f.Do = "mend the seal backends first, since Vault 1.20.3 and later rotate nothing while one is unhealthy; then rotate it"
	}
	return []Finding{f}
}

// overdue says why a key should have been replaced; "" when it need not be. Where the settings are not seen, only the bound
// that is everybody's is held against it.
func overdue(k vault.KeyStatus, age time.Duration, c vault.Section[vault.RotateConfig]) (why, follows string, severity Severity) {
	v := c.Value
	automatic := c.Fresh() && v.Enabled
	switch {
	case automatic && v.Interval > 0 && age > v.Interval+rotateDelay:
		return fmt.Sprintf("The barrier's key is %s old, and should be replaced every %s", Span(age), Span(v.Interval)),
			"the automatic rotation does not do what it is set to", Degraded
	case automatic && v.MaxOperations > 0 && k.Encryptions > v.MaxOperations:
		return fmt.Sprintf("The barrier's key made %d encryptions, and should be replaced after %d", k.Encryptions, v.MaxOperations),
			"the automatic rotation does not do what it is set to", Degraded
	case !automatic && k.Encryptions >= keyTooUsed:
		return fmt.Sprintf("The barrier's key made %d encryptions", k.Encryptions), "2^32 are the most that NIST SP 800-38D allows one key", Degraded
	case c.Fresh() && !v.Enabled && age > keyTooOld:
		return fmt.Sprintf("The barrier's key is %s old, and nothing replaces it", Span(age)), "automatic rotation is switched off", Notice
	}
	return "", "", Notice
}

func keyEvidence(s Scene) []Evidence {
	k, by := s.Keys()
	out := []Evidence{cite(s, k, by, fromKeys, fmt.Sprintf(
		"term %d, installed %s, %d encryptions", k.Value.Term, k.Value.Installed.UTC().Format("2006-01-02"), k.Value.Encryptions))}
	c, from := s.Rotation()
	switch {
	case c.Known():
		out = append(out, cite(s, c, from, fromRotation, fmt.Sprintf(
			"enabled %v, interval %s, max_operations %d", c.Value.Enabled, c.Value.Interval, c.Value.MaxOperations)))
	case c.Err != nil:
		out = append(out, cite(s, c, from, fromRotation, vault.Reason(c.Err)))
	}
	return out
}

func anyBackendIll(s Scene) bool {
	return s.count(func(m vault.Member) bool {
		return heard(m) && m.Node.Backends.Fresh() && len(m.Node.Backends.Value.Unhealthy()) > 0
	}) > 0
}
