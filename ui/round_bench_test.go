package ui_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/demo"
	"warder/theme"
	"warder/ui"
	"warder/vault"
)

// BenchmarkRound asks 50 nodes for everything, one of which takes 500 ms for each answer, until all is on the screen.
func BenchmarkRound(b *testing.B) { benchmarkRound(b, 50) }

// BenchmarkRound500 does the same with 500.
func BenchmarkRound500(b *testing.B) { benchmarkRound(b, 500) }

func benchmarkRound(b *testing.B, nodes int) {
	const slow = 500 * time.Millisecond
	l := loopOf(b, nodes, slow)
	var took []float64
	for b.Loop() {
		began := time.Now()
		l.send(tea.KeyPressMsg{Code: 'r', Text: "r"})
		l.settle()
		took = append(took, float64(time.Since(began).Milliseconds()))
	}
	b.ReportMetric(0, "ns/op")
	slices.Sort(took)
	half := took[len(took)/2]
	b.ReportMetric(half, "wall-ms")
	b.ReportMetric(half/float64(slow.Milliseconds()), "wall/slowest")
}

// loop runs a console's commands as the runtime would, and draws after each message.
type loop struct {
	app  *ui.App
	msgs chan tea.Msg
}

// loopOf starts a console on a simulated cluster whose last node is slow, and lets it learn what there is. It is paused then,
// so that only what is measured is asked.
func loopOf(b *testing.B, nodes int, slow time.Duration) *loop {
	b.Helper()
	c, err := demo.New(demo.Options{Scenario: "healthy", Nodes: nodes})
	if err == nil {
		err = c.Listen("127.0.0.1:0")
	}
	if err == nil {
		err = c.Apply(demo.Slow{Node: fmt.Sprintf("vault-%d", nodes), By: slow})
	}
	if err != nil {
		b.Fatal(err)
	}
	settings, err := vault.SimulatedSettings(c.Addresses(), c.Token(), c.CACert())
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	clients := vault.NewClients(settings)
	l := &loop{ui.New(ctx, ui.Options{Session: ui.Session{Cluster: clients, Given: settings.Addresses}, Mode: theme.Dark}), make(chan tea.Msg, 10*nodes)}
	b.Cleanup(func() {
		stop()
		clients.Close()
		c.Close()
	})
	l.run(l.app.Init())
	l.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	l.settle()
	l.send(tea.KeyPressMsg{Code: 'p', Text: "p"})
	l.settle()
	return l
}

func (l *loop) run(cmd tea.Cmd) {
	if cmd != nil {
		go func() { l.msgs <- cmd() }()
	}
}

func (l *loop) send(msg tea.Msg) {
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, cmd := range batch {
			l.run(cmd)
		}
		return
	}
	_, cmd := l.app.Update(msg)
	l.run(cmd)
	_ = l.app.View()
}

// settle goes on until every answer is there and drawn.
func (l *loop) settle() {
	for !l.app.Settled() {
		l.send(<-l.msgs)
	}
}
