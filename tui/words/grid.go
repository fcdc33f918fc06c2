package words

// The grid of aid visits.
var (
	Reading        = w("正在读取…", "reading…")
	GridAll        = w("全部", "everybody")
	GridMissing    = w("还没走访的", "still missing")
	GridDone       = w("走访过的", "visited")
	GridTicked     = w("勾上的", "ticked")
	GridCounts     = w("应走访 %d 户 %d 人，已走访 %d 户 %d 人，勾 %d 人", "%d households (%d people), %d (%d) visited, %d ticked")
	GridBudget     = w("；预算 %s 余 %s", "; budget %s, left %s")
	GridOver       = w("；!超预算 %s：%s", "; !over the budget %s: %s")
	GridEach       = w("勾上的都是", "Each ticked")
	GridCommon     = w("勾上的都是", "For all ticked")
	GridVisited    = w("已走访", "visited")
	GridReached    = w("这个场合已经走访过了；回车看那条记录", "visited on this occasion already; Enter shows the record")
	GridNobody     = w("还没有勾人：空格勾上光标所在的人", "nobody is ticked: Space ticks the person at the cursor")
	GridSaved      = w("已登记 %d 人 %s 至 %s", "%d visits saved, %s to %s")
	GridSomePassed = w("%s；%d 人别人已登记，没有重复", "%s; %d were entered by others and are not doubled")
	GridAllPassed  = w("%d 人别人都已登记，没有重复登记", "all %d were entered by others already; nothing is doubled")
	GridRefused    = w("%s：%s。一条也没有保存，勾的都还在", "%s: %s. Nothing was saved, all ticks are kept")
	GridOccasion   = w("场合（例 2027春节）：", "occasion, such as 2027春节: ")
	GridEmpty      = w("没有这样的人。登记走访计划，或给人登记对象类别", "nobody here. Enter a visit plan, or give people a category")
)
