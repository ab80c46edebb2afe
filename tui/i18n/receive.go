package i18n

import (
	"fmt"

	"scanbay/store"
)

// ReceiveText is said where goods that came back are unpacked.
type ReceiveText interface {
	ReceiveTitle() string
	ReceiveOpen() string // what to scan when no case is open
	ParcelsHere(n int) string
	ReceiveComing(n int) string
	ComingRow(id store.RMAID, n store.Qty) string
	ReceiveReturn(id store.RMAID) string // the titles of a case
	ReceiveOrder(no string) string
	Ownerless() string
	ReceiveWho(customer string, wants store.ReturnWants) string
	// ReceiveRow is how many came, of how many, and how many more may; below zero none is asked.
	ReceiveRow(received, announced, room store.Qty) string
	ReceiveCount(received, announced, room store.Qty) string  // the same, where there is less room
	ReceiveAside(received, announced, aside store.Qty) string // the same, where some lie aside
	ReceiveClosed(s store.RMAState) string
	ReceiveScan(inspect bool) string // whether some can be inspected at once
	ReceiveNobodys() string          // whose order nobody knows
	ReceiveNone() string             // is to be taken
	ReceiveAll(inspect bool) string  // is here
	Otherwise() string               // how goods that were refused can go another way
	ElseOtherwise() string           // the same, where there is none of what is asked for
	ReceivedSome(n store.Qty, name string) string
	PutAside(n store.Qty, name string) string
	HandedBack(n store.Qty, name string) string
	Unreceived(n store.Qty, name string) string
	NotHandedBack(n store.Qty, name string) string
	WasSent(what string) string // a lot or a serial
	AskExtra(n, left string) []string
	AskEmpty() []string
	SaidEmpty() string
}

// ofAnnounced is how many came, of those that were announced, where any were.
func ofAnnounced(received, announced store.Qty) string {
	if announced == 0 {
		return received.String()
	}
	return received.String() + "/" + announced.String()
}

func (English) ReceiveTitle() string { return "Receive returns" }
func (English) ReceiveOpen() string {
	return "Scan return label, waybill, order, slip or carton"
}
func (English) ParcelsHere(n int) string   { return fmt.Sprintf("Here, closed: %d", n) }
func (English) ReceiveComing(n int) string { return fmt.Sprintf("Expected: %d", n) }
func (English) ComingRow(id store.RMAID, n store.Qty) string {
	return fmt.Sprintf("%s %d pc", id, n)
}
func (English) ReceiveReturn(id store.RMAID) string { return fmt.Sprintf("Return %s", id) }
func (English) ReceiveOrder(no string) string       { return "Order " + no }
func (English) Ownerless() string                   { return "Ownerless" }
func (e English) ReceiveWho(customer string, wants store.ReturnWants) string {
	if wants == "" {
		return "Customer " + customer
	}
	return customer + " wants " + e.ReturnWants()[wants]
}
func (e English) ReceiveRow(received, announced, room store.Qty) string {
	if room < 0 {
		return e.ReceiveCount(received, announced, room) + " in"
	}
	return fmt.Sprintf("%s in, max %d more", e.ReceiveCount(received, announced, -1), room)
}
func (English) ReceiveCount(received, announced, room store.Qty) string {
	said := ofAnnounced(received, announced)
	if room < 0 {
		return said
	}
	return fmt.Sprintf("%s, max +%d", said, room)
}
func (English) ReceiveAside(received, announced, aside store.Qty) string {
	return fmt.Sprintf("%s in, %d on hold", ofAnnounced(received, announced), aside)
}
func (e English) ReceiveClosed(s store.RMAState) string {
	return "Take nothing: " + e.ReturnStates()[s]
}
func (English) ReceiveScan(inspect bool) string {
	if inspect {
		return "Scan items. F5 inspect, F6 done"
	}
	return "Scan items. F6 done"
}
func (English) ReceiveNobodys() string { return "Scan a paper in it: order, slip. Else the items" }
func (English) ReceiveNone() string    { return "Scan what to hand back. F6 done" }
func (English) ReceiveAll(inspect bool) string {
	if inspect {
		return "All here. F5 inspect, F6 done, or scan the next"
	}
	return "All here. F6 done, or scan the next"
}
func (English) Otherwise() string     { return "F2 hold F4 hand back" }
func (English) ElseOtherwise() string { return ". It has none? F2 hold F4 hand back" }
func (English) ReceivedSome(n store.Qty, name string) string {
	return fmt.Sprintf("%d in: %s", n, name)
}
func (English) PutAside(n store.Qty, name string) string {
	return fmt.Sprintf("%d on hold: %s", n, name)
}
func (English) HandedBack(n store.Qty, name string) string {
	return fmt.Sprintf("%d handed back: %s", n, name)
}
func (English) Unreceived(n store.Qty, name string) string {
	return fmt.Sprintf("Taken back: %d out again, %s", n, name)
}
func (English) NotHandedBack(n store.Qty, name string) string {
	return fmt.Sprintf("Not handed back: %d here, %s", n, name)
}
func (English) WasSent(what string) string { return "Sent was " + what }
func (English) AskExtra(n, left string) []string {
	return []string{n + " are more than the " + left + " still announced. Take them?"}
}
func (English) AskEmpty() []string { return []string{"Nothing came. Was the parcel empty?"} }
func (English) SaidEmpty() string  { return "Empty parcel noted, the supervisor looks into it" }

func (Chinese) ReceiveTitle() string       { return "退货收货" }
func (Chinese) ReceiveOpen() string        { return "请扫退货单、面单、订单、出库单或箱号" }
func (Chinese) ParcelsHere(n int) string   { return fmt.Sprintf("到仓未拆 %d", n) }
func (Chinese) ReceiveComing(n int) string { return fmt.Sprintf("待收退货单 %d", n) }
func (Chinese) ComingRow(id store.RMAID, n store.Qty) string {
	return fmt.Sprintf("%s %d件", id, n)
}
func (Chinese) ReceiveReturn(id store.RMAID) string { return fmt.Sprintf("退货 %s", id) }
func (Chinese) ReceiveOrder(no string) string       { return "订单 " + no }
func (Chinese) Ownerless() string                   { return "无主件" }
func (c Chinese) ReceiveWho(customer string, wants store.ReturnWants) string {
	if wants == "" {
		return "客户 " + customer
	}
	return "客户 " + customer + " 要" + c.ReturnWants()[wants]
}
func (c Chinese) ReceiveRow(received, announced, room store.Qty) string {
	said := "已收" + ofAnnounced(received, announced)
	if room < 0 {
		return said
	}
	return fmt.Sprintf("%s 最多再收%d", said, room)
}
func (Chinese) ReceiveCount(received, announced, room store.Qty) string {
	said := "收" + ofAnnounced(received, announced)
	if room < 0 {
		return said
	}
	return fmt.Sprintf("%s 可收%d", said, room)
}
func (Chinese) ReceiveAside(received, announced, aside store.Qty) string {
	return fmt.Sprintf("已收%s 待处理%d", ofAnnounced(received, announced), aside)
}
func (c Chinese) ReceiveClosed(s store.RMAState) string {
	return c.ReturnStates()[s] + "：一件不收"
}
func (Chinese) ReceiveScan(inspect bool) string {
	if inspect {
		return "扫商品 F5质检 F6完成"
	}
	return "逐件扫商品，F6完成"
}
func (Chinese) ReceiveNobodys() string { return "扫包裹里的单据；没有就扫商品" }
func (Chinese) ReceiveNone() string    { return "扫退还的商品，F6完成" }
func (Chinese) ReceiveAll(inspect bool) string {
	if inspect {
		return "收齐了 F5质检 F6完成，或扫下一单"
	}
	return "收齐了 F6完成，或扫下一单"
}
func (Chinese) Otherwise() string     { return "F2待处理，F4拒收" }
func (Chinese) ElseOtherwise() string { return "；没有就F2待处理，F4拒收" }
func (Chinese) ReceivedSome(n store.Qty, name string) string {
	return fmt.Sprintf("收 %d 件 %s", n, name)
}
func (Chinese) PutAside(n store.Qty, name string) string {
	return fmt.Sprintf("转待处理 %d 件 %s", n, name)
}
func (Chinese) HandedBack(n store.Qty, name string) string {
	return fmt.Sprintf("拒收 %d 件 %s，请退还", n, name)
}
func (Chinese) Unreceived(n store.Qty, name string) string {
	return fmt.Sprintf("已撤销：请取出 %d 件 %s", n, name)
}
func (Chinese) NotHandedBack(n store.Qty, name string) string {
	return fmt.Sprintf("已撤销拒收：%d 件 %s 还在", n, name)
}
func (Chinese) WasSent(what string) string { return "发出的是 " + what }
func (Chinese) AskExtra(n, left string) []string {
	return []string{n + " 件，申请只剩 " + left + " 件，都收下吗？"}
}
func (Chinese) AskEmpty() []string { return []string{"一件没收，包裹是空的吗？"} }
func (Chinese) SaidEmpty() string  { return "空包裹已记录，主管会查" }
