package demo

import (
	"net/http"
	"testing"
)

const operationToken = "sys/replication/dr/secondary/generate-operation-token"

// TestADRSecondaryMakesAnOperationTokenAndNoRootToken runs it to the encoded token.
func TestADRSecondaryMakesAnOperationTokenAndNoRootToken(t *testing.T) {
	t.Parallel()
	for _, product := range []Product{Vault, Vault2} {
		t.Run(product.String(), func(t *testing.T) {
			t.Parallel()
			a := ask(t, Options{Scenario: "healthy", Product: product})
			a.wants(1, operationToken+"/attempt", http.StatusBadRequest)
			a.happen(Replicate{DRSecondary: true})
			a.wants(1, "sys/generate-root/attempt", http.StatusBadRequest)
			begun := a.succeeds(1, operationToken+"/attempt", fields{})
			if begun["otp"] == "" || begun["started"] != true {
				t.Fatalf("begun: %v", begun)
			}
			issued := len(a.cluster.tokens.byID)
			var done fields
			for _, share := range a.shares()[:3] {
				done = a.succeeds(1, operationToken+"/update", fields{"key": share, "nonce": begun["nonce"]})
			}
			if done["complete"] != true || done["encoded_token"] == "" || done["encoded_root_token"] != "" {
				t.Errorf("done: %v", done)
			}
			if len(a.cluster.tokens.byID) != issued {
				t.Error("the token is in the token store")
			}
		})
	}
}

func TestADROperationTokenIsOpenInVaultOneAndWantsATokenInVaultTwo(t *testing.T) {
	t.Parallel()
	for product, want := range map[Product]int{Vault: http.StatusOK, Vault2: http.StatusForbidden, OpenBao: http.StatusForbidden} {
		a := ask(t, Options{Scenario: "healthy", Product: product})
		a.happen(Replicate{DRSecondary: true})
		a.token = ""
		if status, answer := a.get(0, operationToken+"/attempt"); status != want {
			t.Errorf("%v: status %d: %v", product, status, answer)
		}
	}
}
