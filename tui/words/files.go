package words

// Words about files that were written.
var (
	FetchBy       = w("取到自己的电脑：在自己电脑的命令行里执行 %s", "to fetch it, run on your own computer: %s")
	CopyBy        = w("按 %s 把内容复制到自己电脑的剪贴板", "%s copies its text to the clipboard of your computer")
	Copied        = w("已送到剪贴板，%d个字。粘贴不出来就是终端不允许，请取文件", "sent to the clipboard, %d characters. If it cannot be pasted the terminal does not allow it: fetch the file")
	NothingToCopy = w("还没有写出可以复制的文字文件（md、csv、txt）", "no text file (md, csv, txt) was written that could be copied")
	TooLongToCopy = w("内容超过 %d KB，终端的剪贴板放不下，请取文件", "the text is longer than %d KB, too long for a terminal's clipboard: fetch the file")
)

// Words of the screen that brings files in.
var (
	Intake        = w("导入", "Import")
	IntakePath    = w("文件：", "File: ")
	IntakeHint    = w("xlsx、csv、json。先核对，有问题逐行列出，这时什么都不写；原文件不动。不写全路径的，在自己的用户目录里找。", "xlsx, csv or json. It is looked through first, row by row, and nothing is written yet; the file stays as it is. A name alone is looked for in your home folder.")
	BringBy       = w("从自己的电脑传过来：在自己电脑的命令行里执行 %s", "to bring it over, run on your own computer: %s")
	IntakeNoPath  = w("请写文件名", "name the file")
	IntakeNothing = w("还没有可以导入的。按 Ctrl-G 换一个文件", "there is nothing to enter now. Ctrl-G takes another file")
	IntakeNoRows  = w("没有可以导入的行", "no row can be entered")
	IntakeMore    = w("另有%d处，用命令 taizhang import --dry-run 列全", "%d more; the command taizhang import --dry-run lists them all")
	IntakeAsk     = w("有%d处不能导入，怎么办", "%d things cannot be entered: what now")
	IntakeLater   = w("先不导入，去原表里改好", "enter nothing, and put the file right first")
	IntakePartly  = w("只导入其余的%d条", "enter the other %d only")
	IntakeColumn  = w("哪一列：", "which column: ")
	IntakeIs      = w("“%s”这一列是什么：", "what is the column %q: ")
	IntakeUnknown = w("没有对上", "not known")
	IntakeLeave   = w("不导入", "left out")
	DoIntakeLook  = w("核对文件", "looking through the file")
	DoIntake      = w("导入", "importing")
)
