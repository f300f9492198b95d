// Package conformance holds the client, the simulated cluster and real servers against each other: one suite of reads and
// ceremonies, and clients that others wrote.
//
// Its rules: the suite begins with three nodes that nobody initialised, and does everything through the client, but for what
// the client has no call for. It is told what sort of server answers only to look into the table of differences: all else
// is expected of every one. It waits by asking, and asserts no timing. A server or client of others is a process of its own,
// ended with everything it started, and where none is named its test says SKIPPED.
package conformance
