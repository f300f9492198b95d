package vault

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"

	"warder/keys"
)

// pipenet is a network within the test, so that its time can be false: to each host and port belongs what is done with the
// far end of every connection to it.
type pipenet map[string]func(net.Conn)

func (p pipenet) dial(_ context.Context, _, addr string) (net.Conn, error) {
	behave, ok := p[addr]
	if !ok {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	}
	near, far := net.Pipe()
	go func() {
		defer far.Close()
		behave(far)
	}()
	return near, nil
}

// clients speak over the network with a token.
func (p pipenet) clients() *Clients {
	return NewClients(Settings{Token: keys.NewSecret([]byte("s.pipes")), Dial: p.dial})
}

// answering gives to every request on a connection the bytes that f writes.
func answering(f func(io.Writer, *http.Request)) func(net.Conn) {
	return func(conn net.Conn) {
		in := bufio.NewReader(conn)
		for {
			r, err := http.ReadRequest(in)
			if err != nil {
				return
			}
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			out := &strict{w: conn}
			f(out, r)
			if out.failed {
				return
			}
		}
	}
}

// strict remembers that the other side went away.
type strict struct {
	w      io.Writer
	failed bool
}

func (s *strict) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	s.failed = s.failed || err != nil
	return n, err
}

// always answers every request with the same text.
func always(status int, body string, headers ...string) func(net.Conn) {
	text := response(status, body, headers...)
	return answering(func(w io.Writer, _ *http.Request) { _, _ = io.WriteString(w, text) })
}

// response is an HTTP response as it goes over the line.
func response(status int, body string, headers ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP/1.1 %d Some Status\r\nContent-Length: %d\r\n", status, len(body))
	for _, h := range headers {
		b.WriteString(h + "\r\n")
	}
	b.WriteString("\r\n" + body)
	return b.String()
}

// sane answers as a healthy active node does.
func sane() func(net.Conn) {
	return answering(func(w io.Writer, r *http.Request) {
		status, body := saneAnswer(strings.TrimPrefix(r.URL.Path, "/v1/"))
		_, _ = io.WriteString(w, response(status, body))
	})
}

// saneAnswer is a healthy active node's answer, in the shape of the recordings and of the documentation.
func saneAnswer(path string) (int, string) {
	body, ok := map[string]string{
		"sys/health":                               `{"initialized":true,"sealed":false,"standby":false,"server_time_utc":946684800,"version":"1.21.0","enterprise":false,"cluster_name":"c","cluster_id":"id","replication_dr_mode":"disabled","replication_performance_mode":"disabled"}`,
		"sys/seal-status":                          `{"type":"shamir","initialized":true,"sealed":false,"t":3,"n":5,"nonce":"","version":"1.21.0","storage_type":"raft","cluster_name":"c","removed_from_cluster":false}`,
		"sys/leader":                               `{"ha_enabled":true,"is_self":true,"leader_address":"http://sane:8200","leader_cluster_address":"https://sane:8201","active_time":"2026-11-21T23:13:27Z"}`,
		"sys/seal-backend-status":                  `{"healthy":false,"unhealthy_since":"2026-11-21 22:46:00.12 +0000 UTC m=+12.3","backends":[{"name":"awskms","healthy":false,"unhealthy_since":"yesterday"}],"fully_wrapped":true}`,
		"sys/ha-status":                            `{"nodes":[{"hostname":"vm","api_address":"http://sane:8200","cluster_address":"https://sane:8201","active_node":true,"last_echo":null,"version":"1.21.0"}]}`,
		"sys/storage/raft/configuration":           `{"data":{"config":{"servers":[{"node_id":"node0","address":"sane:8201","leader":true,"voter":true}]}}}`,
		"sys/storage/raft/autopilot/state":         `{"data":{"healthy":true,"leader":"node0","voters":["node0"],"servers":{"node0":{"id":"node0","name":"node0","address":"sane:8201","node_status":"alive","status":"leader","healthy":true,"last_contact":"0s","version":"1.21.0"}}}}`,
		"sys/storage/raft/autopilot/configuration": `{"data":{"last_contact_threshold":"10s","max_trailing_logs":1000}}`,
		"sys/sealwrap/rewrap":                      `{"data":{"entries":{"failed":1,"processed":3,"succeeded":2},"is_running":true}}`,
		"sys/audit":                                `{"data":{"file/":{"type":"file","path":"file/","description":"d","local":false,"options":{"file_path":"/x"}}}}`,
		"sys/key-status":                           `{"data":{"term":1,"install_time":"2026-11-21T23:13:27Z","encryptions":5}}`,
		"sys/generate-root/attempt":                `{"started":false,"otp_length":28}`,
		"sys/rekey/init":                           `{"started":true,"nonce":"n1","t":2,"n":3,"progress":0,"required":3,"verification_required":true,"verification_nonce":"n2"}`,
		"sys/rekey/verify":                         `{"started":true,"nonce":"n2","t":2,"n":3,"progress":1}`,
		"sys/rekey-recovery-key/init":              `{"started":false,"nonce":"","t":0,"n":0,"progress":0,"required":3}`,
		"sys/rotate/config":                        `{"data":{"enabled":true,"interval":"2160h0m0s","max_operations":3865470566}}`,
		"sys/replication/status":                   `{"data":{"dr":{"mode":"primary","state":"running","secondaries":[{"node_id":"dr-1","connection_status":"connected","last_heartbeat":"2026-11-21T23:13:27Z"}]},"performance":{"mode":"secondary","state":"stream-wals","connection_state":"ready","corrupted_merkle_tree":true,"primaries":[{"api_address":"https://p:8200","connection_status":"disconnected"}]}}}`,
		"auth/token/lookup-self":                   `{"data":{"display_name":"root","policies":["root"],"ttl":0,"expire_time":null,"accessor":"acc"}}`,
		"sys/capabilities-self":                    `{"data":{"sys/storage/raft/configuration":["root"],"sys/storage/raft/autopilot/state":["root"],"sys/ha-status":["root"],"sys/sealwrap/rewrap":["root"],"sys/key-status":["root"]}}`,
	}[path]
	if !ok {
		return http.StatusNotFound, `{"errors":[]}`
	}
	return http.StatusOK, body
}
