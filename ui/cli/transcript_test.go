package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warder/vault/record"
)

func TestTranscriptChecksBeforeItPrints(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "record.jsonl")
	w, err := record.Create(path, time.Now, record.Line{Text: "Rekey of the cluster example"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close("The new shares are in force"); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := path + ".changed"
	if err := os.WriteFile(changed, bytes.Replace(text, []byte("example"), []byte("exomple"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{path}, 0, "Checked: 2 lines"},
		{[]string{path, "--hash", record.Spoken(w.Head())}, 0, record.Spoken(w.Head()[:32])},
		{[]string{path, "--output", "markdown"}, 0, "| 1 |"},
		{[]string{path, "--hash", strings.Repeat("0", 64)}, 2, "Checked"},
		{[]string{changed}, 2, "NOT TO BE TRUSTED"},
		{[]string{path + ".none"}, 1, ""},
		{[]string{path, "--output", "pdf"}, 1, ""},
		{[]string{}, 1, ""},
	} {
		cmd := transcriptCommand()
		var out bytes.Buffer
		cmd.SetOut(&out)
		cmd.SetArgs(c.args)
		if code := exitCode(cmd.Execute()); code != c.code || !strings.Contains(out.String(), c.says) {
			t.Errorf("%v: exit code %d, want %d, and %q in:\n%s", c.args, code, c.code, c.says, out.String())
		}
	}
}
