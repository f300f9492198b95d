package cli

import (
	"bytes"
	"os"
	"strconv"
)

// manyAncestors bounds the walk: processes come and go while it lasts.
const manyAncestors = 64

// Ancestors are the names of the processes that started this one, nearest first, as far as the system shows them.
func Ancestors() []string {
	var names []string
	for pid := os.Getppid(); pid > 1 && len(names) < manyAncestors; {
		stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		if err != nil {
			return names
		}
		var name string
		if name, pid = parentOf(stat); name == "" {
			return names
		}
		names = append(names, name)
	}
	return names
}

// parentOf reads "7 (name) S 6 …": the name, which may hold blanks and brackets, and the parent; "" where it is no such line.
func parentOf(stat []byte) (name string, parent int) {
	open, end := bytes.IndexByte(stat, '('), bytes.LastIndexByte(stat, ')')
	if open < 0 || end < open {
		return "", 0
	}
	fields := bytes.Fields(stat[end+1:])
	if len(fields) < 2 {
		return "", 0
	}
	parent, err := strconv.Atoi(string(fields[1]))
	if err != nil {
		return "", 0
	}
	return string(stat[open+1 : end]), parent
}
