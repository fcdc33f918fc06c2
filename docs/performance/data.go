package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// data is the same records in the files of all programs.
type data struct {
	dir, program    string
	records, visits int
	taskEnv         []string
	sample          map[string]any // a visit to be entered once more
}

func (d *data) file(name string) string { return filepath.Join(d.dir, name) }

// record is a line of taizhang's export.
type record struct {
	ID     string         `json:"id"`
	Values map[string]any `json:"values"`
}

// prepare makes the sample community and from its export the others' files.
// SQLite has every register as a table; recutils and Taskwarrior, which read
// their whole file each time, have only the visits.
func prepare(dir, program string, n int) (*data, error) {
	d := &data{dir: dir, program: program, taskEnv: []string{"TASKRC=" + filepath.Join(dir, "taskrc"), "TASKDATA=" + filepath.Join(dir, "task")}}
	if err := os.MkdirAll(d.file("task"), 0o700); err != nil {
		return nil, err
	}
	if err := d.sh(program, "demo", "--scale", fmt.Sprint(n), "--no-ui", "--ledger", d.file("ledger.db")); err != nil {
		return nil, err
	}
	out, err := exec.Command(program, "fields", "--lang", "en", "--ledger", d.file("ledger.db")).Output()
	if err != nil {
		return nil, err
	}
	var load strings.Builder
	load.WriteString("pragma journal_mode=off; pragma synchronous=off; begin;\n")
	for line := range strings.Lines(string(out)) {
		reg := strings.Fields(line)[0]
		if reg == "key" {
			continue
		}
		b, err := exec.Command(program, "list", reg, "--format", "json", "--ledger", d.file("ledger.db")).Output()
		if err != nil {
			return nil, err
		}
		var records []record
		if err := json.Unmarshal(b, &records); err != nil {
			return nil, err
		}
		d.records += len(records)
		table(&load, reg, records)
		if reg == "visit" {
			d.visits, d.sample = len(records), records[len(records)/2].Values
			if n > mostForAll {
				continue
			}
			if err := d.recutils(records); err != nil {
				return nil, err
			}
			if err := d.taskwarrior(records); err != nil {
				return nil, err
			}
		}
	}
	load.WriteString("commit; analyze;\n")
	for _, mode := range []string{"delete", "wal"} {
		cmd := exec.Command("sqlite3", d.file(mode+".db"))
		cmd.Stdin = strings.NewReader(load.String() + "pragma journal_mode=" + mode + ";\n")
		if out, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("sqlite3: %w: %.500s", err, out)
		}
	}
	return d, nil
}

func (d *data) sh(args ...string) error {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), d.taskEnv...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %.500s", args[0], err, out)
	}
	return nil
}

func keysOf(records []record) []string {
	seen := map[string]bool{}
	var keys []string
	for _, r := range records {
		for k := range r.Values {
			if !seen[k] {
				seen[k] = true
				keys = append(keys, k)
			}
		}
	}
	slices.Sort(keys)
	return keys
}

// text is a value in one cell: several joined as people write them, rows as JSON.
func text(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case []any:
		if len(x) > 0 {
			if _, ok := x[0].(string); ok {
				parts := make([]string, len(x))
				for i, e := range x {
					parts[i] = e.(string)
				}
				return strings.Join(parts, "、")
			}
		}
	}
	b, _ := json.Marshal(v)
	return string(b)
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// table writes a register as a table: money as numbers, an index on the date.
func table(w *strings.Builder, reg string, records []record) {
	keys := keysOf(records)
	fmt.Fprintf(w, "create table %q (id text primary key", reg)
	for _, k := range keys {
		kind := "text"
		if k == "amount" {
			kind = "numeric"
		}
		fmt.Fprintf(w, ", %q %s", k, kind)
	}
	w.WriteString(") without rowid;\n")
	for _, r := range records {
		fmt.Fprintf(w, "insert into %q values (%s", reg, quote(r.ID))
		for _, k := range keys {
			if v := r.Values[k]; v == nil {
				w.WriteString(",null")
			} else {
				w.WriteString("," + quote(text(v)))
			}
		}
		w.WriteString(");\n")
	}
	if slices.Contains(keys, "date") {
		fmt.Fprintf(w, "create index %q on %q (date);\n", reg+"_date", reg)
	}
}

// recutils writes the visits; categories as repeated fields, the month for
// grouping, dates also as numbers, which recsel can compare.
func (d *data) recutils(records []record) error {
	f, err := os.Create(d.file("visits.rec"))
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	w.WriteString("%rec: Visit\n%type: Day int\n%type: amount real\n\n")
	for _, r := range records {
		date := text(r.Values["date"])
		fmt.Fprintf(w, "Id: %s\nDay: %s\nMonth: %.7s\n", r.ID, strings.ReplaceAll(date, "-", ""), date)
		for _, k := range keysOf([]record{r}) {
			if list, ok := r.Values[k].([]any); ok && k == "cats_then" {
				for _, e := range list {
					fmt.Fprintf(w, "cat: %s\n", e)
				}
				continue
			}
			fmt.Fprintf(w, "%s: %s\n", k, strings.ReplaceAll(text(r.Values[k]), "\n", "\n+ "))
		}
		w.WriteString("\n")
	}
	return w.Flush()
}

// taskwarrior imports the visits as tasks: categories as tags, the text as
// description, the date as entry and due.
func (d *data) taskwarrior(records []record) error {
	rc := `data.location=` + d.file("task") + `
confirmation=off
verbose=nothing
hooks=off
json.array=on
uda.amount.type=numeric
uda.amount.label=amount
uda.visit.type=string
uda.visit.label=visit
report.newest20.columns=visit,due,description,amount
report.newest20.sort=due-
report.newest20.filter=status:pending
`
	if err := os.WriteFile(d.file("taskrc"), []byte(rc), 0o600); err != nil {
		return err
	}
	var lines strings.Builder // an array of thousands makes its reader crash
	enc := json.NewEncoder(&lines)
	enc.SetEscapeHTML(false)
	for _, r := range records {
		day, err := time.Parse("2006-01-02", text(r.Values["date"]))
		if err != nil {
			return err
		}
		t := map[string]any{"visit": r.ID, "status": "pending", "entry": day.Format("20060102") + "T000000Z", "due": day.Format("20060102") + "T120000Z",
			"description": strings.TrimSpace(strings.Join([]string{text(r.Values["occasion"]), text(r.Values["person"]), text(r.Values["goods"]), text(r.Values["note"])}, " "))}
		if tags, ok := r.Values["cats_then"].([]any); ok {
			t["tags"] = tags
		}
		if a := text(r.Values["amount"]); a != "" {
			t["amount"] = a
		}
		if err := enc.Encode(t); err != nil {
			return err
		}
	}
	if err := os.WriteFile(d.file("tasks.json"), []byte(lines.String()), 0o600); err != nil {
		return err
	}
	return d.sh("task", "import", d.file("tasks.json"))
}

// rowsOfCSV counts the lines of a table under its head.
func rowsOfCSV(out string) int {
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		return -2
	}
	return max(len(rows)-1, 0)
}

func rowsOfRec(out string) int   { return strings.Count("\n"+out, "\nId: ") }
func rowsOfTasks(out string) int { return strings.Count(out, `"uuid":`) }
