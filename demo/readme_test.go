package demo_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeListsWhatIsAfterTheDocumentation holds the README to the package comment, item by item.
func TestReadmeListsWhatIsAfterTheDocumentation(t *testing.T) {
	t.Parallel()
	comment, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	items := regexp.MustCompile(`(?m)^//   - (.*)$`).FindAllStringSubmatch(string(comment), -1)
	if len(items) == 0 {
		t.Fatal("the package comment lists nothing")
	}
	text := strings.Join(strings.Fields(string(readme)), " ")
	for _, item := range items {
		if !strings.Contains(text, item[1]) {
			t.Errorf("the README does not say: %s", item[1])
		}
	}
}
