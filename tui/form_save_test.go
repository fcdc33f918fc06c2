package tui

import (
	"testing"

	"taizhang/model"
)

// A save counts every field that needs correcting at once: those that cannot be
// read, those that must be filled, and those that contradict each other. What
// the program fills by itself is not among them.
func TestSaveCountsAllFaults(t *testing.T) {
	d, _ := office(t, model.ZH, 80, 40)
	d.Expect("本月").Press("1").Expect("没有记录").Press("ctrl+n").Expect("*日期").Press("ctrl+u").Type("第八天").CursorAfter("第八天")
	// Besides the date: title, lines, venue and attendances; not the state, which goes by the date.
	d.Press("ctrl+s").Expect("有 5 项需要改正").Expect("看不懂日期").Expect("必须填写")
	d.Press("ctrl+u").Type("今").Press("ctrl+s").Expect("有 4 项需要改正")
}
