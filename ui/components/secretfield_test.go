package components

import (
	"bytes"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"warder/keys"
)

const aShare = "Zm9ydHktZm91ciBjaGFyYWN0ZXJzIG9mIGJhc2U2NCE+"

// typeInto presses keys by name and says whether the last one submitted.
func typeInto(f *SecretField, names ...string) (submitted bool) {
	for _, name := range names {
		submitted = f.Key(press(name))
	}
	return submitted
}

func told(s keys.Secret) (text string) {
	s.Use(func(b []byte) { text = string(b) })
	return text
}

func TestSecretIsWhatWasTyped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ keys, want string }{
		{"a b c", "abc"},
		{"A / + =", "A/+="},
		{"a b backspace c", "ac"},
		{"a ctrl+h b", "b"},
		{"backspace backspace a", "a"},
		{"é backspace 封 é", "封é"},
		{"a b ctrl+u c", "c"},
		{"a ctrl+w b", "ab"},
		{"a ctrl+v ctrl+c ctrl+a b", "ab"},
		{"a left b right up down home end tab shift+tab esc", "ab"},
		{"a enter b", "ab"},
		{"ctrl+u enter", ""},
	} {
		var f SecretField
		typeInto(&f, strings.Fields(c.keys)...)
		if f.Empty() != (c.want == "") {
			t.Errorf("%s: empty is %v", c.keys, f.Empty())
		}
		if got := told(f.Take()); got != c.want || !f.Empty() {
			t.Errorf("%s: %q, want %q; then empty is %v", c.keys, got, c.want, f.Empty())
		}
	}
}

func TestOnlyEnterOverTextSubmits(t *testing.T) {
	t.Parallel()
	for keys, want := range map[string]bool{
		"enter": false, "a enter": true, "a backspace enter": false, "a ctrl+u enter": false, "a tab": false, "a esc": false,
	} {
		var f SecretField
		if got := typeInto(&f, strings.Fields(keys)...); got != want {
			t.Errorf("%s: submitted is %v", keys, got)
		}
	}
}

func TestPasteIsKeptAsItIs(t *testing.T) {
	t.Parallel()
	var f SecretField
	typeInto(&f, "x")
	f.Paste(" Key 1:\r\n" + aShare + "\n")
	f.Paste("")
	if got := told(f.Take()); got != "x Key 1:\r\n"+aShare+"\n" {
		t.Errorf("the paste became %q", got)
	}
}

func TestWhatDoesNotFitIsRefusedWholeAndSaid(t *testing.T) {
	t.Parallel()
	full := strings.Repeat("f", secretRoom)
	for name, c := range map[string]struct {
		pastes, keys []string
		submits      bool
		want         string
	}{
		"just fits":                  {[]string{full}, []string{"enter"}, true, full},
		"one more key":               {[]string{full}, []string{"x", "enter"}, false, full},
		"a paste too long":           {[]string{full + "f"}, []string{"enter"}, false, ""},
		"too long after a beginning": {[]string{"begun", full}, []string{"enter"}, false, "begun"},
		"more after a refusal":       {[]string{"begun", full, "more"}, []string{"enter"}, false, "begunmore"},
		"cleared":                    {[]string{"begun", full}, []string{"ctrl+u", "a", "enter"}, true, "a"},
		"rubbed out":                 {[]string{"b", full}, []string{"backspace", "a", "enter"}, true, "a"},
		"refused, then another":      {[]string{full + "f", "short"}, []string{"enter"}, true, "short"},
	} {
		var f SecretField
		for _, p := range c.pastes {
			f.Paste(p)
		}
		if got := typeInto(&f, c.keys...); got != c.submits {
			t.Errorf("%s: submitted is %v", name, got)
		}
		if said := strings.Contains(f.View(mono, 80), "too long"); said == c.submits {
			t.Errorf("%s: the refusal is said: %v", name, said)
		}
		if got := told(f.Take()); got != c.want {
			t.Errorf("%s: %d bytes, want %d", name, len(got), len(c.want))
		}
	}
}

func TestViewTellsTheLengthAndNothingElse(t *testing.T) {
	t.Parallel()
	var f SecretField
	see := func(want string) {
		t.Helper()
		if got := ansi.Strip(f.View(mono, 80)); got != want {
			t.Errorf("the view is %q, want %q", got, want)
		}
	}
	see("> nothing typed yet")
	typeInto(&f, "封")
	see("> 1 character")
	f.Paste("封封")
	see("> 3 characters")
	f = SecretField{Progress: keys.ShareProgress}
	f.Paste(aShare[:12])
	see("> 12 of 44 base64 characters")
	typeInto(&f, "ctrl+u", "4", "1")
	see("> 2 of 66 hex characters")
	f.Progress = func([]byte) string { return "two\nlines\x1b[2J" }
	see("> two lines")
}

func TestSecretFieldNeverExceedsItsRoom(t *testing.T) {
	t.Parallel()
	empty, some, refused := &SecretField{}, &SecretField{}, &SecretField{}
	some.Paste(aShare)
	refused.Paste(strings.Repeat("f", secretRoom+1))
	for _, f := range []*SecretField{empty, some, refused} {
		for w := -1; w <= 130; w++ {
			if view := f.View(dark, w); ansi.StringWidth(view) > max(0, w) || strings.Contains(view, "\n") {
				t.Fatalf("%d: %q", w, view)
			}
		}
	}
}

func TestTypedBytesAreZeroedHoweverTheyLeave(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*SecretField){
		"wipe": (*SecretField).Wipe, "take": func(f *SecretField) { f.Take().Wipe() },
		"ctrl+u":    func(f *SecretField) { typeInto(f, "ctrl+u") },
		"backspace": func(f *SecretField) { typeInto(f, strings.Fields(strings.Repeat("backspace ", len(aShare)))...) },
	} {
		var f SecretField
		f.Paste(aShare)
		var room []byte
		f.room.Use(func(b []byte) { room = b })
		leave(&f)
		if !f.Empty() || !bytes.Equal(room, make([]byte, secretRoom)) {
			t.Errorf("%s: something is left", name)
		}
		f.Paste("again")
		if got := told(f.Take()); got != "again" {
			t.Errorf("%s: the field then takes %q", name, got)
		}
	}
}
