package main

import (
	"fmt"

	"scanbay/store"
)

// accuracyWords is said of how right the book is.
type accuracyWords interface {
	AccuracyOf(from, to store.Date, right, of int64, rate string) string
	AccuracyPages() [4]string // by zone, by week, by cause, by operator
	AccuracyHeader(weeks bool) []string
	ShrinkageHeader() []string
	PeopleHeader() []string
}

func (english) AccuracyOf(from, to store.Date, right, of int64, rate string) string {
	return fmt.Sprintf("%s: of %d bins that were counted %d were as their book (%s).",
		englishDays(from, to), of, right, rate)
}
func (english) AccuracyPages() [4]string {
	return [4]string{"zones", "weeks", "causes", "operators"}
}
func (english) AccuracyHeader(weeks bool) []string {
	first := "zone"
	if weeks {
		first = "week of"
	}
	return []string{first, "bins", "right", "rate", "lines", "right", "rate"}
}
func (english) ShrinkageHeader() []string {
	return []string{"cause", "adjustments", "lost", "worth", "gained", "worth"}
}
func (english) PeopleHeader() []string {
	return []string{"operator", "name", "scans", "wrong", "rate", "picks", "hours", "picks an hour"}
}

func (chinese) AccuracyOf(from, to store.Date, right, of int64, rate string) string {
	return fmt.Sprintf("%s：盘点 %d 个货位，账实相符 %d 个（%s）。", chineseDays(from, to), of, right, rate)
}
func (chinese) AccuracyPages() [4]string {
	return [4]string{"库区", "周", "原因", "人员"}
}
func (chinese) AccuracyHeader(weeks bool) []string {
	first := "库区"
	if weeks {
		first = "周起始日"
	}
	return []string{first, "货位", "相符", "准确率", "行", "相符", "准确率"}
}
func (chinese) ShrinkageHeader() []string {
	return []string{"原因", "调整次数", "盘亏", "金额", "盘盈", "金额"}
}
func (chinese) PeopleHeader() []string {
	return []string{"工号", "姓名", "扫描", "错扫", "错扫率", "拣货", "小时", "每小时拣货"}
}
