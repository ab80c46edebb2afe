package i18n

import (
	"cmp"
	"fmt"

	"scanbay/store"
)

// DockText is said where trucks are loaded, and of what became of parcels behind the dock.
type DockText interface {
	LoadWhich() string // truck
	LoadNew(c store.CarrierID, parcels int) string
	LoadOpen(h store.Handover) string
	LoadTruck() string // its plate is typed
	LoadTitle(h store.Handover) string
	LoadCount(loaded, waits int) string
	LoadBegun(h store.Handover) string
	LoadDock(dock string) string
	LoadSigned() string // who takes the parcels
	AskDock(loaded int, left string) []string
	LoadLeft(h store.Handover) string

	AskWithout(carton store.CartonID) []string // a number, does it leave?
	TakeWhich() string                         // parcel is taken back
	AskTakeBack(carton store.CartonID) []string
	TookBack(carton store.CartonID) string

	ShipmentStates() map[store.ShipmentState]string
	CardMove(m store.Tracking, state, at string) string
	MoveOf() string    // which parcel
	MoveTitle() string // what is said of it
	MovePlace() string // and note are typed
	MoveKept(no store.WaybillNo, state string) string

	NoteSigned() string // the sign-off was corrected
	NoteSmall() string  // it settled itself
	NoteSignOff(left, signed, short, over, damaged string) string

	ListTitle(id store.HandoverID) string
	ListHead(h store.Handover, at string) []string
	ListSum(parcels int, pieces int64) string
	ListRow(no store.WaybillNo, carton store.CartonID, pieces int64) string
	ListSign(signed string) []string
}

// onTruck is a carrier and its truck, as they are called.
func onTruck(h store.Handover, none string) string {
	carrier := string(h.Carrier)
	if carrier == "" {
		carrier = none
	}
	return spaced(carrier, h.Truck, h.Dock.Code())
}

func (English) LoadWhich() string { return "Which truck?" }
func (e English) LoadNew(c store.CarrierID, parcels int) string {
	return fmt.Sprintf("New: %s, %d wait", onTruck(store.Handover{Carrier: c}, e.NoCarrier()),
		parcels)
}
func (e English) LoadOpen(h store.Handover) string {
	return fmt.Sprintf("%s, %d on it", onTruck(h, e.NoCarrier()), h.Parcels)
}
func (English) LoadTruck() string                   { return "Plate, or nothing:" }
func (e English) LoadTitle(h store.Handover) string { return onTruck(h, e.NoCarrier()) }
func (English) LoadCount(loaded, waits int) string {
	return fmt.Sprintf("On it %d, here %d", loaded, waits)
}
func (e English) LoadBegun(h store.Handover) string {
	return "Loading " + onTruck(h, e.NoCarrier())
}
func (English) LoadDock(dock string) string { return "At dock " + dock }
func (English) LoadSigned() string          { return "Who takes them?" }
func (English) AskDock(loaded int, left string) []string {
	return []string{fmt.Sprintf("%d on the truck, %s on the dock.", loaded, left),
		"Leave these for the next truck?"}
}
func (English) LoadLeft(h store.Handover) string {
	return fmt.Sprintf("%s has left with %d", h.ID, h.Parcels)
}
func (English) AskWithout(carton store.CartonID) []string {
	return []string{fmt.Sprintf("%s has no waybill. Let it leave so?", carton)}
}
func (English) TakeWhich() string { return "Scan the parcel first: it was confirmed" }
func (English) AskTakeBack(carton store.CartonID) []string {
	return []string{fmt.Sprintf("Is %s still here? A supervisor takes it back.", carton)}
}
func (English) TookBack(carton store.CartonID) string {
	return fmt.Sprintf("%s is here again, and sealed", carton)
}

// ShipmentStates implements DockText.
func (English) ShipmentStates() map[store.ShipmentState]string {
	return map[store.ShipmentState]string{store.ShipTransit: "on its way",
		store.ShipDelayed: "late", store.ShipDamaged: "damaged", store.ShipLost: "lost",
		store.ShipDelivered: "delivered", store.ShipReturned: "coming back"}
}
func (English) CardMove(m store.Tracking, state, at string) string {
	return spaced(at, string(m.Waybill), state, m.Place, m.Note)
}
func (English) MoveOf() string    { return "Which parcel?" }
func (English) MoveTitle() string { return "What about it?" }
func (English) MovePlace() string { return "Where, or why:" }
func (English) MoveKept(no store.WaybillNo, state string) string {
	return string(no) + ": " + state
}

func (English) NoteSigned() string { return "signed for otherwise since" }
func (English) NoteSmall() string  { return "small: settled by itself" }
func (English) NoteSignOff(left, signed, short, over, damaged string) string {
	return fmt.Sprintf("Left: %s. Signed for: %s, short %s, over %s, damaged %s.", left, signed,
		short, over, damaged)
}

func (English) ListTitle(id store.HandoverID) string { return "Loading list " + string(id) }
func (e English) ListHead(h store.Handover, at string) []string {
	return []string{"Carrier, truck, dock: " + onTruck(h, e.NoCarrier()), "Left: " + at}
}
func (English) ListSum(parcels int, pieces int64) string {
	return fmt.Sprintf("%d parcels, %d pieces", parcels, pieces)
}
func (English) ListRow(no store.WaybillNo, carton store.CartonID, pieces int64) string {
	return spaced(cmp.Or(string(no), string(carton)), fmt.Sprintf("%d pc", pieces))
}
func (English) ListSign(signed string) []string {
	return []string{"Handed over by: ____________", "Taken by: " + cmp.Or(signed, "____________")}
}

func (Chinese) LoadWhich() string { return "装哪辆车？" }
func (z Chinese) LoadNew(c store.CarrierID, parcels int) string {
	return fmt.Sprintf("新车 %s 待交 %d", onTruck(store.Handover{Carrier: c}, z.NoCarrier()), parcels)
}
func (z Chinese) LoadOpen(h store.Handover) string {
	return fmt.Sprintf("%s 已装 %d", onTruck(h, z.NoCarrier()), h.Parcels)
}
func (Chinese) LoadTruck() string                   { return "车牌，可不填：" }
func (z Chinese) LoadTitle(h store.Handover) string { return onTruck(h, z.NoCarrier()) }
func (Chinese) LoadCount(loaded, waits int) string {
	return fmt.Sprintf("车上 %d 月台 %d", loaded, waits)
}
func (z Chinese) LoadBegun(h store.Handover) string {
	return "开始装车 " + onTruck(h, z.NoCarrier())
}
func (Chinese) LoadDock(dock string) string { return "月台 " + dock }
func (Chinese) LoadSigned() string          { return "接收人签名：" }
func (Chinese) AskDock(loaded int, left string) []string {
	return []string{fmt.Sprintf("车上 %d 件，月台还有 %s 件。", loaded, left), "留给下一车吗？"}
}
func (Chinese) LoadLeft(h store.Handover) string {
	return fmt.Sprintf("%s 已离场，共 %d 件", h.ID, h.Parcels)
}
func (Chinese) AskWithout(carton store.CartonID) []string {
	return []string{fmt.Sprintf("%s 没有运单号，就这样出库吗？", carton)}
}
func (Chinese) TakeWhich() string { return "请先扫已确认的包裹" }
func (Chinese) AskTakeBack(carton store.CartonID) []string {
	return []string{fmt.Sprintf("%s 还在仓库吗？由主管撤销出库。", carton)}
}
func (Chinese) TookBack(carton store.CartonID) string {
	return fmt.Sprintf("已撤销出库，%s 仍为封箱", carton)
}

// ShipmentStates implements DockText.
func (Chinese) ShipmentStates() map[store.ShipmentState]string {
	return map[store.ShipmentState]string{store.ShipTransit: "运输中", store.ShipDelayed: "延误",
		store.ShipDamaged: "破损", store.ShipLost: "丢件", store.ShipDelivered: "已送达",
		store.ShipReturned: "退回中"}
}
func (Chinese) CardMove(m store.Tracking, state, at string) string {
	return spaced(at, string(m.Waybill), state, m.Place, m.Note)
}
func (Chinese) MoveOf() string    { return "哪个包裹？" }
func (Chinese) MoveTitle() string { return "有什么动态？" }
func (Chinese) MovePlace() string { return "地点或原因：" }
func (Chinese) MoveKept(no store.WaybillNo, state string) string {
	return string(no) + " 已记为" + state
}

func (Chinese) NoteSigned() string { return "签收已更正" }
func (Chinese) NoteSmall() string  { return "小差异，自动了结" }
func (Chinese) NoteSignOff(left, signed, short, over, damaged string) string {
	return fmt.Sprintf("发出 %s 件；签收 %s，少 %s，多 %s，破损 %s。", left, signed, short, over,
		damaged)
}

func (Chinese) ListTitle(id store.HandoverID) string { return "交接单 " + string(id) }
func (z Chinese) ListHead(h store.Handover, at string) []string {
	return []string{"承运商、车牌、月台：" + onTruck(h, z.NoCarrier()), "离场：" + at}
}
func (Chinese) ListSum(parcels int, pieces int64) string {
	return fmt.Sprintf("共 %d 件包裹，%d 件商品", parcels, pieces)
}
func (Chinese) ListRow(no store.WaybillNo, carton store.CartonID, pieces int64) string {
	return spaced(cmp.Or(string(no), string(carton)), fmt.Sprintf("%d件", pieces))
}
func (Chinese) ListSign(signed string) []string {
	return []string{"交货人签字：____________", "接收人签字：" + cmp.Or(signed, "____________")}
}
