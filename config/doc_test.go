package config

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// paths are the keys of a form as the document writes them.
func paths(form reflect.Type, within string) []string {
	switch form.Kind() {
	case reflect.Map:
		name := map[string]string{"contexts.": "NAME.", "keys.": "BINDING."}[within]
		return paths(form.Elem(), within+name)
	case reflect.Slice:
		if form.Elem().Kind() == reflect.Struct {
			return paths(form.Elem(), within)
		}
	case reflect.Struct:
		var out []string
		for i := range form.NumField() {
			out = append(out, paths(form.Field(i).Type, within+form.Field(i).Tag.Get("toml")+".")...)
		}
		return out
	}
	return []string{strings.TrimSuffix(within, ".")}
}

func document(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../docs/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTheTableOfTheFileIsWhatIsRead(t *testing.T) {
	t.Parallel()
	var documented []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-zA-Z_.]+)` \\| [a-z ]+ \\| .+ \\|$").FindAllStringSubmatch(document(t), -1) {
		documented = append(documented, m[1])
	}
	want := paths(reflect.TypeFor[wireFile](), "")
	slices.Sort(documented)
	slices.Sort(want)
	if !slices.Equal(documented, want) {
		t.Errorf("documented:\n%s\nread:\n%s", strings.Join(documented, "\n"), strings.Join(want, "\n"))
	}
}

func TestTheExampleOfTheDocumentIsRead(t *testing.T) {
	t.Parallel()
	_, rest, _ := strings.Cut(document(t), "```toml\n")
	example, _, _ := strings.Cut(rest, "```")
	f, err := Parse([]byte(example))
	if err != nil || len(f.Contexts) != 2 || f.Default == "" || len(f.Keys) == 0 {
		t.Errorf("%+v, %v", f, err)
	}
}
