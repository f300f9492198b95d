package rules

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"warder/vault"
	"warder/vault/keystore"
)

// When what a key store says becomes a finding.
const (
	storeCertificateSoon = 30 * 24 * time.Hour
	storeStale           = time.Hour
	storeRotationDue     = 365 * 24 * time.Hour
)

// keyInMemory is what follows from a key that cannot be fetched anew.
const keyInMemory = "its data stays readable while it keeps its key in memory; after a restart it may not be"

// keyStores: what the storage systems say whose keys this cluster guards.
func keyStores(s Scene) []Finding {
	var out []Finding
	for _, r := range s.Stores {
		if r.Err != nil {
			out = append(out, storeSilent(s, r))
			continue
		}
		if !r.Known() {
			continue
		}
		for _, judge := range []func(Scene, keystore.Reading) (Finding, bool){
			storeCondition, storeNotUpdated, storeCertificates, storeUnread, storeOldKey,
		} {
			if f, ok := judge(s, r); ok {
				f.Evidence = []Evidence{storeEvidence(r)}
				out = append(out, f)
			}
		}
	}
	return out
}

func storeEvidence(r keystore.Reading) Evidence {
	return Evidence{Node: r.Name, Source: r.Source, Says: strings.TrimSpace(r.Value.Type + " " + strconv.Quote(r.Value.Text)), At: r.At}
}

// storeSilent: the last try gave nothing, so that what was known is no longer of now.
func storeSilent(s Scene, r keystore.Reading) Finding {
	f := Finding{
		Rule: "store-unknown", Severity: Degraded, What: "Key store " + r.Name + " tells nothing: " + vault.Reason(r.Err),
		Follows: "how it keeps its keys is not known", Do: "look at the store and at the way there",
		Evidence: []Evidence{{Node: r.Name, Source: r.Source, Says: vault.Reason(r.Err), At: r.Tried}},
	}
	if r.Known() {
		f.Follows += fmt.Sprintf("; %s ago it said %q", Span(r.Age(s.Now)), r.Value.Text)
		f.Evidence = append(f.Evidence, storeEvidence(r))
	}
	switch kind, _ := vault.KindOf(r.Err); kind {
	case vault.Denied:
		f.Do = "give it a new token, of a user that may read the state of encryption"
	case vault.Unsupported, vault.Redirected, vault.Malformed:
		f.Do = "look whether the address in the configuration is the store's own"
	}
	return f
}

// storeCondition judges the status itself.
func storeCondition(s Scene, r keystore.Reading) (Finding, bool) {
	f := Finding{
		Rule: "store-error", Severity: Degraded, What: fmt.Sprintf("Key store %s says %q", r.Name, r.Value.Text),
		Follows: keyInMemory, Command: r.Command,
	}
	switch r.Value.Condition {
	case keystore.CutOff:
		f.Do = "look at the key service, its listener and the network between; do not restart the store meanwhile"
		if why := noService(s); why != "" {
			f.Follows = "likely because " + why + "; " + keyInMemory
			f.Do = "bring this cluster back first; do not restart the store meanwhile"
		}
	case keystore.Unauthorised:
		f.Do = "look at the store's client certificate and at what the key service permits it; do not restart the store meanwhile"
	case keystore.KeyMissing:
		f.Severity = Critical
		f.Follows = "once all its nodes have restarted, its data cannot be recovered"
		f.Do = "do not restart the store; bring the key back, or give the store another key at once"
	case keystore.KeyInactive:
		f.Do = "look at the key in this cluster: activate it, or let the store change to another; do not restart the store meanwhile"
	case keystore.Corrupted:
		f.Do = "do not restart the store; set its key store anew, with its maker's support"
	case keystore.NotEncrypted:
		f.Rule, f.Severity, f.Follows = "store-plain", Notice, "whoever has its disks can read its data"
		f.Do = "nothing, if that is meant"
	case keystore.Unclear:
		f.Rule, f.Severity, f.What = "store-unclear", Notice, f.What+", which is not known here"
		f.Follows, f.Do = "whether its key is safe cannot be told", "look it up in its maker's manual"
	default:
		return f, false
	}
	return f, true
}

// noService is why nobody gets a key from this cluster now; "" when nothing speaks for that.
func noService(s Scene) string {
	shut := s.count(func(m vault.Member) bool { return is(m, vault.SealedState, vault.Uninitialised) })
	silent := s.count(func(m vault.Member) bool { return is(m, vault.Down, vault.Broken) })
	switch {
	case s.served() && len(noActive(s)) > 0:
		return "this cluster has no active node"
	case s.served():
		return ""
	case len(recoveryMode(s)) > 0:
		return "this cluster is repaired in recovery mode"
	case shut > 0:
		return "this cluster is sealed"
	case silent > 0 && silent == s.count(func(m vault.Member) bool { return m.Node != nil }):
		return "no node of this cluster answers"
	}
	return ""
}

// storeNotUpdated: the status is old by the store's own clock, as it stood when it was asked.
func storeNotUpdated(_ Scene, r keystore.Reading) (Finding, bool) {
	age := r.At.Sub(r.Value.LastUpdate)
	return Finding{
		Rule: "store-stale", Severity: Degraded, What: fmt.Sprintf("Key store %s last looked after its key service %s ago", r.Name, Span(age)),
		Follows: fmt.Sprintf("%q is of then; how it is now is not known", r.Value.Text),
		Do:      "look at the store; if its clock is wrong, at that first", Command: r.Command,
	}, !r.Value.LastUpdate.IsZero() && age > storeStale
}

// storeCertificates: the store and its key service will soon not know each other any more.
func storeCertificates(s Scene, r keystore.Reading) (Finding, bool) {
	first, tells := time.Time{}, []string(nil)
	for _, c := range []struct {
		name string
		ends time.Time
	}{{"client certificate", r.Value.ClientEnds}, {"key service's CA", r.Value.CACertEnds}} {
		left := c.ends.Sub(s.Now)
		if c.ends.IsZero() || left >= storeCertificateSoon {
			continue
		}
		tell := c.name + " expires in " + Span(left)
		if left <= 0 {
			tell = c.name + " expired " + Span(left) + " ago"
		}
		if tells = append(tells, tell); first.IsZero() || c.ends.Before(first) {
			first = c.ends
		}
	}
	f := Finding{
		Rule: "store-certificate", Severity: Notice, What: "Key store " + r.Name + ": " + strings.Join(tells, ", "),
		Follows: "from then on it cannot fetch its key, and a restart may leave its data unreadable",
		Do:      "give the store a new one before " + first.UTC().Format("2006-01-02 15:04 UTC"),
	}
	switch left := first.Sub(s.Now); {
	case left <= 0:
		f.Severity, f.Follows, f.Do = Degraded, "it cannot fetch its key; "+keyInMemory, "give the store a new one at once; do not restart it meanwhile"
	case left < certificateSoon:
		f.Severity = Degraded
	}
	return f, len(tells) > 0
}

// storeUnread: fields that nobody watches, since what they hold is not understood.
func storeUnread(_ Scene, r keystore.Reading) (Finding, bool) {
	var tells []string
	for _, u := range r.Value.Unread {
		tells = append(tells, fmt.Sprintf("%s is %q", u.Field, u.Text))
	}
	return Finding{
		Rule: "store-unread", Severity: Notice, What: "Key store " + r.Name + ": " + strings.Join(tells, ", ") + ", which is not known here",
		Follows: "it is shown as it is, and not watched", Do: "look it up in its maker's manual",
	}, len(tells) > 0
}

// storeOldKey: one key has been in use for long.
func storeOldKey(s Scene, r keystore.Reading) (Finding, bool) {
	age := s.Now.Sub(r.Value.LastRotation)
	return Finding{
		Rule: "store-rotation", Severity: Notice, What: fmt.Sprintf("Key store %s has used one key for %s", r.Name, Span(age)),
		Follows: "whoever got hold of it in all that time can still use it", Do: "rotate the store's key",
	}, !r.Value.LastRotation.IsZero() && age > storeRotationDue
}
