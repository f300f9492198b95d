package theme

import "charm.land/lipgloss/v2"

// Glyphs are the signs that stand beside words, so that a state can be found without colours.
type Glyphs struct {
	Leader, Bad, Warn, OK string
	Ellipsis, Bullet      string
	Arrow, Dash           string
	Select                string // before the selected row
	Full, Empty           string // a gauge's cells
	Yes, No, Gone, Idle   string // what became of one thing among many
	Spark                 []string
	Border, FocusedBorder lipgloss.Border
}

var unicodeGlyphs = Glyphs{
	Leader:        "★",
	Bad:           "▲",
	Warn:          "◆",
	OK:            "●",
	Ellipsis:      "…",
	Bullet:        "•",
	Arrow:         "→",
	Dash:          "–",
	Select:        "▌",
	Yes:           "✓",
	No:            "✗",
	Gone:          "○",
	Idle:          "·",
	Full:          "█",
	Empty:         "░",
	Spark:         []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
	Border:        lipgloss.RoundedBorder(),
	FocusedBorder: lipgloss.ThickBorder(),
}

var asciiGlyphs = Glyphs{
	Leader:        "*",
	Bad:           "!",
	Warn:          "~",
	OK:            "+",
	Ellipsis:      "..",
	Bullet:        "-",
	Arrow:         "->",
	Dash:          "-",
	Select:        ">",
	Yes:           "+",
	No:            "x",
	Gone:          "o",
	Idle:          ".",
	Full:          "#",
	Empty:         ".",
	Spark:         []string{"_", ".", ":", "-", "=", "+", "*", "#"},
	Border:        asciiBorder("-"),
	FocusedBorder: asciiBorder("="),
}

func asciiBorder(bar string) lipgloss.Border {
	b := lipgloss.ASCIIBorder()
	b.Top, b.Bottom = bar, bar
	return b
}
