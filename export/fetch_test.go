package export

import "testing"

func TestFetch(t *testing.T) {
	for _, c := range []struct{ connection, user, path, want string }{
		{"10.0.0.9 51000 10.0.0.2 22", "zhangm", "/srv/台账/a.xlsx", "scp zhangm@10.0.0.2:/srv/台账/a.xlsx ."},
		{"10.0.0.9 51000 10.0.0.2 2222", "zhangm", "/srv/a b.xlsx", `scp -P 2222 "zhangm@10.0.0.2:/srv/a b.xlsx" .`},
		{"fe80::1 51000 fd00::2 22", "zhangm", "/a.md", "scp zhangm@[fd00::2]:/a.md ."},
		{"::ffff:10.0.0.9 51000 ::ffff:10.0.0.2 22", "zhangm", "/a.md", "scp zhangm@10.0.0.2:/a.md ."},
		{"", "zhangm", "/a.md", ""}, {"x y z w", "zhangm", "/a.md", ""}, {"10.0.0.9 1 10.0.0.2 22", "", "/a.md", ""},
		{"10.0.0.9 1 10.0.0.2 22", "zhangm", "/a$(x).md", ""}, {"10.0.0.9 1 10.0.0.2 22", "zhangm", "/a\"b.md", ""},
	} {
		if got := Fetch(c.connection, c.user, c.path); got != c.want {
			t.Errorf("%q %q: %q, want %q", c.connection, c.path, got, c.want)
		}
	}
	if got := Bring("10.0.0.9 51000 10.0.0.2 2222", "zhangm", "台账.xlsx"); got != "scp -P 2222 台账.xlsx zhangm@10.0.0.2:" {
		t.Error(got)
	}
	if got := Bring("", "zhangm", "a.xlsx"); got != "" {
		t.Error(got)
	}
}
