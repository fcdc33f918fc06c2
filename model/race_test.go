//go:build race

package model

// What one goroutine does by itself is tried less often under the race detector,
// which has nothing to find in it and takes ten times as long.
func init() { embeddings = 2_000 }
