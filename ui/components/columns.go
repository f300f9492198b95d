package components

import "github.com/charmbracelet/x/ansi"

const columnGap = 2

// naturalWidths is the width that each column would like: its widest text, bounded by Max. A column that may go and in
// which no row has anything to say goes.
func naturalWidths(columns []Column, rows []Row) []int {
	widths := make([]int, len(columns))
	for i, c := range columns {
		for _, row := range rows {
			widths[i] = max(widths[i], ansi.StringWidth(row.Cells[i].Text))
		}
		if widths[i] == 0 && c.Priority > 0 && len(rows) > 0 {
			continue
		}
		widths[i] = max(widths[i], ansi.StringWidth(bare(c.Title)))
		if c.Max > 0 {
			widths[i] = min(widths[i], c.Max)
		}
		widths[i] = max(widths[i], 1)
	}
	return widths
}

// columnWidths shares room among the columns; a width of 0 hides one. Columns first shrink to their minimum, then go,
// the highest priority number first and the rightmost of equals. Those of priority 0 stay, however narrow.
func columnWidths(columns []Column, natural []int, room int) []int {
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = natural[i]
		if c.Min > 0 {
			widths[i] = min(natural[i], c.Min)
		}
	}
	for total(widths) > room {
		if last := mostDispensable(columns, widths); last >= 0 {
			widths[last] = 0
			continue
		}
		return squeeze(widths, room)
	}
	spare := room - total(widths)
	for i := range widths {
		if widths[i] > 0 {
			more := min(spare, natural[i]-widths[i])
			widths[i] += more
			spare -= more
		}
	}
	for i, c := range columns {
		if c.Grow && widths[i] > 0 {
			widths[i] += spare
			break
		}
	}
	return widths
}

// total is the width of all columns shown and of the gaps between them.
func total(widths []int) int {
	sum := 0
	for _, w := range widths {
		if w > 0 {
			sum += w + columnGap
		}
	}
	return max(0, sum-columnGap)
}

func mostDispensable(columns []Column, widths []int) int {
	found, highest := -1, 1
	for i, c := range columns {
		if widths[i] > 0 && c.Priority >= highest {
			found, highest = i, c.Priority
		}
	}
	return found
}

// squeeze takes from the widest column until all fit, or until nothing is left to take.
func squeeze(widths []int, room int) []int {
	for total(widths) > room {
		widest := 0
		for i, w := range widths {
			if w > widths[widest] {
				widest = i
			}
		}
		if widths[widest] <= 1 {
			break
		}
		widths[widest]--
	}
	return widths
}
