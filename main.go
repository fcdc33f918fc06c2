// Command taizhang 台账 is the record book of a Chinese community office in the
// terminal. Everything it does is in the packages below; here it only gets its
// streams, and the process is made safe before anything else.
package main

import (
	"context"
	"fmt"
	"os"

	"taizhang/tui/command"
)

func main() {
	if err := command.Harden(); err != nil {
		fmt.Fprintln(os.Stderr, "taizhang:", err)
		os.Exit(3)
	}
	os.Exit(command.Run(context.Background(), os.Args[1:], command.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
