//go:build !unix

package term

import "os"

func newFileSource(*os.File) (source, bool) { return nil, false }
