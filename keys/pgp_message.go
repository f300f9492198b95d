package keys

import (
	"bytes"
	"fmt"

	"github.com/ProtonMail/go-crypto/openpgp/armor"
)

// ArmouredMessage is an encrypted message as text that can be copied, with a newline at its end.
func ArmouredMessage(message []byte) (string, error) {
	var out bytes.Buffer
	w, err := armor.Encode(&out, "PGP MESSAGE", nil)
	if err == nil {
		_, err = w.Write(message)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return "", fmt.Errorf("armour: %w", err)
	}
	return out.String() + "\n", nil
}
