package i18n

import (
	"fmt"

	"scanbay/store"
)

// PrintText is said where things are printed, and where it shows what came of that.
type PrintText interface {
	PrintTitle() string
	PrintScan() string
	PrintUnset() string // no printer is
	PrintStates() map[store.PrintState]string
	PrintTroubles() map[store.PrintTrouble]Ailment
	PrintAgain() string
	PrintNow() string
	PrintDrop() string
	PrintDropped(what string) string
	PrintWhich() string
	PrintCopies(what string) string
	PrintComes(what string, again bool) string
	PrintCame(what string) string // a scan shows it
	PrintTries(n int64) string
	PrintProof() string             // how it is known that something came out
	PrintMore(what string) []string // asks: it was sent before
	PrinterWhich() string
	PrinterAsk(paper string) string
	PrinterRest() string // all papers that have no printer of their own
	PrinterSet(paper, address string) string
	PackPrints() string
	PackPrinted(n int64) string
}

func (English) PrintTitle() string { return "Print" }
func (English) PrintScan() string {
	return "Scan, or type, what is to be printed"
}
func (English) PrintUnset() string { return "No printer yet. A supervisor names one: F4" }

// PrintStates implements PrintText.
func (English) PrintStates() map[store.PrintState]string {
	return map[store.PrintState]string{store.PrintWaits: "waits", store.PrintSent: "sent",
		store.PrintSeen: "printed", store.PrintFailed: "failed", store.PrintDropped: "dropped"}
}

// PrintTroubles implements PrintText.
func (English) PrintTroubles() map[store.PrintTrouble]Ailment {
	return map[store.PrintTrouble]Ailment{
		store.PrinterUnset:  {"No printer for it", "A supervisor names one: F4"},
		store.PrinterSilent: {"The printer takes nothing", "Is it on, connected, with paper?"},
		store.PrinterGone: {"There is no such printer",
			"Is it plugged in? Else name another: F4"},
		store.PrinterDenied: {"No right to print there",
			"Add the user to the group lp, or dialout"},
		store.PaperUnknown: {"Nobody knows it any more", "Do not print it: Enter"},
		store.PaperCode:    {"No barcode can hold its code", "Give it another code"},
		store.PaperRoom:    {"It does not fit its sheet", "Have it printed on larger paper"},
		store.PaperBroken:  {"It cannot be printed", "Report it: the station's log says why"},
	}
}
func (English) PrintCame(what string) string { return what + " came out" }
func (English) PrintProof() string           { return "Is it there? Scan its label" }
func (English) PrintMore(what string) []string {
	return []string{what + " was sent to the printer. Print another?"}
}
func (English) PrintAgain() string              { return "Print it again" }
func (English) PrintNow() string                { return "Try now" }
func (English) PrintDrop() string               { return "Do not print it" }
func (English) PrintDropped(what string) string { return what + " is not printed" }
func (English) PrintWhich() string              { return "What is to be printed?" }
func (English) PrintCopies(what string) string  { return "How many: " + what }
func (English) PrintTries(n int64) string       { return fmt.Sprintf("tried %d times", n) }
func (English) PrinterWhich() string            { return "Which printer?" }
func (English) PrinterRest() string             { return "All others" }
func (English) PrinterAsk(paper string) string  { return paper + ": tcp:HOST, lp:QUEUE, none" }
func (English) PackPrints() string              { return "Its label is being printed" }
func (English) PackPrinted(n int64) string {
	return fmt.Sprintf("The label of carton %d came out", n)
}
func (English) PrinterSet(paper, at string) string {
	if at == "" {
		return paper + ": no printer"
	}
	return paper + ": " + at
}
func (English) PrintComes(what string, again bool) string {
	if again {
		return what + " is being printed again"
	}
	return what + " is being printed"
}

func (Chinese) PrintTitle() string { return "打印" }
func (Chinese) PrintScan() string {
	return "扫描或输入要打印的码"
}
func (Chinese) PrintUnset() string { return "还没有打印机，请主管按 F4 设置" }

// PrintStates implements PrintText.
func (Chinese) PrintStates() map[store.PrintState]string {
	return map[store.PrintState]string{store.PrintWaits: "等待", store.PrintSent: "已发送",
		store.PrintSeen: "已打印", store.PrintFailed: "失败", store.PrintDropped: "已取消"}
}

// PrintTroubles implements PrintText.
func (Chinese) PrintTroubles() map[store.PrintTrouble]Ailment {
	return map[store.PrintTrouble]Ailment{
		store.PrinterUnset:  {"没有可用的打印机", "请主管按 F4 设置"},
		store.PrinterSilent: {"打印机无响应", "检查电源、连线和纸张"},
		store.PrinterGone:   {"找不到打印机", "检查是否插好，或按 F4 换一台"},
		store.PrinterDenied: {"无权使用打印机", "请 IT 把本用户加入 lp、dialout 组"},
		store.PaperUnknown:  {"系统里已查不到", "按 Enter 取消打印"},
		store.PaperCode:     {"条码放不下这个编码", "请换一个编码"},
		store.PaperRoom:     {"纸上放不下", "请用更大的纸打印"},
		store.PaperBroken:   {"无法打印", "请报告 IT，工位日志有原因"},
	}
}
func (Chinese) PrintCame(what string) string { return what + " 已打出" }
func (Chinese) PrintProof() string           { return "打出来了？请扫一下" }
func (Chinese) PrintMore(what string) []string {
	return []string{what + " 已发送打印，再打一份？"}
}
func (Chinese) PrintAgain() string              { return "补打" }
func (Chinese) PrintNow() string                { return "马上重试" }
func (Chinese) PrintDrop() string               { return "取消打印" }
func (Chinese) PrintDropped(what string) string { return what + " 已取消打印" }
func (Chinese) PrintWhich() string              { return "打印什么？" }
func (Chinese) PrintCopies(what string) string  { return "打印几份？" + what }
func (Chinese) PrintTries(n int64) string       { return fmt.Sprintf("已试 %d 次", n) }
func (Chinese) PrinterWhich() string            { return "设置哪台打印机？" }
func (Chinese) PrinterRest() string             { return "其他标签和单据" }
func (Chinese) PrinterAsk(paper string) string {
	return paper + "：tcp:主机、lp:队列，none 为不打印"
}
func (Chinese) PackPrints() string         { return "正在打印箱唛" }
func (Chinese) PackPrinted(n int64) string { return fmt.Sprintf("第%d箱 箱唛已打出", n) }
func (Chinese) PrinterSet(paper, at string) string {
	if at == "" {
		return paper + "：不打印"
	}
	return paper + "：" + at
}
func (Chinese) PrintComes(what string, again bool) string {
	if again {
		return "正在补打 " + what
	}
	return "正在打印 " + what
}
