package words

// The meetings of the Party branches.
var (
	StripTitle   = w("三会一课", "Meetings of the branches")
	StripBranch  = w("支部", "Branch")
	StripNone    = w("还没有登记党支部。在组织机构里新增，类型选党支部。", "No Party branch is on file. Add them among the organisations, as the type branch.")
	StripMissing = w("缺%s", "no %s")
	StripMany    = w("缺%d期", "%d gaps")
	StripGap     = w("缺", "gap")
	StripWanting = w("待开", "due")
	StripDone    = w("%s %s：已开%d次，应开%d次", "%s, %s: %d held, %d required")
	StripFree    = w("%s %s：已开%d次，不要求", "%s, %s: %d held, none required")
	StripTurnout = w("到会率%s", "turnout %s")
	StripLacks   = w("缺 %s", "missing: %s")
	StripRuns    = w("本期未开：%s", "not held yet: %s")
	StripShort   = w("%d次到会不超过半数，不算", "%d with not more than half present, not counted")
	StripOthers  = w("%d次不是书记讲的，不算", "%d not given by a secretary, not counted")
	StripAsOf    = w("截至%s", "as of %s")
)
