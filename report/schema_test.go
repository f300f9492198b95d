package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

const schemaFile = "../docs/status.schema.json"

// words are the texts that a type may hold.
func words() map[string][]string {
	out := map[string][]string{"Role": {string(leader), string(voter), string(nonVoter)}, "State": {string(unaddressed)}}
	add := func(v any) {
		m := reflect.ValueOf(v)
		for _, k := range m.MapKeys() {
			w := m.MapIndex(k)
			out[w.Type().Name()] = append(out[w.Type().Name()], w.String())
		}
	}
	for _, m := range []any{verdicts, severities, moods, storeHealths, states} {
		add(m)
	}
	for _, list := range out {
		slices.Sort(list)
	}
	return out
}

// schema describes a type from its fields and their comments, which are what the documentation of each field is.
func schema(t reflect.Type, says map[string]string) map[string]any {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	case t.Kind() == reflect.Pointer:
		return schema(t.Elem(), says)
	case t.Kind() == reflect.Slice:
		return map[string]any{"type": "array", "items": schema(t.Elem(), says)}
	case t.Kind() == reflect.String && t.Name() != "string":
		return map[string]any{"type": "string", "enum": words()[t.Name()]}
	case t.Kind() == reflect.Struct:
		return object(t, says)
	}
	name := map[reflect.Kind]string{reflect.String: "string", reflect.Bool: "boolean", reflect.Float64: "number"}[t.Kind()]
	if name == "" {
		name = "integer"
	}
	return map[string]any{"type": name}
}

func object(t reflect.Type, says map[string]string) map[string]any {
	properties, required := map[string]any{}, []string{}
	for f := range t.Fields() {
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		s := schema(f.Type, says)
		if text := says[t.Name()+"."+f.Name]; text != "" {
			s["description"] = text
		}
		properties[key] = s
		if options == "" {
			required = append(required, key)
		}
	}
	return map[string]any{
		"type": "object", "description": says[t.Name()], "properties": properties, "required": required, "additionalProperties": false,
	}
}

// comments are those of the types and of their fields.
func comments(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.TYPE {
				continue
			}
			spec := g.Specs[0].(*ast.TypeSpec)
			out[spec.Name.Name] = oneLine(g.Doc.Text())
			if s, ok := spec.Type.(*ast.StructType); ok {
				for _, field := range s.Fields.List {
					if len(field.Names) == 1 {
						out[spec.Name.Name+"."+field.Names[0].Name] = oneLine(field.Comment.Text())
					}
				}
			}
		}
	}
	return out
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestSchemaIsThatOfTheCode(t *testing.T) {
	t.Parallel()
	s := schema(reflect.TypeFor[Report](), comments(t))
	s["$schema"], s["$id"], s["title"] = "https://json-schema.org/draft/2020-12/schema", Schema, "What warder status --output json prints"
	s["properties"].(map[string]any)["schema"].(map[string]any)["const"] = Schema
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		t.Fatal(err)
	}
	goldenFile(t, schemaFile, b.String())
}

func TestReportsAreAsTheSchemaSays(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var s map[string]any
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	for name, scene := range fixtures() {
		text, err := New(scene, found, "x").JSON()
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			t.Fatal(err)
		}
		for _, problem := range problems(s, v, name) {
			t.Error(problem)
		}
	}
	if len(problems(s, map[string]any{"schema": "other", "strange": 1.0}, "a wrong one")) == 0 {
		t.Error("nothing is wrong with a wrong one")
	}
}

// problems holds a value to as much of JSON Schema as the schema uses.
func problems(s map[string]any, v any, at string) (out []string) {
	kinds := map[string]string{"string": "string", "boolean": "bool", "number": "float64", "integer": "float64", "object": "map[string]interface {}", "array": "[]interface {}"}
	if want := kinds[s["type"].(string)]; fmt.Sprintf("%T", v) != want {
		return []string{fmt.Sprintf("%s is a %T, want %s", at, v, want)}
	}
	if enum, ok := s["enum"].([]any); ok && !slices.Contains(enum, v) {
		out = append(out, fmt.Sprintf("%s is %v, want one of %v", at, v, enum))
	}
	if c, ok := s["const"]; ok && c != v {
		out = append(out, fmt.Sprintf("%s is %v, want %v", at, v, c))
	}
	switch v := v.(type) {
	case []any:
		for i, item := range v {
			out = append(out, problems(s["items"].(map[string]any), item, fmt.Sprintf("%s[%d]", at, i))...)
		}
	case map[string]any:
		for _, key := range s["required"].([]any) {
			if _, there := v[key.(string)]; !there {
				out = append(out, fmt.Sprintf("%s has no %s", at, key))
			}
		}
		for key, item := range v {
			p, known := s["properties"].(map[string]any)[key].(map[string]any)
			if !known {
				out = append(out, fmt.Sprintf("%s has %s, which the schema has not", at, key))
				continue
			}
			out = append(out, problems(p, item, at+"."+key)...)
		}
	}
	return out
}
