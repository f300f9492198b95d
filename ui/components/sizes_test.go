package components

import "iter"

// upTo yields -1…n: every number, or under the race detector, which is ten times slower, every small one and some of
// the rest.
func upTo(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := -1; i <= n; i++ {
			if (i < 12 || i%sizeStep == 0) && !yield(i) {
				return
			}
		}
	}
}
