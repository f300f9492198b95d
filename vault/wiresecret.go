package vault

import (
	"encoding/base64"
	"errors"

	"warder/keys"
)

// wireSecret is a secret text of an answer. It is read from the answer's own bytes, so that it never becomes a string.
type wireSecret struct{ keys.Secret }

var errSecretText = errors.New("a secret in the answer is not plain text")

// UnmarshalJSON takes the text between the quotes. Shares and tokens never need escapes; null is no secret.
func (w *wireSecret) UnmarshalJSON(raw []byte) error {
	if string(raw) == "null" {
		return nil
	}
	text, err := unquoted(raw)
	if err != nil {
		return err
	}
	w.Secret = keys.NewSecret(append([]byte(nil), text...))
	return nil
}

// wireBase64 is a secret that comes in base64; the bytes are kept.
type wireBase64 struct{ keys.Secret }

// UnmarshalJSON decodes what stands between the quotes.
func (w *wireBase64) UnmarshalJSON(raw []byte) error {
	text, err := unquoted(raw)
	if err != nil {
		return err
	}
	out := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Decode(out, text)
	if err != nil {
		clear(out)
		return errSecretText
	}
	w.Secret = keys.NewSecret(out[:n])
	clear(out)
	return nil
}

func unquoted(raw []byte) ([]byte, error) {
	if len(raw) < 2 || raw[0] != '"' || raw[len(raw)-1] != '"' {
		return nil, errSecretText
	}
	text := raw[1 : len(raw)-1]
	for _, c := range text {
		if c == '\\' || c < ' ' || c > '~' {
			return nil, errSecretText
		}
	}
	return text, nil
}

// secrets takes the secrets out of their wire form.
func secrets(list []wireBase64) []keys.Secret {
	var out []keys.Secret
	for _, w := range list {
		out = append(out, w.Secret)
	}
	return out
}

// shareBody is the body that gives one share: its key in base64, and the nonce of what it is given to. The bytes are made
// by hand because encoding/json would make strings of them.
func shareBody(share keys.Secret, nonce, rest string) []byte {
	body := make([]byte, 0, 512)
	body = append(body, `{"key":"`...)
	share.Use(func(b []byte) { body = base64.StdEncoding.AppendEncode(body, b) })
	body = append(body, '"')
	if nonce != "" {
		body = append(body, `,"nonce":`...)
		body = appendQuoted(body, nonce)
	}
	body = append(body, rest...)
	return append(body, '}')
}

// nonceBody is the body of a cancel: Vault since 1.20 cancels nothing without the nonce.
func nonceBody(nonce string) []byte { return append(appendQuoted([]byte(`{"nonce":`), nonce), '}') }

// appendQuoted writes a nonce, in which a server puts hexadecimal digits and dashes; anything else it may hold is left out.
func appendQuoted(body []byte, s string) []byte {
	body = append(body, '"')
	for _, c := range []byte(s) {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' {
			body = append(body, c)
		}
	}
	return append(body, '"')
}
