package i18n

import (
	"fmt"

	"scanbay/store"
)

// WaveText is said where orders are released in waves.
type WaveText interface {
	WaveTitle() string
	WaveNone() string
	WaveRow(by store.WaveBy, of string, n int) string
	WaveReleased(n int) string
}

func (English) WaveTitle() string { return "Release which wave?" }
func (English) WaveNone() string  { return "No carrier, cut-off or zone in common" }
func (English) WaveRow(by store.WaveBy, of string, n int) string {
	return fmt.Sprintf("%s %s: %d", map[store.WaveBy]string{store.WaveCutOff: "cut-off",
		store.WaveCarrier: "carrier", store.WaveZone: "zone"}[by], of, n)
}
func (English) WaveReleased(n int) string { return fmt.Sprintf("%d orders released", n) }

func (Chinese) WaveTitle() string { return "下发哪个波次？" }
func (Chinese) WaveNone() string  { return "这些订单没有共同的承运商、截单或库区" }
func (Chinese) WaveRow(by store.WaveBy, of string, n int) string {
	return fmt.Sprintf("%s %s %d单", map[store.WaveBy]string{store.WaveCutOff: "截单",
		store.WaveCarrier: "承运商", store.WaveZone: "库区"}[by], of, n)
}
func (Chinese) WaveReleased(n int) string { return fmt.Sprintf("已下发 %d 单", n) }
