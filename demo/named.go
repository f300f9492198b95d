package demo

import "strings"

// pattern is endpoints whose path holds a name. The name may have slashes, as those of mounts have.
type pattern struct {
	prefix, suffix string
	endpoint       *endpoint
}

// patterns are tried in their order, so that the one with the longer end comes first. The suffix is of OpenBao's seals of namespaces,
// of settings, and the like.
var patterns []pattern

func init() {
	patterns = []pattern{
		{"sys/storage/raft/snapshot-auto/", "", &endpoint{gates: notInOurs, place: active}},
		{"sys/mounts/", "/tune", &endpoint{gates: withToken, place: reader, get: getTuning(secretKind), put: putTuning(secretKind)}},
		{"sys/mounts/", "", &endpoint{
			gates: withToken, place: reader,
			get: getMount(secretKind), put: putMount(secretKind), del: deleteMount(secretKind),
		}},
		{"sys/auth/", "/tune", &endpoint{gates: withToken, place: reader, sudo: true, get: getTuning(authKind), put: putTuning(authKind)}},
		{"sys/auth/", "", &endpoint{
			gates: withToken, place: reader, sudo: true,
			get: getMount(authKind), put: putMount(authKind), del: deleteMount(authKind),
		}},
		{"sys/remount/status/", "", &endpoint{gates: withToken, place: reader, get: getMove}},
		{"sys/audit-hash/", "", &endpoint{gates: withToken, place: reader, asks: true, put: putAuditHash}},
		{"sys/audit/", "", &endpoint{gates: withToken, place: reader, sudo: true, put: putAudit, del: deleteAudit}},
		{"sys/policies/acl/", "", &endpoint{gates: withToken, place: reader, get: getPolicy("policy"), put: putPolicy, del: deletePolicy}},
		{"sys/policies/rgp/", "", &endpoint{gates: notInOurs, place: active}},
		{"sys/policies/egp/", "", &endpoint{gates: notInOurs, place: active}},
		{"sys/policy/", "", &endpoint{gates: withToken, place: reader, get: getPolicy("rules"), put: putPolicy, del: deletePolicy}},
		{"sys/leases/lookup/", "", &endpoint{gates: withToken, place: active, sudo: true, list: listLeases}},
		{"sys/leases/revoke-prefix/", "", &endpoint{gates: withToken, place: active, sudo: true, put: revokeLeases(false)}},
		{"sys/leases/revoke-force/", "", &endpoint{gates: withToken, place: active, sudo: true, put: revokeLeases(true)}},
		{"sys/quotas/rate-limit/", "", &endpoint{gates: withToken, place: reader, get: getLimit, put: putLimit, del: deleteLimit}},
		{"sys/quotas/lease-count/", "", &endpoint{gates: notInOurs, place: active}},
		{"sys/plugins/catalog/", "", &endpoint{gates: withToken, place: reader, sudo: true, get: getPlugin, list: listPlugins}},
		{"sys/namespaces/", "/seal-status", &endpoint{gates: onlyBao, place: reader, get: getSpaceSeal}},
		{"sys/namespaces/", "/unseal", &endpoint{gates: onlyBao, place: active, put: unsealSpace}},
		{"sys/namespaces/", "/delete-sealed", &endpoint{gates: onlyBao, place: active, sudo: true, del: deleteSealed}},
		{"sys/namespaces/", "/seal", &endpoint{gates: onlyBao, place: active, put: sealSpace}},
		{"sys/namespaces/", "", &endpoint{
			gates: [products]gate{enterprise, enterprise, guarded}, place: reader,
			get: getSpace, put: putSpace, patch: patchSpace, del: deleteSpace,
		}},
	}
}

// lookup finds the endpoint of a path, and the name in it; nil if there is none.
func lookup(path string) (e *endpoint, name string) {
	if e := endpoints[path]; e != nil {
		return e, ""
	}
	for _, p := range patterns {
		if rest, ok := strings.CutPrefix(path, p.prefix); ok {
			if name, ok := strings.CutSuffix(rest, p.suffix); ok && name != "" {
				return p.endpoint, name
			}
		}
	}
	return nil, ""
}

// systemEndpoints are those of the same families that have no name in their path.
var systemEndpoints = family{
	"sys/auth":               {gates: withToken, place: reader, get: getMounts(authKind)},
	"sys/mounts":             {gates: withToken, place: reader, get: getMounts(secretKind)},
	"sys/remount":            {gates: withToken, place: active, sudo: true, put: putMove},
	"sys/audit":              {gates: withToken, place: reader, sudo: true, get: getAudit},
	"sys/policies/acl":       {gates: withToken, place: reader, list: listPolicies, get: listPolicies},
	"sys/policies/rgp":       {gates: notInOurs, place: active},
	"sys/policies/egp":       {gates: notInOurs, place: active},
	"sys/policy":             {gates: withToken, place: reader, list: listOldPolicies, get: listOldPolicies},
	"sys/leases/lookup":      {gates: withToken, place: active, put: lookupLease, list: listLeases},
	"sys/leases/renew":       {gates: withToken, place: active, put: renewLease},
	"sys/leases/revoke":      {gates: withToken, place: active, put: revokeLease},
	"sys/leases":             {gates: withToken, place: reader, sudo: true, get: getIrrevocable},
	"sys/leases/count":       {gates: withToken, place: reader, get: countLeases},
	"sys/quotas/config":      {gates: withToken, place: reader, get: getLimiting, put: putLimiting},
	"sys/quotas/rate-limit":  {gates: withToken, place: reader, list: listLimits},
	"sys/quotas/lease-count": {gates: notInOurs, place: active},
	"sys/plugins/catalog":    {gates: withToken, place: reader, get: getCatalog},
	"sys/namespaces":         {gates: [products]gate{enterprise, enterprise, guarded}, place: reader, list: listSpaces},
	"sys/version-history":    {gates: withToken, place: reader, sudo: true, list: listVersions},
}
