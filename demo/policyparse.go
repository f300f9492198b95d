package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/scanner"
)

// known are the capabilities that a policy may give.
var known = []string{"create", "read", "update", "delete", "list", "sudo", "deny", "patch", "scan"}

// pathSettings are what may stand in a path.
var pathSettings = []string{
	"comment", "policy", "capabilities", "allowed_parameters", "denied_parameters", "required_parameters", "min_wrapping_ttl",
	"max_wrapping_ttl", "mfa_methods", "pagination_limit", "expiration", "list_scan_response_keys_filter_path",
}

// oldPolicies are what the setting policy stands for.
var oldPolicies = map[string]grant{
	"deny": {"deny"}, "read": {"read", "list"}, "write": {"create", "read", "update", "delete", "list"},
	"sudo": {"create", "read", "update", "delete", "list", "sudo"},
}

// parsePolicy reads the part of the servers' policy language that the demo obeys: paths with their capabilities, in HCL or in JSON.
// Other settings of a path are read and not obeyed.
//
// After the source of OpenBao: which settings there are, and the words for what is none.
func parsePolicy(text string) (map[string]grant, error) {
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		return parseJSONPolicy(text)
	}
	p := policyParser{}
	p.Init(strings.NewReader(text))
	p.Mode = scanner.ScanIdents | scanner.ScanStrings | scanner.ScanInts | scanner.ScanComments | scanner.SkipComments
	p.Error = func(*scanner.Scanner, string) { p.broken = true }
	p.IsIdentRune = func(r rune, i int) bool {
		return r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || i > 0 && (r >= '0' && r <= '9' || r == '-')
	}
	return p.policy()
}

func parseJSONPolicy(text string) (map[string]grant, error) {
	var in struct {
		Path map[string]map[string]any `json:"path"`
	}
	if err := json.Unmarshal([]byte(text), &in); err != nil {
		return nil, err
	}
	out := map[string]grant{}
	for path, given := range in.Path {
		for name := range given {
			if !slices.Contains(pathSettings, name) {
				return nil, occurred(fmt.Sprintf("path %q: invalid key %q", path, name))
			}
		}
		old, _ := given["policy"].(string)
		if err := put(out, path, texts(given["capabilities"]), old); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// occurred is an error as the servers list several.
func occurred(what string) error { return errors.New("1 error occurred:\n\t* " + what + "\n\n") }

// put notes what a path gives, as the servers read it.
func put(out map[string]grant, path string, given grant, old string) error {
	if old != "" {
		meant, known := oldPolicies[old]
		if !known {
			return fmt.Errorf("path %q: invalid policy %q", path, old)
		}
		given = append(slices.Clone(given), meant...)
	}
	for _, c := range given {
		if !slices.Contains(known, c) {
			return fmt.Errorf("path %q: invalid capability %q", path, c)
		}
	}
	path = strings.TrimPrefix(path, "/")
	if strings.Contains(path, "+*") {
		return fmt.Errorf("path %q: invalid use of wildcards ('+*' is forbidden)", path)
	}
	if given == nil {
		given = grant{}
	}
	out[path] = given
	return nil
}

// policyParser reads tokens; hash comments are none of text/scanner's, and are skipped here.
type policyParser struct {
	scanner.Scanner
	broken bool
	depth  int
}

func (p *policyParser) next() rune {
	for {
		t := p.Scan()
		if t != '#' {
			return t
		}
		for r := p.Next(); r != '\n' && r != scanner.EOF; r = p.Next() {
		}
	}
}

func (p *policyParser) fault(want string) error {
	return fmt.Errorf("at %d:%d: %s expected", p.Line, p.Column, want)
}

func (p *policyParser) policy() (map[string]grant, error) {
	out := map[string]grant{}
	for {
		t := p.next()
		switch {
		case p.broken:
			return nil, errors.New("illegal char")
		case t == scanner.EOF:
			return out, nil
		case t != scanner.Ident:
			return nil, p.fault("path")
		}
		switch name := p.TokenText(); name {
		case "path":
			if err := p.path(out); err != nil {
				return nil, err
			}
		case "name":
			if p.next() != '=' {
				return nil, p.fault("an assignment")
			}
			if _, err := p.value(); err != nil {
				return nil, err
			}
		default:
			return nil, occurred(fmt.Sprintf("invalid key %q on line %d", name, p.Line))
		}
	}
}

func (p *policyParser) quoted() (string, error) {
	if p.next() != scanner.String {
		return "", p.fault("a string")
	}
	return strconv.Unquote(p.TokenText())
}

// path reads a path and its settings up to the closing brace, and keeps what they give.
func (p *policyParser) path(out map[string]grant) error {
	path, err := p.quoted()
	if err != nil {
		return err
	}
	if p.next() != '{' {
		return p.fault("LBRACE")
	}
	given, old := grant{}, ""
	for {
		switch t := p.next(); t {
		case '}':
			return put(out, path, given, old)
		case scanner.Ident:
		default:
			return p.fault("RBRACE")
		}
		name, line := p.TokenText(), p.Line
		if !slices.Contains(pathSettings, name) {
			return occurred(fmt.Sprintf("path %q: invalid key %q on line %d", path, name, line))
		}
		values, err := p.setting()
		if err != nil {
			return err
		}
		switch {
		case name == "capabilities":
			given = values
		case name == "policy" && len(values) == 1:
			old = values[0]
		}
	}
}

// setting is what follows a name: a value, or a block of values.
func (p *policyParser) setting() (grant, error) {
	switch p.next() {
	case '=':
		return p.value()
	case '{':
		return nil, p.block()
	}
	return nil, p.fault("an assignment")
}

// block is values by name, none of which the demo obeys.
func (p *policyParser) block() error {
	for {
		switch p.next() {
		case '}':
			return nil
		case ',':
			continue
		case scanner.String, scanner.Ident:
		default:
			return p.fault("RBRACE")
		}
		if p.next() != '=' {
			return p.fault("an assignment")
		}
		if _, err := p.value(); err != nil {
			return err
		}
	}
}

// value is a text, a number, a block, or a list of such but blocks. The texts are kept.
func (p *policyParser) value() (grant, error) {
	switch p.next() {
	case scanner.String:
		text, err := strconv.Unquote(p.TokenText())
		return grant{text}, err
	case scanner.Int, scanner.Ident:
		return nil, nil
	case '{':
		return nil, p.nested()
	case '[':
	default:
		return nil, p.fault("a value")
	}
	out := grant{}
	for {
		switch p.next() {
		case ']':
			return out, nil
		case ',', scanner.Int, scanner.Ident:
		case scanner.String:
			text, err := strconv.Unquote(p.TokenText())
			if err != nil {
				return nil, err
			}
			out = append(out, text)
		default:
			return nil, p.fault("RBRACK")
		}
	}
}

// deepest is how far blocks may lie in one another.
const deepest = 16

func (p *policyParser) nested() error {
	if p.depth++; p.depth > deepest {
		return p.fault("a simpler value")
	}
	defer func() { p.depth-- }()
	return p.block()
}
