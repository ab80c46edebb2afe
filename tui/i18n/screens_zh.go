package i18n

import (
	"fmt"
	"strings"

	"scanbay/store"
)

func (Chinese) SignInTitle() string          { return "Scanbay 仓库终端" }
func (Chinese) SignInBadge() string          { return "请扫工牌，或输入工号" }
func (Chinese) SignInPIN(name string) string { return name + "：请输入PIN，按回车" }
func (Chinese) SignedIn(name string) string  { return name + "，你好" }
func (Chinese) SignedOut() string            { return "已退出" }

func (Chinese) HomeTitle(name string) string { return name }
func (Chinese) HomePick(n int) string        { return "拣货      " + waiting(n) }
func (Chinese) HomePack(n int) string        { return "复核打包  " + waiting(n) }
func (Chinese) HomeConfirm(n int) string     { return "出库确认  " + waiting(n) }
func (Chinese) HomeHeld(n int) string        { return "挂起订单  " + waiting(n) }
func (Chinese) HomeSignOut() string          { return "退出登录" }
func (Chinese) HomeScan() string             { return "回车进入，或扫出库单、周转箱、包裹" }
func (Chinese) NoWork() string               { return "没有任务：出库单都已完成。" }
func (Chinese) NoOrders() string             { return "没有任务：还没有下发出库单，请问主管。" }

func (Chinese) SlipsTitle(n int) string { return fmt.Sprintf("待拣出库单 %d", n) }
func (Chinese) SlipsRow(lines int64, pieces store.Qty, carrier store.CarrierID, by string) string {
	return fmt.Sprintf("%d行%d件 %s %s", lines, pieces, carrier, by)
}
func (Chinese) SlipsHeld(name string) string { return "* " + name + " 在做" }
func (Chinese) SlipsHint() string            { return "回车领取，或扫出库单" }
func (Chinese) SlipsMany() string            { return "一次领几张？1-50" }
func (Chinese) SlipsTaken(n int) string      { return fmt.Sprintf("已领 %d 张，排在最前", n) }
func (Chinese) SlipsFreed(slip store.SlipID) string {
	return fmt.Sprintf("%s 已释放", slip)
}
func (Chinese) AskTakeOver(name string, picked, want store.Qty, boss bool) []string {
	text := []string{fmt.Sprintf("%s 在做，已拣 %d/%d 件，接手吗？", name, picked, want)}
	if boss {
		text = append(text, "要主管刷工牌、输PIN")
	}
	return text
}
func (Chinese) TookOver(from, totes string) string {
	if totes == "" {
		return "已从 " + from + " 接手"
	}
	return "已从 " + from + " 接手，请取周转箱 " + totes
}
func (Chinese) AskFree(name string, done, want store.Qty) []string {
	return []string{fmt.Sprintf("%s 在做，已完成 %d/%d 件，强制释放吗？", name, done, want)}
}
func (Chinese) SlipsZone(zone string, n int) string { return fmt.Sprintf("%s区待拣 %d", zone, n) }
func (Chinese) SlipsZones() string                  { return "在哪个库区拣？" }
func (Chinese) SlipsAllZones() string               { return "全部库区" }
func (Chinese) SlipsZoneNow(zone string) string {
	if zone == "" {
		return "拣全部库区"
	}
	return "在" + zone + "区拣货"
}
func (Chinese) SlipsZoneNone(zone, key string) string {
	return zone + "区没有要拣的单。" + key + "换库区"
}

func (Chinese) PickTitle(slip store.SlipID, done, lines int) string {
	return fmt.Sprintf("%s %d/%d", slip, done, lines)
}
func (Chinese) ShipBy(clock string) string { return clock + "截单" }
func (Chinese) PickBin(code string, reached bool) string {
	if reached {
		return "货位 " + code + " 已到"
	}
	return "货位 " + code
}
func (Chinese) PickCount(want, picked store.Qty) string {
	return fmt.Sprintf("拣%d 已%d", want, picked)
}
func (Chinese) PickWant(want, picked store.Qty) string {
	return fmt.Sprintf("拣 %d 件  已拣 %d", want, picked)
}
func (Chinese) PickLot(lot, expires string) string { return "批号 " + lot + " " + expires }
func (Chinese) PickCode(code string) string        { return "条码 " + code }
func (Chinese) Remark(text string) string          { return "备注：" + text }
func (Chinese) AskTote() string                    { return "请扫周转箱" }
func (Chinese) AskBin(bin string) string           { return "请扫货位 " + bin }
func (Chinese) AskItem() string                    { return "扫商品，或输入数量" }
func (Chinese) AskItems(n store.Qty) string        { return fmt.Sprintf("%d 件：请扫商品", n) }
func (Chinese) AskPieces() string                  { return "多少件？再扫商品" }
func (Chinese) AskFor(needs store.Code) string {
	return map[store.Code]string{store.LotNeeded: "请扫或输入批号",
		store.SerialNeeded: "请扫或输入序列号",
		store.ExpiryNeeded: "请输入有效期，如 2027-03-01"}[needs]
}
func (Chinese) ToteIs(tote string) string { return "放入周转箱 " + tote }
func (Chinese) BinReached() string        { return "货位正确" }
func (Chinese) Picked(n store.Qty, name string, left store.Qty) string {
	if left == 0 {
		return fmt.Sprintf("已拣 %d 件，%s 拣足", n, name)
	}
	return fmt.Sprintf("已拣 %d 件，还差 %d", n, left)
}
func (Chinese) PickDone(tote string) string {
	if tote == "" {
		return "本单结束，没有拣到货。"
	}
	return "已拣完，请把周转箱 " + tote + " 送到打包台。"
}
func (Chinese) PickNext() string { return "回车：下一单" }
func (Chinese) Skipped() string  { return "已跳过，稍后再拣" }
func (Chinese) UndonePick(n store.Qty, item string) string {
	return fmt.Sprintf("已撤销：请把 %d 件 %s 放回货位", n, item)
}
func (Chinese) ShortTitle(n store.Qty) string { return fmt.Sprintf("缺 %d 件，原因？", n) }
func (Chinese) Shorted(n store.Qty) string    { return fmt.Sprintf("缺货 %d 件，已记录", n) }
func (Chinese) ShortNext(bin string) string   { return "请到货位 " + bin + " 拣" }
func (Chinese) ShortAlso(slips int) string {
	return fmt.Sprintf("你的另外 %d 单同样处理", slips)
}
func (Chinese) AskQuantity(n, ceiling string) []string {
	return []string{"一次 " + n + " 件，超过 " + ceiling + " 件，对吗？"}
}
func (Chinese) AskOtherLot(lot, want string, boss bool) []string {
	text := []string{"是批号 " + lot + "，不是 " + want + "，改拣它吗？"}
	if boss {
		text = append(text, "要主管刷工牌、输PIN")
	}
	return text
}
func (Chinese) AskExpired(day, today string, boss bool) []string {
	text := []string{day + " 已过期，今天 " + today + "，要放行吗？"}
	if boss {
		text = append(text, "要主管刷工牌、输PIN")
	}
	return text
}
func (Chinese) OverrideWhy() string { return "为什么放行？" }
func (Chinese) AskOver(n, want string) []string {
	return []string{n + " 件超过应拣 " + want + " 件，要多拣吗？"}
}
func (Chinese) AskOtherTote(tote, bound string) []string {
	return []string{"改用周转箱 " + tote + "，不用 " + bound + " 吗？"}
}
func (Chinese) AskZero(bin string, book store.Qty) []string {
	if book == 0 {
		return []string{"货位 " + bin + " 的此商品拣空了吗？"}
	}
	return []string{fmt.Sprintf("账上 %s 还有 %d 件，货位空了吗？", bin, book)}
}
func (Chinese) AskSurplus(item string) string { return item + " 多几件？" }
func (Chinese) SurplusSaid(n store.Qty, item string) string {
	return fmt.Sprintf("已记多货 %d 件（%s），留在原处", n, item)
}
func (Chinese) ZeroSaid(empty bool) string {
	if empty {
		return "已记录：货位空"
	}
	return "已记录：货位不空"
}
func (Chinese) PickZone(zone string) string { return zone + "区" }
func (Chinese) AskPassed(tote string) string {
	return "请扫传来的周转箱 " + tote + "，或另扫空箱"
}
func (Chinese) ZonePassOn(zone, tote, next string) string {
	if tote == "" {
		return zone + "区已拣完，其余在" + next + "区。"
	}
	return zone + "区已拣完，请把周转箱 " + tote + " 传到" + next + "区。"
}
func (Chinese) ZonePassed(slip store.SlipID) string { return string(slip) + " 已传出" }

func (Chinese) PackTitle(slip store.SlipID) string { return fmt.Sprintf("打包 %s", slip) }
func (Chinese) PackHome() string                   { return "复核打包" }
func (Chinese) PackOpen() string {
	return "请扫周转箱、出库单或运单；单件可直接扫商品"
}
func (Chinese) PackWaiting(n int) string { return fmt.Sprintf("待打包 %d 单", n) }
func (Chinese) PackLine(packed, picked store.Qty) string {
	return fmt.Sprintf("%d/%d", packed, picked)
}
func (Chinese) PackCarton(n int64, kind string, sealed bool) string {
	if sealed {
		return fmt.Sprintf("第%d箱 %s 已封箱", n, kind)
	}
	return fmt.Sprintf("第%d箱 %s", n, kind)
}
func (Chinese) PackCartonOf(n int64, of int, kind string) string {
	return fmt.Sprintf("第%d箱/共%d箱 %s", n, of, kind)
}
func (Chinese) PackClose() string           { return "商品已装完，请逐箱封箱：扫箱号，再封箱" }
func (Chinese) PackNext(kind string) string { return "下一箱 " + kind }
func (Chinese) PackScan() string            { return "逐件扫商品装箱" }
func (Chinese) PackedOne(n store.Qty, name string) string {
	return fmt.Sprintf("%d 件 %s 已装箱", n, name)
}
func (Chinese) PackSealed(carton store.CartonID) string { return fmt.Sprintf("%s 已封箱", carton) }
func (Chinese) PackLabel(no store.WaybillNo) string     { return fmt.Sprintf("请贴面单 %s", no) }
func (Chinese) PackDone() string                        { return "全部装箱，请送到交接区。" }
func (Chinese) AskPartial(n string) []string {
	return []string{"还有 " + n + " 件没装箱，留到以后吗？"}
}
func (Chinese) PackAdvice(p store.PackingRule) string {
	return packingWords{"易碎", "贵重", "：", "，", "双层箱", "保价", "需签收", "箱型"}.say(p)
}
func (Chinese) PackWeigh(n int64) string { return fmt.Sprintf("请称第%d箱，按F12输重量", n) }
func (Chinese) WeighAsk(n int64) string  { return fmt.Sprintf("第%d箱重（克，或1.25kg）：", n) }
func (Chinese) WeighedNow(n, grams, want int64) string {
	if want == 0 {
		return fmt.Sprintf("第%d箱 %d 克，已记录", n, grams)
	}
	return fmt.Sprintf("第%d箱 %d 克，重量相符", n, grams)
}
func (Chinese) AskPackLot(lot, want string, boss bool) []string {
	text := []string{"是批号 " + lot + "，应装 " + want + "。此行改装它吗？"}
	if boss {
		text = append(text, "要主管刷工牌、输PIN")
	}
	return text
}
func (Chinese) UndonePack(n store.Qty, item string) string {
	return fmt.Sprintf("已撤销：请从箱中取出 %d 件 %s", n, item)
}
func (Chinese) PackTotes(come, of int, missing []string) string {
	if len(missing) == 0 {
		return fmt.Sprintf("周转箱%d/%d", come, of)
	}
	return fmt.Sprintf("周转箱%d/%d 还差%s", come, of, strings.Join(missing, "、"))
}
func (Chinese) PackCame(tote string) string { return "周转箱 " + tote + " 已到" }
func (Chinese) PackIn(totes []string) string {
	return "应在周转箱 " + strings.Join(totes, "、") + " 里"
}

// RepackTitle implements RepackText.
func (Chinese) RepackTitle(slip store.SlipID) string { return spaced("改装", string(slip)) }
func (Chinese) RepackCarton() string                 { return "请扫要改装的箱：箱号或面单" }
func (Chinese) RepackScan() string {
	return "扫要取出的商品；换去处就扫箱号或周转箱"
}
func (Chinese) RepackHolds(n store.Qty) string { return fmt.Sprintf("%d件", n) }
func (Chinese) RepackFrom(n int64, kind string) string {
	return spaced(fmt.Sprintf("从第%d箱", n), kind, "取出")
}
func (Chinese) RepackInto(n int64, kind string) string {
	return spaced(fmt.Sprintf("放入第%d箱", n), kind)
}
func (Chinese) RepackIntoNew(kind string) string { return spaced("放入新箱", kind) }
func (Chinese) Repacked(n store.Qty, name string) string {
	return spaced(fmt.Sprintf("已取出 %d 件", n), name)
}
func (Chinese) AskReopen(carton string) []string {
	return []string{carton + " 已封，要拆开改装吗？"}
}
func (Chinese) UndoneRepack(n store.Qty, carton int64) string {
	return fmt.Sprintf("已撤销：请把 %d 件放回第%d箱", n, carton)
}

func (Chinese) ConfirmTitle() string                    { return "出库交接" }
func (Chinese) ConfirmCarrier(c store.CarrierID) string { return "承运商 " + string(c) }
func (Chinese) ConfirmSlip(slip store.SlipID) string    { return fmt.Sprintf("出库单 %s", slip) }
func (Chinese) ConfirmCount(done, total int) string {
	return fmt.Sprintf("已确认 %d / %d 件包裹", done, total)
}
func (Chinese) ConfirmScan() string { return "请扫包裹：箱号或面单" }
func (Chinese) ConfirmWaybill(carton store.CartonID) string {
	return fmt.Sprintf("请扫 %s 的面单", carton)
}
func (Chinese) AskWaybill(no string, by store.CarrierID) []string {
	return []string{fmt.Sprintf("%s 不像 %s 的运单号，确定用它吗？", no, by)}
}
func (Chinese) Confirmed(carton store.CartonID, no store.WaybillNo) string {
	return fmt.Sprintf("%s 已出库 %s", carton, no)
}
func (Chinese) ConfirmMissing(n int) string { return fmt.Sprintf("尚未交接 %d 件", n) }
func (Chinese) ConfirmBehind(n store.Qty) string {
	return fmt.Sprintf("尚未装箱 %d 件商品", n)
}
func (Chinese) ConfirmAll() string { return "没有遗漏。" }
func (Chinese) AskLeave(n int) []string {
	return []string{fmt.Sprintf("还有 %d 件包裹没交接，留下吗？", n)}
}
func (Chinese) NoCarrier() string { return "未指定" }

func (Chinese) HeldTitle(n int) string   { return fmt.Sprintf("挂起订单 %d", n) }
func (Chinese) LockedTitle(n int) string { return fmt.Sprintf("待下发订单 %d", n) }
func (Chinese) LockedNone() string       { return "没有待下发的订单。" }
func (Chinese) HomeLocked(n int) string  { return "待下发    " + waiting(n) }
func (Chinese) NoRelease(n int) string {
	return fmt.Sprintf("暂无任务：%d 张订单等主管下发。", n)
}
func (Chinese) HeldNone() string { return "没有挂起的订单。" }
func (Chinese) HeldOrder(no string, lines int, pieces store.Qty) string {
	return fmt.Sprintf("%s  %d行%d件", no, lines, pieces)
}

// Finding implements HeldText.
func (Chinese) Finding(f store.Finding) (problem, remedy string) {
	line := fmt.Sprintf("第%d行：", f.Line)
	switch f.Rule {
	case "complete":
		return "缺少" + map[string]string{"lines": "订单行", "name": "收件人", "phone": "电话",
			"address": "地址"}[f.Want], "问客户后修改订单"
	case "sellable":
		return line + f.Got + " 未在售", "改商品，或在商品资料里上架"
	case "quantity":
		if most, limited := strings.CutPrefix(f.Want, "<= "); limited {
			return fmt.Sprintf("%s%s 件，最多 %s", line, f.Got, most), "与客户改数量，或确认放行"
		}
		return fmt.Sprintf("%s%s 件，须为 %s 的倍数", line, f.Got, strings.TrimPrefix(f.Want, "x ")),
			"与客户改成整包装数"
	case "price":
		return fmt.Sprintf("%s价格 %s，标价 %s", line, f.Got, f.Want), "核对价格"
	case "amount":
		return fmt.Sprintf("金额对不上：%s，应为 %s", f.Got, f.Want), "核对运费、优惠和税"
	case "payment":
		return fmt.Sprintf("未付清：已付 %s，应付 %s", f.Got, f.Want), "等付款，或确认可后付"
	case "duplicate":
		return "与订单 " + f.Got + " 重复", "问客户是否要两份"
	case "policy":
		if most, limited := strings.CutPrefix(f.Want, "<= "); limited {
			return fmt.Sprintf("金额 %s 超过限额 %s", f.Got, most), "按公司规定处理"
		}
		return "按规定不发：" + f.Got, "按公司规定处理"
	case "mode":
		return map[string]string{"mode": "缺少配送方式", "carrier": "缺少承运商",
			"waybill": "运单号别的订单用过 " + f.Got}[f.Want], "用“变更”补上或改正"
	case "stock":
		return fmt.Sprintf("%s%s，可用 %s", line, f.Want, f.Got), "有货先发，或等到货"
	}
	return f.Rule, ""
}
func (Chinese) HeldHint() string             { return "上下键选，回车看全部" }
func (Chinese) ApproveTitle() string         { return "通过，原因？" }
func (Chinese) RejectTitle() string          { return "驳回，原因？" }
func (Chinese) Approved(no string) string    { return no + " 已通过" }
func (Chinese) Rejected(no string) string    { return no + " 已驳回" }
func (Chinese) Reason(r store.Reason) string { return r.Zh }

// SlipStates implements StateText.
func (Chinese) SlipStates() map[store.SlipState]string {
	return map[store.SlipState]string{
		store.SlipReleasedState: "待拣", store.SlipPicking: "拣货中", store.SlipPicked: "已拣",
		store.SlipPacking: "打包中", store.SlipPacked: "已打包", store.SlipPartShipped: "部分出库",
		store.SlipShipped: "已出库", store.SlipShort: "全部缺货", store.SlipWithdrawn: "已撤回",
		store.SlipStopped: "已拦截",
	}
}

// OrderStates implements StateText.
func (Chinese) OrderStates() map[store.OrderState]string {
	return map[store.OrderState]string{
		store.Received: "已接收", store.Held: "挂起", store.Confirmed: "已确认",
		store.Rejected: "已驳回", store.Released: "已下发", store.Picking: "拣货中",
		store.Picked: "已拣", store.Packed: "已打包", store.PartShipped: "部分出库",
		store.Shipped: "已出库", store.LockedOrder: "已锁定", store.Cancelled: "已取消",
	}
}
