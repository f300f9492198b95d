package components

import (
	"slices"
	"testing"
)

func TestColumnWidths(t *testing.T) {
	t.Parallel()
	columns := []Column{
		{Title: "NODE", Min: 4},
		{Title: "STATE"},
		{Title: "VERSION", Priority: 2},
		{Title: "LATENCY", Priority: 1},
		{Title: "TLS", Priority: 2, Grow: true},
	}
	natural := []int{10, 8, 7, 7, 6}
	for _, c := range []struct {
		name string
		room int
		want []int
	}{
		{"all fit, the growing one takes the rest", 60, []int{10, 8, 7, 7, 20}},
		{"all fit exactly", 46, []int{10, 8, 7, 7, 6}},
		{"what may shrink shrinks first", 40, []int{4, 8, 7, 7, 6}},
		{"then the rightmost of the highest number goes", 39, []int{10, 8, 7, 7, 0}},
		{"then the other one of that number", 31, []int{10, 8, 0, 7, 0}},
		{"then the next number", 22, []int{10, 8, 0, 0, 0}},
		{"the rest shrinks to its minimum", 14, []int{4, 8, 0, 0, 0}},
		{"and then below it, the widest first", 9, []int{3, 4, 0, 0, 0}},
		{"down to one cell each", 4, []int{1, 1, 0, 0, 0}},
		{"and no further", 0, []int{1, 1, 0, 0, 0}},
	} {
		if got := columnWidths(columns, natural, c.room); !slices.Equal(got, c.want) {
			t.Errorf("%s: %d cells give %v, want %v", c.name, c.room, got, c.want)
		}
	}
}

func TestColumnsUseTheRoomAndNoMore(t *testing.T) {
	t.Parallel()
	columns := []Column{{Min: 3}, {}, {Priority: 1, Min: 2}, {Priority: 2}, {Priority: 3, Grow: true}}
	natural := []int{9, 5, 4, 7, 6}
	for room := 4; room < 100; room++ {
		widths := columnWidths(columns, natural, room)
		if total(widths) > room {
			t.Errorf("%d cells were given %v", room, widths)
		}
		if widths[4] > 0 && total(widths) != room {
			t.Errorf("%d cells: the growing column left some over: %v", room, widths)
		}
	}
}

func TestColumnWithNothingToSayStaysHidden(t *testing.T) {
	t.Parallel()
	columns := []Column{{Min: 3}, {Min: 5, Priority: 1, Grow: true}, {}}
	if got, want := columnWidths(columns, []int{6, 0, 4}, 40), []int{6, 0, 4}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNaturalWidthsFollowTheContent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		column Column
		texts  []string
		want   int
	}{
		{"the widest text", Column{Title: "A"}, []string{"a", "封印", "b"}, 4},
		{"the title", Column{Title: "LONGER"}, []string{"a"}, 6},
		{"no more than the maximum", Column{Title: "A", Max: 3}, []string{"abcdef"}, 3},
		{"the minimum is for shrinking only", Column{Title: "A", Min: 6}, []string{"abc"}, 3},
		{"nothing to say, but always shown", Column{Title: "NODE"}, []string{"", ""}, 4},
		{"nothing to say, and may go", Column{Title: "NODE", Priority: 1}, []string{"", ""}, 0},
		{"something to say", Column{Title: "NODE", Priority: 1}, []string{"", "x"}, 4},
		{"no rows yet", Column{Title: "NODE", Priority: 1}, nil, 4},
		{"neither title nor text", Column{}, []string{""}, 1},
	} {
		var rows []Row
		for _, text := range c.texts {
			rows = append(rows, Row{Cells: []Cell{{Text: text}}})
		}
		if got := naturalWidths([]Column{c.column}, rows)[0]; got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
