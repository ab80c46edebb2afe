package main

import (
	"fmt"

	"scanbay/store"
)

// trailWords is said of what happened to a thing, and on a day.
type trailWords interface {
	NoTrail(key string) string
	MoreTrail(n int) string
	CloseTitle(day store.Date, warehouse, now string) string
	CloseRows() closeRows
	CloseCounts(counted, exact int) string
	CloseTolerated() string
	CloseHeads() string
	CloseSigned() string
	NoHead(text string) string
	HeadsKept(n int) string
}

// closeRows names the rows of a close.
type closeRows struct {
	Counts, Variances, Adjusted, Resolved, Open, Scans, Refused, Facts string
}

func (english) NoTrail(key string) string {
	return fmt.Sprintf("Nothing in that time names %s. Check how it is written, or leave out "+
		"--from and --to.", key)
}
func (english) MoreTrail(n int) string {
	return fmt.Sprintf("These are the last %d. --from and --to show others.", n)
}
func (english) CloseTitle(day store.Date, warehouse, now string) string {
	return fmt.Sprintf("Close of %s, warehouse %s, printed %s", day, warehouse, now)
}
func (english) CloseRows() closeRows {
	return closeRows{"Counted:       ", "Variances:     ", "Adjusted:      ", "Discrepancies: ",
		"Still open:    ", "Scans:         ", "Refused:       ", "Facts:         "}
}
func (english) CloseCounts(counted, exact int) string {
	return fmt.Sprintf("%d bins, %d as their books", counted, exact)
}
func (english) CloseTolerated() string { return "tolerated" }
func (english) CloseHeads() string {
	return "Ends of the logs. scanbay verify FILE --head END finds what was altered up to there:"
}
func (english) CloseSigned() string { return "Closed by: ____________________" }
func (english) NoHead(text string) string {
	return fmt.Sprintf("%q is no end of a log. Write it as it was printed: S1:1:345: and at "+
		"least 16 digits of the hash.", text)
}
func (english) HeadsKept(n int) string {
	return fmt.Sprintf("The logs are as they were at %d printed ends.", n)
}

func (chinese) NoTrail(key string) string {
	return fmt.Sprintf("这段时间没有“%s”的记录。请核对写法，或去掉 --from 和 --to。", key)
}
func (chinese) MoreTrail(n int) string {
	return fmt.Sprintf("以上是最近 %d 条，用 --from 和 --to 看其他的。", n)
}
func (chinese) CloseTitle(day store.Date, warehouse, now string) string {
	return fmt.Sprintf("%s 日结  仓库 %s  打印时间 %s", day, warehouse, now)
}
func (chinese) CloseRows() closeRows {
	return closeRows{"盘点：    ", "盘点差异：", "库存调整：", "差异处理：", "未处理：  ",
		"扫描：    ", "拒绝：    ", "记录数：  "}
}
func (chinese) CloseCounts(counted, exact int) string {
	return fmt.Sprintf("%d 个货位，%d 个账实相符", counted, exact)
}
func (chinese) CloseTolerated() string { return "误差内" }
func (chinese) CloseHeads() string {
	return "各记录的末尾。用 scanbay verify 文件 --head 末尾 可查出此前的改动："
}
func (chinese) CloseSigned() string { return "日结人：____________________" }
func (chinese) NoHead(text string) string {
	return fmt.Sprintf("“%s”不是记录的末尾。请照打印的写：S1:1:345: 加至少 16 位校验码。", text)
}
func (chinese) HeadsKept(n int) string {
	return fmt.Sprintf("记录与打印的 %d 个末尾相符。", n)
}
