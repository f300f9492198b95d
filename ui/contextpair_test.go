package ui_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"warder/demo"
	"warder/theme"
	"warder/ui"
	"warder/vault"
	"warder/vault/ceremony"
)

// pair is a console with two clusters to choose from: east, which is open and of production, and west, which is read-only.
type pair struct {
	*console
	closed atomic.Int32 // sessions
	// opening stands before a session is handed over, when it is there.
	opening func(ctx context.Context) error
	east    ui.Session
}

func sessionOf(t *testing.T, cluster *demo.Cluster, name string, change func(*vault.Settings, *ui.Session)) ui.Session {
	t.Helper()
	settings, err := vault.SimulatedSettings(cluster.Addresses(), cluster.Token(), cluster.CACert())
	if err != nil {
		t.Fatal(err)
	}
	settings.Dial = cluster.Dial
	s := ui.Session{Context: name, Name: name, Given: settings.Addresses, Idle: time.Minute}
	change(&settings, &s)
	clients := vault.NewClients(settings)
	t.Cleanup(clients.Close)
	s.Cluster, s.Ceremonies = clients, ceremony.Runner{Clients: clients}.Do
	s.LookupAccessor = func(ctx context.Context, address string, learnt bool, accessor string) (bool, error) {
		_, there, err := clients.Client(address, learnt).LookupAccessor(ctx, accessor)
		return there, err
	}
	return s
}

// openPair has to be called within synctest.Test.
func openPair(t *testing.T, scenario string, w, h int, change func(*ui.Options)) *pair {
	t.Helper()
	return openPairWith(t, scenario, demo.Options{Scenario: "one-sealed", Product: demo.OpenBao, TLS: true}, w, h, change)
}

func openPairWith(t *testing.T, scenario string, west demo.Options, w, h int, change func(*ui.Options)) *pair {
	t.Helper()
	p := &pair{}
	var clusters []*demo.Cluster
	for _, o := range []demo.Options{{Scenario: scenario, TLS: true}, west} {
		cluster, err := demo.New(o)
		if err != nil {
			t.Fatal(err)
		}
		cluster.ListenPipe()
		clusters = append(clusters, cluster)
	}
	t.Cleanup(clusters[1].Close)
	closing := func(s *ui.Session) { s.Close = func() { p.closed.Add(1) } }
	p.east = sessionOf(t, clusters[0], "east", func(_ *vault.Settings, s *ui.Session) { s.Production = true; closing(s) })
	settings, err := vault.SimulatedSettings(clusters[0].Addresses(), clusters[0].Token(), clusters[0].CACert())
	if err != nil {
		t.Fatal(err)
	}
	p.console = openOptions(t, clusters[0], settings, w, h, func(o *ui.Options) {
		*o = ui.Options{Session: p.east, Mode: theme.Mono}
		o.Contexts = []ui.Choice{
			{Key: "east", Addresses: clusters[0].Addresses(), Production: true},
			{Key: "west", Addresses: clusters[1].Addresses(), ReadOnly: true},
		}
		o.Open = func(ctx context.Context, key string) (ui.Session, error) {
			if p.opening != nil {
				if err := p.opening(ctx); err != nil {
					return ui.Session{}, err
				}
			}
			if key == "east" {
				return p.east, nil
			}
			return sessionOf(t, clusters[1], key, func(v *vault.Settings, s *ui.Session) { v.ReadOnly = true; closing(s) }), nil
		}
		change(o)
	})
	p.wait(3 * time.Second)
	return p
}

func as(*ui.Options) {}
