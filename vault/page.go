package vault

import (
	"context"
	"slices"
	"strings"
)

// PageSize is how many names a page holds.
const PageSize = 10_000

// Page is a part of a list of names, in order. The servers know no pages in the system backend: they give all names at once, and
// only those of the page are kept.
type Page struct {
	Names    []string
	Before   int // how many that match come before the page
	Matching int // how many there are that hold the text looked for
	Total    int
}

// More says that there is a page after this one.
func (p Page) More() bool { return p.Before+len(p.Names) < p.Matching }

// Want is which page: of the names that hold a text, those after a name. The zero Want is the first page of all.
type Want struct{ Holding, After string }

// List asks for the names below a path, all of them; more than fit on a page are an error.
func (c *Client) List(ctx context.Context, path string, namespaced bool) ([]string, error) {
	p, err := c.ListPage(ctx, path, namespaced, Want{})
	if err == nil && p.More() {
		err = &Error{Op: path, Address: c.address, Kind: Malformed, Cause: errTooMany}
	}
	return p.Names, err
}

// ListPage asks for a page of the names below a path. Nothing being there is 404 without a message to the servers, and an empty
// page here.
func (c *Client) ListPage(ctx context.Context, path string, namespaced bool, want Want) (Page, error) {
	var w struct {
		Keys nameList `json:"keys"`
	}
	err := c.Do(ctx, Request{Method: listing, Path: path, Namespaced: namespaced}, &w)
	if Nothing(err) {
		return Page{Names: []string{}}, nil
	}
	return want.of(w.Keys), err
}

// of cuts the page out of all names.
func (w Want) of(all []string) Page {
	p := Page{Total: len(all), Names: []string{}}
	slices.Sort(all)
	for _, name := range all {
		if !strings.Contains(name, w.Holding) {
			continue
		}
		p.Matching++
		switch {
		case w.After != "" && name <= w.After:
			p.Before++
		case len(p.Names) < PageSize:
			p.Names = append(p.Names, name)
		}
	}
	return p
}
