package plan

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func example(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/rekey.toml")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestAPlanIsRead(t *testing.T) {
	t.Parallel()
	p, err := Parse(example(t))
	if err != nil {
		t.Fatal(err)
	}
	if p.Kind != Rekey || p.Parameters.Shares != 4 || len(p.Custodians) != 4 || p.Custodians[3].Name != "Custodian D" || len(p.Checks) != 2 || len(p.Witnesses) != 2 || p.Cluster.Name != "demo" {
		t.Errorf("%+v", p)
	}
}

func TestWhatAPlanCannotMeanIsRefused(t *testing.T) {
	t.Parallel()
	text := string(example(t))
	for name, c := range map[string]struct{ old, new, says string }{
		"a key that is none":          {"threshold = 2", "treshold = 2", `line 10: a plan has no key "parameters.treshold"`},
		"a table that is none":        {"[[check]]", "[[chek]]", "a plan has no key"},
		"broken TOML":                 {"shares = 4", "shares = ", "line 9"},
		"no kind":                     {`kind = "rekey"`, "", "has to be unseal"},
		"another kind":                {`kind = "rekey"`, `kind = "burn"`, "has to be unseal"},
		"sizes that make no shares":   {`kind = "rekey"`, `kind = "unseal"`, "belong to a plan that makes shares"},
		"a threshold above":           {"threshold = 2", "threshold = 5", "between 1 and the number of shares"},
		"a threshold of one":          {"threshold = 2", "threshold = 1", "the servers refuse"},
		"custodians too few":          {"shares = 4", "shares = 5", "4 custodians and 5 shares"},
		"one twice":                   {"Custodian B", "Custodian A", "named twice"},
		"nobody":                      {"Custodian B", "", "no words"},
		"keys without PGP":            {`name = "Custodian B"`, "name = \"Custodian B\"\npgp_key = \"b.asc\"", `needs hand_out = "pgp"`},
		"PGP without keys":            {`hand_out = "screen"`, `hand_out = "pgp"`, "has no pgp_key"},
		"unsafe without verification": {"verification = true", "verification = false", "safe only with"},
		"a backup of nothing":         {"verification = true", "backup = true", "the server keeps one only"},
		"a control character":         {"Custodian B", `\u001b[31m`, "does not print"},
	} {
		changed := strings.Replace(text, c.old, c.new, 1)
		if changed == text {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := Parse([]byte(changed)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

func TestTheScriptNamesEverybodyAndLeavesBoxes(t *testing.T) {
	t.Parallel()
	p, err := Parse(example(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, script := range map[string]string{"text": p.Text(), "markdown": p.Markdown()} {
		for _, want := range []string{"Yearly rekey", "any 2 of 4", "Custodian D", "Operator A", "Witness B", "A snapshot of the cluster was taken today.", "____ ____"} {
			if !strings.Contains(script, want) {
				t.Errorf("%s does not say %q:\n%s", name, want, script)
			}
		}
	}
	for line := range strings.SplitSeq(p.Text(), "\n") {
		if n := utf8.RuneCountInString(line); n > 84 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if boxes := strings.Count(p.Text(), "[ ]"); boxes != len(p.steps()) {
		t.Errorf("%d boxes for %d steps", boxes, len(p.steps()))
	}
}

func FuzzParse(f *testing.F) {
	f.Add(example(f))
	f.Add([]byte("kind = \"unseal\"\n"))
	f.Add([]byte("kind = 'rekey'\n[parameters]\nshares=3\nthreshold=2\nhand_out='pgp'\nbackup=true\nverification=false\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := Parse(text)
		if err != nil {
			return
		}
		for name, script := range map[string]string{"text": p.Text(), "markdown": p.Markdown()} {
			if i := strings.IndexFunc(script, func(r rune) bool {
				return r < ' ' && r != '\n' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0x2028 || r == 0x202e
			}); i >= 0 {
				t.Errorf("%s holds a control character: %q", name, script[i:])
			}
		}
		if md := p.Markdown(); strings.Contains(md, "<") {
			t.Errorf("HTML of the plan's is in %s", md)
		}
	})
}

// The plan that the administrator's page shows is one.
func TestTheDocumentedPlanIsRead(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/administrator.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), "```toml\n")
	text, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatal("the page shows no plan")
	}
	if p, err := Parse([]byte(text)); err != nil || p.Parameters.HandOut != "pgp" || len(p.Custodians) != 2 {
		t.Errorf("%+v: %v", p, err)
	}
}
