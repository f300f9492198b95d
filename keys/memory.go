package keys

import (
	"os"
	"sync/atomic"
	"unsafe"
)

// unlocked is set once the system refused to lock the pages of a secret.
var unlocked atomic.Bool

// Locked says whether every secret that this process has had lies in memory that is never swapped out, and the next
// one will. Where not, a page of any of them may reach the disk.
func Locked() bool {
	releasePages(lockedPages(1))
	return !unlocked.Load()
}

// lockedPages returns at least n zero bytes on whole pages of their own, kept from being swapped out where the system
// allows it. Pages are locked whole, and unlocking one would unlock whatever else lies on it: hence none is shared.
//
// They belong to the garbage collector, which never moves them, rather than to a mapping of ours: a borrower that
// breaks the rule and keeps its slice after the release reads zeroes instead of crashing the process.
func lockedPages(n int) []byte {
	size := os.Getpagesize()
	whole := (n + size - 1) / size * size
	room := make([]byte, whole+size-1)
	skip := -int(uintptr(unsafe.Pointer(unsafe.SliceData(room)))) & (size - 1)
	pages := room[skip : skip+whole : skip+whole]
	if !lock(pages) {
		unlocked.Store(true)
	}
	return pages
}

// releasePages zeroes the pages and lets the system swap them again. Doing it twice does no harm.
func releasePages(pages []byte) {
	clear(pages)
	unlock(pages)
}
