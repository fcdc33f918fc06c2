package model

// Nearest returns the known name that looks most like what was written, "" when
// none comes near: at most a third of it, and never all, is different.
func Nearest(name string, known []string) string {
	want := []rune(nameKey(name))
	best, least := "", len(want)/3+1
	for _, k := range known {
		r := []rune(nameKey(k))
		if d := distance(want, r); d <= least && d < max(len(want), len(r)) && (d < least || best == "") {
			best, least = k, d
		}
	}
	return best
}
