package db_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/db"
	"taizhang/model"
)

func (o *office) delete(id string) {
	o.t.Helper()
	o.must(db.Op{Kind: db.Delete, ID: id})
}

// clerk enters another member of staff and returns her as an actor.
func (o *office) clerk(name, login string, roles ...string) model.Actor {
	o.t.Helper()
	if roles == nil {
		roles = []string{"录入"}
	}
	id := o.must(db.Op{Kind: db.Add, Register: "staff", Reason: "新到岗", Values: model.Values{"name": name, "login": login, "roles": roles}}).Records[0].ID
	return model.Actor{Staff: id, Login: login}
}

func (o *office) person(name string) string {
	o.t.Helper()
	return o.add("person", model.Values{"name": name, "birth": model.NewDate(1950, 3, 8)})
}

func (o *office) bin(q db.BinQuery) []db.Binned {
	o.t.Helper()
	list, err := o.Bin(ctx, o.actor, q)
	if err != nil {
		o.t.Fatal(err)
	}
	return list
}

func (o *office) refused(what, says string, ops ...db.Op) {
	o.t.Helper()
	_, err := o.write(ops...)
	if err == nil || !strings.Contains(model.Say(err, model.ZH), says) {
		o.t.Errorf("%s: %v, want %q", what, err, says)
	}
}

// A deleted record is met by its id and nowhere else.
func TestDeletedIsFoundByIDAlone(t *testing.T) {
	o := newOffice(t)
	id := o.add("venue", venue("多功能厅"))
	kept := o.add("venue", venue("阅览室"))
	if n, _ := o.Count(ctx, "venue", nil); n != 2 {
		t.Fatal(n)
	}
	o.delete(id)
	r := o.get(id)
	if r.State != model.Deleted || r.Version != 2 || r.Values["name"] != "多功能厅" {
		t.Errorf("%+v", r)
	}
	h, err := o.History(ctx, id)
	if err != nil || len(h) != 2 || h[1].Entry.Action != "delete" || h[1].Entry.Fields != nil {
		t.Errorf("history %+v, %v", h, err)
	}
	if n, _ := o.Count(ctx, "venue", nil); n != 1 {
		t.Errorf("%d counted", n)
	}
	for name, q := range map[string]db.Query{
		"all": {}, "every state": {States: []model.State{model.Final, model.Draft, model.Void, model.Deleted}},
		"text": {Text: "多功能"}, "initials": {Text: "dgn"}, "id": {Text: id},
		"where": {Where: []db.Cond{{Field: "name", Values: []any{"多功能厅"}}}},
	} {
		q.Register = "venue"
		keys, err := o.Keys(ctx, q, nil)
		list, err2 := o.List(ctx, q)
		if err != nil || err2 != nil || slices.ContainsFunc(list, func(r *model.Record) bool { return r.ID == id }) || len(keys) != len(list) {
			t.Errorf("%s: %v %v %v", name, list, err, err2)
		}
	}
	if opts, _ := o.Options(ctx, "venue"); len(opts) != 1 || opts[0].ID != kept {
		t.Errorf("offered: %v", opts)
	}
	_ = o.View(ctx, func(s *db.Snapshot) error {
		if ids := s.Named("venue", "多功能厅"); ids != nil {
			t.Errorf("named: %v", ids)
		}
		return nil
	})
	if res := o.must(db.Op{Kind: db.Delete, ID: id}); res.Records[0].Changed {
		t.Error("deleted twice")
	}
	o.refused("edit", "已删除", db.Op{Kind: db.Edit, ID: id, Values: venue("再")})
	o.refused("void", "已删除", db.Op{Kind: db.Void, ID: id, Reason: "错"})
	if rep := o.verify(); rep.Records != 3 {
		t.Errorf("%+v", rep)
	}
}

// Registers without a name of their own are picked from their records.
func TestDeletedIsNotOfferedByTitle(t *testing.T) {
	o := newOffice(t)
	p := o.person("张小明")
	v := o.add("visit", model.Values{"person": model.Ref{ID: p}, "household": model.Ref{Text: "3号楼"}})
	if opts, _ := o.Options(ctx, "visit"); len(opts) != 1 {
		t.Fatal(opts)
	}
	o.delete(v)
	if opts, _ := o.Options(ctx, "visit"); len(opts) != 0 {
		t.Error(opts)
	}
	_ = o.View(ctx, func(s *db.Snapshot) error {
		if ids := s.Referring("visit", p); ids != nil {
			t.Errorf("a deleted visit is still one of the person's: %v", ids)
		}
		return nil
	})
	list := o.bin(db.BinQuery{})
	if len(list) != 1 || !strings.HasPrefix(list[0].Title, "张小明") {
		t.Errorf("%+v", list)
	}
	viewer := o.clerk("吴", "wu", "查看")
	if seen, err := o.Bin(ctx, viewer, db.BinQuery{}); err != nil || strings.Contains(seen[0].Title, "小") {
		t.Errorf("a viewer reads %+v, %v", seen, err)
	}
}

func TestUndelete(t *testing.T) {
	o := newOffice(t)
	id := o.add("venue", venue("厅"))
	for _, state := range []model.State{model.Final, model.Void} {
		if state == model.Void {
			o.must(db.Op{Kind: db.Void, ID: id, Reason: "错"})
		}
		o.refused("not deleted", "没有删除", db.Op{Kind: db.Undelete, ID: id})
		version := o.get(id).Version
		if _, err := o.write(db.Op{Kind: db.Delete, ID: id, Base: version + 1}); db.ExitCode(err) != db.ExitConflict {
			t.Errorf("deleted a version not seen: %v", err)
		}
		o.must(db.Op{Kind: db.Delete, ID: id, Base: version})
		if _, err := o.write(db.Op{Kind: db.Undelete, ID: id, Base: version}); db.ExitCode(err) != db.ExitConflict {
			t.Errorf("restored a version not seen: %v", err)
		}
		o.must(db.Op{Kind: db.Undelete, ID: id, Base: version + 1})
		if r := o.get(id); r.State != state || r.Values["name"] != "厅" {
			t.Errorf("came back as %+v", r)
		}
		if len(o.bin(db.BinQuery{})) != 0 {
			t.Error("still in the bin")
		}
		o.verify()
	}
}

func TestNinetyDays(t *testing.T) {
	o := newOffice(t)
	ids := []string{o.add("venue", venue("甲")), o.add("venue", venue("乙")), o.add("person", model.Values{"name": "丙", "birth": model.NewDate(1950, 1, 1)})}
	start := o.clock.Now()
	for i, id := range ids {
		o.clock.Set(start.AddDate(0, 0, i))
		o.delete(id)
	}
	day := 24 * time.Hour
	for _, c := range []struct {
		after time.Duration
		left  []int // of all, last deleted first
	}{
		{2 * day, []int{90, 89, 88}},
		{2*day + time.Minute, []int{90, 89, 88}},
		{90 * day, []int{2, 1, 1}},
		{90*day + time.Millisecond, []int{2, 1, 0}},
		{92 * day, []int{1, 0, 0}},
		{200 * day, []int{0, 0, 0}},
		{-day, []int{90, 90, 90}}, // the clock was set back
	} {
		o.clock.Set(start.Add(c.after))
		var all, live []int
		for _, b := range o.bin(db.BinQuery{Past: true}) {
			all = append(all, b.Left)
		}
		for _, b := range o.bin(db.BinQuery{}) {
			live = append(live, b.Left)
		}
		want := slices.DeleteFunc(slices.Clone(c.left), func(n int) bool { return n == 0 })
		if !slices.Equal(all, c.left) || !slices.Equal(live, want) {
			t.Errorf("after %v: %v and %v, want %v", c.after, all, live, c.left)
		}
	}
	o.clock.Set(start.Add(90 * day))
	o.must(db.Op{Kind: db.Undelete, ID: ids[0]})
	o.clock.Set(start.Add(91*day + time.Millisecond))
	o.refused("too late", "超过90天", db.Op{Kind: db.Undelete, ID: ids[1]})
	if r := o.get(ids[1]); r.Values["name"] != "乙" {
		t.Errorf("the data is gone: %+v", r)
	}
	list := o.bin(db.BinQuery{Past: true, Limit: 1, Offset: 1})
	if len(list) != 1 || list[0].ID != ids[1] || list[0].Register != "venue" || list[0].By != o.actor.Staff || list[0].Version != 2 || !list[0].At.Equal(start.Add(day)) {
		t.Errorf("%+v", list)
	}
	o.verify()
}

func TestNotErasable(t *testing.T) {
	o := newOffice(t)
	p := o.person("张小明")
	v := o.add("visit", model.Values{"person": model.Ref{ID: p}, "household": model.Ref{Text: "3号楼"}, "amount": model.Money(50000), "fund": "党组织服务群众专项"})
	o.refused("money given", "款物", db.Op{Kind: db.Delete, ID: v})
	o.must(db.Op{Kind: db.Edit, ID: v, Values: model.Values{"amount": nil, "fund": nil, "receipt": nil}})
	o.refused("money once given", "款物", db.Op{Kind: db.Delete, ID: v})
	o.must(db.Op{Kind: db.Void, ID: v, Reason: "重复"})
	o.refused("void", "款物", db.Op{Kind: db.Delete, ID: v})

	li := o.clerk("李", "li")
	o.clerk("王", "wang")
	if _, err := o.Write(ctx, li, db.RequestID{}, addVenue("厅")); err != nil {
		t.Fatal(err)
	}
	o.refused("staff who worked", "停用", db.Op{Kind: db.Delete, ID: li.Staff})
	o.delete("S-2026-0003")
	// Her login is free again; she cannot come back with it while another has it.
	o.clerk("汪", "wang")
	o.refused("login taken", "登录名", db.Op{Kind: db.Undelete, ID: "S-2026-0003"})
	o.verify()
}

func TestReferredToStays(t *testing.T) {
	o := newOffice(t)
	p := o.person("张小明")
	var visits []string
	for i := range 7 {
		visits = append(visits, o.add("visit", model.Values{"person": model.Ref{ID: p}, "household": model.Ref{Text: fmt.Sprint(i, "号楼")}}))
	}
	o.refused("named by seven", strings.Join(visits[:5], "、")+" 等", db.Op{Kind: db.Delete, ID: p})
	for _, v := range visits[2:] {
		o.delete(v)
	}
	o.must(db.Op{Kind: db.Void, ID: visits[1], Reason: "重复"})
	o.refused("named by one", "有："+visits[0], db.Op{Kind: db.Delete, ID: p})
	o.delete(visits[0])
	o.delete(p)

	// What named it still does, nothing new may.
	_ = o.View(ctx, func(s *db.Snapshot) error {
		c := &model.Context{Schema: o.Schema(), Book: s}
		if name := c.NameOf(model.VisitPerson.Of(s.Record(visits[1]))); name != "张小明" {
			t.Errorf("a void visit names %q", name)
		}
		return nil
	})
	_, err := o.write(db.Op{Kind: db.Add, Register: "visit", Values: model.Values{"person": model.Ref{ID: p}, "household": model.Ref{Text: "x"}}})
	if errs, ok := err.(model.Errors); !ok || errs[0].Field.Key != "person" {
		t.Errorf("new reference: %v", err)
	}
	q := o.person("李大明")
	v := o.add("visit", model.Values{"person": model.Ref{ID: q}, "household": model.Ref{Text: "x"}})
	o.refused("changed to it", "不能再引用", db.Op{Kind: db.Edit, ID: v, Values: model.Values{"person": model.Ref{ID: p}}})
	o.refused("restored with it", "先恢复："+p, db.Op{Kind: db.Undelete, ID: visits[0]})
	o.must(db.Op{Kind: db.Undelete, ID: p})
	o.must(db.Op{Kind: db.Undelete, ID: visits[0]})
	o.verify()
}

func TestLastAdministrator(t *testing.T) {
	o := newOffice(t)
	me := o.actor.Staff
	edit := func(v model.Values) db.Op { return db.Op{Kind: db.Edit, ID: me, Values: v} }
	deny := func(what, field string, ops ...db.Op) {
		t.Helper()
		_, err := o.write(ops...)
		if at, ok := err.(*db.OpError); ok {
			err = at.Err
		}
		errs, _ := err.(model.Errors)
		if _, ok := errs.Of(field); !ok {
			t.Errorf("%s: %v", what, err)
		}
	}
	void := db.Op{Kind: db.Void, ID: me, Reason: "错"}
	deny("disabled", "disabled", edit(model.Values{"disabled": true}))
	deny("lost the role", "roles", edit(model.Values{"roles": []string{"录入"}}))
	deny("lost the login", "login", edit(model.Values{"login": nil}))
	deny("void", "roles", void)
	o.refused("deleted", "停用", db.Op{Kind: db.Delete, ID: me})
	li := o.clerk("李", "li", "管理")
	deny("both in one write", "disabled", edit(model.Values{"disabled": true}), db.Op{Kind: db.Edit, ID: li.Staff, Values: model.Values{"disabled": true}})
	o.must(edit(model.Values{"roles": []string{"管理"}, "disabled": true}))
	o.actor = li
	o.must(edit(model.Values{"disabled": nil}))
	o.must(db.Op{Kind: db.Edit, ID: li.Staff, Values: model.Values{"disabled": true}})
	o.verify()
}

// A ledger of the time before the bin gets one with its first deletion.
func TestLedgerWithoutBin(t *testing.T) {
	o := newOffice(t)
	id := o.add("venue", venue("厅"))
	db.DropBin(t, o.Ledger)
	if list := o.bin(db.BinQuery{Past: true}); list != nil {
		t.Error(list)
	}
	o.verify()
	o.delete(id)
	if list := o.bin(db.BinQuery{}); len(list) != 1 || list[0].Title != "厅" {
		t.Error(list)
	}
	o.verify()
}
