package rules_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
	"warder/vault"
	"warder/vault/poller"
	"warder/vault/rules"
	"warder/vault/timeline"
)

// firsts is what each scenario of the demo must be told as: the verdict, the first finding's rule, and the node that it names;
// after so long a watch.
var firsts = map[string]struct {
	want  string
	watch time.Duration
	// real is over loopback and the machine's clock, until the first whole picture: both ends of a net.Pipe wait for the
	// other when one refuses a certificate.
	real bool
}{
	"seal-ha":              {want: "DEGRADED seal-backend"},
	"healthy":              {want: "HEALTHY token-root"},
	"busy":                 {want: "HEALTHY rewrap-failed"},
	"sealed":               {want: "CRITICAL all-sealed"},
	"one-sealed":           {want: "CRITICAL tolerance-zero vault-3"},
	"uninitialised":        {want: "CRITICAL uninitialised"},
	"uninitialised-auto":   {want: "CRITICAL uninitialised"},
	"seal-backend-down":    {want: "DEGRADED seal-backend"},
	"all-backends-down":    {want: "CRITICAL seal-lost"},
	"rewrap":               {want: "HEALTHY rewrap-failed"},
	"rewrap-stuck":         {want: "DEGRADED rewrap-stalled", watch: 3 * time.Minute},
	"key-rotation-overdue": {want: "DEGRADED key-rotation"},
	"quorum-lost":          {want: "CRITICAL no-leader"},
	"recovery-mode":        {want: "CRITICAL recovery-mode vault-1.demo:8200"},
	"tolerance-zero":       {want: "CRITICAL tolerance-zero vault-3"},
	"leader-flapping":      {want: "DEGRADED leader-flapping", watch: 3 * time.Minute},
	"slow-node":            {want: "DEGRADED slow vault-3"},
	"hung-node":            {want: "CRITICAL tolerance-zero vault-3"},
	"removed-peer":         {want: "DEGRADED removed vault-3.demo:8200"},
	"clock-skew":           {want: "DEGRADED clock-skew vault-3"},
	"tls-expiring":         {want: "DEGRADED tls-expiry vault-1"},
	"wrong-name":           {want: "DEGRADED tls-name vault-3", real: true},
	"dead-voter":           {want: "DEGRADED dead-voter vault-5"},
	"even-voters":          {want: "HEALTHY even-voters"},
	"version-mix":          {want: "HEALTHY version-mix"},
	"auto-unseal":          {want: "HEALTHY token-root"},
	"migrate-to-auto":      {want: "CRITICAL tolerance-zero vault-1"},
	"migrate-to-shamir":    {want: "CRITICAL tolerance-zero vault-1"},
	"rekey-in-progress":    {want: "HEALTHY rekey"},
	"someone-else-cancels": {want: "HEALTHY token-root"},
	"unaudited":            {want: "HEALTHY audit-none"},
	"many-names":           {want: "HEALTHY token-root"},
	// The key store beside the cluster is asked by who holds its settings, and not by this test.
	"key-store-down": {want: "HEALTHY token-root"},
	"no-token":       {want: "HEALTHY no-token"},
}

func TestFirstFindingTellsTheScenario(t *testing.T) {
	t.Parallel()
	for _, s := range demo.Scenarios() {
		c, known := firsts[s.Name]
		if !known {
			t.Errorf("scenario %s has no finding that is expected of it", s.Name)
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			look := func(t *testing.T) {
				findings, verdict := watched(t, s.Name, max(c.watch, 15*time.Second), c.real)
				got := verdict.String() + " -"
				if len(findings) > 0 {
					f := findings[0]
					got = fmt.Sprint(verdict, " ", f.Rule)
					if f.Node != "" {
						got += " " + f.Node
					}
				}
				if got != c.want {
					t.Errorf("%s, want %s\n%s", got, c.want, told(findings))
				}
			}
			if c.real {
				look(t)
				return
			}
			synctest.Test(t, look)
		})
	}
}

func told(findings []rules.Finding) string {
	text := ""
	for _, f := range findings {
		text += fmt.Sprintf("%d %s %s: %s\n", f.Severity, f.Rule, f.Node, f.What)
	}
	return text
}

// watched polls a scenario's cluster for so long, as the console does, and judges what is seen then.
func watched(t *testing.T, scenario string, span time.Duration, real bool) ([]rules.Finding, rules.Health) {
	t.Helper()
	cluster, err := demo.New(demo.Options{Scenario: scenario})
	if err != nil {
		t.Fatal(err)
	}
	if !real {
		cluster.ListenPipe()
	} else if err := cluster.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	settings, err := vault.SimulatedSettings(cluster.Addresses(), cluster.Token(), cluster.CACert())
	if err != nil {
		t.Fatal(err)
	}
	if !real {
		settings.Dial = cluster.Dial
	}
	clients := vault.NewClients(settings)
	ctx, stop := context.WithTimeout(t.Context(), span)
	defer func() {
		stop()
		clients.Close()
		cluster.Close()
		if !real {
			time.Sleep(time.Minute) // ticks that nobody waits for any more run out
		}
	}()
	h := &timeline.History{}
	last := poller.Step{Is: vault.NewSnapshot(settings.Addresses...)}
	for step := range poller.Poll(ctx, clients, last.Is) {
		h.Observe(step.Was, step.Is, step.Now)
		if last = step; real && step.Idle {
			break
		}
	}
	findings := rules.NewScene(last.Is, last.Now, rules.Past{History: h}).Judge()
	return findings, rules.Verdict(last.Is, findings)
}
