package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"warder/vault"
	"warder/vault/keystore"
)

// films is a store of which all is well, changed.
func films(changes ...func(*keystore.Status)) keystore.Reading {
	s := keystore.Status{
		Type: "KMS", Text: "KMS Available", Condition: keystore.Available, CACertEnds: now.Add(400 * day), ClientEnds: now.Add(200 * day),
		LastRotation: now.Add(-80 * day), LastUpdate: now.Add(-3 * time.Minute),
	}
	for _, change := range changes {
		change(&s)
	}
	return keystore.Reading{Name: "films", Kind: "Qumulo", Source: "/v2/status", Command: "qq --host films encryption_get_status", Section: had(s)}
}

func putting(c keystore.Condition, text string) func(*keystore.Status) {
	return func(s *keystore.Status) { s.Condition, s.Text = c, text }
}

// storeTried is a store whose last try failed; before is what it said five minutes ago, if anything.
func storeTried(kind vault.Kind, says string, before bool) keystore.Reading {
	r := films()
	r.At = now.Add(-5 * time.Minute)
	r.Err = &vault.Error{Op: "/v2/status", Address: "https://films:8000", Kind: kind, Says: says}
	if !before {
		r.Section = vault.Section[keystore.Status]{Tried: now, Err: r.Err}
	}
	return r
}

func TestKeyStores(t *testing.T) {
	t.Parallel()
	active := []*vault.Node{node("a", vault.CodeActive)}
	shut := []*vault.Node{node("a", vault.CodeSealed), node("b", vault.CodeSealed)}
	for name, c := range map[string]struct {
		nodes []*vault.Node
		store keystore.Reading
		want  []string
		says  []string
		not   string
	}{
		"all is well":   {active, films(), nil, nil, ""},
		"not asked yet": {active, keystore.Reading{Name: "films"}, nil, nil, ""},
		"its key kept locally": {active, films(putting(keystore.KeptLocally, "Encrypted"), func(s *keystore.Status) {
			s.CACertEnds, s.ClientEnds, s.LastUpdate, s.LastRotation = time.Time{}, time.Time{}, time.Time{}, time.Time{}
		}), nil, nil, ""},
		"cut off, this cluster well": {
			active, films(putting(keystore.CutOff, "Cannot connect to KMS server.")),
			[]string{"degraded store-error -"},
			[]string{`films says "Cannot connect to KMS server."`, "stays readable while it keeps its key in memory", "its listener", "qq --host films"},
			"likely because",
		},
		"cut off, this cluster sealed": {
			shut, films(putting(keystore.CutOff, "Cannot connect to KMS server.")),
			[]string{"degraded store-error -"},
			[]string{"likely because this cluster is sealed", "bring this cluster back first"},
			"",
		},
		"cut off, no active node": {
			[]*vault.Node{node("a", vault.CodeStandby, func(n *vault.Node) { n.Leader = had(vault.Leader{HAEnabled: true}) })},
			films(putting(keystore.CutOff, "x")),
			[]string{"degraded store-error -"},
			[]string{"likely because this cluster has no active node"},
			"",
		},
		"cut off, nobody answers here": {
			[]*vault.Node{down("a")},
			films(putting(keystore.CutOff, "x")),
			[]string{"degraded store-error -"},
			[]string{"likely because no node of this cluster answers"},
			"",
		},
		"cut off, this cluster not heard yet": {
			vault.NewSnapshot("https://a:8200").Nodes, films(putting(keystore.CutOff, "x")), []string{"degraded store-error -"}, nil, "likely because",
		},
		"another error does not speak of this cluster's seal": {
			shut, films(putting(keystore.Unauthorised, "KMS Authentication Error")),
			[]string{"degraded store-error -"},
			[]string{"client certificate"},
			"likely because",
		},
		"the key is gone": {
			active, films(putting(keystore.KeyMissing, "KMS Key Not Found")),
			[]string{"critical store-error -"},
			[]string{"cannot be recovered", "do not restart the store"},
			"",
		},
		"the key is inactive": {
			active, films(putting(keystore.KeyInactive, "KMS Key Inactive")),
			[]string{"degraded store-error -"},
			[]string{"look at the key in this cluster"},
			"",
		},
		"its configuration is damaged": {
			active, films(putting(keystore.Corrupted, "Configuration Corrupted")), []string{"degraded store-error -"}, []string{"do not restart"}, "",
		},
		"not encrypted": {active, films(putting(keystore.NotEncrypted, "Not Encrypted")), []string{"notice store-plain -"}, []string{"if that is meant"}, ""},
		"a status that is not known": {
			active, films(putting(keystore.Unclear, "KMS Sleeping")), []string{"notice store-unclear -"}, []string{`"KMS Sleeping", which is not known here`}, "",
		},
		"a stale status": {
			active, films(func(s *keystore.Status) { s.LastUpdate = now.Add(-61 * time.Minute) }),
			[]string{"degraded store-stale -"},
			[]string{"looked after its key service 1 h ago", `"KMS Available" is of then`},
			"",
		},
		"just not stale": {active, films(func(s *keystore.Status) { s.LastUpdate = now.Add(-time.Hour) }), nil, nil, ""},
		"a certificate within a month": {
			active, films(func(s *keystore.Status) { s.ClientEnds = now.Add(29 * day) }),
			[]string{"notice store-certificate -"},
			[]string{"client certificate expires in 29 days", "before 2026-12-21 12:00 UTC"},
			"CA",
		},
		"a month is enough": {active, films(func(s *keystore.Status) { s.ClientEnds = now.Add(30 * day) }), nil, nil, ""},
		"both certificates, one within two weeks": {
			active, films(func(s *keystore.Status) { s.ClientEnds, s.CACertEnds = now.Add(20*day), now.Add(13*day) }),
			[]string{"degraded store-certificate -"},
			[]string{"client certificate expires in 20 days, key service's CA expires in 13 days", "before 2026-12-05"},
			"",
		},
		"an expired certificate": {
			active, films(func(s *keystore.Status) { s.CACertEnds = now.Add(-3 * day) }),
			[]string{"degraded store-certificate -"},
			[]string{"key service's CA expired 3 days ago", "at once"},
			"",
		},
		"a key of more than a year": {
			active, films(func(s *keystore.Status) { s.LastRotation = now.Add(-400 * day) }),
			[]string{"notice store-rotation -"},
			[]string{"one key for 400 days"},
			"",
		},
		"texts that are not understood": {
			active, films(func(s *keystore.Status) {
				s.ClientEnds, s.Unread = time.Time{}, []keystore.Unread{{Field: "client_cert_expiry", Text: "soon"}}
			}), []string{"notice store-unread -"}, []string{`client_cert_expiry is "soon", which is not known here`}, "",
		},
		"no answer ever": {
			active, storeTried(vault.Unreachable, "connection refused", false),
			[]string{"degraded store-unknown -"},
			[]string{"tells nothing: connection refused", "not known"},
			"ago it said",
		},
		"no answer any more": {
			active, storeTried(vault.Unreachable, "connection refused", true),
			[]string{"degraded store-unknown -"},
			[]string{`5 min ago it said "KMS Available"`},
			"",
		},
		"the token is refused": {
			active, storeTried(vault.Denied, "the token is not accepted (401)", false), []string{"degraded store-unknown -"}, []string{"give it a new token"}, "",
		},
	} {
		findings := keyStores(NewScene(vault.Snapshot{Nodes: c.nodes}, now, Past{Stores: []keystore.Reading{c.store}}))
		var got []string
		var all strings.Builder
		for _, f := range findings {
			got = append(got, summary(f))
			fmt.Fprintf(&all, "%+v\n", f)
			if f.What == "" || f.Follows == "" || f.Do == "" || len(f.Evidence) == 0 {
				t.Errorf("%s: it lacks something: %+v", name, f)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		for _, text := range c.says {
			if !strings.Contains(all.String(), text) {
				t.Errorf("%s: nowhere %q in\n%s", name, text, all.String())
			}
		}
		if c.not != "" && strings.Contains(all.String(), c.not) {
			t.Errorf("%s: %q stands in\n%s", name, c.not, all.String())
		}
	}
}
