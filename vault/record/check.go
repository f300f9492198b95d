package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
)

// How large a record and one of its lines may be.
const (
	maxRecord = 64 << 20
	maxLine   = 64 << 10
)

// Record is a file as it was read and checked.
type Record struct {
	Lines    []Line
	Head     string   // the hash of the last line
	Problems []string // why it is not to be trusted; none when the chain is whole and ends
	Remarks  []string // what is odd and proves nothing
}

// Whole says that nothing speaks against the record in itself. Whether it is the one that was made that day only the hash
// tells that somebody wrote down then.
func (r Record) Whole() bool { return len(r.Problems) == 0 }

// Begin is the first line, or an empty one.
func (r Record) Begin() Line {
	if len(r.Lines) == 0 || r.Lines[0].Kind != Begin {
		return Line{}
	}
	return r.Lines[0]
}

// Fact is the value of a fact of the line, or "".
func (l Line) Fact(name string) string {
	for _, f := range l.Facts {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// Read reads a record and checks it. What it finds wrong stands in Problems; the error is of the reading itself.
func Read(in io.Reader) (Record, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxRecord+1))
	if err != nil {
		return Record{}, err
	}
	if len(text) > maxRecord {
		return Record{}, fmt.Errorf("larger than any record (%d MiB)", maxRecord>>20)
	}
	var c checker
	text, cut := bytes.CutSuffix(text, []byte("\n"))
	for n, line := range bytes.Split(text, []byte("\n")) {
		c.take(n+1, line)
	}
	c.finish(!cut)
	return c.Record, nil
}

// checker goes through the lines.
type checker struct {
	Record
	seq  int
	last time.Time
	end  bool
}

func (c *checker) problem(format string, args ...any) {
	c.Problems = append(c.Problems, fmt.Sprintf(format, args...))
}

// take checks the line that stands at place n of the file.
func (c *checker) take(n int, text []byte) {
	before := c.Head
	c.Head = hash(text)
	l, err := decodeLine(text)
	if err != nil {
		c.problem("line %d is none of a record: %v", n, err)
		c.seq++
		return
	}
	if c.end {
		c.problem("line %d comes after the end", n)
	}
	switch want := c.seq + 1; {
	case l.Seq > want:
		c.problem("line %d bears the number %d: %s missing, or it was moved", n, l.Seq, numbers(want, l.Seq-1))
	case l.Seq < want:
		c.problem("line %d bears the number %d and should bear %d: it was moved, or is there twice", n, l.Seq, want)
	}
	if l.Prev != before {
		c.problem("line %d does not follow on the line before it: one of the two is not as it was written", n)
	}
	if (l.Kind == Begin) != (n == 1) {
		c.problem("line %d: a record begins with its first line, and only there", n)
	}
	if n == 1 && l.Fact("format") != Format {
		c.problem("line 1 names the format %q, and only %q is known here", l.Fact("format"), Format)
	}
	if l.At.Before(c.last) {
		c.Remarks = append(c.Remarks, fmt.Sprintf("line %d is dated before the line before it: the clock was set back", n))
	}
	c.seq, c.last, c.end = l.Seq, l.At, l.Kind == End
	c.Lines = append(c.Lines, l)
}

// finish checks what only shows at the end.
func (c *checker) finish(cut bool) {
	switch {
	case cut:
		c.problem("the last line is not whole: the file was cut off, or its writing was")
	case !c.end:
		c.problem("the record has no end: it was cut off, or the ceremony was broken off")
	}
}

func numbers(from, to int) string {
	if from == to {
		return fmt.Sprintf("line %d is", from)
	}
	return fmt.Sprintf("lines %d to %d are", from, to)
}

// decodeLine is strict: a field more than are known is no line of this format.
func decodeLine(text []byte) (Line, error) {
	if len(text) > maxLine {
		return Line{}, errors.New("it is too long")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	var l Line
	if err := d.Decode(&l); err != nil {
		return Line{}, errors.New("it is not one line of JSON with the fields of a record")
	}
	if d.More() {
		return Line{}, errors.New("something stands behind its object")
	}
	if l.Kind == "" || l.At.IsZero() {
		return Line{}, errors.New("it has no kind or no time")
	}
	return l.clean(), nil
}

// clean takes out what could trick the terminal of who reads the record: it may come from anywhere.
func (l Line) clean() Line {
	l.Kind, l.Text, l.Who, l.Node, l.Nonce = Kind(printable(string(l.Kind))), printable(l.Text), printable(l.Who), printable(l.Node), printable(l.Nonce)
	for i, f := range l.Facts {
		l.Facts[i] = Fact{printable(f.Name), printable(f.Value)}
	}
	return l
}

func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '\uFFFD'
	}, s)
}
