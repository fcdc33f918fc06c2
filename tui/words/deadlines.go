package words

// The form of the office's own times.
var (
	OwnDeadlines   = w("时限", "deadlines")
	DeadlinesFor   = w("信访、回访、三会一课", "petitions, calling back, meetings")
	DeadlinesAbout = w("书面告知%d天，回访%d天", "notice %d days, calling back %d")
	DeadlinesOwn   = w("本单位的期限", "The office's own times")
	DeadlinesClose = w("信访几天内办结，最多%d天", "Days to close a petition, %d at most")
	DeadlinesMeet  = w("支部一年开几次，0是不要求", "Meetings of a branch a year, 0 for not asked")
)
