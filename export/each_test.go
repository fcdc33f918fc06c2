package export

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/model"
)

// A choice of records goes into a file in the order chosen, whatever the format,
// with the names of what it refers to; drafts and void ones stay out.
func TestKeysInTheirOrder(t *testing.T) {
	ctx := context.Background()
	com := openCommunity(t)
	reg := com.l.Schema().Register("visit")
	keys, err := com.l.Keys(ctx, db.Query{Register: "visit"}, nil)
	if err != nil || len(keys) < 5 {
		t.Fatal(len(keys), err)
	}
	chosen := []db.Key{keys[3], keys[0], keys[4], keys[1]}
	void := chosen[2].ID(reg)
	if _, err := com.l.Write(ctx, com.actor, db.RequestID{}, db.Op{Kind: db.Void, ID: void, Reason: "重复登记"}); err != nil {
		t.Fatal(err)
	}
	for _, format := range []Format{CSV, Markdown, JSON} {
		src, err := FromLedger(ctx, com.l, com.actor)
		if err != nil {
			t.Fatal(err)
		}
		src.Query, src.Keys = db.Query{Register: "visit"}, chosen
		var b bytes.Buffer
		res, err := Register(&b, src, Job{Register: reg, Format: format, Audience: model.Inside, Ordered: true})
		if err != nil || res.Rows != 3 {
			t.Fatalf("%s: %+v, %v", format, res, err)
		}
		text, last := b.String(), -1
		for _, k := range []db.Key{chosen[0], chosen[1], chosen[3]} {
			at := strings.Index(text, k.ID(reg))
			if at <= last {
				t.Errorf("%s: %s at %d after %d", format, k.ID(reg), at, last)
			}
			last = at
		}
		if strings.Contains(text, void) {
			t.Errorf("%s: a void record in the file", format)
		}
	}
	src, _ := FromLedger(ctx, com.l, com.actor)
	person := reg.Field("person")
	var names []string
	err = src.Each("visit", chosen, []string{person.Key}, func(_ db.Key, r *model.Record) error {
		names = append(names, src.Context().Text(person, r.Get(person.Key), model.ZH))
		return nil
	})
	if err != nil || len(names) != 4 || slices.ContainsFunc(names, func(s string) bool { return s == "" || strings.HasPrefix(s, "P-") }) {
		t.Errorf("names %v, %v", names, err)
	}
}
