package report

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"warder/vault"
	"warder/vault/keystore"
	"warder/vault/rules"
	"warder/vault/timeline"
)

var update = flag.Bool("update", false, "write the goldens anew")

var now = time.Date(2026, 11, 22, 2, 26, 0, 0, time.UTC)

func had[T any](v T) vault.Section[T] {
	at := now.Add(-time.Second)
	return vault.Section[T]{Value: v, At: at, Tried: at}
}

func refused[T any](kind vault.Kind) vault.Section[T] {
	return vault.Section[T]{Tried: now, Err: &vault.Error{Kind: kind, Why: vault.ConnRefused}}
}

// secrets are what a snapshot may hold beside what is told.
const (
	accessor = "accessor-of-our-own-token"
	nonce    = "nonce-of-a-ceremony"
)

// full is a cluster with something of everything, its third node silent.
func full() rules.Scene {
	node := func(name string, code int) *vault.Node {
		return &vault.Node{
			Address: "https://" + name + ".example:8200", RaftID: name, RTT: 2 * time.Millisecond,
			Health: had(vault.Health{
				Code: code, Initialised: true, Version: "1.21.0", ClusterName: "prod", ClusterID: "one", Enterprise: true, FromVault: true,
				ServerTime: now,
			}),
			Seal: had(vault.SealStatus{Type: "awskms", Threshold: 3, Shares: 5, RecoverySeal: true, Nonce: nonce}),
			Backends: had(vault.SealBackendStatus{Backends: []vault.SealBackend{
				{Name: "eu", Healthy: true}, {Name: "us", UnhealthySince: now.Add(-12 * time.Minute)},
			}}),
			Certificate: &vault.Certificate{NotAfter: now.Add(41 * 24 * time.Hour), Names: "vault.example", Issuer: "prod CA"},
		}
	}
	lead, follow, dead := node("vault-1", vault.CodeActive), node("vault-2", vault.CodeStandby), node("vault-3", vault.CodeStandby)
	dead.Health.Err = &vault.Error{Op: "sys/health", Kind: vault.Unreachable, Why: vault.ConnRefused}
	lead.Raft = had([]vault.RaftServer{
		{ID: "vault-1", Leader: true, Voter: true}, {ID: "vault-2", Voter: true}, {ID: "vault-3", Voter: true},
	})
	lead.Autopilot = had(vault.Autopilot{Leader: "vault-1", Voters: []string{"vault-1", "vault-2", "vault-3"}, Servers: []vault.AutopilotServer{
		{ID: "vault-1", Healthy: true, NodeStatus: "alive", LastIndex: 1000, StableSince: now.Add(-72 * time.Hour)},
		{ID: "vault-2", Healthy: true, NodeStatus: "alive", LastIndex: 990, LastContact: time.Second},
		{ID: "vault-3", NodeStatus: "failed", LastIndex: 10, LastContact: 4 * time.Minute},
	}})
	lead.Rewrap = had(vault.Rewrap{Running: true, Processed: 10, Succeeded: 9, Failed: 1})
	lead.Keys = had(vault.KeyStatus{Term: 3, Installed: now.Add(-time.Hour), Encryptions: 7})
	lead.Token = had(vault.TokenInfo{Policies: []string{"ops"}, TTL: 47 * time.Minute, Expires: true, Accessor: accessor})
	lead.Ceremonies = had(vault.Ceremonies{Rekey: vault.Underway{Started: true, Nonce: nonce, Progress: 1, Required: 3}})
	lead.HA = refused[[]vault.HANode](vault.Denied)
	follow.Leader = refused[vault.Leader](vault.Failed)
	history := &timeline.History{}
	before := vault.Snapshot{Nodes: []*vault.Node{lead, node("vault-2", vault.CodeSealed), dead}}
	is := vault.Snapshot{Nodes: []*vault.Node{lead, follow, dead}}
	history.Observe(before, is, now)
	store := keystore.Reading{Name: "files", Kind: "qumulo", Address: "https://files.example:8000", Section: had(keystore.Status{
		Type: "KMS", Text: "KMS Available", Condition: keystore.Available, Unread: []keystore.Unread{{Field: "ca_cert_expiry", Text: "soon"}},
	})}
	return rules.NewScene(is, now, rules.Past{History: history, Stores: []keystore.Reading{store}})
}

// found are findings of each severity.
var found = []rules.Finding{
	{
		Rule: "tolerance", Severity: rules.Critical, Node: "vault-3", What: "Tolerance 0: vault-3 is gone for 4 min",
		Follows: "one more voter lost stops all reads and writes", Do: "bring it back", Remedy: "unseal",
		Command:  "vault operator raft remove-peer -address=https://vault-1.example:8200 vault-3",
		Evidence: []rules.Evidence{{Node: "vault-3", Source: "sys/health", Says: "connection refused", At: now}},
	},
	{Rule: "backends", Severity: rules.Degraded, What: "Seal backend us is unhealthy on vault-1", Follows: "one more outage, and it stays sealed", Do: "restore it"},
	{
		Rule: "ceremony", What: "A rekey is under way, begun as " + nonce, Follows: "nobody else can begin one", Do: "join it",
		Evidence: []rules.Evidence{{Source: "sys/rekey/init", Says: "started, nonce " + nonce + ", by " + accessor}},
	},
}

// fixtures are the scenes whose forms are kept.
func fixtures() map[string]rules.Scene {
	silent := vault.NewSnapshot("https://vault-1.example:8200")
	silent.Nodes[0].Health = refused[vault.Health](vault.Unreachable)
	return map[string]rules.Scene{
		"full": full(), "silent": rules.NewScene(silent, now, rules.Past{}), "nothing": rules.NewScene(vault.Snapshot{}, now, rules.Past{}),
	}
}

func TestFormsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	for name, scene := range fixtures() {
		r := New(scene, found, "prod-eu")
		text, err := r.JSON()
		if err != nil {
			t.Fatal(err)
		}
		for ext, got := range map[string]string{"json": string(text), "txt": r.Table(), "md": r.Markdown()} {
			goldenFile(t, "testdata/"+name+"."+ext, got)
		}
	}
}

func goldenFile(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(got), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not as it was (-update writes it anew):\n%s", path, got)
	}
}

func TestNothingSecretIsInAReport(t *testing.T) {
	t.Parallel()
	scene := full()
	r := New(scene, found, "")
	text, err := r.JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{accessor, nonce} {
		if strings.Contains(string(text)+r.Table()+r.Markdown(), secret) {
			t.Errorf("%s is told", secret)
		}
	}
}

func TestWhatWasNotToldIsNotThere(t *testing.T) {
	t.Parallel()
	scene := fixtures()["silent"]
	text, err := New(scene, nil, "").JSON()
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"cluster", "raft", "rewrap", "token", "events", "barrier_key", "ceremonies", "name"} {
		if v, there := got[key]; there {
			t.Errorf("%s is %v", key, v)
		}
	}
	if strings.Contains(string(text), "null") || strings.Contains(string(text), "0001-01-01") {
		t.Errorf("a null or a time that never was:\n%s", text)
	}
}

func FuzzHostileTextStaysText(f *testing.F) {
	f.Add("vault-1\x1b[2J | @here <script> `x` [a](http://b) \u202e\u0085\n# h")
	f.Fuzz(func(t *testing.T, text string) {
		r := Report{
			Verdict: "critical", At: now, Name: text, Cluster: &Cluster{text, text},
			Nodes:    []Node{{Name: text, Address: text, State: "sealed", Reason: text, Version: text, Backends: []Backend{{Name: text}}}},
			Raft:     &Raft{Peers: []Peer{{ID: text, Status: text, Healthy: new(false)}}},
			Unseen:   []Unseen{{Source: text, Reason: text}},
			Findings: []Finding{{Severity: "critical", What: text, Follows: text, Do: text, Command: text, Evidence: []Evidence{{Says: text}}}},
			Events:   []Event{{Text: text}}, KeyStores: []KeyStore{{Name: text, Status: text}},
		}
		table, markdown := r.Table(), r.Markdown()
		raw, err := r.JSON()
		if err != nil {
			t.Fatal(err)
		}
		for name, out := range map[string]string{"table": table, "markdown": markdown, "json": string(raw)} {
			if strings.ContainsFunc(out, func(c rune) bool { return c != '\n' && (unicode.IsControl(c) || unicode.In(c, unicode.Cf)) }) {
				t.Errorf("the %s has control characters: %q", name, out)
			}
		}
		fenced := false
		for line := range strings.SplitSeq(markdown, "\n") {
			if strings.HasPrefix(line, "   ```") {
				fenced = !fenced
			}
			if fenced {
				continue
			}
			if bare := strings.ReplaceAll(line, `\|`, ""); strings.Contains(bare, "@") || strings.Contains(bare, "<") {
				t.Errorf("a mention or HTML: %q", line)
			}
		}
		for line := range strings.SplitSeq(table, "\n") {
			if width(line) > Columns && !strings.Contains(line, "$ ") {
				t.Errorf("wider than %d: %q", Columns, line)
			}
		}
	})
}

func TestAMarkdownTableKeepsItsColumns(t *testing.T) {
	t.Parallel()
	r := Report{Nodes: []Node{{Name: "a|b\n|c|", State: "active", Version: "`1`"}}}
	var lines []string
	for line := range strings.SplitSeq(r.Markdown(), "\n") {
		if strings.HasPrefix(line, "|") {
			lines = append(lines, strings.ReplaceAll(line, `\|`, ""))
		}
	}
	if len(lines) != 3 || slices.ContainsFunc(lines, func(l string) bool { return strings.Count(l, "|") != 4 }) {
		t.Errorf("%q", lines)
	}
}

func TestOpenBaoThatRefusesWhatItHasNotIsNotToldAsAMatterOfPermission(t *testing.T) {
	t.Parallel()
	for bao, want := range map[bool]bool{true: true, false: false} {
		n := &vault.Node{Address: "https://a:8200"}
		n.Health = vault.Section[vault.Health]{At: now, Tried: now, Value: vault.Health{Code: vault.CodeActive, FromVault: !bao}}
		n.Seal = vault.Section[vault.SealStatus]{At: now, Tried: now, Value: vault.SealStatus{FromOpenBao: bao}}
		n.Backends = vault.Section[vault.SealBackendStatus]{Tried: now, Err: &vault.Error{Kind: vault.Denied}}
		for _, u := range New(rules.NewScene(vault.Snapshot{Nodes: []*vault.Node{n}}, now, rules.Past{}), nil, "").Unseen {
			if u.Source == "sys/seal-backend-status" && u.Unsupported != want {
				t.Errorf("OpenBao %v: %+v", bao, u)
			}
		}
	}
}
