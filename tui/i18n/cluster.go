package i18n

import (
	"fmt"

	"scanbay/store"
)

// ClusterText is said where several slips are picked in one walk.
type ClusterText interface {
	ClusterTitle(slips, tasks int) string
	ClusterWalk(mm, plain int64) string // of the walk, and of those slip by slip
	ClusterTote(place int, slip store.SlipID) string
	ClusterInto(place int, tote string) string
	ClusterPut(n store.Qty, place int, tote string) string // what is in hand
	ClusterHeld(n store.Qty) string
	ClusterDone() string
	ClusterBack(n int) string // tasks that were put off
	ClusterLoaded(n int) string
	ClusterNone() string
	AskFullTote(tote, full string) []string
	ClusterSort() string         // all is picked, and is to be sorted
	ClusterAll(slips int) string // that are to share one tote
	ClusterSum(n store.Qty, slips int) string
}

func (English) ClusterTitle(slips, tasks int) string {
	return fmt.Sprintf("%d slips, %d picks", slips, tasks)
}
func (English) ClusterWalk(mm, plain int64) string {
	if plain <= mm {
		return fmt.Sprintf("Walk %d m", mm/1000)
	}
	return fmt.Sprintf("Walk %d m, not %d", mm/1000, plain/1000)
}
func (English) ClusterTote(place int, slip store.SlipID) string {
	return fmt.Sprintf("Place %d, %s: scan its tote", place, slip)
}
func (English) ClusterInto(place int, tote string) string {
	return fmt.Sprintf("Place %d, tote %s", place, tote)
}
func (English) ClusterPut(n store.Qty, place int, tote string) string {
	return fmt.Sprintf("%d in hand. Put into place %d, scan tote %s", n, place, tote)
}
func (English) ClusterHeld(n store.Qty) string { return fmt.Sprintf("%d in hand", n) }
func (English) ClusterDone() string {
	return "All picked. Bring the totes to the packing table."
}
func (English) ClusterBack(n int) string   { return fmt.Sprintf("%d put off", n) }
func (English) ClusterLoaded(n int) string { return fmt.Sprintf("%d more slips on the cart", n) }
func (English) ClusterNone() string {
	return "Nothing on the cart. F4 fills it with the most urgent slips."
}
func (English) AskFullTote(tote, full string) []string {
	return []string{fmt.Sprintf("Is tote %s full? Go on with %s?", full, tote)}
}
func (English) ClusterSort() string { return "All picked. Bring the tote to the put wall." }
func (English) ClusterAll(slips int) string {
	return fmt.Sprintf("One tote for all %d slips: scan it", slips)
}
func (English) ClusterSum(n store.Qty, slips int) string {
	return fmt.Sprintf("Take %d, %d slips", n, slips)
}

func (Chinese) ClusterTitle(slips, tasks int) string {
	return fmt.Sprintf("拣货车 %d单 余%d项", slips, tasks)
}
func (Chinese) ClusterWalk(mm, plain int64) string {
	if plain <= mm {
		return fmt.Sprintf("路程 %d 米", mm/1000)
	}
	return fmt.Sprintf("路程 %d 米，逐单 %d 米", mm/1000, plain/1000)
}
func (Chinese) ClusterTote(place int, slip store.SlipID) string {
	return fmt.Sprintf("%d 号格 %s，请扫周转箱", place, slip)
}
func (Chinese) ClusterInto(place int, tote string) string {
	return fmt.Sprintf("%d 号格 周转箱 %s", place, tote)
}
func (Chinese) ClusterPut(n store.Qty, place int, tote string) string {
	return fmt.Sprintf("手上 %d 件，放 %d 号格，扫周转箱 %s", n, place, tote)
}
func (Chinese) ClusterHeld(n store.Qty) string { return fmt.Sprintf("手上 %d 件", n) }
func (Chinese) ClusterDone() string            { return "全部拣完，请送到打包台。" }
func (Chinese) ClusterBack(n int) string       { return fmt.Sprintf("跳过 %d 项", n) }
func (Chinese) ClusterLoaded(n int) string     { return fmt.Sprintf("又领 %d 单上车", n) }
func (Chinese) ClusterNone() string            { return "车上没有单。按F4领最急的单。" }
func (Chinese) AskFullTote(tote, full string) []string {
	return []string{fmt.Sprintf("周转箱 %s 满了，换 %s 吗？", full, tote)}
}
func (Chinese) ClusterSort() string { return "全部拣完，请送到播种墙。" }
func (Chinese) ClusterAll(slips int) string {
	return fmt.Sprintf("%d 单合放一箱，请扫周转箱", slips)
}
func (Chinese) ClusterSum(n store.Qty, slips int) string {
	return fmt.Sprintf("拣 %d 件，共 %d 单", n, slips)
}
