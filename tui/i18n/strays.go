package i18n

import (
	"fmt"
	"strings"

	"scanbay/store"
)

// StraysText is said where a supervisor says what came back that nobody knew, and whose it is.
type StraysText interface {
	StrayLeft(n store.Qty) string // that are not known yet
	StrayMany(of store.Qty) string
	NoOrder() string // row of goods of ours of which the order is not known
	BelongsHow() string
	BelongsMost(n string) string // that may still come back of the order
	BelongsSome(n, of store.Qty) string
	Belong(n store.Qty, item, order string) string
	BackWhy() string // of goods that nobody takes back
	BackHow() string
	BelongsOrBack() string
	BackBy(n store.Qty) string
	BackSent(n store.Qty, item, by string) string
}

func (English) StrayLeft(n store.Qty) string  { return fmt.Sprintf("Still unknown: %d", n) }
func (English) StrayMany(of store.Qty) string { return fmt.Sprintf("How many of the %d?", of) }
func (English) NoOrder() string               { return "no order" }
func (English) BelongsHow() string {
	return "Whose is it? Scan order, waybill or return"
}
func (English) BelongsMost(n string) string {
	return "At most " + n + " are of it. F5: say how many"
}
func (English) BelongsSome(n, of store.Qty) string {
	return fmt.Sprintf("%d of %d", n, of)
}
func (English) Belong(n store.Qty, item, order string) string {
	return fmt.Sprintf("%d %s: of %s now, to be inspected", n, item, order)
}

func (English) BackWhy() string         { return "not taken back" }
func (English) BackHow() string         { return "F4 sends back" }
func (e English) BelongsOrBack() string { return e.BelongsHow() + "; " + e.BackHow() }
func (English) BackBy(n store.Qty) string {
	return fmt.Sprintf("%d to the customer. Waybill? None: Enter", n)
}
func (English) BackSent(n store.Qty, item, by string) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s: sent back %s", n, item, by))
}

func (Chinese) StrayLeft(n store.Qty) string  { return fmt.Sprintf("还有 %d 件不明", n) }
func (Chinese) StrayMany(of store.Qty) string { return fmt.Sprintf("共 %d 件，这是几件？", of) }
func (Chinese) NoOrder() string               { return "无订单" }
func (Chinese) BelongsHow() string            { return "归属哪单？扫订单、运单或退货单" }
func (Chinese) BelongsMost(n string) string   { return "此单最多 " + n + " 件，F5改数量" }
func (Chinese) BelongsSome(n, of store.Qty) string {
	return fmt.Sprintf("%d/%d件", n, of)
}
func (Chinese) Belong(n store.Qty, item, order string) string {
	return fmt.Sprintf("%d 件 %s 已归属 %s，请质检", n, item, order)
}
func (Chinese) BackWhy() string         { return "拒退" }
func (Chinese) BackHow() string         { return "F4退回客户" }
func (c Chinese) BelongsOrBack() string { return c.BelongsHow() + "；" + c.BackHow() }
func (Chinese) BackBy(n store.Qty) string {
	return fmt.Sprintf("%d 件退回客户，运单号？没有就回车", n)
}
func (Chinese) BackSent(n store.Qty, item, by string) string {
	return strings.TrimSpace(fmt.Sprintf("%d 件 %s 已退回客户 %s", n, item, by))
}
