// Package demo is a simulated Vault or OpenBao cluster that speaks the real HTTP API: over loopback for people and other
// tools, over net.Pipe for tests that turn the clock. It knows nothing of this program's client, so that a misspelt
// field fails a test instead of cancelling out.
//
// Its rules: the whole state stands under one mutex, and nothing runs between requests. Each request first brings the
// simulation from the last instant to the present, so that a clock which tests turn is enough and an idle demo costs
// nothing. Chance comes from one seeded source: the same seed and clock make the same run. Shares are true Shamir
// shares, so that wrong ones fail as they do in life.
//
// What it says is shaped by recordings of real servers, which recordings_test.go replays, and by what a real OpenBao
// answered beyond them. Some behaviour neither could show. It is marked "After the documentation:" where it is made,
// and listed here:
//
//   - a running rewrap: its counts, its pace, its new start under a new leader
//   - seal backends: several of them (the type multiseal), one or all unhealthy, unhealthy_since
//   - keys that are not rotated while one of several seals is unhealthy
//   - health code 472: a DR secondary
//   - health code 473: performance standbys
//   - health code 474: a standby that has lost the active node
//   - health code 530: a node that knows of its removal, and its refusal to be unsealed
//   - how long a removed node that comes back goes on without noticing
//   - Vault 2: a token for what Vault 1.21 has open; all else as there
//   - Vault's words for a token that it does not know
//   - Vault's words for a rekey cancelled with another nonce, and the ten minutes after which any will do
//   - a DR secondary's DR operation token, and its refusal to make a root token
//   - Vault's recovery mode, which is as OpenBao's here
//   - the enterprise edition's version suffix
//   - the enterprise edition's sys/replication/status
//   - autopilot removing dead servers, and calling them left
//   - the refusal to join by an address at which no member is
//   - a change of the seal: what each node says, and which shares it refuses
//   - the policy monitor, which is the demo's own
//   - Vault's words for an audit device that it does not take
//   - Vault's community edition passing over the name of a namespace
//   - Vault's standbys sending who asks for their log to the active node
//   - key stores: a Qumulo cluster's answer, its errors, and how often it looks after its key service
package demo
