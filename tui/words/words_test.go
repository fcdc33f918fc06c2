package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// pairs are the functions that take a text in Chinese and the same in English
// as their first two arguments, wherever they are called.
var pairs = map[string]bool{"w": true, "W": true, "t": true, "usage": true, "Problemf": true, "Sayf": true, "refuse": true, "Refuse": true}

// english are texts that an English reader needs in Chinese: what to type, and
// the marks that are the same.
var english = []string{"春节", "中文", "今", "困难党员", "居委会", "周三", "党", "和平", "社区", "米", "张", "万", "户", "书记"}

// TestBothLanguages looks at every text of the interface in the source: none
// is empty, the Chinese has Chinese in it, the English has none but examples,
// and both take the same arguments.
func TestBothLanguages(t *testing.T) {
	count := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 || !pairs[name(call.Fun)] {
				return true
			}
			args := call.Args
			for len(args) > 2 { // some take what they speak of first
				if s, ok := literal(args[0]); ok && han(s) {
					break
				}
				args = args[1:]
			}
			zh, ok1 := literal(args[0])
			en, ok2 := literal(args[1])
			if !ok1 || !ok2 {
				return true
			}
			count++
			at := set.Position(call.Pos())
			switch {
			case zh == "" || en == "":
				t.Errorf("%s: a text in one language only: %q %q", at, zh, en)
			case verbs(zh) != verbs(en):
				t.Errorf("%s: %q and %q take different arguments", at, zh, en)
			case han(en) && !example(en):
				t.Errorf("%s: Chinese in the English text %q", at, en)
			case zh == en && han(zh):
				t.Errorf("%s: %q is the same in both languages", at, zh)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count < 500 {
		t.Errorf("only %d texts found: the test looks in the wrong place", count)
	}
}

func name(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) (string, bool) {
	switch x := e.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			s, err := strconv.Unquote(x.Value)
			return s, err == nil
		}
	case *ast.BinaryExpr:
		a, ok1 := literal(x.X)
		b, ok2 := literal(x.Y)
		return a + b, ok1 && ok2
	}
	return "", false
}

// verbs are the formatting verbs of a text, without their flags, in order. %q
// stands in English where Chinese has its own quotes.
func verbs(s string) string {
	var out []byte
	for i := 0; i+1 < len(s); i++ {
		if s[i] != '%' {
			continue
		}
		for i++; i < len(s) && strings.IndexByte("0123456789.+-[]#", s[i]) >= 0; i++ {
		}
		if i < len(s) && s[i] != '%' {
			c := s[i]
			if c == 'q' {
				c = 's'
			}
			out = append(out, c)
		}
	}
	return string(out)
}

func han(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}

func example(s string) bool {
	for _, e := range english {
		if strings.Contains(s, e) {
			return true
		}
	}
	return false
}
