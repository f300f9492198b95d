// Command warder is a terminal console for HashiCorp Vault and OpenBao clusters.
package main

import (
	"os"

	"warder/ui/cli"
)

// version is set at release with -ldflags.
var version = "dev"

func main() { os.Exit(cli.Main(version, os.Args[1:])) }
