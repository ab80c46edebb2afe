package i18n

import (
	"fmt"

	"scanbay/store"
)

// PaperText stands on paper.
type PaperText interface {
	Papers() map[store.Paper]string

	PaperTo() string
	PaperFrom() string
	PaperNth(n, of int64) string // carton; of is 0 while nobody knows
	PaperSlip(id store.SlipID) string
	PaperOrder(no string) string
	PaperWaybill() string
	PaperZone(zone string) string
	PaperShipBy(at string) string
	PaperBadge(id store.OperatorID) string // and that it is no key
	PaperTotal(lines int, pieces store.Qty) string
	PaperPacked(id store.CartonID) string // what is in it

	SlipHeader() []string // n, item, goods, pieces, packed
	PickHeader() []string // bin, item, goods, lot, pieces, picked
	PackHeader() []string // n, item, goods, pieces
	LoadHeader() []string // n, waybill, carton, carrier, pieces, kilograms
	PaperSigns() []string // who picked, verified, packed

	PaperTest(what string) string
	PaperTestHelp() []string
}

// Papers implements PaperText.
func (English) Papers() map[store.Paper]string {
	return map[store.Paper]string{store.CartonPaper: "Carton label", store.TotePaper: "Tote",
		store.BinPaper: "Bin", store.StagePaper: "Staging", store.ItemPaper: "Item",
		store.BadgePaper: "Badge", store.CommandPaper: "Command barcodes",
		store.ReturnPaper: "Return", store.SlipPaper: "Outbound slip",
		store.PickPaper: "Pick list", store.PackingPaper: "Packing list",
		store.LoadingPaper: "Loading list", store.TestPaper: "Scanner test"}
}
func (English) PaperTo() string   { return "To" }
func (English) PaperFrom() string { return "From" }
func (English) PaperNth(n, of int64) string {
	if of == 0 {
		return fmt.Sprintf("Carton %d", n)
	}
	return fmt.Sprintf("Carton %d of %d", n, of)
}
func (English) PaperSlip(id store.SlipID) string { return "Slip " + string(id) }
func (English) PaperOrder(no string) string      { return "Order " + no }
func (English) PaperWaybill() string             { return "Waybill" }
func (English) PaperZone(zone string) string     { return "Zone " + zone }
func (English) PaperShipBy(at string) string     { return "Ship by " + at }
func (English) PaperBadge(id store.OperatorID) string {
	return fmt.Sprintf("No. %s. The PIN is always asked for.", id)
}
func (English) PaperTotal(lines int, pieces store.Qty) string {
	return fmt.Sprintf("Lines: %d   Pieces: %d", lines, pieces)
}
func (English) PaperPacked(id store.CartonID) string { return "Carton " + string(id) }
func (English) SlipHeader() []string {
	return []string{"#", "SKU", "Goods", "Pieces", "Packed"}
}
func (English) PickHeader() []string {
	return []string{"Bin", "SKU", "Goods", "Lot", "Pieces", "Picked"}
}
func (English) PackHeader() []string { return []string{"#", "SKU", "Goods", "Pieces"} }
func (English) LoadHeader() []string {
	return []string{"#", "Waybill", "Carton", "Carrier", "Pieces", "kg"}
}
func (English) PaperSigns() []string {
	return []string{"Picked by: ________", "Verified by: ________", "Packed by: ________"}
}
func (English) PaperTest(what string) string { return "Reads: " + what }
func (English) PaperTestHelp() []string {
	return []string{"Scan each of them. What the screen shows is to be what stands here, " +
		"capital and small letters, and the bars of GS1 one by one.",
		"Is GS1 run together, set the scanner to send GS (ASCII 29). Are signs wrong, set its " +
			"keyboard to US English. Are letters turned, switch caps lock off."}
}

// Papers implements PaperText.
func (Chinese) Papers() map[store.Paper]string {
	return map[store.Paper]string{store.CartonPaper: "箱唛", store.TotePaper: "周转箱标签",
		store.BinPaper: "货位标签", store.StagePaper: "暂存区标签", store.ItemPaper: "商品标签",
		store.BadgePaper: "工牌", store.CommandPaper: "命令码", store.ReturnPaper: "退货标签",
		store.SlipPaper: "出库单", store.PickPaper: "拣货单", store.PackingPaper: "装箱单",
		store.LoadingPaper: "交接单", store.TestPaper: "扫码枪测试页"}
}
func (Chinese) PaperTo() string   { return "收" }
func (Chinese) PaperFrom() string { return "寄" }
func (Chinese) PaperNth(n, of int64) string {
	if of == 0 {
		return fmt.Sprintf("第 %d 箱", n)
	}
	return fmt.Sprintf("第 %d 箱 / 共 %d 箱", n, of)
}
func (Chinese) PaperSlip(id store.SlipID) string { return "出库单 " + string(id) }
func (Chinese) PaperOrder(no string) string      { return "订单 " + no }
func (Chinese) PaperWaybill() string             { return "运单号" }
func (Chinese) PaperZone(zone string) string     { return "库区 " + zone }
func (Chinese) PaperShipBy(at string) string     { return "截单 " + at }
func (Chinese) PaperBadge(id store.OperatorID) string {
	return fmt.Sprintf("工号 %s，登录仍需 PIN 码", id)
}
func (Chinese) PaperTotal(lines int, pieces store.Qty) string {
	return fmt.Sprintf("共 %d 行 %d 件", lines, pieces)
}
func (Chinese) PaperPacked(id store.CartonID) string { return "箱号 " + string(id) }
func (Chinese) SlipHeader() []string {
	return []string{"序号", "SKU", "商品", "数量", "复核"}
}
func (Chinese) PickHeader() []string {
	return []string{"货位", "SKU", "商品", "批次", "应拣", "实拣"}
}
func (Chinese) PackHeader() []string { return []string{"序号", "SKU", "商品", "数量"} }
func (Chinese) LoadHeader() []string {
	return []string{"序号", "运单号", "箱号", "承运商", "件数", "公斤"}
}
func (Chinese) PaperSigns() []string {
	return []string{"拣货：________", "复核：________", "打包：________"}
}
func (Chinese) PaperTest(what string) string { return "应读出：" + what }
func (Chinese) PaperTestHelp() []string {
	return []string{"逐个扫描，屏幕显示须与此处一致：大小写相同，GS1 各段分开。",
		"GS1 连成一串：请设置扫码枪发送 GS（ASCII 29）。符号不对：请把扫码枪键盘设为美式英语。" +
			"大小写颠倒：请关闭大写锁定。"}
}
