package words

// Entry at speed: completions, copies, templates, doubts.
var (
	CompletionMove = w("↓ 选用以前写过的", "Down: take one of those written before")
	CompletionTake = w("回车取用", "Enter takes it")
	WrittenBefore  = w("写过", "written before")
)
