package words

// Words about files that were written.
var (
	FetchBy       = w("取到自己的电脑：在自己电脑的命令行里执行 %s", "to fetch it, run on your own computer: %s")
	CopyBy        = w("按 %s 把内容复制到自己电脑的剪贴板", "%s copies its text to the clipboard of your computer")
	Copied        = w("已送到剪贴板，%d个字。粘贴不出来就是终端不允许，请取文件", "sent to the clipboard, %d characters. If it cannot be pasted the terminal does not allow it: fetch the file")
	NothingToCopy = w("还没有写出可以复制的文字文件（md、csv、txt）", "no text file (md, csv, txt) was written that could be copied")
	TooLongToCopy = w("内容超过 %d KB，终端的剪贴板放不下，请取文件", "the text is longer than %d KB, too long for a terminal's clipboard: fetch the file")
)
