package vault

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	variableName = regexp.MustCompile("^`((?:BAO|VAULT)_[A-Z_]+)`$")
	flagName     = regexp.MustCompile("^`(--[a-z-]+)`$")
)

// documented gives the variables and flags that the rows of the table begin with.
func documented(t *testing.T) (variables, flags []string) {
	t.Helper()
	text, err := os.ReadFile("../docs/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) != 7 {
			continue
		}
		for _, cell := range cells[1:4] {
			if m := variableName.FindStringSubmatch(strings.TrimSpace(cell)); m != nil {
				variables = append(variables, m[1])
			}
			if m := flagName.FindStringSubmatch(strings.TrimSpace(cell)); m != nil {
				flags = append(flags, m[1])
			}
		}
	}
	return variables, flags
}

func TestTheTableOfSettingsIsWhatIsRead(t *testing.T) {
	t.Parallel()
	read := map[string]bool{}
	// Where nothing is set, everything is looked for.
	mustLoad(t, Flags{}, Environment{Lookup: func(name string) (string, bool) {
		read[name] = true
		return "", false
	}})
	variables, flags := documented(t)
	slices.Sort(variables)
	if got := slices.Sorted(maps.Keys(read)); !slices.Equal(got, variables) {
		t.Errorf("read:\n%s\ndocumented:\n%s", strings.Join(got, "\n"), strings.Join(variables, "\n"))
	}
	want := []string{
		flagAddress, flagNamespace, flagCACert, flagCAPath, flagClientCert, flagClientKey, flagTLSServerName, flagSkipVerify,
	}
	if !slices.Equal(flags, want) {
		t.Errorf("documented flags %q, want %q", flags, want)
	}
}
