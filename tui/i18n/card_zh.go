package i18n

import (
	"fmt"

	"scanbay/store"
	"scanbay/store/order"
)

func (Chinese) LookTitle() string     { return "查询" }
func (Chinese) LookAsk() string       { return "扫或输入：商品、货位、单号、手机后四位" }
func (Chinese) LookMany(n int) string { return fmt.Sprintf("查到 %d 项，请选择", n) }
func (Chinese) CardHint() string      { return "上下键翻看" }

func (Chinese) CardBlind() string { return "盘点中，账面不显示" }
func (Chinese) CardLevels(onHand, reserved, available store.Qty) string {
	return fmt.Sprintf("在库 %d 占用 %d 可用 %d", onHand, reserved, available)
}
func (Chinese) CardCode(code string, n store.Qty) string {
	if n > 1 {
		return fmt.Sprintf("箱码 %s = %d 件", code, n)
	}
	return "条码 " + code
}
func (Chinese) CardNowhere() string { return "没有存货" }
func (Chinese) CardAt(b store.Balance) string {
	return spaced(string(b.Place), b.N.String()+"件", string(b.Lot), string(b.Serial),
		b.Expires.String())
}
func (Chinese) CardIn(b store.Balance) string {
	return spaced(string(b.Item), b.N.String()+"件", string(b.Lot), string(b.Serial),
		b.Expires.String())
}
func (Chinese) CardBin(b store.Bin) string {
	use := map[store.Use]string{store.PickUse: "拣选货位", store.StorageUse: "存储货位",
		store.ReturnsUse: "退货货位", store.DefectUse: "次品货位", store.HoldUse: "待处理货位",
		store.ToteUse: "周转箱", store.StageUse: "暂存区", store.DockUse: "月台"}[b.Use]
	return spaced(use, b.Zone)
}
func (Chinese) CardSlip(s store.Slip, state string) string {
	if s.Sums.Want == 0 {
		return fmt.Sprintf("出库单 %s %s", s.ID, state)
	}
	return fmt.Sprintf("出库单 %s %s %d/%d行", s.ID, state, s.Sums.LinesDone, s.Sums.Lines)
}
func (Chinese) CardWalk(walk, plain int64) string {
	if plain <= walk { // heavy goods first can be a detour
		return fmt.Sprintf("行走 %d 米", walk/1000)
	}
	return fmt.Sprintf("行走 %d 米，少走 %d 米", walk/1000, (plain-walk)/1000)
}
func (Chinese) CardHolder(name string) string { return name + " 作业中" }
func (Chinese) CardBefore(name string, over bool) string {
	if over {
		return "接手自 " + name
	}
	return "原为 " + name
}
func (Chinese) CardForced(name string) string     { return "强制释放 " + name }
func (Chinese) CardOrder(no, state string) string { return no + " " + state }
func (c Chinese) CardOf(o store.Order) string {
	return spaced(o.Channel, o.Shop, o.Customer, c.Deliveries()[o.Mode], string(o.Carrier))
}
func (Chinese) CardPerson(p store.Recipient, phone string) string {
	return spaced(p.Name, phone, p.City, p.Address)
}
func (Chinese) CardMoney(paid, due, cod store.Money) string {
	out := fmt.Sprintf("已付 %s / 应付 %s", paid, due)
	if cod != 0 {
		out += fmt.Sprintf(" 代收 %s", cod)
	}
	return out
}
func (Chinese) CardLine(l store.OrderLine) string {
	out := fmt.Sprintf("%d %s x %d", l.Line, l.Item, l.N)
	for _, x := range []struct {
		what string
		n    store.Qty
	}{{"取消", max(l.Cancelled, l.Refunded)}, {"欠", l.Need - (l.Want - l.Short)},
		{"已拣", l.Used}, {"已出", l.Shipped}} {
		if x.n > 0 {
			out += fmt.Sprintf(" %s%d", x.what, x.n)
		}
	}
	return out
}
func (Chinese) CardWaybill(no store.WaybillNo, carrier store.CarrierID) string {
	return spaced("运单", string(carrier), string(no))
}
func (Chinese) CardQuestion(q store.Question) string {
	if q.Answer == "" {
		return "已问：" + q.Text + "（待答复）"
	}
	return "已问：" + q.Text + " 答：" + q.Answer
}
func (Chinese) CardChange(c store.OrderChange) string {
	return fmt.Sprintf("变更 %d：%s", c.N, map[store.ChangeState]string{store.ChangeOpen: "待处理",
		store.ChangeMade: "已变更", store.ChangeRefused: "未同意"}[c.State])
}
func (Chinese) CardTrail() string { return "操作记录（新的在前）" }

// PaymentKinds implements CardText.
func (Chinese) PaymentKinds() map[store.PaymentKind]string {
	return map[store.PaymentKind]string{store.MoneyIn: "收款", store.MoneyBack: "收款撤销",
		store.CODMoney: "代收到账", store.Refund: "已退款"}
}

// Deliveries implements CardText.
func (Chinese) Deliveries() map[store.Delivery]string {
	return map[store.Delivery]string{store.Express: "快递", store.Freight: "物流",
		store.PickUp: "自提", store.OwnFleet: "自有车队"}
}

// Fields implements CardText.
func (Chinese) Fields() map[string]string {
	return map[string]string{"name": "收件人", "phone": "电话", "address": "地址",
		"token": "收件人密文", "province": "省份", "customer": "客户", "mode": "配送方式",
		"service": "服务", "carrier": "承运商",
		"waybill": "运单号", "freight_payer": "运费付款", "freight": "运费", "discount": "优惠",
		"tax": "税额", "paid": "实付", "cod": "代收", "pay_method": "支付方式", "priority": "优先级",
		"ship_by": "截单时间", "buyer_remark": "买家备注", "seller_remark": "卖家备注", "line": "订单行",
		"channel": "渠道"}
}

// Events implements CardText.
func (Chinese) Events() map[string]string {
	return map[string]string{
		"file_taken": "导入文件", "item_saved": "保存商品", "place_saved": "保存货位",
		"operator_saved": "保存操作员", "carton_type_set": "箱型", "reason_set": "原因",
		"setting_set": "设置", "rule_set": "审核规则", "source_mapped": "列对应", "layout_set": "布局",
		"stock_set": "期初库存", "station_enrolled": "工位登记", "station_revoked": "工位停用",
		"signed_in": "登录", "signed_out": "退出", "scan_refused": "拒绝",
		"scan_noted": "记录", "order_received": "接单", "order_decided": "审核",
		"order_asked": "提问", "order_answered": "答复", "change_requested": "申请变更",
		"change_decided": "变更处理", "order_cancelled": "取消", "refunded_upstream": "平台退款",
		"payment_received": "收款", "payment_reversed": "收款撤销", "cod_collected": "代收到账",
		"stock_reserved": "占用库存", "wave_released": "波次下发", "slip_released": "下发出库单",
		"slip_taken_back": "撤回出库单",
		"slip_started":    "领单", "slips_claimed": "多领",
		"slip_left": "放单", "tote_bound": "周转箱", "bin_reached": "到货位",
		"item_picked": "拣货", "item_shorted": "短拣", "task_skipped": "跳过",
		"carton_repacked": "改装",
		"carton_weighed":  "称重",
		"packing_set":     "包装要求",
		"bin_checked":     "空货位确认", "pack_opened": "开始打包", "item_packed": "装箱",
		"carton_closed": "封箱", "goods_missed": "打包缺货", "carton_confirmed": "出库确认",
		"surplus_found":   "报多货",
		"goods_put_back":  "归位",
		"stop_eased":      "拦截改缺货",
		"goods_sorted":    "播种",
		"handover_opened": "开始装车", "handover_closed": "车辆离场",
		"shipment_moved": "物流动态",
		"confirm_opened": "开始交接", "discrepancy_opened": "出库差异", "reversed": "撤销",
		"signed_off": "签收", "return_policy_set": "退货政策", "grade_set": "质检等级",
		"checklist_set": "质检清单", "return_requested": "退货申请", "return_decided": "退货审核",
		"return_answered": "退货答复", "return_shipped": "退货寄出", "parcel_arrived": "到仓登记",
		"return_opened": "开始拆包", "parcel_emptied": "空包裹", "return_received": "退货收货",
		"return_turned_away": "退还客户", "stray_kept": "不明物暂存", "stray_resolved": "不明物处理",
		"return_belongs":   "归属订单",
		"return_sent_back": "退回客户",
		"return_inspected": "退货质检", "return_shelved": "退货上架", "refund_due": "应退款",
		"refund_settled": "退款已付", "refund_withdrawn": "退款作废", "return_weighed": "应退已核",
		"money_counted":    "款项已核",
		"exchange_ordered": "换货订单", "aftercare_opened": "送修返厂",
		"aftercare_closed": "维修结束", "notice_sent": "已通知客户",
		"count_planned": "盘点计划", "count_dropped": "取消盘点", "count_begun": "开始盘点",
		"item_counted": "盘点", "count_cleared": "重新盘该商品", "count_done": "盘点完成",
		"count_left": "放弃盘点", "variance_ruled": "差异判定", "variance_approved": "差异审批",
		"stock_adjusted": "库存调整", "discrepancy_resolved": "差异了结",
		"count_policy_set": "盘点规则", "items_classed": "商品分级",
		"alert_acknowledged": "预警已知", "print_asked": "要求打印",
	}
}

func (Chinese) AskQuestion() string              { return "要问客户什么？" }
func (Chinese) AskAnswer(question string) string { return question + " 客户怎么答复？" }
func (Chinese) Asked() string                    { return "已提问，订单等答复" }
func (Chinese) Answered() string                 { return "已记下答复" }
func (Chinese) AskAmount(due store.Money) string {
	return fmt.Sprintf("收到多少？应付 %s。可加空格和流水号", due)
}
func (Chinese) PaidNow(no string, amount store.Money) string {
	return fmt.Sprintf("%s 收款 %s", no, amount)
}
func (Chinese) BadAmount(text string) string {
	return fmt.Sprintf("“%s”不是金额，请输 25.50 这样的数", text)
}
func (Chinese) WhyBack() string               { return "反审核，原因？" }
func (Chinese) WhyWithdraw() string           { return "撤回出库单，原因？" }
func (Chinese) TakenBackNow(no string) string { return no + " 已挂起，库存已释放" }
func (Chinese) WithdrawnNow(slip store.SlipID) string {
	return fmt.Sprintf("%s 已撤回，订单待下发", slip)
}
func (Chinese) ReleasedNow(no string) string      { return no + " 已下发" }
func (Chinese) WhichLine() string                 { return "哪一行？" }
func (Chinese) HowMany(most store.Qty) string     { return fmt.Sprintf("几件？最多 %d", most) }
func (Chinese) CutNow(n store.Qty) string         { return fmt.Sprintf("已取消 %d 件", n) }
func (Chinese) SplitNow(no string) string         { return no + " 已拆单，这一行单独发" }
func (Chinese) WhichMate() string                 { return "和哪张订单合并？" }
func (Chinese) NoMate() string                    { return "没有可合并的订单" }
func (Chinese) MergedNow(no string) string        { return no + " 已合单" }
func (Chinese) WhichField() string                { return "改什么？" }
func (Chinese) NewValue(field, was string) string { return field + "：" + was + " 改成？" }
func (Chinese) Requested() string                 { return "已申请变更，请到“变更”里处理" }
func (Chinese) LineOption(l store.OrderLine) string {
	return fmt.Sprintf("%s x %d", l.Item, l.Net())
}

func (Chinese) ChangesTitle(n int) string         { return fmt.Sprintf("申请的变更 %d", n) }
func (Chinese) ChangesNone() string               { return "没有申请的变更。" }
func (Chinese) ChangeRow(no string, n int) string { return fmt.Sprintf("%s  %d处", no, n) }
func (c Chinese) ChangeOne(d order.Difference) string {
	what := c.Fields()[d.What]
	switch d.What {
	case "line":
		what = string(d.Item)
	case "mode":
		d.Was = c.Deliveries()[store.Delivery(d.Was)]
		d.Will = c.Deliveries()[store.Delivery(d.Will)]
	}
	return fmt.Sprintf("%s：%s > %s", what, orNothing(d.Was), orNothing(d.Will))
}
func (Chinese) ChangesHint() string         { return "上下键选变更" }
func (Chinese) MadeNow(no string) string    { return no + " 已变更，重新审核" }
func (Chinese) RefusedNow(no string) string { return no + " 保持不变" }
func (Chinese) HomeLook() string            { return "查询" }
func (Chinese) HomeChanges(n int) string    { return "变更      " + waiting(n) }
