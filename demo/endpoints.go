package demo

import "maps"

// family is endpoints that belong together, by path below /v1/.
type family map[string]*endpoint

// endpoints is the whole API of the demo. sys/health is served before it, for speed and for HEAD.
var endpoints family

func init() {
	endpoints = joined(statusEndpoints, raftEndpoints, vaultCeremonies, baoCeremonies, tokenEndpoints, systemEndpoints, otherEndpoints)
}

func joined(families ...family) family {
	all := family{}
	for _, f := range families {
		maps.Copy(all, f)
	}
	return all
}

var statusEndpoints = family{
	"sys/seal-status":         {gates: toAll, sealed: true, native: true, get: getSealStatus},
	"sys/init":                {gates: toAll, sealed: true, native: true, get: getInit, put: putInit},
	"sys/unseal":              {gates: toAll, sealed: true, native: true, put: putUnseal},
	"sys/leader":              {gates: toAll, native: true, get: getLeader},
	"sys/seal":                {gates: withToken, native: true, sudo: true, put: putSeal},
	"sys/step-down":           {gates: withToken, native: true, place: active, sudo: true, put: putStepDown},
	"sys/ha-status":           {gates: withToken, place: active, get: getHAStatus},
	"sys/seal-backend-status": {gates: sealState, sealed: true, native: true, get: getSealBackends},
	"sys/sealwrap/rewrap":     {gates: onlyVault, place: active, get: getRewrap, put: putRewrap},
	"sys/key-status":          {gates: withToken, place: reader, get: getKeyStatus},
	"sys/rotate":              {gates: withToken, place: active, sudo: true, put: putRotate},
	"sys/rotate/config":       {gates: withToken, place: reader, get: getRotateConfig, put: putRotateConfig},
}

var snapshotEndpoint = &endpoint{gates: withToken, place: redirecting, upload: true, get: getSnapshot, put: putSnapshot(false)}

var raftEndpoints = family{
	"sys/storage/raft/join":                    {gates: toAll, sealed: true, native: true, put: putJoin},
	"sys/storage/raft/configuration":           {gates: withToken, place: reader, get: getRaftConfiguration},
	"sys/storage/raft/remove-peer":             {gates: withToken, place: active, put: putRemovePeer},
	"sys/storage/raft/snapshot":                snapshotEndpoint,
	"sys/storage/raft/snapshot-force":          {gates: withToken, place: redirecting, upload: true, put: putSnapshot(true)},
	"sys/storage/raft/promote":                 {gates: onlyBao, place: active, put: putPeerVote(true)},
	"sys/storage/raft/demote":                  {gates: onlyBao, place: active, put: putPeerVote(false)},
	"sys/storage/raft/autopilot/state":         {gates: withToken, place: active, get: getAutopilotState},
	"sys/storage/raft/autopilot/configuration": {gates: withToken, place: active, get: getSettings, put: putSettings},
}

// vaultCeremonies are Vault's, and what OpenBao answers where it has switched them off.
var vaultCeremonies = joined(
	vaultRekey("sys/rekey", barrierRekey, rekeyOpen),
	vaultRekey("sys/rekey-recovery-key", recoveryRekey, recoverOpen),
	family{
		"sys/rekey/backup":              backupOf(barrierRekey, withToken),
		"sys/rekey/recovery-key-backup": backupOf(recoveryRekey, withToken),

		"sys/generate-root/attempt": {gates: rekeyOpen, place: active, native: true, get: offSecondary(getAttempt), put: offSecondary(putAttempt), del: offSecondary(deleteAttempt)},
		"sys/generate-root/update":  {gates: rekeyOpen, place: active, native: true, put: offSecondary(putAttemptUpdate)},
		"sys/decode-token":          {gates: toAll, place: reader, asks: true, put: decodeToken},
	},
)

func vaultRekey(base string, kind ceremonyKind, gates [products]gate) family {
	at := endpoint{gates: gates, place: active, native: true}
	init, update, verify := at, at, at
	init.get, init.put, init.del = getRekey(kind), putRekey(kind), deleteRekey(kind)
	update.put = putRekeyUpdate(kind)
	verify.get, verify.put, verify.del = getVerify(kind), putVerify(kind), deleteVerify(kind)
	return family{base + "/init": &init, base + "/update": &update, base + "/verify": &verify}
}

func backupOf(kind ceremonyKind, gates [products]gate) *endpoint {
	return &endpoint{gates: gates, place: reader, get: getBackup(kind), del: deleteBackup(kind)}
}

var baoCeremonies = joined(
	baoRotation("sys/rotate/root", barrierRekey),
	baoRotation("sys/rotate/recovery", recoveryRekey),
	family{
		"sys/rotate/keyring":        {gates: onlyBao, place: active, sudo: true, put: putRotate},
		"sys/rotate/keyring/config": {gates: onlyBao, place: reader, get: getRotateConfig, put: putRotateConfig},

		"sys/generate-root-token/attempt": {gates: onlyBao, place: active, get: getTokenAttempt, put: putTokenAttempt, del: deleteAttempt},
		"sys/generate-root-token/update":  {gates: onlyBao, place: active, put: putTokenAttemptUpdate},
	},
)

func baoRotation(base string, kind ceremonyKind) family {
	at := endpoint{gates: onlyBao}
	init, update, verify := at, at, at
	init.get, init.put, init.del = getRotation(kind), putRotation(kind), deleteRotation(kind)
	update.put = putRotationUpdate(kind)
	verify.get, verify.put, verify.del = getRotationVerify(kind), putRotationVerify(kind), deleteRotationVerify(kind)
	return family{
		base + "/init": &init, base + "/update": &update, base + "/verify": &verify,
		base + "/backup": backupOf(kind, onlyBao),
	}
}

var tokenEndpoints = family{
	"sys/capabilities-self":      {gates: withToken, place: reader, asks: true, put: putCapabilitiesSelf},
	"sys/capabilities":           {gates: withToken, place: reader, asks: true, put: putCapabilitiesOfToken},
	"sys/capabilities-accessor":  {gates: withToken, place: reader, asks: true, put: putCapabilitiesOfAccessor},
	"auth/token/lookup-self":     {gates: withToken, place: reader, asks: true, get: getLookupSelf, put: getLookupSelf},
	"auth/token/lookup-accessor": {gates: withToken, place: active, put: lookupAccessor},
	"auth/token/accessors":       {gates: withToken, place: reader, sudo: true, list: listAccessors},
	"auth/token/create":          {gates: withToken, place: active, put: createToken},
	"auth/token/renew-self":      {gates: withToken, place: active, put: renewSelf},
	"auth/token/revoke-self":     {gates: withToken, place: active, put: revokeSelf},
	"auth/token/revoke-accessor": {gates: withToken, place: active, put: revokeAccessor},
	"sys/wrapping/wrap":          {gates: withToken, place: active, put: putWrap},
	"sys/wrapping/unwrap":        {gates: toAll, place: active, put: putUnwrap},
	"sys/wrapping/lookup":        {gates: toAll, place: active, put: lookupWrapping, get: lookupWrapping},
	"sys/wrapping/rewrap":        {gates: withToken, place: active, put: rewrapToken},
}
