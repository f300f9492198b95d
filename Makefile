# What is built, tested and measured, and how. People and .ci/run call the same targets.

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

SHELL := bash

.PHONY: build demo test conformance lint bench golden smoke

# One static binary: no cgo, nothing of this machine in it.
build:
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o warder .

demo: build
	./warder --demo

# The race detector is the only part that needs a C compiler.
test:
	CGO_ENABLED=1 go test -race ./...

# The demo against recordings, the same suite against it and against real servers, and clients that others wrote against it.
# BAO_BIN and VAULT_BIN name servers, which are clients too; where one is missing it says SKIPPED.
conformance:
	go test -count=1 -run 'Recorded' ./demo ./vault ./keys
	@set -o pipefail; CONFORMANCE=1 go test -count=1 -v -parallel 8 ./vault/conformance | grep -Ev '^(=== |PASS$$)'

lint:
	@unformatted=$$(go tool gofumpt -l .) || exit 1; \
	if [ -n "$$unformatted" ]; then echo "not formatted (go tool gofumpt -w FILE):"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go tool staticcheck ./...

# The benchmarks judge nothing: their last lines set what was measured beside what is promised.
bench: build
	@set -o pipefail; go test -run '^$$' -bench . -benchtime 3s -timeout 20m . ./ui ./vault/rules | awk -f .ci/bench.awk

# Draws the goldens anew; look at the difference before it is committed.
golden:
	go test $$(grep -rl --include='*_test.go' x/exp/golden . | xargs -n1 dirname | sort -u) -update

smoke: build
	.ci/smoke ./warder
