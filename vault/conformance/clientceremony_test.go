package conformance

import "testing"

// rekeys goes to 2 of 3 with verification, and then begins another rekey and cancels it.
func (w words) rekeys(t *testing.T, c cli, shares []string) []string {
	t.Helper()
	call := func(input string, args ...string) map[string]any {
		t.Helper()
		return c.json(t, 0, input, append([]string{"operator", w.rekey}, args...)...)
	}
	nonce := "-nonce=" + call("", "-init", "-key-shares=3", "-key-threshold=2", "-verify")["nonce"].(string)
	var done map[string]any
	for _, share := range shares {
		done = call(share, nonce, "-")
	}
	fresh := texts(done["keys_base64"])
	if done["complete"] != true || len(fresh) != 3 {
		t.Fatalf("at the threshold: complete %v, %d shares", done["complete"], len(fresh))
	}
	if s := call("", "-status"); s["verification_required"] != true || s["verification_nonce"] != done["verification_nonce"] {
		t.Errorf("while verification is pending: %v", s)
	}
	nonce = "-nonce=" + done["verification_nonce"].(string)
	for _, share := range fresh[:2] {
		call(share, "-verify", nonce, "-")
	}
	if s := c.does(t, "status"); s["t"] != 2.0 || s["n"] != 3.0 {
		t.Errorf("after the verification: %v of %v", s["t"], s["n"])
	}
	call("", "-init", "-key-shares=5", "-key-threshold=3")
	c.json(t, w.cancel, "", "operator", w.rekey, "-cancel")
	if s := call("", "-status"); s["started"] != (w.cancel != 0) {
		t.Errorf("after the cancel: %v", s)
	}
	return fresh
}

// generatesRoot decodes the token and uses it.
func (c cli) generatesRoot(t *testing.T, shares []string) {
	t.Helper()
	begun := c.does(t, "operator", "generate-root", "-init")
	otp, nonce := begun["otp"].(string), "-nonce="+begun["nonce"].(string)
	var done map[string]any
	for _, share := range shares {
		done = c.json(t, 0, share, "operator", "generate-root", nonce, "-")
	}
	if done["complete"] != true {
		t.Fatalf("at the threshold: complete %v", done["complete"])
	}
	decoded := c.does(t, "operator", "generate-root", "-decode="+done["encoded_token"].(string), "-otp="+otp)
	self := c.as(decoded["token"].(string)).does(t, "token", "lookup")["data"].(map[string]any)
	if policies := texts(self["policies"]); len(policies) != 1 || policies[0] != "root" {
		t.Errorf("the new token's policies are %v", policies)
	}
	c.does(t, "operator", "generate-root", "-init")
	c.does(t, "operator", "generate-root", "-cancel")
	if s := c.does(t, "operator", "generate-root", "-status"); s["started"] != false {
		t.Errorf("after the cancel: %v", s)
	}
}
