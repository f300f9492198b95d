package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"
)

// faults is every fault that the control address takes, by its path: the type's name in lower case with dashes.
var faults = byPath(
	Stop{}, Start{}, Hang{}, Unhang{}, Slow{}, Seal{}, Unseal{}, StepDown{}, Remove{}, Rejoin{}, Lag{}, Skew{},
	Upgrade{}, Downgrade{}, Demote{}, LoseReplies{}, Refuse{}, Break{}, Mend{}, StartRekey{}, CancelCeremonies{},
	StartRewrap{}, StallRewrap{}, NeglectKey{}, Replicate{}, Renew{}, Restart{}, Roll{},
	StartRecovery{}, Strand{}, Log{},
	StoreStatus{}, StoreCertificates{}, StoreRotated{}, StoreStalled{}, StoreText{}, StoreRefuse{},
)

func byPath(all ...Fault) map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for _, f := range all {
		t := reflect.TypeOf(f)
		var path strings.Builder
		for i, letter := range t.Name() {
			if i > 0 && letter < 'a' {
				path.WriteByte('-')
			}
			path.WriteString(strings.ToLower(string(letter)))
		}
		out[path.String()] = t
	}
	return out
}

// Control serves the control address on a free loopback port and says where: POST /FAULT with the fault's fields as
// JSON, such as {"Node": "vault-3"} to /stop, or {"Node": "vault-3", "By": "2s"} to /slow. The answer is 204, or 400
// with a line that says what was wrong. GET / lists the faults. Calling it again gives the same address.
func (c *Cluster) Control() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.control != nil {
		return c.controlURL
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return ""
	}
	c.control = &http.Server{Handler: http.HandlerFunc(c.serveControl), ReadHeaderTimeout: 30 * time.Second}
	c.controlURL = "http://" + l.Addr().String()
	go c.control.Serve(l)
	return c.controlURL
}

func (c *Cluster) serveControl(w http.ResponseWriter, r *http.Request) {
	name := strings.Trim(r.URL.Path, "/")
	if r.Method == http.MethodGet && name == "" {
		var names []string
		for path := range faults {
			names = append(names, path)
		}
		slices.Sort(names)
		fmt.Fprintln(w, strings.Join(names, "\n"))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<16))
	if err == nil && r.Method != http.MethodPost {
		err = fmt.Errorf("a fault is POSTed, not %s", r.Method)
	}
	var f Fault
	if err == nil {
		f, err = readFault(name, body)
	}
	if err == nil {
		err = c.Apply(f)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// readFault reads a fault's fields. A duration may be text such as "2s".
func readFault(name string, body []byte) (Fault, error) {
	t, known := faults[name]
	if !known {
		return nil, fmt.Errorf("no fault %q", name)
	}
	fields := map[string]json.RawMessage{}
	if len(bytes.TrimSpace(body)) > 0 {
		if err := json.Unmarshal(body, &fields); err != nil {
			return nil, fmt.Errorf("fault %s: %w", name, err)
		}
	}
	f := reflect.New(t)
	for key, value := range fields {
		field := f.Elem().FieldByNameFunc(func(n string) bool { return strings.EqualFold(n, key) })
		if !field.IsValid() {
			return nil, fmt.Errorf("fault %s has no field %q", name, key)
		}
		if err := setField(field, value); err != nil {
			return nil, fmt.Errorf("fault %s, field %q: %w", name, key, err)
		}
	}
	return f.Elem().Interface().(Fault), nil
}

func setField(field reflect.Value, value json.RawMessage) error {
	if d, ok := field.Addr().Interface().(*time.Duration); ok {
		var s seconds
		err := s.UnmarshalJSON(value)
		*d = time.Duration(s)
		return err
	}
	return json.Unmarshal(value, field.Addr().Interface())
}
