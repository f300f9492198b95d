package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
)

func TestExportIsANewFileForItsOwnerAlone(t *testing.T) {
	t.Chdir(t.TempDir())
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "tolerance-zero"}, 120, 36)
		c.wait(3 * time.Second)
		c.press("e")
		c.see("Export the findings")
		c.press("enter")
		c.wait(time.Second)
		c.see("Exported to ")
		c.press("e", "down", "enter")
		c.wait(time.Second)
	})
	for _, pattern := range []string{"warder-*.md", "warder-*.json"} {
		files, _ := filepath.Glob(pattern)
		if len(files) != 1 {
			t.Fatalf("%s: %v", pattern, files)
		}
		info, err := os.Stat(files[0])
		if err != nil || info.Mode() != 0o600 {
			t.Errorf("%v %v", info.Mode(), err)
		}
		text, err := os.ReadFile(files[0])
		if err != nil || !strings.Contains(string(text), "Tolerance 0") {
			t.Errorf("%v:\n%s", err, text)
		}
	}
}

func TestNothingIsExportedOrCopiedDuringACeremony(t *testing.T) {
	t.Chdir(t.TempDir())
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "sealed"}, 120, 36)
		c.wait(3 * time.Second)
		c.press("u", "e", "y")
		c.wait(time.Second)
		c.miss("Export the findings")
		c.miss("Copied")
	})
}

func TestTheSelectedFindingIsCopied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := open(t, demo.Options{Scenario: "sealed"}, 120, 36)
		c.wait(3 * time.Second)
		c.press("y")
		c.see("OSC 52")
	})
}
