//go:build race

package components

const sizeStep = 7
