package i18n

import (
	"fmt"

	"scanbay/store"
)

// PlansText is said where a supervisor has bins counted.
type PlansText interface {
	PlansTitle(n int) string
	PlansNone() string
	PlansHint() string
	PlanDone(done, bins int64) string
	PlanWhys() map[store.CountWhy]string // that a person may give
	PlanWhy() string
	PlanClass() string
	PlanZone() string
	PlanDays(why store.CountWhy) string
	PlanShare(why store.CountWhy) string
	PlanScan(kind store.Kind) string
	AskPlan(what string) []string
	PlannedBins(id store.CountPlanID, bins int64) string
	NoBinsFor() string // the remedy where no bin answers to a wish
	PlanLeft(n int) string
	PlanBins() string // what can be done with them
	NotOfPlan() string
	DropWhy(bin string) string
	BinDropped(bin string) string
}

func (English) PlansTitle(n int) string { return fmt.Sprintf("Count plans: %d", n) }
func (English) PlansNone() string       { return "Nothing is planned to be counted." }
func (English) PlansHint() string       { return "F5 plans. Or scan a bin or an item" }
func (English) PlanDone(done, bins int64) string {
	return fmt.Sprintf("%d/%d", done, bins)
}

// PlanWhys implements PlansText.
func (English) PlanWhys() map[store.CountWhy]string {
	return map[store.CountWhy]string{store.CountABC: "class A, B, C",
		store.CountValue: "most money", store.CountDue: "overdue", store.CountZone: "a zone",
		store.CountItem: "an item", store.CountBin: "a bin", store.CountRandom: "by chance",
		store.CountZero: "empty bins", store.CountTouched: "moved lately"}
}
func (English) PlanWhy() string   { return "Count which?" }
func (English) PlanClass() string { return "Which class?" }
func (English) PlanZone() string  { return "Which zone?" }
func (English) PlanDays(why store.CountWhy) string {
	if why == store.CountTouched {
		return "Moved in the last days, how many?"
	}
	return "Not counted for how many days?"
}
func (English) PlanShare(why store.CountWhy) string {
	if why == store.CountValue {
		return "The dearest bins, per cent of all?"
	}
	return "How many of all, in per cent?"
}
func (e English) PlanScan(kind store.Kind) string { return "Scan the " + e.Kinds()[kind] }
func (English) AskPlan(what string) []string {
	return []string{"Have " + what + " counted?"}
}
func (English) PlannedBins(id store.CountPlanID, bins int64) string {
	return fmt.Sprintf("%s, bins to count: %d", id, bins)
}
func (English) NoBinsFor() string {
	return "No such bin, or it is on the list"
}
func (English) PlanLeft(n int) string { return fmt.Sprintf("%d left", n) }
func (English) PlanBins() string      { return "F4 takes the bin off the list" }
func (English) NotOfPlan() string     { return "It is not to be counted by this plan" }
func (English) DropWhy(bin string) string {
	return bin + " is not counted. Why?"
}
func (English) BinDropped(bin string) string { return bin + " is off the list" }

func (Chinese) PlansTitle(n int) string { return fmt.Sprintf("盘点计划 %d", n) }
func (Chinese) PlansNone() string       { return "没有未完的盘点计划。" }
func (Chinese) PlansHint() string       { return "F5新建，或扫货位、商品" }
func (Chinese) PlanDone(done, bins int64) string {
	return fmt.Sprintf("%d/%d", done, bins)
}

// PlanWhys implements PlansText.
func (Chinese) PlanWhys() map[store.CountWhy]string {
	return map[store.CountWhy]string{store.CountABC: "分类 A、B、C", store.CountValue: "金额最大的",
		store.CountDue: "久未盘的", store.CountZone: "一个库区", store.CountItem: "一种商品",
		store.CountBin: "一个货位", store.CountRandom: "随机抽盘", store.CountZero: "账上为空的",
		store.CountTouched: "近日动过的"}
}
func (Chinese) PlanWhy() string   { return "盘哪些？" }
func (Chinese) PlanClass() string { return "哪一类？" }
func (Chinese) PlanZone() string  { return "哪个库区？" }
func (Chinese) PlanDays(why store.CountWhy) string {
	if why == store.CountTouched {
		return "近几天动过的？"
	}
	return "几天没盘的？"
}
func (Chinese) PlanShare(why store.CountWhy) string {
	if why == store.CountValue {
		return "金额最大的百分之几？"
	}
	return "抽百分之几？"
}
func (c Chinese) PlanScan(kind store.Kind) string { return "请扫" + c.Kinds()[kind] }
func (Chinese) AskPlan(what string) []string      { return []string{"盘 " + what + " 吗？"} }
func (Chinese) PlannedBins(id store.CountPlanID, bins int64) string {
	return fmt.Sprintf("%s 共 %d 个货位", id, bins)
}
func (Chinese) NoBinsFor() string            { return "没有这样的货位，或已在计划里" }
func (Chinese) PlanLeft(n int) string        { return fmt.Sprintf("未盘%d", n) }
func (Chinese) PlanBins() string             { return "F4把货位从计划去掉" }
func (Chinese) NotOfPlan() string            { return "不在这张计划里" }
func (Chinese) DropWhy(bin string) string    { return "不盘 " + bin + "，原因？" }
func (Chinese) BinDropped(bin string) string { return bin + " 已去掉" }
