//go:build ignore

// Generate made ledger and records.json beside it, with the program as it
// was at commit 56172a1, the last one that wrote format 1:
//
//	git worktree add ../format1 56172a1
//	cp -r db/testdata/format1 ../format1/db/testdata/
//	cd ../format1 && go run ./db/testdata/format1/generate.go
//
// It cannot be run with a later program, which writes a later format. The
// files are what such a program must still read.
package main

import (
	"context"
	"encoding/json"
	"log"
	"math/rand"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"

	"taizhang/db"
	"taizhang/model"
)

const folder = "db/testdata/format1/"

func main() {
	now := time.Date(2026, 3, 8, 1, 30, 0, 0, time.UTC)
	clock := func() time.Time { now = now.Add(7 * time.Minute); return now }
	random := rand.New(rand.NewSource(1))
	path := os.TempDir() + "/format1-" + time.Now().Format("150405") + ".db"
	defer os.Remove(path)
	check(db.Init(path, db.InitOptions{Name: "示例社区", Login: "zhangm", FullName: "张敏", Clock: clock, Rand: random}))
	l, err := db.Open(path, db.Options{Clock: clock, Rand: random, User: func() (string, error) { return "zhangm", nil }})
	check(err)
	ctx := context.Background()
	actor, err := l.Actor(ctx)
	check(err)
	write := func(op db.Op) string {
		req, err := l.NewRequest()
		check(err)
		res, err := l.Write(ctx, actor, req, op)
		if err != nil {
			log.Fatal(op.Register, op.ID, " ", err)
		}
		return res.Records[0].ID
	}
	add := func(register string, v model.Values) string {
		return write(db.Op{Kind: db.Add, Register: register, Values: v})
	}
	day := func(m, d int) model.Date { return model.NewDate(2026, m, d) }

	hall := add("venue", model.Values{"name": "二楼多功能厅", "category": "室内"})
	compound := add("compound", model.Values{"name": "和平小区"})
	person := add("person", model.Values{"name": "李秀英", "birth": model.NewDate(1941, 5, 2), "phone": "13800005678",
		"cats": []model.Row{{"cat": "独居", "from": day(1, 1)}}})
	house := add("household", model.Values{"head": model.Ref{ID: person}, "compound": model.Ref{ID: compound}, "building": "3", "room": "501"})
	write(db.Op{Kind: db.Edit, ID: person, Values: model.Values{"household": model.Ref{ID: house}, "phone": "13800009999"}})
	write(db.Op{Kind: db.Edit, ID: person, Values: model.Values{"name": "李秀瑛"}, Reason: "身份证上是这个字"})
	visit := add("visit", model.Values{"date": day(2, 10), "person": model.Ref{ID: person}, "amount": model.Money(50000),
		"goods": []model.Row{{"item": "米", "qty": model.Dec(1000), "unit": "袋"}}, "fund": "社区经费", "way": "入户",
		"visitors": []model.Ref{{ID: actor.Staff}}, "consent_pub": []model.Row{{"consent": "无"}}, "need_text": "想装一个扶手"})
	activity := add("activity", model.Values{"date": day(3, 5), "title": "学雷锋志愿服务集市", "lines": []string{"志愿服务"}, "role": "主办",
		"venue": model.Ref{ID: hall}, "attend_total": int64(260), "held": "已举办", "x_own": "本社区自加的一栏"})
	wrong := add("activity", model.Values{"date": day(3, 8), "title": "三八手工活动", "lines": []string{"妇女儿童"}, "role": "主办",
		"venue": model.Ref{Text: "小广场"}, "attend_total": int64(40), "held": "已举办"})
	write(db.Op{Kind: db.Void, ID: wrong, Reason: "重复登记"})
	write(db.Op{Kind: db.Edit, ID: activity, Values: model.Values{"attend_total": int64(262)}, Reason: "点名册核对"})
	check(l.SaveDraft(ctx, actor, db.Draft{Key: "visit", Register: "visit", Texts: map[string]string{"date": "0308", "person": "lxy"}, Cursor: "person"}))
	_, err = l.Note(ctx, actor, db.Event{Action: "export", Register: "visit", Reason: "上报"})
	check(err)

	dump := map[string]any{}
	for _, id := range []string{"S-2026-0001", hall, compound, person, house, visit, activity, wrong} {
		history, err := l.History(ctx, id)
		check(err)
		var versions []any
		for _, v := range history {
			values := map[string]any{}
			for k, x := range v.Record.Values {
				values[k] = model.Plain(x)
			}
			versions = append(versions, map[string]any{"state": v.Record.State.String(), "seq": v.Entry.Seq, "hash": v.Entry.Hash.String(), "values": values})
		}
		dump[id] = versions
	}
	b, err := json.MarshalIndent(dump, "", " ")
	check(err)
	check(os.WriteFile(folder+"records.json", append(b, '\n'), 0o644))

	src, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	check(err)
	_ = os.Remove(folder + "ledger")
	dst, err := bolt.Open(folder+"ledger", 0o600, nil)
	check(err)
	check(bolt.Compact(dst, src, 0))
	check(dst.Close())
	check(src.Close())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
