package demo

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"
)

// auditDevice is where requests are written to; the demo writes nowhere.
type auditDevice struct {
	Kind, Description string
	Options           map[string]string
	Local             bool
	Salt              string // what it hashes with
	Configured        bool   // by the servers' configuration, which alone takes it away
}

func getAudit(q *request) answer {
	out := map[string]any{}
	for path, d := range q.holds().Audit {
		options := d.Options
		if options == nil {
			options = map[string]string{}
		}
		out[path] = map[string]any{"path": path, "type": d.Kind, "description": d.Description, "options": options, "local": d.Local}
	}
	return q.dataOnTop(out)
}

// putAudit adds a device. OpenBao takes them from its configuration only, unless that has unsafe_allow_api_audit_creation.
//
// After the source of OpenBao: its refusals of devices that come and go by the API.
//
// After the documentation: Vault's words for what it does not take.
func putAudit(q *request) answer {
	if q.c.product.bao() {
		return refuse(http.StatusBadRequest, "cannot enable audit device via API; use declarative, config-based audit device management instead")
	}
	var in struct {
		Type        string            `json:"type"`
		Description string            `json:"description"`
		Options     map[string]string `json:"options"`
		Local       bool              `json:"local"`
	}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	path := pathOf(q.name)
	switch {
	case in.Type != "file" && in.Type != "syslog" && in.Type != "socket":
		return refuse(http.StatusBadRequest, fmt.Sprintf("unknown backend type: %q", in.Type))
	case in.Type == "file" && in.Options["file_path"] == "" && in.Options["path"] == "":
		return refuse(http.StatusBadRequest, "sanity check failed; unable to open \"\" for writing: file_path is required")
	}
	for other := range q.holds().Audit {
		if strings.HasPrefix(path, other) || strings.HasPrefix(other, path) {
			return refuse(http.StatusBadRequest, "path already in use")
		}
	}
	q.holds().Audit[path] = &auditDevice{
		Kind: in.Type, Description: in.Description, Options: in.Options, Local: in.Local, Salt: q.c.dice.uuid(),
	}
	q.c.log("info", "core", "enabled audit backend", "path", path, "type", in.Type)
	return noContent()
}

func deleteAudit(q *request) answer {
	path := pathOf(q.name)
	if d := q.holds().Audit[path]; d != nil && d.Configured {
		return refuse(http.StatusBadRequest, "cannot disable configuration-managed audit device")
	}
	delete(q.holds().Audit, path)
	return noContent()
}

// putAuditHash writes a text as the device would: each has a key of its own.
func putAuditHash(q *request) answer {
	var in struct {
		Input string `json:"input"`
	}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	path := pathOf(q.name)
	d := q.holds().Audit[path]
	switch {
	case in.Input == "":
		return refuse(http.StatusBadRequest, "the \"input\" parameter is empty")
	case d == nil:
		return refuse(http.StatusBadRequest, fmt.Sprintf("unknown audit backend %q", path))
	}
	sum := hmac.New(sha256.New, []byte(q.c.tag("audit "+path+d.Salt, 32)))
	sum.Write([]byte(in.Input))
	return q.dataOnTop(map[string]any{"hash": fmt.Sprintf("hmac-sha256:%x", sum.Sum(nil))})
}
