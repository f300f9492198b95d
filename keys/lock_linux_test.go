package keys

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// lockedAt reads from the system whether the page at b is locked in memory.
func lockedAt(t *testing.T, b []byte) bool {
	t.Helper()
	maps, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	defer maps.Close()
	at := uint64(uintptr(unsafe.Pointer(unsafe.SliceData(b))))
	var low, high uint64
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		var from, to uint64
		if n, _ := fmt.Sscanf(lines.Text(), "%x-%x ", &from, &to); n == 2 {
			low, high = from, to
		}
		if flags, ok := strings.CutPrefix(lines.Text(), "VmFlags:"); ok && low <= at && at < high {
			return strings.Contains(flags+" ", " lo ")
		}
	}
	t.Fatal("the page is in no mapping")
	return false
}

func needsLocking(t *testing.T) {
	t.Helper()
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_MEMLOCK, &limit); err != nil || limit.Cur < 1<<20 {
		t.Skip("this system does not let us lock enough memory")
	}
}

func TestMemoryIsLockedUntilTheWipe(t *testing.T) {
	t.Parallel()
	needsLocking(t)
	s := NewSecret([]byte(told))
	var kept []byte
	s.Use(func(b []byte) {
		kept = b
		if !lockedAt(t, b) {
			t.Error("the secret's page may be swapped out")
		}
	})
	s.Wipe()
	if lockedAt(t, kept) {
		t.Error("the page is still locked after the wipe")
	}
}

func TestDroppedSecretIsReleasedByTheGarbageCollector(t *testing.T) {
	t.Parallel()
	needsLocking(t)
	var kept []byte
	NewSecret([]byte(told)).Use(func(b []byte) { kept = b })
	for range 1000 {
		if !lockedAt(t, kept) {
			return
		}
		runtime.GC()
		runtime.Gosched()
	}
	t.Error("a Secret that nobody holds is still locked in memory")
}

// lockingChild tells a child process of these tests what the system shall let it lock. Whether memory can be locked is a
// fact of a whole process, which the other tests must neither share nor spoil.
const lockingChild = "WARDER_TEST_LOCKING"

func TestLockedTellsWhatTheSystemAllows(t *testing.T) {
	t.Parallel()
	if may := os.Getenv(lockingChild); may != "" {
		if may == "nothing" {
			refuseLocks(t)
		}
		fmt.Println("locked:", Locked(), "and then:", Locked())
		return
	}
	needsLocking(t)
	for may, want := range map[string]string{"something": "locked: true and then: true", "nothing": "locked: false and then: false"} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), lockingChild+"="+may)
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), want) {
			t.Errorf("a process that may lock %s: %v\n%s", may, err, out)
		}
	}
}

// refuseLocks has the system refuse this process any locked memory, and this thread the right of root to exceed that.
func refuseLocks(t *testing.T) {
	t.Helper()
	runtime.LockOSThread()
	if err := unix.Setrlimit(unix.RLIMIT_MEMLOCK, &unix.Rlimit{}); err != nil {
		t.Fatal(err)
	}
	none := [2]unix.CapUserData{}
	if err := unix.Capset(&unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}, &none[0]); err != nil {
		t.Fatal(err)
	}
}
