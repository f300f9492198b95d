package components

import (
	"io"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
)

// custodians is a dialog that asks for one share after another.
type custodians struct {
	field SecretField
	got   []string
	want  int
}

func (c *custodians) Title() string             { return "Shares" }
func (c *custodians) SetSize(int, int)          {}
func (c *custodians) View(t theme.Theme) string { return c.field.View(t, 40) }
func (c *custodians) Busy() bool                { return false }
func (c *custodians) Update(msg tea.Msg) Action {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		c.field.Paste(msg.Content)
	case tea.KeyPressMsg:
		if c.field.Key(msg) {
			c.got = append(c.got, told(c.field.Take()))
		}
	}
	if len(c.got) == c.want {
		return Close{Cmd: tea.Quit}
	}
	return nil
}

// ceremony is a program in which a form leads to the dialog that asks for shares.
type ceremony struct {
	overlay Overlay
	shares  *custodians
}

func newCeremony(shares int) *ceremony {
	c := &ceremony{shares: &custodians{want: shares}}
	f := NewForm(FormSpec{Fields: []Field{YesNo{Key: "go", Yes: "Begin", Default: true}}, Submit: func(*Answers) Action {
		return Open{c.shares}
	}})
	c.overlay.Open(f, start, false)
	return c
}

func (c *ceremony) Init() tea.Cmd  { return nil }
func (c *ceremony) View() tea.View { return tea.NewView(c.overlay.View(mono, "", 60, 16)) }

func (c *ceremony) Update(msg tea.Msg) (tea.Model, tea.Cmd) { return c, c.overlay.Update(msg, start) }

func TestShareInTheSameReadAsTheEnterBeforeItIsWhole(t *testing.T) {
	t.Parallel()
	for name, input := range map[string]string{
		"typed":  "\r" + aShare + "\r" + aShare + "\r",
		"pasted": "\r\x1b[200~" + aShare + "\x1b[201~\r\x1b[200~" + aShare + "\x1b[201~\r",
	} {
		c := newCeremony(2)
		p := tea.NewProgram(c, tea.WithContext(t.Context()), tea.WithInput(strings.NewReader(input)), tea.WithOutput(io.Discard),
			tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm"}))
		if _, err := p.Run(); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(c.shares.got, " "); got != aShare+" "+aShare {
			t.Errorf("%s: the shares arrived as %q", name, got)
		}
	}
}
