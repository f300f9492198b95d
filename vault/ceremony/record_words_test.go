package ceremony

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"warder/keys"
)

// Every effect and every event has its words: a type that is added without them turns up here, by what the sources declare.
func TestEveryEffectAndEventHasWordsForTheRecord(t *testing.T) {
	t.Parallel()
	prints, err := keys.NewFingerprinter(rand.NewChaCha8([32]byte{5}))
	if err != nil {
		t.Fatal(err)
	}
	effects := typed([]any{
		ReadSeal{},
		SendUnseal{},
		ResetUnseal{},
		FindDoors{},
		ReadPublicKey{},
		ReadRoster{},
		KeepRoster{},
		ReadRekey{},
		StartRekey{},
		CancelRekey{},
		GiveRekeyShare{},
		GiveVerificationShare{},
		RestartVerification{},
		ReadRoot{},
		StartRoot{},
		CancelRoot{},
		GiveRootShare{},
		StoreSecret{},
		LookupToken{},
		RevokeToken{},
		StepDown{},
		WrapToken{},
		WriteRecord{},
		ReadFormer{},
		EndFormer{},
		MakeKeys{},
		JoinNode{},
		ReadCertificates{},
		ReadRaft{},
	})
	events := typed([]any{
		Continue{},
		Back{},
		Picked{},
		Filled{},
		Confirmed{},
		GaveShare{},
		GaveSecret{},
		Shown{},
		Cancelled{},
		Noted{Text: "x"},
		Left{},
		Observed{},
		Unsealed{},
		RekeyRead{},
		RekeyGiven{},
		VerifyGiven{},
		RootRead{},
		RootGiven{},
		NotActive{},
		DoorsFound{},
		PublicKeyRead{},
		RosterRead{},
		RosterKept{},
		Stored{},
		TokenLooked{},
		TokenRevoked{},
		SteppedDown{},
		TokenWrapped{},
		RecordWritten{},
		RecordLost{},
		FormerRead{},
		KeysMade{},
		NodeJoined{},
		CertificatesRead{},
		RaftRead{},
	})
	declaredEffects, declaredEvents := declared(t)
	for _, name := range declaredEffects {
		e, known := effects[name].(Effect)
		if !known {
			t.Errorf("effect %s is not in this test", name)
			continue
		}
		if line, writes := request(e); writes && (line.Text == "" || strings.Contains(line.Text, "no words")) {
			t.Errorf("effect %s goes into a record as %q", name, line.Text)
		}
	}
	for _, name := range declaredEvents {
		e, known := events[name].(Event)
		if !known {
			t.Errorf("event %s is not in this test", name)
			continue
		}
		line, byPerson := person(e, Tell{Title: "T"}, &prints)
		if !byPerson && name != "Observed" {
			line = answer(e)
		}
		if strings.Contains(line.Text, "no words") || byPerson && line.Text == "" {
			t.Errorf("event %s goes into a record as %q", name, line.Text)
		}
	}
	if len(declaredEffects) < 10 || len(declaredEvents) < 20 {
		t.Fatalf("found %d effects and %d events in the sources", len(declaredEffects), len(declaredEvents))
	}
}

func typed(of []any) map[string]any {
	out := map[string]any{}
	for _, x := range of {
		out[reflect.TypeOf(x).Name()] = x
	}
	return out
}

// declared are the names of the types that the sources make effects, by what they hold, and events, by their method.
func declared(t *testing.T) (effects, events []string) {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if s, ok := n.Type.(*ast.StructType); ok && ast.IsExported(n.Name.Name) && addressed(s) {
					effects = append(effects, n.Name.Name)
				}
			case *ast.FuncDecl:
				if n.Name.Name == "event" && n.Recv != nil {
					events = append(events, n.Recv.List[0].Type.(*ast.Ident).Name)
				}
			}
			return true
		})
	}
	return effects, events
}

// addressed says that a struct holds a node, or nothing of the kind, as effects do.
func addressed(s *ast.StructType) bool {
	for _, f := range s.Fields.List {
		if of, ok := f.Type.(*ast.Ident); ok && len(f.Names) == 0 && (of.Name == "Node" || of.Name == "here") {
			return true
		}
	}
	return false
}

func TestWhatReadsAsASecretIsNoNote(t *testing.T) {
	t.Parallel()
	for text, unfit := range map[string]bool{
		"The spare laptop was used.": false,
		"":                           false,
		"share 1 (seko-radi-fele) was typed twice":                                           false,
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef01":                 true,
		"she read 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef01 aloud":  true,
		"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAh":                                       true,
		"the token is hvs.CAESIJ0123456789abcdefghij":                                        true,
		"key: s.abcdefghijklmnopqrstuvwx":                                                    true,
		"0123 4567 89ab cdef 0123 4567 89ab cdef 0123 4567 89ab cdef 0123 4567 89ab cdef 01": true,
	} {
		if got := Unfit(text) != nil; got != unfit {
			t.Errorf("%q: unfit %v, want %v", text, got, unfit)
		}
	}
}
