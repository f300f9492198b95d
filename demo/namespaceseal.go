package demo

import (
	"encoding/hex"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"

	"warder/keys"
)

// spaceSeal is a namespace's own seal. It is sealed when it is made, as on a real OpenBao.
type spaceSeal struct {
	custody custody
	sealed  bool
	nonce   string
	given   []keys.Secret
}

// savedSeal is a seal of a namespace in a snapshot, which is encrypted.
type savedSeal struct {
	Threshold, Shares int
	Key               []byte
	Sealed            bool
}

// MarshalJSON writes what a snapshot keeps.
func (s *spaceSeal) MarshalJSON() ([]byte, error) {
	out := savedSeal{Threshold: s.custody.threshold, Shares: s.custody.shape.shares, Sealed: s.sealed}
	s.custody.key.Use(func(b []byte) { out.Key = slices.Clone(b) })
	defer clear(out.Key)
	return json.Marshal(out)
}

// UnmarshalJSON reads it again.
func (s *spaceSeal) UnmarshalJSON(text []byte) error {
	var in savedSeal
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	*s = spaceSeal{custody: custody{shape: shape{in.Threshold, in.Shares}, key: keys.NewSecret(in.Key)}, sealed: in.Sealed}
	return nil
}

// sealStanza is the one form of a seal's configuration that the demo reads.
var sealStanza = regexp.MustCompile(`^\s*seal\s+"shamir"\s*\{\s*shares\s*=\s*"?(\d+)"?\s+threshold\s*=\s*"?(\d+)"?\s*\}\s*$`)

// sealWith gives a new namespace a seal of its own, and its shares to who made it.
func (q *request) sealWith(s *space, stanza string, out map[string]any) *answer {
	m := sealStanza.FindStringSubmatch(stanza)
	if m == nil {
		return refused(refuse(http.StatusBadRequest, "unable to parse seal config: the demo reads seal \"shamir\" { shares = N threshold = T }"))
	}
	n, _ := strconv.Atoi(m[1])
	t, _ := strconv.Atoi(m[2])
	wanted := shape{t, n}
	if err := wanted.check(); err != nil {
		return refused(refuse(http.StatusBadRequest, "invalid seal config: "+err.Error()))
	}
	held, err := q.c.entrust(wanted)
	if err != nil {
		return refused(refuse(http.StatusInternalServerError, err.Error()))
	}
	s.Own = &spaceSeal{custody: held, sealed: true}
	shares := []string{}
	for _, share := range held.shares {
		share.Use(func(b []byte) { shares = append(shares, hex.EncodeToString(b)) })
	}
	out["key_shares"], out["key_threshold"] = shares, t
	return nil
}

// ownSeal is the seal of the namespace that the path names.
func (q *request) ownSeal() (*spaceSeal, *answer) {
	s := q.holds().Namespaces[pathOf(q.name)]
	switch {
	case s == nil:
		return nil, refused(refuseWrapped(http.StatusInternalServerError, "namespace \""+pathOf(q.name)+"\" doesn't exist"))
	case s.Own == nil:
		return nil, refused(refuse(http.StatusBadRequest, "namespace is not sealable"))
	}
	return s.Own, nil
}

func (s *spaceSeal) status() map[string]any {
	return map[string]any{
		"type": "shamir", "initialized": true, "sealed": s.sealed, "t": s.custody.threshold, "n": s.custody.shape.shares, "progress": len(s.given), "nonce": s.nonce,
	}
}

func getSpaceSeal(q *request) answer {
	s, no := q.ownSeal()
	if no != nil {
		return *no
	}
	return q.data(s.status())
}

// sealSpace seals. A real OpenBao 2.6.2 takes it of a namespace without a seal of its own, too, which nothing opens then.
func sealSpace(q *request) answer {
	s, no := q.ownSeal()
	if no != nil {
		return *no
	}
	s.sealed, s.given, s.nonce = true, nil, ""
	return noContent()
}

func unsealSpace(q *request) answer {
	s, no := q.ownSeal()
	if no != nil {
		return *no
	}
	var in struct {
		Key   string `json:"key"`
		Reset bool   `json:"reset"`
	}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	if in.Reset {
		s.given, s.nonce = nil, ""
		return q.data(s.status())
	}
	if in.Key == "" {
		return refuseWrapped(http.StatusInternalServerError, "provided key is empty")
	}
	share, ok := readShare(in.Key)
	if !ok {
		return refuse(http.StatusBadRequest, "illegal base64 data at input byte 0")
	}
	if err := shareLength(share.Len()); err != nil {
		return refuse(http.StatusBadRequest, "invalid key: "+err.Error())
	}
	return q.unsealSpaceWith(s, share)
}

func (q *request) unsealSpaceWith(s *spaceSeal, share keys.Secret) answer {
	if has(s.given, share) {
		return q.data(s.status())
	}
	if s.given == nil {
		s.nonce = q.c.dice.uuid()
	}
	s.given = append(s.given, share)
	if len(s.given) < s.custody.threshold {
		return q.data(s.status())
	}
	err := s.custody.opens(s.given)
	s.given, s.nonce = nil, ""
	if err != nil {
		return refuse(http.StatusBadRequest, "invalid key: "+err.Error())
	}
	s.sealed = false
	return q.data(s.status())
}

// deleteSealed wipes a sealed namespace, whose keys may be lost, and with force what is in it.
//
// After the source of OpenBao: the words, and that it wants sudo.
func deleteSealed(q *request) answer {
	all, path := q.holds().Namespaces, pathOf(q.name)
	s := all[path]
	switch force := q.query.Get("force") == "true"; {
	case s == nil:
		e := q.frame("system")
		e.Warnings = []string{"requested namespace does not exist"}
		return reply(e)
	case !s.sealed():
		return refuse(http.StatusBadRequest, "namespace is not sealed")
	case len(s.Holdings.Namespaces) > 0 && !force:
		return refuse(http.StatusBadRequest, "sealed namespace has leftover child namespaces; pass force=true to delete the entire tree, "+
			"or unseal the namespace and delete children individually")
	}
	delete(all, path)
	return q.data(map[string]string{"status": "in-progress"})
}
