package i18n

import (
	"fmt"

	"scanbay/store"
)

// SignedText is said where it is written down what a customer signed for, or sends back, and
// from the card of an order or a return.
type SignedText interface {
	SignedTitle(slip store.SlipID) string
	SignedHint() string
	SignedDay() Meaning
	SignedBadDay(text string) string
	SignedEarly(left store.Date) string
	SignedLine(line int64, n store.Qty) string
	SignedOf(signed, short, damaged store.Qty) string
	SignedShort(left store.Qty) string
	SignedDamaged(signed store.Qty) string
	SignedNotOf(item string) string
	SignedNow(slip store.SlipID) string
	SignedWhich() string

	ParcelScan() string
	ParcelBy(no store.WaybillNo) string
	ParcelTold(id store.RMAID, no store.WaybillNo) string
	ReshippedNow(id store.RMAID) string
	ReshipNone() string // the remedy where nothing is left to send
}

func (English) SignedTitle(slip store.SlipID) string { return "Signed " + string(slip) }
func (English) SignedHint() string {
	return "Enter, or scan an item: short, damaged. F6 saves"
}
func (English) SignedDay() Meaning {
	return Meaning{"Day", "When the customer signed, as 2026-03-01"}
}
func (English) SignedBadDay(text string) string {
	return "No such day, or not yet: " + text + ". Type it as 2026-03-01"
}
func (English) SignedEarly(left store.Date) string {
	return "It left on " + left.String() + ": give that day, or one after it"
}
func (English) SignedLine(line int64, n store.Qty) string {
	return fmt.Sprintf("line %d: %d pcs", line, n)
}
func (English) SignedOf(signed, short, damaged store.Qty) string {
	out := fmt.Sprint(signed)
	if short > 0 {
		out += fmt.Sprintf(", short %d", short)
	}
	if damaged > 0 {
		out += fmt.Sprintf(", damaged %d", damaged)
	}
	return out
}
func (English) SignedShort(left store.Qty) string {
	return fmt.Sprintf("Of %d that left, how many are short?", left)
}
func (English) SignedDamaged(signed store.Qty) string {
	return fmt.Sprintf("Of %d signed for, how many are damaged?", signed)
}
func (English) SignedNotOf(item string) string { return "Not of this slip: " + item }
func (English) SignedNow(slip store.SlipID) string {
	return "Signed for: " + string(slip)
}
func (English) SignedWhich() string { return "Which slip?" }

func (English) ParcelScan() string { return "Scan or type the waybill that it comes back by" }
func (English) ParcelBy(no store.WaybillNo) string {
	return string(no) + ": which carrier, if known?"
}
func (English) ParcelTold(id store.RMAID, no store.WaybillNo) string {
	return fmt.Sprintf("Return %s comes by %s", id, no)
}
func (English) ReshippedNow(id store.RMAID) string {
	return fmt.Sprintf("Return %s: an order is opened, see below", id)
}

func (Chinese) SignedTitle(slip store.SlipID) string { return "签收 " + string(slip) }
func (Chinese) SignedHint() string                   { return "回车或扫商品登记短少、破损，F6保存" }
func (Chinese) SignedDay() Meaning {
	return Meaning{"日期", "客户签收的日期，如 2026-03-01"}
}
func (Chinese) SignedBadDay(text string) string {
	return "日期不对或还没到：" + text + "，请按 2026-03-01 输入"
}
func (Chinese) SignedEarly(left store.Date) string {
	return left.String() + " 才出库，请填当天或以后的日期"
}
func (Chinese) SignedLine(line int64, n store.Qty) string {
	return fmt.Sprintf("第 %d 行：%d 件", line, n)
}
func (Chinese) SignedOf(signed, short, damaged store.Qty) string {
	out := fmt.Sprint(signed)
	if short > 0 {
		out += fmt.Sprintf(" 少%d", short)
	}
	if damaged > 0 {
		out += fmt.Sprintf(" 破%d", damaged)
	}
	return out
}
func (Chinese) SignedShort(left store.Qty) string {
	return fmt.Sprintf("已发 %d 件，短少几件？", left)
}
func (Chinese) SignedDamaged(signed store.Qty) string {
	return fmt.Sprintf("签收 %d 件，破损几件？", signed)
}
func (Chinese) SignedNotOf(item string) string     { return "不在此出库单：" + item }
func (Chinese) SignedNow(slip store.SlipID) string { return "已登记签收 " + string(slip) }
func (Chinese) SignedWhich() string                { return "哪张出库单？" }

func (English) ReshipNone() string { return "All was sent again, or nobody has inspected it" }
func (Chinese) ReshipNone() string { return "都补发过了，或者还没质检" }

func (Chinese) ParcelScan() string { return "请扫或输入寄回的运单号" }
func (Chinese) ParcelBy(no store.WaybillNo) string {
	return string(no) + " 承运商？不知道就回车"
}
func (Chinese) ParcelTold(id store.RMAID, no store.WaybillNo) string {
	return fmt.Sprintf("退货单 %s 寄回 %s", id, no)
}
func (Chinese) ReshippedNow(id store.RMAID) string {
	return fmt.Sprintf("退货单 %s 已开补发订单，见下", id)
}
