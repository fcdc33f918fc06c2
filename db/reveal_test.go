package db_test

import (
	"slices"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// A value comes only with its journal entry, which names the fields and the
// reason and never the value.
func TestReveal(t *testing.T) {
	o := newOffice(t)
	p := o.add("person", model.Values{"name": "王秀兰", "id_no": "11010519491231002X", "phone": "13800000001", "bank": "6222021234567890123"})
	bare := o.person("无号")
	hall := o.add("venue", venue("广场"))
	clerk, cash, viewer := o.clerk("李", "li"), o.clerk("钱", "qian", "财务"), o.clerk("看", "kan", "查看")
	for _, c := range []struct {
		what   string
		who    model.Actor
		id     string
		reason string
		keys   []string
		code   int
		got    []string
	}{
		{"a clerk", clerk, p, "核对低保", nil, 0, []string{"id_no", "phone"}},
		{"one field", clerk, p, "打电话", []string{"phone"}, 0, []string{"phone"}},
		{"finance", cash, p, "发放", nil, 0, []string{"bank", "id_no", "phone"}},
		{"a card for a clerk", clerk, p, "看看", []string{"bank"}, db.ExitDenied, nil},
		{"what is not masked", clerk, p, "看看", []string{"name"}, db.ExitDenied, nil},
		{"no such field", clerk, p, "看看", []string{"nonsense"}, db.ExitDenied, nil},
		{"no reason", clerk, p, " ", nil, db.ExitFailed, nil},
		{"a viewer", viewer, p, "看看", nil, db.ExitDenied, nil},
		{"nothing masked", clerk, bare, "看看", nil, db.ExitDenied, nil},
		{"a venue", clerk, hall, "看看", nil, db.ExitDenied, nil},
		{"nobody", clerk, "P-2026-0999", "看看", nil, db.ExitFailed, nil},
	} {
		before, _, _ := o.Head(ctx)
		values, err := o.Reveal(ctx, c.who, c.id, c.reason, c.keys...)
		var got []string
		for key, v := range values {
			if got = append(got, key); !model.Equal(v, o.get(c.id).Get(key)) {
				t.Errorf("%s: %s is %v", c.what, key, v)
			}
		}
		slices.Sort(got)
		if db.ExitCode(err) != c.code || !slices.Equal(got, c.got) {
			t.Errorf("%s: %v, %v", c.what, got, err)
		}
		after, _, _ := o.Head(ctx)
		if c.code != 0 {
			if after != before {
				t.Errorf("%s: an entry without a look", c.what)
			}
			continue
		}
		list, err := o.EntriesSince(ctx, before, 10)
		if err != nil || len(list) != 1 {
			t.Fatalf("%s: %v %v", c.what, list, err)
		}
		e := list[0]
		slices.Sort(e.Fields)
		if e.Action != "reveal" || e.By != c.who.Staff || e.ID != c.id || e.Reason != c.reason || e.Version != 0 || !slices.Equal(e.Fields, got) {
			t.Errorf("%s: %+v", c.what, e)
		}
	}
	o.verify()
}
