package conformance

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"warder/keys"
)

// write sends what the client has no call for, and gives the answer. The test fails when there is none.
func write(t *testing.T, address, path string, token keys.Secret, body any) (status int, answer map[string]any) {
	t.Helper()
	raw, err := json.Marshal(body)
	works(t, path, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, address+"/v1/"+path, bytes.NewReader(raw))
	works(t, path, err)
	token.Use(func(b []byte) { req.Header.Set("X-Vault-Token", string(b)) })
	res, err := http.DefaultTransport.RoundTrip(req)
	works(t, path, err)
	defer res.Body.Close()
	if raw, err = io.ReadAll(res.Body); len(raw) > 0 && err == nil {
		err = json.Unmarshal(raw, &answer)
	}
	works(t, path, err)
	return res.StatusCode, answer
}

// does is a write that has to succeed.
func does(t *testing.T, address, path string, token keys.Secret, body any) map[string]any {
	t.Helper()
	status, answer := write(t, address, path, token, body)
	if status >= http.StatusMultipleChoices {
		t.Fatalf("PUT %s: %d: %v", path, status, answer["errors"])
	}
	return answer
}
