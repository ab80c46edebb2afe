package main

import (
	"fmt"

	"scanbay/store"
)

func (chinese) NoDay(text string) string {
	return fmt.Sprintf("%s 不是日期。请照这样写：--from 2026-03-01 --to 2026-03-31。", text)
}
func (chinese) NoReport(path, ext string) string {
	return fmt.Sprintf("%s 不行：请给一个以 %s 结尾的新文件。", path, ext)
}
func (chinese) WhichWarehouse(name string) string {
	return fmt.Sprintf("数据库里有几个仓库，或没有仓库“%s”。请用 --warehouse 指明它有的仓库。", name)
}
func (chinese) Reported(path string) string { return "报表已写入 " + path + "。" }
func (chinese) ReturnsOf(from, to store.Date, back, sent store.Qty, rate string) string {
	return fmt.Sprintf("%s：退回 %d 件，发出 %d 件（%s）。", chineseDays(from, to), back, sent, rate)
}

// chineseDays are the days of a report.
func chineseDays(from, to store.Date) string {
	switch {
	case from != 0 && to != 0:
		return fmt.Sprintf("%s 至 %s", from, to)
	case from != 0:
		return fmt.Sprintf("%s 起", from)
	case to != 0:
		return fmt.Sprintf("至 %s", to)
	}
	return "至今"
}
func (chinese) MoreReturns(n int) string {
	return fmt.Sprintf("……还有 %d 行。--csv 文件 或 --xlsx 文件 可写出全部。", n)
}
func (chinese) ReturnsHeader() []string {
	return []string{"名称", "发出", "退回", "退货率", "主要原因", "主要等级"}
}
func (chinese) ReturnsSaid(reason string) string { return "申请：" + reason }
func (chinese) ReturnsFound(grade string) string { return "质检：" + grade }
func (chinese) ReturnsPages() [4]string {
	return [4]string{"退货", "原因与等级", "走势", "用时"}
}
func (chinese) ReturnsBegin(weeks bool) string {
	if weeks {
		return "周起始日"
	}
	return "日期"
}
func (chinese) ReturnsHours() string { return "小时" }
