package keys

import (
	"bufio"
	"fmt"
	"os"
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
