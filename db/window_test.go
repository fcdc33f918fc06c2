package db_test

import (
	"os"
	"strings"
	"testing"

	"taizhang/db"
	"taizhang/db/dbtest"
)

// A draft belongs to the window in which its form stands open until that is
// closed, or its process ends however it ends.
func TestDraftBelongsToItsWindow(t *testing.T) {
	o := newOffice(t)
	window := func() *db.Window {
		w, err := o.NewWindow()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(w.Close)
		return w
	}
	mine, other := window(), window()
	draft := db.Draft{Key: "venue/1", Register: "venue", Texts: map[string]string{"name": "厅"}, In: mine}
	if err := o.SaveDraft(ctx, o.actor, draft); err != nil {
		t.Fatal(err)
	}
	take := func(w *db.Window) (string, error) {
		d, found, err := o.TakeDraft(ctx, o.actor, "venue/1", w)
		if err == nil && !found {
			t.Error("the draft is not there")
		}
		return d.Texts["name"], err
	}
	for _, w := range []*db.Window{other, mine, nil} { // two forms of one window do not share it either
		before, _ := contents(t, o.Path())
		_, err := take(w)
		says(t, err, db.ExitBusy, "open")
		if after, _ := contents(t, o.Path()); string(before) != string(after) {
			t.Error("a refusal changed the file")
		}
	}
	mine.Close()
	if name, err := take(other); name != "厅" || err != nil {
		t.Errorf("%q, %v", name, err)
	}
	_, err := take(nil)
	says(t, err, db.ExitBusy, "open")
	for _, w := range []*db.Window{mine, nil} { // its own text goes elsewhere
		draft.In = w
		if err := o.SaveDraft(ctx, o.actor, draft); !db.IsOpenElsewhere(err) {
			t.Errorf("written over: %v", err)
		}
	}
	draft.In, draft.Closed = other, true
	if err := o.SaveDraft(ctx, o.actor, draft); err != nil {
		t.Fatal(err)
	}
	if name, err := take(nil); name != "厅" || err != nil {
		t.Errorf("%q, %v", name, err)
	}
	if _, found, err := o.TakeDraft(ctx, o.actor, "venue/2", mine); found || err != nil {
		t.Errorf("%t, %v", found, err)
	}
	o.verify()

	// Another process holds one and is killed.
	cmd := child(t, "window", o.Path())
	dbtest.Holding(t, cmd)
	_, err = take(other)
	says(t, err, db.ExitBusy, "open")
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if name, err := take(other); !strings.HasPrefix(name, "进程") || err != nil {
		t.Errorf("%q, %v", name, err)
	}
}

func init() { jobs["window"] = jobWindow }

// jobWindow holds a draft open until it is killed.
func jobWindow() int {
	l, a, err := openInChild()
	if err != nil {
		return 1
	}
	w, err := l.NewWindow()
	if err != nil {
		return 1
	}
	defer w.Close()
	if err := l.SaveDraft(ctx, a, db.Draft{Key: "venue/1", Register: "venue", Texts: map[string]string{"name": "进程"}, In: w}); err != nil {
		return 1
	}
	os.Stdout.WriteString("open\n")
	select {}
}
