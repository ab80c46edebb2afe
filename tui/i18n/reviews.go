package i18n

import (
	"fmt"
	"strings"

	"scanbay/store"
)

// ReviewsText is said where a supervisor decides on returns.
type ReviewsText interface {
	ReviewsTitle(n int) string
	ReviewsNone() string
	ReviewLine(n store.Qty, item string) string
	ReviewCame(n store.Qty, item string) string
	Unannounced() string
	CameClosed(state string) string // goods of a return that nobody was to take
	CameClosedHow() string
	NoneOfThese() string // what to do with a label that is of none on the list
	WaitsForAnswer(question string) string
	WasAnswered(answer string) string
	ReturnAsked() string
	ReturnAnswered() string
	ReturnFinding(f store.Finding) (problem, remedy string)
	WhyKeeps() string // the customer keeps the goods
	CustomerKeeps(id store.RMAID) string
	ReturnWants() map[store.ReturnWants]string
	ReturnHows() map[store.ReturnHow]string
	ReturnStates() map[store.RMAState]string // none: it came without a request
	Dispositions() map[store.Disposition]string
	CardReturn(id store.RMAID, state string) string
	CardGoods(g store.Goods) string
	CardRefund(sum store.Money, settled bool) string
	CardExchange(order store.OrderID) string
}

// AskBackText is said where a request of a return is written down.
type AskBackText interface {
	AskBackTitle() string
	AskBackHint() string
	AskBackRows() map[string]Meaning // by the field of the request
	BackOf(order string) string
	BackAbout() string
	BackLine(n store.Qty, item string) string
	BackMost(n store.Qty) string
	NotOfOrder(item string) string
	OrderOfIt() string // what to do with goods that are not of the order
	BackAsked(id store.RMAID) string
}

// RefundsText is said where refunds are taken down that were paid.
type RefundsText interface {
	ReturnsRefunds(n int) string // as ReturnsText: below zero is not read yet
	RefundsTitle(n int) string
	RefundsNone() string
	RefundAbout(f store.RefundDue) string
	RefundNo(sum store.Money) string
}

// most is the bound that a finding was over.
func most(f store.Finding) string { return strings.TrimPrefix(f.Want, "<= ") }

func (English) ReturnAsked() string    { return "Asked: it waits for the answer" }
func (English) ReturnAnswered() string { return "Answered: it is reviewed anew" }
func (Chinese) ReturnAsked() string    { return "已提问，等客户答复" }
func (Chinese) ReturnAnswered() string { return "已答复，重新审核" }

func (English) ReviewsTitle(n int) string { return fmt.Sprintf("Returns to review: %d", n) }
func (English) ReviewsNone() string       { return "No return waits for you." }
func (English) ReviewLine(n store.Qty, item string) string {
	return fmt.Sprintf("%d x %s", n, item)
}
func (English) ReviewCame(n store.Qty, item string) string {
	return fmt.Sprintf("here: %d x %s", n, item)
}
func (English) Unannounced() string            { return "It came without a request." }
func (English) CameClosed(state string) string { return "Goods came, and it is " + state }
func (English) CameClosedHow() string {
	return "Approve it, or reject it and send them back"
}
func (English) NoneOfThese() string                   { return "It is none of these" }
func (English) WaitsForAnswer(question string) string { return "Asked: " + question }
func (English) WasAnswered(answer string) string      { return "Answer: " + answer }

// ReturnFinding implements ReviewsText.
func (English) ReturnFinding(f store.Finding) (problem, remedy string) {
	line := ""
	if f.Line > 0 {
		line = fmt.Sprintf("Line %d: ", f.Line)
	}
	switch f.Rule {
	case "final":
		return line + "sold for good", "Approve it only as a favour"
	case "days":
		return fmt.Sprintf("%s%s days since it was signed for, at most %s", line, f.Got, most(f)),
			"Approve it only as a favour"
	case "amount":
		return fmt.Sprintf("Worth %s, more than %s", f.Got, most(f)), "Look at it, then decide"
	case "order":
		return line + "no order", "Ask for the order's number, or decide"
	case "proof":
		return "No proof of purchase", "Ask the customer for it"
	case "reason":
		return line + "unknown reason " + f.Got, "Ask the customer why"
	}
	return f.Rule, ""
}
func (English) WhyKeeps() string { return "The customer keeps it. Why?" }
func (English) CustomerKeeps(id store.RMAID) string {
	return fmt.Sprintf("%s: the customer keeps the goods", id)
}

// ReturnWants implements ReviewsText.
func (English) ReturnWants() map[store.ReturnWants]string {
	return map[store.ReturnWants]string{store.WantsRefund: "refund",
		store.WantsExchange: "exchange", store.WantsRepair: "repair"}
}

// ReturnHows implements ReviewsText.
func (English) ReturnHows() map[store.ReturnHow]string {
	return map[store.ReturnHow]string{store.ByCourier: "by courier", store.ByPickUp: "picked up",
		store.AtShop: "brought in"}
}

func (English) AskBackTitle() string { return "Request a return" }
func (English) AskBackHint() string  { return "Scan the order, then the items. F6 saves." }

// AskBackRows implements AskBackText.
func (English) AskBackRows() map[string]Meaning {
	return map[string]Meaning{
		"order":  {"Order", "Scan or type its number, or a parcel's. None: leave it."},
		"reason": {"Reason", "Why the customer sends it back"},
		"wants":  {"Wants", "Money, other goods, or a repair"},
		"how":    {"How", "How the goods come back"},
		"number": {"Number", "The platform's, of its request"},
		"proof":  {"Proof", "An invoice's number, where there is no order"},
		"note":   {"Note", "What the customer says"},
	}
}
func (English) BackOf(order string) string { return "Return of order " + order }
func (English) BackAbout() string          { return "Scan it, or Enter: how many" }
func (English) BackLine(n store.Qty, item string) string {
	return fmt.Sprintf("%d to come back: %s", n, item)
}
func (English) BackMost(n store.Qty) string {
	return fmt.Sprintf("At most %d may come back", n)
}
func (English) NotOfOrder(item string) string { return "Not of this order: " + item }
func (English) OrderOfIt() string {
	return "Scan the order that it is of, in a request of its own"
}
func (English) BackAsked(id store.RMAID) string {
	return fmt.Sprintf("Return %s is written down", id)
}

func (Chinese) ReviewsTitle(n int) string { return fmt.Sprintf("待审退货单 %d", n) }
func (Chinese) ReviewsNone() string       { return "没有待审的退货单。" }
func (Chinese) ReviewLine(n store.Qty, item string) string {
	return fmt.Sprintf("%d 件 %s", n, item)
}
func (Chinese) ReviewCame(n store.Qty, item string) string {
	return fmt.Sprintf("已到 %d 件 %s", n, item)
}
func (Chinese) Unannounced() string                   { return "无申请，货先到了" }
func (Chinese) CameClosed(state string) string        { return "货到了，但" + state }
func (Chinese) CameClosedHow() string                 { return "破例通过，或驳回并退还" }
func (Chinese) NoneOfThese() string                   { return "不在此列表" }
func (Chinese) WaitsForAnswer(question string) string { return "已问：" + question }
func (Chinese) WasAnswered(answer string) string      { return "答复：" + answer }

// ReturnFinding implements ReviewsText.
func (Chinese) ReturnFinding(f store.Finding) (problem, remedy string) {
	line := ""
	if f.Line > 0 {
		line = fmt.Sprintf("第%d行：", f.Line)
	}
	switch f.Rule {
	case "final":
		return line + "售出不退", "破例才通过"
	case "days":
		return fmt.Sprintf("%s签收 %s 天，限 %s 天", line, f.Got, most(f)), "破例才通过"
	case "amount":
		return fmt.Sprintf("金额 %s 超过 %s", f.Got, most(f)), "看清再定"
	case "order":
		return line + "没有订单", "问订单号，或直接定"
	case "proof":
		return "没有购买凭证", "请客户提供"
	case "reason":
		return line + "原因不明 " + f.Got, "问客户原因"
	}
	return f.Rule, ""
}
func (Chinese) WhyKeeps() string { return "客户不退了，原因？" }
func (Chinese) CustomerKeeps(id store.RMAID) string {
	return fmt.Sprintf("%s 客户不退了", id)
}

// ReturnWants implements ReviewsText.
func (Chinese) ReturnWants() map[store.ReturnWants]string {
	return map[store.ReturnWants]string{store.WantsRefund: "退款", store.WantsExchange: "换货",
		store.WantsRepair: "维修"}
}

// ReturnHows implements ReviewsText.
func (Chinese) ReturnHows() map[store.ReturnHow]string {
	return map[store.ReturnHow]string{store.ByCourier: "快递寄回", store.ByPickUp: "上门取件",
		store.AtShop: "送到门店"}
}

func (Chinese) AskBackTitle() string { return "退货申请" }
func (Chinese) AskBackHint() string  { return "扫订单，再扫商品，F6保存" }

// AskBackRows implements AskBackText.
func (Chinese) AskBackRows() map[string]Meaning {
	return map[string]Meaning{
		"order":  {"订单", "扫或输入订单号、箱号、运单号；没有就不填"},
		"reason": {"原因", "客户为什么退"},
		"wants":  {"要求", "退款、换货或维修"},
		"how":    {"方式", "货怎么回来"},
		"number": {"售后号", "平台的退货单号"},
		"proof":  {"凭证", "没有订单时的发票号等"},
		"note":   {"说明", "客户说的话"},
	}
}
func (Chinese) BackOf(order string) string { return "订单 " + order + " 退货" }
func (Chinese) BackAbout() string          { return "扫商品加一件，回车输数量" }
func (Chinese) BackLine(n store.Qty, item string) string {
	return fmt.Sprintf("退 %d 件 %s", n, item)
}
func (Chinese) BackMost(n store.Qty) string     { return fmt.Sprintf("最多可退 %d 件", n) }
func (Chinese) NotOfOrder(item string) string   { return "不在此订单：" + item }
func (Chinese) OrderOfIt() string               { return "先保存，再扫它的订单另开一张" }
func (Chinese) BackAsked(id store.RMAID) string { return fmt.Sprintf("退货单 %s 已登记", id) }

// ReturnStates implements ReviewsText.
func (English) ReturnStates() map[store.RMAState]string {
	return map[store.RMAState]string{"": "without a request", store.RMARequested: "requested",
		store.RMAHeld: "to be decided", store.RMAAsked: "customer asked",
		store.RMAApproved: "approved", store.RMARejected: "rejected",
		store.RMACancelled: "customer keeps it"}
}

// Dispositions implements ReviewsText.
func (English) Dispositions() map[store.Disposition]string {
	return map[store.Disposition]string{store.Restock: "restock", store.Refurbish: "refurbish",
		store.Hold: "hold", store.VendorReturn: "return to vendor", store.Scrap: "scrap"}
}
func (English) CardReturn(id store.RMAID, state string) string {
	return fmt.Sprintf("Return %s: %s", id, state)
}
func (English) CardGoods(g store.Goods) string {
	return fmt.Sprintf("%s: %d here, %d inspected, %d away", g.Item, g.Received, g.Inspected,
		g.Shelved)
}
func (English) CardRefund(sum store.Money, settled bool) string {
	if settled {
		return fmt.Sprintf("Refund %s, paid", sum)
	}
	return fmt.Sprintf("Refund %s, to be paid", sum)
}
func (English) CardExchange(order store.OrderID) string {
	return fmt.Sprintf("In its place: order %s", order)
}

// ReturnStates implements ReviewsText.
func (Chinese) ReturnStates() map[store.RMAState]string {
	return map[store.RMAState]string{"": "无申请", store.RMARequested: "已申请",
		store.RMAHeld: "待审", store.RMAAsked: "已问客户", store.RMAApproved: "已通过",
		store.RMARejected: "已驳回", store.RMACancelled: "客户不退"}
}

// Dispositions implements ReviewsText.
func (Chinese) Dispositions() map[store.Disposition]string {
	return map[store.Disposition]string{store.Restock: "良品上架", store.Refurbish: "返修",
		store.Hold: "待处理", store.VendorReturn: "退供", store.Scrap: "报废"}
}
func (Chinese) CardReturn(id store.RMAID, state string) string {
	return fmt.Sprintf("退货单 %s %s", id, state)
}
func (Chinese) CardGoods(g store.Goods) string {
	return fmt.Sprintf("%s 已收 %d 已检 %d 已上架 %d", g.Item, g.Received, g.Inspected, g.Shelved)
}
func (Chinese) CardRefund(sum store.Money, settled bool) string {
	if settled {
		return fmt.Sprintf("退款 %s 已付", sum)
	}
	return fmt.Sprintf("退款 %s 待付", sum)
}
func (Chinese) CardExchange(order store.OrderID) string {
	return fmt.Sprintf("换货订单 %s", order)
}

func (English) ReturnsRefunds(n int) string { return "Refunds   " + waiting(n) }
func (English) RefundsTitle(n int) string   { return fmt.Sprintf("Refunds to pay: %d", n) }
func (English) RefundsNone() string         { return "Nothing is to be paid back." }
func (English) RefundAbout(f store.RefundDue) string {
	return fmt.Sprintf("Order %s: %s %s", f.Order, f.Amount, f.Currency)
}
func (English) RefundNo(sum store.Money) string {
	return fmt.Sprintf("%s paid back. Number of the payment?", sum)
}

func (Chinese) ReturnsRefunds(n int) string { return "退款      " + waiting(n) }
func (Chinese) RefundsTitle(n int) string   { return fmt.Sprintf("待付退款 %d", n) }
func (Chinese) RefundsNone() string         { return "没有待付的退款。" }
func (Chinese) RefundAbout(f store.RefundDue) string {
	return fmt.Sprintf("订单 %s：%s %s", f.Order, f.Amount, f.Currency)
}
func (Chinese) RefundNo(sum store.Money) string {
	return fmt.Sprintf("已退 %s，付款流水号？", sum)
}
