package main

import (
	"fmt"
	"strings"

	"scanbay/store"
	"scanbay/tui/i18n"
)

// noticesWords is what customers are told of orders and returns, and what is said of that.
type noticesWords interface {
	Notice(of store.NoticeKind, t telling) string
	Sending(of store.NoticeKind, x sending) string
	NoNotices() string
	NoticesSent(n int) string
}

func (english) NoNotices() string { return "No customer waits for word." }
func (english) NoticesSent(n int) string {
	return fmt.Sprintf("%d notices are recorded as sent.", n)
}
func (english) Notice(of store.NoticeKind, t telling) string {
	about := t.called()
	switch of {
	case store.NoticeApproved:
		out := "Your return " + about + " is approved."
		switch {
		case t.here:
			return out
		case t.How == store.AtShop:
			return out + " Bring the goods and this number."
		case t.How == store.ByPickUp:
			return out + " Keep the goods ready, with this number; they are fetched."
		}
		return out + " Send the goods, with this number in the parcel."
	case store.NoticeRejected:
		out := "We cannot take your return " + about + " back"
		if why := t.why(i18n.English{}); len(why) > 0 {
			out += ": " + strings.Join(why, "; ")
		}
		return out + ". Ask us if you have questions."
	case store.NoticeAsked:
		if t.State == store.RMAAsked {
			return "A question on your return " + about + ": " + t.RMADecision.Note
		}
		return "Our question on your return " + about + " is answered."
	case store.NoticeReceived:
		return "The goods of your return " + about + " are here. We look at them now."
	case store.NoticeRefund:
		return "For your return " + about + " you get " + t.back + " back."
	case store.NoticeExchange:
		if t.Wants == store.WantsRepair {
			return "The repaired goods of your return " + about + " go out by order " +
				t.goesOut() + "."
		}
		return "In exchange for your return " + about + ", order " + t.goesOut() + " goes out."
	case store.NoticeBack:
		out := "Goods of your return " + about + " go back to you"
		if t.by != "" {
			out += " by " + string(t.by)
		}
		return out + "."
	}
	return ""
}

func (chinese) NoNotices() string { return "没有待通知的客户。" }
func (chinese) NoticesSent(n int) string {
	return fmt.Sprintf("%d 条通知已记为已发送。", n)
}
func (chinese) Notice(of store.NoticeKind, t telling) string {
	about := t.called()
	switch of {
	case store.NoticeApproved:
		out := "您的退货 " + about + " 已通过审核。"
		switch {
		case t.here:
			return out
		case t.How == store.AtShop:
			return out + "请带上商品和此单号到门店办理。"
		case t.How == store.ByPickUp:
			return out + "请备好商品并附上此单号，我们上门取件。"
		}
		return out + "请寄回商品，并在包裹内注明此单号。"
	case store.NoticeRejected:
		out := "您的退货 " + about + " 未通过审核"
		if why := t.why(i18n.Chinese{}); len(why) > 0 {
			out += "：" + strings.Join(why, "；")
		}
		return out + "。如有疑问请联系客服。"
	case store.NoticeAsked:
		if t.State == store.RMAAsked {
			return "关于您的退货 " + about + "，请回复：" + t.RMADecision.Note
		}
		return "关于您的退货 " + about + " 的问题已得到答复。"
	case store.NoticeReceived:
		return "您退货 " + about + " 的商品已收到，正在质检。"
	case store.NoticeRefund:
		return "您的退货 " + about + " 共退款 " + t.back + "。"
	case store.NoticeExchange:
		if t.Wants == store.WantsRepair {
			return "您退货 " + about + " 的商品已修好，由订单 " + t.goesOut() + " 寄回。"
		}
		return "您退货 " + about + " 的换货订单 " + t.goesOut() + " 将为您发出。"
	case store.NoticeBack:
		out := "您退货 " + about + " 的商品已退回给您"
		if t.by != "" {
			out += "，运单号 " + string(t.by)
		}
		return out + "。"
	}
	return ""
}

func (english) Sending(of store.NoticeKind, x sending) string {
	out := "Your order " + x.called
	switch of {
	case store.NoticeConfirmed:
		return out + " is confirmed. We get it ready."
	case store.NoticeShipped:
		out += " is on its way"
		if x.waybills != "" {
			out += " by " + strings.TrimSpace(string(x.carrier)+" "+x.waybills)
		}
		return out + "."
	case store.NoticeDelayed:
		out += " is late on its way"
		if why := strings.TrimSpace(x.said.Place + " " + x.said.Note); why != "" {
			out += ": " + why
		}
		return out + "."
	case store.NoticeDelivered:
		return out + " was delivered."
	}
	return ""
}

func (chinese) Sending(of store.NoticeKind, x sending) string {
	out := "您的订单 " + x.called
	switch of {
	case store.NoticeConfirmed:
		return out + " 已确认，正在备货。"
	case store.NoticeShipped:
		out += " 已发货"
		if x.waybills != "" {
			out += "，" + strings.TrimSpace(string(x.carrier)+" 运单号 "+x.waybills)
		}
		return out + "。"
	case store.NoticeDelayed:
		out += " 的包裹有延误"
		if why := strings.TrimSpace(x.said.Place + " " + x.said.Note); why != "" {
			out += "：" + why
		}
		return out + "。"
	case store.NoticeDelivered:
		return out + " 已送达。"
	}
	return ""
}
