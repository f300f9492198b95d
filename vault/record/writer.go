package record

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Writer adds lines to a record. It is safe for use by several goroutines.
type Writer struct {
	mu    sync.Mutex
	file  *os.File
	path  string
	now   func() time.Time
	seq   int
	head  string
	err   error // of the first line that could not be written; nothing is written after it
	ended bool
}

// Dir is where records are kept unless another place is named: below the state directory.
func Dir(state string) string { return filepath.Join(state, "warder", "records") }

// Create begins a record in a new file of mode 0600; one that is there already, or a link, is refused.
func Create(path string, now func() time.Time, begin Line) (*Writer, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	w := &Writer{file: f, path: path, now: now}
	begin.Kind = Begin
	begin.Facts = append([]Fact{{"format", Format}}, begin.Facts...)
	if err := w.Add(begin); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return w, nil
}

// Path is the file.
func (w *Writer) Path() string { return w.path }

// Head is the hash of the last line: what witnesses write down.
func (w *Writer) Head() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.head
}

var errEnded = errors.New("the record has ended")

// Add writes a line and has it on the disk when it returns. After a failure every further line fails too: a record with a gap
// would look whole.
func (w *Writer) Add(l Line) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.err != nil:
		return w.err
	case w.ended:
		return errEnded
	}
	l.Seq, l.At, l.Prev = w.seq+1, w.now().UTC(), w.head
	text, err := l.encode()
	if err == nil && len(text) > maxLine {
		err = fmt.Errorf("line %d is longer than %d bytes", l.Seq, maxLine)
	}
	if err == nil {
		_, err = w.file.Write(append(text, '\n'))
	}
	if err == nil {
		err = w.file.Sync()
	}
	if err != nil {
		w.err = fmt.Errorf("the record %s stops before line %d: %w", w.path, l.Seq, err)
		return w.err
	}
	w.seq, w.head, w.ended = l.Seq, hash(text), l.Kind == End
	return nil
}

// Close writes the last line and closes the file.
func (w *Writer) Close(text string, facts ...Fact) error {
	err := w.Add(Line{Kind: End, Text: text, Facts: facts})
	if errors.Is(err, errEnded) {
		return nil
	}
	return errors.Join(err, w.file.Close())
}
