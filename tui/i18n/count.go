package i18n

import (
	"fmt"

	"scanbay/store"
)

// CountText is said where somebody counts what lies in bins.
type CountText interface {
	HomeCount(n int) string // as ReturnsText: below zero is not read yet
	CountTitle(n int) string
	CountNone() string
	CountBegin() string // what to scan when no bin is being counted
	CountWhys() map[store.CountWhy]string
	CountRound(n int64) string
	CountOnly(item string) string // nothing else is counted there
	CountAt(name string) string   // who counts it
	CountBin(bin string) string
	CountOn(bin string) string               // it goes on
	CountNumber(n, book store.Qty) string    // where the person sees the book
	CountCode(n store.Qty, c string) string  // a code that nobody knows
	CountLot(lot, serial string) string      // of a row
	CountScan() string                       // what to do in a bin
	CountEmpty() string                      // the same, before anything was seen
	CountUnknown() string                    // the same, with a code that nobody knows
	CountUnknownHow() string                 // the remedy for such a code
	Counted(n store.Qty, item string) string // so many more
	Uncounted(n store.Qty, item string) string
	UnknownCode(code string) string
	AskClear(n store.Qty, item string) []string
	CountCleared(n store.Qty, item string) string
	RestTitle(bin string) string
	RestMore(n int) string
	AskRest(bin string, n int) []string
	AskNothing(bin string) []string // where nothing at all was seen
	CountDone(bin string) string
	AskTakeCount(name, bin string, second bool) []string
	AskCountHere(station, bin string) []string // of who counts it at another station
	LeaveCount(bin string) string
	LeaveCounts() [2]string // later, given up
	CountLeft(bin string) string
}

func (English) HomeCount(n int) string  { return "Count     " + waiting(n) }
func (English) CountTitle(n int) string { return fmt.Sprintf("Count: %d bins", n) }
func (English) CountNone() string       { return "No bin waits to be counted." }
func (English) CountBegin() string      { return "Scan the bin to count" }

// CountWhys implements CountText.
func (English) CountWhys() map[store.CountWhy]string {
	return map[store.CountWhy]string{store.CountABC: "by class", store.CountValue: "by worth",
		store.CountTurn: "its turn",
		store.CountDue:  "not counted long", store.CountZone: "by zone", store.CountItem: "by item",
		store.CountBin: "asked for", store.CountRandom: "by chance",
		store.CountZero: "spot check", store.CountTouched: "moved lately",
		store.CountException: "not as it was", store.CountAgain: "recount"}
}
func (English) CountRound(n int64) string    { return fmt.Sprintf("round %d", n) }
func (English) CountOnly(item string) string { return "Only " + item }
func (English) CountAt(name string) string   { return "* " + name }
func (English) CountBin(bin string) string   { return "Count bin " + bin }
func (English) CountOn(bin string) string    { return "Go on with bin " + bin }
func (English) CountNumber(n, book store.Qty) string {
	return fmt.Sprintf("%d of %d", n, book)
}
func (English) CountCode(n store.Qty, c string) string {
	return fmt.Sprintf("%d unknown %s", n, c)
}
func (English) CountLot(lot, serial string) string {
	if serial != "" {
		return "Serial " + serial
	}
	return "Lot " + lot
}
func (English) CountScan() string       { return "Scan items. The bin again: done" }
func (English) CountEmpty() string      { return "Scan items. Empty? Scan the bin again" }
func (English) CountUnknown() string    { return "F2 counts it as unknown, or scan on" }
func (English) CountUnknownHow() string { return "Is it there? F2 counts it as unknown" }
func (English) Counted(n store.Qty, item string) string {
	return fmt.Sprintf("%d counted: %s", n, item)
}
func (English) Uncounted(n store.Qty, item string) string {
	return fmt.Sprintf("%d taken back: %s", n, item)
}
func (English) UnknownCode(code string) string { return "unknown " + code }
func (English) AskClear(n store.Qty, item string) []string {
	return []string{fmt.Sprintf("Count %s anew? All %d are taken back", item, n)}
}
func (English) CountCleared(n store.Qty, item string) string {
	return fmt.Sprintf("%d taken back, count anew: %s", n, item)
}
func (English) RestTitle(bin string) string { return "Not seen in " + bin }
func (English) RestMore(n int) string       { return fmt.Sprintf("%d more: Down", n) }
func (English) AskRest(bin string, n int) []string {
	return []string{fmt.Sprintf("Not seen in %s: %d items. All gone?", bin, n)}
}
func (English) AskNothing(bin string) []string {
	return []string{"Nothing seen: is bin " + bin + " empty?"}
}
func (English) CountDone(bin string) string { return "Bin " + bin + " is counted" }
func (English) AskTakeCount(name, bin string, second bool) []string {
	out := []string{fmt.Sprintf("%s counts %s. Take over, and begin anew?", name, bin)}
	if second {
		out = append(out, "A supervisor answers for it")
	}
	return out
}
func (English) AskCountHere(station, bin string) []string {
	return []string{fmt.Sprintf("You count %s at %s. Begin anew here?", bin, station)}
}
func (English) LeaveCount(bin string) string { return "Leave " + bin + "?" }
func (English) LeaveCounts() [2]string {
	return [2]string{"go on later", "give it up"}
}
func (English) CountLeft(bin string) string { return "Given up: " + bin + " is counted anew" }

func (Chinese) HomeCount(n int) string  { return "盘点      " + waiting(n) }
func (Chinese) CountTitle(n int) string { return fmt.Sprintf("待盘货位 %d", n) }
func (Chinese) CountNone() string       { return "没有待盘的货位。" }
func (Chinese) CountBegin() string      { return "请扫要盘的货位" }

// CountWhys implements CountText.
func (Chinese) CountWhys() map[store.CountWhy]string {
	return map[store.CountWhy]string{store.CountABC: "按分类", store.CountValue: "金额大",
		store.CountTurn: "轮到盘", store.CountDue: "久未盘", store.CountZone: "按库区",
		store.CountItem: "按商品", store.CountBin: "指定", store.CountRandom: "随机",
		store.CountZero: "抽查", store.CountTouched: "动碰", store.CountException: "有异常",
		store.CountAgain: "复盘"}
}
func (Chinese) CountRound(n int64) string    { return fmt.Sprintf("第%d次", n) }
func (Chinese) CountOnly(item string) string { return "只盘 " + item }
func (Chinese) CountAt(name string) string   { return "* " + name }
func (Chinese) CountBin(bin string) string   { return "盘点货位 " + bin }
func (Chinese) CountOn(bin string) string    { return "继续盘 " + bin }
func (Chinese) CountNumber(n, book store.Qty) string {
	return fmt.Sprintf("%d/账%d", n, book)
}
func (Chinese) CountCode(n store.Qty, c string) string {
	return fmt.Sprintf("%d 未知码 %s", n, c)
}
func (Chinese) CountLot(lot, serial string) string {
	if serial != "" {
		return "序列号 " + serial
	}
	return "批号 " + lot
}
func (Chinese) CountScan() string       { return "扫商品，再扫货位即盘完" }
func (Chinese) CountEmpty() string      { return "扫商品；空货位就再扫一次货位" }
func (Chinese) CountUnknown() string    { return "F2按未知码计，或继续扫" }
func (Chinese) CountUnknownHow() string { return "货在就按F2，按未知码计" }
func (Chinese) Counted(n store.Qty, item string) string {
	return fmt.Sprintf("盘到 %d 件 %s", n, item)
}
func (Chinese) Uncounted(n store.Qty, item string) string {
	return fmt.Sprintf("已撤销 %d 件 %s", n, item)
}
func (Chinese) UnknownCode(code string) string { return "未知码 " + code }
func (Chinese) AskClear(n store.Qty, item string) []string {
	return []string{fmt.Sprintf("%s 重新盘？已盘 %d 件全部撤销", item, n)}
}
func (Chinese) CountCleared(n store.Qty, item string) string {
	return fmt.Sprintf("已撤销 %d 件，请重新盘 %s", n, item)
}
func (Chinese) RestTitle(bin string) string { return bin + " 没盘到" }
func (Chinese) RestMore(n int) string       { return fmt.Sprintf("还有 %d 种，按下键", n) }
func (Chinese) AskRest(bin string, n int) []string {
	return []string{fmt.Sprintf("%s 有 %d 种没盘到，确定没有？", bin, n)}
}
func (Chinese) AskNothing(bin string) []string {
	return []string{"什么都没盘到，" + bin + " 是空的？"}
}
func (Chinese) CountDone(bin string) string { return bin + " 盘点完成" }
func (Chinese) AskTakeCount(name, bin string, second bool) []string {
	out := []string{fmt.Sprintf("%s 正在盘 %s，接手重新盘吗？", name, bin)}
	if second {
		out = append(out, "要主管授权")
	}
	return out
}
func (Chinese) AskCountHere(station, bin string) []string {
	return []string{fmt.Sprintf("你正在工位 %s 盘 %s，改在这里重新盘吗？", station, bin)}
}
func (Chinese) LeaveCount(bin string) string { return "离开 " + bin + "？" }
func (Chinese) LeaveCounts() [2]string       { return [2]string{"稍后接着盘", "放弃，以后重盘"} }
func (Chinese) CountLeft(bin string) string  { return "已放弃，" + bin + " 以后重盘" }
