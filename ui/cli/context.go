package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"warder/config"
	"warder/vault"
	"warder/vault/keystore"
)

// asStarted is what the cluster is called among contexts that flags and variables named; no context can be called so.
const asStarted = "(as started)"

// target is a cluster with all that is needed to ask it.
type target struct {
	vault.Settings
	Known    config.Context // the context; the zero one where flags and variables name the cluster
	Name     string         // to be shown; "" is the cluster's own
	Recalled []vault.Known
	Remember func(id string, known []vault.Known) error // nil does not
	Stores   []keystore.Store
	Said     []string // of a simulated cluster: how it is rehearsed with
}

// opener opens clusters by the names of their contexts.
type opener struct {
	flags clusterFlags
	file  config.File
	env   vault.Environment // without the token, which belongs to the first cluster
	first target
}

// open reads the configuration file and opens the first cluster, a simulated one included.
func (f clusterFlags) open(ctx context.Context) (*opener, target, error) {
	o := &opener{flags: f}
	var err error
	if o.file, err = config.Load(f.config, os.Getenv); err != nil {
		return nil, target{}, err
	}
	if f.demo != "" {
		if f.context != "" {
			return nil, target{}, errors.New("--demo asks a simulated cluster, and --context another: give one of them")
		}
		o.first, err = f.simulated()
		return o, o.first, err
	}
	key, chosen := f.wanted(o.file)
	known, there := o.file.Find(key)
	if key != "" && !there {
		return nil, target{}, o.unknown(key)
	}
	env := vault.ProcessEnvironment()
	o.env = env.Kept()
	o.first, err = o.load(ctx, known, vault.Context{Chosen: chosen}, f.Flags, env)
	return o, o.first, err
}

func (f clusterFlags) simulated() (target, error) {
	s, stores, said, err := simulatedSettings(f.demo)
	s.ReadOnly = f.readOnly
	return target{Settings: s, Name: "demo: " + f.demo, Stores: stores, Said: said}, err
}

// wanted is the context that is asked for; chosen says that a person named it.
func (f clusterFlags) wanted(file config.File) (key string, chosen bool) {
	for _, key := range []string{f.context, os.Getenv("WARDER_CONTEXT")} {
		if key != "" {
			return key, true
		}
	}
	return file.Default, false
}

func (o *opener) unknown(key string) error {
	if len(o.file.Contexts) == 0 {
		return fmt.Errorf("there is no context %q: no configuration file names any (docs/settings.md)", key)
	}
	var names []string
	for _, c := range o.file.Contexts {
		names = append(names, c.Key)
	}
	return fmt.Errorf("there is no context %q in %s: there are %s", key, o.file.Path, strings.Join(names, ", "))
}

// again opens a context in the place of another. Flags are the first cluster's alone, and so is a token that no context names.
func (o *opener) again(ctx context.Context, key string) (target, error) {
	if key == asStarted || key == o.first.Context && !o.first.Known.Names() {
		t := o.first
		t.Warnings, t.Stores = nil, nil
		return o.furnished(ctx, t), nil
	}
	known, there := o.file.Find(key)
	if !there {
		return target{}, o.unknown(key)
	}
	flags := vault.Flags{}
	if key == o.first.Context {
		flags = o.flags.Flags
	}
	return o.load(ctx, known, vault.Context{Chosen: true, Switched: key != o.first.Context}, flags, o.env)
}

// load reads the settings of a context, or those of flags and variables where there is none.
func (o *opener) load(ctx context.Context, known config.Context, c vault.Context, flags vault.Flags, env vault.Environment) (t target, err error) {
	c.Name, c.Addresses, c.Namespace, c.TLSServerName = known.Key, known.Addresses, known.Namespace, known.TLSServerName
	c.CACert, c.CAPath, c.ClientCert, c.ClientKey = known.CACert, known.CAPath, known.ClientCert, known.ClientKey
	c.TokenFile, c.TokenCommand = known.TokenFile, known.TokenCommand
	if t.Settings, err = vault.LoadContext(ctx, flags, env, c); err != nil {
		return t, err
	}
	t.ReadOnly = o.flags.readOnly
	if t.Context != "" {
		t.Known, t.Name = known, known.Name
		t.ReadOnly = t.ReadOnly || known.ReadOnly
	}
	return o.furnished(ctx, t), nil
}

// furnished adds what is remembered of the cluster, and its key stores. One that cannot be opened is no reason to see nothing.
func (o *opener) furnished(ctx context.Context, t target) target {
	if dir := vault.StateDir(os.Getenv); dir != "" {
		memory := vault.NewMemory(dir)
		t.Recalled = memory.Recall(t.Addresses)
		t.Remember = func(id string, known []vault.Known) error { return memory.Remember(id, known, time.Now()) }
	}
	for _, k := range t.Known.KeyStores {
		store, err := openStore(ctx, k)
		if err != nil {
			t.Warnings = append(t.Warnings, err.Error()+"; it is not shown")
			continue
		}
		t.Stores = append(t.Stores, store)
	}
	return t
}

func openStore(ctx context.Context, k config.KeyStore) (keystore.Store, error) {
	by := "token_file"
	if k.TokenFile == "" {
		by = "token_command"
	}
	token, err := vault.OwnToken(ctx, "key store "+k.Name+": "+by, k.TokenFile, k.TokenCommand)
	if err != nil {
		return nil, err
	}
	return keystore.Open(k.Kind, keystore.Config{Name: k.Name, Address: k.Address, CACert: k.CACert, Token: token})
}
