package ui_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"warder/demo"
	"warder/theme"
	"warder/ui"
	"warder/vault"
	"warder/vault/ceremony"
)

// console drives the real model with the real client against the simulated cluster, in a synctest bubble: commands run as
// goroutines, time is the bubble's.
type console struct {
	t       *testing.T
	app     *ui.App
	cluster *demo.Cluster
	msgs    chan tea.Msg
	ended   bool

	leaderName string
}

// open starts a console of the given size. It has to be called within synctest.Test.
func open(t *testing.T, o demo.Options, w, h int) *console {
	t.Helper()
	return openChanged(t, o, w, h, func(*ui.Options) {})
}

// openChanged lets a test change what the console is given.
func openChanged(t *testing.T, o demo.Options, w, h int, change func(*ui.Options)) *console {
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
	return openOptions(t, cluster, settings, w, h, change)
}

func openWith(t *testing.T, cluster *demo.Cluster, settings vault.Settings, w, h int) *console {
	t.Helper()
	return openOptions(t, cluster, settings, w, h, func(*ui.Options) {})
}

func openOptions(t *testing.T, cluster *demo.Cluster, settings vault.Settings, w, h int, change func(*ui.Options)) *console {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	clients := vault.NewClients(settings)
	c := &console{t: t, cluster: cluster, msgs: make(chan tea.Msg, 10_000)}
	o := ui.Options{Mode: theme.Mono, Session: ui.Session{
		Cluster: clients, Given: settings.Addresses, Idle: time.Minute, Ceremonies: ceremony.Runner{Clients: clients}.Do,
		LookupAccessor: func(ctx context.Context, address string, learnt bool, accessor string) (bool, error) {
			_, there, err := clients.Client(address, learnt).LookupAccessor(ctx, accessor)
			return there, err
		},
	}}
	change(&o)
	c.app = ui.New(ctx, o)
	t.Cleanup(func() {
		cancel()
		clients.Close()
		if cluster != nil {
			cluster.Close()
		}
		time.Sleep(time.Minute) // ticks that nobody waits for any more run out
	})
	c.run(c.app.Init())
	c.send(tea.WindowSizeMsg{Width: w, Height: h})
	return c
}

// run starts a command as the runtime would.
func (c *console) run(cmd tea.Cmd) {
	if cmd != nil {
		go func() { c.msgs <- cmd() }()
	}
}

// send gives the model one message, then all that come of it until nothing is left to do at this moment.
func (c *console) send(msg tea.Msg) {
	c.t.Helper()
	c.deliver(msg)
	for {
		synctest.Wait()
		select {
		case m := <-c.msgs:
			c.deliver(m)
		default:
			return
		}
	}
}

func (c *console) deliver(msg tea.Msg) {
	c.t.Helper()
	switch m := msg.(type) {
	case nil:
		return
	case tea.Cmd:
		c.t.Fatal("a command was sent as a message")
	case tea.QuitMsg:
		c.ended = true
		return
	case tea.BatchMsg:
		for _, cmd := range m {
			c.run(cmd)
		}
		return
	}
	if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range v.Len() { // a sequence, whose type the library keeps to itself
			c.run(v.Index(i).Interface().(tea.Cmd))
		}
		return
	}
	_, cmd := c.app.Update(msg)
	c.run(cmd)
}

// wait lets time pass.
func (c *console) wait(d time.Duration) {
	c.t.Helper()
	for end := time.Now().Add(d); time.Now().Before(end); {
		time.Sleep(100 * time.Millisecond)
		c.send(nil)
	}
}

// press types keys by name, or text.
func (c *console) press(keys ...string) {
	c.t.Helper()
	named := map[string]tea.KeyPressMsg{
		"tab": {Code: tea.KeyTab}, "enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape},
		"up": {Code: tea.KeyUp}, "ctrl+n": {Code: 'n', Mod: tea.ModCtrl}, "down": {Code: tea.KeyDown}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl},
		"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "backspace": {Code: tea.KeyBackspace}, "pgdown": {Code: tea.KeyPgDown},
	}
	for _, k := range keys {
		if m, ok := named[k]; ok {
			c.send(m)
			continue
		}
		for _, r := range k {
			c.send(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
}

// screen is what is drawn, without styles.
func (c *console) screen() string { return ansi.Strip(c.app.View().Content) }

// see fails unless the text is on the screen.
func (c *console) see(texts ...string) {
	c.t.Helper()
	for _, text := range texts {
		if !strings.Contains(c.screen(), text) {
			c.t.Errorf("%q is not on the screen:\n%s", text, c.screen())
		}
	}
}

// miss fails if the text is on the screen.
func (c *console) miss(text string) {
	c.t.Helper()
	if strings.Contains(c.screen(), text) {
		c.t.Errorf("%q is on the screen:\n%s", text, c.screen())
	}
}

// leader is the node that leads the simulated cluster now, as the screen's row with the star names it.
func (c *console) leader() string {
	c.t.Helper()
	for line := range strings.SplitSeq(c.screen(), "\n") {
		if f := strings.Fields(strings.Trim(line, "┃│▌ ")); len(f) > 2 && f[0] == "★" {
			c.leaderName = f[1]
			return f[1]
		}
	}
	c.t.Fatalf("no row has the star:\n%s", c.screen())
	return ""
}

// fits draws the screen in several windows, as after a resize at this very step, and goes back to the first.
func (c *console) fits(w, h int) {
	c.t.Helper()
	for _, size := range [][2]int{{1, 1}, {40, 10}, {60, 16}, {200, 60}, {w, h}} {
		c.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		exact(c.t, c.app.View().Content, size[0], size[1], "a ceremony")
	}
}
