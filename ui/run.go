package ui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"warder/theme"
)

// framesPerSecond halves the library's rate: it costs half the processor time, and 30 ms of a key's echo nobody sees.
const framesPerSecond = 30

// Run shows the console until the operator quits, ctx ends or the terminal is lost. The terminal is restored on every road.
func Run(ctx context.Context, o Options) (problem error) {
	app := New(ctx, o)
	defer app.stop()
	defer app.letGo()
	defer app.wipe()
	defer func() { problem = errors.Join(problem, app.breakOff()) }()
	opts := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(framesPerSecond), tea.WithoutSignalHandler()}
	if o.Mode == theme.Mono {
		opts = append(opts, tea.WithColorProfile(colorprofile.ASCII))
	}
	_, err := tea.NewProgram(app, opts...).Run()
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return nil // the signal was the operator's or the system's wish
	}
	return err
}
