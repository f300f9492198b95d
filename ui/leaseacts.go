package ui

import (
	"errors"
	"fmt"
	"strings"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
	"warder/vault/sys"
)

const fieldPrefix = "prefix"

// leaseRevocation ends all leases below a prefix.
func (s stage) leaseRevocation() act {
	return act{
		name: "Revoke leases below a prefix", hint: "what was made with them ends",
		pending: "The server took it, and is at it: not all are gone yet. The inventory shows what is left.",
		word:    "revoke leases", // what the token may do depends on the prefix, and is looked up when that is known
		fields: []components.Field{components.Input{
			Key: fieldPrefix, Title: "The prefix", Hint: "such as database/creds/reporting or auth/userpass/login", Check: checkPrefix,
		}},
		examine: s.leasesBelow,
		follows: func(v map[string]string) []views.Fact {
			return []views.Fact{
				views.Say("does", "Every lease below it ends now: tokens are void, and credentials are deleted where they were made. Whoever works with them is locked out.", theme.Bad),
				views.Say("takes", "The server queues them; many may take minutes. What cannot be revoked it tries again, and keeps as irrevocable in the end.", theme.Plain),
			}
		},
		line: func(v map[string]string) string { return rules.Command(s.node, "lease revoke -prefix", prefixOf(v)) },
		do:   func(v map[string]string) error { return s.sys().RevokePrefix(s.ctx, prefixOf(v)) },
		prove: func(v map[string]string) (bool, []views.Fact, error) {
			var left reckoning
			done, err := soon(s.ctx, func() (done bool, err error) {
				c, err := s.leader()
				if err != nil {
					return false, err
				}
				left, err = reckon(s, sys.Client{Client: c}, prefixOf(v))
				return err == nil && left.leases == 0 && !left.more, err
			})
			return done, []views.Fact{views.Say("left", left.String(), theme.Plain)}, err
		},
	}
}

func (s stage) sys() sys.Client { return sys.Client{Client: s.client()} }

func prefixOf(v map[string]string) string {
	return strings.Trim(strings.TrimSpace(v[fieldPrefix]), "/")
}

func checkPrefix(text string) error {
	p := prefixOf(map[string]string{fieldPrefix: text})
	if _, err := vault.Path("sys/leases", p); err != nil {
		return errors.New("a path such as database/creds/reporting")
	}
	if !strings.Contains(p, "/") {
		return errors.New("a mount and something below it: a whole mount is more than a slip of the hand may end")
	}
	return nil
}

// leasesBelow counts what would end.
func (s stage) leasesBelow(v map[string]string) ([]views.Fact, string) {
	out := []views.Fact{views.Say("below", prefixOf(v), theme.Plain)}
	if own, err := s.client().LookupSelf(s.ctx); err != nil || underPrefix(own.Path, prefixOf(v)) {
		out = append(out, views.Say("our token", "It may be among them: warder goes on without one then.", theme.Bad))
	}
	if lacks := s.mayRevoke(prefixOf(v)); lacks != "" {
		return out, lacks
	}
	n, err := reckon(s, s.sys(), prefixOf(v))
	switch {
	case err != nil:
		return append(out, views.Say("leases", "they could not be counted ("+vault.Reason(err)+")", theme.Warn)), ""
	case n.leases == 0:
		return out, "there is no lease below it"
	}
	return append(out, views.Say("leases", n.String(), theme.Warn)), ""
}

// mayRevoke says what the token lacks for the prefix; nothing where that cannot be looked up, for then the server decides.
func (s stage) mayRevoke(prefix string) string {
	x := act{path: "sys/leases/revoke-prefix/" + prefix, needs: []string{"update", "sudo"}}
	caps, err := s.client().CapabilitiesSelf(s.ctx, x.path)
	if err != nil {
		return ""
	}
	return x.lacks(caps)
}

// underPrefix says that what was made at a path has its lease below the prefix.
func underPrefix(path, prefix string) bool { return strings.HasPrefix(path+"/", prefix+"/") }

// reckoning is how many leases were counted below a prefix.
type reckoning struct {
	leases int
	more   bool // counting was given up
}

// String says it.
func (r reckoning) String() string {
	switch {
	case r.more:
		return fmt.Sprintf("more than %d", r.leases)
	case r.leases == 0:
		return "none"
	}
	return count(r.leases, "lease", "leases")
}

// mostFolders bounds how many lists are asked for while counting: each stands in the audit log.
const mostFolders = 50

// reckon counts the leases below a prefix, folder by folder.
func reckon(s stage, c sys.Client, prefix string) (r reckoning, err error) {
	folders := []string{prefix}
	for asked := 0; len(folders) > 0; asked++ {
		if asked == mostFolders {
			r.more = true
			return r, nil
		}
		page, err := c.Leases(s.ctx, folders[0], vault.Want{})
		if err != nil {
			return r, err
		}
		r.more = r.more || page.More()
		for _, name := range page.Names {
			if strings.HasSuffix(name, "/") {
				folders = append(folders, folders[0]+"/"+strings.TrimSuffix(name, "/"))
			} else {
				r.leases++
			}
		}
		folders = folders[1:]
	}
	return r, nil
}
