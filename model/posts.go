package model

import (
	"cmp"
	"slices"
	"strings"
)

// firstPlainPost is the first post of vocabulary POST that is not named when
// the staff are counted by post: whoever holds such posts alone is 其他.
const firstPlainPost = "委员"

// PostLine is a post, or several in one hand, with who holds it. A person stands
// in one line only, so that the lines add up to the staff.
type PostLine struct {
	Posts []string // as vocabulary POST orders them; nil: other posts 其他
	IDs   []string // of the staff
}

// Words names the line: 书记兼主任, secretary and director.
func (l PostLine) Words() Words {
	if l.Posts == nil {
		return W("其他", "others")
	}
	en := make([]string, len(l.Posts))
	for i, p := range l.Posts {
		en[i] = vocabularies["POST"].Text(p, EN)
	}
	return Words{strings.Join(l.Posts, "兼"), strings.Join(en, " and ")}
}

// PostsOn lists the posts that a member of staff holds on a day, the highest
// first. A post without a beginning was always held, one without an end still is.
func PostsOn(staff *Record, day Date) []string {
	var posts []string
	for _, row := range StaffPosts.Of(staff) {
		post, _ := row["post"].(string)
		from, _ := row["from"].(Date)
		to, _ := row["to"].(Date)
		if (from.IsZero() || !from.First().After(day)) && (to.IsZero() || !to.Last().Before(day)) && !contains(posts, post) {
			posts = append(posts, post)
		}
	}
	slices.SortStableFunc(posts, func(a, b string) int { return cmp.Compare(postRank(a), postRank(b)) })
	return posts
}

// inPost reports whether a member of staff held any post on a day. Whoever has
// an account without one, such as the person who set up the ledger, is not counted
// among the staff.
func inPost(staff *Record, day Date) bool { return len(PostsOn(staff, day)) > 0 }

// postRank is the place of a post in its vocabulary.
func postRank(post string) int { return vocabularies["POST"].place(post) }

// StaffByPost counts the staff in post on a day, line by line in the order of
// the posts and the others last (domain.md §3.3: 第一书记1、书记兼主任1、…、其他6).
// Whoever holds no post that day is not counted.
func StaffByPost(staff []*Record, day Date) []PostLine {
	var lines []PostLine
	for _, r := range staff {
		held := PostsOn(r, day)
		if !r.Counted() || len(held) == 0 {
			continue
		}
		named := slices.DeleteFunc(held, func(p string) bool { return postRank(p) >= postRank(firstPlainPost) })
		if len(named) == 0 {
			named = nil
		}
		i := slices.IndexFunc(lines, func(l PostLine) bool { return slices.Equal(l.Posts, named) })
		if i < 0 {
			i = len(lines)
			lines = append(lines, PostLine{Posts: named})
		}
		lines[i].IDs = append(lines[i].IDs, r.ID)
	}
	slices.SortStableFunc(lines, func(a, b PostLine) int { return slices.Compare(a.ranks(), b.ranks()) })
	return lines
}

// ranks orders lines; the others come after every post.
func (l PostLine) ranks() []int {
	if l.Posts == nil {
		return []int{len(vocabularies["POST"].Terms) + 1}
	}
	out := make([]int, len(l.Posts))
	for i, p := range l.Posts {
		out[i] = postRank(p)
	}
	return out
}
