// Command performance measures taizhang beside what people would use in its
// place, on the same records in one run, and prints the tables of
// docs/performance.md:
//
//	go run ./docs/performance -sizes 10000,100000
//
// It needs sqlite3, recutils, taskwarrior and dd, and makes its files in a
// folder of its own under -dir, removed afterwards.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	sizes  = flag.String("sizes", "10000,100000", "numbers of records, apart by commas")
	reps   = flag.Int("reps", 21, "measurements of each; slow ones get fewer")
	parent = flag.String("dir", "", "where the files are made; empty: the user's cache")
	giveUp = flag.Duration("give-up", 60*time.Second, "a task that takes longer is given up")
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "performance:", err)
		os.Exit(1)
	}
}

func run() error {
	base := *parent
	if base == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return err
		}
		base = cache
	}
	dir, err := os.MkdirTemp(base, "taizhang-performance-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "taizhang")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	for _, s := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(s)
		if err != nil {
			return err
		}
		if err := measure(filepath.Join(dir, s), program, n); err != nil {
			return err
		}
	}
	return addsInside(filepath.Join(dir, "inside"))
}

// mostForAll is the size above which recutils and Taskwarrior are left out: they
// read their whole file each time.
const mostForAll = 300_000

const (
	recutils    = "recutils"
	taskwarrior = "Taskwarrior"
)

// way is how one program does one task.
type way struct {
	program string
	args    []string
	shell   bool // args[0] is a line for sh: a pipe
	env     []string
	rows    func(out string) int // counts the answer; nil: not compared
}

// cost is what one run took: by the clock, which other work on the machine
// lengthens, and of the processor, which it hardly does.
type cost struct{ wall, cpu time.Duration }

// task is done by several programs. The answers of those that count them must
// agree, or nothing is measured.
type task struct {
	name string
	ways []way
}

func (w way) run(out *strings.Builder) (took cost, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), *giveUp)
	defer cancel()
	args := w.args
	if w.shell {
		args = []string{"sh", "-c", w.args[0]}
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), w.env...)
	var errs strings.Builder
	cmd.Stderr = &errs
	if out != nil {
		cmd.Stdout = out
	} // else the null device
	start := time.Now()
	err = cmd.Run()
	took.wall = time.Since(start)
	if cmd.ProcessState != nil {
		took.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	if ctx.Err() != nil {
		return took, context.DeadlineExceeded
	}
	if err != nil {
		err = fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, errs.String())
	}
	return took, err
}

// do measures a task: one round in which the answers are compared, then rounds
// in which every program has its turn, so that whatever else the machine does
// hits all alike.
func (t task) do() ([]string, error) {
	times := make([][]cost, len(t.ways))
	late := make([]bool, len(t.ways))
	least, rows := make([]int, len(t.ways)), -1
	for i, w := range t.ways {
		var out strings.Builder
		took, err := w.run(&out)
		if errors.Is(err, context.DeadlineExceeded) {
			late[i] = true
			continue
		}
		if err != nil {
			return nil, err
		}
		least[i] = *reps
		switch {
		case took.wall > 10*time.Second:
			least[i], times[i] = 0, append(times[i], took)
		case took.wall > time.Second:
			least[i] = min(3, *reps)
		}
		if w.rows != nil {
			n := w.rows(out.String())
			if rows >= 0 && n != rows {
				return nil, fmt.Errorf("%s: %s finds %d, others %d", t.name, w.program, n, rows)
			}
			rows = n
		}
	}
	for round := range *reps {
		for i, w := range t.ways {
			if late[i] || round >= least[i] {
				continue
			}
			took, err := w.run(nil)
			if err != nil {
				return nil, err
			}
			times[i] = append(times[i], took)
		}
	}
	if rows >= 0 {
		t.name += fmt.Sprintf(" (%d)", rows)
	}
	line := []string{t.name}
	for i := range t.ways {
		switch {
		case late[i]:
			line = append(line, "over "+giveUp.String())
		case i == 0:
			m := median(times[0])
			line = append(line, millis(m.wall)+" / "+millis(m.cpu))
		default:
			m, ours := median(times[i]), median(times[0])
			line = append(line, fmt.Sprintf("%s / %s (%.2f / %.2f)", millis(m.wall), millis(m.cpu),
				float64(m.wall)/float64(ours.wall), float64(m.cpu)/float64(ours.cpu)))
		}
	}
	return line, nil
}

func median(of []cost) cost {
	var walls, cpus []time.Duration
	for _, c := range of {
		walls, cpus = append(walls, c.wall), append(cpus, c.cpu)
	}
	slices.Sort(walls)
	slices.Sort(cpus)
	return cost{walls[len(walls)/2], cpus[len(cpus)/2]}
}

func millis(d time.Duration) string {
	ms := float64(d.Microseconds()) / 1000
	if ms >= 100 {
		return fmt.Sprintf("%.0f", ms)
	}
	return fmt.Sprintf("%.1f", ms)
}

func load() string {
	b, _ := os.ReadFile("/proc/loadavg")
	return strings.Join(strings.Fields(string(b))[:1], " ")
}

// measure prints the table of one size.
func measure(dir, program string, n int) error {
	d, err := prepare(dir, program, n)
	if err != nil {
		return err
	}
	fmt.Printf("\n%d records, %d of them visits; milliseconds by the clock / of the processor, in brackets times taizhang's; load %s at the start", d.records, d.visits, load())
	heads, last := []string{}, ""
	for _, t := range d.tasks() {
		if n > mostForAll {
			t.ways = slices.DeleteFunc(t.ways, func(w way) bool { return w.program == recutils || w.program == taskwarrior })
		}
		line, err := t.do()
		if err != nil {
			return err
		}
		heads = heads[:0]
		for _, w := range t.ways {
			heads = append(heads, w.program)
		}
		if h := strings.Join(heads, " | "); h != last {
			fmt.Printf("\n\n| | %s |\n|---|%s\n", h, strings.Repeat("--:|", len(heads)))
			last = h
		}
		fmt.Printf("| %s |\n", strings.Join(line, " | "))
	}
	fmt.Printf("\nload %s at the end\n", load())
	return nil
}
