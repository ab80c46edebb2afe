package i18n

import (
	"fmt"

	"scanbay/store"
)

// GiveBackText is said where money is given back by hand.
type GiveBackText interface {
	GiveTitle() string
	GiveScan() string
	GiveHint() string
	GivePaid() string  // for the order
	GiveGiven() string // that went back, or is to
	GiveLeft() string  // that may go back
	GiveNothing() string
	GiveUnpaid() string
	AskGive(sum store.Money, order string) []string
	WhyNotGive(sum store.Money) string // what was given by hand
	AskNotGive(sum store.Money, of string) []string
	GiveHowMuch(left store.Money) string
	GiveWhy(sum store.Money) string
	GivenBack(sum store.Money, order string) string
	RefundWaits(order store.OrderID, came store.Money) string
	CardWithdrawn(sum store.Money) string
	Discrepancies() map[store.DiscKind]string
}

func (English) GiveTitle() string   { return "Give money back" }
func (English) GiveScan() string    { return "Scan or type the order, or its return." }
func (English) GiveHint() string    { return "Enter: how much. Or scan another." }
func (English) GivePaid() string    { return "Paid" }
func (English) GiveGiven() string   { return "Given back" }
func (English) GiveLeft() string    { return "At most" }
func (English) GiveNothing() string { return "All that was paid goes back already" }
func (English) GiveUnpaid() string  { return "Nothing was paid for it" }
func (English) AskGive(sum store.Money, order string) []string {
	return []string{fmt.Sprintf("Give %s of order %s back?", sum, order)}
}
func (English) WhyNotGive(sum store.Money) string {
	return fmt.Sprintf("Why not %s?", sum)
}
func (English) AskNotGive(sum store.Money, of string) []string {
	return []string{fmt.Sprintf("Withdraw the %s of %s?", sum, of)}
}
func (English) GiveHowMuch(left store.Money) string {
	return fmt.Sprintf("How much? At most %s", left)
}
func (English) GiveWhy(sum store.Money) string { return fmt.Sprintf("Why %s?", sum) }
func (English) GivenBack(sum store.Money, order string) string {
	return fmt.Sprintf("%s for order %s is to be paid back", sum, order)
}
func (English) RefundWaits(order store.OrderID, came store.Money) string {
	return fmt.Sprintf("Order %s: waits for the customer's payment, %s came", order, came)
}
func (English) CardWithdrawn(sum store.Money) string {
	return fmt.Sprintf("Refund %s, not to be paid any more", sum)
}

// Discrepancies implements GiveBackText.
func (English) Discrepancies() map[store.DiscKind]string {
	return map[store.DiscKind]string{
		store.ShortPick: "bin short", store.PackMiss: "missing in tote",
		store.ZeroCheck: "bin not empty", store.Surplus: "too many in bin",
		store.NoGoods:    "parcel was empty",
		store.LateHolder: "picked by another", store.PickedTwice: "picked twice",
		store.LeftStopped: "left although stopped",
		store.BelowZero:   "more taken than booked", store.SerialAgain: "serial twice",
		store.BackTwice: "more came back than was sent",
		store.BackGone:  "returned goods moved twice",
		store.Overpaid:  "more given than came back",
		store.WeightOff: "carton weight off",
		store.LostOnWay: "lost on its way", store.DamagedOnWay: "damaged on its way",
		store.SignOffDiff: "not signed for as sent",
	}
}

func (Chinese) GiveTitle() string   { return "手工退款" }
func (Chinese) GiveScan() string    { return "扫或输入订单号、退货单号" }
func (Chinese) GiveHint() string    { return "回车输金额，或扫另一单" }
func (Chinese) GivePaid() string    { return "已付" }
func (Chinese) GiveGiven() string   { return "已退及待退" }
func (Chinese) GiveLeft() string    { return "最多可退" }
func (Chinese) GiveNothing() string { return "已付的款全部已退或待退" }
func (Chinese) GiveUnpaid() string  { return "此单没有付款" }
func (Chinese) AskGive(sum store.Money, order string) []string {
	return []string{fmt.Sprintf("订单 %s 退 %s？", order, sum)}
}
func (Chinese) WhyNotGive(sum store.Money) string {
	return fmt.Sprintf("作废 %s，原因？", sum)
}
func (Chinese) AskNotGive(sum store.Money, of string) []string {
	return []string{fmt.Sprintf("作废 %s 的退款 %s？", of, sum)}
}
func (Chinese) GiveHowMuch(left store.Money) string {
	return fmt.Sprintf("退多少？最多 %s", left)
}
func (Chinese) GiveWhy(sum store.Money) string { return fmt.Sprintf("退 %s，原因？", sum) }
func (Chinese) GivenBack(sum store.Money, order string) string {
	return fmt.Sprintf("订单 %s 待退 %s", order, sum)
}
func (Chinese) RefundWaits(order store.OrderID, came store.Money) string {
	return fmt.Sprintf("订单 %s：等客户付款，已付 %s", order, came)
}
func (Chinese) CardWithdrawn(sum store.Money) string {
	return fmt.Sprintf("退款 %s 已作废", sum)
}

// Discrepancies implements GiveBackText.
func (Chinese) Discrepancies() map[store.DiscKind]string {
	return map[store.DiscKind]string{store.ShortPick: "货位缺货", store.PackMiss: "周转箱缺货",
		store.ZeroCheck: "货位未清空", store.Surplus: "货位多货",
		store.NoGoods: "退件是空的", store.LateHolder: "别人拣了",
		store.LeftStopped: "拦截后已发出", store.PickedTwice: "重复拣货", store.BelowZero: "出库超过账面",
		store.SerialAgain: "序列号重复", store.BackTwice: "退回多于发出",
		store.BackGone: "退货去向不一",
		store.Overpaid: "多退了款或货", store.WeightOff: "箱重不符",
		store.LostOnWay: "运输丢件", store.DamagedOnWay: "运输破损", store.SignOffDiff: "签收差异"}
}
