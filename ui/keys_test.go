package ui

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"warder/report"
	"warder/vault/rules"
)

func TestNoKeyMeansTwoThings(t *testing.T) {
	t.Parallel()
	k := newKeyMap()
	if err := k.collision(nil); err != nil {
		t.Error(err)
	}
}

func TestEveryBindingCanBeChosenByName(t *testing.T) {
	t.Parallel()
	k := newKeyMap()
	said := map[string]bool{k.Move.Help().Desc: true} // the panes move themselves
	for _, b := range k.byName() {
		said[b.Help().Desc] = true
	}
	for _, g := range k.groups() {
		for _, b := range g.Keys {
			if !said[b.Help().Desc] {
				t.Errorf("%q has no name", b.Help().Desc)
			}
		}
	}
}

func TestKeysOfAPerson(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		own map[string]string
		bad string // the binding at fault
		why string
	}{
		{own: map[string]string{"quit": "Q", "zoom": "ctrl+z", "help": "f1", "next": "space", "filter": "ö"}},
		{own: map[string]string{"pause": "r", "refresh": "p"}},
		{own: map[string]string{"refresh": "r"}},
		{map[string]string{"zoom": "r"}, "zoom", "the key r is that of refresh already"},
		{map[string]string{"zoom": "k"}, "zoom", "the key k is that of selecting already"},
		{map[string]string{"zoom": "esc"}, "zoom", "not a key"},
		{map[string]string{"zoom": "ctrl+c"}, "zoom", "the key ctrl+c is that of quit already"},
		{map[string]string{"zoom": "Z", "pause": "Z"}, "zoom", "the key Z is that of pause already"},
		{map[string]string{"zom": "Z"}, "zom", "nothing of that name has a key; there are acknowledge, "},
		{map[string]string{"zoom": ""}, "zoom", "not a key"},
		{map[string]string{"zoom": "zz"}, "zoom", "not a key"},
		{map[string]string{"zoom": " "}, "zoom", "not a key"},
		{map[string]string{"zoom": "\x1b"}, "zoom", "not a key"},
		{map[string]string{"zoom": "shift+a"}, "zoom", "not a key"},
		{map[string]string{"zoom": "ctrl+"}, "zoom", "not a key"},
	} {
		k, err := ParseKeys(c.own)
		switch {
		case err == nil && c.bad != "":
			t.Errorf("%v is taken", c.own)
		case err != nil && (err.Name != c.bad || !strings.HasPrefix(err.Why, c.why)):
			t.Errorf("%v: %v, want %s: %s", c.own, err, c.bad, c.why)
		case err == nil:
			for name, press := range c.own {
				if b := k.byName()[name]; b.Help().Key != press || b.Keys()[0] != press {
					t.Errorf("%s is %v, and told as %s", name, b.Keys(), b.Help().Key)
				}
			}
		}
	}
}

func TestCtrlCEndsWhateverIsChosen(t *testing.T) {
	t.Parallel()
	k, err := ParseKeys(map[string]string{"quit": "Q"})
	if err != nil || strings.Join(k.Quit.Keys(), " ") != "Q ctrl+c" || newKeyMap().Quit.Help().Key != "q" {
		t.Errorf("%v, %v", k.Quit.Keys(), err)
	}
}

func FuzzParseKeys(f *testing.F) {
	f.Add("zoom", "Z")
	f.Add("quit", "ctrl+alt+shift+f12")
	f.Fuzz(func(t *testing.T, name, press string) {
		k, err := ParseKeys(map[string]string{name: press})
		if err == nil && k.collision(nil) != nil {
			t.Errorf("%q: %q collides", name, press)
		}
	})
}

func TestTheDocumentNamesEveryBinding(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docs/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "\nBindings: ")
	list, _, _ := strings.Cut(rest, ". The help")
	var documented []string
	for _, m := range regexp.MustCompile("`([a-z_]+)`").FindAllStringSubmatch(list, -1) {
		documented = append(documented, m[1])
	}
	k := newKeyMap()
	if want := slices.Sorted(maps.Keys(k.byName())); !slices.Equal(documented, want) {
		t.Errorf("documented %q, want %q", documented, want)
	}
}

// TestAReportNamesTheConsolesKeys: a remedy without a key would be a finding that keeps its way out to itself.
func TestAReportNamesTheConsolesKeys(t *testing.T) {
	t.Parallel()
	k := newKeyMap()
	bindings := k.byName()
	for _, name := range rules.Remedies {
		b, known := bindings[name]
		if !known {
			t.Errorf("nothing has the name %q", name)
			continue
		}
		if got, want := report.Remedies[name], b.Help().Key; got != want {
			t.Errorf("%s: a report says %q, the console %q", name, got, want)
		}
	}
	if len(report.Remedies) != len(rules.Remedies) {
		t.Errorf("a report knows %d remedies, findings %d", len(report.Remedies), len(rules.Remedies))
	}
}
