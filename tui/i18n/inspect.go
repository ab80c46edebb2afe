package i18n

import (
	"fmt"

	"scanbay/store"
)

// InspectText is said where goods that came back are looked at and graded.
type InspectText interface {
	InspectTitle(n store.Qty) string // pieces that wait
	InspectNone() string
	InspectScan() string
	NoReturn() string              // in the place of a return's number
	InspectWhose(of string) string // the returns that wait; empty where they were said
	InspectAgain() string
	InspectCount(n, of store.Qty) string
	InspectAsked(reasons, wants string) string
	InspectSerial(serial, sold store.Serial) string // sold: the same, another, or not known
	InspectPoint(i, n int, p store.Point) string
	InspectAnswers() string // its keys
	InspectChecked(list string) string
	PointName(p store.Point) string
	InspectGrade() string
	InspectChoose() string
	InspectAs(grade, as string) string
	InspectTote(as string) string
	InspectBefore(tote string) string // where the last of this kind went
	DispositionShort() map[store.Disposition]string
	Inspected(n store.Qty, as, tote string) string
	InspectLeft(n store.Qty) string
	InspectHow(of store.Qty) string
	InspectNote() string
	OverruleTitle(as string) string
	Overruled(as, by string) string
	UndoneInspect(n store.Qty, item string) string
}

// BesideText is said where a second person answers for a step by badge and PIN.
type BesideText interface {
	BesideTitle(role string) string
	BesideBadge(role string) string
}

func (English) InspectTitle(n store.Qty) string { return fmt.Sprintf("Inspect: %d pcs", n) }
func (English) InspectNone() string             { return "Nothing waits to be inspected." }
func (English) InspectScan() string             { return "Scan item, or type quantity" }
func (English) NoReturn() string                { return "no return" }
func (English) InspectWhose(of string) string {
	return sentence(of, ". ", "Of which return? Scan its label or order")
}
func (English) InspectAgain() string { return "again" }
func (English) InspectCount(n, of store.Qty) string {
	return fmt.Sprintf("%d of %d", n, of)
}
func (English) InspectAsked(reasons, wants string) string {
	return "Asked: " + sentence(reasons, ", ", wants)
}
func (English) InspectSerial(serial, sold store.Serial) string {
	switch sold {
	case "":
		return fmt.Sprintf("Serial %s", serial)
	case serial:
		return fmt.Sprintf("Serial %s: as sold", serial)
	}
	return fmt.Sprintf("Serial %s: NOT the one sold, %s", serial, sold)
}
func (English) InspectPoint(i, n int, p store.Point) string {
	return fmt.Sprintf("%d/%d %s: all right?", i, n, p.En)
}
func (English) InspectAnswers() string            { return "F2 yes  F4 no" }
func (English) InspectChecked(list string) string { return "Checked: " + list }
func (English) PointName(p store.Point) string    { return p.En }
func (English) InspectGrade() string              { return "How is it?" }
func (English) InspectChoose() string             { return "Enter: say how it is" }
func (English) InspectAs(grade, as string) string { return grade + " -> " + as }
func (English) InspectTote(as string) string      { return "Scan a tote for: " + as }
func (English) InspectBefore(tote string) string  { return "As before: " + tote }

// DispositionShort implements InspectText.
func (English) DispositionShort() map[store.Disposition]string {
	return map[store.Disposition]string{store.Restock: "stock", store.Refurbish: "fix",
		store.Hold: "hold", store.VendorReturn: "vendor", store.Scrap: "scrap"}
}
func (English) Inspected(n store.Qty, as, tote string) string {
	return fmt.Sprintf("%d for %s, in %s", n, as, tote)
}
func (English) InspectLeft(n store.Qty) string {
	if n == 0 {
		return "All of this return is done"
	}
	return fmt.Sprintf("Still %d of this return", n)
}
func (English) InspectHow(of store.Qty) string {
	return fmt.Sprintf("How many of the %d are like this?", of)
}
func (English) InspectNote() string            { return "Note on these goods:" }
func (English) OverruleTitle(as string) string { return "Instead of " + as + ":" }
func (English) Overruled(as, by string) string { return by + ": " + as }
func (English) UndoneInspect(n store.Qty, item string) string {
	return fmt.Sprintf("Taken back: %d %s out of the tote, not graded", n, item)
}

func (English) BesideTitle(role string) string { return "Needs a " + role }
func (English) BesideBadge(role string) string {
	return "A " + role + " scans their badge, or types their number. Esc: leave it"
}

func (Chinese) InspectTitle(n store.Qty) string { return fmt.Sprintf("退货质检 %d件", n) }
func (Chinese) InspectNone() string             { return "没有待质检的退货。" }
func (Chinese) InspectScan() string             { return "扫商品，或输入数量" }
func (Chinese) NoReturn() string                { return "无退货单" }
func (Chinese) InspectWhose(of string) string {
	return sentence(of, "，", "哪张退货单？扫退货单或订单")
}
func (Chinese) InspectAgain() string { return "再检" }
func (Chinese) InspectCount(n, of store.Qty) string {
	return fmt.Sprintf("%d/%d件", n, of)
}
func (Chinese) InspectAsked(reasons, wants string) string {
	return "申请：" + sentence(reasons, "，", wants)
}
func (Chinese) InspectSerial(serial, sold store.Serial) string {
	switch sold {
	case "":
		return fmt.Sprintf("序列号 %s", serial)
	case serial:
		return fmt.Sprintf("序列号 %s 一致", serial)
	}
	return fmt.Sprintf("序列号 %s 不一致，售出 %s", serial, sold)
}
func (Chinese) InspectPoint(i, n int, p store.Point) string {
	return fmt.Sprintf("核%d/%d %s 好吗？", i, n, p.Zh)
}
func (Chinese) InspectAnswers() string            { return "F2好  F4不好" }
func (Chinese) InspectChecked(list string) string { return "核：" + list }
func (Chinese) PointName(p store.Point) string    { return p.Zh }
func (Chinese) InspectGrade() string              { return "质检结果？" }
func (Chinese) InspectChoose() string             { return "回车选质检结果" }
func (Chinese) InspectAs(grade, as string) string { return grade + " -> " + as }
func (Chinese) InspectTote(as string) string      { return "请扫“" + as + "”周转箱" }
func (Chinese) InspectBefore(tote string) string  { return "上次放 " + tote }

// DispositionShort implements InspectText.
func (Chinese) DispositionShort() map[store.Disposition]string {
	return map[store.Disposition]string{store.Restock: "上架", store.Refurbish: "返修",
		store.Hold: "待处理", store.VendorReturn: "退供", store.Scrap: "报废"}
}
func (Chinese) Inspected(n store.Qty, as, tote string) string {
	return fmt.Sprintf("%d 件 %s，已放入 %s", n, as, tote)
}
func (Chinese) InspectLeft(n store.Qty) string {
	if n == 0 {
		return "此退货已全部质检"
	}
	return fmt.Sprintf("此退货还有 %d 件", n)
}
func (Chinese) InspectHow(of store.Qty) string {
	return fmt.Sprintf("%d 件中有几件是这样？", of)
}
func (Chinese) InspectNote() string            { return "质检备注：" }
func (Chinese) OverruleTitle(as string) string { return "不" + as + "，改为：" }
func (Chinese) Overruled(as, by string) string { return by + "改为：" + as }
func (Chinese) UndoneInspect(n store.Qty, item string) string {
	return fmt.Sprintf("已撤销：请取出 %d 件 %s，重新质检", n, item)
}

func (Chinese) BesideTitle(role string) string { return "须" + role + "同意" }
func (Chinese) BesideBadge(role string) string {
	return "请" + role + "扫工牌，或输入工号。Esc返回"
}

// sentence is two parts with what is between them, where both are there.
func sentence(a, between, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + between + b
}
