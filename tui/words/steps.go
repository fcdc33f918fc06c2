package words

// The steps of an approval.
var (
	StepsOf          = w("审批", "approval")
	StepsHead        = w("%s　第%d版　%s", "%s  v%d  %s")
	StepsList        = w("步骤", "Steps")
	StepsUnsigned    = w("还没有人签过字", "nobody has signed yet")
	StepsNewer       = w("内容刚被别人改过：请按 Esc 返回，看过再办", "somebody has just changed it: go back with Esc and read it first")
	StepOpen         = w("可办", "open")
	StepOff          = w("不能", "not now")
	StepGo           = w("按回车办理", "Enter takes this step")
	StepAsks         = w("按回车办理，要填：%s", "Enter takes this step; it asks for: %s")
	StepReason       = w("理由", "Reason")
	StepReasonHint   = w("可不写；写了会留在审批单上", "may be blank; it stays on the sheet")
	StepReasonNeeded = w("要写；留在审批单和流水里", "needed; it stays on the sheet and in the journal")
	StepDone         = w("已办理 %s", "done, %s")
	StepMade         = w("%s，新的一稿是 %s", "%s; the new version is %s")
	OwnOffice        = w("办公室", "office")
	OfficeFor        = w("审批分工", "who approves")
	OfficeStays      = w("这一条总是在的：按回车改办公室人数", "this entry is always there: Enter changes it")
	OffNoSteps       = w("这个台账没有审批步骤", "this register has no steps of approval")
)
