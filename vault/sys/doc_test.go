package sys

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// declared are the exported functions and constants of a folder, and the tests of the whole tree below it.
func declared(t *testing.T, root string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		where := ""
		switch {
		case strings.HasSuffix(path, "_test.go"):
		case filepath.Dir(path) == filepath.Join(root, "vault"):
			where = "vault."
		case filepath.Dir(path) == filepath.Join(root, "vault", "sys"):
			where = "sys."
		default:
			return nil
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				out[where+d.Name.Name] = true
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if v, ok := s.(*ast.ValueSpec); ok {
						for _, n := range v.Names {
							out[where+n.Name] = true
						}
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestThePageOfTheSystemBackendNamesWhatThereIs(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/system-backend.md")
	if err != nil {
		t.Fatal(err)
	}
	there := declared(t, "../..")
	told := map[string]bool{}
	for _, m := range regexp.MustCompile("`((?:vault|sys)\\.[A-Z]\\w*|Test\\w+)`").FindAllSubmatch(page, -1) {
		name := string(m[1])
		if told[name] = true; !there[name] {
			t.Errorf("the page names %s, which is not there", name)
		}
	}
	for name := range there {
		// Constants are told with what they are for.
		if method, ok := strings.CutPrefix(name, "sys."); ok && ast.IsExported(method) && !told[name] && method != "ACL" && method != "RGP" && method != "EGP" {
			t.Errorf("%s is not on the page", name)
		}
	}
	if n := bytes.Count(page, []byte("\n| ")); n < 50 {
		t.Errorf("the table has %d rows", n)
	}
}
