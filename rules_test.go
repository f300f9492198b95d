// The rules of the whole tree: who may import whom, and what no file may do. They are tests so that nobody needs to remember
// them.
package main_test

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// edges are what a package may import, beside the standard library: of this module by name, of others by the beginning of
// their path.
type edges struct{ ours, others []string }

var charm = []string{"charm.land/", "github.com/charmbracelet/"}

// graph is closed: a package that is not in it fails, so that a new one is given its place before it is used.
var graph = map[string]edges{
	"warder": {ours: []string{"ui/cli"}},
	"ui/cli": {
		ours:   []string{"config", "demo", "keys", "report", "theme", "ui", "vault", "vault/ceremony", "vault/keystore", "vault/plan", "vault/record", "vault/poller", "vault/rules", "vault/timeline"},
		others: []string{"github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/sys/"},
	},
	"keys":           {others: []string{"github.com/ProtonMail/go-crypto/", "golang.org/x/sys/"}},
	"config":         {ours: []string{"vault"}, others: []string{"github.com/pelletier/go-toml/v2"}},
	"demo":           {ours: []string{"keys"}},
	"vault":          {ours: []string{"keys"}, others: []string{"github.com/openbao/openbao/api/v2", "github.com/hashicorp/hcl"}},
	"report":         {ours: []string{"vault", "vault/rules", "vault/timeline", "vault/keystore"}},
	"vault/timeline": {ours: []string{"vault"}},
	"vault/poller":   {ours: []string{"vault", "vault/keystore"}},
	"vault/record":   {},
	"vault/plan":     {others: []string{"github.com/pelletier/go-toml/v2"}},
	"vault/roster":   {},
	"vault/sys":      {ours: []string{"vault", "keys"}},
	"vault/newfile":  {},
	"vault/snapfile": {ours: []string{"vault/newfile"}},
	"vault/keystore": {ours: []string{"vault", "keys"}},
	"vault/rules":    {ours: []string{"vault", "vault/keystore", "vault/timeline"}},
	"vault/ceremony": {ours: []string{"vault", "vault/plan", "vault/record", "vault/roster", "vault/newfile", "keys"}},
	"theme":          {others: charm},
	"ui/components":  {ours: []string{"theme", "keys"}, others: charm},
	"ui/views":       {ours: []string{"ui/components", "theme", "vault", "vault/rules", "vault/ceremony", "vault/keystore", "vault/timeline", "keys"}, others: charm},
	"ui": {
		ours:   []string{"report", "ui/views", "ui/components", "theme", "vault", "vault/rules", "vault/ceremony", "vault/plan", "vault/record", "vault/keystore", "vault/timeline", "vault/snapfile", "vault/sys", "keys"},
		others: charm,
	},
}

// free are the packages whose purpose is to bring together what must not know each other.
var free = []string{"vault/conformance"}

// unseen must not come along with a package by any road: lipgloss's compat asks the terminal when it is imported, and what
// knows of terminals has no place below the console.
var unseen = map[string][]string{
	"warder": {"charm.land/lipgloss/v2/compat"},
	"keys":   charm,
	"demo":   charm,
	"vault":  charm,
}

// pkg is what `go list` tells of a package. Tests within a package are held to its rules; external ones are not.
type pkg struct {
	ImportPath           string
	Dir                  string
	Imports, TestImports []string
	Deps                 []string
}

func (p pkg) name() string { return strings.TrimPrefix(p.ImportPath, "warder/") }

func TestPackagesImportOnlyWhatTheirPlaceAllows(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if slices.Contains(free, p.name()) {
			continue
		}
		allowed, known := graph[p.name()]
		if !known {
			t.Errorf("package %s has no place in the import graph: give it one", p.ImportPath)
			continue
		}
		for _, path := range forbidden(allowed, p.Imports) {
			t.Errorf("%s imports %s", p.ImportPath, path)
		}
		for _, path := range forbidden(allowed, p.TestImports) {
			t.Errorf("the tests within %s import %s", p.ImportPath, path)
		}
	}
}

func TestNothingForbiddenComesAlongByAnotherRoad(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		for _, path := range beginning(p.Deps, unseen[p.name()]) {
			t.Errorf("%s brings %s along", p.ImportPath, path)
		}
	}
}

func TestModulesAreUsedAsTheyArePublished(t *testing.T) {
	t.Parallel()
	var mod struct{ Replace, Exclude []any }
	decode(t, run(t, "go", "mod", "edit", "-json"), &mod)
	if len(mod.Replace)+len(mod.Exclude) > 0 {
		t.Errorf("go.mod replaces or excludes: %v %v", mod.Replace, mod.Exclude)
	}
}

func TestForbiddenFindsEdgesThatAreNotAllowed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from    string
		imports []string
		want    []string
	}{
		{"keys", []string{"crypto/hmac", "golang.org/x/sys/unix", "github.com/ProtonMail/go-crypto/openpgp"}, nil},
		{"keys", []string{"golang.org/x/text/width", "warder/vault"}, []string{"golang.org/x/text/width", "warder/vault"}},
		{"demo", []string{"net/http", "warder/keys", "warder/vault"}, []string{"warder/vault"}},
		{"demo", []string{"warder/vault/rules"}, []string{"warder/vault/rules"}},
		{"vault", []string{"warder/keys", "warder/ui/views", "charm.land/lipgloss/v2"}, []string{"warder/ui/views", "charm.land/lipgloss/v2"}},
		{"theme", []string{"charm.land/lipgloss/v2", "warder/vault"}, []string{"warder/vault"}},
		{"ui/components", []string{"warder/theme", "warder/ui/views", "warder/vault"}, []string{"warder/ui/views", "warder/vault"}},
		{"ui/views", []string{"warder/vault", "warder/ui"}, []string{"warder/ui"}},
		{"ui", []string{"warder/ui/views", "warder/demo"}, []string{"warder/demo"}},
	} {
		if got := forbidden(graph[c.from], c.imports); !slices.Equal(got, c.want) {
			t.Errorf("%s importing %v: found %v, want %v", c.from, c.imports, got, c.want)
		}
	}
}

// forbidden are the imports that are neither allowed nor the standard library's, whose paths begin without a domain.
func forbidden(allowed edges, imports []string) []string {
	var out []string
	for _, path := range imports {
		first, _, _ := strings.Cut(path, "/")
		own, ours := strings.CutPrefix(path, "warder/")
		switch {
		case ours && slices.Contains(allowed.ours, own):
		case !ours && !strings.Contains(first, "."):
		case !ours && len(beginning([]string{path}, allowed.others)) > 0:
		default:
			out = append(out, path)
		}
	}
	return out
}

// beginning are the paths that begin with one of the prefixes.
func beginning(paths, prefixes []string) []string {
	var out []string
	for _, path := range paths {
		if slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(path, p) }) {
			out = append(out, path)
		}
	}
	return out
}

// packages are all of this module.
func packages(t *testing.T) []pkg {
	t.Helper()
	var out []pkg
	d := json.NewDecoder(strings.NewReader(run(t, "go", "list", "-json=ImportPath,Dir,Imports,TestImports,Deps", "./...")))
	for d.More() {
		var p pkg
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		t.Fatal("go list names no package")
	}
	return out
}

func decode(t *testing.T, text string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), v); err != nil {
		t.Fatal(err)
	}
}

// run gives what a command prints.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	var problem strings.Builder
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Stderr = &problem
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, problem.String())
	}
	return string(out)
}
