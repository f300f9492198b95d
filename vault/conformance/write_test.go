package conformance

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"warder/keys"
)

// ask sends what the client has no call for, and gives the answer. The test fails when there is none.
func (c *cluster) ask(t *testing.T, method string, node int, path string, token keys.Secret, body any) (status int, answer map[string]any) {
	t.Helper()
	raw, err := json.Marshal(body)
	works(t, path, err)
	req, err := http.NewRequestWithContext(t.Context(), method, c.nodes[node]+"/v1/"+path, bytes.NewReader(raw))
	works(t, path, err)
	token.Use(func(b []byte) { req.Header.Set("X-Vault-Token", string(b)) })
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(c.ca)
	transport := &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}}
	res, err := transport.RoundTrip(req)
	works(t, path, err)
	defer res.Body.Close()
	if raw, err = io.ReadAll(res.Body); len(raw) > 0 && err == nil {
		err = json.Unmarshal(raw, &answer)
	}
	works(t, path, err)
	return res.StatusCode, answer
}

func (c *cluster) write(t *testing.T, node int, path string, token keys.Secret, body any) (status int, answer map[string]any) {
	t.Helper()
	return c.ask(t, http.MethodPut, node, path, token, body)
}

// does is a write that has to succeed.
func (c *cluster) does(t *testing.T, node int, path string, token keys.Secret, body any) map[string]any {
	t.Helper()
	status, answer := c.write(t, node, path, token, body)
	if status >= http.StatusMultipleChoices {
		t.Fatalf("PUT %s: %d: %v", path, status, answer["errors"])
	}
	return answer
}
