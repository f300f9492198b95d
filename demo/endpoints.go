package demo

// endpoints is the whole API of the demo, by path below /v1/. sys/health is served before it, for speed and for HEAD.
var endpoints map[string]*endpoint

func init() {
	endpoints = map[string]*endpoint{
		"sys/seal-status":         {gates: toAll, sealed: true, native: true, get: getSealStatus},
		"sys/init":                {gates: toAll, sealed: true, native: true, get: getInit, put: putInit},
		"sys/unseal":              {gates: toAll, sealed: true, native: true, put: putUnseal},
		"sys/leader":              {gates: toAll, native: true, get: getLeader},
		"sys/seal":                {gates: withToken, sudo: true, put: putSeal},
		"sys/step-down":           {gates: withToken, place: active, sudo: true, put: putStepDown},
		"sys/ha-status":           {gates: withToken, place: active, get: getHAStatus},
		"sys/seal-backend-status": {gates: sealState, sealed: true, native: true, get: getSealBackends},
		"sys/sealwrap/rewrap":     {gates: onlyVault, place: active, get: getRewrap, put: putRewrap},
		"sys/key-status":          {gates: withToken, place: reader, get: getKeyStatus},
		"sys/rotate":              {gates: withToken, place: active, sudo: true, put: putRotate},
		"sys/rotate/config":       {gates: withToken, place: reader, get: getRotateConfig, put: putRotateConfig},

		"sys/storage/raft/configuration":           {gates: withToken, place: reader, get: getRaftConfiguration},
		"sys/storage/raft/autopilot/state":         {gates: withToken, place: active, get: getAutopilotState},
		"sys/storage/raft/autopilot/configuration": {gates: withToken, place: active, get: getAutopilotSettings, put: putAutopilotSettings},

		"sys/capabilities-self":  {gates: withToken, place: reader, put: putCapabilitiesSelf},
		"auth/token/lookup-self": {gates: withToken, place: reader, get: getLookupSelf, put: getLookupSelf},
	}
}
