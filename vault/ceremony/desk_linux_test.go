package ceremony_test

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// deskVariable makes the test binary the process of one ceremony instead.
const deskVariable = "DESK_CEREMONY"

func TestMain(m *testing.M) {
	name := os.Getenv(deskVariable)
	if name == "" {
		os.Exit(m.Run())
	}
	if err := conduct(name); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// conduct carries a ceremony through with the shares that come in, and stays to be looked at.
func conduct(name string) error {
	addresses := strings.Split(os.Getenv("DESK_ADDRESSES"), ",")
	settings, err := vault.SimulatedSettings(addresses, keys.Secret{}, []byte(os.Getenv("DESK_CA")))
	if err != nil {
		return err
	}
	prints, err := keys.NewFingerprinter(rand.Reader)
	if err != nil {
		return err
	}
	h := &hand{addresses: addresses, clients: vault.NewClients(settings), seen: vault.NewSnapshot(addresses...)}
	h.runner = ceremony.Runner{Clients: h.clients}
	h.look()
	switch name {
	case "unseal":
		h.machine = ceremony.NewUnseal(ceremony.Sealed(h.seen, false), h.seen, &prints)
	case "rekey":
		h.machine = ceremony.NewRekey(h.seen, false, &prints, rand.Reader)
	default:
		h.machine = ceremony.NewGenerateRoot(h.seen, false, &prints)
	}
	if err := h.through(); err != nil {
		return err
	}
	h.machine.Wipe()
	prints.Wipe()
	h.clients.Close()
	return stay()
}

// stay waits to be looked at, once as things are and once after the collector was made to give back what is free.
func stay() error {
	var b [1]byte
	fmt.Println("over")
	if _, err := io.ReadFull(os.Stdin, b[:]); err != nil {
		return err
	}
	debug.FreeOSMemory()
	fmt.Println("collected")
	if _, err := os.Stdin.Read(b[:]); !errors.Is(err, io.EOF) {
		return fmt.Errorf("more was said than there is to do: %w", err)
	}
	return nil
}

// hand does what a person would, and leaves no copy of a share behind.
type hand struct {
	addresses []string
	clients   *vault.Clients
	runner    ceremony.Runner
	seen      vault.Snapshot
	machine   ceremony.Machine
	written   []keys.Share // new shares, as custodians wrote them down
}

func (h *hand) look() {
	for _, a := range h.addresses {
		h.seen = h.seen.Merge(h.clients.Fetch(context.Background(), vault.Ask{Address: a, Lane: vault.Vital}))
	}
}

// through answers every prompt until the end.
func (h *hand) through() error {
	for range 500 {
		if _, over := h.machine.Prompt().(ceremony.End); over {
			return nil
		}
		e, err := h.answer()
		if err != nil {
			return err
		}
		h.do(e)
	}
	return fmt.Errorf("stuck at %T", h.machine.Prompt())
}

func (h *hand) do(e ceremony.Event) {
	var effects []ceremony.Effect
	h.machine, effects = h.machine.Apply(e)
	for _, effect := range effects {
		h.do(h.runner.Do(context.Background(), effect))
	}
}

// answer is what a person does at the prompt.
func (h *hand) answer() (ceremony.Event, error) {
	switch p := h.machine.Prompt().(type) {
	case ceremony.TypeOut:
		return ceremony.Confirmed{}, nil
	case ceremony.Wait:
		time.Sleep(100 * time.Millisecond)
		h.look()
		return ceremony.Observed{Snapshot: h.seen}, nil
	case ceremony.Pick:
		return ceremony.Picked{Key: chosen(p.Options)}, nil
	case ceremony.Fill:
		values := map[string]string{"name": fmt.Sprintf("custodian %d", len(h.written)+1)}
		for _, f := range p.Fields {
			if f.Default != "" {
				values[f.Key] = f.Default
			}
		}
		return ceremony.Filled{Values: values}, nil
	case ceremony.EnterShare:
		return h.share()
	case ceremony.Reveal:
		var err error
		p.Secret.Use(func(b []byte) {
			var s keys.Share
			s, err = keys.NewShare(slices.Clone(b))
			h.written = append(h.written, s)
		})
		return ceremony.Shown{}, err
	case ceremony.TypeBack:
		return ceremony.GaveSecret{Secret: h.characters(p.Positions)}, nil
	}
	return ceremony.Continue{}, nil
}

// chosen is the way that the ceremonies here take.
func chosen(options []ceremony.Option) string {
	for _, key := range []string{"revoke", "otp", "open"} {
		if slices.ContainsFunc(options, func(o ceremony.Option) bool { return o.Key == key }) {
			return key
		}
	}
	return options[0].Key
}

// share is the next of those written down, or else of those that come in.
func (h *hand) share() (ceremony.Event, error) {
	if len(h.written) > 0 {
		s := h.written[0]
		h.written = h.written[1:]
		return ceremony.GaveShare{Share: s}, nil
	}
	var b [33]byte
	if _, err := io.ReadFull(os.Stdin, b[:]); err != nil {
		return nil, err
	}
	s, err := keys.NewShare(b[:])
	return ceremony.GaveShare{Share: s}, err
}

// characters are those at the places asked for, of the share written down last.
func (h *hand) characters(places []int) keys.Secret {
	var out []byte
	h.written[len(h.written)-1].Secret().Use(func(b []byte) {
		text := base64.StdEncoding.AppendEncode(nil, b)
		for _, at := range places {
			out = append(out, text[at-1])
		}
		clear(text)
	})
	return keys.NewSecret(out)
}
