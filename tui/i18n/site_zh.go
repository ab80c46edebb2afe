package i18n

import (
	"fmt"

	"scanbay/store"
	"scanbay/store/order"
)

func (Chinese) FormHint() string             { return "回车修改，Esc返回" }
func (Chinese) FormAsk(name string) string   { return name + "：" }
func (Chinese) FormFull(value string) string { return "现为：" + value }
func (Chinese) OnOff(on bool) string {
	if on {
		return "开"
	}
	return "关"
}

func (Chinese) HomeSettings() string  { return "设置" }
func (Chinese) SettingsTitle() string { return "设置" }

// Settings implements SettingsText.
func (Chinese) Settings() map[store.Setting]Meaning {
	return map[store.Setting]Meaning{
		store.OtherLotBy:     {"换批号", "拣的批号和指定的不同：禁止、询问，还是要主管同意。"},
		store.OverPickPolicy: {"多拣", "拣的比应拣多：禁止，还是先问一下。"},
		store.ZeroCheckAt:    {"空货位确认", "账上只剩这么多件或更少，就问货位空了没有。"},
		store.QtyCeiling:     {"数量上限", "一次输入超过这么多件，先问对不对。"},
		store.LabelPrefix:    {"标签前缀", "自印标签的头两位。改后须重印标签、重启工位。"},
		store.SharedTote:     {"合用周转箱", "哪些出库单可以放同一个周转箱。"},
		store.IdleMinutes:    {"闲置分钟", "多久没人操作就退出登录，任务放开。重启工位后生效。"},
		store.ReleaseBy:      {"下发", "已确认的订单：自动下发成出库单，还是等主管下发。"},
		store.MergeOrders:    {"合单", "同一收件人的订单合成一张出库单。"},
		store.HeavyFrom:      {"重货先拣", "达到这么多克的商品先拣，好垫底。0：不分轻重。"},
		store.ReturnSecond:   {"退货两人", "退货由一人收货、另一人质检，还是同一人做完。"},
		store.CountBlind:     {"盲盘", "盘点时谁看不到账面数：所有人、主管以外，还是都能看。"},
		store.CountBusyBy:    {"拣货中盘点", "有人正在拣的货位：不许盘、盘时停拣，还是照盘照拣。"},
		store.ExpiryDays:     {"效期预警", "商品到期前多少天预警。"},
		store.LateHours:      {"超时预警", "出库单到截单时间前多少小时预警。"},
		store.OldHours:       {"久未处理", "差异多少小时没人处理就预警。"},
		store.CartTotes:      {"拣货车格数", "一趟最多拣几张出库单。"},
		store.CartWeight:     {"拣货车载重", "一车最多多少公斤，0 不限。"},
		store.CartVolume:     {"拣货车容积", "一车最多多少升，0 不限。"},
		store.TakeOverBy:     {"接手", "接手别人在做的出库单：要主管同意，还是问一下就行。"},
		store.WeighBy:        {"称重", "封箱后称重：不称、提醒称，还是必须称了才能出库。"},
		store.WeightGrams:    {"重量差克", "箱重和应重差多少克以内算对。和百分比取大的。"},
		store.WeightPercent:  {"重量差%", "箱重和应重差百分之几以内算对。和克数取大的。"},
		store.PackSecond:     {"打包两人", "拣货的人可以自己打包，还是要换人复核打包。"},
		store.SmallPieces:    {"小差异件数", "出库差异在几件以内自动了结，0 都等主管。"},
		store.ExpiredBy:      {"过期商品", "拣货、打包扫到过期的：禁止，还是由主管放行。"},
		store.SmallWorth:     {"小差异金额", "自动了结的差异最多值多少钱，0 不限。"},
		store.OrderNotices:   {"通知买家", "订单确认、发货、延误、送达时通知客户。自营店铺才需要。"},
		store.PutWall:        {"播种墙", "一趟拣的几单可以合放一箱，再到播种墙分到各格口。"},
		store.GS1Prefix:      {"厂商代码", "GS1 厂商识别代码，7 到 10 位：箱号用它的 SSCC。"},
		store.WaybillCheck:   {"运单校验", "运单号不像该承运商的：询问、禁止，还是不查。"},
		store.MissWaybill:    {"无运单号", "没有运单号的包裹：禁止出库，还是询问后放行。"},
	}
}
func (Chinese) SettingValue(name store.Setting, value string) string {
	said := map[string]string{"over_pick block": "禁止", "over_pick ask": "询问",
		"other_lot block": "禁止", "other_lot ask": "询问", "other_lot supervisor": "主管",
		"shared_tote single": "仅单件", "shared_tote any": "都可以", "shared_tote none": "不可以",
		"release auto": "自动", "release hand": "主管", "merge off": "不合", "merge auto": "自动",
		"return_second off": "一人", "return_second on": "两人",
		"weigh off": "不称", "weigh asked": "提醒", "weigh must": "必须",
		"pack_second off": "一人", "pack_second on": "两人",
		"count_blind all": "所有人", "count_blind staff": "主管除外", "count_blind none": "都能看",
		"take_over supervisor": "主管", "take_over ask": "询问",
		"count_busy refuse": "不许盘", "count_busy freeze": "停拣", "count_busy allow": "都行",
		"waybill_check warn": "询问", "waybill_check refuse": "禁止", "waybill_check off": "不查",
		"waybill_missing refuse": "禁止", "waybill_missing ask": "询问",
		"order_notices off": "不通知", "order_notices on": "通知",
		"expired block": "禁止", "expired supervisor": "主管",
		"put_wall off": "不用", "put_wall on": "使用"}
	if text := said[string(name)+" "+value]; text != "" {
		return text
	}
	return value
}
func (Chinese) SetNow(name, value string) string { return name + " 现为 " + value }

func (Chinese) RulesRow() Meaning {
	return Meaning{"审核规则", "订单要满足哪些条件，才自动通过审核。按渠道设。"}
}
func (c Chinese) RulesTitle(channel string) string { return "审核 " + c.Channel(channel) }
func (Chinese) WhichChannel() string               { return "哪个渠道？" }
func (Chinese) Channel(name string) string {
	switch name {
	case "":
		return "所有渠道"
	case order.Phone:
		return "电话"
	}
	return name
}

// Rules implements SettingsText.
func (Chinese) Rules() map[order.Rule]Meaning {
	return map[order.Rule]Meaning{
		order.Complete:  {"资料", "有订单行、收件人、电话和地址。"},
		order.Sellable:  {"在售", "商品都在册、在售。"},
		order.Quantity:  {"数量", "数量是整包装的倍数。"},
		order.Price:     {"价格", "单价和标价相差不大。"},
		order.Amount:    {"金额", "各行、优惠、运费加起来对得上。"},
		order.Payment:   {"付款", "已付清，或货到付款。"},
		order.Duplicate: {"重复", "同一客户没有重复下单。"},
		order.Policy:    {"规定", "不超过限额，不发某些省份、某些客户。"},
		order.InStock:   {"库存", "每行都有货。"},
		order.Mode:      {"配送", "能按所说的方式配送。"},
	}
}

// RuleParams implements SettingsText.
func (Chinese) RuleParams() map[order.Rule]string {
	return map[order.Rule]string{
		order.Complete:  "lines 表示只要订单行",
		order.Quantity:  "一行最多几件，0 不限",
		order.Price:     "允许差百分之几",
		order.Amount:    "每行允许差多少钱",
		order.Payment:   "哪些支付方式可以后付",
		order.Duplicate: "多少分钟内算重复",
		order.Policy:    "amount:限额 province:省份 customer:客户",
		order.Mode:      "mode、carrier 表示必填",
	}
}
func (Chinese) RuleParam(about string) string { return "参数：" + about + "。" }
func (Chinese) SetParam() string              { return "改参数" }

func (Chinese) HomeNewOrder() string { return "电话订单" }
func (Chinese) NewOrderTitle(lines int, due store.Money) string {
	if due == 0 {
		return fmt.Sprintf("电话订单 %d行", lines)
	}
	return fmt.Sprintf("电话订单 %d行 %s", lines, due)
}
func (Chinese) NewOrderHint() string { return "扫商品或输编码加行" }

// NewOrderRows implements NewOrderText.
func (Chinese) NewOrderRows() map[string]Meaning {
	return map[string]Meaning{
		"phone":        {"电话", "收件人电话。以前来过的会问是不是本人。"},
		"name":         {"收件人", "收货的人。"},
		"address":      {"地址", "市、区、街道、门牌；自提可不填。"},
		"province":     {"省份", "有的规定按省份，可不填。"},
		"customer":     {"客户", "客户编号，可不填。"},
		"mode":         {"配送方式", "货怎么到客户手里。"},
		"carrier":      {"承运商", "快递可不填，物流必填。"},
		"pay_method":   {"支付方式", "转账的订单等收到钱再发。"},
		"cod":          {"代收", "送货时收多少；不填收全款。"},
		"buyer_remark": {"备注", "拣货和打包时会看到。"},
	}
}

// PayMethods implements NewOrderText.
func (Chinese) PayMethods() map[string]string {
	return map[string]string{"transfer": "转账", "cod": "货到付款", "monthly": "月结"}
}
func (Chinese) CODAll(due store.Money) string { return "全款 " + due.String() }
func (Chinese) BadPhone(text string) string {
	return fmt.Sprintf("“%s”不是电话，请输 7 到 20 位数字", text)
}
func (Chinese) KnownPerson(name, phone, address string) []string {
	return []string{"是不是 " + spaced(name, phone) + "？", address}
}

func (Chinese) NewLine(n store.Qty, price store.Money) string {
	if price == 0 {
		return fmt.Sprintf("%d件", n)
	}
	return fmt.Sprintf("%d x %s", n, price)
}
func (Chinese) NewLineAbout(title string, available store.Qty) string {
	return fmt.Sprintf("%s，可用 %d。输入数字改数量。", title, available)
}
func (Chinese) NewLineTitle() string                { return "这一行" }
func (Chinese) NewLineQty() string                  { return "改数量" }
func (Chinese) NewLineDrop() string                 { return "删除" }
func (Chinese) NewLineDropped(sku store.SKU) string { return string(sku) + " 已删除" }
func (Chinese) AskItemOrQty(text string) []string {
	return []string{text + " 也是商品编码。是商品吗？否：改数量"}
}
func (Chinese) AskLeaveOrder() []string { return []string{"订单还没保存，不要了吗？"} }

func (Chinese) Entered(no, state string) string    { return no + " " + state }
func (Chinese) EnteredSlip(id store.SlipID) string { return fmt.Sprintf("出库单 %s", id) }
func (Chinese) EnteredWaits() string               { return "还没有出库单：等货，或等主管下发。" }
func (Chinese) EnteredHint() string                { return "回车：下一张订单" }
