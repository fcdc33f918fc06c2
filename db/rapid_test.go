package db

import (
	"flag"
	"os"
)

// The random tests against a model sync each step to the disk, so an ordinary
// run makes fewer of them; TAIZHANG_LONG=1 makes the usual hundred, and
// -rapid.checks any number.
func init() {
	if os.Getenv("TAIZHANG_LONG") == "" {
		if err := flag.Set("rapid.checks", "30"); err != nil {
			panic(err)
		}
	}
}
