package plan

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// maxFile bounds a plan.
const maxFile = 256 << 10

// file is a plan as it is written.
type file struct {
	Kind    string `toml:"kind"`
	Title   string `toml:"title"`
	Cluster struct {
		Name string `toml:"name"`
		ID   string `toml:"id"`
	} `toml:"cluster"`
	Parameters struct {
		Key          string `toml:"key"`
		Shares       int    `toml:"shares"`
		Threshold    int    `toml:"threshold"`
		HandOut      string `toml:"hand_out"`
		Verification *bool  `toml:"verification"`
		Backup       *bool  `toml:"backup"`
		File         string `toml:"file"`
	} `toml:"parameters"`
	Custodian []struct {
		Name   string `toml:"name"`
		PGPKey string `toml:"pgp_key"`
	} `toml:"custodian"`
	Role []struct {
		Role string `toml:"role"`
		Name string `toml:"name"`
	} `toml:"role"`
	Witness []struct {
		Name string `toml:"name"`
	} `toml:"witness"`
	Check []struct {
		Text string `toml:"text"`
	} `toml:"check"`
}

// Parse reads a plan. An error says where and what; nothing of a plan that is wrong is followed.
func Parse(text []byte) (Plan, error) {
	if len(text) > maxFile {
		return Plan{}, fmt.Errorf("the plan is larger than %d bytes", maxFile)
	}
	var f file
	if err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(&f); err != nil {
		return Plan{}, told(err)
	}
	p := f.plan()
	return p, p.check()
}

// told is an error of the decoder in one line.
func told(err error) error {
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &unknown) && len(unknown.Errors) > 0:
		first := unknown.Errors[0]
		line, _ := first.Position()
		return fmt.Errorf("line %d: a plan has no key %q", line, strings.Join(first.Key(), "."))
	case errors.As(err, &wrong):
		line, _ := wrong.Position()
		return fmt.Errorf("line %d: %s", line, strings.TrimPrefix(wrong.Error(), "toml: "))
	}
	return errors.New(strings.TrimPrefix(err.Error(), "toml: "))
}

func (f file) plan() Plan {
	p := Plan{Kind: Kind(f.Kind), Title: trim(f.Title), Cluster: Cluster{trim(f.Cluster.Name), trim(f.Cluster.ID)}}
	q := f.Parameters
	p.Parameters = Parameters{q.Key, q.Shares, q.Threshold, q.HandOut, q.Verification, q.Backup, trim(q.File)}
	for _, c := range f.Custodian {
		p.Custodians = append(p.Custodians, Custodian{trim(c.Name), trim(c.PGPKey)})
	}
	for _, r := range f.Role {
		p.Roles = append(p.Roles, Role{trim(r.Role), trim(r.Name)})
	}
	for _, w := range f.Witness {
		p.Witnesses = append(p.Witnesses, trim(w.Name))
	}
	for _, c := range f.Check {
		p.Checks = append(p.Checks, trim(c.Text))
	}
	return p
}

func trim(s string) string { return strings.TrimSpace(s) }
