// Package newfile writes files that were not there: whole under their name, or not at all, and readable by their owner only.
package newfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// partial is what a file is called until it is whole. One that was left behind tells that its writing was cut short.
const partial = ".partial"

// Write makes the file, and gives it its name once all of it is on the disk. O_EXCL refuses a link, too, wherever it leads.
func Write(path string, write func(io.Writer) error) error {
	return WriteChecked(path, write, nil)
}

// WriteChecked is Write for what has to be read once more before it is good: a file that check refuses never gets its name.
func WriteChecked(path string, write func(io.Writer) error, check func(io.Reader) error) error {
	if _, err := os.Lstat(path); err == nil {
		return errTaken(path) // before a long writing; the renaming looks again
	}
	beside := path + partial
	f, err := create(beside)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there: it was cut short while it was written; remove it, or take another name", beside)
	}
	if err != nil {
		return err
	}
	// Without Sync the file may be empty after a power cut, when what it held cannot be had again.
	if err = write(f); err == nil {
		err = f.Sync()
	}
	if err == nil && check != nil {
		if _, err = f.Seek(0, io.SeekStart); err == nil {
			err = check(f)
		}
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = rename(beside, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(beside))
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

func errTaken(path string) error {
	return fmt.Errorf("%s is there already: a new file is needed", path)
}

// rename gives a file a name that nothing has yet. The name is taken first: a rename would put it over another file.
func rename(from, to string) error {
	taken, err := create(to)
	switch {
	case errors.Is(err, fs.ErrExist):
		return errTaken(to)
	case err != nil:
		return err
	}
	if err := errors.Join(taken.Close(), os.Rename(from, to)); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// syncDir makes the name of a new file outlive a power cut, where directories can be synced at all.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return nil //nolint:nilerr // a directory that may be written and not read; the file in it is whole
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
		return err
	}
	return nil
}
