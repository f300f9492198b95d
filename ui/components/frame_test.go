package components

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"warder/theme"
)

func TestFrameIsExactAtEverySize(t *testing.T) {
	t.Parallel()
	for _, f := range []Frame{
		{Title: "Cluster health", Note: "3 of 3", Focused: true},
		{Title: "封印\x1b[31m\n🔐", Note: "can lose \x1b[8m0 of 3", NoteTone: theme.Bad},
	} {
		for w := range upTo(200) {
			for h := range upTo(60) {
				checkBlock(t, f.Render(mono, w, h, awkward), w, h)
			}
		}
	}
}

func TestFrameGoldens(t *testing.T) {
	t.Parallel()
	for _, size := range []Rect{{W: 60, H: 5}, {W: 30, H: 4}, {W: 14, H: 3}, {W: 4, H: 3}, {W: 2, H: 2}, {W: 9, H: 1}} {
		t.Run(fmt.Sprintf("%dx%d", size.W, size.H), func(t *testing.T) {
			t.Parallel()
			var all []string
			for _, th := range []theme.Theme{mono, ascii} {
				for _, focused := range []bool{false, true} {
					f := Frame{Title: "Raft peers", Note: "can lose 0 of 3", NoteTone: theme.Bad, Focused: focused}
					all = append(all, f.Render(th, size.W, size.H, "  PEER      ROLE\n★ vault-2   leader"))
				}
			}
			golden.RequireEqual(t, strings.Join(all, "\n\n")+"\n")
		})
	}
}

func TestFocusShowsWithoutAttributes(t *testing.T) {
	t.Parallel()
	for _, th := range []theme.Theme{mono, ascii, dark} {
		f := Frame{Title: "Rewrap"}
		idle := ansi.Strip(f.Render(th, 20, 3, ""))
		f.Focused = true
		if idle == ansi.Strip(f.Render(th, 20, 3, "")) {
			t.Errorf("focus cannot be seen in\n%s", idle)
		}
	}
}

func TestFrameDropsTheNoteBeforeTheTitle(t *testing.T) {
	t.Parallel()
	top := strings.Split(Frame{Title: "Raft peers", Note: "can lose 0 of 3"}.Render(mono, 20, 3, ""), "\n")[0]
	if !strings.Contains(top, "Raft peers") || strings.Contains(top, "can") {
		t.Errorf("top line is %q", top)
	}
}

func TestAMarkStandsBeforeTheTitleAndFits(t *testing.T) {
	t.Parallel()
	f := Frame{Mark: "PROD", Title: "Rekey", Note: "a note", Focused: true}
	for w := range 40 {
		for _, h := range []int{1, 2, 3} {
			got := f.Render(theme.Theme{}, w, h, "x")
			for line := range strings.SplitSeq(got, "\n") {
				if ansi.StringWidth(line) != w {
					t.Fatalf("%d×%d: %q", w, h, got)
				}
			}
			if first, _, _ := strings.Cut(ansi.Strip(got), "\n"); w >= 8 && !strings.Contains(first, "PROD") {
				t.Errorf("%d×%d: %q", w, h, first)
			}
		}
	}
}
