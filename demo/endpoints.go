package demo

// endpoints is the whole API of the demo, by path below /v1/. sys/health is served before it, for speed and for HEAD.
var endpoints map[string]*endpoint

func init() {
	endpoints = map[string]*endpoint{}
	for _, family := range []map[string]*endpoint{
		statusEndpoints, raftEndpoints, vaultCeremonies, baoCeremonies, tokenEndpoints, otherEndpoints,
	} {
		for path, e := range family {
			endpoints[path] = e
		}
	}
}

var statusEndpoints = map[string]*endpoint{
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

var raftEndpoints = map[string]*endpoint{
	"sys/storage/raft/join":                    {gates: toAll, sealed: true, native: true, put: putJoin},
	"sys/storage/raft/configuration":           {gates: withToken, place: reader, get: getRaftConfiguration},
	"sys/storage/raft/remove-peer":             {gates: withToken, place: active, put: putRemovePeer},
	"sys/storage/raft/autopilot/state":         {gates: withToken, place: active, get: getAutopilotState},
	"sys/storage/raft/autopilot/configuration": {gates: withToken, place: active, get: getAutopilotSettings, put: putAutopilotSettings},
}

// vaultCeremonies are Vault's, and what OpenBao answers where it has switched them off.
var vaultCeremonies = map[string]*endpoint{
	"sys/rekey/init":   {gates: rekeyOpen, place: active, native: true, get: getRekey(barrierRekey), put: putRekey(barrierRekey), del: deleteRekey(barrierRekey)},
	"sys/rekey/update": {gates: rekeyOpen, place: active, native: true, put: putRekeyUpdate(barrierRekey)},
	"sys/rekey/verify": {gates: rekeyOpen, place: active, native: true, get: getVerify(barrierRekey), put: putVerify(barrierRekey), del: deleteVerify(barrierRekey)},
	"sys/rekey/backup": {gates: withToken, place: reader, get: getBackup(barrierRekey), del: deleteBackup(barrierRekey)},

	"sys/rekey-recovery-key/init":   {gates: recoverOpen, place: active, native: true, get: getRekey(recoveryRekey), put: putRekey(recoveryRekey), del: deleteRekey(recoveryRekey)},
	"sys/rekey-recovery-key/update": {gates: recoverOpen, place: active, native: true, put: putRekeyUpdate(recoveryRekey)},
	"sys/rekey-recovery-key/verify": {gates: recoverOpen, place: active, native: true, get: getVerify(recoveryRekey), put: putVerify(recoveryRekey), del: deleteVerify(recoveryRekey)},
	"sys/rekey/recovery-key-backup": {gates: withToken, place: reader, get: getBackup(recoveryRekey), del: deleteBackup(recoveryRekey)},

	"sys/generate-root/attempt": {gates: rekeyOpen, place: active, native: true, get: getAttempt, put: putAttempt, del: deleteAttempt},
	"sys/generate-root/update":  {gates: rekeyOpen, place: active, native: true, put: putAttemptUpdate},
	"sys/decode-token":          {gates: toAll, place: reader, put: decodeToken},
}

var baoCeremonies = map[string]*endpoint{
	"sys/rotate/root/init":   {gates: onlyBao, get: getRotation(barrierRekey), put: putRotation(barrierRekey), del: deleteRotation(barrierRekey)},
	"sys/rotate/root/update": {gates: onlyBao, put: putRotationUpdate(barrierRekey)},
	"sys/rotate/root/verify": {gates: onlyBao, get: getRotationVerify(barrierRekey), put: putRotationVerify(barrierRekey), del: deleteRotationVerify(barrierRekey)},
	"sys/rotate/root/backup": {gates: onlyBao, place: reader, get: getBackup(barrierRekey), del: deleteBackup(barrierRekey)},

	"sys/rotate/recovery/init":   {gates: onlyBao, get: getRotation(recoveryRekey), put: putRotation(recoveryRekey), del: deleteRotation(recoveryRekey)},
	"sys/rotate/recovery/update": {gates: onlyBao, put: putRotationUpdate(recoveryRekey)},
	"sys/rotate/recovery/verify": {gates: onlyBao, get: getRotationVerify(recoveryRekey), put: putRotationVerify(recoveryRekey), del: deleteRotationVerify(recoveryRekey)},
	"sys/rotate/recovery/backup": {gates: onlyBao, place: reader, get: getBackup(recoveryRekey), del: deleteBackup(recoveryRekey)},

	"sys/rotate/keyring":        {gates: onlyBao, place: active, sudo: true, put: putRotate},
	"sys/rotate/keyring/config": {gates: onlyBao, place: reader, get: getRotateConfig, put: putRotateConfig},

	"sys/generate-root-token/attempt": {gates: onlyBao, place: active, get: getTokenAttempt, put: putTokenAttempt, del: deleteAttempt},
	"sys/generate-root-token/update":  {gates: onlyBao, place: active, put: putTokenAttemptUpdate},
}

var tokenEndpoints = map[string]*endpoint{
	"sys/capabilities-self":      {gates: withToken, place: reader, put: putCapabilitiesSelf},
	"auth/token/lookup-self":     {gates: withToken, place: reader, get: getLookupSelf, put: getLookupSelf},
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
