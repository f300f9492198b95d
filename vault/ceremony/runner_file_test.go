package ceremony

import (
	"testing"

	"warder/keys"
)

// TestHalfOfWhatIsWipedIsNotStored: the machine is left while the file's content is put together.
func TestHalfOfWhatIsWipedIsNotStored(t *testing.T) {
	t.Parallel()
	one, gone := keys.NewSecret([]byte("one")), keys.NewSecret([]byte("gone"))
	gone.Wipe()
	for _, asText := range []bool{false, true} {
		if got, whole := (StoreSecret{Content: []keys.Secret{one, gone}, Text: asText}).text(); whole || len(got) > 0 {
			t.Errorf("made %q", got)
		}
	}
}
