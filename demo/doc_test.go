package demo

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatIsAfterTheDocumentationIsListed(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	marked, listed := 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case file == "doc.go":
			listed = strings.Count(string(text), "\n//   - ")
		case !strings.HasSuffix(file, "_test.go"):
			marked += strings.Count(string(text), "After the documentation:")
		}
	}
	if marked == 0 || marked != listed {
		t.Errorf("%d behaviours are marked in the code, %d listed in doc.go", marked, listed)
	}
}
