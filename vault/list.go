package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
)

// maxItems bounds how many nodes, servers or messages one answer may list. The smallest item takes three bytes on the
// line and a hundred times that in memory, so that a bound on the answer's size alone bounds nothing.
const maxItems = 10_000

// maxNames bounds a list of names, which are small in memory, too: policies, leases, namespaces.
const maxNames = 1_000_000

var errTooMany = errors.New("it lists more items than any such answer holds")

// list is a JSON list of a bounded length.
type list[T any] []T

// UnmarshalJSON reads the items one by one, so that a list that is too long is left before it is held.
func (l *list[T]) UnmarshalJSON(raw []byte) error {
	if string(raw) != "null" {
		*l = list[T]{} // an empty list is not a missing one
	}
	return items(raw, '[', maxItems, func(d *json.Decoder) error {
		var item T
		err := d.Decode(&item)
		*l = append(*l, item)
		return err
	})
}

// values are those of a JSON object of bounded length whose names say nothing that its values do not.
type values[T any] []T

// UnmarshalJSON passes the names over.
func (v *values[T]) UnmarshalJSON(raw []byte) error {
	return items(raw, '{', maxItems, func(d *json.Decoder) error {
		if _, err := d.Token(); err != nil {
			return err
		}
		var item T
		err := d.Decode(&item)
		*v = append(*v, item)
		return err
	})
}

// nameList is a list of names of a bounded length, cleaned.
type nameList []string

// UnmarshalJSON reads them one by one.
func (n *nameList) UnmarshalJSON(raw []byte) error {
	return items(raw, '[', maxNames, func(d *json.Decoder) error {
		var name string
		err := d.Decode(&name)
		*n = append(*n, clean(name))
		return err
	})
}

// items calls read for each item between brackets. A null has none.
func items(raw []byte, open json.Delim, most int, read func(*json.Decoder) error) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	first, err := d.Token()
	switch {
	case err != nil:
		return err
	case first == nil:
		return nil
	case first != open:
		return &json.UnmarshalTypeError{Value: nameOfType(first), Type: reflect.TypeFor[list[any]]()}
	}
	for n := 0; d.More(); n++ {
		if n == most {
			return errTooMany
		}
		if err := read(d); err != nil {
			return err
		}
	}
	return nil
}

// nameOfType is what JSON calls the type that the token begins.
func nameOfType(t json.Token) string {
	switch t {
	case json.Delim('{'):
		return "object"
	case json.Delim('['):
		return "array"
	}
	switch t.(type) {
	case string:
		return "string"
	case bool:
		return "bool"
	default:
		return "number"
	}
}
