package demo

import (
	"encoding/hex"
	"net/http"
	"regexp"
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
	s.own = &spaceSeal{custody: held, sealed: true}
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
	case s.own == nil:
		return nil, refused(refuse(http.StatusBadRequest, "namespace is not sealable"))
	}
	return s.own, nil
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
