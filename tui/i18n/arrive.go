package i18n

import (
	"fmt"

	"scanbay/store"
)

// ArriveText is said where parcels are registered that came back.
type ArriveText interface {
	ArriveTitle(n int) string // of those registered here and now
	ArriveScan() string
	ArriveWhich() string // the condition of the next
	ArriveBy() string    // the carrier
	BoxLooks(condition string) string
	ParcelConditions() map[string]string
	Arrived(no store.WaybillNo) string
	Unarrived(no store.WaybillNo) string
	ArrivedNobodys() string
	ArrivedBefore() string // what to do with it
}

func (English) ArriveTitle(n int) string { return fmt.Sprintf("Parcels in: %d", n) }
func (English) ArriveScan() string       { return "Scan the waybill of each parcel" }
func (English) ArriveWhich() string      { return "Outside of the next?" }
func (English) ArriveBy() string         { return "Carrier who brings them" }
func (e English) BoxLooks(condition string) string {
	return "Outside: " + e.ParcelConditions()[condition]
}

// ParcelConditions implements ArriveText.
func (English) ParcelConditions() map[string]string {
	return map[string]string{store.Intact: "intact", store.Dented: "dented", store.Wet: "wet",
		store.TornBox: "torn"}
}
func (English) Arrived(no store.WaybillNo) string { return fmt.Sprintf("%s is in", no) }
func (English) Unarrived(no store.WaybillNo) string {
	return fmt.Sprintf("Taken back: %s is not in", no)
}
func (English) ArrivedNobodys() string { return "Ownerless: keep it apart" }
func (English) ArrivedBefore() string  { return "It waits here already. Scan the next" }

func (Chinese) ArriveTitle(n int) string { return fmt.Sprintf("到仓登记 已登%d件", n) }
func (Chinese) ArriveScan() string       { return "逐件扫退件面单" }
func (Chinese) ArriveWhich() string      { return "下一件外箱？" }
func (Chinese) ArriveBy() string         { return "哪家承运商送来？" }
func (c Chinese) BoxLooks(condition string) string {
	return "外箱 " + c.ParcelConditions()[condition]
}

// ParcelConditions implements ArriveText.
func (Chinese) ParcelConditions() map[string]string {
	return map[string]string{store.Intact: "完好", store.Dented: "压痕", store.Wet: "受潮",
		store.TornBox: "破损"}
}
func (Chinese) Arrived(no store.WaybillNo) string { return fmt.Sprintf("%s 已登记", no) }
func (Chinese) Unarrived(no store.WaybillNo) string {
	return fmt.Sprintf("已撤销：%s 未到仓", no)
}
func (Chinese) ArrivedNobodys() string { return "无主件，单独放" }
func (Chinese) ArrivedBefore() string  { return "已登记过未拆，扫下一件" }
