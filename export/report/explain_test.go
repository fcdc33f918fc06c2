package report

import (
	"strings"
	"testing"
)

// TestFormatHelp: every format is explained, and under its own name.
func TestFormatHelp(t *testing.T) {
	told := map[string]bool{}
	for _, h := range FormatHelp {
		told[h.Name.ZH], told[h.Name.EN] = true, true
	}
	for _, list := range []string{formatNames.ZH, formatNames.EN} {
		for _, name := range strings.Fields(list) {
			if !told[name] {
				t.Errorf("%s is not explained", name)
			}
		}
	}
	for name := range formats {
		if !told[name] {
			t.Errorf("%s is not explained", name)
		}
	}
}
