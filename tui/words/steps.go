package words

import "taizhang/model"

// The steps of an approval.
var (
	StepsOf        = w("审批", "approval")
	StepsHead      = w("%s　第%d版　%s", "%s  v%d  %s")
	StepsList      = w("步骤", "Steps")
	StepsUnsigned  = w("还没有人签过字", "nobody has signed yet")
	StepsNewer     = w("内容刚被别人改过：请按 Esc 返回，看过再办", "somebody has just changed it: go back with Esc and read it first")
	StepOpen       = w("可办", "open")
	StepOff        = w("不能", "not now")
	StepGo         = w("按回车办理", "Enter takes this step")
	StepAsks       = w("按回车办理，要填：%s", "Enter takes this step; it asks for: %s")
	StepDone       = w("已办理 %s", "done, %s")
	StepMade       = w("%s，新的一稿是 %s", "%s; the new version is %s")
	OwnOffice      = w("办公室", "office")
	OfficeFoot     = w("公示单落款", "At the foot of posters")
	OfficeFootHint = w("印在每张公示单上，例 0531-82345678", "printed on every poster, such as 0531-82345678")
	OfficeNoPhone  = w("没填", "none")
	OfficeAbout    = w("%s；监督电话：%s", "%s; phone %s")
	OfficeFor      = w("审批分工、公示单落款", "approval and posters")
	OfficeStays    = w("这一条总是在的：按回车修改", "this entry is always there: Enter changes it")
	OffNoSteps     = w("这个台账没有审批步骤", "this register has no steps of approval")
)

// StepConflict refuses to sign what somebody changed meanwhile.
func StepConflict(id, by string) error {
	return model.Problemf("%s 刚被 %s 改过，没有办理。请返回看过新的内容再办", "%s has just been changed by %s; nothing was done. Go back and read the new text first", id, by)
}
