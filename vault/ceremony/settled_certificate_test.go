package ceremony

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"testing"

	"warder/keys"
	"warder/vault"
)

// otherCertificate is the error of a node that showed another certificate than the one confirmed.
func otherCertificate(t *testing.T) error {
	t.Helper()
	s := httptest.NewTLSServer(http.NotFoundHandler())
	defer s.Close()
	settings, err := vault.SimulatedSettings([]string{s.URL}, keys.Secret{}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}))
	if err != nil {
		t.Fatal(err)
	}
	_, err = vault.NewClients(settings).Pinned(s.URL, false, "aa").SealStatus(t.Context())
	if !vault.OtherCertificate(err) {
		t.Fatalf("got %v", err)
	}
	return err
}

// TestANodeWithAnotherCertificateLosesItsConfirmation: it is to be confirmed anew, though it shows the old one again.
func TestANodeWithAnotherCertificateLosesItsConfirmation(t *testing.T) {
	t.Parallel()
	m := unsealOf(t, 1, 1)
	other := wrote(vault.SealStatus{}, otherCertificate(t))
	row{event: other, prompt: "End", says: "shows another certificate than the one confirmed", alarms: true}.check(t, after(m, shareNumber(9)))
	m = after(unsealOf(t, 1, 1), shareNumber(9), other, leading(60, sealedAt(1)))
	if asks, ok := m.Prompt().(TypeOut); !ok || len(asks.Nodes) != 1 || asks.Nodes[0].Address != address {
		t.Errorf("asked %+v", m.Prompt())
	}
	if _, sent := m.Apply(shareNumber(9)); len(sent) > 0 {
		t.Errorf("sent %+v", sent)
	}
}

// TestANodeDueAShareKeepsItsCertificate: the share goes to the one that was confirmed when it was typed, and to no other.
func TestANodeDueAShareKeepsItsCertificate(t *testing.T) {
	t.Parallel()
	nodes := []Node{{Name: "n1", Address: "https://n1:8200", Certificate: "aa"}, {Name: "n2", Address: "https://n2:8200", Certificate: "aa"}}
	m := after(NewUnseal(nodes, vault.Snapshot{}, newPrints(t)), Continue{}, Confirmed{})
	for _, n := range nodes {
		m = after(m, Unsealed{Address: n.Address, Status: sealedAt(2)})
	}
	row{event: shareNumber(9), effects: "SendUnseal", prompt: "Wait"}.check(t, m)
	shown := leading(60, sealedAt(2))
	shown.Snapshot.Nodes[0].Address, shown.Snapshot.Nodes[0].Certificate.Fingerprint = nodes[1].Address, "bb"
	m = after(m, shareNumber(9), shown)
	opened := Unsealed{Address: nodes[0].Address, Write: true}
	opened.Status.Initialised = true
	_, sent := m.Apply(opened)
	if len(sent) != 1 || !sent[0].(SendUnseal).Node.same(nodes[1]) {
		t.Errorf("sent %+v, want the share for %+v", sent, nodes[1])
	}
}
