package ceremony

import (
	"os"
	"path/filepath"
	"slices"
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

// TestAFailedStoreNamesOtherPlaces: whoever types a path again and again does not know where there is room.
func TestAFailedStoreNamesOtherPlaces(t *testing.T) {
	t.Parallel()
	e := StoreSecret{Path: filepath.Join(t.TempDir(), "absent", "shares"), Content: []keys.Secret{keys.NewSecret([]byte("one"))}}
	got := Runner{}.Do(t.Context(), e).(Stored)
	temp := filepath.Join(os.TempDir(), "shares")
	if got.Err == nil || !slices.Contains(got.Elsewhere, temp) {
		t.Errorf("%+v", got)
	}
	if slices.Contains(elsewhere(temp), temp) {
		t.Error("the place that failed is named again")
	}
}
