package i18n

import (
	"fmt"
	"time"

	"scanbay/store"
)

// AccuracyText is said where it is shown how right the book is, what is lost, and how people
// scan. The times to choose from are those of ReasonsText.
type AccuracyText interface {
	HomeAccuracy() string
	AccuracyZones() string // the titles
	AccuracyWeeks() string
	AccuracyCauses() string
	AccuracyPeople() string
	AccuracyNone() string                 // nothing was counted
	AccuracyNoScans() string              // nobody scanned
	AccuracySum(right, of int64) string   // bins
	AccuracyLines(right, of int64) string // of what was counted
	AccuracyBins(least string) string     // above the plots
	AccuracyByLine(least string) string
	ShrinkageSum(more, less store.Money) string
	ShrinkageLost(n store.Qty, worth store.Money, times int64) string
	ShrinkageGained(n store.Qty, worth store.Money) string
	Tolerated() string     // a cause: none was asked for
	PeopleTable() []string // picks an hour, wrong, scans, picks, hours
	PersonDid(wrong, scans, picks int64, hours string) string
	PeopleHow() string // what the table is made of
	Hours(d time.Duration) string
}

// CauseOf is the name of what an adjustment was caused by.
func CauseOf(t Text, known []store.Reason, code string) string {
	if code == "" {
		return t.Tolerated()
	}
	for _, r := range known {
		if r.Code == code {
			return t.Reason(r)
		}
	}
	return code
}

// PerHour is a number an hour; below zero is none.
func PerHour(n float64) string {
	if n < 0 {
		return "-"
	}
	return tenths(n)
}

func (English) HomeAccuracy() string    { return "Accuracy" }
func (English) AccuracyZones() string   { return "Accuracy by zone" }
func (English) AccuracyWeeks() string   { return "Accuracy by week" }
func (English) AccuracyCauses() string  { return "Shrinkage by cause" }
func (English) AccuracyPeople() string  { return "How people scan" }
func (English) AccuracyNone() string    { return "Nothing was counted in this time." }
func (English) AccuracyNoScans() string { return "Nobody scanned in this time." }
func (English) AccuracySum(right, of int64) string {
	return fmt.Sprintf("%d of %d", right, of)
}
func (English) AccuracyLines(right, of int64) string {
	return fmt.Sprintf("Lines right: %d of %d", right, of)
}
func (English) AccuracyBins(least string) string   { return "Bins, least " + least }
func (English) AccuracyByLine(least string) string { return "Lines, least " + least }
func (English) ShrinkageSum(more, less store.Money) string {
	return fmt.Sprintf("-%s +%s", less, more)
}
func (English) ShrinkageLost(n store.Qty, worth store.Money, times int64) string {
	return fmt.Sprintf("Lost %d, worth %s, in %d adjustments", n, worth, times)
}
func (English) ShrinkageGained(n store.Qty, worth store.Money) string {
	return fmt.Sprintf("Gained %d, worth %s", n, worth)
}
func (English) Tolerated() string { return "tolerated" }
func (English) PeopleTable() []string {
	return []string{"picks/h", "wrong", "scans", "picks", "hours"}
}
func (English) PersonDid(wrong, scans, picks int64, hours string) string {
	return fmt.Sprintf("%d of %d scans wrong, %d picks in %s h", wrong, scans, picks, hours)
}
func (English) PeopleHow() string {
	return "Wrong: of another thing than was asked for. Hours: from scan to scan, without pauses."
}

// Hours implements AccuracyText.
func (English) Hours(d time.Duration) string { return tenths(d.Hours()) }

func (Chinese) HomeAccuracy() string    { return "准确率" }
func (Chinese) AccuracyZones() string   { return "准确率 按库区" }
func (Chinese) AccuracyWeeks() string   { return "准确率 按周" }
func (Chinese) AccuracyCauses() string  { return "损耗 按原因" }
func (Chinese) AccuracyPeople() string  { return "人员扫描" }
func (Chinese) AccuracyNone() string    { return "这段时间没有盘点。" }
func (Chinese) AccuracyNoScans() string { return "这段时间没有人扫描。" }
func (Chinese) AccuracySum(right, of int64) string {
	return fmt.Sprintf("%d/%d", right, of)
}
func (Chinese) AccuracyLines(right, of int64) string {
	return fmt.Sprintf("账实相符行：%d/%d", right, of)
}
func (Chinese) AccuracyBins(least string) string   { return "货位相符 最低" + least }
func (Chinese) AccuracyByLine(least string) string { return "行相符 最低" + least }
func (Chinese) ShrinkageSum(more, less store.Money) string {
	return fmt.Sprintf("-%s +%s", less, more)
}
func (Chinese) ShrinkageLost(n store.Qty, worth store.Money, times int64) string {
	return fmt.Sprintf("盘亏 %d 件，值 %s，共 %d 次调整", n, worth, times)
}
func (Chinese) ShrinkageGained(n store.Qty, worth store.Money) string {
	return fmt.Sprintf("盘盈 %d 件，值 %s", n, worth)
}
func (Chinese) Tolerated() string { return "容差内" }
func (Chinese) PeopleTable() []string {
	return []string{"拣/时", "错扫", "扫描", "拣货", "小时"}
}
func (Chinese) PersonDid(wrong, scans, picks int64, hours string) string {
	return fmt.Sprintf("错扫 %d/%d，%s 小时拣 %d 次", wrong, scans, hours, picks)
}
func (Chinese) PeopleHow() string {
	return "错扫：扫的不是要扫的。小时：前后两次扫描之间，不计停顿。"
}

// Hours implements AccuracyText.
func (Chinese) Hours(d time.Duration) string { return tenths(d.Hours()) }
