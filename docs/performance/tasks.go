package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"taizhang/db"
	"taizhang/model"
)

// What is looked for in the visits of the sample community.
const (
	words    = "牛奶"
	category = "高龄"
)

// tasks says how each program does each task. taizhang comes first.
func (d *data) tasks() []task {
	led := func(args ...string) way {
		return way{program: "taizhang", args: append([]string{d.program}, append(args, "--ledger", d.file("ledger.db"))...)}
	}
	sql := func(mode, name, text string) way {
		return way{program: name, args: []string{"sqlite3", "-csv", "-header", d.file(mode + ".db"), text}}
	}
	rec := func(line string) way {
		return way{program: recutils, args: []string{strings.ReplaceAll(line, "FILE", d.file("visits.rec"))}, shell: true}
	}
	tw := func(args ...string) way {
		return way{program: taskwarrior, args: append([]string{"task"}, args...), env: d.taskEnv}
	}
	counted := func(w way, rows func(string) int) way {
		w.rows = rows
		return w
	}
	const names = "select v.*, p.name, c.name || h.building || h.unit || h.room from visit v left join person p on p.id = v.person left join household h on h.id = v.household left join compound c on c.id = h.compound "
	return []task{
		{"open, show the newest 20", []way{
			led("list", "visit", "--limit", "20"),
			sql("delete", "SQLite", names+"order by v.date desc, v.id desc limit 20"),
			rec("recsel -t Visit -S Day -p Id,date,person,occasion,amount FILE | tail -n 120"),
			tw("newest20", "limit:20"),
		}},
		{"three months and a category", []way{
			counted(led("list", "visit", "--from", "2026-01-01", "--to", "2026-03-31", "--where", "cats_then="+category, "--format", "csv"), rowsOfCSV),
			counted(sql("delete", "SQLite", names+"where v.date between '2026-01-01' and '2026-03-31' and v.cats_then like '%"+category+"%' order by v.date desc"), rowsOfCSV),
			counted(rec("recsel -t Visit -e \"Day >= 20260101 && Day <= 20260331 && cat = '"+category+"'\" FILE"), rowsOfRec),
			counted(tw("due.after:2025-12-31T23:00", "due.before:2026-04-01", "+"+category, "export"), rowsOfTasks),
		}},
		{"all visits with " + words, []way{
			counted(led("list", "visit", "--search", words, "--format", "csv"), rowsOfCSV),
			counted(sql("delete", "SQLite", names+"where v.goods like '%"+words+"%' order by v.date desc"), rowsOfCSV),
			counted(rec("recsel -t Visit -e \"goods ~ '"+words+"'\" FILE"), rowsOfRec),
			counted(tw("description.contains:"+words, "export"), rowsOfTasks),
		}},
		{"count and sum by month", []way{
			counted(led("list", "visit", "--by", "month", "--format", "csv"), rowsOfCSV),
			counted(sql("delete", "SQLite", "select substr(date, 1, 7), count(*), sum(amount) from visit group by 1 order by 1 desc"), rowsOfCSV),
			rec("recsel -t Visit -G Month -p 'Month,Count(Id),Sum(amount)' FILE"),
			tw("history.monthly"), // counts, no sums
		}},
		{"all visits to CSV", []way{
			counted(led("list", "visit", "--format", "csv"), rowsOfCSV),
			counted(sql("delete", "SQLite", names+"order by v.date desc, v.id desc"), rowsOfCSV),
			rec("rec2csv -t Visit FILE"),
			tw("export"), // JSON: it writes no CSV
		}},
		{"all visits to CSV, SQLite without names", []way{
			led("list", "visit", "--format", "csv"),
			sql("delete", "SQLite", "select * from visit order by date desc, id desc"),
		}},
		d.add(led, sql, rec, tw),
	}
}

// add enters one visit, and waits for the disk where the program can.
func (d *data) add(led func(...string) way, sql func(mode, name, text string) way, rec func(string) way, tw func(...string) way) task {
	person := text(d.sample["person"])
	const goods = "米 1 袋"
	insert := "pragma synchronous=full; begin immediate; insert into visit(id, date, occasion, person, household, way, visitors, goods, cats_then) select 'V-2026-' || (count(*) + 1000000), '2026-12-30', '2026日常走访', '" +
		person + "', '" + text(d.sample["household"]) + "', '入户', 'S-2019-0002', '" + goods + "', '" + category + "' from visit where date = '2026-12-30'; commit;"
	line := []byte(strings.Repeat("x", 400) + "\n")
	_ = os.WriteFile(d.file("line"), line, 0o600)
	_ = os.WriteFile(d.file("book"), line, 0o600)
	return task{"one durable add", []way{
		led("add", "visit", "date=2026-12-30", "person="+person, "way=入户", "visitors=S-2019-0002", "consent_pub=无"),
		{program: "append and sync (dd)", args: []string{"dd", "if=" + d.file("line"), "of=" + d.file("book"), "oflag=append", "conv=notrunc,fsync", "status=none"}},
		sql("wal", "SQLite, WAL", insert),
		sql("delete", "SQLite, rollback journal", insert),
		rec("recins -t Visit -f Id -v new -f Day -v 20261230 -f Month -v 2026-12 -f date -v 2026-12-30 -f person -v " + person + " -f goods -v '" + goods + "' FILE && sync FILE"),
		tw("add", "due:2026-12-30", "慰问 "+goods), // not synced: it cannot
	}}
}

// addsInside compares one add with an append and sync within one process, each
// opening its file anew.
func addsInside(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	ctx := context.Background()
	path := filepath.Join(dir, "ledger.db")
	user := func() (string, error) { return "zhangm", nil }
	if err := db.Init(path, db.InitOptions{Name: "示例社区", Login: "zhangm"}); err != nil {
		return err
	}
	l, a, err := db.OpenAs(ctx, path, db.Options{User: user})
	if err != nil {
		return err
	}
	one := func(i int) (time.Duration, error) {
		req, err := l.NewRequest()
		if err != nil {
			return 0, err
		}
		start := time.Now()
		_, err = l.Write(ctx, a, req, db.Op{Kind: db.Add, Register: "activity", Values: model.Values{
			"date": model.NewDate(2026, 1+i%12, 1+i%28), "title": fmt.Sprintf("庆三八手工活动第%d场", i), "lines": []string{"文体"}, "role": "主办",
			"venue": model.Ref{Text: "二楼多功能厅"}, "attend_total": int64(40), "held": "已举办",
		}})
		return time.Since(start), err
	}
	bare := func() (time.Duration, error) {
		start := time.Now()
		f, err := os.OpenFile(filepath.Join(dir, "book"), os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		if _, err := f.WriteString(strings.Repeat("x", 400) + "\n"); err != nil {
			return 0, err
		}
		err = f.Sync()
		return time.Since(start), err
	}
	var adds, bares []cost
	for i := range 500 {
		n, err := one(i)
		if err != nil {
			return err
		}
		m, err := bare()
		if err != nil {
			return err
		}
		adds, bares = append(adds, cost{wall: n}), append(bares, cost{wall: m})
	}
	fmt.Printf("\none durable add inside a running program, 500 times: %.2f ms; append and sync: %.2f ms; %.2f times; load %s\n",
		median(adds).wall.Seconds()*1000, median(bares).wall.Seconds()*1000, float64(median(adds).wall)/float64(median(bares).wall), load())
	return nil
}
