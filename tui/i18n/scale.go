package i18n

import (
	"fmt"

	"scanbay/scanner"
)

// ScaleText is said where something is weighed: what the scale shows, and why that is no
// weight, with what to do.
type ScaleText interface {
	ScaleShows(grams int64, net bool) string // net: a tare was taken off
	ScaleMoves(grams int64) string           // it has not settled
	ScaleEmpty() string
	ScaleSame() string // what was weighed before still lies on it
	ScaleFlaws() map[scanner.Flaw]string
}

func (English) ScaleShows(grams int64, net bool) string {
	if net {
		return fmt.Sprintf("Scale: %d g without its tare. Press its tare key for all", grams)
	}
	return fmt.Sprintf("Scale: %d g", grams)
}
func (English) ScaleMoves(grams int64) string {
	return fmt.Sprintf("Scale: %d g, not settled yet", grams)
}
func (English) ScaleEmpty() string { return "The scale is empty: put it on" }
func (English) ScaleSame() string  { return "Take off what was weighed before, put this on" }

// ScaleFlaws implements ScaleText.
func (English) ScaleFlaws() map[scanner.Flaw]string {
	return map[scanner.Flaw]string{
		scanner.Unsettled: "The scale has not settled: wait",
		scanner.Negative:  "The scale is below zero: empty it, press zero or tare",
		scanner.Overload:  "Too heavy for the scale: type the weight",
		scanner.BadSum:    "The scale's data is spoilt: check its cable, or type",
		scanner.NoWeight:  "The scale is not understood: check speed, protocol, or type",
		scanner.Silent:    "Nothing from the scale: check power, cable, or type",
	}
}

func (Chinese) ScaleShows(grams int64, net bool) string {
	if net {
		return fmt.Sprintf("秤：净重 %d 克，已去皮；要毛重请按秤的去皮键", grams)
	}
	return fmt.Sprintf("秤：%d 克", grams)
}
func (Chinese) ScaleMoves(grams int64) string { return fmt.Sprintf("秤：%d 克，未稳定", grams) }
func (Chinese) ScaleEmpty() string            { return "秤上没有货，请放上" }
func (Chinese) ScaleSame() string             { return "秤上还是刚称过的，请换上这件" }

// ScaleFlaws implements ScaleText.
func (Chinese) ScaleFlaws() map[scanner.Flaw]string {
	return map[scanner.Flaw]string{
		scanner.Unsettled: "秤未稳定，请稍等",
		scanner.Negative:  "秤显示负数，请清空后按置零或去皮键",
		scanner.Overload:  "超出秤的量程，请手工输入重量",
		scanner.BadSum:    "秤的数据有误，请查连线，或手工输入",
		scanner.NoWeight:  "无法识别秤的数据，请查波特率、协议，或手工输入",
		scanner.Silent:    "秤没有数据，请查电源、连线，或手工输入",
	}
}
