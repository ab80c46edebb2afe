package main

import "fmt"

// labelsWords is said of labels, and on them.
type labelsWords interface {
	CardGroups() map[string]string
	Printed(path string) string
	NotPrinted(code string) string
	NoRoom() string
	NoPaper() string
	NoneToPrint() string
	NoCopies(most int) string
	OnePicture() string
	NoPrinter(address, forms string) string
	NotSent(to string, why error) string
	SentTo(to string) string
	Printing(printers, waits int) string
}

func (english) CardGroups() map[string]string {
	return map[string]string{"all": "Everywhere", "number": "Numbers", "pick": "Pick",
		"pack": "Pack", "count": "Count", "returns": "Returns", "orders": "Orders", "desk": "Desk"}
}
func (english) NotPrinted(code string) string {
	return "Left out: no barcode can hold " + code
}
func (english) NoRoom() string {
	return "There is no room for all of it: take a larger --paper, or fewer orders on one label"
}
func (english) Printed(path string) string { return "Printed into " + path }
func (english) NoPaper() string {
	return "Where to? --out FILE.pdf, FILE.png, FILE.zpl, FILE.escpos; or --printer ADDRESS."
}
func (english) OnePicture() string {
	return "A PNG is a picture of each page, once. For copies print it, or write .pdf or .zpl."
}
func (english) NoCopies(most int) string {
	return fmt.Sprintf("Of each, 1 to %d copies", most)
}
func (english) NoneToPrint() string {
	return "Nothing to print: name what of, or --from and --to (T-001, T-050)."
}
func (english) NoPrinter(address, forms string) string {
	return fmt.Sprintf("%q is no printer. Write one of: %s.", address, forms)
}
func (english) NotSent(to string, why error) string {
	return fmt.Sprintf("%s took nothing, or not all: is it on, with paper and connected? %v", to,
		why)
}
func (english) Printing(printers, waits int) string {
	if printers == 0 {
		return "This station prints nowhere: scanbay printers carton tcp:10.0.0.9"
	}
	return fmt.Sprintf("%d documents wait", waits)
}
func (english) SentTo(to string) string { return "Sent to " + to + ". See that it comes out." }

func (chinese) CardGroups() map[string]string {
	return map[string]string{"all": "通用", "number": "数量", "pick": "拣货", "pack": "打包",
		"count": "盘点", "returns": "退货", "orders": "订单", "desk": "主管"}
}
func (chinese) Printing(printers, waits int) string {
	if printers == 0 {
		return "本工位没有打印机：scanbay printers carton tcp:10.0.0.9"
	}
	return fmt.Sprintf("%d 份等待打印", waits)
}
func (chinese) NotPrinted(code string) string { return "未打印，条码放不下：" + code }
func (chinese) NoRoom() string {
	return "纸上放不下：请用更大的 --paper，或减少一张标签上的订单"
}
func (chinese) Printed(path string) string { return "已打印到 " + path }
func (chinese) NoPaper() string {
	return "打印到哪里？--out FILE.pdf、FILE.png、FILE.zpl、FILE.escpos；或 --printer 地址。"
}
func (chinese) OnePicture() string {
	return "PNG 每页只出一张图。要多份请直接打印，或输出 .pdf、.zpl。"
}
func (chinese) NoCopies(most int) string { return fmt.Sprintf("每张 1 到 %d 份", most) }
func (chinese) NoneToPrint() string {
	return "没有可打印的：请写明编号，或用 --from 和 --to（T-001、T-050）。"
}
func (chinese) NoPrinter(address, forms string) string {
	return fmt.Sprintf("“%s”不是打印机地址，请写：%s。", address, forms)
}
func (chinese) NotSent(to string, why error) string {
	return fmt.Sprintf("未能完整发送到 %s：请检查是否开机、有纸、已连接。%v", to, why)
}
func (chinese) SentTo(to string) string {
	return "已发送到 " + to + "，请确认已打印出来。"
}
