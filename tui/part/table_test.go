package part

import "testing"

func TestTable(t *testing.T) {
	var tb Table
	tb.SetRows(200)
	for _, c := range []struct {
		key      string
		from, to int
		pos      string
	}{
		{"", 0, 20, "1/200"},
		{"down", 0, 20, "2/200"},
		{"pgdown", 1, 21, "21/200"},
		{"up", 1, 21, "20/200"},
		{"end", 180, 200, "200/200"},
		{"pgup", 180, 200, "181/200"},
		{"up", 179, 199, "180/200"},
		{"home", 0, 20, "1/200"},
		{"up", 0, 20, "1/200"},
	} {
		if tb.Move(c.key) != (c.key != "") {
			t.Errorf("%q is not a movement", c.key)
		}
		if from, to := tb.Window(20); from != c.from || to != c.to || tb.Position() != c.pos {
			t.Errorf("after %q: %d to %d, %s; want %d to %d, %s", c.key, from, to, tb.Position(), c.from, c.to, c.pos)
		}
	}
	tb.Go(150)
	tb.SetRows(3)
	if from, to := tb.Window(20); from != 0 || to != 3 || tb.Position() != "3/3" {
		t.Errorf("%d to %d, %s", from, to, tb.Position())
	}
	tb.SetRows(0)
	if from, to := tb.Window(20); from != 0 || to != 0 || tb.Position() != "0/0" {
		t.Errorf("empty: %d to %d, %s", from, to, tb.Position())
	}
}
