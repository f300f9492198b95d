package vault

import (
	"errors"
	"testing"
	"time"
)

// noon is the moment at which most of these tests play.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

var (
	errDown   = &Error{Op: "sys/health", Address: "http://a:1", Kind: Unreachable, Why: ConnRefused}
	errDenied = &Error{Op: "sys/ha-status", Address: "http://a:1", Kind: Denied}
)

// known is a section that holds the value since the moment.
func known[T any](at time.Time, v T) Section[T] { return fetched(at, v, nil) }

// failed is a section of a try that gave nothing.
func failed[T any](at time.Time, err error) Section[T] {
	var zero T
	return fetched(at, zero, err)
}

// coded is the health of a node that answers with the code.
func coded(code int) Health {
	return Health{
		Code: code, Initialised: code != CodeUninit, Sealed: code == CodeSealed || code == CodeUninit, Standby: code == CodeStandby,
	}
}

// healthy is a reading of a node with the code.
func healthy(address string, at time.Time, code int) *Node {
	return &Node{Address: address, Health: known(at, coded(code))}
}

// silent is a reading of a node that does not answer.
func silent(address string, at time.Time) *Node {
	return &Node{Address: address, Health: failed[Health](at, errDown)}
}

func TestSectionKeepsTheLastGoodValue(t *testing.T) {
	t.Parallel()
	later := noon.Add(time.Minute)
	was := known(noon, "old")
	for name, c := range map[string]struct {
		old, try Section[string]
		value    string
		at       time.Time
		err      bool
		fresh    bool
	}{
		"nothing tried":           {was, Section[string]{}, "old", noon, false, true},
		"a newer value":           {was, known(later, "new"), "new", later, false, true},
		"an older value":          {known(later, "new"), was, "new", later, false, true},
		"a failure":               {was, failed[string](later, errDown), "old", noon, true, false},
		"denied":                  {was, failed[string](later, errDenied), "old", noon, true, false},
		"an older failure":        {known(later, "new"), failed[string](noon, errDown), "new", later, false, true},
		"not supported after all": {was, failed[string](later, &Error{Kind: Unsupported}), "", time.Time{}, true, false},
		"a failure at first":      {Section[string]{}, failed[string](noon, errDown), "", time.Time{}, true, false},
		"good again":              {failed[string](noon, errDown), known(later, "new"), "new", later, false, true},
		"given up":                {was, failed[string](later, &Error{Kind: Unreachable, Why: Cancelled}), "old", noon, false, true},
	} {
		got := c.old.merged(c.try)
		if got.Value != c.value || !got.At.Equal(c.at) || (got.Err != nil) != c.err || got.Fresh() != c.fresh {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if age := was.Age(later); age != time.Minute || !was.Known() || (Section[string]{}).Known() {
		t.Errorf("age %s", age)
	}
}

func TestStateByCode(t *testing.T) {
	t.Parallel()
	connected, cut := true, false
	for _, c := range []struct {
		code    int
		ha      *bool
		want    State
		serving bool
	}{
		{CodeActive, nil, Active, true},
		{CodeStandby, nil, Standby, true},
		{CodeStandby, &connected, Standby, true},
		{CodeStandby, &cut, CutOff, true},
		{CodeCutOff, nil, CutOff, true},
		{CodePerfStandby, nil, PerfStandby, true},
		{CodeDRSecondary, nil, DRSecondary, true},
		{CodeUninit, nil, Uninitialised, false},
		{CodeSealed, nil, SealedState, false},
		{CodeRemoved, nil, RemovedState, false},
	} {
		h := coded(c.code)
		h.HAConnection = c.ha
		n := &Node{Health: known(noon, h)}
		if n.State() != c.want || n.State().Serving() != c.serving {
			t.Errorf("code %d is state %d, serving %v", c.code, n.State(), n.State().Serving())
		}
	}
}

func TestStateIsOfTheLastTry(t *testing.T) {
	t.Parallel()
	later := noon.Add(time.Minute)
	active := known(noon, coded(CodeActive))
	for name, c := range map[string]struct {
		health Section[Health]
		want   State
	}{
		"never asked":      {Section[Health]{}, Unknown},
		"silent since":     {active.merged(failed[Health](later, errDown)), Down},
		"nonsense since":   {active.merged(failed[Health](later, &Error{Kind: Malformed})), Broken},
		"redirected since": {active.merged(failed[Health](later, &Error{Kind: Redirected})), Broken},
		"none of ours":     {active.merged(failed[Health](later, errors.New("odd"))), Broken},
	} {
		if n := (&Node{Health: c.health}); n.State() != c.want || n.State().Serving() {
			t.Errorf("%s: state %d", name, n.State())
		}
	}
}

func TestProductByTheShapeOfAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		n    Node
		want Product
	}{
		"nothing heard":           {Node{}, UnknownProduct},
		"Vault's health":          {Node{Health: known(noon, Health{FromVault: true})}, HashiCorpVault},
		"Vault's seal status":     {Node{Seal: known(noon, SealStatus{FromVault: true})}, HashiCorpVault},
		"seal backends":           {Node{Backends: known(noon, SealBackendStatus{})}, HashiCorpVault},
		"OpenBao's seal status":   {Node{Seal: known(noon, SealStatus{FromOpenBao: true})}, OpenBao},
		"no seal backends":        {Node{Backends: failed[SealBackendStatus](noon, &Error{Kind: Unsupported})}, OpenBao},
		"seal backends denied":    {Node{Backends: failed[SealBackendStatus](noon, errDenied)}, OpenBao},
		"seal backends sealed":    {Node{Backends: failed[SealBackendStatus](noon, &Error{Kind: Sealed})}, UnknownProduct},
		"a proxy in between":      {Node{Backends: failed[SealBackendStatus](noon, &Error{Kind: Refused})}, UnknownProduct},
		"hidden version, by seal": {Node{Health: known(noon, Health{}), Seal: known(noon, SealStatus{FromOpenBao: true})}, OpenBao},
	} {
		if got := c.n.Product(); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if HashiCorpVault.String() != "Vault" || OpenBao.String() != "OpenBao" || UnknownProduct.String() != "" {
		t.Error("the products' names")
	}
}

func TestVersionMayBeHidden(t *testing.T) {
	t.Parallel()
	bySeal := Node{Seal: known(noon, SealStatus{Version: "1.20.4"})}
	byHealth := Node{Seal: bySeal.Seal, Health: known(noon, Health{Version: "1.21.0"})}
	if bySeal.Version() != "1.20.4" || byHealth.Version() != "1.21.0" || (&Node{}).Version() != "" {
		t.Error(bySeal.Version(), byHealth.Version())
	}
}

func TestMergedNodeCountsFailuresAndKeepsItsAge(t *testing.T) {
	t.Parallel()
	at := func(s int) time.Time { return noon.Add(time.Duration(s) * time.Second) }
	n := &Node{Address: "http://a:1"}
	for i, c := range []struct {
		reading   *Node
		failures  int
		since     time.Time
		witnessed bool
	}{
		{healthy("http://a:1", at(0), CodeActive), 0, at(0), false},
		{healthy("http://a:1", at(2), CodeActive), 0, at(0), false},
		{silent("http://a:1", at(4)), 1, at(4), true},
		{silent("http://a:1", at(6)), 2, at(4), true},
		{healthy("http://a:1", at(5), CodeActive), 2, at(4), true}, // out of date
		{&Node{Address: "http://a:1", Token: failed[TokenInfo](at(7), errDenied)}, 2, at(4), true},
		{&Node{Address: "http://a:1", Health: failed[Health](at(8), &Error{Kind: Malformed})}, 0, at(8), true},
		{healthy("http://a:1", at(9), CodeSealed), 0, at(9), true},
	} {
		n = mergeNode(n, c.reading)
		if n.Failures != c.failures || !n.Since.Equal(c.since) || n.Witnessed != c.witnessed {
			t.Errorf("step %d: %d failures, since %s, witnessed %v", i, n.Failures, n.Since, n.Witnessed)
		}
	}
}

func TestVoicesRiseWithEachChangeAndFallWithout(t *testing.T) {
	t.Parallel()
	voice := func(id string, code int, self bool) *Node {
		r := healthy("http://a:1", noon, code)
		r.RaftID, r.Leader = id, known(noon, Leader{HAEnabled: true, IsSelf: self})
		return r
	}
	n := &Node{Address: "http://a:1"}
	for i, c := range []struct {
		reading *Node
		voices  int
	}{
		{voice("a", CodeActive, true), 0},
		{voice("b", CodeStandby, false), 10},
		{voice("", CodeStandby, false), 9},
		{voice("", CodeActive, false), 19}, // two nodes answered within one reading
		{silent("http://a:1", noon), 19},
		{voice("c", CodeActive, true), 18},
	} {
		if n = mergeNode(n, c.reading); n.Voices != c.voices {
			t.Errorf("step %d: %d voices, want %d", i, n.Voices, c.voices)
		}
	}
	for range 18 {
		if !n.Balanced() && n.Voices > voiceWeight {
			t.Fatal("two changes within a few readings are no mark")
		}
		n = mergeNode(n, voice("c", CodeActive, true))
	}
	if n.Voices != 0 || n.Balanced() {
		t.Errorf("%d voices after steady readings", n.Voices)
	}
}

func TestClockSkewForgivesWholeSecondsAndTheFlight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ahead, rtt, want time.Duration
	}{
		{0, 0, 0},
		{400 * time.Millisecond, 0, 0},
		{-400 * time.Millisecond, 0, 0},
		{time.Minute, 0, time.Minute},
		{-time.Minute, 0, -time.Minute},
		{-3 * time.Second, 6 * time.Second, 0},
		{90 * time.Second, 300 * time.Millisecond, 90 * time.Second},
	} {
		received := noon.Add(999 * time.Millisecond)
		server := received.Add(c.ahead).Truncate(time.Second)
		if got := skew(server, received, c.rtt); (got-c.want).Abs() > time.Second || (got == 0) != (c.want == 0) {
			t.Errorf("%s ahead, %s under way: %s, want %s", c.ahead, c.rtt, got, c.want)
		}
	}
}
