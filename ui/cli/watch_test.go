package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
	"warder/vault"
	"warder/vault/rules"
	"warder/vault/timeline"
)

// watched follows a simulated cluster in a synctest bubble until f, which lets things happen to it, returns.
func watched(t *testing.T, o demo.Options, f func(*demo.Cluster)) []line {
	t.Helper()
	cluster, err := demo.New(o)
	if err != nil {
		t.Fatal(err)
	}
	cluster.ListenPipe()
	settings, err := vault.SimulatedSettings(cluster.Addresses(), cluster.Token(), cluster.CACert())
	if err != nil {
		t.Fatal(err)
	}
	settings.Dial = cluster.Dial
	clients := vault.NewClients(settings)
	ctx, stop := context.WithCancel(context.Background())
	var lines []line
	ended := make(chan error)
	go func() {
		ended <- follow(ctx, clients, vault.NewSnapshot(settings.Addresses...), nil, func(l line) error {
			lines = append(lines, l)
			return nil
		})
	}()
	time.Sleep(5 * time.Second)
	f(cluster)
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	clients.Close()
	cluster.Close()
	time.Sleep(time.Minute)
	return lines
}

func apply(t *testing.T, c *demo.Cluster, f demo.Fault) {
	t.Helper()
	if err := c.Apply(f); err != nil {
		t.Fatal(err)
	}
}

// story is the lines of some kinds, as a test writes them.
func story(lines []line, kinds ...timeline.Kind) string {
	var out []string
	for _, l := range lines {
		for _, k := range kinds {
			if l.Kind == k {
				out = append(out, strings.TrimSpace(string(l.Kind)+" "+l.Node))
			}
		}
	}
	return strings.Join(out, "\n")
}

func TestWatchTellsAQuorumLostAndRegainedInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		lines := watched(t, demo.Options{Scenario: "healthy"}, func(c *demo.Cluster) {
			for _, f := range []demo.Fault{
				demo.Stop{Node: "vault-3"},
				demo.Stop{Node: "vault-1"},
				demo.Start{Node: "vault-1"},
				demo.Unseal{Node: "vault-1"},
				demo.Start{Node: "vault-3"},
				demo.Unseal{Node: "vault-3"},
			} {
				apply(t, c, f)
				time.Sleep(time.Minute)
			}
		})
		got := story(lines, timeline.Silent, timeline.Back, timeline.Sealed, timeline.Unsealed, timeline.LeaderLost, timeline.LeaderBack,
			timeline.LeaderChanged)
		want := strings.Join([]string{
			"silent vault-3", "silent vault-1", "leader-lost",
			"back vault-1", "sealed vault-1", "unsealed vault-1", "leader-back vault-2",
			"back vault-3", "sealed vault-3", "unsealed vault-3",
		}, "\n")
		if got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
		if first := lines[0]; first.Kind != kindVerdict || first.Text != "HEALTHY: 3 of 3 nodes unsealed" {
			t.Errorf("the first line is %+v", first)
		}
		began, ended := 0, 0
		for _, l := range lines {
			switch {
			case l.Kind == kindFindingBegins:
				began++
			case l.Kind == kindFindingEnds:
				ended++
			}
		}
		if began == 0 || began != ended {
			t.Errorf("%d findings began and %d ended", began, ended)
		}
	})
}

func TestWatchBeginsWithWhatIsAndTellsNoNewsOfIt(t *testing.T) {
	t.Parallel()
	for _, s := range demo.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				lines := watched(t, demo.Options{Scenario: s.Name}, func(*demo.Cluster) { time.Sleep(6 * time.Second) })
				if len(lines) == 0 || lines[0].Kind != kindVerdict {
					t.Fatalf("it does not begin with a verdict: %+v", lines)
				}
				for _, l := range lines {
					if l.Kind == timeline.Back || l.Kind == timeline.Silent || l.Kind == timeline.PeerJoined {
						t.Errorf("news of what only was not asked yet: %+v", l)
					}
				}
			})
		})
	}
}

func TestLinesAreCleanAndWhole(t *testing.T) {
	t.Parallel()
	e := timeline.Event{
		At: time.Date(2026, 11, 25, 2, 26, 1, 5e8, time.UTC), Told: true, Kind: timeline.Sealed, Node: "vault-3",
		Text: "sealed\x1b[2J\n\u009b31m", Mood: timeline.Worse,
	}
	var text, object bytes.Buffer
	if err := errors.Join(writeText(&text, line{e, "c"}), writeJSON(&object, line{e, "c"})); err != nil {
		t.Fatal(err)
	}
	if want := "2026-11-25T02:26:01Z  WORSE   vault-3     sealed[2J31m [the server's time]\n"; text.String() != want {
		t.Errorf("got %q\nwant %q", text.String(), want)
	}
	var fields map[string]any
	if err := json.Unmarshal(object.Bytes(), &fields); err != nil || strings.Count(object.String(), "\n") != 1 {
		t.Fatalf("%v in %q", err, object.String())
	}
	want := map[string]any{
		"time": "2026-11-25T02:26:01.500Z", "told": true, "kind": "sealed", "node": "vault-3", "text": e.Text, "mood": "worse", "cluster": "c",
	}
	if !reflect.DeepEqual(fields, want) {
		t.Errorf("got %v\nwant %v", fields, want)
	}
}

func TestAReaderWhoWentAwayIsNoError(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want bool
	}{{syscall.EPIPE, false}, {syscall.ENOSPC, true}} {
		synctest.Test(t, func(t *testing.T) {
			start := vault.NewSnapshot("http://127.0.0.1:1")
			err := follow(t.Context(), nobody{}, start, nil, func(line) error { return c.err })
			if (err != nil) != c.want {
				t.Errorf("%v gives %v", c.err, err)
			}
		})
	}
}

// nobody answers.
type nobody struct{}

func (nobody) Fetch(_ context.Context, a vault.Ask) *vault.Node {
	n := &vault.Node{Address: a.Address}
	n.Health.Tried, n.Health.Err = time.Now(), &vault.Error{Kind: vault.Unreachable, Why: vault.ConnRefused}
	return n
}

func TestAFindingOfAnotherSeverityTurns(t *testing.T) {
	t.Parallel()
	var tell teller
	kinds := func(f ...rules.Finding) string {
		var out []string
		for _, e := range tell.compare(f, time.Time{}) {
			out = append(out, string(e.Kind))
		}
		tell.told = true
		return strings.Join(out, " ")
	}
	one := rules.Finding{Rule: "r", Node: "n", What: "What"}
	graver, reworded := one, one
	graver.Severity, reworded.What = rules.Critical, "what, said otherwise"
	for i, c := range []struct {
		found []rules.Finding
		want  string
	}{
		{[]rules.Finding{one}, "finding"},
		{[]rules.Finding{reworded}, ""},
		{[]rules.Finding{one, one}, "finding-begins"},
		{[]rules.Finding{one}, "finding-ends"},
		{[]rules.Finding{graver}, "finding-turns"},
		{nil, "finding-ends"},
	} {
		if got := kinds(c.found...); got != c.want {
			t.Errorf("%d: got %q, want %q", i, got, c.want)
		}
	}
}

func TestTheDocumentListsEveryKindAndField(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../../docs/watch.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| (.+) \\|$").FindAllStringSubmatch(string(doc), -1) {
		told[m[1]] = m[2]
	}
	for _, k := range lineKinds() {
		if told[string(k.Kind)] != k.Means {
			t.Errorf("docs/watch.md says of %s: %q\nthe code: %q", k.Kind, told[string(k.Kind)], k.Means)
		}
		delete(told, string(k.Kind))
	}
	for i := range reflect.TypeFor[jsonLine]().NumField() {
		name := reflect.TypeFor[jsonLine]().Field(i).Tag.Get("json")
		if told[name] == "" {
			t.Errorf("docs/watch.md does not tell of the field %s", name)
		}
		delete(told, name)
	}
	if len(told) > 0 {
		t.Errorf("docs/watch.md tells of what is not: %v", told)
	}
}

func TestAFindingThatTakesTheOthersPlaceIsNoEndForTheBetter(t *testing.T) {
	t.Parallel()
	finding := func(rule, node string, s rules.Severity) rules.Finding {
		return rules.Finding{Rule: rule, Node: node, Severity: s, What: "x"}
	}
	silent, zero := finding("unreachable", "c", rules.Degraded), finding("tolerance-zero", "c", rules.Critical)
	other, notice := finding("unreachable", "b", rules.Degraded), finding("even-voters", "", rules.Notice)
	for name, c := range map[string]struct {
		was, is []rules.Finding
		want    string
	}{
		"worse":                 {[]rules.Finding{silent}, []rules.Finding{zero}, "finding-turns c worse"},
		"better":                {[]rules.Finding{zero}, []rules.Finding{silent}, "finding-turns c better"},
		"of different nodes":    {[]rules.Finding{other}, []rules.Finding{zero}, "finding-begins c worse, finding-ends b better"},
		"of the cluster":        {[]rules.Finding{notice}, []rules.Finding{finding("rekey", "", rules.Notice)}, "finding-begins  neutral, finding-ends  neutral"},
		"one of two":            {[]rules.Finding{silent, other}, []rules.Finding{zero, other}, "finding-turns c worse"},
		"the same as before":    {[]rules.Finding{zero}, []rules.Finding{zero}, ""},
		"first come, then gone": {nil, []rules.Finding{zero}, "finding-begins c worse"},
	} {
		seen := teller{}
		seen.compare(c.was, time.Time{})
		seen.told = true
		var got []string
		for _, e := range seen.compare(c.is, time.Time{}) {
			got = append(got, fmt.Sprintf("%s %s %s", e.Kind, e.Node, moodNames[e.Mood]))
		}
		if all := strings.Join(got, ", "); all != c.want {
			t.Errorf("%s: %q, want %q", name, all, c.want)
		}
	}
}
