package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// longest is how many lines a file may have: beyond it has two ideas.
const longest = 300

// source is a file of this module, read once for all rules.
type source struct {
	path  string // from the top
	lines int
	*ast.File
}

func (s source) test() bool            { return strings.HasSuffix(s.path, "_test.go") }
func (s source) below(dir string) bool { return strings.HasPrefix(s.path, dir+"/") }

// rule finds what a file must not do, each with its line.
type rule struct {
	name   string
	covers func(source) bool
	find   func(ast.Node) string // "" when all is well with this node
}

var rules = []rule{
	{
		"no printing past the screen",
		func(s source) bool { return s.below("ui") && !s.below("ui/cli") && !s.test() },
		printing,
	},
	{
		"no goroutine but where requests, listeners and streams are run",
		func(s source) bool {
			return !s.below("demo") && s.path != "vault/fetch.go" && !s.below("vault/poller") && !s.test()
		},
		spawning,
	},
	{
		"no key called by the character of a space: the library says \"space\"",
		func(s source) bool { return s.below("ui") && !s.below("ui/cli") && !s.test() },
		spaceKey,
	},
}

func TestFilesKeepTheHouseRules(t *testing.T) {
	t.Parallel()
	fset, sources := tree(t)
	for _, r := range rules {
		for _, s := range sources {
			if !r.covers(s) {
				continue
			}
			for _, at := range findings(r, s.File) {
				t.Errorf("%s: %s: %s", r.name, fset.Position(at.pos), at.what)
			}
		}
	}
}

func TestFilesAreOfOneIdea(t *testing.T) {
	t.Parallel()
	_, sources := tree(t)
	for _, s := range sources {
		if s.lines > longest {
			t.Errorf("%s has %d lines, more than %d", s.path, s.lines, longest)
		}
	}
}

func TestEveryPackageSaysItsRulesOnce(t *testing.T) {
	t.Parallel()
	_, sources := tree(t)
	comments := map[string][]string{}
	for _, s := range sources {
		dir := filepath.Dir(s.path)
		if s.test() {
			continue
		}
		comments[dir] = append(comments[dir], nil...)
		if s.Doc != nil {
			comments[dir] = append(comments[dir], s.path)
		}
	}
	for dir, files := range comments {
		if len(files) != 1 {
			t.Errorf("package %s has %d package comments, want one: %v", dir, len(files), files)
		}
	}
}

func TestHouseRulesFindOffenders(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule func(ast.Node) string
		body string
		want int
	}{
		{printing, `fmt.Println("x"); fmt.Printf("x"); println("x"); os.Stdout.Write(nil)`, 4},
		{printing, `log.Print("x"); slog.Info("x")`, 2},
		{printing, `s := fmt.Sprint("x"); _ = fmt.Errorf(s)`, 0},
		{spawning, `go f(); var wg sync.WaitGroup; wg.Go(f)`, 2},
		{spawning, `f(); defer g()`, 0},
		{spaceKey, `key.NewBinding(key.WithKeys("a", " "))`, 1},
		{spaceKey, `b.SetKeys(" "); bind("help", "desc", "x", " ")`, 2},
		{spaceKey, `switch k.String() { case "enter", " ": }; if k.String() == " " {}`, 2},
		{spaceKey, `key.WithKeys("space"); strings.Repeat(" ", 3); s := x.String() + " "`, 0},
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "", "package p; func f() {"+c.body+"}", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := findings(rule{find: c.rule}, f); len(got) != c.want {
			t.Errorf("%s: %d findings, want %d: %v", c.body, len(got), c.want, got)
		}
	}
}

type finding struct {
	pos  token.Pos
	what string
}

func findings(r rule, f *ast.File) []finding {
	var out []finding
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			return true
		}
		if what := r.find(n); what != "" {
			out = append(out, finding{n.Pos(), what})
		}
		return true
	})
	return out
}

// printing finds what would write over the screen, or to a log.
func printing(n ast.Node) string {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		from, _ := n.X.(*ast.Ident)
		switch {
		case from == nil:
		case from.Name == "fmt" && strings.HasPrefix(n.Sel.Name, "Print"),
			from.Name == "os" && (n.Sel.Name == "Stdout" || n.Sel.Name == "Stderr"),
			from.Name == "log", from.Name == "slog":
			return from.Name + "." + n.Sel.Name
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "print" || f.Name == "println") {
			return f.Name
		}
	}
	return ""
}

// spawning finds statements that begin a goroutine, and wait groups that do.
func spawning(n ast.Node) string {
	switch n := n.(type) {
	case *ast.GoStmt:
		return "go"
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Go" {
			return "Go"
		}
	}
	return ""
}

// binders are the functions that take names of keys: the library's, and ours that hand on to them.
var binders = []string{"WithKeys", "SetKeys", "bind"}

// spaceKey finds " " where the name of a key is meant.
func spaceKey(n ast.Node) string {
	var names []ast.Expr
	switch n := n.(type) {
	case *ast.CallExpr:
		if slices.Contains(binders, called(n)) {
			names = n.Args
		}
	case *ast.SwitchStmt:
		if call, ok := n.Tag.(*ast.CallExpr); ok && called(call) == "String" {
			for _, s := range n.Body.List {
				names = append(names, s.(*ast.CaseClause).List...)
			}
		}
	case *ast.BinaryExpr:
		call, ok := n.X.(*ast.CallExpr)
		if ok && called(call) == "String" && (n.Op == token.EQL || n.Op == token.NEQ) {
			names = []ast.Expr{n.Y}
		}
	}
	for _, e := range names {
		if l, ok := e.(*ast.BasicLit); ok && (l.Value == `" "` || l.Value == "` `") {
			return l.Value
		}
	}
	return ""
}

// called is the name of the function called, without what it belongs to.
func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// tree parses every file of this module.
func tree(t *testing.T) (*token.FileSet, []source) {
	t.Helper()
	fset := token.NewFileSet()
	var out []source
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case filepath.Ext(path) != ".go":
			return nil
		}
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		out = append(out, source{filepath.ToSlash(path), fset.File(f.Pos()).LineCount() - 1, f})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Fatal("no file of this module was found")
	}
	return fset, out
}
