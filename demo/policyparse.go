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

// parsePolicy reads the part of the servers' policy language that the demo obeys: paths with their capabilities, in HCL or in JSON.
// Other settings of a path are passed over.
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
		Path map[string]struct {
			Capabilities []string `json:"capabilities"`
		} `json:"path"`
	}
	if err := json.Unmarshal([]byte(text), &in); err != nil {
		return nil, err
	}
	out := map[string]grant{}
	for path, p := range in.Path {
		if err := checkCapabilities(path, p.Capabilities); err != nil {
			return nil, err
		}
		out[path] = p.Capabilities
	}
	return out, nil
}

func checkCapabilities(path string, given []string) error {
	for _, c := range given {
		if !slices.Contains(known, c) {
			return fmt.Errorf("path %q: invalid capability %q", path, c)
		}
	}
	return nil
}

// policyParser reads tokens; hash comments are none of text/scanner's, and are skipped here.
type policyParser struct {
	scanner.Scanner
	broken bool
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
		switch t := p.next(); {
		case p.broken:
			return nil, errors.New("illegal char")
		case t == scanner.EOF && len(out) == 0:
			return nil, p.fault("a path")
		case t == scanner.EOF:
			return out, nil
		case t != scanner.Ident || p.TokenText() != "path":
			return nil, p.fault("path")
		}
		path, err := p.quoted()
		if err != nil {
			return nil, err
		}
		given, err := p.body()
		if err == nil {
			err = checkCapabilities(path, given)
		}
		if err != nil {
			return nil, err
		}
		out[path] = given
	}
}

func (p *policyParser) quoted() (string, error) {
	if p.next() != scanner.String {
		return "", p.fault("a string")
	}
	return strconv.Unquote(p.TokenText())
}

// body reads settings up to the closing brace, and keeps the capabilities.
func (p *policyParser) body() (grant, error) {
	if p.next() != '{' {
		return nil, p.fault("LBRACE")
	}
	out := grant{}
	for {
		switch t := p.next(); t {
		case '}':
			return out, nil
		case scanner.Ident:
		default:
			return nil, p.fault("RBRACE")
		}
		name := p.TokenText()
		if p.next() != '=' {
			return nil, p.fault("an assignment")
		}
		values, err := p.value()
		if err != nil {
			return nil, err
		}
		if name == "capabilities" {
			out = values
		}
	}
}

// value is a text, a number, or a list of texts.
func (p *policyParser) value() (grant, error) {
	switch p.next() {
	case scanner.String, scanner.Int, scanner.Ident:
		return nil, nil
	case '[':
	default:
		return nil, p.fault("a value")
	}
	out := grant{}
	for {
		switch p.next() {
		case ']':
			return out, nil
		case ',':
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
