package db_test

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
	"taizhang/model"
)

// The privacy check of a step on the way to the public, which knows everybody on
// file: 5,000 people in 2,500 households beside 100,000 activities. The text names
// a child, so that every try is a whole check and is refused; without is the same
// transaction refused before the check, by a version that was not read.
func BenchmarkPrivacyCheck(b *testing.B) {
	l := bigLedger(b)
	a := dbtest.Actor(b, l)
	must := func(ops ...db.Op) []db.Saved {
		b.Helper()
		res, err := l.Write(ctx, a, db.RequestID{}, ops...)
		if err != nil {
			b.Fatal(err)
		}
		return res.Records
	}
	const people = 5000
	if n, err := l.Count(ctx, "person", nil); err != nil {
		b.Fatal(err)
	} else if n < people {
		compound := must(db.Op{Kind: db.Add, Register: "compound", Values: model.Values{"name": "和平小区"}})[0].ID
		given := []rune("桂英秀兰建国玉梅志强淑珍海涛晓燕")
		for i := 0; i < people; i += 500 {
			var homes, persons []db.Op
			for j := i; j < i+500; j += 2 {
				homes = append(homes, db.Op{Kind: db.Add, Register: "household", Values: model.Values{"head": model.Ref{Text: fmt.Sprint("户主", j)}, "compound": model.Ref{ID: compound}, "building": fmt.Sprint(1 + j/100), "unit": fmt.Sprint(1 + j%3), "room": fmt.Sprint(101 + j%100)}})
			}
			ids := must(homes...)
			for j := i; j < i+500; j++ {
				name := string([]rune("王李张刘陈杨赵黄周吴")[j%10]) + string(given[j/10%16]) + string(given[j/160%16]) + string(given[j/2560%16])
				persons = append(persons, db.Op{Kind: db.Add, Register: "person", Values: model.Values{"name": name, "birth": model.NewDate(1940+j%80, 1+j%12, 1+j%28), "no_id_reason": "未带证件",
					"phone": fmt.Sprintf("138%08d", j), "household": model.Ref{ID: ids[(j-i)/2].ID}}})
			}
			must(persons...)
		}
		must(db.Op{Kind: db.Add, Register: "person", Values: model.Values{"name": "刘小宝", "birth": model.NewDate(2020, 5, 1), "no_id_reason": "未带证件"}})
	}
	item := must(db.Op{Kind: db.Add, Register: "catalogue", Values: model.Values{"no": int64(b.N%900 + 3), "class": "居务", "topic1": "协商成果", "body_org": model.Ref{Text: "居委会"}, "cadence": "季",
		"drafter": model.Ref{ID: a.Staff}, "reviewer": model.Ref{ID: a.Staff}, "approver": model.Ref{ID: a.Staff}}})[0].ID
	id := must(db.Op{Kind: db.Add, Register: "issue", Values: model.Values{"item": model.Ref{ID: item}, "period": model.PeriodKey("2029-Q2"), "body": "慰问困难家庭儿童刘小宝。"}})[0].ID
	for name, base := range map[string]int{"whole": 1, "without": 2} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if _, err := l.Write(ctx, a, db.RequestID{}, db.Op{Kind: db.Step, ID: id, Base: base, Step: "submit"}); err == nil {
					b.Fatal("not refused")
				} else if whole := strings.Contains(model.Say(err, model.ZH), "未成年人"); whole != (name == "whole") {
					b.Fatal(err)
				}
			}
		})
	}
}
