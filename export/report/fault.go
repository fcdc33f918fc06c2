package report

import (
	"fmt"
	"strings"

	"taizhang/model"
)

// Fault is what is wrong with a template, and where.
type Fault struct {
	Line int // from 1
	At   int // in what was parsed, in bytes: of a tag its beginning
	model.Words
}

// Error implements error in English.
func (f *Fault) Error() string { return f.In(model.EN) }

// In says it with its line.
func (f *Fault) In(l model.Lang) string {
	if l == model.EN {
		return fmt.Sprintf("line %d: %s", f.Line, f.Words.EN)
	}
	return fmt.Sprintf("第%d行：%s", f.Line, f.Words.ZH)
}

// Faults are all that is wrong with a template, by line.
type Faults []*Fault

// Error implements error in English.
func (fs Faults) Error() string { return fs.In(model.EN) }

// In joins them, one a line.
func (fs Faults) In(l model.Lang) string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.In(l)
	}
	return strings.Join(lines, "\n")
}

func fault(src string, at int, w model.Words) *Fault {
	return &Fault{Line: 1 + strings.Count(src[:min(at, len(src))], "\n"), At: at, Words: w}
}

// unknown says that there is no such name, which known one looks like it, and
// where all are listed.
func unknown(what model.Words, name string, known []string) model.Words {
	w := model.Sayf("没有“%s”这个%s", "there is no %[2]s %[1]q", model.Shorten(name), what)
	if near := model.Nearest(name, known); near != "" {
		w = model.Sayf("%s，是不是“%s”？", "%s; is it %q?", w, near)
	} else {
		w = model.Sayf("%s。", "%s.", w)
	}
	return model.Sayf("%s全部名称见 taizhang template names", "%s All names: taizhang template names", w)
}
