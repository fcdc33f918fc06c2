//go:build campaign

package export

import "testing"

// 20,000 ID numbers and phones in random disguise, each in a finished poster:
//
//	go test -tags campaign ./export -run TestGateFinds20000 -v
func TestGateFinds20000NumbersInFinalFiles(t *testing.T) {
	files := findNumbers(t, 20000)
	t.Logf("found in %d pages and %d text posters, none missed unless said above", files[HTML], files[Text])
}
