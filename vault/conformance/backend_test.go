package conformance

import (
	"slices"
	"strings"
	"testing"
	"time"

	"warder/keys"
	"warder/vault"
	"warder/vault/sys"
)

// backendSteps are package sys, and what package vault has of it, on three nodes that nobody initialised.
var backendSteps = []step{
	{"nobody initialised them", uninitialised},
	{"initialised once and no more", initialised},
	{"unsealed by shares", unsealed},
	{"joined by the other nodes", joined},
	{"secrets engines", enginesKept},
	{"auth methods", methodsKept},
	{"audit devices", devicesKept},
	{"policies", policiesKept},
	{"quotas", quotasKept},
	{"namespaces", namespacesKept},
	{"leases", leasesKept},
	{"plugins and versions", pluginsTold},
	{"capabilities of others", capabilitiesOfOthers},
	{"wrapping", wrapped},
	{"health with other codes", healthWithCodes},
	{"the log of a node", logged},
	{"hvac does the same", hvacConfigures},
	{"a snapshot is restored", restored},
	{"a snapshot of another cluster is refused, and forced", restoredByForce},
}

func TestDemosBackend(t *testing.T) {
	t.Parallel()
	for _, k := range []kind{vault1, vault2, openBao} {
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			c, _ := demoOf(t, k, "uninitialised", false)
			c.tries(t, backendSteps)
		})
	}
}

func TestRealOpenBaosBackend(t *testing.T) {
	t.Parallel()
	servers(t, binary(t, "BAO_BIN"), openBao, newConfigs(t, "backend", 3)).tries(t, backendSteps)
}

func TestRealVaultsBackend(t *testing.T) {
	t.Parallel()
	bin := binary(t, "VAULT_BIN")
	servers(t, bin, eraOf(t, bin), newConfigs(t, "backend", 3)).tries(t, backendSteps)
}

// backend is the client of package sys at the active node.
func (c *cluster) backend(t *testing.T) sys.Client {
	t.Helper()
	return sys.Client{Client: c.lead(t)}
}

// strangers is the same with a token that nobody issued.
func (c *cluster) strangers(t *testing.T) sys.Client {
	t.Helper()
	return sys.Client{Client: c.stranger.Client(c.nodes[c.active(t)], false)}
}

// among is the mount of a path.
func among(t *testing.T, mounts []sys.Mount, path string) (sys.Mount, bool) {
	t.Helper()
	i := slices.IndexFunc(mounts, func(m sys.Mount) bool { return m.Path == path })
	if i < 0 {
		return sys.Mount{}, false
	}
	return mounts[i], true
}

func enginesKept(t *testing.T, c *cluster) {
	s, x := c.backend(t), t.Context()
	works(t, "enable", s.EnableMount(x, "team/kv", sys.MountConfig{
		Type: "kv", Description: "of a team", Options: map[string]string{"version": "1"}, Config: map[string]string{"max_lease_ttl": "2h"},
	}))
	ends(t, "a path in use", s.EnableMount(x, "team/kv", sys.MountConfig{Type: "kv"}), refused)
	ends(t, "a type that is none", s.EnableMount(x, "other", sys.MountConfig{Type: "nosuchengine"}), refused)
	all, err := s.Mounts(x)
	works(t, "list", err)
	m, there := among(t, all, "team/kv/")
	if !there || m.Type != "kv" || m.Description != "of a team" || m.Options["version"] != "1" || m.MaxTTL != 2*time.Hour || m.Accessor == "" || m.Local {
		t.Errorf("%+v", all)
	}
	for _, own := range []string{"sys/", "identity/", "cubbyhole/"} {
		if _, there := among(t, all, own); !there {
			t.Errorf("%s is not listed", own)
		}
	}
	works(t, "tune", s.TuneMount(x, "team/kv", map[string]any{"default_lease_ttl": "30m", "description": "of two teams"}))
	tuned, err := s.MountTuning(x, "team/kv/")
	if works(t, "tuning", err); tuned.DefaultTTL != 30*time.Minute || tuned.MaxTTL != 2*time.Hour || tuned.Description != "of two teams" {
		t.Errorf("%+v", tuned)
	}
	id, err := s.MoveMount(x, "team/kv", "teams/kv")
	if works(t, "move", err); id == "" {
		t.Error("a migration without an id")
	}
	eventually(t, "the mount has moved", func() error {
		all, err := s.Mounts(x)
		_, old := among(t, all, "team/kv/")
		if _, moved := among(t, all, "teams/kv/"); err == nil && (!moved || old) {
			err = errNotYet
		}
		return err
	})
	works(t, "disable", s.DisableMount(x, "teams/kv/"))
	works(t, "disable what is not there", s.DisableMount(x, "teams/kv/"))
	ends(t, "disable sys", s.DisableMount(x, "sys"), refused)
	if all, err = s.Mounts(x); err != nil || len(all) < 3 {
		t.Errorf("%+v, %v", all, err)
	}
	if _, there = among(t, all, "teams/kv/"); there {
		t.Error("it is still there")
	}
	_, err = c.strangers(t).Mounts(x)
	ends(t, "list for a stranger", err, denied)
}

func methodsKept(t *testing.T, c *cluster) {
	s, x := c.backend(t), t.Context()
	works(t, "enable", s.EnableAuth(x, "people", sys.MountConfig{Type: "userpass", Description: "by name"}))
	ends(t, "a path in use", s.EnableAuth(x, "people", sys.MountConfig{Type: "userpass"}), refused)
	works(t, "tune", s.TuneAuth(x, "people", map[string]any{"max_lease_ttl": "3h"}))
	tuned, err := s.AuthTuning(x, "people")
	if works(t, "tuning", err); tuned.MaxTTL != 3*time.Hour {
		t.Errorf("%+v", tuned)
	}
	all, err := s.AuthMethods(x)
	works(t, "list", err)
	if m, there := among(t, all, "people/"); !there || m.Type != "userpass" || m.Description != "by name" || m.MaxTTL != 3*time.Hour {
		t.Errorf("%+v", all)
	}
	if _, there := among(t, all, "token/"); !there {
		t.Errorf("no token method: %+v", all)
	}
	works(t, "disable", s.DisableAuth(x, "people/"))
	ends(t, "disable the token method", s.DisableAuth(x, "token"), refused)
}

func devicesKept(t *testing.T, c *cluster) {
	s := c.backend(t)
	if all, err := s.AuditDevices(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
	err := s.EnableAudit(t.Context(), "file", anAuditDevice)
	if c.differs(t, "an audit device by the API", err); err == nil {
		c.audited(t)
	}
}

var anAuditDevice = sys.AuditConfig{Type: "file", Description: "all of it", Options: map[string]string{"file_path": "/dev/null"}}

// audited looks at the one audit device that there is, and takes it away.
func (c *cluster) audited(t *testing.T) {
	t.Helper()
	s, x := c.backend(t), t.Context()
	all, err := s.AuditDevices(x)
	if err != nil || len(all) != 1 || all[0].Path != "file/" || all[0].Type != "file" || all[0].Options["file_path"] != "/dev/null" {
		t.Errorf("%+v, %v", all, err)
	}
	one, err := s.AuditHash(x, "file", "some text")
	works(t, "hash", err)
	if again, err := s.AuditHash(x, "file", "some text"); err != nil || again != one || !strings.HasPrefix(one, "hmac-sha256:") {
		t.Errorf("%q and %q, %v", one, again, err)
	}
	works(t, "disable", s.DisableAudit(x, "file"))
	works(t, "disable what is not there", s.DisableAudit(x, "file"))
}

// TestRealOpenBaoThatPermitsAuditDevicesByItsAPI is one whose configuration says so; as it comes it refuses them.
func TestRealOpenBaoThatPermitsAuditDevicesByItsAPI(t *testing.T) {
	t.Parallel()
	own := newConfigs(t, "audited", 1)
	own[0].seal = "unsafe_allow_api_audit_creation = true\n"
	c := servers(t, binary(t, "BAO_BIN"), openBao, own)
	made, err := c.bare(0).Init(t.Context(), vault.InitConfig{Shares: 1, Threshold: 1})
	works(t, "init", err)
	c.holds(t, made.RootToken)
	c.shares, c.threshold = made.Shares, 1
	c.unseal(t, 0)
	works(t, "enable", c.backend(t).EnableAudit(t.Context(), "file", anAuditDevice))
	c.audited(t)
}

func policiesKept(t *testing.T, c *cluster) {
	s, x := c.backend(t), t.Context()
	const text = "# a line\npath \"sys/health\" {\n\tcapabilities = [\"read\"]\n}\n"
	for _, kind := range []sys.PolicyKind{sys.ACL, sys.Old} {
		works(t, "set", s.SetPolicy(x, kind, sys.Policy{Name: "looker", Text: text}))
		names, err := s.Policies(x, kind)
		if works(t, "list", err); !slices.Contains(names, "looker") || !slices.Contains(names, "root") || !slices.Contains(names, "default") {
			t.Errorf("%s: %q", kind, names)
		}
		p, err := s.Policy(x, kind, "looker")
		if works(t, "read", err); p.Name != "looker" || p.Text != text {
			t.Errorf("%s: %+v", kind, p)
		}
		works(t, "delete", s.DeletePolicy(x, kind, "looker"))
		_, err = s.Policy(x, kind, "looker")
		ends(t, "read what was deleted", err, unsupported)
		works(t, "delete again", s.DeletePolicy(x, kind, "looker"))
	}
	ends(t, "a policy that is none", s.SetPolicy(x, sys.ACL, sys.Policy{Name: "bad", Text: "path {"}), refused)
	ends(t, "another root", s.SetPolicy(x, sys.ACL, sys.Policy{Name: "root", Text: text}), refused)
	ends(t, "no default any more", s.DeletePolicy(x, sys.ACL, "default"), refused)
	_, err := s.Policies(x, sys.RGP)
	ends(t, "policies of the enterprise", err, unsupported)
}

func quotasKept(t *testing.T, c *cluster) {
	s, x := c.backend(t), t.Context()
	none, err := s.RateLimits(x)
	if works(t, "list", err); len(none) != 0 {
		t.Errorf("%q", none)
	}
	want := sys.RateLimit{Name: "all", Rate: 1500.5, Interval: 2 * time.Second, Block: time.Minute}
	works(t, "set", s.SetRateLimit(x, want))
	got, err := s.RateLimit(x, "all")
	want.Type = "rate-limit"
	if works(t, "read", err); got.Rate != want.Rate || got.Interval != want.Interval || got.Block != want.Block || got.Type != want.Type || got.Name != want.Name {
		t.Errorf("%+v, want %+v", got, want)
	}
	if names, err := s.RateLimits(x); err != nil || !slices.Equal(names, []string{"all"}) {
		t.Errorf("%q, %v", names, err)
	}
	ends(t, "a rate of nothing", s.SetRateLimit(x, sys.RateLimit{Name: "none"}), refused)
	works(t, "delete", s.DeleteRateLimit(x, "all"))
	_, err = s.RateLimit(x, "all")
	ends(t, "read what was deleted", err, unsupported)
	_, err = s.LeaseCounts(x)
	ends(t, "lease counts", err, unsupported)
}

func capabilitiesOfOthers(t *testing.T, c *cluster) {
	lead, x := c.lead(t), t.Context()
	auth := c.does(t, c.active(t), "auth/token/create", c.token, map[string]any{"policies": []string{"default"}, "ttl": "10m"})["auth"].(map[string]any)
	other := keys.NewSecret([]byte(auth["client_token"].(string)))
	for what, f := range map[string]func() (vault.Capabilities, error){
		"token": func() (vault.Capabilities, error) {
			return lead.Capabilities(x, other, "sys/seal", "auth/token/lookup-self")
		},
		"accessor": func() (vault.Capabilities, error) {
			return lead.CapabilitiesOfAccessor(x, auth["accessor"].(string), "sys/seal", "auth/token/lookup-self")
		},
	} {
		got, err := f()
		works(t, what, err)
		if got.May("sys/seal", "update", "sudo") || !got.May("auth/token/lookup-self", "read") {
			t.Errorf("by its %s: %v", what, got)
		}
	}
	_, err := lead.CapabilitiesOfAccessor(x, "nosuchaccessor", "sys/seal")
	ends(t, "an accessor that is none", err, refused)
}
