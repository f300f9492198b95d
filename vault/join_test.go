package vault

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestJoinTellsTheNodeWhereTheClusterIs(t *testing.T) {
	t.Parallel()
	c, h := listening(t, http.StatusOK, `{"joined":true}`)
	if err := c.Join(t.Context(), JoinConfig{Leader: "https://a:8200", CACert: "pem", NonVoter: true}); err != nil {
		t.Fatal(err)
	}
	want := heard{"POST", "/v1/sys/storage/raft/join", "", "", `{"leader_api_addr":"https://a:8200","leader_ca_cert":"pem","non_voter":true}`}
	if *h != want {
		t.Errorf("heard %+v, want %+v", *h, want)
	}
}

func TestJoinIsNotDoneUnlessTheNodeSaysSo(t *testing.T) {
	t.Parallel()
	for name, a := range map[string]struct {
		status int
		body   string
		kind   Kind
		says   string
	}{
		"it did not":       {http.StatusOK, `{"joined":false}`, Refused, "did not join"},
		"it says nothing":  {http.StatusOK, `{}`, Malformed, "joined is missing"},
		"no such node":     {http.StatusInternalServerError, `{"errors":["failed to get raft challenge"]}`, Failed, "failed to get raft challenge"},
		"an empty success": {http.StatusNoContent, "", Malformed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := listening(t, a.status, a.body)
			err := c.Join(t.Context(), JoinConfig{Leader: "https://a:8200"})
			var e *Error
			if !errors.As(err, &e) || e.Kind != a.kind || !strings.Contains(err.Error(), a.says) {
				t.Errorf("%v, want kind %d and %q", err, a.kind, a.says)
			}
		})
	}
}
