package i18n

import (
	"fmt"

	"scanbay/store"
)

// PutAwayText is said where graded goods are brought to their places.
type PutAwayText interface {
	PutAwayTitle(n int) string
	PutAwayNone() string
	PutAwayScan() string
	PutAwayRow(tote, as string, n store.Qty) string
	PutAwayTote(tote string) string
	PutAwayAs(n store.Qty, as string) string
	PutAwayHome(use store.Use) string // what the bin is for
	PutAwayBin(bin string) string
	PutAwayAnyBin(as string) string // none is proposed
	PutAwayScrap() string
	PutAwayOther() string        // the remedy for a tote without graded goods
	PutAwayRoom(n string) string // the remedy for a bin that is nearly full
	PutAwayEmpty(tote string) string
	BinIs(bin string) string
	ShelvedOne(n store.Qty, item, bin string) string
	AskPlace(got, want, item string) []string
	AskScrap(n store.Qty, item string) []string
	Scrapped(n store.Qty, item string) string
	UndonePutAway(n store.Qty, item, tote string) string
}

func (English) PutAwayTitle(n int) string { return fmt.Sprintf("Put away: %d totes", n) }
func (English) PutAwayNone() string       { return "No tote of graded goods waits." }
func (English) PutAwayScan() string       { return "Scan a tote" }
func (English) PutAwayRow(tote, as string, n store.Qty) string {
	return fmt.Sprintf("%s %d %s", tote, n, as)
}
func (English) PutAwayTote(tote string) string { return "Tote " + tote }
func (English) PutAwayAs(n store.Qty, as string) string {
	return fmt.Sprintf("%d for %s", n, as)
}
func (English) PutAwayHome(use store.Use) string {
	return fmt.Sprintf("Into a %s bin", use)
}
func (English) PutAwayBin(bin string) string   { return "Scan bin " + bin }
func (English) PutAwayAnyBin(as string) string { return "No bin proposed: scan one for " + as }
func (English) PutAwayScrap() string           { return "F2 scraps them (supervisor)" }
func (English) PutAwayOther() string           { return "Scan another tote" }
func (English) PutAwayRoom(n string) string {
	return "It has room for " + n + ", use another for the rest"
}
func (English) PutAwayEmpty(tote string) string {
	return "Tote " + tote + " is empty now"
}
func (English) BinIs(bin string) string { return "At bin " + bin }
func (English) ShelvedOne(n store.Qty, item, bin string) string {
	return fmt.Sprintf("%d %s in %s", n, item, bin)
}
func (English) AskPlace(got, want, item string) []string {
	if item != "" {
		return []string{fmt.Sprintf("%s into %s and not %s?", item, got, want)}
	}
	return []string{fmt.Sprintf("Use bin %s and not %s?", got, want)}
}
func (English) AskScrap(n store.Qty, item string) []string {
	return []string{fmt.Sprintf("Throw away %d %s?", n, item)}
}
func (English) Scrapped(n store.Qty, item string) string {
	return fmt.Sprintf("%d %s scrapped", n, item)
}
func (English) UndonePutAway(n store.Qty, item, tote string) string {
	return fmt.Sprintf("Taken back: put %d %s into tote %s", n, item, tote)
}

func (Chinese) PutAwayTitle(n int) string { return fmt.Sprintf("退货上架 %d箱", n) }
func (Chinese) PutAwayNone() string       { return "没有待上架的周转箱。" }
func (Chinese) PutAwayScan() string       { return "请扫周转箱" }
func (Chinese) PutAwayRow(tote, as string, n store.Qty) string {
	return fmt.Sprintf("%s %d件 %s", tote, n, as)
}
func (Chinese) PutAwayTote(tote string) string { return "周转箱 " + tote }
func (Chinese) PutAwayAs(n store.Qty, as string) string {
	return fmt.Sprintf("%d 件 %s", n, as)
}
func (c Chinese) PutAwayHome(use store.Use) string {
	return "放" + c.CardBin(store.Bin{Use: use})
}
func (Chinese) PutAwayBin(bin string) string { return "请扫货位 " + bin }
func (Chinese) PutAwayAnyBin(as string) string {
	return "没有推荐货位，请扫放" + as + "的货位"
}
func (Chinese) PutAwayScrap() string { return "F2报废（主管）" }
func (Chinese) PutAwayOther() string { return "请扫另一个周转箱" }
func (Chinese) PutAwayRoom(n string) string {
	return "还能放 " + n + " 件，其余换个货位"
}
func (Chinese) PutAwayEmpty(tote string) string { return "周转箱 " + tote + " 已空" }
func (Chinese) BinIs(bin string) string         { return "已到货位 " + bin }
func (Chinese) ShelvedOne(n store.Qty, item, bin string) string {
	return fmt.Sprintf("%d 件 %s 已上架 %s", n, item, bin)
}
func (Chinese) AskPlace(got, want, item string) []string {
	if item != "" {
		return []string{fmt.Sprintf("%s 应放 %s，改放 %s 吗？", item, want, got)}
	}
	return []string{fmt.Sprintf("推荐 %s，改放 %s 吗？", want, got)}
}
func (Chinese) AskScrap(n store.Qty, item string) []string {
	return []string{fmt.Sprintf("报废 %d 件 %s 吗？", n, item)}
}
func (Chinese) Scrapped(n store.Qty, item string) string {
	return fmt.Sprintf("已报废 %d 件 %s", n, item)
}
func (Chinese) UndonePutAway(n store.Qty, item, tote string) string {
	return fmt.Sprintf("已撤销：请把 %d 件 %s 放回周转箱 %s", n, item, tote)
}
