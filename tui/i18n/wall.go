package i18n

import (
	"fmt"

	"scanbay/store"
)

// WallText is said where goods that were picked for several slips are sorted.
type WallText interface {
	HomeWall(n int) string
	WallHome(n int) string // totes that wait
	WallNone() string
	WallTotes() string
	WallTote(tote string, slips int, n store.Qty) string
	WallTitle(tote string, left store.Qty) string
	WallOpened(tote string, slips int, n store.Qty) string
	WallRow(to string, slip store.SlipID, n, of store.Qty) string // to is empty for none yet
	WallInto(n store.Qty, to string) string
	WallEmpty(n store.Qty, slip store.SlipID) string // an empty compartment is wanted
	WallPut(n store.Qty, item, to string) string
	WallFull(to string) string
	WallDone(tote string) string
	WallUndone(n store.Qty, item, tote string) string
}

func (English) HomeWall(n int) string { return "Put wall  " + waiting(n) }
func (English) WallHome(n int) string { return fmt.Sprintf("Put wall: totes %d", n) }
func (English) WallNone() string      { return "Nothing is to be sorted." }
func (English) WallTotes() string     { return "Scan a tote to sort" }
func (English) WallTote(tote string, slips int, n store.Qty) string {
	return fmt.Sprintf("%s: %d, %d slips", tote, n, slips)
}
func (English) WallTitle(tote string, left store.Qty) string {
	return fmt.Sprintf("%s: %d to sort", tote, left)
}
func (English) WallOpened(tote string, slips int, n store.Qty) string {
	return fmt.Sprintf("%s: %d slips, %d pieces", tote, slips, n)
}
func (English) WallRow(to string, slip store.SlipID, n, of store.Qty) string {
	if to == "" {
		to = "-"
	}
	if n == of {
		return fmt.Sprintf("%s full %d/%d %s", to, n, of, slip)
	}
	return fmt.Sprintf("%s %d/%d %s", to, n, of, slip)
}
func (English) WallInto(n store.Qty, to string) string {
	return fmt.Sprintf("Put %d into %s, scan %s", n, to, to)
}
func (English) WallEmpty(n store.Qty, slip store.SlipID) string {
	return fmt.Sprintf("Put %d into an empty compartment for %s, scan that", n, slip)
}
func (English) WallPut(n store.Qty, item, to string) string {
	return fmt.Sprintf("%d %s in %s", n, item, to)
}
func (English) WallFull(to string) string   { return to + " is complete: pack it" }
func (English) WallDone(tote string) string { return tote + " is sorted" }
func (English) WallUndone(n store.Qty, item, tote string) string {
	return fmt.Sprintf("Taken back: put %d %s into %s", n, item, tote)
}

func (Chinese) HomeWall(n int) string { return "播种墙    " + waiting(n) }
func (Chinese) WallHome(n int) string { return fmt.Sprintf("播种墙 %d箱待播", n) }
func (Chinese) WallNone() string      { return "没有待播种的周转箱。" }
func (Chinese) WallTotes() string     { return "请扫待播种的周转箱" }
func (Chinese) WallTote(tote string, slips int, n store.Qty) string {
	return fmt.Sprintf("%s %d件 %d单", tote, n, slips)
}
func (Chinese) WallTitle(tote string, left store.Qty) string {
	return fmt.Sprintf("播种 %s 余%d件", tote, left)
}
func (Chinese) WallOpened(tote string, slips int, n store.Qty) string {
	return fmt.Sprintf("%s 共 %d 单 %d 件", tote, slips, n)
}
func (Chinese) WallRow(to string, slip store.SlipID, n, of store.Qty) string {
	if to == "" {
		to = "-"
	}
	if n == of {
		return fmt.Sprintf("%s 已齐%d/%d %s", to, n, of, slip)
	}
	return fmt.Sprintf("%s %d/%d %s", to, n, of, slip)
}
func (Chinese) WallInto(n store.Qty, to string) string {
	return fmt.Sprintf("放 %d 件到格口 %s，扫格口", n, to)
}
func (Chinese) WallEmpty(n store.Qty, slip store.SlipID) string {
	return fmt.Sprintf("%s 放 %d 件到空格口，扫格口", slip, n)
}
func (Chinese) WallPut(n store.Qty, item, to string) string {
	return fmt.Sprintf("%d 件 %s 已放 %s", n, item, to)
}
func (Chinese) WallFull(to string) string   { return "格口 " + to + " 已齐，可打包" }
func (Chinese) WallDone(tote string) string { return tote + " 已播完" }
func (Chinese) WallUndone(n store.Qty, item, tote string) string {
	return fmt.Sprintf("已撤销：请把 %d 件 %s 放回 %s", n, item, tote)
}
