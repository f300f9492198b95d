package ui

// Told is what the time line tells, the oldest first.
func (a *App) Told() []string {
	var out []string
	for _, e := range a.past.History.Events() {
		out = append([]string{e.Node + " " + e.Text}, out...)
	}
	return out
}
