package keys

import (
	"encoding/json"
	"os"
	"testing"
)

// recording is what one product's throwaway cluster gave out.
type recording struct {
	Product string
	Sets    []struct {
		From      string
		Threshold int
		Hex       []string
		Base64    []string
	}
	GenerateRoot struct {
		OTP          string
		EncodedToken string `json:"encoded_token"`
		Token        string
	} `json:"generate_root"`
}

func recordings(t testing.TB) []recording {
	t.Helper()
	text, err := os.ReadFile("testdata/recorded.json")
	if err != nil {
		t.Fatal(err)
	}
	var out []recording
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	if len(out) != 2 {
		t.Fatalf("%d recordings, want one of each product", len(out))
	}
	return out
}
