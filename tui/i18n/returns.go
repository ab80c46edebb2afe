package i18n

import (
	"fmt"

	"scanbay/store"
)

// ReturnsText is said where the work on returns that waits is shown, and what came back that
// nobody knew; below zero is a number that was not read yet.
type ReturnsText interface {
	HomeReturns(n int) string
	ReturnsTitle() string
	ReturnsScan() string
	ReturnsReceive(n int) string
	ReturnsArrive(n int) string
	ReturnsInspect(n int) string
	ReturnsPutAway(n int) string
	ReturnsReview(n int) string
	ReturnsStrays(n int) string
	ReturnsReasons() string
	StraysTitle(n int) string
	StraysNone() string
	StraysHint() string
	StrayEnds() map[store.StrayEnd]string
	StrayWhich() string // item of ours it is
	StrayIs(item string) string
	Pieces(n store.Qty) string
}

func (English) HomeReturns(n int) string { return "Returns   " + waiting(n) }
func (English) ReturnsTitle() string     { return "Returns" }
func (English) ReturnsScan() string {
	return "Enter, or scan a return, parcel, item or tote"
}
func (English) ReturnsReceive(n int) string { return "Receive   " + waiting(n) }
func (English) ReturnsArrive(n int) string  { return "Parcels in" + waiting(n) }
func (English) ReturnsInspect(n int) string { return "Inspect   " + waiting(n) }
func (English) ReturnsPutAway(n int) string { return "Put away  " + waiting(n) }
func (English) ReturnsReview(n int) string  { return "Review    " + waiting(n) }
func (English) ReturnsStrays(n int) string  { return "Unclaimed " + waiting(n) }
func (English) ReturnsReasons() string      { return "Why it came back" }
func (English) StraysTitle(n int) string    { return fmt.Sprintf("Unclaimed goods: %d", n) }
func (English) StraysNone() string          { return "Nothing is unclaimed." }
func (English) StraysHint() string          { return "Enter: what became of it" }

// StrayEnds implements ReturnsText.
func (English) StrayEnds() map[store.StrayEnd]string {
	return map[store.StrayEnd]string{store.StrayKnown: "an item of ours",
		store.StrayBack: "sent back", store.StrayThrown: "thrown away"}
}
func (English) StrayWhich() string         { return "Scan the item that it is, or type its number" }
func (English) StrayIs(item string) string { return "On hold as " + item }
func (English) Pieces(n store.Qty) string  { return fmt.Sprintf("%d pc", n) }

func (Chinese) HomeReturns(n int) string { return "退货      " + waiting(n) }
func (Chinese) ReturnsTitle() string     { return "退货" }
func (Chinese) ReturnsScan() string {
	return "回车进入，或扫退货单、包裹、商品、周转箱"
}
func (Chinese) ReturnsReceive(n int) string { return "收货      " + waiting(n) }
func (Chinese) ReturnsArrive(n int) string  { return "到仓登记  " + waiting(n) }
func (Chinese) ReturnsInspect(n int) string { return "质检      " + waiting(n) }
func (Chinese) ReturnsPutAway(n int) string { return "上架      " + waiting(n) }
func (Chinese) ReturnsReview(n int) string  { return "退货审核  " + waiting(n) }
func (Chinese) ReturnsStrays(n int) string  { return "不明拒退  " + waiting(n) }
func (Chinese) ReturnsReasons() string      { return "退货分析" }
func (Chinese) StraysTitle(n int) string    { return fmt.Sprintf("不明、拒退 %d", n) }
func (Chinese) StraysNone() string          { return "没有不明或拒退的货。" }
func (Chinese) StraysHint() string          { return "回车：怎么处理" }

// StrayEnds implements ReturnsText.
func (Chinese) StrayEnds() map[store.StrayEnd]string {
	return map[store.StrayEnd]string{store.StrayKnown: "是本仓商品", store.StrayBack: "已退还客户",
		store.StrayThrown: "已丢弃"}
}
func (Chinese) StrayWhich() string         { return "扫对应的商品，或输入SKU" }
func (Chinese) StrayIs(item string) string { return "转待处理 " + item }
func (Chinese) Pieces(n store.Qty) string  { return fmt.Sprintf("%d件", n) }
