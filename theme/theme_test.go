package theme

import (
	"image/color"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

func TestModeChoosesThePalette(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mode   Mode
		isDark bool
		want   *palette
	}{
		{Auto, true, &dark},
		{Auto, false, &light},
		{Dark, false, &dark},
		{Light, true, &light},
		{Mono, true, nil},
		{Mono, false, nil},
	} {
		if got := choose(c.mode, c.isDark); got != c.want {
			t.Errorf("choose(%v, %v) is the wrong palette", c.mode, c.isDark)
		}
	}
}

var colourCode = regexp.MustCompile(`\x1b\[[0-9;]*\b([34]8|3[0-7]|4[0-7]|9[0-7]|10[0-7])\b[0-9;]*m`)

func TestMonoHasNoColours(t *testing.T) {
	t.Parallel()
	mono, coloured := New(Mono, true, false), New(Dark, true, false)
	for tone := range tones {
		all := mono.Text(tone, "x") + mono.Selected(tone, "x") + mono.Border(true).Render("x") + mono.Border(false).Render("x")
		if colourCode.MatchString(all) {
			t.Errorf("tone %d in mono: %q", tone, all)
		}
	}
	if !colourCode.MatchString(coloured.Text(Bad, "x")) {
		t.Error("the pattern for colours finds none in the dark theme")
	}
}

func TestSelectedDiffersFromTextInEveryToneAndMode(t *testing.T) {
	t.Parallel()
	for _, mode := range []Mode{Dark, Light, Mono} {
		th := New(mode, true, false)
		for tone := range tones {
			if th.Text(tone, "x") == th.Selected(tone, "x") {
				t.Errorf("mode %d, tone %d: the selection does not show", mode, tone)
			}
		}
	}
}

func TestTextStylesEachLineByItself(t *testing.T) {
	t.Parallel()
	th := New(Dark, true, false)
	for _, line := range strings.Split(th.Text(Bad, "one\ntwo"), "\n") {
		if line != th.Text(Bad, ansi.Strip(line)) {
			t.Errorf("line %q is not styled from its start to its end", line)
		}
	}
	if got := th.Text(Bad, ""); got != "" {
		t.Errorf("an empty text became %q", got)
	}
}

func TestTextAgreesWithStyle(t *testing.T) {
	t.Parallel()
	th := New(Light, false, false)
	for tone := range tones {
		if got, want := th.Text(tone, "word"), th.Style(tone).Render("word"); got != want {
			t.Errorf("tone %d: Text gives %q, Style %q", tone, got, want)
		}
	}
}

func TestZeroThemeAndUnknownTonesDraw(t *testing.T) {
	t.Parallel()
	var th Theme
	for _, tone := range []Tone{-1, Plain, Bad, tones, 99} {
		if got := ansi.Strip(th.Text(tone, "x") + th.Selected(tone, "y") + th.Style(tone).Render("z")); got != "xyz" {
			t.Errorf("tone %d: %q", tone, got)
		}
	}
	if th.Glyphs().Leader == "" || th.Huh().Theme(true) == nil {
		t.Error("the zero theme lacks glyphs or huh styles")
	}
}

func TestHuhIgnoresItsOwnDarkFlag(t *testing.T) {
	t.Parallel()
	th := New(Light, false, false)
	if th.Huh().Theme(true).Focused.Title.GetForeground() != th.Huh().Theme(false).Focused.Title.GetForeground() {
		t.Error("the flag changed the styles")
	}
	var got color.Color = th.Huh().Theme(true).Focused.ErrorMessage.GetForeground()
	if got != lipgloss.Color("#b02318") {
		t.Errorf("errors are %v, not the palette's colour for bad", got)
	}
}

func TestButtonsDifferWithoutAttributes(t *testing.T) {
	t.Parallel()
	h := New(Mono, true, true).Huh().Theme(true).Focused
	chosen, other := ansi.Strip(h.FocusedButton.Render("No")), ansi.Strip(h.BlurredButton.Render("No"))
	if chosen == other || ansi.StringWidth(chosen) != ansi.StringWidth(other) {
		t.Errorf("%q and %q should differ and be equally wide", chosen, other)
	}
}

// Everything that is drawn into a grid of cells takes one cell; only what stands in running text may take two.
func TestGlyphsHaveTheirWidth(t *testing.T) {
	t.Parallel()
	for _, ascii := range []bool{false, true} {
		g := New(Mono, true, ascii).Glyphs()
		oneCell := append([]string{g.Leader, g.Bad, g.Warn, g.OK, g.Bullet, g.Dash, g.Select, g.Full, g.Empty}, g.Spark...)
		for _, b := range []lipgloss.Border{g.Border, g.FocusedBorder} {
			oneCell = append(oneCell, b.Top, b.Bottom, b.Left, b.Right, b.TopLeft, b.TopRight, b.BottomLeft, b.BottomRight)
		}
		for _, s := range oneCell {
			if ansi.StringWidth(s) != 1 || ansi.StringWidthWc(s) != 1 {
				t.Errorf("ascii %v: %q is not one cell wide", ascii, s)
			}
		}
		if g.Border == g.FocusedBorder {
			t.Errorf("ascii %v: focus does not show in the border", ascii)
		}
	}
}

func TestASCIIGlyphsAreASCII(t *testing.T) {
	t.Parallel()
	var check func(reflect.Value)
	check = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			for _, r := range v.String() {
				if r < ' ' || r > '~' {
					t.Errorf("%q is not ASCII", v.String())
				}
			}
		case reflect.Struct:
			for i := range v.NumField() {
				check(v.Field(i))
			}
		case reflect.Slice:
			for i := range v.Len() {
				check(v.Index(i))
			}
		}
	}
	check(reflect.ValueOf(New(Mono, true, true).Glyphs()))
}
