package i18n

import (
	"maps"

	"scanbay/store"
)

// Refusals implements Tables.
func (Chinese) Refusals() map[store.Code]Words {
	words := map[store.Code]Words{
		store.Unreadable:  {"没读好[：{got}]", "请重扫[ {want}]"},
		store.InputMethod: {"输入法未关[：{got}]", "切到英文再扫[ {want}]"},
		store.OtherKeys:   {"键盘设置不对[：{got}]", "关闭大写锁定；不行按F9做扫描枪诊断"},
		store.NotFound:    {"查无此码 {got}", "请重扫[ {want}]，或找主管"},
		store.Ambiguous:   {"不止一个 {got}", "请扫更具体的条码[ {want}]"},
		store.WrongKind:   {"扫错类型[，这是{is}] {got}", "按屏幕要求扫[：{want}]"},
		store.BadQuantity: {"数量不对 {got}", "请重新输入[：{want}]"},
		store.AskQuantity: {"数量很大 {got}", "[一般不超过 {want}，]请再点一遍"},
		store.Stale:       {"[{want} ]内容已变", "看清屏幕再扫"},
		store.NothingToDo: {"这里没有任务", "请领其他任务"},
		store.NothingUndo: {"[{want} ]没有可撤销的", "请继续"},
		store.NoRight:     {"没有权限[ {got}]", "请找有权限的人[：{want}]"},
		store.Unanswered:  {"未计入[ {got}]", "请先答复[：{want}]"},
		store.CentralUnreachable: {"中心服务器没有应答[ {got}]",
			"先做手上的任务[ {want}]，恢复联网后再试"},

		store.UnknownOperator: {"查无工牌 {got}", "扫自己的工牌，或找主管"},
		store.WrongPIN:        {"PIN不对[ {got}]", "请重新输入"},
		store.LockedOut:       {"PIN错误太多[ {want}]", "请等[ {got} 秒]，或找主管"},
		store.NoPIN:           {"还没有PIN[ {got}]", "请主管设置"},

		store.SlipTaken:    {"出库单[ {want} ]有人在做[：{got}]", "请换一张出库单"},
		store.NotYours:     {"出库单[ {want} ]已不归你[，{got} 在做]", "请放回此件"},
		store.SlipClosed:   {"出库单[ {want} ]已结束", "放回此件，另领出库单"},
		store.WrongBin:     {"货位不对 {got}", "请到货位[ {want}]"},
		store.BinFirst:     {"先扫货位[，扫到 {got}]", "请扫货位[ {want}]"},
		store.WrongItem:    {"商品不符，扫到 {got}", "放回，改拣[ {want}]"},
		store.WrongTote:    {"周转箱不对 {got}", "请用周转箱[ {want}]"},
		store.ToteFirst:    {"先扫周转箱[，扫到 {got}]", "请扫周转箱[ {want}]"},
		store.ToteInUse:    {"周转箱[ {got} ]占用中[：{want}]", "请换空周转箱"},
		store.OverPick:     {"拣多了 {got}", "[应拣 {want}，]多的放回"},
		store.AskOtherLot:  {"批号 {got}，应拣 {want}", "改拣这个批号吗？"},
		store.AskOverPick:  {"超过应拣 {got}", "[应拣 {want}，]要多拣吗？"},
		store.NotInBin:     {"账上此货位不够[ {got}]", "[账上 {want}，]点一遍，少了按缺货"},
		store.LotNeeded:    {"缺批号[，扫到 {got}]", "请扫或输入批号[ {want}]"},
		store.WrongLot:     {"批号不符 {got}", "放回，改拣批号[ {want}]"},
		store.ExpiryNeeded: {"缺有效期[，扫到 {got}]", "按包装输入有效期[ {want}]"},
		store.Expired:      {"已过期 {got}[，今天 {want}]", "放一边，找主管"},
		store.ExpiredIn:    {"箱内有过期商品 {got}", "先改装取出，再出库"},
		store.AskExpired:   {"过了有效期 {got}[，今天 {want}]", "要放行吗？"},
		store.SerialNeeded: {"缺序列号[，扫到 {got}]", "请扫这件的序列号[ {want}]"},
		store.WrongSerial:  {"序列号不符 {got}", "放回，另拣一件[ {want}]"},
		store.SerialTwice:  {"序列号已计过 {got}", "[在 {want}，]请换一件"},
		store.LastLine:     {"最后一行不能跳过", "请拣完[ {want}]，或按缺货"},
		store.ZoneDone:     {"{got}区已拣完[ {want}]", "按回车传出"},
	}
	maps.Copy(words, chinesePacking())
	maps.Copy(words, chineseOffice())
	maps.Copy(words, chineseReturns())
	maps.Copy(words, chineseCounts())
	return words
}

// chinesePacking are the refusals from the packing table to the truck.
func chinesePacking() map[store.Code]Words {
	return map[store.Code]Words{
		store.NotPicked:     {"还没拣完[ {got}]", "请先拣完"},
		store.StillPicked:   {"{want}区还在拣[：{got}]", "先放一边，等齐再打包"},
		store.NotOnSlip:     {"不在此出库单 {got}", "放一边，找主管"},
		store.OverPack:      {"装多了 {got}", "[应装 {want}，]多的取出"},
		store.AllPacked:     {"[{want} ]已全部装箱[ {got}]", "请封箱"},
		store.AskPartial:    {"[{want} ]没有装完[，还差 {got}]", "其余留下吗？"},
		store.CartonSealed:  {"箱已封 {got}", "取出此件，换未封的箱"},
		store.CartonOpen:    {"箱未封 {got}[，属 {want}]", "请先封箱"},
		store.CartonForeign: {"别的单的箱 {got}", "放一边[，继续做 {want}]"},
		store.CartonEmpty:   {"箱[ {want} ]是空的[ {got}]", "请先装箱"},
		store.ToteNeeded:    {"不是要放的周转箱 {got}", "放进周转箱 {want} 再扫它"},
		store.CartFull:      {"拣货车已满[ {got}]", "先拣完车上的[ {want}]"},
		store.Intercepted:   {"拦截：{got} 不要了", "其余继续[，拣出的归位 {want}]"},
		store.CartonGone:    {"已出库确认 {got}", "放到待交接处"},
		store.PickedIt:      {"[{want} ]是你拣的", "请换人打包[：{got}]"},
		store.WeightStop:    {"箱 {got} 重量不符", "[应重 {want} 克，]拆箱核对，再称"},
		store.WeighFirst:    {"箱 {got} 还没称重", "回打包台扫箱号称重[：{want}]"},
		store.AskReopen:     {"{got} 已封箱", "要拆开[ {want} ]改装吗？"},
		store.WrongCarrier:  {"承运商不符 {got}", "请交给[ {want}]"},
		store.WaybillNeeded: {"缺运单号[ {got}]", "请扫[ {want} 的]面单"},
		store.WaybillTwice:  {"运单号已用过 {got}[，属 {want}]", "换一张面单"},
		store.BadWaybill:    {"不是运单号 {got}", "请扫[ {want} 的]面单"},
		store.OnTruck:       {"已在本车 {got}[，{want}]", "继续扫下一件"},
		store.AskDock:       {"月台还有 {got} 件[，{want}]", "装上车，或留下"},
		store.SignedBefore:  {"客户已签收或已退货 {got}", "请按退货处理[ {want}]"},
		store.AskWaybill:    {"运单号可疑 {got}[，不像 {want}]", "请核对面单"},
		store.SortFirst:     {"要先播种 {got}[，共 {want} 单]", "先送到播种墙"},
		store.NobodyWants:   {"[{want} ]没有单要它 {got}", "放一边，找主管"},
		store.OtherWaybill:  {"运单号不符 {got}[，不是 {want} 的]", "请换一张面单"},
	}
}

// chineseOffice are the refusals that a supervisor meets.
func chineseOffice() map[store.Code]Words {
	return map[store.Code]Words{
		store.BadSetting:   {"不能填 {got}", "请填[ {want}]"},
		store.NoPrinter:    {"这里没有打印机[：{got}]", "请主管设置：F9 打印，F4"},
		store.BadPrinter:   {"{got} 不是打印机", "请填[ {want}] tcp:主机 或 lp:队列"},
		store.NotHeld:      {"订单[ {want} ]已处理[：{got}]", "请看下一张订单"},
		store.AskIntercept: {"出库单 {got} 正在作业[：{want}]", "再按F6拦截"},
		store.SlipBegun:    {"出库单 {got} 已开始作业[：{want}]", "来不及改了，到现场拦下"},
		store.Downstream:   {"订单 {got} 已下发[：{want}]", "先撤回该出库单"},
		store.NotLocked:    {"订单[ {want} ]不能这样做[：{got}]", "查看订单状态"},
		store.NoChange:     {"订单 {got} 没有变化", "请核对要改的内容"},
		store.ChangeGone:   {"变更已处理[ {got}]", "请看下一条"},
		store.NotTogether:  {"订单 {got} 不能合并[：{want} 不同]", "分开发货"},
		store.OneSlip:      {"订单 {got} 拆不开", "选一部分行，留一部分"},
		store.NoQuestion:   {"没有待答复的问题[ {got}]", "先提问"},
		store.CutTooMuch:   {"取消 {got} 件太多", "最多 {want} 件"},
		store.Incomplete:   {"还不完整[，缺{want}]", "补上再保存"},
		store.PaidTwice:    {"流水号 {got} 已登记过[，金额 {want}]", "核对流水号和金额"},
	}
}

// chineseReturns are the refusals of goods that come back.
func chineseReturns() map[store.Code]Words {
	return map[store.Code]Words{
		store.ReturnFirst:   {"先扫退货单[，扫到 {got}]", "扫退货单、运单或订单[ {want}]"},
		store.NotSent:       {"订单 {got} 还没出库[：{want}]", "核对订单号"},
		store.NotOnReturn:   {"不是此单的商品 {got}[，{want}]", "放一边，转待处理"},
		store.NotOrdered:    {"没有买过此商品的订单 {got}", "放一边，转待处理[：{want}]"},
		store.OverSent:      {"超过已发数量 {got}", "[最多收 {want}，]多的放一边"},
		store.AskExtra:      {"比申请的多 {got}", "[申请 {want}，]都收下吗？"},
		store.ReturnClosed:  {"退货 {got} 已关闭[：{want}]", "退还客户，或找主管"},
		store.ReturnDecide:  {"退货 {got} 已审核[：{want}]", "请看下一张退货单"},
		store.NotThere:      {"这里没有 {got}[：{want}]", "看清位置和商品再扫"},
		store.OtherPerson:   {"收货人不能质检[ {want}][：{got}]", "请换人质检"},
		store.GradeTote:     {"周转箱[ {got} ]装着别类货", "换一个[装{want}的]周转箱"},
		store.WrongPlace:    {"不能放在 {got}", "换个位置[：{want}]"},
		store.AskOtherBin:   {"不是推荐货位 {got}", "[推荐 {want}，]确定就再扫一次"},
		store.FullBin:       {"货位[ {got} ]已满", "换个货位[：{want}]"},
		store.SettledBefore: {"退款 {got} 已付过[：{want}]", "不要再付"},
		store.OverPaid:      {"{got} 超过还可退的款", "最多 {want}"},
		store.AskedTwice:    {"申请 {got} 已登记[：{want}]", "核对申请号和商品"},
	}
}

// chineseCounts are the refusals of counts, and of what a supervisor decides on them.
func chineseCounts() map[store.Code]Words {
	return map[store.Code]Words{
		store.CountElse:   {"你正在工位 {want} 盘 {got}", "到那个工位盘完"},
		store.CountTaken:  {"{want} 正在盘 {got}", "换个货位，或找主管"},
		store.CountBusy:   {"正在拣货[：{want}][，{got}]", "先盘别的货位"},
		store.BinFrozen:   {"货位 {got} 正在盘点[：{want}]", "先跳过，稍后再来"},
		store.AskRest:     {"{got} 有 {want} 种没盘到", "确定没有？再扫一次货位"},
		store.CountWide:   {"差异超过 {want} 行[：{got}]", "请主管按商品安排"},
		store.OwnWork:     {"{got} 是你盘的或报的", "请换人处理"},
		store.ApprovedOne: {"{got} 你已批过", "要另一位主管再批"},
		store.VarianceEnd: {"已处理[：{want}][，{got}]", "请看下一条"},
		store.BookMoves:   {"别处还在拣[：{want}][，{got}]", "稍后再批"},
	}
}

// Faults implements Tables.
func (Chinese) Faults() map[store.FaultCode]Words {
	return map[store.FaultCode]Words{
		store.Broken:   {"没能保存", "停止作业，找主管"},
		store.DiskFull: {"磁盘已满，没能保存", "停止作业，请主管清理磁盘"},
		store.Locked:   {"没能保存，文件被其他程序占用", "关闭该程序再扫"},
		store.Newer:    {"数据文件来自更新的版本", "请主管升级本工位"},
		store.Older:    {"数据文件来自旧版本", "先启动一次工位，会自动升级"},
		store.Damaged:  {"数据文件损坏", "停止作业，请主管恢复备份"},
		store.ReadOnly: {"数据文件不能写入", "停止作业，请主管检查文件夹"},
		store.Exists:   {"文件已存在", "换个文件名，或移走旧文件"},
		store.Missing:  {"找不到数据文件", "停止作业，请主管检查路径"},
	}
}
