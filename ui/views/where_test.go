package views_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"warder/theme"
	"warder/ui/views"
	"warder/vault/rules"
)

func TestTheMarksOfAClusterStandAtEveryWidth(t *testing.T) {
	t.Parallel()
	for _, mode := range []theme.Mode{theme.Mono, theme.Dark} {
		p := views.NewPicture(rules.NewScene(healthy(), now, rules.Past{}), theme.New(mode, true, false))
		p.Where = views.Where{Name: "A name that is as long as one may ever be", Production: true, ReadOnly: true}
		for w := range 201 {
			line := views.Header(p, p.Where.Name, false, w)
			if ansi.StringWidth(line) != w {
				t.Fatalf("%d wide: %q", w, line)
			}
			if text := ansi.Strip(line); w >= 60 && (!strings.Contains(text, "PROD") || !strings.Contains(text, "READ-ONLY") || !strings.Contains(text, "HEALTHY")) {
				t.Errorf("%d wide: %q", w, text)
			}
			if text := ansi.Strip(views.Brief(p, p.Where.Name, w, 5)); w >= 20 && (!strings.Contains(text, "PROD") || !strings.Contains(text, "READ-ONLY")) {
				t.Errorf("%d wide: %q", w, text)
			}
		}
		p.Where = views.Where{}
		if text := views.Header(p, "x", false, 100) + views.Brief(p, "x", 40, 5); strings.Contains(text, "PROD") || strings.Contains(text, "READ-ONLY") {
			t.Errorf("marks without a cause: %q", text)
		}
	}
}

func TestTheListOfContextsFits(t *testing.T) {
	t.Parallel()
	var many []views.Choice
	for i := range 30 {
		many = append(many, views.Choice{Key: strings.Repeat("k", i+1), Addresses: []string{"https://a:8200", "https://b:8200"}, Where: views.Where{Production: i%2 == 0}})
	}
	d := views.NewContexts(many, many[20].Key, nil, nil)
	d.Failed("k", strings.Repeat("why ", 60))
	for w := range 130 {
		for h := range 40 {
			d.SetSize(w, h)
			lines := strings.Split(d.View(theme.New(theme.Mono, true, false)), "\n")
			if h > 0 && w > 0 && len(lines) > h {
				t.Fatalf("%d×%d: %d lines", w, h, len(lines))
			}
			for _, l := range lines {
				if ansi.StringWidth(l) > w {
					t.Fatalf("%d×%d: %q", w, h, l)
				}
			}
			if h >= 4 && w >= 10 && !strings.Contains(strings.Join(lines, "\n"), "> kk") {
				t.Fatalf("%d×%d: what is selected is not there:\n%s", w, h, strings.Join(lines, "\n"))
			}
		}
	}
}
