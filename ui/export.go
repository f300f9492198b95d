package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/report"
	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
)

type exportedMsg struct {
	path string
	err  error
}

// copied says what has to be true for a copy to have arrived: the terminal does not answer.
const copied = "Copied, if the terminal takes OSC 52; in tmux set -g set-clipboard on."

// The answers of the export's choice.
const (
	asMarkdown = "markdown"
	asJSON     = "json"
	asCopy     = "copy"
)

// askExport asks in which form what is known leaves the console. While a ceremony is open nothing does.
func (a *App) askExport() {
	if a.wizard != nil {
		a.refuse("A ceremony is open: nothing is exported before it is closed.")
		return
	}
	told := a.report()
	a.overlay.Open(components.NewForm(components.FormSpec{
		Title: "Export the findings, events and tables",
		Text:  "No token, accessor, share or nonce is in it. A file is new, and only you may read it.",
		Fields: []components.Field{components.Choice{Key: "form", Options: []components.Option{
			{Key: asMarkdown, Label: "Markdown, to a file"},
			{Key: asJSON, Label: "JSON, to a file"},
			{Key: asCopy, Label: "Markdown, to the clipboard of the terminal"},
		}}},
		Submit: func(answers *components.Answers) components.Action {
			return components.Close{Cmd: a.exportCmd(told, answers.Text("form"))}
		},
	}), a.opts.Now(), false)
}

// report is what is on the screen. The command line that ends a root token holds its accessor, and stays here.
func (a *App) report() report.Report {
	findings := slices.Clone(a.pic.Findings)
	for i := range findings {
		if findings[i].Rule == "root-token-alive" {
			findings[i].Command, findings[i].Evidence = "", nil
		}
	}
	return report.New(a.pic.Scene, findings, a.opts.Name)
}

func (a *App) exportCmd(r report.Report, form string) tea.Cmd {
	switch form {
	case asCopy:
		a.toast.Show(a.opts.Now(), theme.OK, copied, warningLife)
		return tea.SetClipboard(r.Markdown())
	case asJSON:
		return func() tea.Msg {
			text, err := r.JSON()
			if err != nil {
				return exportedMsg{err: err}
			}
			return exported(text, r.At, "json")
		}
	}
	return func() tea.Msg { return exported([]byte(r.Markdown()), r.At, "md") }
}

// exported writes where the console was started, or, where that cannot be written, where its memory is.
func exported(text []byte, at time.Time, ext string) tea.Msg {
	path, err := writeNew(".", text, at, ext)
	if state := vault.StateDir(os.Getenv); err != nil && state != "" {
		dir := filepath.Join(state, "warder")
		if made := os.MkdirAll(dir, 0o700); made != nil {
			return exportedMsg{err: errors.Join(err, made)}
		}
		path, err = writeNew(dir, text, at, ext)
	}
	return exportedMsg{path, err}
}

// manyExports bounds how many files of one second there can be.
const manyExports = 100

// writeNew writes a file that was not there, whole or not at all.
func writeNew(dir string, text []byte, at time.Time, ext string) (path string, err error) {
	name := "warder-" + at.UTC().Format("20060102T150405Z")
	for i := range manyExports {
		path = filepath.Join(dir, name+"."+ext)
		if i > 0 {
			path = filepath.Join(dir, fmt.Sprintf("%s-%d.%s", name, i+1, ext))
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.Write(text)
		if err = errors.Join(err, f.Close()); err != nil {
			return "", errors.Join(err, os.Remove(path))
		}
		full, err := filepath.Abs(path)
		return full, err
	}
	return "", fs.ErrExist
}

func (a *App) onExported(m exportedMsg) {
	a.stale = true
	if m.err != nil {
		a.toast.Show(a.opts.Now(), theme.Bad, "Not exported: "+m.err.Error(), warningLife)
		return
	}
	a.toast.Show(a.opts.Now(), theme.OK, "Exported to "+m.path, warningLife)
}

// copySelected takes the selected finding's command line to the clipboard of the terminal.
func (a *App) copySelected() tea.Cmd {
	f, ok := a.panes[a.focus].(*views.Findings)
	if !ok {
		f, ok = a.panes[len(a.panes)-1].(*views.Findings)
	}
	if !ok || a.wizard != nil {
		a.refuse("Nothing is copied here.")
		return nil
	}
	text, there := f.Copy()
	if !there {
		a.refuse("There is no finding and no event to copy.")
		return nil
	}
	a.toast.Show(a.opts.Now(), theme.OK, copied, warningLife)
	return tea.SetClipboard(text)
}
