package components

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"warder/theme"
)

var (
	mono  = theme.New(theme.Mono, true, false)
	ascii = theme.New(theme.Mono, true, true)
	dark  = theme.New(theme.Dark, true, false)
)

// awkward is text of every kind that has ever broken a layout.
var awkward = strings.Join([]string{
	"vault-1 is active and healthy, and this line is longer than most places it will be put",
	"節点一は封印されています – 高さは 1280",
	"🔐 key 👩‍🚀 pilot 👍🏽 flag 🇩🇪 heart ❤️ e\u0301\u0302 combining",
	"\x1b[31mred without an end",
	dark.Text(theme.Bad, "styled") + " and " + dark.Text(theme.OK, "styled again"),
	"tab\there, bell\a, back\b\b, \x1b[2J\x1b[1;1Hcleared, \x1b]0;title\x07, \x9b5mC1, torn \x1b[3",
	"\u202eright to left\u202c zero\u200bwidth \xff\xfe invalid \r",
	"",
}, "\n")

// checkBlock holds a drawn block to exactly w×h cells without a character that could move the cursor.
func checkBlock(t *testing.T, got string, w, h int) {
	t.Helper()
	if w <= 0 || h <= 0 {
		if got != "" {
			t.Fatalf("%d×%d: drew %q where there is no room", w, h, got)
		}
		return
	}
	lines := strings.Split(got, "\n")
	if len(lines) != h {
		t.Fatalf("%d×%d: %d lines", w, h, len(lines))
	}
	for i, line := range lines {
		if width := ansi.StringWidth(line); width != w {
			t.Fatalf("%d×%d: line %d is %d cells: %q", w, h, i, width, line)
		}
		if strings.Contains(line, "\x1b") {
			line = ansi.Strip(line)
		}
		if strings.ContainsFunc(line, unicode.IsControl) {
			t.Fatalf("%d×%d: line %d holds a control character: %q", w, h, i, line)
		}
	}
}

func TestFitIsExactAtEverySize(t *testing.T) {
	t.Parallel()
	for _, th := range []theme.Theme{mono, ascii} {
		for w := range upTo(200) {
			for h := range upTo(60) {
				checkBlock(t, Fit(th, awkward, w, h), w, h)
			}
		}
	}
}

func FuzzFit(f *testing.F) {
	for line := range strings.SplitSeq(awkward, "\n") {
		f.Add(line, 7, 2)
	}
	f.Fuzz(func(t *testing.T, s string, w, h int) {
		w, h = w%300, h%100
		checkBlock(t, Fit(mono, s, w, h), w, h)
		for _, line := range Wrap(s, w) {
			if ansi.StringWidth(line) > w {
				t.Fatalf("Wrap to %d gave %q", w, line)
			}
		}
	})
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		th   theme.Theme
		in   string
		w    int
		want string
	}{
		{"what fits is untouched", mono, "vault-1", 7, "vault-1"},
		{"what does not ends in an ellipsis", mono, "vault-10", 7, "vault-…"},
		{"the ellipsis may be two cells", ascii, "vault-10", 7, "vault.."},
		{"no room for the ellipsis", ascii, "vault", 1, "v"},
		{"a wide character is not halved", mono, "封印封印", 4, "封…"},
		{"no room", mono, "vault", 0, ""},
		{"negative room", mono, "vault", -3, ""},
		{"a combining mark stays with its letter", mono, "e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"a style is closed", mono, "\x1b[1mvault", 9, "\x1b[1mvault\x1b[m"},
		{"a cut style is closed", mono, "\x1b[1mvault\x1b[m", 3, "\x1b[1mva…\x1b[m"},
		{"a line break is a space", mono, "a\nb", 9, "a b"},
		{"a cursor movement is removed", mono, "a\x1b[2Jb", 9, "ab"},
		{"a title sequence is removed", mono, "a\x1b]0;t\x07b", 9, "ab"},
		{"a reversed direction is removed", mono, "a\u202eb", 9, "ab"},
		{"a torn sequence is removed", mono, "ab\x1b[3", 9, "ab"},
	} {
		if got := Cut(c.th, c.in, c.w); got != c.want {
			t.Errorf("%s: Cut(%q, %d) = %q, want %q", c.name, c.in, c.w, got, c.want)
		}
	}
}

func TestBareBringsNoColours(t *testing.T) {
	t.Parallel()
	if got := bare("\x1b[8mhidden\x1b[m \x1b]8;;http://x\x07link\x1b]8;;\x07"); got != "hidden link" {
		t.Errorf("got %q", got)
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		in   string
		w    int
		want []string
	}{
		{"breaks between words", "one more voter lost", 9, []string{"one more", "voter", "lost"}},
		{"leaves hyphenated names whole", "restart vault-3 now", 9, []string{"restart", "vault-3", "now"}},
		{"breaks what is too long", "abcdefgh ij", 3, []string{"abc", "def", "gh", "ij"}},
		{"keeps line breaks", "a\n\nb", 5, []string{"a", "", "b"}},
		{"counts wide characters twice", "封印 封印", 4, []string{"封印", "封印"}},
		{"gives up what cannot be drawn", "封a", 1, []string{"a"}},
		{"goes on after a broken word", "abcd e", 3, []string{"abc", "d e"}},
		{"an empty text is one empty line", "", 5, []string{""}},
		{"no room, no lines", "a", 0, nil},
	} {
		if got := Wrap(c.in, c.w); !slices.Equal(got, c.want) {
			t.Errorf("%s: Wrap(%q, %d) = %q, want %q", c.name, c.in, c.w, got, c.want)
		}
	}
}
