package report

// Remedies are the keys that the console has for what findings name as a remedy, before anybody bound others: a report is read
// away from the console that it came from, or without one. The console's tests hold them to its own.
var Remedies = map[string]string{
	"unseal": "u", "rekey": "R", "generate_root": "g", "rewrap": "w", "migrate": "M", "initialise": "I", "node": "x",
}
