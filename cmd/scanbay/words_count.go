package main

import (
	"fmt"

	"scanbay/store"
)

// countWords is said of bins that are to be counted.
type countWords interface {
	BinsPlanned(plan store.CountPlanID, bins int64) string
	NoBinsToCount() string
	NothingToCount() string
	CountsListed(path string) string
	CountHeader() []string // bin, zone, item, why, round, task, since, counted by
}

func (english) BinsPlanned(plan store.CountPlanID, bins int64) string {
	return fmt.Sprintf("%s: %d bins are to be counted.", plan, bins)
}
func (english) NoBinsToCount() string {
	return "No bin answers to it, or all are on the list: scanbay count list. Ask for others."
}
func (english) NothingToCount() string {
	return "Nothing is to be counted. scanbay count plan has bins counted."
}
func (english) CountsListed(path string) string { return "The list is in " + path + "." }
func (english) CountHeader() []string {
	return []string{"bin", "zone", "item", "why", "round", "task", "since", "counted by"}
}

func (chinese) BinsPlanned(plan store.CountPlanID, bins int64) string {
	return fmt.Sprintf("%s：共 %d 个货位待盘。", plan, bins)
}
func (chinese) NoBinsToCount() string {
	return "没有这样的货位，或都已在清单里（scanbay count list）。请换个条件。"
}
func (chinese) NothingToCount() string {
	return "没有待盘的货位。用 scanbay count plan 安排盘点。"
}
func (chinese) CountsListed(path string) string { return "清单已写入 " + path + "。" }
func (chinese) CountHeader() []string {
	return []string{"货位", "库区", "商品", "原因", "次数", "任务", "时间", "盘点人"}
}
